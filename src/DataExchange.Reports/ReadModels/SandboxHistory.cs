using DataExchange.Domain;

namespace DataExchange.Reports.ReadModels;

/// <summary>Trials in the sandbox as they stood at an earlier moment.</summary>
public static class SandboxHistory
{
    /// <summary>A trial as some of the market's events tell it.</summary>
    /// <param name="product">The product.</param>
    /// <param name="events">Events in the order in which they happened: those of the product, of what may be sold of it, and of its deals.</param>
    /// <returns>Null when the events tell of no trial.</returns>
    public static SandboxProduct? Of(ProductId product, IEnumerable<Event> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        var fold = new SandboxFold();
        foreach (var e in events)
        {
            SandboxFold.Table.ArmFor(e.GetType())?.Invoke(fold, e);
        }

        return fold.Products[product];
    }
}
