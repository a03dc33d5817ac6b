namespace DataExchange.Simulation.Population;

/// <summary>
/// Which days are worked: Monday to Friday except public holidays, and the Saturdays and Sundays worked in exchange (调休上班). Outside
/// the days it covers, where no holiday is known, Monday to Friday are worked.
/// </summary>
public sealed class WorkCalendar
{
    private readonly bool[] _worked;

    /// <summary>Makes the calendar of the covered days.</summary>
    /// <param name="from">First covered day.</param>
    /// <param name="to">Last covered day, not before the first.</param>
    /// <param name="holidays">Days off; weekends among them change nothing. Days outside the covered ones are not looked at.</param>
    /// <param name="makeUpDays">Saturdays and Sundays that are worked.</param>
    /// <exception cref="ArgumentException">A make-up day is a holiday too, or is no Saturday or Sunday.</exception>
    public WorkCalendar(DateOnly from, DateOnly to, IEnumerable<DateOnly> holidays, IEnumerable<DateOnly> makeUpDays)
    {
        ArgumentNullException.ThrowIfNull(holidays);
        ArgumentNullException.ThrowIfNull(makeUpDays);
        ArgumentOutOfRangeException.ThrowIfLessThan(to, from);
        (From, To) = (from, to);
        var off = holidays.ToHashSet();
        var on = makeUpDays.ToHashSet();
        foreach (var day in on.Where(day => off.Contains(day) || IsWeekday(day)))
        {
            throw new ArgumentException(
                $"{day:yyyy-MM-dd} cannot be a make-up day: it must be a Saturday or Sunday and no holiday.", nameof(makeUpDays));
        }

        _worked = new bool[to.DayNumber - from.DayNumber + 1];
        for (var i = 0; i < _worked.Length; i++)
        {
            var day = from.AddDays(i);
            _worked[i] = on.Contains(day) || (IsWeekday(day) && !off.Contains(day));
        }
    }

    /// <summary>First covered day.</summary>
    public DateOnly From { get; }

    /// <summary>Last covered day.</summary>
    public DateOnly To { get; }

    /// <summary>Whether a day is worked.</summary>
    /// <param name="day">Any day.</param>
    public bool IsWorkingDay(DateOnly day)
    {
        var index = day.DayNumber - From.DayNumber;
        return index >= 0 && index < _worked.Length ? _worked[index] : IsWeekday(day);
    }

    /// <summary>The working day so many working days after (or before) a day.</summary>
    /// <param name="day">Any day, worked or not; it is not counted itself.</param>
    /// <param name="workingDays">0 gives the day itself, or the next working day when it is not worked; negative counts backwards.</param>
    public DateOnly AddWorkingDays(DateOnly day, int workingDays)
    {
        var step = workingDays < 0 ? -1 : 1;
        for (var left = Math.Abs(workingDays); left > 0; left -= IsWorkingDay(day) ? 1 : 0)
        {
            day = day.AddDays(step);
        }

        while (!IsWorkingDay(day))
        {
            day = day.AddDays(1);
        }

        return day;
    }

    /// <summary>Number of working days from one day to another, both included; 0 when the second is before the first.</summary>
    /// <param name="first">First day counted.</param>
    /// <param name="last">Last day counted.</param>
    public int CountWorkingDays(DateOnly first, DateOnly last)
    {
        var count = 0;
        for (var day = first; day <= last; day = day.AddDays(1))
        {
            count += IsWorkingDay(day) ? 1 : 0;
        }

        return count;
    }

    private static bool IsWeekday(DateOnly day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);
}
