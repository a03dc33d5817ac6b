using DataExchange.Domain;
using DataExchange.Domain.Trading;

namespace DataExchange.Exchange.Verification;

/// <summary>
/// Checks all facts of a market without trusting the program that wrote them: every stream by itself as it is read, and all against
/// each other at the end. It is fed stream by stream, in any order of streams, each in the order of versions; of each it keeps one
/// state, and of each product and deal a few figures. The store may end in mid-run, at the end of a command with all that followed.
/// </summary>
public sealed class MarketAudit
{
    /// <summary>Most problems that are kept; the rest are counted.</summary>
    public const int MostProblems = 100;

    private readonly ProblemList _problems = new(MostProblems);
    private readonly MarketFacts _facts = new();
    private readonly LedgerBook _book;
    private readonly StateChecks _checks;
    private long _streams;
    private long _events;

    private string? _stream;
    private StreamAudit? _audit;

    /// <summary>Begins an audit.</summary>
    public MarketAudit()
    {
        _book = new LedgerBook(_problems);
        _checks = new StateChecks(_problems);
    }

    /// <summary>Begins a stream.</summary>
    /// <param name="id">Its id.</param>
    /// <exception cref="InvalidOperationException">The stream before is not ended.</exception>
    public void BeginStream(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        if (_stream is not null)
        {
            throw new InvalidOperationException($"Stream '{_stream}' is not ended, so '{id}' cannot begin.");
        }

        _stream = id;
        _audit = new StreamAudit(id, _problems, _checks);
        _streams++;
    }

    /// <summary>Takes the stream's next event.</summary>
    /// <param name="version">Its version.</param>
    /// <param name="e">The event.</param>
    /// <exception cref="InvalidOperationException">No stream was begun.</exception>
    public void Apply(int version, Event e)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (_stream is null)
        {
            throw new InvalidOperationException($"Event {e.GetType().Name} has no stream: {nameof(BeginStream)} comes first.");
        }

        _events++;
        _audit!.CheckPlace(version, e);
        if (!_audit.IsAtHome(version, e))
        {
            return;
        }

        var before = _problems.Count;
        _book.Post(_stream, version, e);
        _audit.Follow(version, e, before);
        _facts.Take(_stream, version, e, _problems);
    }

    /// <summary>Ends the stream.</summary>
    public void EndStream()
    {
        if (_audit?.State is OrderBook book)
        {
            _audit.EndBook();
            _facts.TakeBook(_stream!, _audit.IsBroken ? null : book);
        }
        else if (_audit?.State is Auction auction)
        {
            _facts.Auctions.TakeAuction(_stream!, _audit.IsBroken ? null : auction);
        }

        _stream = null;
    }

    /// <summary>Compares what the streams say of each other, and gives the outcome.</summary>
    /// <exception cref="InvalidOperationException">A stream is not ended.</exception>
    public AuditFindings Complete()
    {
        if (_stream is not null)
        {
            throw new InvalidOperationException($"Stream '{_stream}' is not ended.");
        }

        _book.Close();
        new TradeComparison(_facts, _problems).Run();
        _facts.Sandbox.Compare(_problems);
        _facts.Requirements.Compare(_facts, _problems);
        _facts.Auctions.Compare(_problems);
        _facts.Bundles.Compare(_problems);
        new MoneyComparison(_facts, _problems).Run();
        return new AuditFindings(_problems.First, _problems.Count, _facts.Totals(_streams, _events), _book.Totals);
    }
}
