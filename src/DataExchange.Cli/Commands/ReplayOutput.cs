using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using DataExchange.Cli.Running;
using DataExchange.Cli.Running.Replay;

namespace DataExchange.Cli.Commands;

/// <summary>What <c>dx replay --json</c> prints last of a store; amounts in fen.</summary>
/// <param name="Run">Which run the store holds.</param>
/// <param name="From">Where the told range begins; null for the first event.</param>
/// <param name="To">The moment asked for; null for the last event.</param>
/// <param name="FirstAt">Time of the store's first event; null in an empty store.</param>
/// <param name="At">Time of the last event counted; null before the first.</param>
/// <param name="IsEnd">Whether the store has no later event.</param>
/// <param name="Events">Events counted: the first so many in the order of commits.</param>
/// <param name="EventsInStore">Events in the store.</param>
/// <param name="Digest">Digest of the events counted, docs/digest.md.</param>
/// <param name="ProductsListed">Products that ever came on a shelf; one on two counts once.</param>
/// <param name="Venues">Figures by venue since the first event, as <c>dx stats</c> has them.</param>
/// <param name="OnShelf">Products on each venue's shelf at the moment, suspended ones included.</param>
/// <param name="OpenDeals">Deals under way: not completed, and not ended otherwise.</param>
/// <param name="Deals">Deals by venue and stage.</param>
/// <param name="Refusals">Refusals by what and why.</param>
/// <param name="Balanced">Whether the trial balance holds.</param>
/// <param name="TrialBalanceFen">Debits less credits of the money accounts.</param>
/// <param name="Money">The money accounts in groups.</param>
/// <param name="Books">The order books by product.</param>
/// <param name="SinceFrom">What came about since the beginning of the told range.</param>
internal sealed record ReplayOutput(
    RunOutput Run,
    string? From,
    string? To,
    string? FirstAt,
    string? At,
    bool IsEnd,
    long Events,
    long EventsInStore,
    string Digest,
    long ProductsListed,
    IReadOnlyList<VenueYear> Venues,
    IReadOnlyDictionary<string, int> OnShelf,
    long OpenDeals,
    IReadOnlyList<StagedDealsOutput> Deals,
    IReadOnlyList<ReasonCount> Refusals,
    bool Balanced,
    long TrialBalanceFen,
    IReadOnlyList<LedgerGroup> Money,
    IReadOnlyList<BookAsOf> Books,
    ReplayTallyOutput SinceFrom);

/// <summary>Deals of a venue at a stage.</summary>
internal sealed record StagedDealsOutput(string Venue, string Stage, bool IsOpen, long Deals);

/// <summary>What came about in some time.</summary>
internal sealed record ReplayTallyOutput(long Events, IReadOnlyList<VenueTally> Venues);

/// <summary>A day in <c>dx replay --days --json</c>.</summary>
internal sealed record ReplayDayOutput(string Day, long Events, IReadOnlyList<VenueTally> Venues);

/// <summary>How the objects of <c>dx replay</c> become JSON.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ReplayOutput))]
[JsonSerializable(typeof(ReplayDayOutput))]
[JsonSerializable(typeof(LobsterOutput))]
[JsonSerializable(typeof(ReplayCsvOutput))]
internal sealed partial class ReplayJson : JsonSerializerContext
{
    /// <summary>The same with Chinese left as it is.</summary>
    public static ReplayJson Readable { get; } =
        new(new JsonSerializerOptions(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Converters = { new JsonStringEnumConverter() } });
}
