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
    private static readonly PartyId Operator = new("venue-hzdex");
    private static readonly BookRules Rules = new(10, 100_000, 100, 1_000, 600, 100, 600);
    private static readonly DateOnly Monday = new(2025, 3, 3);

    internal static IReadOnlyList<Event> Events { get; } =
    [
        new PacksAllotted(Product, Venue, Provider, SecurityClass.General, SimulatedTime.On(new(2026, 1, 1)), 50, 100, 1_000, Rules, []) { At = At(9, 0), By = Provider },
        new BookOpened(Product, Venue, Provider, SecurityClass.General, SimulatedTime.On(new(2026, 1, 1)), 50, 100, 1_000, Rules, []) { At = At(9, 0), By = Provider },
        new FundsDeposited(First, 100_000) { At = At(9, 1), By = First },
        new FundsDeposited(Second, 100_000) { At = At(9, 1), By = Second },
        new BookPhaseChanged(Product, TradingPhase.PreOpen, true) { At = At(9, 15), By = Operator },
        Entered(Provider, 9, 16, 1, BookOrderTerms.Limit(BookSide.Sell, 10, 1_000, BookOrderLife.GoodTillCancel) with { Supply = PackSupply.Issue, Kind = BookOrderKind.Posted }),
        Held(First, 9, 17, 1, 4_400),
        Entered(First, 9, 17, 1, BookOrderTerms.Limit(BookSide.Buy, 4, 1_100)),
        // Opening auction: four packs are issued at 10 yuan.
        new BookPhaseChanged(Product, TradingPhase.Continuous, true) { At = At(9, 30), By = Operator },
        new BookUncrossed(Product, 1_000, 4) { At = At(9, 30), By = Operator },
        Traded(9, 30, 1, First, 1, Provider, 1, null, true, 4, 1_000, 400),
        .. Confirmed(9, 30, 1, First, 1, Provider, 4, 1_000, 400),
        // A stop that waits, and a sale from buyer to buyer.
        Entered(First, 10, 0, 2, BookOrderTerms.Limit(BookSide.Sell, 1, 0) with { Kind = BookOrderKind.Stop, StopPriceFen = 900 }),
        Entered(First, 10, 5, 3, BookOrderTerms.Limit(BookSide.Sell, 2, 1_050)),
        new BookOrderReduced(Product, First, 3, BookCancelCause.Requested, 1, 0) { At = At(10, 6), By = First },
        Entered(Provider, 10, 7, 2, BookOrderTerms.Limit(BookSide.Sell, 3, 1_500, BookOrderLife.GoodTillCancel) with { Supply = PackSupply.Issue }),
        new BookOrderCancelled(Product, Provider, 1, BookCancelCause.Requested, 6, 0) { At = At(10, 8), By = Provider },
        Held(Second, 10, 10, 1, 6_400),
        Entered(Second, 10, 10, 1, BookOrderTerms.Limit(BookSide.Buy, 4, 1_600)),
        Traded(10, 10, 2, Second, 1, First, 3, BookSide.Buy, false, 1, 1_050, 550),
        .. Confirmed(10, 10, 2, Second, 1, First, 1, 1_050, 550),
        // The rest of it would trade outside the band.
        new BookHalted(Product, 1_500, At(10, 20)) { At = At(10, 10), By = Operator },
        new BookPhaseChanged(Product, TradingPhase.Continuous, false) { At = At(10, 20), By = Operator },
        new BookUncrossed(Product, 1_500, 3) { At = At(10, 20), By = Operator },
        Traded(10, 20, 3, Second, 1, Provider, 2, null, true, 3, 1_500, 300),
        .. Confirmed(10, 20, 3, Second, 1, Provider, 3, 1_500, 300),
        new OrderFundsRefused(First, Product, 4, 900_000, Rejection.InsufficientFunds) { At = At(11, 0), By = First },
        Entered(Second, 11, 5, 2, BookOrderTerms.Limit(BookSide.Sell, 9, 1_200)),
        new BookOrderRefused(Product, Second, 2, Rejection.InsufficientPacks, 0) { At = At(11, 5), By = Second },
        new PacksRedeemed(Product, Second, 2) { At = At(11, 10), By = Second },
        // The next day: nothing but an order that is not filled.
        Held(First, 33, 0, 5, 1_800),
        Entered(First, 33, 0, 5, BookOrderTerms.Limit(BookSide.Buy, 2, 900)),
    ];

    internal static SimulatedTime At(int hour, int minute) => SimulatedTime.On(Monday).AddSeconds((hour * 3_600) + (minute * 60));

    private static BookOrderEntered Entered(PartyId party, int hour, int minute, int number, BookOrderTerms terms) =>
        new BookOrderEntered(Product, party, number, SecurityClass.General, terms, terms.NeedFen) { At = At(hour, minute), By = party };

    private static OrderFundsHeld Held(PartyId party, int hour, int minute, int number, long fen) =>
        new OrderFundsHeld(party, Product, number, fen) { At = At(hour, minute), By = party };

    private static PacksTraded Traded(
        int hour, int minute, int trade, PartyId buyer, int buyNumber, PartyId seller, int sellNumber, BookSide? taker, bool isIssue, int packs, long price, long releasedFen) =>
        new PacksTraded(
            Product, OrderBook.DealOf(Product, trade), Venue, buyer, buyNumber, seller, sellNumber, taker, isIssue, packs, packs * 100, price, packs * price,
            releasedFen, 100, 600, []) { At = At(hour, minute), By = Operator };

    private static IEnumerable<Event> Confirmed(int hour, int minute, int trade, PartyId buyer, int number, PartyId seller, int packs, long price, long releasedFen)
    {
        var deal = OrderBook.DealOf(Product, trade);
        var amount = packs * price;
        yield return new OrderFundsAllotted(buyer, Product, number, deal, amount) { At = At(hour, minute), By = buyer };
        yield return new OrderFundsReleased(buyer, Product, number, releasedFen) { At = At(hour, minute), By = buyer };
        yield return new TradeConfirmed(deal, Product, Venue, buyer, seller, packs, packs * 100, price, amount, 100, 600, []) { At = At(hour, minute), By = Operator };
        yield return new TransactionRegistered(deal, Product, Venue, buyer, seller, TradeChannel.OrderBook, LicenceKind.CallPack, amount, 100, 600, []) { At = At(hour, minute), By = Operator };
        yield return new HoldCaptured(buyer, deal, amount) { At = At(hour, minute), By = Operator };
        yield return new DealSettled(deal,
        [
            new(LedgerAccount.Escrow, LedgerAccount.Fees(Venue), amount / 100), new(LedgerAccount.Escrow, LedgerAccount.Payable(seller), amount - (amount / 100)),
        ]) { At = At(hour, minute), By = Operator };
    }
}
