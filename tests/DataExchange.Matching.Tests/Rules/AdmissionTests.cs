namespace DataExchange.Matching.Tests.Rules;

/// <summary>Who may trade what, which numbers are taken, and the order of the checks.</summary>
public sealed class AdmissionTests
{
    public static TheoryData<string> Both => Engines.All;

    [Theory, MemberData(nameof(Both))]
    public void A_client_order_id_is_used_once_and_is_found_before_trading(string engine)
    {
        var m = new Market(engine);
        m.Given(m.Sell(1, 5, 100), m.Sell(1, 5, 100));
        var order = m.Buy(2, 5, 100);
        m.Given(order);
        m.Gives(order, "rejected DuplicateOrder");
        m.Gives(order with { ClientOrderId = 0 }, "rejected DuplicateOrder");
        m.Shows(Side.Sell, "1#2 5 @ 100");
        Assert.Equal(new(Market.Money - 500, 0), m.Funds(2));
        m.Gives(Command.Limit(0, 0, 1, 1, Side.Sell, 100, 5), "rejected DuplicateOrder");
    }

    [Theory, MemberData(nameof(Both))]
    public void A_refused_order_has_used_its_number_once_it_was_not_a_duplicate(string engine)
    {
        var m = new Market(engine);
        m.Gives(Command.Limit(0, 0, 1, 7, Side.Sell, 100, 0), "rejected InvalidQuantity");
        m.Gives(Command.Limit(0, 0, 1, 7, Side.Sell, 100, 1), "rejected DuplicateOrder");
        m.Gives(Command.Limit(0, 5, 1, 9, Side.Sell, 100, 1), "rejected UnknownInstrument");
        m.Gives(Command.Limit(0, 0, 1, 8, Side.Sell, 100, 1) with { Side = (Side)2 }, "rejected InvalidCommand");
        m.Gives(Command.Limit(0, 0, 1, 8, Side.Sell, 100, 1), "1#8 accepted 1");
    }

    [Theory, MemberData(nameof(Both))]
    public void An_account_trades_in_its_pool_only(string engine)
    {
        var m = new Market(engine);
        m.Given(Command.OpenAccount(0, 10, 1, 1), Command.Deposit(0, 10, 1_000));
        m.Gives(m.Buy(10, 1, 100), "rejected WrongPool");
        m.Gives(Command.IssueUnits(0, 10, 0, 1), "rejected WrongPool");
    }

    [Theory, MemberData(nameof(Both))]
    public void A_buyer_needs_the_security_class_of_the_product_and_a_seller_does_not(string engine)
    {
        var m = new Market(engine);
        m.Given(Command.DefineProduct(0, 1, 1, securityClass: 3), Command.DefineInstrument(0, 1, 1, 0, 1, 1, 1_000, 1, 1_000, true));
        m.Given(Command.OpenAccount(0, 10, 10, 0, 2), Command.Deposit(0, 10, 1_000), Command.IssueUnits(0, 10, 1, 5));
        m.Gives(m.Buy(10, 1, 100, instrument: 1), "rejected NotAdmitted");
        m.Gives(m.Sell(10, 1, 100, instrument: 1), "[1] 10#2 accepted 1");
        m.Given(Command.OpenAccount(0, 11, 11, 0, 3), Command.Deposit(0, 11, 1_000));
        m.Gives(m.Buy(11, 1, 99, instrument: 1), "[1] 11#1 accepted 1");
    }

    [Theory, MemberData(nameof(Both))]
    public void Prices_lie_on_the_tick_of_the_highest_band_below_them(string engine)
    {
        var m = new Market(engine);
        m.Given(Command.SetTickBand(0, 0, 100, 5), Command.SetTickBand(0, 0, 200, 10));
        m.Gives(m.Buy(1, 1, 99), "1#1 accepted 1");
        m.Gives(m.Buy(1, 1, 101), "rejected InvalidPrice");
        m.Gives(m.Buy(1, 1, 105), "1#3 accepted 1");
        m.Gives(m.Buy(1, 1, 205), "rejected InvalidPrice");
        m.Gives(m.Buy(1, 1, 210), "1#5 accepted 1");
        m.Gives(m.Stop(Side.Buy, 1, 1, 205), "rejected InvalidPrice");
        m.Gives(m.Buy(1, 1, 0), "rejected InvalidPrice");
        m.Gives(m.Buy(1, 1, 1_010), "rejected InvalidPrice");
        m.Gives(Command.SetTickBand(0, 0, 200, 20), "rejected InvalidPrice");
        m.Gives(Command.SetTickBand(0, 0, 303, 20), "rejected InvalidPrice");
        for (var band = 3; band <= 8; band++)
        {
            m.Given(Command.SetTickBand(0, 0, 100 * band, 10));
        }

        m.Gives(Command.SetTickBand(0, 0, 1_000, 10), "rejected CapacityReached");
    }

    [Theory, MemberData(nameof(Both))]
    public void Quantities_are_whole_lots_up_to_the_largest(string engine)
    {
        var m = new Market(engine);
        m.Given(Command.DefineInstrument(0, 1, 0, 0, 1, 1, 1_000, 5, 22, true), Command.IssueUnits(0, 1, 1, 50));
        m.Gives(m.Sell(1, 20, 100, instrument: 1), "[1] 1#1 accepted 20");
        m.Gives(m.Sell(1, 25, 100, instrument: 1), "rejected InvalidQuantity");
        m.Gives(m.Sell(1, 4, 100, instrument: 1), "rejected InvalidQuantity");
        m.Gives(m.Sell(1, -5, 100, instrument: 1), "rejected InvalidQuantity");
        m.Gives(Command.IssueUnits(0, 1, 1, 4), "rejected InvalidQuantity");
        m.Gives(m.Budget(1, 0), "rejected InvalidAmount");
    }

    [Theory, MemberData(nameof(Both))]
    public void The_first_check_that_fails_is_the_reason(string engine)
    {
        var m = new Market(engine);
        var order = m.Buy(1, 0, 5_000) with { Flag = 1, TimeInForce = TimeInForce.ImmediateOrCancel };
        m.Gives(order with { Flag = 2, Account = 99, Instrument = 99 }, "rejected InvalidCommand");
        m.Gives(order with { Account = 99, Instrument = 99 }, "rejected UnknownInstrument");
        m.Gives(order with { Account = 99 }, "rejected UnknownAccount");
        m.Gives(order, "rejected InvalidCommand");
        m.Gives(order with { ClientOrderId = 2, Flag = 0 }, "rejected InvalidQuantity");
        m.Gives(order with { ClientOrderId = 3, Flag = 0, Quantity = 1_000 }, "rejected InvalidPrice");
        m.Given(m.SetPhase(Phase.Auction));
        m.Gives(order with { ClientOrderId = 4, Flag = 0, Quantity = 1_000, Price = 1_000 }, "rejected PhaseForbids");
        m.Given(m.SetPhase(Phase.Continuous));
        m.Gives(order with { ClientOrderId = 5, Flag = 0, Quantity = 1_000, Price = 1_000 }, "rejected InsufficientFunds");
    }

    [Theory, MemberData(nameof(Both))]
    public void What_is_defined_is_defined_once_and_needs_what_it_stands_on(string engine)
    {
        var m = new Market(engine, new() { Products = 4, Instruments = 4, Accounts = 16, Orders = 64, Positions = 64, PriceBlocks = 64 });
        m.Gives(Command.DefineProduct(0, 0, 0), "rejected AlreadyDefined");
        m.Gives(Command.DefineProduct(0, 4, 0), "rejected CapacityReached");
        m.Gives(Command.DefineProduct(0, 1, 0, cap: -1), "rejected InvalidAmount");
        m.Gives(Command.DefineInstrument(0, 4, 0, 0, 1, 1, 10, 1, 10, true), "rejected CapacityReached");
        m.Gives(Command.DefineInstrument(0, 1, 3, 0, 1, 1, 10, 1, 10, true), "rejected UnknownProduct");
        m.Gives(Command.DefineInstrument(0, 0, 0, 0, 1, 1, 10, 1, 10, true), "rejected AlreadyDefined");
        m.Gives(Command.DefineInstrument(0, 1, 0, 0, 1, 11, 10, 1, 10, true), "rejected InvalidPrice");
        m.Gives(Command.DefineInstrument(0, 1, 0, 0, 1, 1, 10, 11, 10, true), "rejected InvalidQuantity");
        m.Gives(Command.DefineInstrument(0, 1, 0, -1, 1, 1, 10, 1, 10, true), "rejected InvalidAmount");
        m.Gives(Command.OpenAccount(0, 16, 0, 0), "rejected CapacityReached");
        m.Gives(Command.OpenAccount(0, 1, 0, 0), "rejected AlreadyDefined");
        m.Gives(Command.OpenAccount(0, 10, 0, -1), "rejected InvalidAmount");
        m.Gives(new() { Kind = (CommandKind)18 }, "rejected InvalidCommand");
        m.Gives(default, "rejected InvalidCommand");
    }

    [Theory, MemberData(nameof(Both))]
    public void A_rejection_repeats_what_the_command_says_and_counts_nothing(string engine)
    {
        var m = new Market(engine);
        var report = Assert.Single(m.Reports(Command.Cancel(3, 0, 1, 42)));
        Assert.Equal(new() { Kind = ReportKind.Rejected, Reason = Reason.UnknownOrder, Account = 1, ClientOrderId = 42, Time = 3 }, report);
        m.Now = 3;
        report = Assert.Single(m.Reports(m.Sell(1, 5, 100)));
        Assert.Equal(new()
        {
            Kind = ReportKind.Accepted, Side = Side.Sell, Phase = Phase.Continuous, Account = 1, ClientOrderId = 1, Sequence = 1,
            Time = 3, Price = 100, Quantity = 5, Leaves = 5,
        }, report);
    }
}
