namespace DataExchange.Postgres;

/// <summary>Held by the one dx process that starts, owns or removes the server of a data folder; freed by the kernel when it dies.</summary>
internal sealed class ClusterLock : IDisposable
{
    // Long enough for another dx that only looks or starts a staying server, short for a person who waits.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly FolderLock _lock;

    private ClusterLock(FolderLock taken) => _lock = taken;

    /// <summary>Takes the lock.</summary>
    /// <param name="folder">The cluster folder.</param>
    /// <param name="isAvailable">Asked while another holds it; true ends the wait without the lock (null is returned).</param>
    /// <param name="ct">Cancels the wait.</param>
    /// <exception cref="PostgresUnavailableException">Another dx process holds it.</exception>
    public static async Task<ClusterLock?> TakeAsync(ClusterFolder folder, Func<bool> isAvailable, CancellationToken ct)
    {
        var until = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while (true)
        {
            if (isAvailable())
            {
                return null;
            }

            if (TryTake(folder) is { } taken)
            {
                return taken;
            }

            if (Environment.TickCount64 > until)
            {
                throw new PostgresUnavailableException(
                    $"The data folder {folder.DataFolder} is in use by another dx (process {Holder(folder)}): "
                    + "wait until it ends, or choose another folder with --data.");
            }

            await Task.Delay(50, ct);
        }
    }

    /// <summary>The process that holds the lock, or null when nobody does.</summary>
    public static string? FindHolder(ClusterFolder folder)
    {
        if (!File.Exists(folder.LockFile))
        {
            return null;
        }

        try
        {
            using var taken = TryTake(folder);
            return taken is null ? Holder(folder) : null;
        }
        catch (PostgresUnavailableException)
        {
            // Another user's folder: its lock cannot be tried, only read about.
            return Holder(folder);
        }
    }

    public void Dispose() => _lock.Dispose();

    private static ClusterLock? TryTake(ClusterFolder folder)
    {
        try
        {
            return FolderLock.TryTake(folder.LockFile, folder.OwnerFile) is { } taken ? new ClusterLock(taken) : null;
        }
        catch (Exception refused) when (refused is UnauthorizedAccessException or IOException)
        {
            throw new PostgresUnavailableException(
                $"The data folder {folder.DataFolder} cannot be written ({refused.Message.TrimEnd('.')}): "
                + "use it as the user who made it, or choose another with --data.", refused);
        }
    }

    private static string Holder(ClusterFolder folder) => FolderLock.Holder(folder.OwnerFile);
}
