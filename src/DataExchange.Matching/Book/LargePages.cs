using System.Runtime.InteropServices;

namespace DataExchange.Matching.Book;

/// <summary>
/// Asks Linux to put large pages (2 MiB) behind memory: books, orders and tables lie far apart, and with pages of 4 KiB each of them costs a walk
/// through the page tables too, in a virtual machine through two of them. It is advice: what comes of it changes no result.
/// </summary>
internal static partial class LargePages
{
    private const int Small = 4_096;

    /// <summary><c>MADV_HUGEPAGE</c> of <c>linux/mman.h</c>: for machines that give large pages only to who asks, which is what distributions set.</summary>
    private const int GiveLargePages = 14;

    /// <summary><c>MADV_COLLAPSE</c>, since Linux 6.1: for memory that was touched already.</summary>
    private const int PutTogether = 25;

    /// <summary>Asks for large pages where nothing has been touched yet.</summary>
    /// <param name="first">Where the memory begins.</param>
    /// <param name="bytes">How long it is.</param>
    public static unsafe void Prefer(void* first, long bytes) => Advise(first, bytes, GiveLargePages);

    /// <summary>Asks for the small pages that are there to be put together.</summary>
    /// <param name="first">Where the memory begins.</param>
    /// <param name="bytes">How long it is.</param>
    public static unsafe void Gather(void* first, long bytes) => Advise(first, bytes, PutTogether);

    private static unsafe void Advise(void* first, long bytes, int advice)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var from = ((nuint)first + Small - 1) & ~(nuint)(Small - 1);
        var until = ((nuint)first + (nuint)bytes) & ~(nuint)(Small - 1);
        if (until > from)
        {
            // A kernel without large pages refuses, and nothing is lost.
            _ = Advise((void*)from, until - from, advice);
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial int Advise(void* first, nuint bytes, int advice);
}
