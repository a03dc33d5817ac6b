using DataExchange.Domain;
using DataExchange.Reports.Words;
using DataExchange.Web.Frame;

namespace DataExchange.Web.Lessons.Topics;

/// <summary>Lesson 1: from registration to delivery. The class chooses what happens next, and the deciders accept it or say why not.</summary>
internal sealed class LifeLesson : Lesson
{
    private const int LongestName = 24;
    private static readonly string[] Straight =
    [
        "register", "evidence", "accept", "assess", "evaluate", "publish", "wait", "certify", "value", "price", "list", "admit", "deposit", "order", "agree", "registerDeal",
        "deliver", "acceptDelivery",
    ];

    internal override string Id => "life";

    internal override string? InMarket => "/shelf";

    internal override int Minutes => 40;

    internal override int StepsBefore => 2;

    internal override int Steps => 4;

    internal override Prediction Asked => Prediction.Of(3);

    internal override int Exercises => 4;

    internal override IReadOnlyList<Field> Fields { get; } = [new MovesField("moves", [.. Straight, "object", "dismiss", "uphold", "transfer", "revoke", "dispute", "orderAgain"], 40, "register.evidence")];

    internal override Truth Reveal(Locale locale)
    {
        var market = new ClassMarket().After("register", "evidence");
        var before = market.Facts.Count;
        var answer = market.Do("list");
        return new Truth(answer.Accepted ? 1 : market.Facts.Count > before ? 2 : 3, Reason(answer, locale), locale.Of(EventWords.Of(market.Facts[^1].Data.GetType())));
    }

    internal override IReadOnlyList<object[]> Answers(Locale locale)
    {
        var whole = new ClassMarket().After(Straight);
        var early = new ClassMarket().After(Straight.AsSpan(0, 6));
        var last = new ClassMarket().After(Straight.AsSpan(0, 15));
        var before = last.Facts.Count;
        last.Do("registerDeal");
        var sold = new ClassMarket().After([.. Straight, "revoke"]);
        return
        [
            [Straight.Length - 1, whole.Facts.Count, Streams(whole)],
            [Reason(early.Do("certify"), locale)],
            [last.Facts.Count - before, List(locale, last.Facts.Skip(before).Select(fact => locale.Of(EventWords.Of(fact.Data.GetType()))))],
            [Reason(sold.Do("orderAgain"), locale), sold.Facts.Count(fact => fact.Stream == StreamId.Deal(ClassMarket.Deal))],
        ];
    }

    internal override Board Run(Inputs inputs, Locale locale) => Played(this, new ClassMarket(), inputs, locale);

    /// <summary>Plays the chosen moves and offers all others.</summary>
    internal static Board Played(Lesson lesson, ClassMarket market, Inputs inputs, Locale locale)
    {
        var field = (MovesField)lesson.Fields.First(field => field is MovesField);
        var moves = inputs.Moves(field.Name);
        var rows = new List<string[]>();
        var refused = new HashSet<int>();
        foreach (var move in moves)
        {
            var before = market.Facts.Count;
            var answer = market.Do(move);
            if (!answer.Accepted)
            {
                refused.Add(rows.Count);
            }

            rows.Add(
            [
                $"{rows.Count + 1}. {lesson.Say(locale, "move." + move)}",
                move == "wait" ? locale["lesson.life.passed"] : answer.Accepted ? locale["lesson.life.accepted"] : locale.With("lesson.life.refused", Reason(answer, locale)),
                List(locale, market.Facts.Skip(before).Select(fact => locale.Of(EventWords.Of(fact.Data.GetType())))),
                string.Join(" ", market.Facts.Skip(before).Select(fact => fact.Stream.Length <= LongestName ? fact.Stream : fact.Stream[..LongestName] + "…").Distinct()),
            ]);
        }

        return new Board(
            locale.With("lesson.life.summary", moves.Length, refused.Count, market.Facts.Count, Streams(market)),
            Choices(lesson, field, inputs, locale),
            new TableBlock(locale["lesson.life.table"], [locale["lesson.life.wish"], locale["lesson.life.answer"], locale["lesson.life.facts"], locale["lesson.life.streams"]], rows, 4, refused, 3));
    }

    /// <summary>What may be chosen next, whether it is refused or not.</summary>
    internal static MovesBlock Choices(Lesson lesson, MovesField field, Inputs inputs, Locale locale)
    {
        var now = inputs[field.Name];
        var moves = inputs.Moves(field.Name);
        List<(string, string)> choices = moves.Length >= field.Most
            ? []
            : [.. field.Moves.Select(move => (lesson.Say(locale, "move." + move), now.Length == 0 ? move : now + "." + move))];
        if (moves.Length > 0)
        {
            choices.Add((locale["lesson.moves.undo"], string.Join('.', moves[..^1])));
            choices.Add((locale["lesson.moves.none"], ""));
        }

        return new MovesBlock(locale["lesson.moves.next"], field.Name, choices);
    }

    internal static string Reason(Outcome answer, Locale locale) => answer.Rejection is { } reason ? locale.Of(RejectionWords.Of(reason)) : locale["lesson.life.accepted"];

    private static int Streams(ClassMarket market) => market.Facts.Select(fact => fact.Stream).Distinct().Count();
}
