using System.Globalization;
using DataExchange.Web.Frame;

namespace DataExchange.Web.Lessons;

/// <summary>An input of a sandbox, a parameter of its address.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Default">What it is where the address does not say.</param>
internal abstract record Field(string Name, string Default)
{
    /// <summary>The last parts of the keys of its words.</summary>
    internal virtual IEnumerable<string> Words => [$"field.{Name}"];

    /// <summary>A value as it is kept.</summary>
    /// <param name="value">As it was sent.</param>
    internal virtual string Trim(string value) => value.Trim();

    /// <summary>What is allowed, if a value is not.</summary>
    /// <param name="value">The value.</param>
    /// <param name="locale">The language.</param>
    internal abstract string? Refusal(string value, Locale locale);

    private protected static bool IsNumber(string text, long least, long most) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most;
}

/// <summary>A whole number.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Least">The least.</param>
/// <param name="Most">The largest.</param>
/// <param name="Usual">Where the address does not say.</param>
internal sealed record NumberField(string Name, long Least, long Most, long Usual) : Field(Name, Usual.ToString(CultureInfo.InvariantCulture))
{
    internal override string? Refusal(string value, Locale locale) => IsNumber(value, Least, Most) ? null : locale.With("lesson.allowed.number", Least, Most);
}

/// <summary>Whole numbers with commas between.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Count">The most numbers.</param>
/// <param name="Least">The least.</param>
/// <param name="Most">The largest.</param>
/// <param name="Usual">Where the address does not say.</param>
internal sealed record NumbersField(string Name, int Count, long Least, long Most, string Usual) : Field(Name, Usual)
{
    /// <summary>The most letters that it may have.</summary>
    internal int MostLength => Count * (Most.ToString(CultureInfo.InvariantCulture).Length + 2);

    internal override string Trim(string value) => value.Replace('，', ',').Replace(" ", "", StringComparison.Ordinal);

    internal override string? Refusal(string value, Locale locale) =>
        value.Length <= MostLength && value.Split(',') is var parts && parts.Length <= Count && parts.All(part => IsNumber(part, Least, Most))
            ? null
            : locale.With("lesson.allowed.numbers", Count, Least, Most);
}

/// <summary>One of some words.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Values">The words, the usual one first.</param>
internal sealed record ChoiceField(string Name, params string[] Values) : Field(Name, Values[0])
{
    internal override IEnumerable<string> Words => [$"field.{Name}", .. Values.Select(value => $"choice.{value}")];

    internal override string? Refusal(string value, Locale locale) => Values.Contains(value) ? null : string.Join(", ", Values);
}

/// <summary>Lines of any text.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Lines">The most lines.</param>
/// <param name="Longest">The most letters of a line.</param>
/// <param name="Usual">Where the address does not say.</param>
internal sealed record TextField(string Name, int Lines, int Longest, string Usual) : Field(Name, Usual)
{
    /// <summary>The most letters that it may have.</summary>
    internal int MostLength => Lines * (Longest + 1);

    internal override string Trim(string value) => value.ReplaceLineEndings("\n").TrimEnd('\n');

    internal override string? Refusal(string value, Locale locale) =>
        value.Split('\n') is var lines && lines.Length <= Lines && lines.All(line => line.Length >= 1 && line.Length <= Longest)
            ? null
            : locale.With("lesson.allowed.lines", Lines, Longest);
}

/// <summary>What was chosen to happen, one move after the other, with points between; it is changed by what the sandbox offers next.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Moves">The moves there are.</param>
/// <param name="Most">The most moves.</param>
/// <param name="Usual">Where the address does not say.</param>
internal sealed record MovesField(string Name, IReadOnlyList<string> Moves, int Most, string Usual) : Field(Name, Usual)
{
    internal override IEnumerable<string> Words => Moves.Select(move => $"move.{move}");

    internal override string? Refusal(string value, Locale locale) =>
        value.Length == 0 || (value.Split('.') is var parts && parts.Length <= Most && parts.All(Moves.Contains))
            ? null
            : locale.With("lesson.allowed.moves", Most, string.Join(", ", Moves));
}
