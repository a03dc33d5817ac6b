using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace DataExchange.WarmDx;

/// <summary>The process's own file descriptors: redirected as a shell does it, so that whatever writes to them is caught.</summary>
internal static partial class Descriptors
{
    public const int Input = 0;
    public const int Output = 1;
    public const int Error = 2;

    // F_DUPFD_CLOEXEC of Linux: a server that a run starts must not hold on to our questions and answers.
    private const int DuplicateClosedOnExec = 1030;

    /// <summary>A stream over another descriptor of what this one is now.</summary>
    public static FileStream Copy(int descriptor) =>
        new(new SafeFileHandle(Checked(Duplicate(descriptor, DuplicateClosedOnExec, 3)), ownsHandle: true), descriptor == Input ? FileAccess.Read : FileAccess.Write, bufferSize: 0);

    /// <summary>Makes a descriptor that of a file; a file that is written begins empty.</summary>
    public static void Redirect(int descriptor, string path)
    {
        using var file = new FileStream(
            path, descriptor == Input ? FileMode.Open : FileMode.Create, descriptor == Input ? FileAccess.Read : FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        Checked(Replace((int)file.SafeFileHandle.DangerousGetHandle(), descriptor));
    }

    private static int Checked(int result) => result >= 0 ? result : throw new Win32Exception(Marshal.GetLastPInvokeError());

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Duplicate(int descriptor, int how, int from);

    [LibraryImport("libc", EntryPoint = "dup2", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Replace(int descriptor, int by);
}
