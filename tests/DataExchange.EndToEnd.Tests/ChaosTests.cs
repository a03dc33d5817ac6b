using System.Text.Json;

namespace DataExchange.EndToEnd.Tests;

/// <summary>
/// Services whose processes are killed, whose networks are cut, whose disk is full, over real servers: each kind of fault once, in one market. All
/// processes, all steps and random schedules are for <c>dx chaos</c> by hand.
/// </summary>
public sealed class ChaosTests
{
    [Fact]
    public async Task One_fault_of_each_kind_leaves_the_store_as_without_faults()
    {
        var chaos = (await DxProgram.RunAloneAsync("chaos", "--quick", "--nodes", "3", "--json")).WithExitCode(0).Json();

        Assert.True(chaos.GetProperty("asWithoutFaults").GetBoolean());
        var results = chaos.GetProperty("results").EnumerateArray().ToArray();
        Assert.All(results, result => Assert.Equal(JsonValueKind.Null, result.GetProperty("problem").ValueKind));
        Assert.Equal(1, chaos.GetProperty("putAside").GetInt64());
        // A process died between committing and answering.
        Assert.Equal(1, chaos.GetProperty("diedAt").GetProperty("committed").GetInt32());
        // What says that it was made was made: the disk was full (where a small one can be mounted), clocks were wrong, messages came twice, a consumer was slow.
        Assert.Matches("^([1-9][0-9]* writes refused, the server stayed|cannot be run here because a small disk cannot be mounted .*)$", Remark(results, "FillDisk of tables,"));
        Assert.Matches("^([1-9][0-9]* writes refused, the server ended and was started again|cannot be run here because .*)$", Remark(results, "FillDisk of tables and log"));
        Assert.EndsWith("partitions changed hands", Remark(results, "SkewClock trading b +10 min"));
        Assert.Matches("^[1-9][0-9]* messages: .* twice", Remark(results, "DisturbDeliveries seed 2"));
        Assert.Matches(@"prefetch 64\); memory", Remark(results, "SlowConsumer settlement"));
    }

    private static string Remark(IEnumerable<JsonElement> results, string fault) =>
        results.Single(result => result.GetProperty("faults")[0].GetString()!.StartsWith(fault, StringComparison.Ordinal)).GetProperty("remarks")[0].GetString()!;
}
