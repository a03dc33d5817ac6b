using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace DataExchange.Matching.Flow;

/// <summary>Forces what was written onto the disk.</summary>
internal static partial class Disk
{
    /// <summary>The file's contents and its length, but not its times: those would cost another write each time.</summary>
    public static void FlushData(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux())
        {
            RandomAccess.FlushToDisk(file);
        }
        else if (FlushData(file.DangerousGetHandle().ToInt32()) != 0)
        {
            throw new IOException($"The journal could not be forced onto the disk: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    /// <summary>The name of a new file, which stands in its folder.</summary>
    public static void FlushName(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var folder = Open(Path.GetDirectoryName(Path.GetFullPath(path))!, 0);
        if (folder < 0)
        {
            throw new IOException($"The folder of {path} cannot be opened: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        _ = FlushAll(folder);
        _ = Close(folder);
    }

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int FlushData(int file);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int FlushAll(int file);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int file);
}
