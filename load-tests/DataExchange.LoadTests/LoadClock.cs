using System.Diagnostics;
using System.Runtime.InteropServices;

namespace DataExchange.LoadTests;

/// <summary>The time that a run goes by.</summary>
internal abstract partial class LoadClock
{
    /// <summary>The machine's.</summary>
    public static LoadClock Machine { get; } = new MachineClock();

    /// <summary>Now, nanoseconds.</summary>
    public abstract long Now { get; }

    /// <summary>Waits, without using the processor that it may share with the target; it may come back a little late.</summary>
    public abstract void SleepUntil(long nanoseconds);

    private sealed partial class MachineClock : LoadClock
    {
        // Below that a thread that sleeps comes back later than it should.
        private const long Shortest = 60_000;
        private static readonly double NanosecondsPerTick = 1e9 / Stopwatch.Frequency;

        public override long Now => (long)(Stopwatch.GetTimestamp() * NanosecondsPerTick);

        public override void SleepUntil(long nanoseconds)
        {
            while (nanoseconds - Now is > 0 and var left)
            {
                if (left <= Shortest)
                {
                    Thread.Yield();
                }
                else if (OperatingSystem.IsLinux())
                {
                    var time = new Time { Seconds = left / 1_000_000_000, Nanoseconds = (left % 1_000_000_000) - (left < 1_000_000 ? Shortest / 2 : 0) };
                    _ = Sleep(in time, IntPtr.Zero);
                }
                else
                {
                    Thread.Sleep(left > 2_000_000 ? 1 : 0);
                }
            }
        }

        // Thread.Sleep knows milliseconds alone: at 10,000 operations a second it would have them begin in tens.
        [LibraryImport("libc", EntryPoint = "nanosleep")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        private static partial int Sleep(in Time time, IntPtr left);

        private struct Time
        {
            public long Seconds;
            public long Nanoseconds;
        }
    }
}
