namespace DataExchange.Simulation.Kernel;

/// <summary>
/// How activity spreads over the days of the history: year × month × kind of day. Its quantile turns a share of all activity into a day,
/// so that events drawn uniformly in [0,1) follow the curve.
/// </summary>
public sealed class ActivityCurve
{
    private readonly DateOnly _from;
    private readonly double[] _cumulative;

    /// <summary>Makes the curve.</summary>
    /// <param name="from">First day.</param>
    /// <param name="until">Last day, not before the first.</param>
    /// <param name="weightOf">Weight of a day, 0 or more, at least one above 0.</param>
    public ActivityCurve(DateOnly from, DateOnly until, Func<DateOnly, double> weightOf)
    {
        ArgumentNullException.ThrowIfNull(weightOf);
        ArgumentOutOfRangeException.ThrowIfLessThan(until, from);
        _from = from;
        _cumulative = new double[until.DayNumber - from.DayNumber + 1];
        var total = 0.0;
        for (var i = 0; i < _cumulative.Length; i++)
        {
            total += weightOf(from.AddDays(i));
            _cumulative[i] = total;
        }

        if (total <= 0)
        {
            throw new ArgumentException("no day has any activity", nameof(weightOf));
        }

        for (var i = 0; i < _cumulative.Length; i++)
        {
            _cumulative[i] /= total;
        }
    }

    /// <summary>The day by which a share of all activity has happened.</summary>
    /// <param name="share">In [0,1); 1 or more gives no day.</param>
    public DateOnly? DayAt(double share)
    {
        if (share >= 1)
        {
            return null;
        }

        var index = Array.BinarySearch(_cumulative, share);
        // A day whose end is hit exactly leaves the share to the next day with any weight.
        index = index < 0 ? ~index : index + 1;
        while (index < _cumulative.Length && _cumulative[index] <= share)
        {
            index++;
        }

        return index < _cumulative.Length ? _from.AddDays(index) : null;
    }

    /// <summary>The share of all activity that has happened by the end of a day.</summary>
    public double ShareBy(DateOnly day)
    {
        var index = day.DayNumber - _from.DayNumber;
        return index < 0 ? 0 : _cumulative[Math.Min(index, _cumulative.Length - 1)];
    }
}
