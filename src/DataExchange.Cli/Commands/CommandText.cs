using System.Globalization;

namespace DataExchange.Cli.Commands;

/// <summary>Numbers for people, the same on every machine.</summary>
internal static class CommandText
{
    /// <summary>A count with its thousands.</summary>
    /// <param name="count">The count.</param>
    public static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A number as short as it can be.</summary>
    /// <param name="value">The number.</param>
    public static string Number(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);
}
