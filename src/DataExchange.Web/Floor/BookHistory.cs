using DataExchange.Domain;
using DataExchange.Domain.Trading;
using DataExchange.Exchange.Books;
using DataExchange.Web.Market;

namespace DataExchange.Web.Floor;

/// <summary>
/// The whole life of a stored order book, to be looked at from any moment. Its orders go through a matching core again as they are read, and what that says is
/// compared with what is stored. One moment a day is kept, and a day is gone through again when it is asked for.
/// </summary>
/// <param name="product">The product.</param>
internal sealed class BookHistory(string product)
{
    /// <summary>Most frames of a day; of a day with more steps some are passed over.</summary>
    internal const int MostFrames = 1_000;

    private readonly List<Event> _facts = [];
    private readonly List<Day> _days = [];
    private readonly BookReplay _replay = new();
    private BookMoment _last = BookMoment.Beginning;

    /// <summary>Facts that were read.</summary>
    internal int Count => _facts.Count;

    /// <summary>What first is not as the matching core says; null when all is.</summary>
    internal string? Deviation { get; private set; }

    /// <summary>The day on which the book opened.</summary>
    internal DateOnly FirstDay => _days[0].Date;

    /// <summary>The last day on which anything happened in it.</summary>
    internal DateOnly LastDay => _days[^1].Date;

    /// <summary>When it last traded; when it opened, for one that never did.</summary>
    internal SimulatedTime LastTrade { get; private set; }

    /// <summary>Takes the next fact.</summary>
    /// <param name="fact">The fact.</param>
    /// <exception cref="MarketUnreadableException">It cannot follow those before it.</exception>
    internal void Take(Event fact)
    {
        BookMoment next;
        try
        {
            next = _last.Next(fact);
            if (Deviation is null && _replay.Take(fact) is { } problem)
            {
                Deviation = $"{_facts.Count + 1}: {problem}";
            }
        }
        catch (ImpossibleHistoryException failure)
        {
            throw new MarketUnreadableException($"Fact {_facts.Count + 1} of the order book of {product} cannot follow those before it; './dx verify' says more.", failure);
        }

        if (_days.Count == 0 || fact.At.Date != _days[^1].Date)
        {
            _days.Add(new Day(fact.At.Date, _facts.Count, _last));
        }

        if (fact is PacksTraded || _facts.Count == 0)
        {
            LastTrade = fact.At;
        }

        _facts.Add(fact);
        _last = next;
    }

    /// <summary>When something first happened on a day.</summary>
    /// <param name="date">The day.</param>
    /// <returns>The moment; midnight of a day on which nothing did.</returns>
    internal SimulatedTime BeginningOf(DateOnly date) => Find(date) is { } day && day.Date == date ? _facts[day.First].At : SimulatedTime.On(date);

    /// <summary>The frame of a moment; null before the book opened.</summary>
    /// <param name="at">The moment.</param>
    internal FloorFrame? At(SimulatedTime at)
    {
        if (Find(at.Date) is not { } day || _facts[0].At > at)
        {
            return null;
        }

        FloorFrame? found = null;
        foreach (var (moment, what) in StepsOf(day))
        {
            if (moment.At > at)
            {
                break;
            }

            found = moment.Frame(what);
        }

        return found ?? day.Before.Frame("");
    }

    /// <summary>The days with facts next to a day.</summary>
    /// <param name="date">A day, not before <see cref="FirstDay"/>.</param>
    internal (string? Previous, string? Next) Beside(DateOnly date)
    {
        var index = _days.IndexOf(Find(date) ?? _days[0]);
        return (TextOf(_days[index].Date == date ? index - 1 : index), TextOf(index + 1));
    }

    /// <summary>All frames of a day; of one on which nothing happened the one with which the last day before it ended.</summary>
    /// <param name="date">A day, not before <see cref="FirstDay"/>.</param>
    internal BookDay On(DateOnly date)
    {
        var day = Find(date) ?? _days[0];
        var isOn = day.Date == date;
        var steps = StepsOf(day).ToList();
        if (!isOn)
        {
            steps = [(steps[^1].Moment, "")];
        }

        var every = (steps.Count + MostFrames - 1) / MostFrames;
        var (previous, next) = Beside(date);
        return new BookDay(
            TextOf(date), previous, next, steps.Count,
            [.. steps.Where((_, i) => (i + 1) % every == 0 || i == steps.Count - 1).Select(step => step.Moment.Frame(step.What))]);
    }

    private string? TextOf(int day) => day >= 0 && day < _days.Count ? TextOf(_days[day].Date) : null;

    private static string TextOf(DateOnly date) => date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    // The last day with facts that is not after a date.
    private Day? Find(DateOnly date)
    {
        var (low, high) = (0, _days.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _days[middle].Date <= date ? (middle + 1, high) : (low, middle);
        }

        return low == 0 ? null : _days[low - 1];
    }

    // A step is an input with all that followed from it: nobody ever saw the book in between.
    private IEnumerable<(BookMoment Moment, string What)> StepsOf(Day day)
    {
        var moment = day.Before;
        var what = new List<Event>();
        for (var i = day.First; i < _facts.Count && _facts[i].At.Date == day.Date; i++)
        {
            if (what.Count > 0 && (BookCore.IsInput(_facts[i]) || _facts[i].At != _facts[i - 1].At))
            {
                yield return (moment, FloorWords.Of(what));
                what.Clear();
            }

            moment = moment.Next(_facts[i]);
            what.Add(_facts[i]);
        }

        yield return (moment, FloorWords.Of(what));
    }

    private sealed record Day(DateOnly Date, int First, BookMoment Before);
}

/// <summary>A day of an order book, to be played.</summary>
/// <param name="Day">The day, <c>2025-03-31</c>.</param>
/// <param name="Previous">The last day before it on which something happened; null for none.</param>
/// <param name="Next">The first after it; null for none.</param>
/// <param name="Steps">How often the book changed on it.</param>
/// <param name="Frames">The frames, one at least.</param>
public sealed record BookDay(string Day, string? Previous, string? Next, int Steps, IReadOnlyList<FloorFrame> Frames);
