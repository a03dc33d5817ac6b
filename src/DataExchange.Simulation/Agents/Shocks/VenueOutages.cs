using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Domain.Pricing;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Trading;
using DataExchange.Simulation.Scenarios;

namespace DataExchange.Simulation.Agents.Shocks;

/// <summary>
/// Which venue cannot be reached when. While it is out, nothing of its products and deals reaches it: whoever wants something of it waits until it is there again,
/// but for visitors of its shelf, who leave. Its order books do not open. The exchange's accounts and logs, auctions and requirements go on.
/// </summary>
/// <param name="outages">The outages.</param>
public sealed class VenueOutages(IReadOnlyList<ShockSettings> outages)
{
    private readonly Dictionary<string, VenueId> _venues = [];

    /// <summary>Whether a venue is out on a day.</summary>
    public bool IsOut(VenueId venue, DateOnly day) => outages.Any(outage => outage.Venue == venue.Value && outage.IsOn(day));

    /// <summary>When a command can reach its venue; null for at once.</summary>
    public SimulatedTime? OpensFor(Command command)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (VenueOf(command) is not { } venue || !IsOut(venue, command.At.Date))
        {
            return null;
        }

        var day = command.At.Date;
        while (IsOut(venue, day))
        {
            day = day.AddDays(1);
        }

        return SimulatedTime.On(day);
    }

    // A product's rights, prices and offers are the business of the venue that took its application, a deal's that of the venue where it was made.
    private VenueId? VenueOf(Command command) => command switch
    {
        RegisterProduct of => _venues[of.Product.Value] = of.Venue,
        ListProduct of => of.Venue,
        DelistProduct of => of.Venue,
        SuspendListing of => of.Venue,
        ResumeListing of => of.Venue,
        PlaceOrder of => _venues[of.Deal.Value] = of.Venue,
        RequestContract of => _venues[of.Deal.Value] = of.Venue,
        RightsCommand of => Known(of.Product.Value),
        PricingCommand of => Known(of.Product.Value),
        OfferCommand of => Known(of.Product.Value),
        DealCommand of => Known(of.Deal.Value),
        _ => null,
    };

    private VenueId? Known(string id) => _venues.TryGetValue(id, out var venue) ? venue : null;
}
