using System.Diagnostics;
using System.Globalization;

namespace DataExchange.Services;

/// <summary>
/// The moments between two steps at which a process of services may die. Tests and <c>dx chaos</c> have it die at one of them, as by a power cut:
/// what comes after must be as if it had not.
/// </summary>
public sealed class CrashPoint
{
    /// <summary>Work was taken; nothing is decided.</summary>
    public const string Taken = "taken";

    /// <summary>Facts are decided; nothing is committed.</summary>
    public const string Decided = "decided";

    /// <summary>Facts are committed; nobody has heard of it.</summary>
    public const string Committed = "committed";

    /// <summary>Answers are given; the messages are not acknowledged yet.</summary>
    public const string Answered = "answered";

    /// <summary>Money is held for an order; the order is not decided.</summary>
    public const string Held = "held";

    /// <summary>A reaction was handled by its partition; the feed has not noted it.</summary>
    public const string Followed = "followed";

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All = [Taken, Decided, Committed, Answered, Held, Followed];

    private readonly string _step;
    private int _left;

    private CrashPoint(string step, int left) => (_step, _left) = (step, left);

    /// <summary>Reads <c>STEP:N</c>: to die when the step is reached for the N-th time.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Null where it is no such text.</returns>
    public static CrashPoint? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split(':');
        return parts.Length == 2 && All.Contains(parts[0]) && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0
            ? new CrashPoint(parts[0], count)
            : null;
    }

    internal void Reach(string step)
    {
        if (step == _step && Interlocked.Decrement(ref _left) == 0)
        {
            // SIGKILL: nothing is flushed, nothing is said.
            Process.GetCurrentProcess().Kill();
            Thread.Sleep(Timeout.Infinite);
        }
    }
}
