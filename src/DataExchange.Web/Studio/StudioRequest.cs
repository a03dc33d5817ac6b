using System.Globalization;
using DataExchange.Web.Shelf;

namespace DataExchange.Web.Studio;

/// <summary>Reads what is to be run from an address (<c>set=PATH=VALUE</c>, <c>seed</c>, <c>scale</c>) or from a form (a field for each path).</summary>
internal static class StudioRequest
{
    internal const ulong UsualSeed = 20250531;
    internal const double UsualScale = 0.01;

    /// <summary>The order of an address; settings are not looked at yet but for their number.</summary>
    internal static StudioOrder OfAddress(Func<string, string> first, IReadOnlyList<string> settings, out WrongParameter? wrong)
    {
        const int most = 400;
        wrong = settings.Count > most ? new("set", settings.Count.ToString(CultureInfo.InvariantCulture), $"at most {most}") : null;
        var order = new StudioOrder([], UsualSeed, UsualScale);
        if (first("seed") is { Length: > 0 } seed)
        {
            if (ulong.TryParse(seed, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= long.MaxValue)
            {
                order = order with { Seed = number };
            }
            else
            {
                wrong ??= new("seed", Shown(seed), $"0 – {long.MaxValue}");
            }
        }

        if (first("scale") is { Length: > 0 } scale)
        {
            if (double.TryParse(scale, NumberStyles.Float, CultureInfo.InvariantCulture, out var size) && size is >= ScenarioStudio.SmallestScale and <= ScenarioStudio.LargestScale)
            {
                order = order with { Scale = size };
            }
            else
            {
                wrong ??= new("scale", Shown(scale), FormattableString.Invariant($"{ScenarioStudio.SmallestScale} – {ScenarioStudio.LargestScale}"));
            }
        }

        return order with { Settings = settings };
    }

    /// <summary>The settings of a form: what differs from the scenario.</summary>
    internal static IReadOnlyList<string> SettingsOf(IReadOnlyList<StudioField> fields, Func<string, string?> valueOf) =>
    [
        .. fields.Where(field => !field.IsSolved && valueOf(field.Path) is { Length: > 0 } value && value.Trim() != Plain(field.Value))
            .Select(field => $"{field.Path}={valueOf(field.Path)!.Trim()}"),
    ];

    /// <summary>The address of the studio with an order filled in.</summary>
    internal static string ToParameters(StudioOrder order) =>
        "?" + string.Join('&', order.Settings.Select(setting => "set=" + Uri.EscapeDataString(setting))
            .Append(FormattableString.Invariant($"seed={order.Seed}")).Append(FormattableString.Invariant($"scale={order.Scale}")));

    /// <summary>A number as it is written into a field.</summary>
    internal static string Plain(double value) => value.ToString("0.################", CultureInfo.InvariantCulture);

    private static string Shown(string text) => text.Length > 80 ? text[..80] + "…" : text;
}
