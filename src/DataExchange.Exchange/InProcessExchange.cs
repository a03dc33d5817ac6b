using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DataExchange.Domain;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;
using DataExchange.Domain.Trust;
using DataExchange.Exchange.Books;
using DataExchange.Exchange.Logs;

namespace DataExchange.Exchange;

/// <summary>A fact with its place: the stream, and the position in it.</summary>
/// <param name="Stream">Id of the stream.</param>
/// <param name="Version">1 for the first event of the stream, one more for each later one.</param>
/// <param name="Data">The fact.</param>
public readonly record struct RecordedEvent(string Stream, int Version, Event Data);

/// <summary>Where an exchange's facts go. The events of one command come together and are kept together.</summary>
public interface IEventSink
{
    /// <summary>Takes facts in the order in which they happened.</summary>
    ValueTask AppendAsync(IReadOnlyList<RecordedEvent> events, CancellationToken cancellation);
}

/// <summary>
/// The whole exchange in one process: the deciders that services would run, with states in memory and reactions followed at once.
/// It reads no clock and does no I/O; one caller at a time.
/// </summary>
/// <param name="sink">Where the facts go.</param>
/// <param name="logs">The venues' logs; null where none are kept, as in trial runs: commands to logs then record nothing.</param>
public sealed class InProcessExchange(IEventSink sink, IVenueLogs? logs = null) : IExchange
{
    private readonly Dictionary<string, Stream> _streams = new(StringComparer.Ordinal);
    private readonly Queue<Command> _pending = [];
    private readonly List<RecordedEvent> _recorded = [];
    private readonly Dictionary<ProductId, BookCore> _books = [];
    private readonly Proceeds _proceeds = new();

    /// <inheritdoc />
    /// <exception cref="InvalidOperationException">A reaction was refused for a reason that only a defect explains.</exception>
    public async ValueTask<Outcome> SubmitAsync(Command command, CancellationToken cancellation)
    {
        _recorded.Clear();
        var outcome = Handle(command is LogCommand log && logs is not null ? await AnswerAsync(log, logs, cancellation).ConfigureAwait(false) : command);
        FollowReactions();
        if (_recorded.Count > 0)
        {
            await sink.AppendAsync(_recorded, cancellation).ConfigureAwait(false);
        }

        return outcome;
    }

    // Before anything is decided: the head must not cover what this command records.
    private async ValueTask<LogCommand> AnswerAsync(LogCommand command, IVenueLogs kept, CancellationToken cancellation) => command switch
    {
        OpenLog open => open with { Origin = kept.OriginOf(open.Venue), Key = kept.KeyOf(open.Venue, 0) },
        RotateLogKey rotate when StateOf(rotate.Stream) is VenueLog { Key: { } key } => rotate with { Key = kept.KeyOf(rotate.Venue, key.Generation + 1) },
        PublishTreeHead publish when StateOf(publish.Stream) is VenueLog { Key: not null } =>
            publish with { Head = await kept.HeadOfAsync(publish.Venue, cancellation).ConfigureAwait(false) },
        _ => command,
    };

    private void FollowReactions()
    {
        while (_pending.TryDequeue(out var reaction))
        {
            if (Handle(reaction).Rejection is { } rejection && !Reactions.IsExpected(reaction, rejection))
            {
                throw new InvalidOperationException($"{reaction.GetType().Name} on {reaction.Stream} was refused: {rejection}.");
            }
        }
    }

    private Outcome Handle(Command command) => command switch
    {
        RegisterProduct c => Register(c),
        ReviseProduct c => Revise(c),
        PlaceOrder c => Order(c),
        BookCommand c => Trade(c),
        PayableCommand c => DecideAndCommit(c with { ProceedsFen = _proceeds.Of(c.Party) }),
        _ => DecideAndCommit(command),
    };

    private Outcome Register(RegisterProduct command)
    {
        var claim = (FingerprintClaim)StateOf(StreamId.Fingerprint(command.Fingerprint));
        var application = command with { FingerprintIsTaken = claim.Product is not null };
        var outcome = DecideAndCommit(application);
        if (outcome.Accepted)
        {
            var first = new ClaimFingerprint(command.Fingerprint, command.Product) { At = command.At, By = command.By };
            DecideAndCommit(first);
        }

        return outcome;
    }

    private Outcome Revise(ReviseProduct command)
    {
        var claim = (FingerprintClaim)StateOf(StreamId.Fingerprint(command.Fingerprint));
        var outcome = DecideAndCommit(command with { ClaimedBy = claim.Product });
        if (outcome.Accepted)
        {
            DecideAndCommit(new ClaimFingerprint(command.Fingerprint, command.Product) { At = command.At, By = command.By });
        }

        return outcome;
    }

    // The funds are held before the licence is granted, so that an order the buyer cannot pay never takes a copy.
    private Outcome Order(PlaceOrder command)
    {
        var admission = (BuyerAdmission)StateOf(StreamId.Buyer(command.Buyer));
        var order = command with { AdmittedFor = admission.AdmittedFor };
        var decision = Decide(order);
        if (decision.Rejection is not null)
        {
            return Commit(order, decision);
        }

        // The deal must be able to take the licence: nothing is held or granted for a deal that exists, or that says something else.
        var granted = (LicenceGranted)decision.Events[0];
        if (Decide(new MatchOrder(order.Deal, granted) { At = order.At, By = order.By }).Rejection is { } rejection)
        {
            return new Outcome([], rejection);
        }

        if (order.Channel != TradeChannel.FiledContract)
        {
            var hold = new HoldFunds(order.Buyer, order.Deal, granted.AmountFen) { At = order.At, By = order.By };
            var held = DecideAndCommit(hold);
            if (!held.Accepted)
            {
                return held;
            }
        }

        return Commit(order, decision);
    }

    // What is due in a book comes before the command; what the certificate no longer covers is closed before anything else happens there.
    private Outcome Trade(BookCommand command)
    {
        var book = (OrderBook)StateOf(command.Stream);
        if (book is { Exists: true, IsClosed: false } && command is not (SuspendOrderBook or CloseOrderBook or ExtendOrderBook))
        {
            if (command.At >= book.ValidUntil)
            {
                MatchAndCommit(new CloseOrderBook(command.Product, book.Venue) { At = command.At, By = command.By });
            }
            else if (command is not AdvanceOrderBook)
            {
                MatchAndCommit(new AdvanceOrderBook(command.Product) { At = command.At, By = command.By });
            }

            // Money that is free again may be needed by the command itself.
            FollowReactions();
        }

        return command is EnterBookOrder order ? Enter(order) : MatchAndCommit(command);
    }

    // As on the shelf, money is held before an order counts: a book holds no order that cannot be paid.
    private Outcome Enter(EnterBookOrder command)
    {
        var admission = (BuyerAdmission)StateOf(StreamId.Buyer(command.Party));
        var order = command with { AdmittedFor = admission.AdmittedFor };
        if (Decide(order) is { Rejection: not null } refused)
        {
            return new Outcome([], refused.Rejection);
        }

        if (order.Terms.NeedFen > 0)
        {
            var hold = new HoldOrderFunds(order.Party, order.Product, order.Number, order.Terms.NeedFen) { At = order.At, By = order.By };
            var held = DecideAndCommit(hold);
            if (!held.Accepted)
            {
                return held;
            }
        }

        return MatchAndCommit(order);
    }

    private Outcome MatchAndCommit(BookCommand command)
    {
        if (command is AdvanceOrderBook)
        {
            IReadOnlyList<Event> due = _books.TryGetValue(command.Product, out var core) ? [.. core.Advance(command.At, command.By)] : [];
            return DecideAndCommit(command with { Results = due });
        }

        var decision = Decide(command);
        if (decision.Rejection is not null)
        {
            return new Outcome([], decision.Rejection);
        }

        List<Event> results = [];
        foreach (var input in decision.Events)
        {
            if (input is BookOpened opened)
            {
                _books.Add(command.Product, new BookCore(opened));
            }
            else
            {
                results.AddRange(_books[command.Product].Take(input));
            }
        }

        return DecideAndCommit(command with { Results = results });
    }

    private object StateOf(string id)
    {
        ref var stream = ref CollectionsMarshal.GetValueRefOrNullRef(_streams, id);
        return Unsafe.IsNullRef(ref stream) ? StreamKind.Of(id).Initial : stream.State;
    }

    private Decision Decide(Command command)
    {
        var kind = StreamKind.Deciding(command);
        ref var stream = ref CollectionsMarshal.GetValueRefOrNullRef(_streams, command.Stream);
        return kind.Decide(command, Unsafe.IsNullRef(ref stream) ? kind.Initial : stream.State);
    }

    private Outcome DecideAndCommit(Command command)
    {
        var kind = StreamKind.Deciding(command);
        var id = command.Stream;
        ref var stream = ref CollectionsMarshal.GetValueRefOrNullRef(_streams, id);
        var isNew = Unsafe.IsNullRef(ref stream);
        var decision = kind.Decide(command, isNew ? kind.Initial : stream.State);
        if (decision.Events.Count > 0)
        {
            if (isNew)
            {
                stream = ref Started(id, kind);
            }

            Record(ref stream, kind, id, decision.Events);
        }

        return new Outcome(decision.Events, decision.Rejection);
    }

    private Outcome Commit(Command command, Decision decision)
    {
        if (decision.Events.Count > 0)
        {
            var kind = StreamKind.Deciding(command);
            var id = command.Stream;
            Record(ref Started(id, kind), kind, id, decision.Events);
        }

        return new Outcome(decision.Events, decision.Rejection);
    }

    private ref Stream Started(string id, StreamKind kind)
    {
        ref var stream = ref CollectionsMarshal.GetValueRefOrAddDefault(_streams, id, out var isKnown);
        if (!isKnown)
        {
            stream.State = kind.Initial;
        }

        return ref stream;
    }

    private void Record(ref Stream stream, StreamKind kind, string id, IReadOnlyList<Event> events)
    {
        for (var i = 0; i < events.Count; i++)
        {
            var @event = events[i];
            stream.State = kind.Evolve(stream.State, @event);
            stream.Version++;
            _proceeds.Take(@event);
            _recorded.Add(new RecordedEvent(id, stream.Version, @event));
            var reactions = Reactions.To(@event);
            for (var j = 0; j < reactions.Count; j++)
            {
                _pending.Enqueue(reactions[j]);
            }
        }

        // Memory is kept for what is alive; of what has ended enough stays to refuse whatever comes.
        stream.State = kind.Condense(stream.State);
    }

    // A value in the table itself: there are more streams than anything else, and most have ended.
    private struct Stream
    {
        public object State;
        public int Version;
    }
}
