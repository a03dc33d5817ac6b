using System.Globalization;
using System.Text.Json;

namespace DataExchange.Scenarios.Sweeps;

/// <summary>A setting that a sweep changes.</summary>
/// <param name="Path">The setting, as <see cref="ScenarioOverrides"/> takes it.</param>
public sealed record SweepParameter(string Path)
{
    /// <summary>Its values; null for a range.</summary>
    public IReadOnlyList<JsonElement>? Values { get; init; }

    /// <summary>The lowest value of a range.</summary>
    public double? From { get; init; }

    /// <summary>The highest value of a range.</summary>
    public double? To { get; init; }

    /// <summary>How many evenly spaced values of the range count; null for all of it.</summary>
    public int? Steps { get; init; }

    /// <summary>Whether only whole numbers count.</summary>
    public bool Integer { get; init; }

    /// <summary>How many values there are; null for a range without steps.</summary>
    public int? Levels => Values?.Count ?? Steps;

    /// <summary>Values that show whether the scenario takes the parameter: all of a list, the ends of a range.</summary>
    public IEnumerable<string> Samples => Values is null ? [At(0), At(Math.BitDecrement(1.0))] : Values.Select(TextOf);

    /// <summary>The value at a place, as <c>--set</c> takes it.</summary>
    /// <param name="place">From 0 to below 1: through the values in order, or from the range's lowest to its highest.</param>
    public string At(double place)
    {
        if (Values is { } values)
        {
            return TextOf(values[(int)(place * values.Count)]);
        }

        var (from, to) = (From!.Value, To!.Value);
        if (Steps is { } steps)
        {
            var step = Math.Floor(place * steps);
            return Number(step == steps - 1 ? to : from + (step * (to - from) / (steps - 1)));
        }

        return Number(Integer ? from + Math.Floor(place * (to - from + 1)) : from + (place * (to - from)));
    }

    private string Number(double value) => (Integer ? Math.Round(value, MidpointRounding.AwayFromZero) : value).ToString("R", CultureInfo.InvariantCulture);

    private static string TextOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
