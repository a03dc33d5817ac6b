using HdrHistogram;

namespace DataExchange.LoadTests.Tests;

public sealed class BottleneckTests
{
    [Theory]
    [InlineData("CPU: the machine was 97 % busy", 97, 120, "", 0)]
    [InlineData("fsync: 0.9 sessions", 97, 120, "IO:WALSync", 0.9)]
    [InlineData("lock: 2.0 sessions", 50, 120, "LWLock:WALInsert", 2)]
    [InlineData("CPU: the 1 threads", 55, 101, "", 0)]
    [InlineData("queue: neither", 40, 60, "running", 0.9)]
    public void What_limited_a_run_is_said_with_the_figures_that_say_so(string expected, double busy, double process, string wait, double sessions)
    {
        var counters = new Dictionary<string, double> { [MachineWatch.Busy] = busy, [MachineWatch.Process] = process, [Bottleneck.Waits + wait] = sessions };
        var none = new LongHistogram(1, 1_000, 3);
        var result = new LoadResult
        {
            Scenario = "s", Unit = "operations", Runner = "builtin", StartedAt = DateTimeOffset.UnixEpoch, Workers = 1, IntendedRate = 1, AchievedRate = 1, Measured = TimeSpan.FromSeconds(1),
            Ok = 1, Shed = 0, Failed = 0, Kinds = new Dictionary<string, long>(), Latency = none, Lag = none, Seconds = [], Counters = counters, Invalid = [], Problems = [],
        };
        Assert.StartsWith(expected, Bottleneck.Of(result), StringComparison.Ordinal);
    }

    [Fact]
    public void The_line_of_all_processors_is_read_as_busy_waiting_and_all()
    {
        Assert.Equal((60, 20, 180), MachineWatch.Read("cpu  10 5 15 100 20 7 13 10 0 0"));
        Assert.Null(MachineWatch.Read("cpu0 10 5 15 100 20 7 13 10 0 0"));
        Assert.Null(MachineWatch.Read(""));
    }
}
