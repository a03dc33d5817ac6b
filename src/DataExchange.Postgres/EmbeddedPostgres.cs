using System.Diagnostics;
using System.Globalization;

namespace DataExchange.Postgres;

/// <summary>A private PostgreSQL server for one data folder, started for us or found running.</summary>
/// <remarks>
/// A server that this handle started ends with it, and also when the process dies without a word (<c>kill -9</c>).
/// A server that was started with <c>dx db start</c> is only used. Keep the handle: a forgotten one may take its server with it.
/// </remarks>
public sealed class EmbeddedPostgres : IAsyncDisposable
{
    private readonly ClusterFolder _folder;
    private readonly EmbeddedPostgresOptions _options;
    private readonly Process? _leash;
    private readonly ServerLog _log;
    private ClusterLock? _lock;

    private EmbeddedPostgres(
        ClusterFolder folder, EmbeddedPostgresOptions options, RunningServer server, Process? leash, ClusterLock? held, bool created, TimeSpan took)
    {
        _folder = folder;
        _options = options;
        _leash = leash;
        _lock = held;
        _log = new ServerLog(folder.Log, File.Exists(folder.Log) ? new FileInfo(folder.Log).Length : 0);
        Port = server.Port;
        ProcessId = server.ProcessId;
        Version = server.Version;
        IsNew = created;
        StartTime = took;
    }

    /// <summary>The data folder, absolute.</summary>
    public string DataFolder => _folder.DataFolder;

    /// <summary>The server's log file.</summary>
    public string LogFile => _folder.Log;

    /// <summary>The loopback port, 1–65535.</summary>
    public int Port { get; }

    /// <summary>The server's process.</summary>
    public int ProcessId { get; }

    /// <summary>The server's version, such as 15.18.</summary>
    public string Version { get; }

    /// <summary>True when the server ran before and goes on running after this handle is disposed.</summary>
    public bool IsAttached => _leash is null;

    /// <summary>True when the cluster was made by this start, so that it holds nothing yet.</summary>
    public bool IsNew { get; }

    /// <summary>How long it took from the call to a server that accepts connections.</summary>
    public TimeSpan StartTime { get; }

    /// <summary>Connects Npgsql to the database <c>postgres</c> as its superuser.</summary>
    public string ConnectionString => ConnectionStringFor("postgres");

    /// <summary>Connects Npgsql to another database of this server.</summary>
    /// <param name="database">The database's name; it need not exist yet.</param>
    public string ConnectionStringFor(string database) => LoopbackConnection.String(Port, database);

    /// <summary>Starts the server of a data folder, making the cluster when there is none; attaches when one stays there.</summary>
    /// <param name="dataFolder">The data folder; the cluster is in its subfolder <c>postgres</c>.</param>
    /// <param name="options">Port, time-outs and where progress is reported; null for the defaults.</param>
    /// <param name="ct">Cancels the start; nothing is left running then.</param>
    /// <exception cref="PostgresUnavailableException">It cannot be started, or another dx uses the folder.</exception>
    public static Task<EmbeddedPostgres> StartAsync(string dataFolder, EmbeddedPostgresOptions? options = null, CancellationToken ct = default) =>
        StartAsync(dataFolder, options ?? new EmbeddedPostgresOptions(), stay: false, ct);

    internal static async Task<EmbeddedPostgres> StartAsync(
        string dataFolder, EmbeddedPostgresOptions options, bool stay, CancellationToken ct)
    {
        options.ThrowIfOutOfRange();
        if (OperatingSystem.IsWindows())
        {
            throw new PostgresUnavailableException("A private PostgreSQL needs Linux (or WSL): give a server with --postgres \"CONNECTION\".");
        }

        var watch = Stopwatch.StartNew();
        var folder = new ClusterFolder(dataFolder);
        folder.MakeRoot();
        var held = await ClusterLock.TakeAsync(folder, () => folder.FindRunning() is { Stay: true }, ct);
        try
        {
            if (held is null)
            {
                return Attach(folder, options, watch);
            }

            var user = await ServerUser.ChooseAsync(folder.Marker is null ? null : folder.Data, ct);
            await folder.SettleAsync(user, options, ct);
            if (folder.FindRunning() is { } leftover)
            {
                if (leftover.Stay)
                {
                    held.Dispose();
                    held = null;
                    return Attach(folder, options, watch);
                }

                // Its dx was killed just now, or its supervising shell too.
                options.Report("Ending the server that an interrupted dx left behind …");
                await ServerStop.StopAsync(folder, leftover, options, ct);
            }

            var binaries = await BinarySearch.FindAsync(folder.Major, options, ct);
            ThrowIfOtherVersion(folder, binaries);
            var isNew = folder.Major is null;
            if (isNew)
            {
                await ClusterCreation.CreateAsync(folder, binaries, user, ct);
            }

            var launch = new ServerLaunch(folder, binaries, user, options);
            var launched = await launch.StartAsync(stay, ct);
            var server = new RunningServer(launched.ProcessId, launched.Port, stay, binaries.Version);
            try
            {
                folder.NoteRunning(server);
            }
            catch
            {
                await launch.EndAsync(launched.ProcessId, launched.Leash);
                throw;
            }

            options.Report(string.Create(
                CultureInfo.InvariantCulture, $"Starting PostgreSQL {binaries.Version} … {watch.Elapsed.TotalSeconds:0.0} s"));
            var handle = new EmbeddedPostgres(folder, options, server, launched.Leash, stay ? null : held, isNew, watch.Elapsed);
            if (!stay)
            {
                held = null;
            }

            return handle;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new PostgresUnavailableException(
                $"The data folder {folder.DataFolder} cannot be used ({refused.Message.TrimEnd('.')}): "
                + "use it as the user who made it, or choose another with --data.", refused);
        }
        finally
        {
            held?.Dispose();
        }
    }

    /// <summary>Why the server can no longer be used, as a sentence for the user; null while it runs and has room.</summary>
    public string? Diagnose() =>
        _log.SaysDiskFull ? $"The disk of {_folder.Home} is full: free some space there and run the command again."
        : ProcessTable.IsServerOf(ProcessId, _folder.Data) ? null
        : $"PostgreSQL (process {ProcessId}) ended while it was in use; what was committed is safe, the next start recovers (log: {LogFile}).";

    /// <summary>Shuts down a server that this handle started; does nothing to an attached one or the second time.</summary>
    /// <remarks>Fast at first (open transactions are rolled back), at once when that takes longer than the options allow.</remarks>
    public async Task StopAsync()
    {
        if (_leash is null || _lock is null)
        {
            return;
        }

        _leash.StandardInput.Close();
        await _leash.WaitForExitAsync();
        _leash.Dispose();

        // Only needed when somebody killed the supervising shell: then the server is still there.
        if (_folder.FindRunning() is { } running && running.ProcessId == ProcessId)
        {
            await ServerStop.StopAsync(_folder, running, _options, CancellationToken.None);
        }

        _folder.NoteStopped();
        _lock.Dispose();
        _lock = null;
    }

    /// <summary>The same as <see cref="StopAsync"/>.</summary>
    public async ValueTask DisposeAsync() => await StopAsync();

    private static EmbeddedPostgres Attach(ClusterFolder folder, EmbeddedPostgresOptions options, Stopwatch watch)
    {
        var server = folder.FindRunning()
            ?? throw new PostgresUnavailableException($"The server of {folder.DataFolder} was stopped at this moment: run the command again.");
        if (options.Port is { } port && port != server.Port)
        {
            throw new PostgresUnavailableException(
                $"PostgreSQL already runs for {folder.DataFolder} on port {server.Port}, not {port}: stop it first with 'dx db stop'.");
        }

        options.Report($"Using PostgreSQL {server.Version}, which runs on port {server.Port}");
        return new EmbeddedPostgres(folder, options, server, null, null, created: false, watch.Elapsed);
    }

    private static void ThrowIfOtherVersion(ClusterFolder folder, PostgresBinaries binaries)
    {
        if (folder.Major is { } major && major != binaries.Major)
        {
            throw new PostgresUnavailableException(
                $"The data folder {folder.DataFolder} was made by PostgreSQL {major}, but {binaries.Version} is what is installed: "
                + $"install PostgreSQL {major}, or choose another folder with --data ('dx db reset' deletes this one).");
        }
    }
}
