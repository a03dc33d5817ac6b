using DataExchange.Domain;
using DataExchange.Domain.Pricing;
using DataExchange.Reports.Words;
using DataExchange.Web.Frame;

namespace DataExchange.Web.Lessons.Topics;

/// <summary>Lesson 3: cost, income and market approach, computed by Pricing's valuation, and its decision on an asked price.</summary>
internal sealed class ValueLesson : Lesson
{
    private const int Percent = 100;
    private static readonly ProductId Product = new("P000001");
    private static readonly SimulatedTime Now = SimulatedTime.Parse("2025-03-03T09:00:00+08:00");

    internal override string Id => "value";

    internal override string? InMarket => "/shelf";

    internal override int Minutes => 45;

    internal override int StepsBefore => 3;

    internal override int Steps => 5;

    internal override Prediction Asked => Prediction.Of(3);

    internal override int Exercises => 4;

    internal override IReadOnlyList<Field> Fields { get; } =
    [
        new NumberField("cost", 1, 100_000_000, 200_000), new NumberField("margin", 0, 500, 20), new NumberField("obsolescence", 0, 99, 10), new NumberField("quality", 1, 200, 95),
        new NumberField("cash", 0, 100_000_000, 150_000), new NumberField("years", 1, 20, 3), new NumberField("share", 1, 100, 60), new NumberField("discount", 0, 200, 10),
        new NumbersField("prices", 6, 1, 10_000_000, "1000,5000,2600"), new NumbersField("alike", 6, 1, 100, "50,30,90"),
        new NumberField("units", 1, 1_000_000, 100), new NumberField("weightCost", 0, 100, 30), new NumberField("weightIncome", 0, 100, 40),
        new NumberField("tolerance", 0, 100, 20), new NumberField("price", 1, 10_000_000, 2_500), new ChoiceField("reason", "no", "yes"),
    ];

    internal override Truth Reveal(Locale locale)
    {
        var values = ValuesOf(Estimates(Inputs.Usual(this), locale));
        return new Truth(Array.IndexOf(values, values.Max()) + 1, [.. values.Select(fen => (object)Locale.Exact(fen))]);
    }

    internal override IReadOnlyList<object[]> Answers(Locale locale)
    {
        return
        [
            [Of("discount", "20")[1], Of("discount", "10")[1]],
            [Of("quality", "190")[0], Of("quality", "95")[0]],
            [Asked("3000", "no"), Asked("3000", "yes"), Band()],
            [Of("units", "200")[0], Of("units", "200")[1], Of("units", "200")[2]],
        ];

        string[] Of(string name, string value) => [.. ValuesOf(Estimates(Inputs.Usual(this, (name, value)), locale)).Select(Locale.Exact)];
        string Asked(string price, string reason) => LifeLesson.Reason(Decide(Inputs.Usual(this, ("price", price), ("reason", reason)), locale), locale);
        string Band() => Valuation.Band(Estimates(Inputs.Usual(this), locale), 20 * Percent) is var (low, high) ? $"{Locale.Exact(low.Fen)} – {Locale.Exact(high.Fen)}" : "";
    }

    internal override Board Run(Inputs inputs, Locale locale)
    {
        var estimates = Estimates(inputs, locale);
        var values = ValuesOf(estimates);
        var most = Math.Max(1, values.Max());
        var (low, high) = Valuation.Band(estimates, (int)inputs.Number("tolerance") * Percent);
        var decision = Decide(inputs, locale);
        return new Board(
            locale.With("lesson.value.summary", Locale.Exact(Valuation.Reconcile(estimates).Fen), Locale.Exact(low.Fen), Locale.Exact(high.Fen)),
            new BarsBlock(locale["lesson.value.bars"], [.. estimates.Select((estimate, i) => (locale.Of(Terms.Of(estimate.Approach)), Locale.Exact(values[i]), (int)(values[i] * 1_000 / most)))]),
            new TableBlock(
                locale["lesson.value.table"], [locale["lesson.value.approach"], locale["lesson.value.each"], locale["lesson.value.weight"]],
                [.. estimates.Select((estimate, i) => new[] { locale.Of(Terms.Of(estimate.Approach)), Locale.Exact(values[i]), Locale.Percent(estimate.WeightBasisPoints) })]),
            new SaysBlock(
                locale.With(decision.Accepted ? "lesson.value.accepted" : "lesson.value.refused", Locale.Exact(inputs.Number("price") * Percent), LifeLesson.Reason(decision, locale)), decision.Accepted));
    }

    private static long[] ValuesOf(IReadOnlyList<ValueEstimate> estimates) => [.. estimates.Select(estimate => Valuation.ValueOf(estimate).Fen)];

    private static ValueEstimate[] Estimates(Inputs inputs, Locale locale)
    {
        var (prices, alike, units) = (inputs.Numbers("prices"), inputs.Numbers("alike"), (int)inputs.Number("units"));
        if (prices.Length != alike.Length)
        {
            throw new WrongInputException("alike", inputs["alike"], locale.With("lesson.value.asMany", prices.Length));
        }

        var (cost, income) = ((int)inputs.Number("weightCost"), (int)inputs.Number("weightIncome"));
        if (cost + income > Percent)
        {
            throw new WrongInputException("weightIncome", inputs["weightIncome"], locale.With("lesson.allowed.number", 0, Percent - cost));
        }

        ValueEstimate[] estimates =
        [
            new(ValuationApproach.Cost, null, cost * Percent, Cost: new CostInputs(
                inputs.Number("cost") * Percent, Percent * Percent, Bp(inputs, "margin"), Bp(inputs, "obsolescence"), Bp(inputs, "quality"), units)),
            new(ValuationApproach.Income, null, income * Percent, Income: new IncomeInputs(
                [.. Enumerable.Repeat(inputs.Number("cash") * Percent, (int)inputs.Number("years"))], Bp(inputs, "share"), Bp(inputs, "discount"), 0, units)),
            new(ValuationApproach.Market, null, (Percent - cost - income) * Percent, Market: new MarketInputs(
            [
                .. prices.Select((price, i) => new Comparable(
                    new($"D{i + 1}"), Product, price * Percent, Percent * Percent, Percent * Percent, Percent * Percent, Percent * Percent, (int)alike[i] * Percent)),
            ])),
        ];
        // An approach may come to nothing a unit: that is no valuation, and the core says so.
        return Valuation.IsSound(estimates, (int)inputs.Number("tolerance") * Percent) ? estimates : throw new WrongInputException("units", inputs["units"], locale["lesson.value.unsound"]);
    }

    private static Outcome Decide(Inputs inputs, Locale locale)
    {
        var state = PricingDecider.Initial;
        Take(new OpenPricing(Product, Handle.OfCertificate(Product, 1), false) { At = Now, By = new("hzdex") });
        Take(new ValueProduct(Product, PriceUnit.PerLicence, Estimates(inputs, locale), (int)inputs.Number("tolerance") * Percent) { At = Now, By = new("assessor-01") });
        return Take(new SetPrice(
            Product, new LicenceTerms(LicenceKind.OpenEnded, PriceUnit.PerLicence, inputs.Number("price") * Percent, null, 1, false), inputs["reason"] == "yes" ? "独家覆盖" : null)
        { At = Now, By = new("provider-0001") });

        Outcome Take(PricingCommand command)
        {
            var decision = PricingDecider.Decide(command, state);
            state = decision.Events.Aggregate(state, PricingDecider.Evolve);
            return new Outcome(decision.Events, decision.Rejection);
        }
    }

    private static int Bp(Inputs inputs, string name) => (int)inputs.Number(name) * Percent;
}
