using System.Text.Json;
using DataExchange.Domain;
using DataExchange.EventStore.Reading;
using DataExchange.EventStore.Serialization;
using DataExchange.Exchange.Accounts;
using Npgsql;

namespace DataExchange.Cli.Running;

/// <summary>The books made again from the stored events.</summary>
/// <param name="Ledger">The ledger.</param>
/// <param name="At">Time of the last event posted; null without one.</param>
/// <param name="Defect">The first event that the ledger does not take; nothing after it was posted. Null when it takes them all.</param>
internal sealed record ReplayedLedger(MarketLedger Ledger, SimulatedTime? At, LedgerDefect? Defect);

/// <summary>Makes the market's ledger again from the events that it posts, in the order of commits.</summary>
internal static class StoredLedger
{
    private static readonly HashSet<string> PostedTypes =
        [.. EventRegistry.All.Where(type => MarketLedger.Types.Contains(type.Type)).SelectMany(EventRegistry.NamesOf)];

    /// <summary>Posts the events up to and including a time.</summary>
    /// <param name="database">The store's database.</param>
    /// <param name="until">The time; null for all.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="JsonException">An event cannot be read; <c>dx verify</c> names it.</exception>
    public static async Task<ReplayedLedger> ReplayAsync(NpgsqlDataSource database, SimulatedTime? until, CancellationToken cancellation)
    {
        var ledger = new MarketLedger();
        SimulatedTime? at = null;
        await foreach (var raw in new RawEventReader(database).ReadTypesAsync(PostedTypes, cancellation).ConfigureAwait(false))
        {
            var fact = EventJson.Read(raw.TypeName, raw.Json.Span);
            if (fact.At > until)
            {
                break;
            }

            if (ledger.Take(raw.Sequence, raw.StreamId, (int)raw.Version, fact) is { } defect)
            {
                return new ReplayedLedger(ledger, at, defect);
            }

            at = fact.At;
        }

        return new ReplayedLedger(ledger, at, null);
    }
}
