namespace DataExchange.Matching.Tests.Rules;

/// <summary>What orders hold, exact to the fen and to the unit. Instrument 1: a tick is worth 7 fen, lot 5.</summary>
public sealed class HoldTests
{
    public static TheoryData<string> Both => Engines.All;

    private static Market WithTicksOfSevenFen(string engine)
    {
        var m = new Market(engine);
        m.Given(Command.DefineInstrument(0, 1, 0, 0, 7, 1, 1_000, 5, 1_000, true), Command.IssueUnits(0, 1, 1, 100));
        return m;
    }

    [Theory, MemberData(nameof(Both))]
    public void A_buy_holds_its_limit_and_gets_the_difference_back_when_it_trades_for_less(string engine)
    {
        var m = WithTicksOfSevenFen(engine);
        m.Given(m.Sell(1, 10, 11, instrument: 1));
        m.Given(m.Buy(2, 15, 13, instrument: 1));
        Assert.Equal(new(Market.Money - (10 * 11 * 7) - (5 * 13 * 7), 5 * 13 * 7), m.Funds(2));
        Assert.Equal(new(10, 0), m.Units(2, 1));
        Assert.Equal(new(Market.Money + (10 * 11 * 7), 0), m.Funds(1));
        Assert.Equal(new(90, 0), m.Units(1, 1));
        m.Given(Command.Cancel(0, 1, 2, 1));
        Assert.Equal(new(Market.Money - (10 * 11 * 7), 0), m.Funds(2));
    }

    [Theory, MemberData(nameof(Both))]
    public void The_last_fen_suffices_and_one_less_does_not(string engine)
    {
        var m = WithTicksOfSevenFen(engine);
        m.Given(Command.Withdraw(0, 2, Market.Money - (5 * 13 * 7) + 1));
        m.Gives(m.Buy(2, 5, 13, instrument: 1), "rejected InsufficientFunds");
        m.Given(Command.Deposit(0, 2, 1));
        m.Gives(m.Buy(2, 5, 13, instrument: 1), "[1] 2#2 accepted 5");
        Assert.Equal(new(0, 5 * 13 * 7), m.Funds(2));
        m.Gives(Command.Withdraw(0, 2, 1), "rejected InsufficientFunds");
    }

    [Theory, MemberData(nameof(Both))]
    public void A_sell_holds_its_units_and_no_unit_is_sold_twice(string engine)
    {
        var m = WithTicksOfSevenFen(engine);
        m.Given(m.Sell(1, 60, 11, instrument: 1));
        Assert.Equal(new(40, 60), m.Units(1, 1));
        m.Gives(m.Sell(1, 45, 11, instrument: 1), "rejected InsufficientUnits");
        m.Gives(Command.RevokeUnits(0, 1, 1, 41), "rejected InsufficientUnits");
        m.Given(Command.RevokeUnits(0, 1, 1, 40), m.Buy(2, 60, 11, instrument: 1));
        Assert.Equal(new(0, 0), m.Units(1, 1));
    }

    [Theory, MemberData(nameof(Both))]
    public void The_money_of_a_sale_is_there_for_the_next_order(string engine)
    {
        var m = WithTicksOfSevenFen(engine);
        m.Given(Command.Withdraw(0, 1, Market.Money), m.Buy(2, 5, 13, instrument: 1), m.Sell(1, 5, 13, instrument: 1));
        m.Gives(m.Buy(1, 5, 13, instrument: 1), "[1] 1#2 accepted 5");
        Assert.Equal(new(0, 455), m.Funds(1));
    }

    [Theory, MemberData(nameof(Both))]
    public void An_auction_pays_the_uniform_price_and_frees_the_rest_of_the_hold(string engine)
    {
        var m = WithTicksOfSevenFen(engine);
        m.Given(m.SetPhase(Phase.Auction, 1), m.Sell(1, 10, 11, instrument: 1), m.Buy(2, 10, 13, instrument: 1),
            m.SetPhase(Phase.Continuous, 1));
        Assert.Equal(11, m.Last(1));
        Assert.Equal(new(Market.Money - (10 * 11 * 7), 0), m.Funds(2));
    }

    [Theory, MemberData(nameof(Both))]
    public void Largest_amounts_do_not_overflow(string engine)
    {
        const int Most = 1 << 30;
        var m = new Market(engine);
        m.Given(Command.DefineInstrument(0, 2, 0, 0, 4, Most, Most, Most, Most, true), Command.OpenAccount(0, 10, 1, 0),
            Command.Deposit(0, 10, 1L << 62));
        m.Given(Command.OpenAccount(0, 11, 2, 0), Command.IssueUnits(0, 11, 2, Most));
        m.Gives(Command.Deposit(0, 10, 1), "rejected InvalidAmount");
        m.Gives(Command.IssueUnits(0, 11, 2, Most), "rejected InvalidQuantity");
        m.Given(m.Sell(11, Most, Most, instrument: 2));
        m.Gives(m.Buy(10, Most, Most, instrument: 2),
            "[2] 10#1 accepted 1073741824", "[2] 10#1 buys 1073741824 @ 1073741824 with 11#1, left 0 and 0");
        Assert.Equal(new(0, 0), m.Funds(10));
        Assert.Equal(new(1L << 62, 0), m.Funds(11));
        m.Gives(Command.DefineInstrument(0, 3, 0, 0, 5, 1, Most, 1, Most, true), "rejected InvalidAmount");
    }
}
