using System.Globalization;

namespace DataExchange.Postgres;

/// <summary>What <c>dx db status</c> knows.</summary>
/// <param name="DataFolder">The data folder, absolute.</param>
/// <param name="ClusterFolder">Where the server's files are; null when there is no cluster.</param>
/// <param name="Major">The major version the cluster was made with; null when there is none.</param>
/// <param name="Port">The loopback port of the server that runs; null when none does.</param>
/// <param name="ProcessId">Its process; null when none runs.</param>
/// <param name="Stays">True when it was started with <c>dx db start</c>.</param>
/// <param name="UsedBy">The dx process that owns the server; null when it stays or none runs.</param>
/// <param name="Text">All of it as one sentence.</param>
public sealed record DatabaseStatus(
    string DataFolder, string? ClusterFolder, int? Major, int? Port, int? ProcessId, bool Stays, string? UsedBy, string Text);

/// <summary>What <c>dx db start</c>, <c>stop</c> and <c>reset</c> did.</summary>
/// <param name="Changed">False when there was nothing to do.</param>
/// <param name="Text">What happened, as one sentence.</param>
public sealed record DatabaseChange(bool Changed, string Text);

/// <summary>The operations behind <c>dx db</c>, on the private cluster of a data folder.</summary>
public static class DatabaseCommands
{
    /// <summary>Starts the server so that it stays after this process; says so when it already runs.</summary>
    /// <param name="dataFolder">The data folder.</param>
    /// <param name="options">Port and time-outs; null for the defaults.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="PostgresUnavailableException">It cannot be started, or another dx uses the folder.</exception>
    public static async Task<DatabaseChange> StartStayingAsync(
        string dataFolder, EmbeddedPostgresOptions? options = null, CancellationToken ct = default)
    {
        var before = new ClusterFolder(dataFolder).FindRunning();
        await using var server = await EmbeddedPostgres.StartAsync(dataFolder, options ?? new EmbeddedPostgresOptions(), stay: true, ct);
        var isNew = before?.ProcessId != server.ProcessId;
        return new DatabaseChange(
            isNew, $"PostgreSQL {server.Version} {(isNew ? "now runs" : "already runs")} on 127.0.0.1:{server.Port} until 'dx db stop'.");
    }

    /// <summary>Stops a server that stays, or one that an interrupted dx left behind.</summary>
    /// <param name="dataFolder">The data folder.</param>
    /// <param name="options">Time-outs; null for the defaults.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="PostgresUnavailableException">A dx that still runs owns the server, or it does not end.</exception>
    public static async Task<DatabaseChange> StopAsync(string dataFolder, EmbeddedPostgresOptions? options = null, CancellationToken ct = default)
    {
        var folder = new ClusterFolder(dataFolder);
        if (folder.Marker is null)
        {
            return new DatabaseChange(false, $"There is no database in {folder.DataFolder}.");
        }

        using var held = await ClusterLock.TakeAsync(folder, () => false, ct);
        if (folder.FindRunning() is not { } server)
        {
            folder.NoteStopped();
            return new DatabaseChange(false, $"No server runs for {folder.DataFolder}.");
        }

        await ServerStop.StopAsync(folder, server, options ?? new EmbeddedPostgresOptions(), ct);
        return new DatabaseChange(true, $"Stopped PostgreSQL {server.Version} (process {server.ProcessId}, port {server.Port}).");
    }

    /// <summary>Tells whether there is a cluster and whether its server runs; changes nothing.</summary>
    /// <param name="dataFolder">The data folder.</param>
    public static DatabaseStatus Status(string dataFolder)
    {
        var folder = new ClusterFolder(dataFolder);
        if (folder.Marker is null || folder.Major is not { } major)
        {
            return new DatabaseStatus(folder.DataFolder, null, null, null, null, false, null, $"There is no database in {folder.DataFolder}.");
        }

        var server = folder.FindRunning();
        var owner = server is { Stay: true } ? null : ClusterLock.FindHolder(folder);
        var text = server is null
            ? $"PostgreSQL {major} in {folder.Home} is stopped."
            : string.Create(
                CultureInfo.InvariantCulture,
                $"PostgreSQL {server.Version} runs on 127.0.0.1:{server.Port} (process {server.ProcessId}, files in {folder.Home}), "
                + $"{(server.Stay ? "until 'dx db stop'" : $"for dx process {owner ?? "that was interrupted"}")}.");
        return new DatabaseStatus(
            folder.DataFolder, folder.Home, major, server?.Port, server?.ProcessId, server?.Stay ?? false, owner, text);
    }

    /// <summary>The command that opens psql on the server that runs: program first, then its arguments.</summary>
    /// <param name="dataFolder">The data folder.</param>
    /// <param name="arguments">Passed on to psql.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="PostgresUnavailableException">No server runs, or psql is not installed.</exception>
    public static async Task<IReadOnlyList<string>> PsqlCommandAsync(
        string dataFolder, IEnumerable<string> arguments, CancellationToken ct = default)
    {
        var folder = new ClusterFolder(dataFolder);
        var server = folder.FindRunning() ?? throw new PostgresUnavailableException(
            $"No server runs for {folder.DataFolder}: start one with 'dx db start'.");
        var binaries = await BinarySearch.FindAsync(folder.Major, new EmbeddedPostgresOptions(), ct);
        var psql = binaries.Psql ?? throw new PostgresUnavailableException(
            $"psql is not installed (this PostgreSQL is the npm package, which has none): run 'sudo apt-get install -y postgresql-client', "
            + $"or connect any client to 127.0.0.1:{server.Port} as user {LoopbackConnection.User}, database postgres, no password.");
        return [psql, "-h", "127.0.0.1", "-p", server.Port.ToString(CultureInfo.InvariantCulture), "-U", LoopbackConnection.User, "-d", "postgres", .. arguments];
    }

    /// <summary>Stops the server and deletes the cluster with all its data; only ever deletes what dx itself made.</summary>
    /// <param name="dataFolder">The data folder; what else is in it stays.</param>
    /// <param name="options">Time-outs; null for the defaults.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="PostgresUnavailableException">A dx that still runs uses the folder, or it cannot be deleted.</exception>
    public static async Task<DatabaseChange> ResetAsync(string dataFolder, EmbeddedPostgresOptions? options = null, CancellationToken ct = default)
    {
        var stopped = await StopAsync(dataFolder, options, ct);
        var folder = new ClusterFolder(dataFolder);
        if (folder.Marker is null)
        {
            return new DatabaseChange(false, stopped.Text);
        }

        try
        {
            using var held = await ClusterLock.TakeAsync(folder, () => false, ct);
            var home = folder.Home;
            folder.Delete();
            return new DatabaseChange(true, $"Deleted the database in {home}.");
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new PostgresUnavailableException(
                $"The database in {folder.Home} cannot be deleted ({refused.Message.TrimEnd('.')}): do it as the user who made it.", refused);
        }
    }
}
