using System.Collections.Concurrent;
using DataExchange.EventStore;
using Npgsql;
using NpgsqlTypes;

namespace DataExchange.LoadTests.Exchange.Replay;

/// <summary>
/// Tells how far streams are, as their followers hear of it: whoever waits for a fact of another service's stream has it looked for in the store until it is
/// there.
/// </summary>
internal sealed class StreamWatch : IAsyncDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(2);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, long> _known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<long, (string Stream, int Version, TaskCompletionSource Reached)> _waiting = new();
    private readonly Task _looking;
    private long _number;

    /// <summary>Begins to look.</summary>
    /// <param name="database">The store.</param>
    public StreamWatch(NpgsqlDataSource database) => _looking = Task.Run(() => LookAsync(database));

    /// <summary>How often somebody had to wait.</summary>
    public long Waits => Volatile.Read(ref _number);

    /// <summary>Waits until a stream has a version.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="version">Its version, or a later one.</param>
    /// <param name="patience">How long at most.</param>
    /// <param name="cancellation">Stops the waiting.</param>
    /// <exception cref="TimeoutException">It was not there in time.</exception>
    public async Task UntilAsync(string stream, int version, TimeSpan patience, CancellationToken cancellation)
    {
        if (_known.GetValueOrDefault(stream) >= version)
        {
            return;
        }

        var (number, reached) = (Interlocked.Increment(ref _number), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        _waiting[number] = (stream, version, reached);
        try
        {
            await reached.Task.WaitAsync(patience, cancellation).ConfigureAwait(false);
        }
        finally
        {
            _waiting.TryRemove(number, out _);
        }
    }

    /// <summary>Ends.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _looking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task LookAsync(NpgsqlDataSource database)
    {
        while (!_stop.IsCancellationRequested)
        {
            await Task.Delay(Every, _stop.Token).ConfigureAwait(false);
            if (_waiting.IsEmpty)
            {
                continue;
            }

            await using var look = database.CreateCommand($"SELECT id, version FROM {Schemas.Default}.mt_streams WHERE id = ANY($1)");
            look.Parameters.Add(new() { Value = _waiting.Values.Select(one => one.Stream).Distinct().ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Varchar });
            await using var rows = await look.ExecuteReaderAsync(_stop.Token).ConfigureAwait(false);
            while (await rows.ReadAsync(_stop.Token).ConfigureAwait(false))
            {
                _known[rows.GetString(0)] = rows.GetInt64(1);
            }

            foreach (var (stream, version, reached) in _waiting.Values)
            {
                if (_known.GetValueOrDefault(stream) >= version)
                {
                    reached.TrySetResult();
                }
            }
        }
    }
}
