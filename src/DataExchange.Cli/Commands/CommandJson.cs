using System.Text.Json;
using System.Text.Json.Serialization;

namespace DataExchange.Cli.Commands;

/// <summary>What <c>dx verify --json</c> prints.</summary>
internal sealed record VerifyOutput(bool Verified, long Events, string Digest, IReadOnlyList<string> Problems);

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
    string? Report);

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

/// <summary>How the command line's objects become JSON.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(VerifyOutput))]
[JsonSerializable(typeof(SimulateOutput))]
[JsonSerializable(typeof(StoreBenchOutput))]
internal sealed partial class CommandJson : JsonSerializerContext;
