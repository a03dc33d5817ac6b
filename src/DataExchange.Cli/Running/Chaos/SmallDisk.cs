using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace DataExchange.Cli.Running.Chaos;

/// <summary>
/// A file system in memory (tmpfs) for one folder, which can be made as small as what is in it: a disk that is full for whoever writes there, root
/// included. Mounting needs the right to; a mount that a killed process left behind is taken away by the next one.
/// </summary>
internal sealed partial class SmallDisk : IDisposable
{
    private const string Prefix = "dx-chaos-";
    private const ulong Remount = 32;
    private const int Detach = 2;
    private const string Roomy = "size=4g,mode=0700";

    // A write may come between looking and shrinking.
    private const int Attempts = 200;
    private readonly string _folder;
    private bool _isMounted = true;

    private SmallDisk(string folder) => _folder = folder;

    /// <summary>Mounts one over a folder that is empty.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="whyNot">Why this cannot be done on this machine; null when it was done.</param>
    public static SmallDisk? Over(string folder, out string? whyNot)
    {
        whyNot = null;
        if (!OperatingSystem.IsLinux())
        {
            whyNot = "a file system in memory is mounted on Linux alone";
            return null;
        }

        RemoveAbandoned();
        if (Mount(string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Environment.ProcessId}"), folder, "tmpfs", 0, Roomy) == 0)
        {
            return new SmallDisk(folder);
        }

        whyNot = $"a small disk cannot be mounted ({Marshal.GetLastPInvokeErrorMessage()}): it needs root, or the capability CAP_SYS_ADMIN in a container";
        return null;
    }

    /// <summary>Leaves no room: what is written from here on fails with "No space left on device".</summary>
    /// <exception cref="IOException">It cannot be made smaller.</exception>
    public void Fill()
    {
        for (var attempt = 1; ; attempt++)
        {
            var drive = new DriveInfo(_folder);
            var used = drive.TotalSize - drive.TotalFreeSpace;
            if (Mount("tmpfs", _folder, "tmpfs", Remount, string.Create(CultureInfo.InvariantCulture, $"size={used},mode=0700")) == 0)
            {
                return;
            }

            if (attempt == Attempts)
            {
                throw new IOException($"The small disk {_folder} cannot be made as small as its {used} bytes: {Marshal.GetLastPInvokeErrorMessage()}.");
            }
        }
    }

    /// <summary>Gives room again.</summary>
    /// <exception cref="IOException">It cannot be made larger.</exception>
    public void MakeRoom()
    {
        if (Mount("tmpfs", _folder, "tmpfs", Remount, Roomy) != 0)
        {
            throw new IOException($"The small disk {_folder} cannot be made larger: {Marshal.GetLastPInvokeErrorMessage()}.");
        }
    }

    /// <summary>Unmounts it; what is in it is gone.</summary>
    public void Dispose()
    {
        if (_isMounted)
        {
            _isMounted = false;
            _ = Unmount(_folder, Detach);
        }
    }

    private static void RemoveAbandoned()
    {
        foreach (var parts in File.ReadLines("/proc/mounts").Select(line => line.Split(' ')).Where(parts => parts is [var source, _, "tmpfs", ..] && source.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            if (int.TryParse(parts[0].AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var owner) && !IsAlive(owner))
            {
                _ = Unmount(parts[1], Detach);
            }
        }
    }

    private static bool IsAlive(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "mount", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Mount(string source, string target, string type, ulong flags, string options);

    [LibraryImport("libc", EntryPoint = "umount2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Unmount(string target, int flags);
}
