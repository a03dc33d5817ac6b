using System.Diagnostics;
using DataExchange.Domain;

namespace DataExchange.Cli.Running.Replay;

/// <summary>Lets simulated time pass at a speed.</summary>
/// <param name="speed">Simulated seconds a second; null for as fast as possible.</param>
internal sealed class ReplayPace(double? speed)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);
    private readonly Stopwatch _clock = new();
    private SimulatedTime _begin;

    /// <summary>Waits until a moment has come. The first moment is now.</summary>
    /// <param name="at">The moment.</param>
    /// <param name="cancellation">Stops the waiting.</param>
    public async ValueTask UntilAsync(SimulatedTime at, CancellationToken cancellation)
    {
        if (speed is not { } simulatedPerSecond)
        {
            return;
        }

        if (!_clock.IsRunning)
        {
            _begin = at;
            _clock.Start();
        }

        var due = (at.UnixSeconds - _begin.UnixSeconds) / simulatedPerSecond;
        while (due - _clock.Elapsed.TotalSeconds is > 0 and var rest)
        {
            // What was said so far is to be seen while it waits.
            await Console.Out.FlushAsync(cancellation).ConfigureAwait(false);
            await Task.Delay(rest < LongestWait.TotalSeconds ? TimeSpan.FromSeconds(rest) : LongestWait, cancellation).ConfigureAwait(false);
        }
    }
}
