using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;
using DataExchange.Exchange.Auctions;
using DataExchange.Exchange.Books;

namespace DataExchange.Exchange;

/// <summary>A command that is ready to be decided, and what another capability must do first.</summary>
/// <param name="Command">The command, with the answers that it needs.</param>
/// <param name="Ended">The answer, where nothing more is to be done; null otherwise.</param>
/// <param name="First">What must be accepted elsewhere before it: money is held before an order counts. Null for nothing.</param>
/// <param name="Made">What was decided of it, valid while no state has changed; null where it was not decided yet.</param>
public readonly record struct PreparedCommand(Command Command, Outcome? Ended = null, Command? First = null, Decision? Made = null);

/// <summary>
/// Streams in memory and what their deciders make of commands: all streams of a market, or those that one service owns. It follows no reactions
/// and asks no other capability; whoever holds it does. It reads no clock and does no I/O; one caller at a time.
/// </summary>
public sealed partial class StreamTable
{
    private readonly Dictionary<string, Stream> _streams = new(StringComparer.Ordinal);
    private readonly List<RecordedEvent> _recorded = [];
    private readonly Dictionary<ProductId, BookCore> _books = [];
    private readonly Proceeds _proceeds = new();

    /// <summary>What was recorded since the last <see cref="Forget"/>, in order.</summary>
    public IReadOnlyList<RecordedEvent> Recorded => _recorded;

    /// <summary>Empties <see cref="Recorded"/>, once it has gone where it belongs.</summary>
    public void Forget() => _recorded.Clear();

    /// <summary>How many streams are in memory.</summary>
    public int Count => _streams.Count;

    /// <summary>Whether anything is known of a stream.</summary>
    public bool Knows(string id) => _streams.ContainsKey(id);

    /// <summary>A stream's state; the initial one of a stream without events.</summary>
    public object StateOf(string id)
    {
        ref var stream = ref CollectionsMarshal.GetValueRefOrNullRef(_streams, id);
        return Unsafe.IsNullRef(ref stream) ? StreamKind.Of(id).Initial : stream.State;
    }

    /// <summary>A stream's version; 0 of a stream without events.</summary>
    public int VersionOf(string id)
    {
        ref var stream = ref CollectionsMarshal.GetValueRefOrNullRef(_streams, id);
        return Unsafe.IsNullRef(ref stream) ? 0 : stream.Version;
    }

    /// <summary>What comes due next in a stream by itself; null where nothing does.</summary>
    public Deadline? DeadlineOf(string id) =>
        Deadlines.Of(id, StateOf(id), StreamId.KindOf(id) is "book" ? _books.GetValueOrDefault(new ProductId(id[(StreamId.KindOf(id).Length + 1)..])) : null);

    /// <summary>
    /// Gets a command ready: an order learns what its buyer is admitted for, and what has to be held for it. An order that is refused as things
    /// are has <see cref="PreparedCommand.Ended"/>, and its refusal is recorded.
    /// </summary>
    public PreparedCommand Prepare(Command command) => command switch
    {
        PlaceOrder order => Prepare(order),
        EnterBookOrder order => Prepare(order),
        AuctionCommand bid => Prepare(bid),
        OfferBundle offer => new(offer with { Found = [.. offer.Products.Take(Bundle.MostParts).Select(product => BundleCandidate.Of(product, offer.Venue, (IssuanceRight)StateOf(StreamId.Offer(product))))] }),
        OrderBundle order => Prepare(order),
        _ => new(command),
    };

    /// <summary>What another capability must do before an order from the shelf counts; nothing is recorded.</summary>
    /// <returns>The command to it; null where nothing is needed, or the order is refused as things are.</returns>
    public Command? FirstOf(Command command) =>
        command is PlaceOrder placed && Weighed(placed) is { Decision: { Rejection: null } decision, OfDeal: null, Order: var order } ? HoldFor(order, decision) : null;

    /// <summary>
    /// What is due in a book comes before a command to it; what the certificate no longer covers is closed before anything else happens there.
    /// </summary>
    /// <returns>The command to be handled first; null where none is.</returns>
    public BookCommand? DueBefore(BookCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (StateOf(command.Stream) is not OrderBook { Exists: true, IsClosed: false } book || command is SuspendOrderBook or CloseOrderBook or ExtendOrderBook)
        {
            return null;
        }

        return command.At >= book.ValidUntil ? new CloseOrderBook(command.Product, book.Venue) { At = command.At, By = command.By }
            : command is AdvanceOrderBook ? null
            : new AdvanceOrderBook(command.Product) { At = command.At, By = command.By };
    }

    /// <summary>Has a prepared command decided and its facts recorded.</summary>
    public Outcome Handle(PreparedCommand prepared) =>
        prepared is { Made: { } decision, Command: var command } ? Commit(command, decision) : Handle(prepared.Command);

    /// <summary>Has a command decided and its facts recorded, with what belongs to it in other streams of its capability.</summary>
    public Outcome Handle(Command command) => command switch
    {
        RegisterProduct c => Register(c),
        ReviseProduct c => Revise(c),
        ListProduct { Game: { } game } c => DecideAndCommit(c with { FairShares = FairShares.Of(game) }),
        BookCommand c => MatchAndCommit(c),
        CloseAuction c => DecideAndCommit(c with { Outcome = AuctionRun.Of((Auction)StateOf(c.Stream), c.At, c.Coin) }),
        PayableCommand c => DecideAndCommit(c with { ProceedsFen = _proceeds.Of(c.Party) }),
        _ => DecideAndCommit(command),
    };

    /// <summary>Tells what settlements once credited to parties, for whoever takes payable commands and does not know every settlement.</summary>
    /// <param name="fact">A fact of a settlement, each once.</param>
    public void Credit(Event fact) => _proceeds.Take(fact);

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
    private PreparedCommand Prepare(PlaceOrder command)
    {
        var (order, decision, refusal) = Weighed(command);
        return decision.Rejection is not null ? new(order, Ended: Commit(order, decision))
            : refusal is not null ? new(order, Ended: new Outcome([], refusal))
            : new(order, First: HoldFor(order, decision), Made: decision);
    }

    private (PlaceOrder Order, Decision Decision, Rejection? OfDeal) Weighed(PlaceOrder command)
    {
        var admission = (BuyerAdmission)StateOf(StreamId.Buyer(command.Buyer));
        var order = command with { AdmittedFor = admission.AdmittedFor };
        var decision = Decide(order);
        // The deal must be able to take the licence: nothing is held or granted for a deal that exists, or that says something else.
        return (order, decision, decision.Rejection is not null
            ? null
            : Decide(new MatchOrder(order.Deal, (LicenceGranted)decision.Events[0]) { At = order.At, By = order.By }).Rejection);
    }

    private static HoldFunds? HoldFor(PlaceOrder order, Decision decision) => order.Channel == TradeChannel.FiledContract
        ? null
        : new HoldFunds(order.Buyer, order.Deal, ((LicenceGranted)decision.Events[0]).AmountFen) { At = order.At, By = order.By };

    // As on the shelf, money is held before an order counts: a book holds no order that cannot be paid.
    private PreparedCommand Prepare(EnterBookOrder command)
    {
        var admission = (BuyerAdmission)StateOf(StreamId.Buyer(command.Party));
        var order = command with { AdmittedFor = admission.AdmittedFor };
        if (Decide(order) is { Rejection: not null } refused)
        {
            return new(order, Ended: new Outcome([], refused.Rejection));
        }

        return order.Terms.NeedFen > 0
            ? new(order, First: new HoldOrderFunds(order.Party, order.Product, order.Number, order.Terms.NeedFen) { At = order.At, By = order.By })
            : new(order);
    }

    // The whole of an open bid is held before it counts; of a sealed one first the deposit, then the rest.
    private PreparedCommand Prepare(AuctionCommand command)
    {
        var auction = (Auction)StateOf(command.Stream);
        AuctionCommand answered = command switch
        {
            CommitBid c => c with { AdmittedFor = AdmissionOf(c.Bidder) },
            PlaceBid c => c with { AdmittedFor = AdmissionOf(c.Bidder) },
            RevealBid c => c with { Opens = AuctionRun.CommitmentOf(c.Auction, c.Bidder, c.AmountFen, c.Nonce) },
            _ => command,
        };
        if (answered is not (CommitBid or PlaceBid or RevealBid))
        {
            return new(answered);
        }

        if (Decide(answered) is { Rejection: not null } refused)
        {
            return new(answered, Ended: new Outcome([], refused.Rejection));
        }

        var (bidder, number, fen) = answered switch
        {
            CommitBid c => (c.Bidder, CommitBid.DepositNumber, c.DepositFen),
            RevealBid c => (c.Bidder, RevealBid.RestNumber, c.RestOf(auction.Bids[c.Bidder.Value])),
            PlaceBid c => (c.Bidder, c.Number, c.AmountFen),
            _ => default,
        };
        return fen > 0 ? new(answered, First: new HoldBidFunds(bidder, command.Auction, number, fen) { At = command.At, By = command.By }) : new(answered);
    }

    // The money for all parts is held before any of them counts, and no part takes the name of a deal that exists.
    private PreparedCommand Prepare(OrderBundle command)
    {
        var order = command with { AdmittedFor = AdmissionOf(command.Buyer) };
        var decision = Decide(order);
        var refusal = decision.Rejection
            ?? (((BundleOrdered)decision.Events[0]).Parts.Any(part => StateOf(StreamId.Deal(part.Deal)) is not DealState { Stage: DealStage.None }) ? Rejection.DealAlreadyExists : null);
        return refusal is not null
            ? new(order, Ended: new Outcome([], refusal))
            : new(order, First: new HoldFunds(order.Buyer, order.Order, ((Bundle)StateOf(order.Stream)).PriceFen) { At = order.At, By = order.By });
    }

    private SecurityClass? AdmissionOf(PartyId buyer) => ((BuyerAdmission)StateOf(StreamId.Buyer(buyer))).AdmittedFor;

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
        }

        // Memory is kept for what is alive; of what has ended enough stays to refuse whatever comes.
        stream.State = kind.Condense(stream.State);
        if (LetsClaimsLapse && stream.State is DealState { Stage: DealStage.Completed, ClaimBy: { } until })
        {
            _claimable.Enqueue((until, id));
        }
    }

    // A value in the table itself: there are more streams than anything else, and most have ended.
    private struct Stream
    {
        public object State;
        public int Version;
    }
}
