using DataExchange.Domain;
using DataExchange.Domain.Trading;
using DataExchange.Exchange;

namespace DataExchange.Services.Telemetry;

/// <summary>How a command was answered.</summary>
internal enum AnsweredAs
{
    /// <summary>Facts were recorded, or none were needed.</summary>
    Accepted,

    /// <summary>The domain refused it.</summary>
    Rejected,

    /// <summary>Something else was due first and was done.</summary>
    MovedOn,

    /// <summary>It had been answered before.</summary>
    Repeated,
}

/// <summary>What one partition counted in this process, since the process began.</summary>
internal sealed class PartitionCounts
{
    /// <summary>The values of the label <c>outcome</c>, by <see cref="AnsweredAs"/>.</summary>
    internal static readonly IReadOnlyList<string> Outcomes = ["accepted", "rejected", "moved_on", "repeated"];

    private readonly long[] _answered = new long[Outcomes.Count];
    private long _orders;
    private long _matches;
    private long _retries;
    private long _missed;
    private long _putAside;

    internal long Orders => Volatile.Read(ref _orders);

    internal long Matches => Volatile.Read(ref _matches);

    internal long Retries => Volatile.Read(ref _retries);

    internal long Missed => Volatile.Read(ref _missed);

    internal long PutAside => Volatile.Read(ref _putAside);

    internal long Answered(int outcome) => Volatile.Read(ref _answered[outcome]);

    // What is answered again is no new order, and one that something else came before will come again.
    internal void Answer(Command command, CommandAnswer answer)
    {
        var outcome = answer.WasRepeated ? AnsweredAs.Repeated : answer.MovedOn ? AnsweredAs.MovedOn : answer.IsAccepted ? AnsweredAs.Accepted : AnsweredAs.Rejected;
        Interlocked.Increment(ref _answered[(int)outcome]);
        if (outcome is AnsweredAs.Accepted or AnsweredAs.Rejected && command is PlaceOrder or EnterBookOrder)
        {
            Interlocked.Increment(ref _orders);
        }
    }

    // An order that met a posted offer or a contract, and a trade in a book.
    internal void Record(IReadOnlyList<RecordedEvent> facts)
    {
        var matches = 0;
        for (var i = 0; i < facts.Count; i++)
        {
            if (facts[i].Data is OrderMatched or PacksTraded)
            {
                matches++;
            }
        }

        if (matches > 0)
        {
            Interlocked.Add(ref _matches, matches);
        }
    }

    internal void Retry() => Interlocked.Increment(ref _retries);

    internal void Miss() => Interlocked.Increment(ref _missed);

    internal void Aside() => Interlocked.Increment(ref _putAside);
}
