using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using DataExchange.Cli.Running;
using DataExchange.Postgres;

namespace DataExchange.Cli.Commands;

/// <summary>What <c>dx verify --json</c> prints.</summary>
internal sealed record VerifyOutput(
    bool Verified, long Events, string Digest, IReadOnlyList<string> Problems, long? RunEvents, string? RunDigest);

/// <summary>What <c>dx simulate --json</c> prints last.</summary>
internal sealed record SimulateOutput(
    string Scenario,
    ulong Seed,
    double Scale,
    long ProductsListed,
    long TransactionsRegistered,
    long RegisteredAmountFen,
    long Events,
    string Digest,
    double Seconds,
    double EventsPerSecond,
    bool Verified,
    double StoringSeconds,
    IReadOnlyList<CalibrationOutput> Calibration,
    long LogSize,
    string LogRoot,
    long TrialBalanceFen,
    int LedgerAccounts,
    int LedgerTransfers,
    long Invoices,
    IReadOnlyList<LogSizeOutput> Logs,
    string? RunDigest,
    string? Report);

/// <summary>A venue's log in the output.</summary>
internal sealed record LogSizeOutput(string Venue, string Origin, long Size, string Root);

/// <summary>What <c>dx ledger trial-balance --json</c> prints. The difference is that of the money accounts, in fen.</summary>
internal sealed record TrialBalanceOutput(bool Balanced, long TrialBalanceFen, int Accounts, int Transfers, string? At);

/// <summary>What <c>dx ledger account --json</c> prints; amounts in fen, of licences in units.</summary>
internal sealed record LedgerAccountOutput(
    string Name,
    string Class,
    string Unit,
    string? At,
    long DebitsPosted,
    long CreditsPosted,
    long DebitsPending,
    long CreditsPending,
    long NetDebit,
    IReadOnlyList<LedgerEntryOutput> Entries);

/// <summary>A transfer of an account.</summary>
internal sealed record LedgerEntryOutput(
    string At, long Event, string? Deal, string Kind, string Code, string Debit, string Credit, long Amount);

/// <summary>An account in <c>dx ledger accounts --json</c>: debits less credits, in fen or units.</summary>
internal sealed record LedgerBalanceOutput(string Account, string Class, string Unit, long Balance);

/// <summary>What <c>dx log head --json</c> prints: of the logs together what <c>dx simulate --json</c> says of them, and each.</summary>
internal sealed record LogHeadsOutput(long LogSize, string LogRoot, IReadOnlyList<LogHeadOutput> Logs);

/// <summary>What <c>dx log head --json</c> prints of a log.</summary>
internal sealed record LogHeadOutput(string Venue, string Origin, long Size, string Root, string Note, string? KeyId, string? PublicKey);

/// <summary>What <c>dx log consistency --json</c> prints.</summary>
internal sealed record LogConsistencyOutput(
    string Venue, string Origin, long M, string RootM, long N, string RootN, IReadOnlyList<string> Path, bool Consistent);

/// <summary>What <c>dx invoice --json</c> and <c>dx certificate --json</c> print.</summary>
/// <param name="Handle">Handle of the document.</param>
/// <param name="KeyId">Id of the key that signed.</param>
/// <param name="Issuer">The key as did:key.</param>
/// <param name="Digest">SHA-256 of the file, hexadecimal.</param>
/// <param name="Code">Text of the QR code.</param>
/// <param name="Out">The document's file; null when none was written.</param>
/// <param name="Pdf">The PDF file; null when none was written.</param>
/// <param name="Html">The page's file; null when none was written.</param>
/// <param name="Document">The signed document.</param>
internal sealed record VoucherOutput(
    string Handle, string KeyId, string Issuer, string Digest, string Code, string? Out, string? Pdf, string? Html, JsonElement Document);

/// <summary>What <c>dx verify FILE --json</c> prints.</summary>
/// <param name="Verified">Whether it holds.</param>
/// <param name="File">The file.</param>
/// <param name="Type">What it is: type of the document, <c>LogProof</c>, <c>QrCodeOfInvoice</c> or <c>QrCodeOfCertificate</c>.</param>
/// <param name="Handle">What it is about.</param>
/// <param name="Venue">The venue that it says issued it.</param>
/// <param name="Issuer">The issuer's key as did:key.</param>
/// <param name="KeyId">Id of the key checked against.</param>
/// <param name="IsKeyTrusted">Whether the key was given with --key; otherwise it is the file's own.</param>
/// <param name="IsThrowAwayKey">Whether the document says that anyone can compute the key.</param>
/// <param name="SignedAt">Date of the signature.</param>
/// <param name="ValidFrom">First moment of its validity.</param>
/// <param name="ValidUntil">First moment after it.</param>
/// <param name="At">The moment for which validity was checked.</param>
/// <param name="Facts">Facts proved from the log.</param>
/// <param name="Digest">SHA-256 of the file, hexadecimal.</param>
/// <param name="Problem">What is wrong; null when nothing is.</param>
/// <param name="DocumentDigest">Of a QR code: SHA-256 of the document that it belongs to.</param>
/// <param name="AmountFen">Of an invoice's QR code: the price, fen.</param>
internal sealed record VerifyFileOutput(
    bool Verified,
    string File,
    string Type,
    string Handle,
    string? Venue,
    string? Issuer,
    string? KeyId,
    bool IsKeyTrusted,
    bool? IsThrowAwayKey,
    string? SignedAt,
    string? ValidFrom,
    string? ValidUntil,
    string? At,
    IReadOnlyList<string> Facts,
    string Digest,
    string? Problem,
    string? DocumentDigest = null,
    long? AmountFen = null);

/// <summary>A calibrated parameter in the output.</summary>
internal sealed record CalibrationOutput(string Parameter, double Value, string Measure, double Target, double Reached, double Error);

/// <summary>What <c>dx bench store</c> writes. Rates in events a second, times in seconds, ratios against the COPY of the same run.</summary>
internal sealed record StoreBenchOutput(
    string System,
    int Cores,
    string Runtime,
    int SyntheticEvents,
    double CopyWithoutIndexes,
    double CopyWithIndexes,
    double BulkWriter,
    double? ScalingExponent,
    IReadOnlyList<StoreBenchRun> Runs);

/// <summary>A whole simulation in the benchmark.</summary>
internal sealed record StoreBenchRun(
    double Scale, long Events, double WallSeconds, double EventsPerSecond, double ToCopy, double ToCopyWithIndexes, long PeakBytes);

/// <summary>What <c>dx show --json</c> prints.</summary>
/// <param name="Id">The stream asked for.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Product">The product's read model without its entries; null for anything else.</param>
/// <param name="Deal">The deal's read model; null for anything else.</param>
/// <param name="Events">Every event in order of time.</param>
/// <param name="Deals">The product's deals; null for anything else.</param>
internal sealed record ShowOutput(
    string Id,
    string Kind,
    JsonElement? Product,
    JsonElement? Deal,
    IReadOnlyList<ShownEventOutput> Events,
    IReadOnlyList<JsonElement>? Deals);

/// <summary>An event in a timeline; what an unreadable one does not tell is null.</summary>
internal sealed record ShownEventOutput(
    string? At,
    string? By,
    string? ByName,
    string? ByNameEn,
    string Stream,
    long Version,
    string Event,
    string? Zh,
    string? En,
    long Sequence,
    DateTimeOffset StoredAt,
    JsonElement Data);

/// <summary>An event in <c>dx events --json</c>, one a line.</summary>
internal sealed record EventOutput(
    string Stream, long Version, string Type, string? At, long Sequence, DateTimeOffset StoredAt, JsonElement Data);

/// <summary>What <c>dx shelf --json</c> prints.</summary>
/// <param name="Found">Entries that match, also those beyond the limit.</param>
/// <param name="Entries">The entries, those that sold most first.</param>
internal sealed record ShelfOutput(int Found, IReadOnlyList<JsonElement> Entries);

/// <summary>What <c>dx book --json</c> prints. Prices are fen a pack.</summary>
/// <param name="Product">The product.</param>
/// <param name="TitleZh">Its title in Chinese; null when it is unknown.</param>
/// <param name="TitleEn">Its title in English.</param>
/// <param name="Venue">The venue.</param>
/// <param name="At">The moment asked for; without one the book's last event.</param>
/// <param name="Phase">What the book is doing.</param>
/// <param name="IsSuspended">Whether the product is suspended.</param>
/// <param name="IsClosed">Whether the book is closed for good.</param>
/// <param name="HaltUntil">When a halt ends; null when there is none.</param>
/// <param name="BestBidFen">Highest price asked for by a buyer; null without one.</param>
/// <param name="BestAskFen">Lowest price asked for by a seller; null without one.</param>
/// <param name="LastPriceFen">Price of the last trade; null before the first.</param>
/// <param name="ReferencePriceFen">Price on the shelf when the book opened.</param>
/// <param name="Packs">Packs set aside for the book.</param>
/// <param name="PacksIssued">Of these issued.</param>
/// <param name="PacksRedeemed">Packs redeemed for their calls.</param>
/// <param name="UnitsPerPack">Calls in a pack.</param>
/// <param name="TradeCount">Trades so far.</param>
/// <param name="WaitingStops">Stop orders that wait for their price.</param>
/// <param name="Bids">Depth by price, the highest first.</param>
/// <param name="Asks">Depth by price, the lowest first.</param>
/// <param name="Trades">The last trades, the latest first.</param>
internal sealed record BookOutput(
    string Product,
    string? TitleZh,
    string? TitleEn,
    string Venue,
    string At,
    string Phase,
    bool IsSuspended,
    bool IsClosed,
    string? HaltUntil,
    long? BestBidFen,
    long? BestAskFen,
    long? LastPriceFen,
    long ReferencePriceFen,
    int Packs,
    int PacksIssued,
    int PacksRedeemed,
    int UnitsPerPack,
    int TradeCount,
    int WaitingStops,
    IReadOnlyList<BookLevel> Bids,
    IReadOnlyList<BookLevel> Asks,
    IReadOnlyList<BookTradeOutput> Trades);

/// <summary>A trade in <c>dx book --json</c>; the taker is null in an auction.</summary>
internal sealed record BookTradeOutput(
    string At, string Deal, long PriceFen, int Packs, long AmountFen, bool IsIssue, string? Taker, string Buyer, string Seller);

/// <summary>What <c>dx stats --json</c> prints.</summary>
internal sealed record StatsOutput(
    RunOutput Run,
    long ProductsListed,
    IReadOnlyList<VenueYear> Years,
    IReadOnlyList<VenueYear> Venues,
    IReadOnlyList<ReasonCount> Refusals,
    IReadOnlyList<StreamCount> Streams,
    long StreamCount,
    long EventCount,
    long DatabaseBytes);

/// <summary>Which run a store holds.</summary>
internal sealed record RunOutput(
    string Scenario, string ScenarioHash, ulong Seed, double Scale, string ProgramVersion, int StoreFormat, bool IsCompleted, long? RunEvents);

/// <summary>What <c>dx scenario check --json</c> prints.</summary>
internal sealed record ScenarioCheckOutput(bool IsValid, string? Name, string? Hash, IReadOnlyList<string> Problems);

/// <summary>A scenario in <c>dx scenario list --json</c>.</summary>
internal sealed record ScenarioOutput(string Name, string TitleZh, string TitleEn, DateOnly Until, string Hash);

/// <summary>What <c>dx match --json</c> prints last; latencies in nanoseconds from an operation's intended begin.</summary>
internal sealed record MatchOutput(
    long Operations,
    long Trades,
    long QuantityTraded,
    long RestingOrders,
    double OpsPerSecond,
    long P50Ns,
    long P99Ns,
    long P999Ns,
    long MaxNs,
    double AllocatedBytesPerOp,
    string StateHash);

/// <summary>What <c>dx bench matching</c> writes.</summary>
internal sealed record MatchingBenchOutput(
    string System, int Cores, string Runtime, int Operations, int Rounds, MatchingBenchmarks.MatchingResults Results);

/// <summary>What <c>dx bench ledger</c> writes.</summary>
internal sealed record LedgerBenchOutput(
    string System, int Cores, string Runtime, int Transfers, int Rounds, LedgerBenchmarks.LedgerResults Results, Running.PostingMeasure? Market);

/// <summary>What <c>dx export catalog --json</c> prints.</summary>
internal sealed record ExportCatalogueOutput(string Format, int Products, int Places, IReadOnlyList<string> Venues, string File);

/// <summary>What an export of the events wrote.</summary>
/// <param name="Format">Its form.</param>
/// <param name="Events">Events written.</param>
/// <param name="Source">The run, as the events name it.</param>
/// <param name="File">The file.</param>
internal sealed record ExportEventsOutput(string Format, long Events, string Source, string File);

/// <summary>What an export of tables wrote.</summary>
/// <param name="Format">Their form.</param>
/// <param name="Digest">The digest of the events that they were made from.</param>
/// <param name="Tables">The tables and their rows, by name.</param>
/// <param name="Bytes">Bytes of all files.</param>
/// <param name="Folder">The folder.</param>
internal sealed record ExportTablesOutput(string Format, string Digest, IReadOnlyDictionary<string, long> Tables, long Bytes, string Folder);
/// <summary>What <c>dx bench log</c> writes.</summary>
internal sealed record LogBenchOutput(
    string System, int Cores, string Runtime, int Leaves, int Rounds, LogBenchmarks.LogResults Results);

/// <summary>What <c>dx bench mechanisms</c> writes.</summary>
internal sealed record MechanismBenchOutput(
    string System, int Cores, string Runtime, int Points, int Rounds, MechanismBenchmarks.MechanismResults Results);

/// <summary>What <c>dx backup --json</c> prints.</summary>
/// <param name="Folder">Where the backup is.</param>
/// <param name="Events">Events in it.</param>
/// <param name="LastSequence">Sequence of the last.</param>
/// <param name="Digest">Their digest.</param>
/// <param name="Files">Files of events.</param>
/// <param name="Bytes">Their length together.</param>
/// <param name="IsCompleted">Whether the run in it came to its end.</param>
/// <param name="Verified">Whether the events that were backed up hold; the backup is whole either way.</param>
/// <param name="Problems">What does not.</param>
internal sealed record BackupOutput(
    string Folder, long Events, long LastSequence, string Digest, int Files, long Bytes, bool IsCompleted, bool Verified, IReadOnlyList<string> Problems);

/// <summary>What <c>dx restore --json</c> prints.</summary>
/// <param name="Events">Events in the restored store.</param>
/// <param name="EventsInBackup">Events in the backup.</param>
/// <param name="Digest">Digest of the restored store.</param>
/// <param name="IsCompleted">Whether it holds the run to its end; a part goes on with the same 'dx simulate'.</param>
/// <param name="Verified">Whether everything that 'dx verify' checks holds.</param>
/// <param name="Problems">What does not.</param>
internal sealed record RestoreOutput(long Events, long EventsInBackup, string Digest, bool IsCompleted, bool Verified, IReadOnlyList<string> Problems);

/// <summary>How the command line's objects become JSON.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ListedScenario))]
[JsonSerializable(typeof(LoadTests.ComparedFigure))]
[JsonSerializable(typeof(VerifyOutput))]
[JsonSerializable(typeof(SimulateOutput))]
[JsonSerializable(typeof(Running.Manifests.ReproduceOutput))]
[JsonSerializable(typeof(SweepOutput))]
[JsonSerializable(typeof(ValidateOutput))]
[JsonSerializable(typeof(Running.Sweeps.SweepReproduceOutput))]
[JsonSerializable(typeof(LogHeadsOutput))]
[JsonSerializable(typeof(LogConsistencyOutput))]
[JsonSerializable(typeof(VoucherOutput))]
[JsonSerializable(typeof(VerifyFileOutput))]
[JsonSerializable(typeof(TrialBalanceOutput))]
[JsonSerializable(typeof(LedgerAccountOutput))]
[JsonSerializable(typeof(LedgerBalanceOutput))]
[JsonSerializable(typeof(ExportCatalogueOutput))]
[JsonSerializable(typeof(ExportEventsOutput))]
[JsonSerializable(typeof(ExportTablesOutput))]
[JsonSerializable(typeof(ImportCatalogueOutput))]
[JsonSerializable(typeof(StoreBenchOutput))]
[JsonSerializable(typeof(MatchOutput))]
[JsonSerializable(typeof(MatchingBenchOutput))]
[JsonSerializable(typeof(LedgerBenchOutput))]
[JsonSerializable(typeof(LogBenchOutput))]
[JsonSerializable(typeof(MechanismBenchOutput))]
[JsonSerializable(typeof(ServicesBenchOutput))]
[JsonSerializable(typeof(ShowOutput))]
[JsonSerializable(typeof(EventOutput))]
[JsonSerializable(typeof(ShelfOutput))]
[JsonSerializable(typeof(BookOutput))]
[JsonSerializable(typeof(PolicyCheckOutput))]
[JsonSerializable(typeof(SandboxOutput))]
[JsonSerializable(typeof(DemandOutput))]
[JsonSerializable(typeof(ValueOutput))]
[JsonSerializable(typeof(ExperimentOutput))]
[JsonSerializable(typeof(IReadOnlyList<ExperimentDescription>))]
[JsonSerializable(typeof(IReadOnlyList<StrategyOutput>))]
[JsonSerializable(typeof(SurveillanceOutput))]
[JsonSerializable(typeof(SharesOutput))]
[JsonSerializable(typeof(MenuOutput))]
[JsonSerializable(typeof(MenuCheckOutput))]
[JsonSerializable(typeof(StatsOutput))]
[JsonSerializable(typeof(ChaosOutput))]
[JsonSerializable(typeof(Services.PutAsideMessage))]
[JsonSerializable(typeof(BackupOutput))]
[JsonSerializable(typeof(RestoreOutput))]
[JsonSerializable(typeof(ScenarioCheckOutput))]
[JsonSerializable(typeof(IReadOnlyList<ScenarioOutput>))]
[JsonSerializable(typeof(DatabaseStatus))]
[JsonSerializable(typeof(DatabaseChange))]
internal sealed partial class CommandJson : JsonSerializerContext
{
    /// <summary>The same with Chinese left as it is: the output goes to a terminal or a file, not into a web page.</summary>
    public static CommandJson Readable { get; } =
        new(new JsonSerializerOptions(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
