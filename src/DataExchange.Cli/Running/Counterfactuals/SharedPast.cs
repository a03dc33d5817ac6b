using System.Text.Json;
using System.Text.Json.Serialization;
using DataExchange.EventStore.Reading;
using DataExchange.EventStore.Serialization;
using Npgsql;

namespace DataExchange.Cli.Running.Counterfactuals;

/// <summary>The first events of two stores that are not the same.</summary>
/// <param name="Sequence">Their place in the order of commits, from 1.</param>
/// <param name="A">That of the first store; null where it has no more.</param>
/// <param name="B">That of the second.</param>
internal sealed record FirstDifference(long Sequence, DifferingEvent? A, DifferingEvent? B);

/// <summary>One of two events that differ.</summary>
/// <param name="At">Simulated time.</param>
/// <param name="Stream">Its stream.</param>
/// <param name="Type">The name it is stored under.</param>
internal sealed record DifferingEvent(string At, string Stream, string Type)
{
    /// <summary>Its day.</summary>
    [JsonIgnore]
    public DateOnly Day { get; init; }
}

/// <summary>How far two stores are the same, event for event.</summary>
/// <param name="Events">So many events at the beginning are the same.</param>
/// <param name="Difference">What comes then; null where both end.</param>
internal sealed record SharedPast(long Events, FirstDifference? Difference)
{
    /// <summary>Whether everything before a day is the same.</summary>
    public bool Reaches(DateOnly day) => Difference is null || (At(Difference.A) >= day && At(Difference.B) >= day);

    /// <summary>Reads two stores side by side.</summary>
    public static async Task<SharedPast> OfAsync(NpgsqlDataSource a, NpgsqlDataSource b, CancellationToken cancellation)
    {
        await using var left = new RawEventReader(a).ReadBySequenceAsync(cancellation: cancellation).GetAsyncEnumerator(cancellation);
        await using var right = new RawEventReader(b).ReadBySequenceAsync(cancellation: cancellation).GetAsyncEnumerator(cancellation);
        for (var shared = 0L; ; shared++)
        {
            var (more, moreToo) = (await left.MoveNextAsync().ConfigureAwait(false), await right.MoveNextAsync().ConfigureAwait(false));
            if (!more && !moreToo)
            {
                return new(shared, null);
            }

            if (!more || !moreToo || !AreSame(left.Current, right.Current))
            {
                return new(shared, new(shared + 1, more ? Describe(left.Current) : null, moreToo ? Describe(right.Current) : null));
            }
        }
    }

    private static bool AreSame(RawEvent one, RawEvent other) =>
        one.StreamId == other.StreamId && one.Version == other.Version && one.TypeName == other.TypeName && one.Json.Span.SequenceEqual(other.Json.Span);

    private static DifferingEvent Describe(RawEvent raw)
    {
        try
        {
            var at = EventJson.Read(raw.TypeName, raw.Json.Span).At;
            return new(at.ToString(), raw.StreamId, raw.TypeName) { Day = at.Date };
        }
        catch (JsonException)
        {
            // As after a change by hand: it has no time then, and is no past that is shared.
            return new("", raw.StreamId, raw.TypeName);
        }
    }

    // A store that has ended differs from a later day on than any other.
    private static DateOnly At(DifferingEvent? one) => one?.Day ?? DateOnly.MaxValue;
}
