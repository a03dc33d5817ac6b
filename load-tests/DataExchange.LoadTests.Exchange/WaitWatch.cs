using System.Globalization;
using Npgsql;

namespace DataExchange.LoadTests.Exchange;

/// <summary>Looks five times a second at what sessions of a PostgreSQL wait for (<c>pg_stat_activity</c>).</summary>
internal sealed class WaitWatch : IAsyncDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(200);
    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<string, long> _seen = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private readonly Task _watching;
    private int _looks;

    /// <summary>Begins.</summary>
    public WaitWatch(NpgsqlDataSource database) => _watching = Task.Run(() => WatchAsync(database));

    /// <summary>Sessions that were busy or waited, on average, by what for; those that had nothing to do are left out.</summary>
    public IReadOnlyDictionary<string, double> Counters()
    {
        lock (_gate)
        {
            return _seen.ToDictionary(wait => Bottleneck.Waits + wait.Key, wait => wait.Value / (double)Math.Max(1, _looks), StringComparer.Ordinal);
        }
    }

    /// <summary>Ends.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task WatchAsync(NpgsqlDataSource database)
    {
        while (true)
        {
            await Task.Delay(Every, _stop.Token).ConfigureAwait(false);
            await using var look = database.CreateCommand(
                "SELECT coalesce(wait_event_type || ':' || wait_event, 'running'), count(*) FROM pg_stat_activity "
                + "WHERE state = 'active' AND pid <> pg_backend_pid() AND backend_type = 'client backend' GROUP BY 1");
            await using var reader = await look.ExecuteReaderAsync(_stop.Token).ConfigureAwait(false);
            var rows = new List<(string, long)>();
            while (await reader.ReadAsync(_stop.Token).ConfigureAwait(false))
            {
                rows.Add((reader.GetString(0), Convert.ToInt64(reader.GetValue(1), CultureInfo.InvariantCulture)));
            }

            lock (_gate)
            {
                _looks++;
                foreach (var (wait, count) in rows)
                {
                    _seen[wait] = _seen.GetValueOrDefault(wait) + count;
                }
            }
        }
    }
}
