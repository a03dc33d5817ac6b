using System.Collections.Immutable;

namespace DataExchange.Domain.Settlement;

/// <summary>A party's money at the exchange, as its stream tells it.</summary>
public sealed record PartyAccount
{
    /// <summary>Money free to use. Never below zero.</summary>
    public Money Available { get; init; }

    /// <summary>The sum of all holds, fen.</summary>
    public long HeldFen { get; init; }

    /// <summary>Money held for deals.</summary>
    public ImmutableDictionary<DealId, long> Holds { get; init; } = ImmutableDictionary<DealId, long>.Empty;

    /// <summary>Money held for orders in order books.</summary>
    public ImmutableDictionary<OrderReference, long> OrderHolds { get; init; } = ImmutableDictionary<OrderReference, long>.Empty;

    /// <summary>Money held for bids in auctions.</summary>
    public ImmutableDictionary<BidReference, long> BidHolds { get; init; } = ImmutableDictionary<BidReference, long>.Empty;
}

/// <summary>One of a party's holds in an auction, as Settlement knows it.</summary>
/// <param name="Auction">The auction.</param>
/// <param name="Number">Which of the party's holds there.</param>
public readonly record struct BidReference(AuctionId Auction, int Number);

/// <summary>A party's order in the order book of a product, as Settlement knows it.</summary>
/// <param name="Product">The product.</param>
/// <param name="Number">The party's number of the order.</param>
public readonly record struct OrderReference(ProductId Product, int Number);

/// <summary>A command to Settlement about one party's money.</summary>
/// <param name="Party">The party.</param>
public abstract record AccountCommand(PartyId Party) : Command
{
    /// <inheritdoc />
    public sealed override string Stream => StreamId.Account(Party);
}

/// <summary>Keeps parties' money: never overdrawn, nothing held twice.</summary>
public sealed class AccountDecider : IDecider<AccountCommand, PartyAccount>
{
    private AccountDecider()
    {
    }

    /// <inheritdoc />
    public static string StreamKind => "account";

    /// <inheritdoc />
    public static string Capability => "Settlement";

    /// <inheritdoc />
    public static PartyAccount Initial { get; } = new();

    /// <inheritdoc />
    public static Decision Decide(AccountCommand command, PartyAccount state) => command switch
    {
        DepositFunds c => c.Decide(state),
        HoldFunds c => c.Decide(state),
        ReleaseHold c => c.Decide(state),
        CaptureHold c => c.Decide(state),
        CreditRefund c => c.Decide(state),
        SplitHold c => c.Decide(state),
        HoldOrderFunds c => c.Decide(state),
        ReleaseOrderFunds c => c.Decide(state),
        AllotOrderFunds c => c.Decide(state),
        HoldBidFunds c => c.Decide(state),
        ReleaseBidFunds c => c.Decide(state),
        ReturnBidFunds c => c.Decide(state),
        AllotBidFunds c => c.Decide(state),
        ForfeitDeposit c => c.Decide(state),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "no rule for this command"),
    };

    /// <inheritdoc />
    public static PartyAccount Evolve(PartyAccount state, Event @event) => @event switch
    {
        FundsDeposited e when Fits(state, e.AmountFen) => state with { Available = state.Available + new Money(e.AmountFen) },
        FundsHeld e when e.AmountFen > 0 && state.Available.Fen >= e.AmountFen && !state.Holds.ContainsKey(e.Deal) => state with
        {
            Available = state.Available - new Money(e.AmountFen),
            HeldFen = state.HeldFen + e.AmountFen,
            Holds = state.Holds.Add(e.Deal, e.AmountFen),
        },
        HoldRefused => state,
        HoldReleased e when Holds(state, e.Deal, e.AmountFen) => state with
        {
            Available = state.Available + new Money(e.AmountFen),
            HeldFen = state.HeldFen - e.AmountFen,
            Holds = state.Holds.Remove(e.Deal),
        },
        HoldCaptured e when Holds(state, e.Deal, e.AmountFen) => state with
        {
            HeldFen = state.HeldFen - e.AmountFen,
            Holds = state.Holds.Remove(e.Deal),
        },
        RefundCredited e when Fits(state, e.AmountFen) => state with { Available = state.Available + new Money(e.AmountFen) },
        OrderFundsHeld e when e.AmountFen > 0 && state.Available.Fen >= e.AmountFen && !state.OrderHolds.ContainsKey(new(e.Product, e.Number)) => state with
        {
            Available = state.Available - new Money(e.AmountFen),
            HeldFen = state.HeldFen + e.AmountFen,
            OrderHolds = state.OrderHolds.Add(new(e.Product, e.Number), e.AmountFen),
        },
        OrderFundsRefused => state,
        OrderFundsReleased e when IsHeld(state, new(e.Product, e.Number), e.AmountFen) => Take(state, new(e.Product, e.Number), e.AmountFen) with
        {
            Available = state.Available + new Money(e.AmountFen),
            HeldFen = state.HeldFen - e.AmountFen,
        },
        OrderFundsAllotted e when IsHeld(state, new(e.Product, e.Number), e.AmountFen) && !state.Holds.ContainsKey(e.Deal) =>
            Take(state, new(e.Product, e.Number), e.AmountFen) with { Holds = state.Holds.Add(e.Deal, e.AmountFen) },
        BidFundsHeld e when e.AmountFen > 0 && state.Available.Fen >= e.AmountFen && !state.BidHolds.ContainsKey(new(e.Auction, e.Number)) => state with
        {
            Available = state.Available - new Money(e.AmountFen),
            HeldFen = state.HeldFen + e.AmountFen,
            BidHolds = state.BidHolds.Add(new(e.Auction, e.Number), e.AmountFen),
        },
        BidFundsRefused => state,
        BidFundsReleased e when IsHeldForBid(state, new(e.Auction, e.Number), e.AmountFen) => state with
        {
            Available = state.Available + new Money(e.AmountFen),
            HeldFen = state.HeldFen - e.AmountFen,
            BidHolds = state.BidHolds.Remove(new(e.Auction, e.Number)),
        },
        DepositForfeited e when IsHeldForBid(state, new(e.Auction, e.Number), e.AmountFen) => state with
        {
            HeldFen = state.HeldFen - e.AmountFen,
            BidHolds = state.BidHolds.Remove(new(e.Auction, e.Number)),
        },
        _ => throw new ImpossibleHistoryException(@event, state.Available),
    };

    /// <inheritdoc />
    public static bool IsTerminal(PartyAccount state) => false;

    /// <summary>Whether an amount is in range and the money, held or not, still can be counted with it.</summary>
    internal static bool CanReceive(PartyAccount state, long amountFen) =>
        Money.IsAmount(amountFen) && Fits(state, amountFen);

    private static bool Fits(PartyAccount state, long amountFen) =>
        amountFen > 0 && (Int128)state.Available.Fen + state.HeldFen + amountFen <= long.MaxValue;

    private static bool IsHeld(PartyAccount state, OrderReference order, long amountFen) =>
        amountFen > 0 && state.OrderHolds.TryGetValue(order, out var held) && held >= amountFen;

    private static bool IsHeldForBid(PartyAccount state, BidReference bid, long amountFen) =>
        state.BidHolds.TryGetValue(bid, out var held) && held == amountFen;

    private static PartyAccount Take(PartyAccount state, OrderReference order, long amountFen)
    {
        var left = state.OrderHolds[order] - amountFen;
        return state with { OrderHolds = left == 0 ? state.OrderHolds.Remove(order) : state.OrderHolds.SetItem(order, left) };
    }

    private static bool Holds(PartyAccount state, DealId deal, long amountFen) =>
        state.Holds.TryGetValue(deal, out var held) && held == amountFen;
}
