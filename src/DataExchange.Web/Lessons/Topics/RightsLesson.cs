using DataExchange.Domain;
using DataExchange.Reports.Words;
using DataExchange.Web.Frame;

namespace DataExchange.Web.Lessons.Topics;

/// <summary>Lesson 2: what each of the three rights lets its holder do; the deciders are asked.</summary>
internal sealed class RightsLesson : Lesson
{
    private static readonly string[] ToPublication = ["register", "evidence", "accept", "assess", "evaluate", "publish"];
    private static readonly string[] Wishes = ["certify", "list", "trade", "licenseUse", "licenseOperation", "transfer"];

    internal override string Id => "rights";

    internal override int Minutes => 35;

    internal override int StepsBefore => 2;

    internal override int Steps => 4;

    internal override Prediction Asked => Prediction.Of(3);

    internal override int Exercises => 3;

    internal override IReadOnlyList<Field> Fields { get; } =
    [
        new ChoiceField("holding", "yes", "no"), new ChoiceField("use", "yes", "no"), new ChoiceField("operation", "no", "yes"), new ChoiceField("objection", "none", "dismissed", "upheld"),
    ];

    internal override Truth Reveal(Locale locale)
    {
        var answers = Ask(DataRights.ResourceHolding | DataRights.ProcessingAndUse, "none");
        var (certified, listed) = (answers[0], answers[1]);
        return new Truth(!certified.Accepted ? 1 : !listed.Accepted ? 2 : 3, LifeLesson.Reason(listed, locale));
    }

    internal override IReadOnlyList<object[]> Answers(Locale locale)
    {
        // Of all eight selections of three rights.
        var all = Enumerable.Range(0, 8).Select(rights => Ask((DataRights)rights, "none")).ToArray();
        return
        [
            [all.Count(answers => answers[1].Accepted), LifeLesson.Reason(all[0][0], locale)],
            [all.Count(answers => answers[3].Accepted), LifeLesson.Reason(all[(int)DataRights.ResourceHolding][3], locale)],
            [LifeLesson.Reason(Ask((DataRights)7, "upheld")[0], locale), Ask((DataRights)7, "upheld").Count(answer => answer.Accepted)],
        ];
    }

    internal override Board Run(Inputs inputs, Locale locale)
    {
        var rights = (inputs["holding"] == "yes" ? DataRights.ResourceHolding : 0) | (inputs["use"] == "yes" ? DataRights.ProcessingAndUse : 0)
            | (inputs["operation"] == "yes" ? DataRights.ProductOperation : 0);
        var answers = Ask(rights, inputs["objection"]);
        return new Board(
            locale.With("lesson.rights.summary", answers.Count(answer => answer.Accepted), answers.Length, answers[0].Accepted ? locale.Of(Terms.Of(rights)) : locale["lesson.rights.nothing"]),
            new TableBlock(
                locale["lesson.rights.table"], [locale["lesson.life.wish"], locale["lesson.life.answer"]],
                [.. Wishes.Select((wish, i) => new[] { locale["lesson.rights.wish." + wish], answers[i].Accepted ? locale["lesson.life.accepted"] : locale.With("lesson.life.refused", LifeLesson.Reason(answers[i], locale)) })],
                2, answers.Index().Where(answer => !answer.Item.Accepted).Select(answer => answer.Index).ToHashSet()));
    }

    /// <summary>The keys that are made of a wish.</summary>
    internal static IEnumerable<string> WishKeys => Wishes.Select(wish => "lesson.rights.wish." + wish);

    // Each wish in a market of its own, with the certificate and a price before it where there is one.
    private static Outcome[] Ask(DataRights rights, string objection) =>
    [
        .. Wishes.Select(wish =>
        {
            var market = new ClassMarket { Rights = rights }.After(ToPublication);
            if (objection != "none")
            {
                market.After("object");
                market.Do(objection == "upheld" ? "uphold" : "dismiss");
            }

            market.After("wait");
            var certified = market.Do("certify");
            if (wish == "certify")
            {
                return certified;
            }

            if (certified.Accepted)
            {
                market.After("value", "price");
            }

            if (wish != "trade")
            {
                return market.Do(wish);
            }

            // A buyer who has all that is needed orders, whatever became of the listing.
            market.Do("list");
            return market.After("admit", "deposit").Do("order");
        }),
    ];
}
