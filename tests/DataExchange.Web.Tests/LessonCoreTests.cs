using DataExchange.Web.Frame;
using DataExchange.Web.Lessons;

namespace DataExchange.Web.Tests;

/// <summary>What the cores say to the lessons' predictions and exercises, against figures worked out by hand or known from elsewhere.</summary>
public sealed class LessonCoreTests
{
    public static TheoryData<string> Ids => [.. Lesson.All.Select(lesson => lesson.Id)];

    [Theory]
    [InlineData("life", 2)]
    [InlineData("rights", 2)]
    [InlineData("value", 3)]
    [InlineData("bread", 25)]
    [InlineData("price", 1)]
    [InlineData("lemons", 3)]
    [InlineData("shares", 62)]
    [InlineData("escrow", 9_735)]
    [InlineData("log", 4)]
    [InlineData("crash", 1)]
    public void A_prediction_is_answered_by_the_core(string lesson, int expected) => Assert.Equal(expected, Lesson.Find(lesson)!.Reveal(Locale.En).Answer);

    [Theory]
    [InlineData("life", "17 30 10 | Objection period still running | 3 Transaction registered, Hold captured, Escrow funded | Not offered 6")]
    [InlineData("rights", "4 No right named | 4 No right named | Application rejected 0")]
    [InlineData("value", "¥1,895.83 ¥2,238.17 | ¥4,104.00 ¥2,052.00 | Price outside the valuation band accepted ¥1,821.40 – ¥2,732.10 | ¥1,026.00 ¥1,119.08 ¥2,552.94")]
    [InlineData("bread", "¥40.00 ¥20.00 ¥10.00 | 5 1 | 50 10")]
    [InlineData("price", "¥400.00 ¥1,600.00 | ¥200.00 02 ¥500.00 | ¥865.63 ¥1,200.00 | ¥2,400.00 ¥1,731.25")]
    [InlineData("lemons", "67.5 6 | 10 1 | 10 275 30")]
    [InlineData("shares", "¥40.00 ¥10.00 ¥10.00 | ¥2.00 ¥5.00 ¥11.00 | ¥30.00 ¥20.00 ¥0.00 | ¥30.00 ¥30.00 ¥30.00")]
    [InlineData("escrow", "¥10,600.00 ¥10,600.00 ¥0.00 | ¥15,900.00 ¥4,867.50 ¥132.50 | ¥21,200.00 ¥0.00 ¥0.00 | ¥7,788.00 ¥1,947.00")]
    [InlineData("log", "5 31 | 4 | 1 3 | 10 16")]
    [InlineData("crash", "¥2,200.00 ¥2,200.00 | ¥1,700.00 3 | 3 12 0 | ¥1,100.00 ¥1,050.00")]
    public void The_answer_key_is_what_the_cores_compute(string lesson, string expected) =>
        Assert.Equal(expected, string.Join(" | ", Lesson.Find(lesson)!.Answers(Locale.En).Select(values => string.Join(' ', values))));

    [Theory, MemberData(nameof(Ids))]
    public void A_lesson_has_an_answer_for_each_exercise_and_shows_its_usual_sandbox(string id)
    {
        var lesson = Lesson.Find(id)!;
        foreach (var locale in new[] { Locale.Zh, Locale.En })
        {
            var answers = lesson.Answers(locale);
            Assert.Equal(lesson.Exercises, answers.Count);
            Assert.All(answers.Index(), answer => UsesAll(lesson.Key($"answer{answer.Index + 1}"), answer.Item));
            UsesAll(lesson.Key("because"), lesson.Reveal(locale).Because);
            Assert.NotEmpty(lesson.Run(Inputs.Usual(lesson), locale).Blocks);
        }
    }

    // No value is left out of the words, and none that they name is missing.
    private static void UsesAll(string key, object[] values) => Assert.Equal(
        Enumerable.Range(0, values.Length).Select(i => $"{{{i}}}"), System.Text.RegularExpressions.Regex.Matches(Locale.En[key], @"\{\d\}").Select(match => match.Value).Distinct().Order());
}
