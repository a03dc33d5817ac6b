using System.Runtime.InteropServices;
using DataExchange.MatchingBenchmarks;

namespace DataExchange.Matching.Flow.Tests;

/// <summary>Flows that tests share; making one takes a while.</summary>
internal static class Flows
{
    private const ulong Seed = 20250523;

    private static readonly Lazy<FlowPlan> SmallPlan = new(() => FlowPlan.Of(SmallRecords(), SmallBooks));

    public const int SmallBooks = 150;

    /// <summary>60,000 operations in 150 books: every pool has one, most have two or three.</summary>
    public static FlowPlan Small => SmallPlan.Value;

    public static FlowRecord[] SmallRecords() => FlowGenerator.Make(60_000, SmallBooks, Seed);

    public static byte[] Bytes(FlowRecord[] records) => MemoryMarshal.AsBytes(records.AsSpan()).ToArray();

    /// <summary>How often a fuzzing test tries: a short run, or as often as DX_FUZZ says.</summary>
    public static int FuzzRounds(int few) =>
        int.TryParse(Environment.GetEnvironmentVariable("DX_FUZZ"), out var rounds) && rounds > 0 ? rounds : few;

    /// <summary>Another copy of the bytes with one to four of them changed, cut off, repeated or left out.</summary>
    public static byte[] Mutated(byte[] bytes, Random random)
    {
        var changed = new List<byte>(bytes);
        for (var left = random.Next(1, 5); left > 0 && changed.Count > 0; left--)
        {
            var at = random.Next(changed.Count);
            var length = Math.Min(random.Next(1, 200), changed.Count - at);
            switch (random.Next(5))
            {
                case 0:
                    changed[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    changed[at] = (byte)random.Next(256);
                    break;
                case 2:
                    changed.RemoveRange(at, changed.Count - at);
                    break;
                case 3:
                    changed.InsertRange(at, changed.GetRange(at, length));
                    break;
                default:
                    changed.RemoveRange(at, length);
                    break;
            }
        }

        return [.. changed];
    }
}

/// <summary>A folder that is deleted with what is in it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("dx-flow-").FullName;

    public string In(string name) => Path.Combine(_path, name);

    public void Dispose() => Directory.Delete(_path, recursive: true);
}

/// <summary>Keeps all reports.</summary>
internal readonly struct Recorder() : IReportHandler
{
    public List<ExecutionReport> Reports { get; } = [];

    public void OnReport(in ExecutionReport report) => Reports.Add(report);
}
