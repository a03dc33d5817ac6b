namespace DataExchange.Matching.Tests.Rules;

public sealed class IcebergTests
{
    public static TheoryData<string> Both => Engines.All;

    [Theory, MemberData(nameof(Both))]
    public void An_iceberg_shows_a_slice_and_each_new_slice_goes_behind_the_others_of_its_price(string engine)
    {
        var m = new Market(engine);
        m.Given(m.Sell(1, 10, 100) with { Display = 3 }, m.Sell(2, 2, 100));
        m.Shows(Side.Sell, "1#1 10 (3) @ 100", "2#1 2 @ 100");
        m.Gives(m.Buy(3, 4, 100), "3#1 accepted 4", "3#1 buys 3 @ 100 with 1#1, left 1 and 7", "3#1 buys 1 @ 100 with 2#1, left 0 and 1");
        m.Shows(Side.Sell, "2#1 1 @ 100", "1#1 7 (3) @ 100");
    }

    [Theory, MemberData(nameof(Both))]
    public void A_slice_that_is_taken_in_part_keeps_its_place(string engine)
    {
        var m = new Market(engine);
        m.Given(m.Sell(1, 10, 100) with { Display = 3 }, m.Sell(2, 2, 100), m.Buy(3, 2, 100));
        m.Shows(Side.Sell, "1#1 8 (1) @ 100", "2#1 2 @ 100");
    }

    [Theory, MemberData(nameof(Both))]
    public void The_last_slice_is_what_is_left(string engine)
    {
        var m = new Market(engine);
        m.Given(m.Sell(1, 4, 100) with { Display = 3 }, m.Buy(2, 3, 100));
        m.Shows(Side.Sell, "1#1 1 @ 100");
        m.Gives(m.Buy(2, 3, 100), "2#2 accepted 3", "2#2 buys 1 @ 100 with 1#1, left 2 and 0");
    }

    [Theory, MemberData(nameof(Both))]
    public void An_incoming_iceberg_takes_with_all_it_has_and_then_shows_a_slice(string engine)
    {
        var m = new Market(engine);
        m.Given(m.Sell(1, 4, 100));
        m.Gives(m.Buy(2, 10, 100) with { Display = 2 }, "2#1 accepted 10", "2#1 buys 4 @ 100 with 1#1, left 6 and 0");
        m.Shows(Side.Buy, "2#1 6 (2) @ 100");
    }

    [Theory, MemberData(nameof(Both))]
    public void Reducing_an_iceberg_takes_from_what_it_hides_first(string engine)
    {
        var m = new Market(engine);
        m.Given(m.Sell(1, 10, 100) with { Display = 3 });
        m.Gives(m.Reduce(1, 1, 5), "1#1 reduced by 5 to 5, Requested");
        m.Shows(Side.Sell, "1#1 5 (3) @ 100");
        m.Gives(m.Reduce(1, 1, 2), "1#1 reduced by 3 to 2, Requested");
        m.Shows(Side.Sell, "1#1 2 @ 100");
    }

    [Theory, MemberData(nameof(Both))]
    public void An_auction_fills_what_is_hidden_and_the_iceberg_keeps_its_place_with_a_new_slice(string engine)
    {
        var m = new Market(engine);
        m.Given(m.SetPhase(Phase.Auction), m.Sell(1, 10, 100) with { Display = 3 }, m.Sell(2, 2, 100), m.Buy(3, 5, 100));
        m.Gives(m.SetPhase(Phase.Continuous), "uncrossed 5 @ 100", "3#1 buys 5 @ 100 with 1#1, left 0 and 5", "Continuous", "done");
        m.Shows(Side.Sell, "1#1 5 (3) @ 100", "2#1 2 @ 100");
    }

    [Theory, MemberData(nameof(Both))]
    public void A_display_quantity_is_positive_and_at_most_the_quantity(string engine)
    {
        var m = new Market(engine);
        m.Gives(m.Sell(1, 3, 100) with { Display = 4 }, "rejected InvalidQuantity");
        m.Gives(m.Sell(1, 3, 100) with { Display = -1 }, "rejected InvalidQuantity");
        m.Gives(m.Sell(1, 3, 100, TimeInForce.ImmediateOrCancel) with { Display = 1 }, "rejected InvalidCommand");
        m.Gives(m.Sell(1, 3, 100) with { Display = 3 }, "1#4 accepted 3");
    }
}
