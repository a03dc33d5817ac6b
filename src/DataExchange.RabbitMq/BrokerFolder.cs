using System.Security.Cryptography;

namespace DataExchange.RabbitMq;

/// <summary>Where the files of one data folder's private broker are: all of them in <c>DATA/rabbitmq</c>.</summary>
internal sealed class BrokerFolder
{
    public BrokerFolder(string dataFolder)
    {
        DataFolder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(dataFolder));
        Root = Path.Combine(DataFolder, "rabbitmq");
        Marker = BrokerMarker.Read(MarkerFile);
    }

    public string DataFolder { get; }

    public string Root { get; }

    /// <summary>Null until the broker folder is set up.</summary>
    public BrokerMarker? Marker { get; private set; }

    /// <summary>The password of the broker's only user, made with the folder.</summary>
    public string Password => File.ReadAllText(PasswordFile);

    public string LockFile => Path.Combine(Root, "lock");

    public string OwnerFile => Path.Combine(Root, "owner");

    public string Supervisor => Path.Combine(Root, "supervise.sh");

    public string EpmdLog => Path.Combine(Root, "epmd.log");

    private string MarkerFile => Path.Combine(Root, "broker.json");

    private string PasswordFile => Path.Combine(Root, "password");

    private string CookieFile => Path.Combine(Root, ".erlang.cookie");

    private string RunningFile => Path.Combine(Root, "running.json");

    public string Node(int index) => Path.Combine(Root, BrokerNode.ShortName(index));

    public RunningBroker? FindRunning() => StateFile.Read<RunningBroker>(RunningFile);

    public void NoteRunning(RunningBroker running) => StateFile.Write(RunningFile, running);

    public void NoteStopped() => File.Delete(RunningFile);

    /// <summary>Makes the data folder and the broker folder's outside, so that the lock can be taken.</summary>
    /// <exception cref="BrokerUnavailableException">The folder is something else's.</exception>
    public void MakeRoot()
    {
        if (Marker is null && Directory.Exists(Root)
            && Directory.EnumerateFileSystemEntries(Root).Any(entry => entry != LockFile && entry != OwnerFile))
        {
            throw new BrokerUnavailableException(
                $"The folder {Root} was not made by dx and is left alone: move it away, or choose another data folder.");
        }

        Directory.CreateDirectory(Root);
    }

    /// <summary>Sets up a new folder, or looks at what an earlier broker left. The caller holds the lock.</summary>
    /// <exception cref="BrokerUnavailableException">The folder holds a broker of another number of nodes, or was moved or copied.</exception>
    public void Settle(int nodes)
    {
        // Read again: another dx may have settled it while we waited for the lock.
        Marker = BrokerMarker.Read(MarkerFile);
        if (Marker is { } earlier && earlier.Nodes != nodes)
        {
            throw new BrokerUnavailableException(
                $"Nodes is {nodes}, but the folder {Root} holds a broker of {earlier.Nodes}: ask for {earlier.Nodes}, or choose another data folder.");
        }

        // A copy would besides read and write the files of the original.
        if (Marker is { } made && made.DataFolder != DataFolder)
        {
            throw new BrokerUnavailableException(
                $"The broker in {Root} was made in {made.DataFolder} and does not run elsewhere: use it there, or choose another data folder.");
        }

        if (Marker is null)
        {
            WriteSecret(PasswordFile, 0b110_000_000);
            WriteSecret(CookieFile, 0b100_000_000);
            Note(new BrokerMarker(BrokerMarker.Creator, Guid.NewGuid().ToString("N"), DataFolder, nodes, IsFormed: false));
        }
        else if (!Marker.IsFormed)
        {
            // A start that was cut off: no client has ever seen what these nodes hold, and halves of clusters do not grow together.
            for (var index = 0; index < nodes; index++)
            {
                if (Directory.Exists(Node(index)))
                {
                    Directory.Delete(Node(index), recursive: true);
                }
            }
        }
    }

    /// <summary>Notes that all nodes have been up together.</summary>
    public void NoteFormed() => Note(Marker! with { IsFormed = true });

    /// <summary>Deletes the broker with all its data, and nothing that has no marker. Nothing of it runs.</summary>
    public void Delete()
    {
        if (Marker is not null)
        {
            Directory.Delete(Root, recursive: true);
            Marker = null;
        }
    }

    private void Note(BrokerMarker marker)
    {
        StateFile.Write(MarkerFile, marker);
        Marker = marker;
    }

    /// <summary>A random word that only our user may read.</summary>
    private static void WriteSecret(string file, int mode)
    {
        File.Delete(file);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = (UnixFileMode)mode;
        }

        using var writer = new StreamWriter(file, options);
        writer.Write(RandomNumberGenerator.GetHexString(32));
    }
}
