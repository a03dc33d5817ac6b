using System.Text.Json;

namespace DataExchange.EndToEnd.Tests;

/// <summary>Services whose processes are killed and whose networks are cut, over real servers.</summary>
public sealed class ChaosTests
{
    [Fact]
    public async Task One_fault_of_each_kind_leaves_the_store_as_without_faults()
    {
        var chaos = (await DxProgram.RunAloneAsync("chaos", "--nodes", "3", "--json")).WithExitCode(0).Json();

        Assert.True(chaos.GetProperty("asWithoutFaults").GetBoolean());
        Assert.Equal(19, chaos.GetProperty("schedules").GetInt32());
        Assert.All(chaos.GetProperty("results").EnumerateArray(), result => Assert.Equal(JsonValueKind.Null, result.GetProperty("problem").ValueKind));
        Assert.Equal(1, chaos.GetProperty("putAside").GetInt64());
        // Each step between two steps was the last of a process.
        foreach (var step in (string[])["taken", "decided", "committed", "answered", "held", "followed"])
        {
            Assert.True(chaos.GetProperty("diedAt").GetProperty(step).GetInt32() > 0, $"{step}\n{chaos}");
        }
    }

    [Fact]
    public async Task Random_schedules_of_faults_leave_the_store_as_without_faults()
    {
        var chaos = (await DxProgram.RunAloneAsync("chaos", "--nodes", "1", "--schedules", "3", "--seed", "101", "--json")).WithExitCode(0).Json();

        Assert.True(chaos.GetProperty("asWithoutFaults").GetBoolean(), chaos.ToString());
        Assert.Equal([101, 102, 103], chaos.GetProperty("results").EnumerateArray().Select(result => result.GetProperty("seed").GetInt32()));
    }
}
