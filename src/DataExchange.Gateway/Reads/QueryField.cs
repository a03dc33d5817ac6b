using System.Globalization;
using System.Text.Json.Nodes;

namespace DataExchange.Gateway.Reads;

/// <summary>A parameter that a read takes: what it means, what it may hold. The description and the check are both made from it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Meaning">What it means.</param>
internal sealed record QueryField(string Name, string Meaning)
{
    private const int LongestText = 200;

    /// <summary>Cursor of a list of names.</summary>
    internal static QueryField AfterName { get; } = new("after", "Cursor: next of the page before; the list begins behind it");

    /// <summary>Cursor of a list of numbers.</summary>
    internal static QueryField AfterNumber { get; } = new("after", "Cursor: next of the page before; the list begins behind it") { Range = (0, long.MaxValue / 2) };

    internal static QueryField Limit { get; } = new("limit", $"Most items of a page; {GatewayLimits.UsualPageItems} unless said otherwise") { Range = (1, GatewayLimits.PageItems) };

    /// <summary>The words it may hold; null for any text.</summary>
    public IReadOnlyList<string>? Words { get; init; }

    /// <summary>The least and the most of a whole number; null for a text.</summary>
    public (long Least, long Most)? Range { get; init; }

    /// <summary>What it may hold, for people.</summary>
    public string Allowed => Words is not null ? string.Join(", ", Words)
        : Range is var (least, most) ? string.Create(CultureInfo.InvariantCulture, $"a whole number, {least} to {most}")
        : $"1 to {LongestText} characters without a slash or control characters";

    internal static QueryField Of<T>(string name, string meaning, params T[] without)
        where T : struct, Enum => new(name, meaning) { Words = [.. Enum.GetValues<T>().Except(without).Select(value => value.ToString())] };

    internal bool Takes(string value) => Words is not null ? Words.Contains(value)
        : Range is var (least, most) ? long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
        : value.Length is >= 1 and <= LongestText && !value.Any(letter => letter == '/' || char.IsControl(letter) || char.IsSurrogate(letter));

    internal JsonObject Schema() => Words is not null
        ? new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. Words.Select(word => (JsonNode)word)]) }
        : Range is var (least, most) ? new JsonObject { ["type"] = "integer", ["format"] = most > int.MaxValue ? "int64" : "int32", ["minimum"] = least, ["maximum"] = most }
        : new JsonObject { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = LongestText };
}
