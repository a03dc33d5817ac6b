using DataExchange.Domain;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;
using DataExchange.Simulation.Calibration;
using DataExchange.Simulation.Scenarios;

namespace DataExchange.Simulation.Tests.Agents;

/// <summary>Order books in a simulated market of few products, where each book is as busy as in the whole one.</summary>
public sealed class OrderBookTests
{
    private static readonly Scenario Small = Parameters.Scale(SmallRun.BuiltIn, 0.05);
    private static readonly Scenario Without = Small with { OrderBooks = Small.OrderBooks with { Books = Small.OrderBooks.Books.With(0) } };
    private static readonly Scenario Busy = Changed(4, books => books with
    {
        FairValue = books.FairValue with { JumpsPerDay = books.FairValue.JumpsPerDay.With(0.03) },
        Traders = books.Traders with { Underfunded = books.Traders.Underfunded.With(0.3) },
    });

    [Fact]
    public async Task Packs_are_issued_and_sold_on_until_the_series_is_sold_out()
    {
        var run = await SmallRun.SharedAsync(Busy, 3);
        var opened = run.All<BookOpened>().ToArray();
        Assert.Equal(4, opened.Length);
        Assert.All(opened, book =>
        {
            var trades = run.All<PacksTraded>().Where(trade => trade.Product == book.Product).ToArray();
            Assert.InRange(trades.Where(trade => trade.IsIssue).Sum(trade => trade.Quantity), 1, book.Packs);
            Assert.Contains(trades, trade => !trade.IsIssue);
            var posted = (book.ReferencePriceFen + book.Rules.TickFen - 1) / book.Rules.TickFen * book.Rules.TickFen;
            Assert.All(trades.Where(trade => trade.IsIssue && trade.Taker is not null), trade => Assert.Equal(posted, trade.PriceFen));
        });
        Assert.Contains(opened, book => run.All<PacksTraded>().Any(trade => trade.Product == book.Product && trade.PriceFen > book.ReferencePriceFen * 1.02));
        Assert.Equal(run.All<PacksTraded>().Count(), run.All<TransactionRegistered>().Count(e => e.Channel == TradeChannel.OrderBook));
        Assert.NotEmpty(run.All<PacksRedeemed>());
    }

    [Fact]
    public async Task Every_working_day_opens_with_an_auction_and_most_of_them_trade()
    {
        var run = await SmallRun.SharedAsync(Busy, 3);
        var calls = run.All<BookPhaseChanged>().Where(e => e.IsCalled).ToArray();
        Assert.All(calls, call => Assert.True(SmallRun.Source.Calendar.IsWorkingDay(call.At.Date)));
        Assert.All(calls, call => Assert.Equal(call.Phase switch
        {
            TradingPhase.PreOpen => (9 * 60) + 15,
            TradingPhase.Continuous => (9 * 60) + 30,
            _ => 15 * 60,
        }, call.At.SecondOfDay / 60));
        var days = calls.Count(call => call.Phase == TradingPhase.PreOpen);
        var auctions = run.All<BookUncrossed>().Count(e => e.At.SecondOfDay == 9.5 * 3_600);
        Assert.InRange((double)auctions / days, 0.5, 0.9);
    }

    [Fact]
    public async Task A_halt_ends_in_time_or_with_the_day()
    {
        var run = await SmallRun.SharedAsync(Busy, 3);
        var halts = run.All<BookHalted>().ToArray();
        Assert.InRange(halts.Length, 5, 500);
        var close = Small.OrderBooks.CloseMinute.Whole * 60;
        Assert.All(halts, halt =>
        {
            Assert.Equal(halt.At.AddSeconds(Small.OrderBooks.HaltSeconds.Whole), halt.Until);
            var ends = run.All<BookPhaseChanged>().First(e => e.Product == halt.Product && e.At > halt.At);
            Assert.Equal(halt.Until.SecondOfDay < close ? halt.Until : SimulatedTime.On(halt.At.Date, close), ends.At);
        });
        Assert.Contains(run.All<BookUncrossed>(), e => halts.Any(halt => halt.Product == e.Product && halt.Until == e.At));
    }

    [Fact]
    public async Task All_kinds_of_orders_occur_and_some_are_refused()
    {
        var run = await SmallRun.SharedAsync(Busy, 3);
        var terms = run.All<BookOrderEntered>().Select(e => e.Terms).ToArray();
        Assert.Equal(
            [BookOrderKind.Limit, BookOrderKind.Market, BookOrderKind.Stop, BookOrderKind.StopLimit, BookOrderKind.Budget, BookOrderKind.Posted],
            terms.Select(order => order.Kind).Distinct().Order());
        Assert.Equal(Enum.GetValues<BookOrderLife>(), terms.Select(order => order.Life).Distinct().Order());
        Assert.Contains(terms, order => order.DisplayQuantity > 0);
        Assert.Contains(run.All<BookOrderRefused>(), e => e.Reason == Rejection.WouldTrade);
        Assert.Contains(run.All<OrderFundsRefused>(), e => e.Reason == Rejection.InsufficientFunds);
        Assert.NotEmpty(run.All<BookOrderReduced>());
        Assert.NotEmpty(run.All<BookOrderTriggered>());
        Assert.All(run.All<BookOrderRefused>(), e =>
            Assert.True(e.Reason is Rejection.WouldTrade or Rejection.BuyerNotAdmitted, $"{e.Party} was surprised: {e.Reason}"));
    }

    [Fact]
    public async Task Suspension_and_delisting_surprise_nobody()
    {
        var shaky = Busy with
        {
            Review = Busy.Review with
            {
                SuspendedPerYear = Busy.Review.SuspendedPerYear.With(6),
                DelistedPerYear = Busy.Review.DelistedPerYear.With(1),
                RevokedPerYear = Busy.Review.RevokedPerYear.With(0.4),
            },
        };
        var exchange = new Refusals();
        var run = await SmallRun.OfAsync(shaky, 3, inner => exchange.Around(inner));
        Assert.NotEmpty(run.All<BookSuspended>());
        Assert.NotEmpty(run.All<BookResumed>());
        Assert.NotEmpty(run.All<BookClosed>());
        Assert.DoesNotContain(Rejection.ProductSuspended, exchange.Reasons);
        Assert.DoesNotContain(Rejection.OrderBookClosed, exchange.Reasons);
        Assert.DoesNotContain(Rejection.OrderNotFound, exchange.Reasons);
        Assert.DoesNotContain(Rejection.OrderNumberUsed, exchange.Reasons);
        Assert.DoesNotContain(Rejection.InsufficientPacks, exchange.Reasons);
        Assert.DoesNotContain(Rejection.PhaseForbids, exchange.Reasons);
        // After a suspension the book trades again, and what was bought is used after the book is closed.
        Assert.Contains(run.All<PacksTraded>(), trade => run.All<BookResumed>().Any(e => e.Product == trade.Product && e.At < trade.At));
        Assert.Contains(run.All<PacksRedeemed>(), used => run.All<BookClosed>().Any(e => e.Product == used.Product && e.At < used.At));
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_events() =>
        Assert.Equal((await SmallRun.SharedAsync(Busy, 3)).Lines, (await SmallRun.OfAsync(Busy, 3)).Lines);

    [Fact]
    public async Task Books_shift_nothing_that_happens_elsewhere()
    {
        var (with, without) = (await SmallRun.SharedAsync(Busy, 3), await SmallRun.OfAsync(Without, 3));
        Assert.NotEmpty(with.All<PacksTraded>());
        Assert.Empty(without.All<BookOpened>());
        Assert.DoesNotContain(without.All<PartyRegistered>(), party => party.Party.Value.StartsWith("maker", StringComparison.Ordinal));
        Assert.Equal(Elsewhere(without), Elsewhere(with));

        // A firm whose money at the shelf falls short may pay with what it set aside for the books; all other deals are the same.
        var (before, after) = (Deals(without), Deals(with));
        Assert.Empty(before.Except(after));
        Assert.InRange(after.Except(before).Count(), 0, before.Count / 200);
    }

    [Fact]
    public async Task Books_run_alike_whatever_the_shelf_brings()
    {
        var other = Busy with
        {
            Demand = Busy.Demand with { Shelf = Busy.Demand.Shelf with { Level = Busy.Demand.Shelf.Level.With(0.02) } },
        };
        var (here, there) = (await SmallRun.SharedAsync(Busy, 3), await SmallRun.OfAsync(other, 3));
        Assert.Equal(Trades(here), Trades(there));
    }

    [Fact]
    public void Scale_multiplies_books_and_keeps_their_orders_in_proportion()
    {
        foreach (var scale in new[] { 0.002, 0.05, 0.3, 1, 2.5 })
        {
            var (whole, scaled) = (SmallRun.BuiltIn.OrderBooks, Parameters.Scale(SmallRun.BuiltIn, scale).OrderBooks);
            Assert.True(scaled.Books.Whole >= 1);
            Assert.Equal(
                whole.Books.Value * whole.Traders.OrdersPerDay.Value * scale, scaled.Books.Value * scaled.Traders.OrdersPerDay.Value, 1e-9);
        }

        Assert.Equal(0, Parameters.Scale(Without, 3).OrderBooks.Books.Value);
    }

    private static Scenario Changed(int count, Func<OrderBookSettings, OrderBookSettings> change)
    {
        var books = Small.OrderBooks with
        {
            Books = Small.OrderBooks.Books.With(count),
            Traders = Small.OrderBooks.Traders with { OrdersPerDay = SmallRun.BuiltIn.OrderBooks.Traders.OrdersPerDay },
        };
        return Small with { OrderBooks = change(books) };
    }

    private static List<string> Trades(SmallRun run) =>
        [.. run.All<PacksTraded>().Select(trade => $"{trade.At} {trade.Deal} {trade.Buyer} {trade.Seller} {trade.Quantity} {trade.PriceFen}")];

    // What the supply side does: products, reviews, prices, shelves.
    private static List<string> Elsewhere(SmallRun run) =>
        [.. run.Events.Where(recorded => recorded.Stream.Split('/')[0] is "product" or "pricing" or "listing").Select(recorded => $"{recorded.Stream} {recorded.Version} {recorded.Data}")];

    private static HashSet<string> Deals(SmallRun run) =>
        [.. run.All<OrderMatched>().Select(deal => $"{deal.At} {deal.Deal} {deal.Product} {deal.Buyer} {deal.AmountFen}")];

    private sealed class Refusals
    {
        public List<Rejection> Reasons { get; } = [];

        public IExchange Around(IExchange inner) => new Listener(this, inner);

        private sealed class Listener(Refusals refusals, IExchange inner) : IExchange
        {
            public async ValueTask<Outcome> SubmitAsync(Command command, CancellationToken cancellation)
            {
                var outcome = await inner.SubmitAsync(command, cancellation);
                if (command is BookCommand && outcome.Rejection is { } reason)
                {
                    refusals.Reasons.Add(reason);
                }

                return outcome;
            }
        }
    }
}
