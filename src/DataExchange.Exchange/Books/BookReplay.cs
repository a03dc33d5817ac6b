using DataExchange.Domain;
using DataExchange.Domain.Trading;

namespace DataExchange.Exchange.Books;

/// <summary>
/// Replays a book from its stream: the inputs go through a matching core anew, and what it says must be what was recorded, fact by fact.
/// </summary>
public sealed class BookReplay
{
    private readonly Queue<Event> _expected = [];
    private BookCore? _core;

    /// <summary>Begins with the first fact.</summary>
    public BookReplay()
    {
    }

    /// <summary>Goes on from a core as it was.</summary>
    /// <param name="core">The core.</param>
    public BookReplay(BookCore core) => _core = core;

    /// <summary>The matching core as it is after the facts taken; null before the book opened.</summary>
    public BookCore? Core => _core;

    /// <summary>Takes the stream's next fact.</summary>
    /// <param name="fact">The fact.</param>
    /// <returns>What is wrong with it; null when it is what the core says.</returns>
    public string? Take(Event fact)
    {
        ArgumentNullException.ThrowIfNull(fact);
        if (_expected.Count == 0)
        {
            if (Begin(fact) is { } problem)
            {
                return problem;
            }

            if (BookCore.IsInput(fact))
            {
                return null;
            }
        }

        return !_expected.TryDequeue(out var expected) ? $"{fact.GetType().Name} is recorded; by the orders before it nothing happens then"
            : !AreEqual(expected, fact) ? $"recorded is {fact}; by the orders before it follows {expected}"
            : null;
    }

    /// <summary>Ends the stream.</summary>
    /// <returns>What is missing; null when nothing is.</returns>
    public string? End() => _expected.TryPeek(out var expected) ? $"the stream ends before {expected}, which follows from its orders" : null;

    private string? Begin(Event fact)
    {
        if (fact is BookOpened opened)
        {
            _core = new BookCore(opened);
            return null;
        }

        if (_core is null)
        {
            return $"{fact.GetType().Name} comes before the book opened";
        }

        if (BookCore.LetsTimePass(fact))
        {
            Await(_core.Advance(fact.At, fact.By));
        }

        if (!BookCore.IsInput(fact))
        {
            return null;
        }

        if (_expected.TryPeek(out var due))
        {
            return $"{fact.GetType().Name} is recorded before {due}, which was due";
        }

        Await(_core.Take(fact));
        return null;
    }

    private void Await(IReadOnlyList<Event> facts)
    {
        foreach (var fact in facts)
        {
            _expected.Enqueue(fact);
        }
    }

    // In whose name something came due is that of whoever came next: it does not follow from the book.
    private static bool AreEqual(Event expected, Event fact) =>
        (expected, fact) is (PacksTraded left, PacksTraded right)
            ? left with { Contributors = [], By = right.By } == right with { Contributors = [] } && left.Contributors.SequenceEqual(right.Contributors)
            : expected with { By = fact.By } == fact;
}
