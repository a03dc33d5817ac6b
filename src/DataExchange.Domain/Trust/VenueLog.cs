using System.Collections.Immutable;

namespace DataExchange.Domain.Trust;

/// <summary>A command to a venue's log.</summary>
/// <param name="Venue">The venue.</param>
public abstract record LogCommand(VenueId Venue) : Command
{
    /// <inheritdoc />
    public override string Stream => StreamId.Log(Venue);

    internal abstract Decision Decide(VenueLog state);
}

/// <summary>A venue's log, as far as the heads tell it.</summary>
/// <param name="Origin">Its name; empty before it is opened.</param>
/// <param name="Key">The key that signs its heads; null before it is opened.</param>
/// <param name="Published">The last head that the venue published.</param>
/// <param name="OwnLeaves">Facts of this stream since then, that head included: leaves of the log that are about logs.</param>
/// <param name="Anchored">The last head of each other venue's log that is anchored here, by the venue's id.</param>
public sealed record VenueLog(
    string Origin, LogKey? Key, TreeHead Published, long OwnLeaves, ImmutableSortedDictionary<string, TreeHead> Anchored)
{
    private static readonly TreeHead None = new(0, "");

    internal static readonly VenueLog Closed =
        new("", null, None, 0, ImmutableSortedDictionary.Create<string, TreeHead>(StringComparer.Ordinal));

    internal TreeHead HeadOf(VenueId other) => Anchored.GetValueOrDefault(other.Value, None);
}

/// <summary>Keeps what is said of the heads of a venue's log: they never shrink, never fork, and those of others are anchored.</summary>
public sealed class LogDecider : IDecider<LogCommand, VenueLog>
{
    private LogDecider()
    {
    }

    /// <inheritdoc />
    public static string StreamKind => "log";

    /// <inheritdoc />
    public static string Capability => "Trust";

    /// <inheritdoc />
    public static VenueLog Initial => VenueLog.Closed;

    /// <inheritdoc />
    public static Decision Decide(LogCommand command, VenueLog state)
    {
        ArgumentNullException.ThrowIfNull(command);
        return command.Decide(state);
    }

    /// <inheritdoc />
    public static VenueLog Evolve(VenueLog state, Event @event)
    {
        ArgumentNullException.ThrowIfNull(state);
        return @event switch
        {
            LogOpened e when state.Key is null => state with { Origin = e.Origin, Key = e.Key, OwnLeaves = 1 },
            LogKeyRotated e when state.Key is { } old && e.Key.KeyId != old.KeyId && e.Key.Generation > old.Generation =>
                state with { Key = e.Key, OwnLeaves = state.OwnLeaves + 1 },
            TreeHeadPublished e when state.Key is not null && e.Head.Size > state.Published.Size =>
                state with { Published = e.Head, OwnLeaves = 1 },
            TreeHeadAnchored e when state.Key is not null && e.Other != e.Venue && e.Head.Size > state.HeadOf(e.Other).Size =>
                state with { Anchored = state.Anchored.SetItem(e.Other.Value, e.Head), OwnLeaves = state.OwnLeaves + 1 },
            _ => throw new ImpossibleHistoryException(@event, state.Published),
        };
    }

    /// <inheritdoc />
    public static bool IsTerminal(VenueLog state) => false;
}
