using System.Globalization;
using Npgsql;

namespace DataExchange.ServiceBenchmarks;

/// <summary>Processor time of a PostgreSQL server on this machine: of the processes that serve connections and of those that work beside them.</summary>
internal static class ServerProcessor
{
    // What /proc counts in, on every Linux that .NET runs on.
    private const double TicksPerSecond = 100;
    private const int UserTime = 11;

    /// <summary>What its processes have used so far, by process; empty where the server is elsewhere or is not to be looked at.</summary>
    /// <param name="database">The server.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<Dictionary<int, TimeSpan>> ReadAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        var used = new Dictionary<int, TimeSpan>();
        await using var list = database.CreateCommand("SELECT pid FROM pg_stat_activity");
        await using var rows = await list.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        while (await rows.ReadAsync(cancellation).ConfigureAwait(false))
        {
            var process = rows.GetInt32(0);
            if (Of(process) is { } time)
            {
                used[process] = time;
            }
        }

        return used;
    }

    /// <summary>What was used between two looks, by processes that were there at both or began in between.</summary>
    /// <param name="before">The first look.</param>
    /// <param name="after">The second look.</param>
    public static TimeSpan Between(Dictionary<int, TimeSpan> before, Dictionary<int, TimeSpan> after) =>
        after.Aggregate(TimeSpan.Zero, (sum, one) => sum + one.Value - before.GetValueOrDefault(one.Key));

    private static TimeSpan? Of(int process)
    {
        try
        {
            // The name stands in brackets and may have anything in it.
            var fields = File.ReadAllText($"/proc/{process}/stat").Split(") ")[^1].Split(' ');
            return TimeSpan.FromSeconds(Enumerable.Range(UserTime, 2).Sum(field => long.Parse(fields[field], CultureInfo.InvariantCulture)) / TicksPerSecond);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
