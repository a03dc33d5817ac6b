using DataExchange.Domain;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;

namespace DataExchange.Reports.Tests.ReadModels;

/// <summary>One book's history, written by hand: an opening auction, a secondary trade, a halt with the auction that ends it, a second day.</summary>
internal static class BookHistory
{
    internal static readonly ProductId Product = new("P000042");
    internal static readonly VenueId Venue = new("hzdex");
    internal static readonly PartyId Provider = new("firm-0001");
    internal static readonly PartyId First = new("firm-0002");
    internal static readonly PartyId Second = new("firm-0003");
    private static readonly BookRules Rules = new(10, 100_000, 100, 1_000, 600, 100, 600);
    private static readonly DateOnly Monday = new(2025, 3, 3);

    internal static IReadOnlyList<Event> Events { get; } =
    [
        By(Provider, 9, 0, new PacksAllotted(Product, Venue, Provider, SecurityClass.General, SimulatedTime.On(new(2026, 1, 1)), 50, 100, 1_000, Rules, [])),
        By(Provider, 9, 0, new BookOpened(Product, Venue, Provider, SecurityClass.General, SimulatedTime.On(new(2026, 1, 1)), 50, 100, 1_000, Rules, [])),
        By(First, 9, 1, new FundsDeposited(First, 100_000)),
        By(Second, 9, 1, new FundsDeposited(Second, 100_000)),
        By(Venue, 9, 15, new BookPhaseChanged(Product, TradingPhase.PreOpen, true)),
        Entered(Provider, 9, 16, 1, BookOrderTerms.Limit(BookSide.Sell, 10, 1_000, BookOrderLife.GoodTillCancel) with { Supply = PackSupply.Issue, Kind = BookOrderKind.Posted }),
        Held(First, 9, 17, 1, 4_400),
        Entered(First, 9, 17, 1, BookOrderTerms.Limit(BookSide.Buy, 4, 1_100)),
        // Opening auction: four packs are issued at 10 yuan.
        By(Venue, 9, 30, new BookPhaseChanged(Product, TradingPhase.Continuous, true)),
        By(Venue, 9, 30, new BookUncrossed(Product, 1_000, 4)),
        Traded(9, 30, 1, First, 1, Provider, 1, null, true, 4, 1_000, 400),
        .. Confirmed(9, 30, 1, First, 1, Provider, 4, 1_000, 400),
        // A stop that waits, and a sale from buyer to buyer.
        Entered(First, 10, 0, 2, BookOrderTerms.Limit(BookSide.Sell, 1, 0) with { Kind = BookOrderKind.Stop, StopPriceFen = 900 }),
        Entered(First, 10, 5, 3, BookOrderTerms.Limit(BookSide.Sell, 2, 1_050)),
        By(First, 10, 6, new BookOrderReduced(Product, First, 3, BookCancelCause.Requested, 1, 0)),
        Entered(Provider, 10, 7, 2, BookOrderTerms.Limit(BookSide.Sell, 3, 1_500, BookOrderLife.GoodTillCancel) with { Supply = PackSupply.Issue }),
        By(Provider, 10, 8, new BookOrderCancelled(Product, Provider, 1, BookCancelCause.Requested, 6, 0)),
        Held(Second, 10, 10, 1, 6_400),
        Entered(Second, 10, 10, 1, BookOrderTerms.Limit(BookSide.Buy, 4, 1_600)),
        Traded(10, 10, 2, Second, 1, First, 3, BookSide.Buy, false, 1, 1_050, 550),
        .. Confirmed(10, 10, 2, Second, 1, First, 1, 1_050, 550),
        // The rest of it would trade outside the band.
        By(Venue, 10, 10, new BookHalted(Product, 1_500, At(10, 20))),
        By(Venue, 10, 20, new BookPhaseChanged(Product, TradingPhase.Continuous, false)),
        By(Venue, 10, 20, new BookUncrossed(Product, 1_500, 3)),
        Traded(10, 20, 3, Second, 1, Provider, 2, null, true, 3, 1_500, 300),
        .. Confirmed(10, 20, 3, Second, 1, Provider, 3, 1_500, 300),
        By(First, 11, 0, new OrderFundsRefused(First, Product, 4, 900_000, Rejection.InsufficientFunds)),
        Entered(Second, 11, 5, 2, BookOrderTerms.Limit(BookSide.Sell, 9, 1_200)),
        By(Second, 11, 5, new BookOrderRefused(Product, Second, 2, Rejection.InsufficientPacks, 0)),
        By(Second, 11, 10, new PacksRedeemed(Product, Second, 2)),
        // The next day: nothing but an order that is not filled.
        Held(First, 33, 0, 5, 1_800),
        Entered(First, 33, 0, 5, BookOrderTerms.Limit(BookSide.Buy, 2, 900)),
    ];

    internal static SimulatedTime At(int hour, int minute) => SimulatedTime.On(Monday).AddSeconds((hour * 3_600) + (minute * 60));

    private static T By<T>(PartyId party, int hour, int minute, T e)
        where T : Event => e with { At = At(hour, minute), By = party };

    private static T By<T>(VenueId venue, int hour, int minute, T e)
        where T : Event => By(new PartyId(venue.Value), hour, minute, e);

    private static BookOrderEntered Entered(PartyId party, int hour, int minute, int number, BookOrderTerms terms) =>
        By(party, hour, minute, new BookOrderEntered(Product, party, number, SecurityClass.General, terms, terms.NeedFen));

    private static OrderFundsHeld Held(PartyId party, int hour, int minute, int number, long fen) =>
        By(party, hour, minute, new OrderFundsHeld(party, Product, number, fen));

    private static PacksTraded Traded(
        int hour, int minute, int trade, PartyId buyer, int buyNumber, PartyId seller, int sellNumber, BookSide? taker, bool isIssue, int packs, long price, long releasedFen) =>
        By(Venue, hour, minute, new PacksTraded(
            Product, OrderBook.DealOf(Product, trade), Venue, buyer, buyNumber, seller, sellNumber, taker, isIssue, packs, packs * 100, price, packs * price,
            releasedFen, 100, 600, []));

    private static IEnumerable<Event> Confirmed(int hour, int minute, int trade, PartyId buyer, int number, PartyId seller, int packs, long price, long releasedFen)
    {
        var deal = OrderBook.DealOf(Product, trade);
        var amount = packs * price;
        yield return By(buyer, hour, minute, new OrderFundsAllotted(buyer, Product, number, deal, amount));
        yield return By(buyer, hour, minute, new OrderFundsReleased(buyer, Product, number, releasedFen));
        yield return By(Venue, hour, minute, new TradeConfirmed(deal, Product, Venue, buyer, seller, packs, packs * 100, price, amount, 100, 600, []));
        yield return By(Venue, hour, minute, new TransactionRegistered(deal, Product, Venue, buyer, seller, TradeChannel.OrderBook, LicenceKind.CallPack, amount, 100, 600, []));
        yield return By(Venue, hour, minute, new HoldCaptured(buyer, deal, amount));
        yield return By(Venue, hour, minute, new DealSettled(deal,
        [
            new(LedgerAccount.Escrow, LedgerAccount.Fees(Venue), amount / 100), new(LedgerAccount.Escrow, LedgerAccount.Payable(seller), amount - (amount / 100)),
        ]));
    }
}
