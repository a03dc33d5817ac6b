using DataExchange.Domain;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;
using DataExchange.Exchange.Books;

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
    private StreamKind? _kind;
    private object? _state;
    private int _version;
    private SimulatedTime _last;
    private bool _isBroken;
    private BookReplay? _replay;

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
        _kind = StreamKind.Find(id);
        _state = _kind?.Initial;
        _version = 0;
        _last = default;
        _isBroken = false;
        _replay = _kind?.Initial is OrderBook ? new BookReplay() : null;
        _streams++;
        if (_kind is null)
        {
            _problems.Add(id, null, AuditRule.UnknownStreamKind,
                $"no kind of stream has that name; known are {string.Join(", ", StreamKind.All.Select(kind => kind.Name))}");
        }
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
        CheckPlace(version, e);
        if (_kind is null)
        {
            return;
        }

        if (!EventHome.Belongs(_stream, e))
        {
            _problems.Add(_stream, version, AuditRule.ForeignEvent, $"{e.GetType().Name} belongs to {EventHome.StreamOf(e)}");
            return;
        }

        var before = _problems.Count;
        _book.Post(_stream, version, e);
        Follow(version, e, before);
        _facts.Take(_stream, version, e, _problems);
    }

    /// <summary>Ends the stream.</summary>
    public void EndStream()
    {
        if (_state is OrderBook book)
        {
            CheckBook(_replay?.End());
            _facts.TakeBook(_stream!, _isBroken ? null : book);
        }
        else if (_state is Auction auction)
        {
            _facts.Auctions.TakeAuction(_stream!, _isBroken ? null : auction);
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

    // After the first difference the core stands elsewhere: what comes after it would only repeat that.
    private void CheckBook(string? difference)
    {
        if (difference is not null)
        {
            _problems.Add(_stream!, _version, AuditRule.BookDiffers, difference);
            _replay = null;
        }
    }

    private void CheckPlace(int version, Event e)
    {
        if (version != _version + 1)
        {
            _problems.Add(_stream!, version, AuditRule.VersionGap, $"version {version} follows {_version}; expected is {_version + 1}");
        }

        if (e.At < _last)
        {
            _problems.Add(_stream!, version, AuditRule.TimeGoesBack, $"{e.GetType().Name} is at {e.At}, the event before it at {_last}");
        }

        _version = version;
        _last = e.At;
    }

    /// <summary>
    /// After an event that cannot follow, the state is unknown: the rest of the stream is read for its facts only. That it cannot follow is
    /// said only when no rule says why.
    /// </summary>
    private void Follow(int version, Event e, long before)
    {
        if (_isBroken)
        {
            return;
        }

        try
        {
            _checks.Check(_stream!, version, _state!, e);
            _state = _kind!.Evolve(_state!, e);
            CheckBook(_replay?.Take(e));
        }
        catch (ImpossibleHistoryException impossible)
        {
            if (e is InvoiceAnchored link && _state is EvidenceChain chain)
            {
                // A broken link is one problem; the links after it are checked from where it says to stand.
                _state = new EvidenceChain(chain.Length + 1, link.Head);
                return;
            }

            _isBroken = true;
            _replay = null;
            if (_problems.Count == before)
            {
                _problems.Add(_stream!, version, AuditRule.ImpossibleHistory, impossible.Message);
            }
        }
        catch (Exception absurd) when (absurd is OverflowException or ArgumentException)
        {
            // Figures that no decider writes, such as a negative share or a digest of a thousand digits.
            _isBroken = true;
            _replay = null;
            _problems.Add(_stream!, version, AuditRule.ImpossibleHistory, $"{e.GetType().Name}: {absurd.Message}");
        }
    }
}
