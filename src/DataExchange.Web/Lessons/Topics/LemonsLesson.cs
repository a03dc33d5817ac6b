using DataExchange.Web.Frame;

namespace DataExchange.Web.Lessons.Topics;

/// <summary>
/// Lesson 6: the market for lemons of <c>dx experiment run lemons</c>, small and exact: each product is worth its quality to its provider and more by a gain to buyers, who without
/// a certificate pay for the average that came to the market last. Akerlof, Quarterly Journal of Economics 84 (1970).
/// </summary>
internal sealed class LemonsLesson : Lesson
{
    private const int Percent = 100;
    private const string Ten = "10,20,30,40,50,60,70,80,90,100";

    internal override string Id => "lemons";

    internal override int Minutes => 35;

    internal override int StepsBefore => 3;

    internal override int Steps => 5;

    internal override Prediction Asked => Prediction.Number(10);

    internal override int Exercises => 3;

    internal override IReadOnlyList<Field> Fields { get; } =
        [new NumbersField("qualities", 12, 1, 1_000, Ten), new NumberField("gain", 100, 300, 150), new NumberField("rounds", 1, 20, 12), new ChoiceField("certified", "no", "yes")];

    internal override Truth Reveal(Locale locale)
    {
        var rounds = Play(Inputs.Usual(this));
        return new Truth(rounds[^1].Offered, Price(rounds[0]), rounds[0].Offered, Price(rounds[^1]));
    }

    internal override IReadOnlyList<object[]> Answers(Locale locale)
    {
        var second = Play(Inputs.Usual(this))[1];
        return
        [
            [Price(second), second.Offered],
            [Last("gain", "200").Offered, Last("gain", "120").Offered],
            [Last("certified", "yes").Offered, Locale.Count(GainsOf(Last("certified", "yes"))), Locale.Count(GainsOf(Last("certified", "no")))],
        ];

        Round Last(string name, string value) => Play(Inputs.Usual(this, (name, value)))[^1];
        static long GainsOf(Round round) => round.Sum / 2;
    }

    internal override Board Run(Inputs inputs, Locale locale)
    {
        var all = inputs.Numbers("qualities").Length;
        var rounds = Play(inputs);
        var isCertified = inputs["certified"] == "yes";
        return new Board(
            locale.With(isCertified ? "lesson.lemons.shown" : "lesson.lemons.hidden", rounds[^1].Offered, all),
            new BarsBlock(locale["lesson.lemons.bars"], [.. rounds.Select((round, i) => (locale.With("lesson.lemons.round", i + 1), locale.With("lesson.lemons.of", round.Offered, all), round.Offered * 1_000 / all))]),
            isCertified ? new SaysBlock(locale["lesson.lemons.each"], true) : new TableBlock(
                locale["lesson.lemons.table"], [locale["lesson.lemons.column"], locale["lesson.lemons.pays"], locale["lesson.lemons.stays"], locale["lesson.lemons.best"]],
                [.. rounds.Select((round, i) => new[] { locale.With("lesson.lemons.round", i + 1), Price(round), Locale.Count(round.Offered), round.Offered == 0 ? "—" : Locale.Count(round.Best) })]));
    }

    private static string Price(Round round) => ((decimal)round.PriceNumerator / round.PriceDenominator).ToString("0.##", System.Globalization.CultureInfo.InvariantCulture);

    // Whole numbers throughout: a quality of exactly the price stays.
    private static List<Round> Play(Inputs inputs)
    {
        var (qualities, gain) = (inputs.Numbers("qualities"), inputs.Number("gain"));
        if (inputs["certified"] == "yes")
        {
            return [new Round(0, 1, qualities.Length, qualities.Max(), qualities.Sum())];
        }

        var rounds = new List<Round>();
        var (sum, count) = (qualities.Sum(), (long)qualities.Length);
        for (var i = 0; i < inputs.Number("rounds"); i++)
        {
            var (numerator, denominator) = (gain * sum, Percent * Math.Max(1, count));
            long[] stay = [.. qualities.Where(quality => quality * denominator <= numerator)];
            rounds.Add(new Round(numerator, denominator, stay.Length, stay.DefaultIfEmpty().Max(), stay.Sum()));
            (sum, count) = (stay.Sum(), stay.Length);
        }

        return rounds;
    }

    private sealed record Round(long PriceNumerator, long PriceDenominator, int Offered, long Best, long Sum);
}
