using DataExchange.Matching;
using DataExchange.Web.Frame;

namespace DataExchange.Web.Lessons.Topics;

/// <summary>Lesson 4: a rival good beside one that is not used up, both sold by the matching core to the same buyers at the same price.</summary>
internal sealed class BreadLesson : Lesson
{
    private const int Data = 0;
    private const int Bread = 1;
    private const int Seller = 0;
    private const int FenPerYuan = 100;

    internal override string Id => "bread";

    internal override int Minutes => 30;

    internal override int StepsBefore => 2;

    internal override int Steps => 4;

    internal override Prediction Asked => Prediction.Number(100);

    internal override int Exercises => 3;

    internal override IReadOnlyList<Field> Fields { get; } =
    [
        new NumberField("buyers", 1, 60, 25), new NumberField("stock", 1, 60, 10), new NumberField("price", 1, 1_000, 20), new NumberField("making", 0, 1_000_000, 400),
        new ChoiceField("licence", "open", "capped", "exclusive"), new NumberField("copies", 1, 60, 5),
    ];

    internal override Truth Reveal(Locale locale)
    {
        var usual = Inputs.Usual(this);
        return new Truth(Sold(usual, Data).Count(sold => sold), Sold(usual, Bread).Count(sold => sold), Sold(usual, Data).Length);
    }

    internal override IReadOnlyList<object[]> Answers(Locale locale)
    {
        return
        [
            [Each("10"), Each("20"), Each("40")],
            [Count(("licence", "capped"), ("copies", "5")), Count(("licence", "exclusive"))],
            [Count(("buyers", "50")), Sold(Inputs.Usual(this, ("buyers", "50")), Bread).Count(sold => sold)],
        ];

        int Count(params (string, string)[] changed) => Sold(Inputs.Usual(this, changed), Data).Count(sold => sold);
        string Each(string buyers) => Locale.Exact(400 * FenPerYuan / Count(("buyers", buyers)));
    }

    internal override Board Run(Inputs inputs, Locale locale)
    {
        var (data, bread) = (Sold(inputs, Data), Sold(inputs, Bread));
        var (price, making) = (inputs.Number("price") * FenPerYuan, inputs.Number("making") * FenPerYuan);
        var (copies, loaves) = (data.Count(sold => sold), bread.Count(sold => sold));
        return new Board(
            locale.With("lesson.bread.summary", data.Length, loaves, copies),
            new TilesBlock(
                (locale["lesson.bread.takenBread"], Locale.Exact(loaves * price)), (locale["lesson.bread.takenData"], Locale.Exact(copies * price)),
                (locale["lesson.bread.each"], Locale.Exact((long)Math.Round((decimal)making / copies)))),
            new TableBlock(
                locale["lesson.bread.table"], [locale["lesson.bread.buyer"], locale["lesson.bread.bread"], locale["lesson.bread.data"]],
                [.. data.Select((sold, i) => new[] { (i + 1).ToString(System.Globalization.CultureInfo.InvariantCulture), Word(bread[i]), Word(sold) })], 3,
                bread.Index().Where(buyer => !buyer.Item).Select(buyer => buyer.Index).ToHashSet()));

        string Word(bool sold) => locale[sold ? "lesson.bread.got" : "lesson.bread.none"];
    }

    // Who of the buyers, one after the other, gets one unit.
    private static bool[] Sold(Inputs inputs, int instrument)
    {
        var (buyers, price) = ((int)inputs.Number("buyers"), (int)inputs.Number("price"));
        var reports = new List<ExecutionReport>();
        var engine = new MatchingEngine<Listener>(new() { Orders = 256, Instruments = 2, Products = 2, Accounts = 64, Positions = 256, PriceBlocks = 64 }, new(reports));
        engine.Apply(Command.DefineProduct(0, Data, Seller, inputs["licence"] == "capped" ? inputs.Number("copies") : 0));
        engine.Apply(Command.DefineProduct(0, Bread, Seller));
        foreach (var one in new[] { Data, Bread })
        {
            engine.Apply(Command.DefineInstrument(0, one, one, 0, FenPerYuan, 1, 1_000, 1, 1_000, true));
        }

        engine.Apply(Command.OpenAccount(0, Seller, Seller, 0));
        engine.Apply(Command.IssueUnits(0, Seller, Bread, (int)inputs.Number("stock")));
        for (var buyer = 1; buyer <= buyers; buyer++)
        {
            engine.Apply(Command.OpenAccount(0, buyer, buyer, 0));
            engine.Apply(Command.Deposit(0, buyer, (long)price * FenPerYuan));
        }

        engine.Apply(Command.SetPhase(0, instrument, Phase.Continuous));
        var offer = Command.Limit(0, instrument, Seller, 1, Side.Sell, price, (int)inputs.Number("stock"));
        if (instrument == Data)
        {
            (offer.Supply, offer.Order, offer.Quantity) = inputs["licence"] == "exclusive" ? (Supply.Issue, OrderKind.Exclusive, 1) : (Supply.Issue, OrderKind.Posted, 0);
        }

        engine.Apply(offer);
        for (var buyer = 1; buyer <= buyers; buyer++)
        {
            engine.Apply(Command.Limit(buyer, instrument, buyer, 1, Side.Buy, price, 1, TimeInForce.ImmediateOrCancel));
        }

        var sold = new bool[buyers];
        foreach (var fill in reports.Where(report => report.Kind == ReportKind.Filled))
        {
            sold[Math.Max(fill.Account, fill.OtherAccount) - 1] = true;
        }

        return sold;
    }

    private readonly struct Listener(List<ExecutionReport> reports) : IReportHandler
    {
        public void OnReport(in ExecutionReport report) => reports.Add(report);
    }
}
