namespace DataExchange.Postgres;

/// <summary>Where the files of one data folder's private cluster are.</summary>
/// <remarks>
/// <c>DATA/postgres</c> holds the marker, the lock and the running server's state. The server's own files are in
/// <c>DATA/postgres</c> too, unless we are root and the server's user may not enter a folder on the way (as /root):
/// then they are in <c>/var/lib/dataexchange/ID</c> and the marker points there.
/// </remarks>
internal sealed class ClusterFolder
{
    internal const string SharedParent = "/var/lib/dataexchange";
    private const string MarkerName = "cluster.json";

    public ClusterFolder(string dataFolder)
    {
        DataFolder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(dataFolder));
        Root = Path.Combine(DataFolder, "postgres");
        Marker = ClusterMarker.Read(Path.Combine(Root, MarkerName));
    }

    public string DataFolder { get; }

    public string Root { get; }

    /// <summary>Null until the cluster folder is set up.</summary>
    public ClusterMarker? Marker { get; private set; }

    /// <summary>The folder with the server's own files.</summary>
    public string Home => Marker?.Home ?? Root;

    public string Data => Path.Combine(Home, "data");

    public string Log => Path.Combine(Home, "server.log");

    public string Config => Path.Combine(Home, "server.conf");

    public string Supervisor => Path.Combine(Home, "supervise.sh");

    public string LockFile => Path.Combine(Root, "lock");

    public string OwnerFile => Path.Combine(Root, "owner");

    private string RunningFile => Path.Combine(Root, "running.json");

    /// <summary>The major version the cluster was made with, or null when there is no cluster yet.</summary>
    public int? Major =>
        File.Exists(Path.Combine(Data, "PG_VERSION")) && int.TryParse(File.ReadAllText(Path.Combine(Data, "PG_VERSION")), out var major)
            ? major
            : null;

    /// <summary>The server that runs now, by its own starter's note; null when that one is gone.</summary>
    public RunningServer? FindRunning() =>
        StateFile.Read<RunningServer>(RunningFile) is { } noted && ProcessTable.IsServerOf(noted.ProcessId, Data) ? noted : null;

    public void NoteRunning(RunningServer server) => StateFile.Write(RunningFile, server);

    public void NoteStopped() => File.Delete(RunningFile);

    /// <summary>Makes the data folder and the cluster folder's outside, so that the lock can be taken.</summary>
    /// <exception cref="PostgresUnavailableException">They cannot be made, or the folder is something else's.</exception>
    public void MakeRoot()
    {
        try
        {
            CreateOpenFolder(DataFolder);
            if (Marker is null && Directory.Exists(Root) && Directory.EnumerateFileSystemEntries(Root).Any(entry => !IsLockFile(entry)))
            {
                throw new PostgresUnavailableException(
                    $"The folder {Root} was not made by dx and is left alone: move it away, or choose another data folder with --data.");
            }

            CreateOpenFolder(Root);
            var probe = Path.Combine(Root, $".probe-{Environment.ProcessId}-{Environment.CurrentManagedThreadId}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new PostgresUnavailableException(
                $"The data folder {DataFolder} cannot be written ({refused.Message.TrimEnd('.')}): choose another with --data.", refused);
        }
    }

    /// <summary>Decides where the server's files go, when that is still open, and writes it down. The caller holds the lock.</summary>
    public async Task SettleAsync(ServerUser user, EmbeddedPostgresOptions options, CancellationToken ct)
    {
        // Read again: another dx may have settled it while we waited for the lock.
        Marker = ClusterMarker.Read(Path.Combine(Root, MarkerName));
        if (Marker is not null)
        {
            await ReopenAsync(user, ct);
            return;
        }

        var id = Guid.NewGuid().ToString("N")[..12];
        var home = Root;
        if (await user.FindBarrierAsync(Root, ct) is { } barrier)
        {
            home = Path.Combine(SharedParent, id);
            options.Report($"The database files go to {home}, because user {user.Name} may not enter {barrier}.");
            try
            {
                RemoveAbandoned();
                CreateOpenFolder(SharedParent);
                CreateOpenFolder(home);
            }
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                throw new PostgresUnavailableException(
                    $"PostgreSQL runs as user {user.Name}, who may not enter {barrier}: run 'chmod o+x {barrier}', "
                    + "or choose a data folder elsewhere with --data.", refused);
            }
        }

        var marker = new ClusterMarker(ClusterMarker.Creator, id, DataFolder, home);
        if (home != Root)
        {
            StateFile.Write(Path.Combine(home, MarkerName), marker);
        }

        StateFile.Write(Path.Combine(Root, MarkerName), marker);
        Marker = marker;
    }

    /// <summary>Deletes the cluster, both its folder and its files elsewhere, and nothing that has no marker. The server is stopped.</summary>
    public void Delete()
    {
        if (Marker is null)
        {
            return;
        }

        if (Home != Root && ClusterMarker.Read(Path.Combine(Home, MarkerName))?.Id == Marker.Id)
        {
            Directory.Delete(Home, recursive: true);
        }

        Directory.Delete(Root, recursive: true);
        Marker = null;
    }

    /// <summary>The cluster folder may have been moved, copied or given to another user since it was made.</summary>
    private async Task ReopenAsync(ServerUser user, CancellationToken ct)
    {
        var marker = Marker!;
        var wasInside = marker.Home == Path.Combine(marker.DataFolder, "postgres");
        if (marker.DataFolder != DataFolder)
        {
            var original = ClusterMarker.Read(Path.Combine(marker.DataFolder, "postgres", MarkerName));
            if (!wasInside && original?.Id == marker.Id)
            {
                throw new PostgresUnavailableException(
                    $"The data folder {DataFolder} is a copy of {marker.DataFolder} and its database files are only there ({marker.Home}): "
                    + "use the original, or another folder with --data.");
            }

            Marker = marker = marker with { DataFolder = DataFolder, Home = wasInside ? Root : marker.Home };
            StateFile.Write(Path.Combine(Root, MarkerName), marker);
            if (!wasInside && Directory.Exists(marker.Home))
            {
                StateFile.Write(Path.Combine(marker.Home, MarkerName), marker);
            }
        }

        if (!Directory.Exists(Home))
        {
            throw new PostgresUnavailableException(
                $"The database files of {DataFolder} should be in {Home}, which is gone: 'dx db reset' starts anew.");
        }

        if (await user.FindBarrierAsync(Home, ct) is { } barrier)
        {
            throw new PostgresUnavailableException(
                $"PostgreSQL runs as user {user.Name}, who may not enter {barrier}: run 'chmod o+x {barrier}', "
                + "or choose another data folder with --data.");
        }
    }

    /// <summary>Removes what an earlier cluster of this very data folder left elsewhere when the folder itself was deleted by hand.</summary>
    private void RemoveAbandoned()
    {
        if (!Directory.Exists(SharedParent))
        {
            return;
        }

        foreach (var home in Directory.EnumerateDirectories(SharedParent))
        {
            var marker = ClusterMarker.Read(Path.Combine(home, MarkerName));
            if (marker?.DataFolder == DataFolder && marker.Home == home && !File.Exists(Path.Combine(home, "data", "postmaster.pid")))
            {
                Directory.Delete(home, recursive: true);
            }
        }
    }

    /// <summary>Sets a mode whatever the umask: the server's user has to get through and read.</summary>
    internal static void SetMode(string path, int mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, (UnixFileMode)mode);
        }
    }

    private static void CreateOpenFolder(string folder)
    {
        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder);
            SetMode(folder, 0b111_101_101);
        }
    }

    private bool IsLockFile(string entry) => entry == LockFile || entry == OwnerFile;
}
