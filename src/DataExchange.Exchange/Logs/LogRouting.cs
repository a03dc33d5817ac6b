using System.Collections.Frozen;
using System.Reflection;
using DataExchange.Domain;
using DataExchange.Domain.Trading;
using DataExchange.Domain.Trust;

namespace DataExchange.Exchange.Logs;

/// <summary>
/// Which venue's log a fact is a leaf of. It is asked for every fact in the order of commits, and answers by what facts say, so that whoever
/// reads the facts again gets the same answer:
/// <list type="number">
/// <item>The venue that the fact itself names: by its field <c>venue</c>, or as the party that made it.</item>
/// <item>Else, for a fact of a product, a deal or a requirement, the venue that was named first in a fact of that product, deal or requirement.</item>
/// <item>Else the keeper of the common register: the venue whose log was opened first.</item>
/// </list>
/// A venue counts from the moment that its log is opened; what is recorded before the first log is opened is in no log. When a deal is
/// completed the second rule forgets it: what comes after that, late claims and their consequences, names the venue.
/// </summary>
public sealed class LogRouting
{
    private const string VenueParty = "venue-";

    // Before the tables that are made with it.
    private static readonly MethodInfo Reader = typeof(LogRouting).GetMethod(nameof(ReaderOf), BindingFlags.NonPublic | BindingFlags.Static)!;

    private static readonly FrozenDictionary<Type, Func<Event, VenueId>> NamedVenue =
        typeof(Event).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Event)) && !type.IsAbstract && VenueOf(type) is not null)
            .ToFrozenDictionary(type => type, type => (Func<Event, VenueId>)Reader.MakeGenericMethod(type).Invoke(null, [VenueOf(type)])!);

    private static readonly FrozenDictionary<string, Subject> Subjects = new Dictionary<string, Subject>
    {
        ["product"] = Subject.Product,
        ["pricing"] = Subject.Product,
        ["listing"] = Subject.Product,
        ["offer"] = Subject.Product,
        ["book"] = Subject.Product,
        ["deal"] = Subject.Deal,
        ["settlement"] = Subject.Deal,
        ["requirement"] = Subject.Requirement,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly List<string> _venues = [];
    private readonly Dictionary<string, int> _products = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _deals = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _requirements = new(StringComparer.Ordinal);

    private enum Subject
    {
        None,
        Product,
        Deal,
        Requirement,
    }

    /// <summary>The venues whose logs are open, in the order of opening.</summary>
    public IReadOnlyList<string> Venues => _venues;

    /// <summary>Counts a venue's log as opened, for whoever knows that it is without reading the fact.</summary>
    /// <param name="venue">The venue.</param>
    public void Open(VenueId venue)
    {
        if (!_venues.Contains(venue.Value))
        {
            _venues.Add(venue.Value);
        }
    }

    /// <summary>The log that a fact is a leaf of; null before the first log is opened.</summary>
    /// <param name="stream">The fact's stream.</param>
    /// <param name="fact">The fact; null when it cannot be read: then it names no venue.</param>
    /// <returns>The place of the venue in <see cref="Venues"/>.</returns>
    public int? LogOf(string stream, Event? fact)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (fact is LogOpened opened)
        {
            Open(opened.Venue);
        }

        if (_venues.Count == 0)
        {
            return null;
        }

        var named = fact is null ? -1 : Named(fact);
        var kind = StreamId.KindOf(stream);
        if (!Subjects.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(kind, out var subject))
        {
            return named < 0 ? 0 : named;
        }

        var known = (subject switch { Subject.Product => _products, Subject.Deal => _deals, _ => _requirements }).GetAlternateLookup<ReadOnlySpan<char>>();
        var name = stream.AsSpan(kind.Length + 1);
        if (named < 0)
        {
            named = known.TryGetValue(name, out var first) ? first : 0;
        }
        else
        {
            known.TryAdd(name, named);
        }

        if (fact is DealCompleted)
        {
            known.Remove(name);
        }

        return named;
    }

    private int Named(Event fact)
    {
        if (NamedVenue.TryGetValue(fact.GetType(), out var read))
        {
            return IndexOf(read(fact).Value);
        }

        return fact.By.Value.StartsWith(VenueParty, StringComparison.Ordinal) ? IndexOf(fact.By.Value.AsSpan(VenueParty.Length)) : -1;
    }

    // A market has a handful of venues.
    private int IndexOf(ReadOnlySpan<char> venue)
    {
        for (var i = 0; i < _venues.Count; i++)
        {
            if (venue.SequenceEqual(_venues[i]))
            {
                return i;
            }
        }

        return -1;
    }

    private static PropertyInfo? VenueOf(Type type) =>
        type.GetProperty("Venue", BindingFlags.Public | BindingFlags.Instance) is { } property && property.PropertyType == typeof(VenueId) ? property : null;

    private static Func<Event, VenueId> ReaderOf<T>(PropertyInfo venue)
        where T : Event
    {
        var read = venue.GetMethod!.CreateDelegate<Func<T, VenueId>>();
        return fact => read((T)fact);
    }
}
