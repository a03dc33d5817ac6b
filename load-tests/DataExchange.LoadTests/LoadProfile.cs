namespace DataExchange.LoadTests;

/// <summary>A stretch of time with a rate that stays or changes evenly.</summary>
/// <param name="From">Operations a second at its beginning, 0 or more.</param>
/// <param name="To">Operations a second at its end, 0 or more; the mean of both is more than 0.</param>
/// <param name="Duration">How long it takes, more than zero.</param>
/// <param name="IsMeasured">Whether its operations count; what warms up does not.</param>
public sealed record LoadPhase(double From, double To, TimeSpan Duration, bool IsMeasured = true);

/// <summary>
/// When operations begin: an open loop, in which each has its time whatever became of those before. So a target that stands still is measured by all
/// operations that should have begun meanwhile, and not by the one that it held up (coordinated omission).
/// </summary>
public sealed class LoadProfile
{
    private readonly LoadPhase[] _phases;
    private readonly long[] _before;
    private readonly long[]? _instants;

    /// <summary>Puts phases behind each other.</summary>
    /// <param name="phases">The phases, one or more.</param>
    /// <exception cref="ArgumentException">There is none, or one has a rate or duration that is not allowed.</exception>
    public LoadProfile(params IReadOnlyList<LoadPhase> phases)
    {
        ArgumentNullException.ThrowIfNull(phases);
        foreach (var phase in phases)
        {
            if (!(phase.From >= 0 && phase.To >= 0 && phase.From + phase.To > 0 && double.IsFinite(phase.From + phase.To)) || phase.Duration <= TimeSpan.Zero)
            {
                throw new ArgumentException($"{phase} is no phase: rates are 0 or more and not both 0, a duration is more than zero", nameof(phases));
            }
        }

        _phases = phases.Count > 0 ? [.. phases] : throw new ArgumentException("a profile has one phase or more", nameof(phases));
        _before = new long[_phases.Length + 1];
        for (var i = 0; i < _phases.Length; i++)
        {
            _before[i + 1] = _before[i] + (long)Math.Round((_phases[i].From + _phases[i].To) / 2 * _phases[i].Duration.TotalSeconds);
        }
    }

    private LoadProfile(long[] instants)
    {
        var duration = TimeSpan.FromTicks(Math.Max(1, instants[^1] / 100));
        var rate = instants.Length / duration.TotalSeconds;
        (_instants, _phases, _before) = (instants, [new LoadPhase(rate, rate, duration)], [0, instants.Length]);
    }

    /// <summary>Whether operations begin at instants of their own, and the one phase tells their mean rate alone.</summary>
    public bool HasInstants => _instants is not null;

    /// <summary>The phases.</summary>
    public IReadOnlyList<LoadPhase> Phases => _phases;

    /// <summary>Operations in all.</summary>
    public long Count => _before[^1];

    /// <summary>How long it takes to begin all of them.</summary>
    public TimeSpan Duration => _phases.Aggregate(TimeSpan.Zero, (sum, phase) => sum + phase.Duration);

    /// <summary>The first operation that counts.</summary>
    public long FirstMeasured => _before[Array.FindIndex(_phases, phase => phase.IsMeasured) is >= 0 and var first ? first : _phases.Length];

    /// <summary>A steady rate, after a warm-up that rises to it.</summary>
    /// <param name="rate">Operations a second, more than 0.</param>
    /// <param name="duration">How long it is measured.</param>
    /// <param name="ramp">How long the rate rises before; zero for not at all.</param>
    public static LoadProfile Steady(double rate, TimeSpan duration, TimeSpan ramp = default) =>
        ramp > TimeSpan.Zero ? new(new LoadPhase(0, rate, ramp, IsMeasured: false), new LoadPhase(rate, rate, duration)) : new(new LoadPhase(rate, rate, duration));

    /// <summary>A steady rate with a burst: a third of the time before it, a third in it, a third after it.</summary>
    /// <param name="rate">Operations a second before and after, more than 0.</param>
    /// <param name="burst">Operations a second in it, more than <paramref name="rate"/>.</param>
    /// <param name="duration">How long all three take.</param>
    /// <param name="ramp">How long the rate rises before; zero for not at all.</param>
    /// <exception cref="ArgumentException">The burst is no burst.</exception>
    public static LoadProfile Burst(double rate, double burst, TimeSpan duration, TimeSpan ramp = default)
    {
        if (!(burst > rate))
        {
            throw new ArgumentException($"a burst has more than the {rate} operations a second before and after it, not {burst}", nameof(burst));
        }

        LoadPhase[] three = [new(rate, rate, duration / 3), new(burst, burst, duration / 3), new(rate, rate, duration / 3)];
        return new LoadProfile(ramp > TimeSpan.Zero ? [new LoadPhase(0, rate, ramp, IsMeasured: false), .. three] : three);
    }

    /// <summary>Operations at instants of their own, such as those of recorded traffic; all of them count.</summary>
    /// <param name="instants">When each begins, from the start: one or more, none negative or before the one before it.</param>
    /// <exception cref="ArgumentException">There is none, or they are not in order.</exception>
    public static LoadProfile At(IReadOnlyList<TimeSpan> instants)
    {
        ArgumentNullException.ThrowIfNull(instants);
        if (instants.Count == 0 || instants[0] < TimeSpan.Zero || instants.Zip(instants.Skip(1)).Any(pair => pair.Second < pair.First))
        {
            throw new ArgumentException("a profile has one instant or more, none negative and none before the one before it", nameof(instants));
        }

        return new LoadProfile([.. instants.Select(instant => instant.Ticks * TimeSpan.NanosecondsPerTick)]);
    }

    /// <summary>When an operation is to begin, in nanoseconds from the start.</summary>
    /// <param name="number">The operation, 0 to <see cref="Count"/> - 1.</param>
    public long DueNanoseconds(long number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(number, Count);
        if (_instants is not null)
        {
            return _instants[number];
        }

        var index = 0;
        var start = 0.0;
        while (number >= _before[index + 1])
        {
            start += _phases[index++].Duration.TotalSeconds;
        }

        var (phase, within) = (_phases[index], number - _before[index]);
        var seconds = phase.Duration.TotalSeconds;
        var slope = (phase.To - phase.From) / seconds;
        // Operations begun by t: From t + slope t² / 2; solved for t in the form that loses no digits when the slope is small.
        var root = Math.Sqrt(Math.Max(0, (phase.From * phase.From) + (2 * slope * within)));
        var t = within == 0 ? 0 : Math.Min(seconds, 2 * within / (phase.From + root));
        return (long)((start + t) * 1e9);
    }
}
