using System.Runtime.CompilerServices;

namespace DataExchange.Ledger.Store;

/// <summary>Growing and touching arrays.</summary>
internal static class Memory
{
    private const int PageBytes = 4_096;

    /// <summary>Makes an array at least so long, by doubling it.</summary>
    public static void Grow<T>(ref T[] array, int needed)
    {
        if (needed > array.Length)
        {
            Array.Resize(ref array, (int)Math.Min(Math.Max(needed, array.Length * 2L), Array.MaxLength));
        }
    }

    /// <summary>Writes to every page of an array, leaving what is there, so that none has to be fetched when it is first used.</summary>
    public static void Touch<T>(T[] array)
        where T : unmanaged
    {
        var step = Math.Max(1, PageBytes / Unsafe.SizeOf<T>());
        for (long at = 0; at < array.LongLength; at += step)
        {
            array[at] = array[at];
        }
    }
}
