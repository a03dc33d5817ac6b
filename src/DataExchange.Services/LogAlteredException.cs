using DataExchange.EventStore;

namespace DataExchange.Services;

/// <summary>A venue's log, made again from the facts, is not the one that is stored: facts, tiles or heads were altered behind the program's back. Nothing was written over.</summary>
/// <param name="venue">The venue's id.</param>
/// <param name="where">The leaf, tile or head that differs, and how.</param>
public sealed class LogAlteredException(string venue, string where)
    : EventStoreException($"log {venue}, {where}: the log does not go on from it, and nothing was changed. './dx verify' says which of the two was altered; './dx restore' brings back a backup.")
{
    /// <summary>The venue's id.</summary>
    public string Venue => venue;
}
