using DataExchange.Domain;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;
using DataExchange.Exchange.Books;

namespace DataExchange.Exchange.Verification;

/// <summary>
/// Follows one stream, fact by fact, without trusting the program that wrote it: places, the state's rules, and for an order book what the matching core says.
/// What streams say of each other and the books of all of them are <see cref="MarketAudit"/>'s.
/// </summary>
public sealed class StreamAudit
{
    private readonly ProblemList _problems;
    private readonly StateChecks _checks;
    private readonly string _stream;
    private SimulatedTime _last;
    private BookReplay? _replay;

    /// <summary>Begins with a stream's first fact.</summary>
    /// <param name="stream">The stream's id.</param>
    public StreamAudit(string stream)
        : this(stream, new ProblemList(MarketAudit.MostProblems), null)
    {
    }

    internal StreamAudit(string stream, ProblemList problems, StateChecks? checks)
    {
        ArgumentException.ThrowIfNullOrEmpty(stream);
        (_stream, _problems, _checks, Kind) = (stream, problems, checks ?? new StateChecks(problems), StreamKind.Find(stream));
        State = Kind?.Initial;
        _replay = State is OrderBook ? new BookReplay() : null;
        if (Kind is null)
        {
            _problems.Add(stream, null, AuditRule.UnknownStreamKind, $"no kind of stream has that name; known are {string.Join(", ", StreamKind.All.Select(kind => kind.Name))}");
        }
    }

    /// <summary>Version of the last fact that was taken; 0 before the first.</summary>
    public int Version { get; private set; }

    /// <summary>The first of the problems found so far.</summary>
    public IReadOnlyList<Problem> Problems => _problems.First;

    /// <summary>How many problems were found so far.</summary>
    public long ProblemCount => _problems.Count;

    internal StreamKind? Kind { get; }

    internal object? State { get; private set; }

    /// <summary>Whether a fact could not follow: the state is unknown from there on.</summary>
    internal bool IsBroken { get; private set; }

    /// <summary>Takes the next fact.</summary>
    /// <param name="version">Its version.</param>
    /// <param name="e">The fact.</param>
    public void Take(int version, Event e)
    {
        ArgumentNullException.ThrowIfNull(e);
        CheckPlace(version, e);
        if (IsAtHome(version, e))
        {
            Follow(version, e, _problems.Count);
        }
    }

    internal void CheckPlace(int version, Event e)
    {
        if (version != Version + 1)
        {
            _problems.Add(_stream, version, AuditRule.VersionGap, $"version {version} follows {Version}; expected is {Version + 1}");
        }

        if (e.At < _last)
        {
            _problems.Add(_stream, version, AuditRule.TimeGoesBack, $"{e.GetType().Name} is at {e.At}, the event before it at {_last}");
        }

        Version = version;
        _last = e.At;
    }

    internal bool IsAtHome(int version, Event e)
    {
        if (Kind is not null && !EventHome.Belongs(_stream, e))
        {
            _problems.Add(_stream, version, AuditRule.ForeignEvent, $"{e.GetType().Name} belongs to {EventHome.StreamOf(e)}");
            return false;
        }

        return Kind is not null;
    }

    /// <summary>
    /// After an event that cannot follow, the state is unknown: the rest of the stream is read for its facts only. That it cannot follow is
    /// said only when no rule says why.
    /// </summary>
    internal void Follow(int version, Event e, long before)
    {
        if (IsBroken)
        {
            return;
        }

        try
        {
            _checks.Check(_stream, version, State!, e);
            State = Kind!.Evolve(State!, e);
            CheckBook(_replay?.Take(e));
        }
        catch (ImpossibleHistoryException impossible)
        {
            if (e is InvoiceAnchored link && State is EvidenceChain chain)
            {
                // A broken link is one problem; the links after it are checked from where it says to stand.
                State = new EvidenceChain(chain.Length + 1, link.Head);
                return;
            }

            IsBroken = true;
            _replay = null;
            if (_problems.Count == before)
            {
                _problems.Add(_stream, version, AuditRule.ImpossibleHistory, impossible.Message);
            }
        }
        catch (Exception absurd) when (absurd is OverflowException or ArgumentException)
        {
            // Figures that no decider writes, such as a negative share or a digest of a thousand digits.
            IsBroken = true;
            _replay = null;
            _problems.Add(_stream, version, AuditRule.ImpossibleHistory, $"{e.GetType().Name}: {absurd.Message}");
        }
    }

    /// <summary>Checks that a book's record does not end before what follows from its orders.</summary>
    internal void EndBook() => CheckBook(_replay?.End());

    // After the first difference the core stands elsewhere: what comes after it would only repeat that.
    private void CheckBook(string? difference)
    {
        if (difference is not null)
        {
            _problems.Add(_stream, Version, AuditRule.BookDiffers, difference);
            _replay = null;
        }
    }
}
