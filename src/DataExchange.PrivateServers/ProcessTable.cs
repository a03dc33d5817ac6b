using System.Globalization;
using System.Runtime.InteropServices;

namespace DataExchange.PrivateServers;

/// <summary>Looks at and signals other processes.</summary>
internal static partial class ProcessTable
{
    public const int Interrupt = 2;
    public const int Quit = 3;
    public const int Kill = 9;
    public const int Terminate = 15;

    /// <summary>True while the process runs; an ended process that nobody has collected yet does not count.</summary>
    public static bool IsAlive(int pid)
    {
        if (!Directory.Exists("/proc/self"))
        {
            return Signal(pid, 0);
        }

        try
        {
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"));
            return stat[(stat.LastIndexOf(')') + 1)..].TrimStart()[0] is not ('Z' or 'X');
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>True when the process is the server with that argument, such as its data directory, and not a later one with the same number.</summary>
    public static bool IsServerOf(int pid, string argument) => IsServer(pid, arguments => arguments.Contains(argument));

    /// <summary>True while the process that was the server with that argument has not ended.</summary>
    // On its way out a process gives its memory back first, and its command line with it: an empty one is still that server.
    public static bool IsStillServerOf(int pid, string argument) =>
        IsServer(pid, arguments => arguments is [""] || arguments.Contains(argument));

    // The command line is used because, unlike /proc/N/cwd, root may read it in a container without further rights.
    private static bool IsServer(int pid, Func<string[], bool> isIt)
    {
        if (!IsAlive(pid))
        {
            return false;
        }

        try
        {
            return !Directory.Exists("/proc/self")
                || isIt(File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/cmdline")).Split('\0'));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Sends a signal; false when the process is gone or belongs to another user.</summary>
    public static bool Signal(int pid, int signal) => SendSignal(pid, signal) == 0;

    /// <summary>Waits until the process is gone; false when it still runs after the time-out.</summary>
    public static async Task<bool> WaitForEndAsync(Func<bool> isAlive, TimeSpan timeout, CancellationToken ct)
    {
        var until = Environment.TickCount64 + (long)timeout.TotalMilliseconds;
        while (isAlive())
        {
            if (Environment.TickCount64 > until)
            {
                return false;
            }

            await Task.Delay(20, ct);
        }

        return true;
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SendSignal(int pid, int signal);
}
