using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace DataExchange.Postgres;

/// <summary>A server process that accepts connections.</summary>
/// <param name="ProcessId">The server's own process.</param>
/// <param name="Port">Its loopback port.</param>
/// <param name="Leash">The supervising shell whose standard input we hold open; null for a server that stays.</param>
internal sealed record LaunchedServer(int ProcessId, int Port, Process? Leash);

/// <summary>Starts the server process of a cluster that exists, and waits until it accepts connections.</summary>
internal sealed class ServerLaunch(ClusterFolder folder, PostgresBinaries binaries, ServerUser user, EmbeddedPostgresOptions options)
{
    private const int Attempts = 5;

    /// <summary>Starts the server on the asked or a free port.</summary>
    /// <exception cref="PostgresUnavailableException">It does not start; the message and the log lines say why.</exception>
    public async Task<LaunchedServer> StartAsync(bool stay, CancellationToken ct)
    {
        var data = folder.Data;
        await File.WriteAllTextAsync(folder.Config, Resource("embedded.conf"), ct);
        ClusterFolder.SetMode(folder.Config, 0b110_100_100);
        var compression = await SupportsLz4Async(ct) ? "lz4" : "off";
        for (var attempt = 1; ; attempt++)
        {
            var port = options.Port ?? FreePort();
            ThrowIfTaken(port);
            RemoveForeignPidFile(data);
            var log = ServerLog.Begin(folder.Log);
            var (pid, leash) = await SpawnAsync(port, compression, stay, ct);
            try
            {
                if (await WaitUntilReadyAsync(pid, log, ct))
                {
                    return new LaunchedServer(pid, port, leash);
                }
            }
            catch
            {
                await EndAsync(pid, leash);
                throw;
            }

            await EndAsync(pid, leash);
            var portLost = log.Says("could not create any TCP/IP sockets");

            // After a kill -9 of the server its last workers need a moment to notice.
            var workersLeft = log.Says("pre-existing shared memory block") || log.Says("is still in use");
            if (attempt == Attempts || !(workersLeft || (portLost && options.Port is null)))
            {
                throw Explain(log, port, portLost);
            }

            await Task.Delay(workersLeft ? 1000 : 50, ct);
        }
    }

    /// <summary>Ends a server whose start failed; it has served nobody, so at once.</summary>
    public async Task EndAsync(int pid, Process? leash)
    {
        leash?.StandardInput.Close();
        ProcessTable.Signal(pid, ProcessTable.Quit);
        await ProcessTable.WaitForEndAsync(() => ProcessTable.IsAlive(pid), options.StopTimeout, CancellationToken.None);
        leash?.Dispose();
    }

    private PostgresUnavailableException Explain(ServerLog log, int port, bool portLost) =>
        new(portLost ? PortTaken(port)
            : log.SaysDiskFull ? $"PostgreSQL did not start because the disk of {folder.Home} is full: free some space there."
            : $"PostgreSQL {binaries.Version} did not start in {folder.Home}: {log.Reason} (log: {folder.Log}).")
        {
            LogLines = log.Tail(),
        };

    private static string PortTaken(int port) =>
        $"Port {port} on 127.0.0.1 is taken by another program: choose another port, or none to let dx find a free one.";

    private async Task<(int Pid, Process? Leash)> SpawnAsync(int port, string compression, bool stay, CancellationToken ct)
    {
        string[] server =
        [
            binaries.Server, "-D", folder.Data,
            "-c", $"config_file={folder.Config}",
            "-c", string.Create(CultureInfo.InvariantCulture, $"port={port}"),
            "-c", string.Create(CultureInfo.InvariantCulture, $"shared_buffers={SharedBuffersMegabytes()}MB"),
            "-c", $"wal_compression={compression}",
        ];
        try
        {
            return await LeashedProcess.StartAsync(
                new Leash(folder.Supervisor, folder.Log, stay, "INT", "QUIT", options.StopTimeout), user.Wrap(server), ct);
        }
        catch (InvalidOperationException failed)
        {
            throw new PostgresUnavailableException($"The server process could not be started ({failed.Message}).", failed);
        }
    }

    /// <summary>True when the server is ready; false when it ended.</summary>
    private async Task<bool> WaitUntilReadyAsync(int pid, ServerLog log, CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        var nextReport = TimeSpan.FromSeconds(5);
        while (!IsReady(pid))
        {
            if (!ProcessTable.IsAlive(pid))
            {
                return false;
            }

            if (watch.Elapsed > options.StartTimeout)
            {
                throw new PostgresUnavailableException(
                    $"PostgreSQL did not start within {options.StartTimeout.TotalSeconds:0} s (log: {folder.Log}).") { LogLines = log.Tail() };
            }

            if (watch.Elapsed > nextReport)
            {
                nextReport += TimeSpan.FromSeconds(5);
                options.Report(string.Create(
                    CultureInfo.InvariantCulture, $"Waiting for PostgreSQL … {watch.Elapsed.TotalSeconds:0} s: {log.Reason}"));
            }

            await Task.Delay(15, ct);
        }

        return true;
    }

    // The server writes its state into the eighth line of this file, after its own process id in the first.
    private bool IsReady(int pid)
    {
        try
        {
            var lines = File.ReadAllLines(PidFile(folder.Data));
            return lines.Length > 7 && lines[0] == pid.ToString(CultureInfo.InvariantCulture) && lines[7].Trim() == "ready";
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Removes a pid file of a crashed server whose number another program has now; PostgreSQL would refuse to start.</summary>
    // We hold the data folder's lock, so no dx runs this server. Where the number is free PostgreSQL removes the file itself.
    private static void RemoveForeignPidFile(string data)
    {
        if (File.Exists(PidFile(data))
            && int.TryParse(File.ReadLines(PidFile(data)).FirstOrDefault(), out var pid)
            && ProcessTable.IsAlive(pid) && !ProcessTable.IsServerOf(pid, data))
        {
            File.Delete(PidFile(data));
        }
    }

    private async Task<bool> SupportsLz4Async(CancellationToken ct) =>
        (await Subprocess.RunAsync(
            user.Wrap(binaries.Server, "-C", "wal_compression", "-D", folder.Data, "-c", "wal_compression=lz4"), ct)).Succeeded;

    private static string PidFile(string data) => Path.Combine(data, "postmaster.pid");

    // An eighth of the memory there is (a container's limit counts), at most what a bulk load profits from.
    private static long SharedBuffersMegabytes() => Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 8 >> 20, 64, 512);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static void ThrowIfTaken(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
        }
        catch (SocketException refused) when (refused.SocketErrorCode == SocketError.AccessDenied)
        {
            throw new PostgresUnavailableException($"Port {port} is reserved for root: choose one above 1023.", refused);
        }
        catch (SocketException taken)
        {
            throw new PostgresUnavailableException(PortTaken(port), taken);
        }
    }

    private static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(ServerLaunch).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
