using DataExchange.Domain;

namespace DataExchange.Reports.ReadModels;

internal static class ChinaTime
{
    private static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    /// <summary>Simulated time as documents keep it: ISO 8601 in JSON, with the offset of China.</summary>
    internal static DateTimeOffset InChina(this SimulatedTime at) =>
        new(DateTime.UnixEpoch.Ticks + (at.UnixSeconds * TimeSpan.TicksPerSecond) + Offset.Ticks, Offset);
}
