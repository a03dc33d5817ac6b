using DataExchange.Web.Frame;
using DataExchange.Web.Lessons.Topics;

namespace DataExchange.Web.Lessons;

/// <summary>
/// A guided lesson: steps to read, a prediction, what the project's own core makes of it, more steps, a sandbox computed from the address alone, exercises. Its words
/// are in the word files as <c>lesson.ID.…</c>; every figure in them is a value that the core gives when the page is made.
/// </summary>
public abstract class Lesson
{
    /// <summary>All of them, in the order in which they are taught.</summary>
    internal static IReadOnlyList<Lesson> All { get; } =
    [
        new LifeLesson(), new RightsLesson(), new ValueLesson(), new BreadLesson(), new PriceLesson(), new LemonsLesson(), new SharesLesson(), new EscrowLesson(),
        new LogLesson(), new CrashLesson(),
    ];

    /// <summary>Its name in addresses and keys, lower case.</summary>
    internal abstract string Id { get; }

    /// <summary>How long it takes in class, minutes.</summary>
    internal abstract int Minutes { get; }

    /// <summary>Steps before the prediction.</summary>
    internal abstract int StepsBefore { get; }

    /// <summary>Steps in all.</summary>
    internal abstract int Steps { get; }

    /// <summary>How the prediction is answered.</summary>
    internal abstract Prediction Asked { get; }

    /// <summary>What the sandbox takes.</summary>
    internal abstract IReadOnlyList<Field> Fields { get; }

    /// <summary>Exercises, each with an answer.</summary>
    internal abstract int Exercises { get; }

    /// <summary>The page on which the market shows the same; null where none does.</summary>
    internal virtual string? InMarket => null;

    /// <summary>What the core says to the prediction.</summary>
    /// <param name="locale">The language of its values.</param>
    internal abstract Truth Reveal(Locale locale);

    /// <summary>The values in the answer to each exercise, from the core.</summary>
    /// <param name="locale">The language of the values.</param>
    internal abstract IReadOnlyList<object[]> Answers(Locale locale);

    /// <summary>What the core makes of the sandbox's inputs.</summary>
    /// <param name="inputs">Checked inputs.</param>
    /// <param name="locale">The language.</param>
    /// <exception cref="WrongInputException">Inputs that are allowed each by itself are not so together.</exception>
    internal abstract Board Run(Inputs inputs, Locale locale);

    /// <summary>A lesson; null for none.</summary>
    /// <param name="id">Its name.</param>
    internal static Lesson? Find(string id) => All.FirstOrDefault(lesson => lesson.Id == id);

    /// <summary>The key of a text of this lesson.</summary>
    /// <param name="part">Such as <c>title</c>.</param>
    internal string Key(string part) => $"lesson.{Id}.{part}";

    /// <summary>Some words of this lesson with values in them.</summary>
    /// <param name="locale">The language.</param>
    /// <param name="part">The last part of their key.</param>
    /// <param name="values">The values.</param>
    internal string Say(Locale locale, string part, params object[] values) => locale.With(Key(part), values);

    /// <summary>Some words with what each language writes between them.</summary>
    /// <param name="locale">The language.</param>
    /// <param name="words">The words.</param>
    internal static string List(Locale locale, IEnumerable<string> words) => string.Join(locale == Locale.Zh ? "、" : ", ", words);

    /// <summary>The keys that every lesson has; what its sandbox says besides is named in its source.</summary>
    internal IEnumerable<string> Keys()
    {
        IEnumerable<string> parts = ["title", "learn", "ask", "because", "try", "aims", "mistakes", "timing", "questions"];
        return
        [
            .. parts.Concat(Numbered("head", Steps)).Concat(Numbered("step", Steps)).Concat(Numbered("option", Asked.Options))
                .Concat(Numbered("exercise", Exercises)).Concat(Numbered("answer", Exercises)).Concat(InMarket is null ? [] : ["see"]).Concat(Fields.SelectMany(field => field.Words)).Select(Key),
        ];

        static IEnumerable<string> Numbered(string name, int count) => Enumerable.Range(1, count).Select(number => $"{name}{number}");
    }
}

/// <summary>How a prediction is answered: by one of some options, or by a number.</summary>
/// <param name="Options">How many options; 0 where a number is asked for.</param>
/// <param name="Least">The least number.</param>
/// <param name="Most">The largest number.</param>
internal sealed record Prediction(int Options, int Least, int Most)
{
    /// <summary>One of some options.</summary>
    /// <param name="options">How many.</param>
    internal static Prediction Of(int options) => new(options, 1, options);

    /// <summary>A whole number.</summary>
    /// <param name="most">The largest; the least is 0.</param>
    internal static Prediction Number(int most) => new(0, 0, most);
}

/// <summary>What the core says to a prediction.</summary>
/// <param name="Answer">The option, from 1, or the number.</param>
/// <param name="Because">Values in the explanation.</param>
internal sealed record Truth(int Answer, params object[] Because);
