namespace DataExchange.Matching.Tests.Rules;

/// <summary>
/// Issue from the right of a product: posted offers, capped ones, exclusive ones. Instruments 1 and 2 belong to product 1 (issuer:
/// participant 1), of which no licence is active at first.
/// </summary>
public sealed class OfferTests
{
    public static TheoryData<string> Both => Engines.All;

    private static Market WithProduct(string engine, long cap)
    {
        var m = new Market(engine);
        m.Given(Command.DefineProduct(0, 1, 1, cap),
            Command.DefineInstrument(0, 1, 1, 0, 1, 1, 1_000, 1, 1_000, true),
            Command.DefineInstrument(0, 2, 1, 0, 1, 1, 1_000, 1, 1_000, false));
        return m;
    }

    [Theory, MemberData(nameof(Both))]
    public void A_posted_offer_without_limit_sells_any_number_and_stays(string engine)
    {
        var m = WithProduct(engine, cap: 0);
        m.Gives(m.Post(1, 0, 100, 1), "[1] 1#1 accepted 0");
        m.Gives(m.Buy(2, 400, 100, instrument: 1), "[1] 2#1 accepted 400", "[1] 2#1 buys 400 @ 100 with 1#1, left 0 and 0");
        m.Gives(m.Buy(3, 1, 101, instrument: 1), "[1] 3#1 accepted 1", "[1] 3#1 buys 1 @ 100 with 1#1, left 0 and 0");
        m.ShowsIn(1, Side.Sell, "1#1 0 @ 100");
        Assert.Equal(new(0, 401, 0, 0, false), m.Rights(1));
        Assert.Equal(new(400, 0), m.Units(2, 1));
        Assert.Equal(new(Market.Money + 40_100, 0), m.Funds(1));
    }

    [Theory, MemberData(nameof(Both))]
    public void A_posted_offer_of_so_many_copies_is_gone_with_the_last(string engine)
    {
        var m = WithProduct(engine, cap: 0);
        m.Given(m.Post(1, 5, 100, 1));
        m.Gives(m.Buy(2, 3, 100, instrument: 1), "[1] 2#1 accepted 3", "[1] 2#1 buys 3 @ 100 with 1#1, left 0 and 2");
        m.Gives(m.Buy(2, 3, 100, instrument: 1), "[1] 2#2 accepted 3", "[1] 2#2 buys 2 @ 100 with 1#1, left 1 and 0");
        m.ShowsIn(1, Side.Sell);
    }

    [Theory, MemberData(nameof(Both))]
    public void The_cap_ends_what_is_offered_in_both_instruments_of_a_product(string engine)
    {
        var m = WithProduct(engine, cap: 10);
        m.Given(m.Post(1, 0, 100, 1), m.Post(1, 0, 100, 2));
        m.Gives(m.Buy(2, 8, 100, instrument: 1), "[1] 2#1 accepted 8", "[1] 2#1 buys 8 @ 100 with 1#1, left 0 and 0");
        m.Gives(m.Buy(2, 8, 100, instrument: 2),
            "[2] 2#2 accepted 8", "[2] 2#2 buys 2 @ 100 with 1#2, left 6 and 0", "[2] 1#2 cancelled 0 CapReached");
        m.Gives(m.Post(1, 0, 100, 2), "rejected CapReached");
        m.Gives(Command.IssueUnits(0, 2, 1, 1), "rejected CapReached");
    }

    [Theory, MemberData(nameof(Both))]
    public void An_issue_limit_reserves_its_part_of_the_cap_and_gives_it_back(string engine)
    {
        var m = WithProduct(engine, cap: 10);
        m.Given(m.Sell(1, 7, 100, instrument: 1) with { Supply = Supply.Issue });
        Assert.Equal(new(10, 0, 0, 7, false), m.Rights(1));
        m.Gives(m.Sell(1, 4, 100, instrument: 2) with { Supply = Supply.Issue }, "rejected CapReached");
        m.Given(m.Post(1, 0, 99, 2));
        m.Gives(m.Buy(2, 5, 99, instrument: 2), "[2] 2#1 accepted 5", "[2] 2#1 buys 3 @ 99 with 1#3, left 2 and 0",
            "[2] 1#3 cancelled 0 CapReached");
        m.Given(m.Buy(2, 2, 100, instrument: 1));
        Assert.Equal(new(10, 5, 0, 5, false), m.Rights(1));
        m.Given(Command.Cancel(0, 1, 1, 1));
        Assert.Equal(new(10, 5, 0, 0, false), m.Rights(1));
    }

    [Theory, MemberData(nameof(Both))]
    public void A_posted_offer_meets_the_bids_when_it_comes_and_ends_with_the_right(string engine)
    {
        var m = WithProduct(engine, cap: 5);
        m.Given(m.Buy(2, 3, 101, instrument: 1), m.Buy(3, 3, 100, instrument: 1), m.Buy(4, 3, 99, instrument: 1));
        m.Gives(m.Post(1, 0, 100, 1),
            "[1] 1#1 accepted 0",
            "[1] 1#1 sells 3 @ 101 with 2#1, left 0 and 0",
            "[1] 1#1 sells 2 @ 100 with 3#1, left 0 and 1",
            "[1] 1#1 cancelled 0 CapReached");
        m.ShowsIn(1, Side.Buy, "3#1 1 @ 100", "4#1 3 @ 99");
    }

    [Theory, MemberData(nameof(Both))]
    public void A_posted_offer_that_used_up_the_right_exactly_rests_until_somebody_meets_it(string engine)
    {
        var m = WithProduct(engine, cap: 3);
        m.Given(m.Buy(2, 3, 101, instrument: 1));
        m.Gives(m.Post(1, 7, 100, 1), "[1] 1#1 accepted 7", "[1] 1#1 sells 3 @ 101 with 2#1, left 4 and 0");
        m.ShowsIn(1, Side.Sell, "1#1 4 @ 100");
        m.Gives(m.Buy(2, 1, 100, instrument: 1), "[1] 2#2 accepted 1", "[1] 1#1 cancelled 4 CapReached");
    }

    [Theory, MemberData(nameof(Both))]
    public void The_exclusive_licence_withdraws_every_other_offer_to_issue(string engine)
    {
        var m = WithProduct(engine, cap: 10);
        m.Given(m.Post(1, 0, 102, 2), m.Sell(1, 2, 101, instrument: 2) with { Supply = Supply.Issue }, m.Exclusive(1, 150, 2));
        m.Given(m.Sell(1, 2, 103, instrument: 1) with { Supply = Supply.Issue }, m.Exclusive(1, 99, 1));
        m.Gives(m.Buy(2, 4, 200, instrument: 1),
            "[1] 2#1 accepted 4",
            "[1] 2#1 buys 1 @ 99 with 1#5, left 3 and 0",
            "[1] 1#4 cancelled 2 ExclusiveSold",
            "[2] 1#2 cancelled 2 ExclusiveSold",
            "[2] 1#1 cancelled 0 ExclusiveSold",
            "[2] 1#3 cancelled 1 ExclusiveSold");
        Assert.Equal(new(10, 1, 0, 0, true), m.Rights(1));
        m.Gives(m.Post(1, 0, 100, 1), "rejected ExclusiveSold");
        m.Gives(Command.IssueUnits(0, 2, 1, 1), "rejected ExclusiveSold");
    }

    [Theory, MemberData(nameof(Both))]
    public void The_exclusive_licence_may_be_sold_on_and_ends_with_its_revocation(string engine)
    {
        var m = WithProduct(engine, cap: 10);
        m.Given(m.Exclusive(1, 99, 1), m.Buy(2, 1, 99, instrument: 1));
        m.Given(m.Sell(2, 1, 120, instrument: 1), m.Buy(3, 1, 120, instrument: 1));
        m.Given(Command.RevokeUnits(0, 3, 1, 1));
        Assert.Equal(new(10, 1, 1, 0, false), m.Rights(1));
        m.Gives(m.Exclusive(1, 99, 1), "[1] 1#2 accepted 1");
    }

    [Theory, MemberData(nameof(Both))]
    public void No_licence_is_exclusive_beside_active_ones(string engine)
    {
        var m = WithProduct(engine, cap: 10);
        m.Given(m.Exclusive(1, 99, 1), Command.IssueUnits(0, 5, 2, 1));
        m.Gives(m.Exclusive(1, 99, 1), "rejected LicencesActive");
        m.Gives(m.Buy(2, 1, 99, instrument: 1), "[1] 2#1 accepted 1", "[1] 1#1 cancelled 1 LicencesActive");
        m.Given(Command.RevokeUnits(0, 5, 2, 1));
        m.Gives(m.Exclusive(1, 99, 1), "[1] 1#3 accepted 1", "[1] 1#3 sells 1 @ 99 with 2#1, left 0 and 0");
        Assert.True(m.Rights(1).Exclusive);
    }

    [Theory, MemberData(nameof(Both))]
    public void Fill_or_kill_counts_posted_offers_no_further_than_the_right_left(string engine)
    {
        var m = WithProduct(engine, cap: 5);
        m.Given(m.Post(1, 3, 100, 1), m.Post(1, 3, 100, 1));
        m.Gives(m.Buy(2, 6, 100, TimeInForce.FillOrKill, 1), "[1] 2#1 accepted 6", "[1] 2#1 cancelled 6 NotFillable");
        m.Gives(m.Buy(2, 5, 100, TimeInForce.FillOrKill, 1),
            "[1] 2#2 accepted 5", "[1] 2#2 buys 3 @ 100 with 1#1, left 2 and 0", "[1] 2#2 buys 2 @ 100 with 1#2, left 0 and 1");
    }

    [Theory, MemberData(nameof(Both))]
    public void Fill_or_kill_counts_nothing_that_is_issued_after_an_exclusive_licence(string engine)
    {
        var m = WithProduct(engine, cap: 0);
        m.Given(m.Exclusive(1, 99, 1), m.Post(1, 0, 100, 1));
        m.Gives(m.Buy(2, 2, 100, TimeInForce.FillOrKill, 1), "[1] 2#1 accepted 2", "[1] 2#1 cancelled 2 NotFillable");
        m.Gives(m.Buy(2, 1, 100, TimeInForce.FillOrKill, 1),
            "[1] 2#2 accepted 1", "[1] 2#2 buys 1 @ 99 with 1#1, left 0 and 0", "[1] 1#2 cancelled 0 ExclusiveSold");
    }

    [Theory, MemberData(nameof(Both))]
    public void Fill_or_kill_counts_no_exclusive_licence_behind_another(string engine)
    {
        var m = WithProduct(engine, cap: 0);
        m.Given(m.Post(1, 2, 99, 1), m.Exclusive(1, 100, 1));
        m.Gives(m.Buy(2, 3, 100, TimeInForce.FillOrKill, 1), "[1] 2#1 accepted 3", "[1] 2#1 cancelled 3 NotFillable");
        m.Gives(m.Buy(2, 2, 100, TimeInForce.FillOrKill, 1), "[1] 2#2 accepted 2", "[1] 2#2 buys 2 @ 99 with 1#1, left 0 and 0");
    }

    [Theory, MemberData(nameof(Both))]
    public void Only_the_issuer_issues_and_only_with_words_that_go_together(string engine)
    {
        var m = WithProduct(engine, cap: 0);
        m.Gives(m.Post(2, 0, 100, 1), "rejected NotIssuer");
        m.Gives(m.Post(1, 0, 100, 1) with { Supply = Supply.Transfer }, "rejected InvalidCommand");
        m.Gives(m.Post(1, 0, 100, 1) with { Side = Side.Buy }, "rejected InvalidCommand");
        m.Gives(m.Post(1, 0, 100, 1) with { TimeInForce = TimeInForce.FillOrKill }, "rejected InvalidCommand");
        m.Gives(m.Exclusive(1, 100, 1, lot: 2), "rejected InvalidQuantity");
        m.Gives(m.Buy(1, 1, 100, instrument: 1) with { Supply = Supply.Issue }, "rejected InvalidCommand");
        m.Given(Command.IssueUnits(0, 2, 2, 5));
        m.Gives(m.Sell(2, 1, 100, instrument: 2), "rejected ResaleForbidden");
    }

    [Theory, MemberData(nameof(Both))]
    public void Only_posted_offers_with_a_number_of_copies_can_be_reduced(string engine)
    {
        var m = WithProduct(engine, cap: 0);
        m.Given(m.Post(1, 0, 100, 1), m.Post(1, 5, 100, 1), m.Exclusive(1, 100, 1));
        m.Gives(Command.Reduce(0, 1, 1, 1, 1), "rejected InvalidCommand");
        m.Gives(Command.Reduce(0, 1, 1, 2, 2), "[1] 1#2 reduced by 3 to 2, Requested");
        m.Gives(Command.Reduce(0, 1, 1, 3, 1), "rejected InvalidCommand");
        m.Gives(Command.Replace(0, 1, 1, 2, 4, 100, 1), "rejected InvalidCommand");
    }
}
