using DataExchange.Domain.Trading;
using DataExchange.Reports.Figures;
using DataExchange.Reports.Tests.ReadModels;

namespace DataExchange.Reports.Tests.Figures;

/// <summary>How narrow and how deep books are, on the history written by hand.</summary>
public sealed class LiquidityTests
{
    [Fact]
    public void Only_continuous_trading_with_both_sides_counts_for_spread_and_depth()
    {
        var liquidity = Measured();

        // Continuous from 9:30 to 10:10 and from 10:20 to 33:00; a bid and an ask stand at no time of it.
        Assert.Equal((40 + (22 * 60) + 40) / 60.0, liquidity.Hours, 9);
        Assert.Equal(0, liquidity.TwoSidedShare);
        Assert.Null(liquidity.SpreadBasisPoints);
    }

    [Fact]
    public void A_spread_counts_as_long_as_it_stands()
    {
        var opened = BookHistory.Events.OfType<BookOpened>().Single();
        var liquidity = new LiquidityBuilder();
        liquidity.Take(BookHistory.Product, opened);
        liquidity.Take(BookHistory.Product, new BookPhaseChanged(BookHistory.Product, TradingPhase.Continuous, true) { At = BookHistory.At(9, 30), By = opened.By });
        Enter(9, 30, 1, BookOrderTerms.Limit(BookSide.Sell, 5, 1_100, BookOrderLife.GoodTillCancel) with { Supply = PackSupply.Issue });
        Enter(9, 40, 2, BookOrderTerms.Limit(BookSide.Buy, 3, 900));
        Enter(9, 50, 3, BookOrderTerms.Limit(BookSide.Buy, 1, 900));
        Enter(10, 0, 4, BookOrderTerms.Limit(BookSide.Buy, 7, 1_000));
        liquidity.Take(BookHistory.Product, new BookPhaseChanged(BookHistory.Product, TradingPhase.Closed, true) { At = BookHistory.At(10, 30), By = opened.By });
        Enter(11, 0, 5, BookOrderTerms.Limit(BookSide.Buy, 2, 1_000));
        var measured = Assert.Single(liquidity.Complete());

        Assert.Equal(1, measured.Hours);
        Assert.Equal(5 / 6.0, measured.TwoSidedShare, 12);
        // 20 minutes of 200 over 1,000, 30 minutes of 100 over 1,050.
        Assert.Equal(((20 * 2_000) + (30 * 10_000 * 100 / 1_050.0)) / 50, measured.SpreadBasisPoints!.Value, 9);
        Assert.Equal(((10 * 3) + (10 * 4) + (30 * 7)) / 50.0, measured.BidPacks!.Value, 9);
        Assert.Equal(5, measured.AskPacks!.Value, 9);

        void Enter(int hour, int minute, int number, BookOrderTerms terms) => liquidity.Take(
            BookHistory.Product,
            new BookOrderEntered(BookHistory.Product, terms.Side == BookSide.Sell ? BookHistory.Provider : BookHistory.First, number, null, terms, terms.NeedFen)
            {
                At = BookHistory.At(hour, minute),
                By = BookHistory.First,
            });
    }

    private static BookLiquidity Measured()
    {
        var liquidity = new LiquidityBuilder();
        foreach (var fact in BookHistory.Events.Where(fact => fact is PacksTraded or PacksRedeemed || fact.GetType().Name.StartsWith("Book", StringComparison.Ordinal)))
        {
            liquidity.Take(BookHistory.Product, fact);
        }

        return Assert.Single(liquidity.Complete());
    }
}
