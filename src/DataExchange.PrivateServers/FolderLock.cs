using System.Globalization;

namespace DataExchange.PrivateServers;

/// <summary>Held by one process of the machine at a time; freed by the kernel when that process dies.</summary>
internal sealed class FolderLock : IDisposable
{
    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    /// <summary>Takes the lock and notes our process id in the owner file; null when another process holds it.</summary>
    /// <param name="lockFile">The file that is locked.</param>
    /// <param name="ownerFile">A file of its own, because the locked one cannot be read by others.</param>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be written.</exception>
    public static FolderLock? TryTake(string lockFile, string ownerFile)
    {
        FileStream file;
        try
        {
            file = new FileStream(lockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException held) when (held is not DirectoryNotFoundException && File.Exists(lockFile))
        {
            return null;
        }

        try
        {
            File.WriteAllText(ownerFile, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new FolderLock(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The process that took the lock last, as it noted itself.</summary>
    public static string Holder(string ownerFile) => File.Exists(ownerFile) ? File.ReadAllText(ownerFile).Trim() : "unknown";

    public void Dispose() => _file.Dispose();
}
