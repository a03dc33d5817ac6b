using System.Diagnostics;
using DataExchange.Postgres;

namespace DataExchange.Cli.Running.Chaos;

/// <summary>The disk that PostgreSQL's data lies on: a small one of its own where that can be mounted, else the machine's.</summary>
internal sealed class DatabaseDisk : IAsyncDisposable
{
    private const string Refusal = "No space left on device";
    private readonly string _data;
    private readonly string _log;
    private readonly bool _isKept;
    private readonly SmallDisk? _disk;

    private DatabaseDisk(string data, string log, bool isKept, SmallDisk? disk, string? whyNot) =>
        (_data, _log, _isKept, _disk, WhyNot) = (data, log, isKept, disk, whyNot);

    /// <summary>Why it cannot be filled on this machine; null where it can.</summary>
    public string? WhyNot { get; }

    /// <summary>Makes the server's data folder, and puts it on a disk of its own.</summary>
    /// <param name="folder">The data folder of the exchange.</param>
    /// <param name="isKept">Whether the data is wanted afterwards: then it goes back to the machine's disk.</param>
    /// <param name="options">How the server is started.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<(EmbeddedPostgres Server, DatabaseDisk Disk)> StartAsync(
        string folder, bool isKept, EmbeddedPostgresOptions options, CancellationToken cancellation)
    {
        var server = await EmbeddedPostgres.StartAsync(folder, options, cancellation).ConfigureAwait(false);
        // The server's log stays where there is room, so that it can say that there is none.
        var data = Path.Combine(Path.GetDirectoryName(server.LogFile)!, "data");
        await server.DisposeAsync().ConfigureAwait(false);
        var disk = await MoveAsync(data, cancellation).ConfigureAwait(false);
        try
        {
            server = await EmbeddedPostgres.StartAsync(folder, options, cancellation).ConfigureAwait(false);
            return (server, new DatabaseDisk(data, server.LogFile, isKept, disk.Disk, disk.WhyNot));
        }
        catch
        {
            disk.Disk?.Dispose();
            throw;
        }
    }

    /// <summary>Leaves no room on it.</summary>
    public void Fill() => _disk!.Fill();

    /// <summary>Gives room again.</summary>
    public void MakeRoom() => _disk!.MakeRoom();

    /// <summary>How long the server's log is, to count from there.</summary>
    public long LogLength() => new FileInfo(_log).Length;

    /// <summary>How often the server has said since that there was no room.</summary>
    /// <param name="from">What <see cref="LogLength"/> was.</param>
    public int Refusals(long from)
    {
        using var stream = new FileStream(_log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        stream.Seek(Math.Min(from, stream.Length), SeekOrigin.Begin);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split(Refusal).Length - 1;
    }

    /// <summary>Takes the disk away; the server has stopped.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disk is null)
        {
            return;
        }

        if (_isKept)
        {
            _disk.MakeRoom();
            await CopyAsync(_data, _data + ".kept", CancellationToken.None).ConfigureAwait(false);
        }

        _disk.Dispose();
        if (_isKept)
        {
            Directory.Delete(_data);
            Directory.Move(_data + ".kept", _data);
        }
    }

    private static async Task<(SmallDisk? Disk, string? WhyNot)> MoveAsync(string data, CancellationToken cancellation)
    {
        var before = data + ".before";
        Directory.Move(data, before);
        Directory.CreateDirectory(data);
        var disk = SmallDisk.Over(data, out var whyNot);
        if (disk is not null)
        {
            await CopyAsync(before, data, cancellation).ConfigureAwait(false);
            Directory.Delete(before, recursive: true);
            return (disk, null);
        }

        Directory.Delete(data);
        Directory.Move(before, data);
        return (null, whyNot);
    }

    // With owners and modes, which the server insists on.
    private static async Task CopyAsync(string from, string to, CancellationToken cancellation)
    {
        using var copy = Process.Start(new ProcessStartInfo("cp", ["-a", from + "/.", to]) { RedirectStandardError = true })!;
        var said = await copy.StandardError.ReadToEndAsync(cancellation).ConfigureAwait(false);
        await copy.WaitForExitAsync(cancellation).ConfigureAwait(false);
        if (copy.ExitCode != 0)
        {
            throw new IOException($"{from} could not be copied to {to}: {said.Trim()}");
        }
    }
}
