using System.Diagnostics;
using System.Globalization;
using DataExchange.Postgres;
using Npgsql;

namespace DataExchange.Cli.Running.Chaos;

/// <content>PostgreSQL's disk is full.</content>
internal sealed partial class ChaosStage
{
    private static readonly TimeSpan LongestRestart = TimeSpan.FromSeconds(60);

    private async Task<string> FillDiskAsync(ChaosFault fault, Task isOver, CancellationToken cancellation)
    {
        if (_disk.WhyNot is { } whyNot)
        {
            return $"cannot be run here because {whyNot}";
        }

        await _one.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            var said = _disk.LogLength();
            _disk.Fill();
            try
            {
                if (fault.IsOfLog)
                {
                    await UseUpLogAsync(cancellation).ConfigureAwait(false);
                }

                // Until something is refused: what still fits into the pages that there are is written.
                while (_disk.Refusals(said) == 0 && !isOver.IsCompleted)
                {
                    await Task.Delay(20, cancellation).ConfigureAwait(false);
                }

                await Task.Delay(fault.Milliseconds, cancellation).ConfigureAwait(false);
            }
            finally
            {
                _disk.MakeRoom();
            }

            var refusals = _disk.Refusals(said);
            var how = await BringBackAsync(cancellation).ConfigureAwait(false) ? "the server ended and was started again" : "the server stayed";
            return string.Create(CultureInfo.InvariantCulture, $"{refusals} writes refused, {how}");
        }
        finally
        {
            _one.Release();
        }
    }

    // The write-ahead log is in files of 16 MiB that are made before they are used: only the next one is refused.
    private async Task UseUpLogAsync(CancellationToken cancellation)
    {
        try
        {
            for (var i = 0; i < 100; i++)
            {
                await using var next = Database.CreateCommand("SELECT txid_current(); SELECT pg_switch_wal()");
                await next.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
            }
        }
        catch (NpgsqlException)
        {
            // There it is: the server cannot go on without its log.
        }
    }

    // A server whose log cannot be written ends; if it comes back by itself, it is left alone.
    private async Task<bool> BringBackAsync(CancellationToken cancellation)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            if (HasEnded(_postgres.ProcessId))
            {
                await StartPostgresAgainAsync(cancellation).ConfigureAwait(false);
                return true;
            }

            Database.Clear();
            try
            {
                await using var ask = Database.CreateCommand("SELECT 1");
                await ask.ExecuteScalarAsync(cancellation).ConfigureAwait(false);
                return false;
            }
            catch (NpgsqlException) when (Stopwatch.GetElapsedTime(began) < LongestRestart)
            {
                await Task.Delay(50, cancellation).ConfigureAwait(false);
            }
        }
    }

    // Also one that has ended and that the shell which watches over it has not collected yet.
    private static bool HasEnded(int processId)
    {
        try
        {
            var state = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/stat"));
            return state[(state.LastIndexOf(')') + 1)..].TrimStart()[0] is 'Z' or 'X';
        }
        catch (IOException)
        {
            return true;
        }
    }

    private async Task StartPostgresAgainAsync(CancellationToken cancellation)
    {
        var port = _postgres.Port;
        await _postgres.DisposeAsync().ConfigureAwait(false);
        _postgres = await EmbeddedPostgres.StartAsync(_folder, new EmbeddedPostgresOptions { Port = port }, cancellation).ConfigureAwait(false);
    }
}
