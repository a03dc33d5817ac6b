using DataExchange.Domain;
using DataExchange.Domain.Trading;
using DataExchange.Exchange.Books;
using DataExchange.Web.Floor;
using DataExchange.Web.Market;

namespace DataExchange.Web.Tests.Floor;

/// <summary>A stored order book, seen from any moment of its life.</summary>
public sealed class BookHistoryTests
{
    private static readonly ProductId Product = new("P1");
    private static readonly PartyId Provider = new("firm-1");
    private static readonly PartyId Buyer = new("firm-2");
    private static readonly PartyId Other = new("firm-3");
    private static readonly DateOnly First = new(2025, 3, 3);
    private static readonly List<Event> Facts = Make();

    [Theory]
    [InlineData("2025-03-03T09:14:59", "Closed", "", "")]
    [InlineData("2025-03-03T09:15:00", "PreOpen", "", "")]
    [InlineData("2025-03-03T09:20:00", "PreOpen", "10500x5", "")]
    [InlineData("2025-03-03T09:31:00", "Continuous", "10500x5", "10000x7")]
    [InlineData("2025-03-03T09:40:00", "Continuous", "10500x1", "10000x7")]
    [InlineData("2025-03-04T08:00:00", "Continuous", "10500x1", "10000x7")]
    [InlineData("2025-03-05T10:00:00", "Continuous", "", "10000x7")]
    public void A_moment_shows_what_the_facts_up_to_it_come_to_and_no_more(string moment, string phase, string asks, string bids)
    {
        var frame = History(Facts).At(SimulatedTime.Parse(moment + "+08:00"));
        Assert.NotNull(frame);
        Assert.Equal((phase, asks, bids), (frame.Phase, Levels(frame.Asks), Levels(frame.Bids)));
    }

    [Fact]
    public void Before_it_opened_there_is_no_book() => Assert.Null(History(Facts).At(SimulatedTime.On(First, 0)));

    [Fact]
    public void An_order_that_shows_a_part_is_seen_as_that_part()
    {
        var frame = History(Facts).At(SimulatedTime.On(First, (9 * 3_600) + (31 * 60)))!;
        Assert.Equal(20, Facts.OfType<BookOrderEntered>().Single(order => order.Terms.DisplayQuantity > 0).Terms.Quantity);
        Assert.Equal(7, frame.Bids[0].Packs);
    }

    [Fact]
    public void A_day_ends_with_the_frame_of_its_last_moment_and_knows_its_neighbours()
    {
        var history = History(Facts);
        var day = history.On(First);
        Assert.Equal(("2025-03-03", null, "2025-03-05", day.Frames.Count), (day.Day, day.Previous, day.Next, day.Steps));
        Assert.Equal(["opened", "phase", "entered", "entered", "phase", "traded"], day.Frames.Select(frame => frame.What));
        Assert.Equivalent(history.At(SimulatedTime.On(First, 86_399)), day.Frames[^1], strict: true);

        var quiet = history.On(new(2025, 3, 4));
        Assert.Equal(("2025-03-04", "2025-03-03", "2025-03-05", 1), (quiet.Day, quiet.Previous, quiet.Next, quiet.Frames.Count));
        Assert.Equal(day.Frames[^1].Asks, quiet.Frames[0].Asks);
        Assert.Equal(("2025-03-05", "2025-03-03", null), (history.On(new(2025, 3, 5)).Day, history.On(new(2025, 3, 5)).Previous, history.On(new(2025, 3, 5)).Next));
    }

    [Fact]
    public void What_the_matching_core_says_otherwise_is_told()
    {
        Assert.Null(History(Facts).Deviation);
        var at = Facts.Index().First(fact => fact.Item is PacksTraded).Index;
        // The trade goes missing, and what came after it with it.
        var altered = Facts.Take(at).Append(new BookOrderExpired(Product, Provider, 1, 5, 0) { At = Facts[at].At, By = Provider });
        Assert.StartsWith($"{at + 1}: ", History(altered).Deviation, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fact_that_cannot_follow_is_an_unreadable_market() =>
        Assert.Throws<MarketUnreadableException>(() => History([Facts[0], Facts[0]]));

    private static BookHistory History(IEnumerable<Event> facts)
    {
        var history = new BookHistory(Product.Value);
        foreach (var fact in facts)
        {
            history.Take(fact);
        }

        return history;
    }

    private static string Levels(IEnumerable<FloorLevel> levels) => string.Join(' ', levels.Select(level => $"{level.PriceFen}x{level.Packs}"));

    // Every fact of it is what a core made of the inputs.
    private static List<Event> Make()
    {
        var rules = new BookRules(100, 50_000, 1_000, 0, 300, 100, 600);
        var opened = new BookOpened(Product, new("v"), Provider, SecurityClass.General, SimulatedTime.On(new(2026, 1, 1)), 100, 1_000, 10_000, rules, [])
        {
            At = SimulatedTime.On(First, 9 * 3_600), By = Provider,
        };
        var (core, facts) = (new BookCore(opened), new List<Event> { opened });
        Input(First, 9, 15, at => new BookPhaseChanged(Product, TradingPhase.PreOpen, true) { At = at, By = Provider });
        Input(First, 9, 20, at => Order(at, Provider, 1, BookOrderTerms.Limit(BookSide.Sell, 5, 10_500, BookOrderLife.GoodTillCancel) with { Supply = PackSupply.Issue }));
        Input(First, 9, 21, at => Order(at, Buyer, 1, BookOrderTerms.Limit(BookSide.Buy, 20, 10_000, BookOrderLife.GoodTillCancel) with { DisplayQuantity = 7 }));
        Input(First, 9, 30, at => new BookPhaseChanged(Product, TradingPhase.Continuous, true) { At = at, By = Provider });
        Input(First, 9, 40, at => Order(at, Other, 1, BookOrderTerms.Limit(BookSide.Buy, 4, 10_500, BookOrderLife.GoodTillCancel)));
        Input(new(2025, 3, 5), 9, 20, at => new BookOrderCancelled(Product, Provider, 1, BookCancelCause.Requested, 1, 0) { At = at, By = Provider });
        return facts;

        void Input(DateOnly day, int hour, int minute, Func<SimulatedTime, Event> make)
        {
            var input = make(SimulatedTime.On(day, (hour * 3_600) + (minute * 60)));
            facts.AddRange(core.Advance(input.At, input.By));
            facts.Add(input);
            facts.AddRange(core.Take(input));
        }

        static BookOrderEntered Order(SimulatedTime at, PartyId party, int number, BookOrderTerms terms) =>
            new(Product, party, number, SecurityClass.Core, terms, terms.NeedFen) { At = at, By = party };
    }
}
