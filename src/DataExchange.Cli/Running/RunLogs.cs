using DataExchange.Domain;
using DataExchange.Domain.Trust;
using DataExchange.Exchange.Logs;
using DataExchange.Trust.Logs;

namespace DataExchange.Cli.Running;

/// <summary>The venues' logs of a run: the exchange asks for their heads, which the sink's end of the path knows.</summary>
/// <param name="keeper">The logs; the sink feeds them.</param>
/// <param name="sink">The path of the facts.</param>
internal sealed class RunLogs(LogKeeper keeper, StoreSink sink) : IVenueLogs
{
    public string OriginOf(VenueId venue) => keeper.Keys.Origin(venue.Value);

    public LogKey? KeyOf(VenueId venue, int generation)
    {
        // A folder of keys may hold no next one: then the venue keeps the one that it has.
        if (!keeper.Keys.Has(venue.Value, generation))
        {
            return null;
        }

        var key = keeper.Keys.Of(venue.Value, generation);
        return new LogKey(generation, key.KeyId, key.PublicKey);
    }

    public async ValueTask<TreeHead> HeadOfAsync(VenueId venue, CancellationToken cancellation)
    {
        await sink.CatchUpAsync(cancellation).ConfigureAwait(false);
        return keeper.HeadOf(venue.Value);
    }
}
