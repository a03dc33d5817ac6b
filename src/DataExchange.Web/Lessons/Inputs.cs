using System.Globalization;
using DataExchange.Web.Frame;
using Microsoft.AspNetCore.Http;

namespace DataExchange.Web.Lessons;

/// <summary>The checked inputs of a sandbox, and the guess.</summary>
public sealed class Inputs
{
    /// <summary>The parameter of the prediction's answer.</summary>
    internal const string GuessName = "guess";

    private readonly IReadOnlyList<Field> _fields;
    private readonly Dictionary<string, string> _values;

    private Inputs(IReadOnlyList<Field> fields, Dictionary<string, string> values, int? guess) => (_fields, _values, Guess) = (fields, values, guess);

    /// <summary>The option or number that was predicted; null where nothing was yet.</summary>
    internal int? Guess { get; }

    /// <summary>What an input is.</summary>
    /// <param name="name">Its name.</param>
    internal string this[string name] => _values[name];

    /// <summary>Reads an address.</summary>
    /// <param name="lesson">The lesson.</param>
    /// <param name="query">The address's parameters.</param>
    /// <param name="locale">The language of what is said of a wrong one.</param>
    /// <exception cref="WrongInputException">One is not known, there twice, or not allowed.</exception>
    internal static Inputs Read(Lesson lesson, IQueryCollection query, Locale locale)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in lesson.Fields)
        {
            var sent = query[field.Name];
            var value = field.Trim(sent.Count == 0 ? field.Default : sent.ToString());
            if (sent.Count > 1 || field.Refusal(value, locale) is not null)
            {
                throw new WrongInputException(field.Name, value, sent.Count > 1 ? locale["lesson.allowed.once"] : field.Refusal(value, locale)!);
            }

            values.Add(field.Name, value);
        }

        string[] known = [.. lesson.Fields.Select(field => field.Name), GuessName];
        if (query.Keys.FirstOrDefault(key => !known.Contains(key)) is { } stranger)
        {
            throw new WrongInputException(stranger, query[stranger].ToString(), locale.With("lesson.allowed.names", string.Join(", ", known)));
        }

        return new Inputs(lesson.Fields, values, GuessOf(lesson.Asked, query[GuessName].ToString().Trim(), locale));
    }

    /// <summary>The inputs of a lesson where the address says nothing, some of them changed.</summary>
    /// <param name="lesson">The lesson.</param>
    /// <param name="changed">Other values than the usual ones.</param>
    internal static Inputs Usual(Lesson lesson, params (string Name, string Value)[] changed)
    {
        var values = lesson.Fields.ToDictionary(field => field.Name, field => field.Default, StringComparer.Ordinal);
        foreach (var (name, value) in changed)
        {
            values[name] = value;
        }

        return new Inputs(lesson.Fields, values, null);
    }

    /// <summary>A whole number.</summary>
    /// <param name="name">Its name.</param>
    internal long Number(string name) => long.Parse(_values[name], CultureInfo.InvariantCulture);

    /// <summary>Whole numbers.</summary>
    /// <param name="name">Their name.</param>
    internal long[] Numbers(string name) => [.. _values[name].Split(',').Select(part => long.Parse(part, CultureInfo.InvariantCulture))];

    /// <summary>Moves, in their order.</summary>
    /// <param name="name">Their name.</param>
    internal string[] Moves(string name) => _values[name].Split('.', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The part of an address behind the path that says the same, with one input changed if wished.</summary>
    /// <param name="withGuess">Whether it says the guess too.</param>
    /// <param name="name">An input to change.</param>
    /// <param name="value">What to.</param>
    internal string Query(bool withGuess, string? name = null, string? value = null)
    {
        var parts = _fields.Select(field => (field.Name, Value: field.Name == name ? value! : _values[field.Name], field.Default))
            .Where(part => part.Value != part.Default).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value)}");
        var query = string.Join('&', withGuess && Guess is { } guess ? parts.Append(string.Create(CultureInfo.InvariantCulture, $"{GuessName}={guess}")) : parts);
        return query.Length == 0 ? "" : "?" + query;
    }

    private static int? GuessOf(Prediction asked, string text, Locale locale)
    {
        if (text.Length == 0)
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var guess) && guess >= asked.Least && guess <= asked.Most
            ? guess
            : throw new WrongInputException(GuessName, text, locale.With("lesson.allowed.number", asked.Least, asked.Most));
    }
}
