using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Trading;
using DataExchange.Exchange.Books;

namespace DataExchange.Exchange;

/// <summary>What comes due in a stream by itself.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Due">First moment at which it is due.</param>
/// <param name="Command">Name of the command that says so.</param>
public readonly record struct Deadline(string Stream, SimulatedTime Due, string Command);

/// <summary>
/// Deadlines as states tell them: a delivery that is late, an acceptance taken as given, a report of revenue that is overdue, a certificate or trial that ends, a requirement that nobody met, an auction whose time is over, what waits in an order book.
/// Whoever watches them sends the command; the state refuses one that comes too early or twice. Nothing is ever late to be paid: money is held before an
/// order counts.
/// </summary>
public static class Deadlines
{
    /// <summary>Whether something may come due in streams of a kind.</summary>
    public static bool MayBeIn(ReadOnlySpan<char> streamKind) => streamKind is "auction" or "book" or "deal" or "product" or "requirement";

    /// <summary>What comes due next in a stream; null where nothing does.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="state">Its state.</param>
    /// <param name="core">The matching core behind it, for a book that is open.</param>
    public static Deadline? Of(string stream, object state, BookCore? core = null) => state switch
    {
        // Late is what comes after the moment at which it was due.
        DealState { Stage: DealStage.Registered } deal => new(stream, deal.DeliveryDue.AddSeconds(1), nameof(ReportLateDelivery)),
        DealState { Stage: DealStage.Delivered } deal => new(stream, deal.AcceptBy, nameof(TimeOutAcceptance)),
        DealState { NextRevenueDue: { } due } => new(stream, due, nameof(ChargeOverdueRevenue)),
        ProductRights rights => Earlier(
            rights.Sandbox is { IsOver: false } trial ? new(stream, trial.Conditions.Until, nameof(EndSandbox)) : null,
            rights.Stage == RightsStage.Certified ? new(stream, rights.ValidUntil, nameof(ExpireCertificate)) : null),
        BuyerRequirement { Stage: RequirementStage.Posted or RequirementStage.Answered } requirement =>
            new(stream, requirement.NeededUntil, nameof(LapseRequirement)),
        // A Dutch auction ends with its bid, and a reaction closes it.
        Auction { Stage: AuctionStage.Open } auction => new(stream, auction.ClosesAt, nameof(CloseAuction)),
        OrderBook { Exists: true, IsClosed: false } book => Earlier(
            !book.IsSuspended && core?.NextDue is { } due ? new(stream, due, nameof(AdvanceOrderBook)) : null,
            new(stream, book.ValidUntil, nameof(CloseOrderBook))),
        _ => null,
    };

    /// <summary>The command that says that something is due.</summary>
    /// <param name="deadline">What is due.</param>
    /// <param name="at">The present moment.</param>
    /// <exception cref="ArgumentOutOfRangeException">No deadline has such a command.</exception>
    public static Command CommandOf(Deadline deadline, SimulatedTime at)
    {
        var name = deadline.Stream[(deadline.Stream.IndexOf('/', StringComparison.Ordinal) + 1)..];
        return deadline.Command switch
        {
            nameof(ReportLateDelivery) => new ReportLateDelivery(new DealId(name)) { At = at, By = Reactions.Exchange },
            nameof(TimeOutAcceptance) => new TimeOutAcceptance(new DealId(name)) { At = at, By = Reactions.Exchange },
            nameof(ChargeOverdueRevenue) => new ChargeOverdueRevenue(new DealId(name)) { At = at, By = Reactions.Exchange },
            nameof(EndSandbox) => new EndSandbox(new ProductId(name), "") { At = at, By = Reactions.Exchange },
            nameof(ExpireCertificate) => new ExpireCertificate(new ProductId(name)) { At = at, By = Reactions.Exchange },
            nameof(LapseRequirement) => new LapseRequirement(new RequirementId(name)) { At = at, By = Reactions.Exchange },
            nameof(CloseAuction) => new CloseAuction(new AuctionId(name)) { At = at, By = Reactions.Exchange },
            // A book whose certificate has ended is closed before anything else is done in it.
            nameof(AdvanceOrderBook) or nameof(CloseOrderBook) => new AdvanceOrderBook(new ProductId(name)) { At = at, By = Reactions.Exchange },
            _ => throw new ArgumentOutOfRangeException(nameof(deadline), deadline.Command, "no deadline has such a command"),
        };
    }

    private static Deadline? Earlier(Deadline? one, Deadline? other) =>
        one is { } left && other is { } right ? (left.Due <= right.Due ? one : other) : one ?? other;
}
