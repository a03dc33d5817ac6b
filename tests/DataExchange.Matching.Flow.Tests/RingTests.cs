using System.Reflection;
using DataExchange.Matching.Sharding;

namespace DataExchange.Matching.Flow.Tests;

/// <summary>The ring in front of a shard when it is full.</summary>
public sealed class RingTests
{
    private const int Ring = 256;
    private static readonly EngineLimits Limits = new() { Orders = 16, Instruments = 1, Products = 1, Accounts = 1, Positions = 16, PriceBlocks = 16 };

    /// <summary>Whoever waits for room behind a shard that has stopped would wait for ever.</summary>
    [Fact]
    public void A_full_ring_of_a_shard_that_has_stopped_is_heard_of()
    {
        using var engine = new ShardedEngine<ShardTests.Failing>(1, Limits, _ => new ShardTests.Failing(), Ring);
        Assert.Throws<InvalidOperationException>(() =>
        {
            for (var number = 0; number < 1_000; number++)
            {
                engine.Submit(Command.AdvanceTime(number));
            }
        });
    }

    /// <summary>What does not fit waits: nothing that stands in the ring is written over.</summary>
    [Fact]
    public void A_full_ring_makes_the_submitter_wait_and_loses_nothing()
    {
        using var gate = new ManualResetEventSlim();
        using var engine = new ShardedEngine<Gated>(1, Limits, _ => new Gated(gate), Ring);
        var submitted = 0;
        var submitter = new Thread(() =>
        {
            for (var number = 0; number < 2_000; number++)
            {
                engine.Submit(Command.AdvanceTime(number));
                Volatile.Write(ref submitted, number + 1);
            }
        }) { IsBackground = true };
        submitter.Start();
        try
        {
            Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref submitted) >= Ring, TimeSpan.FromSeconds(20)));
            Thread.Sleep(50);
            Assert.Equal(Ring, Volatile.Read(ref submitted));
        }
        finally
        {
            gate.Set();
        }

        Assert.True(submitter.Join(TimeSpan.FromSeconds(20)), "the submitter waits on");
        Assert.Equal(Enumerable.Range(0, 2_000).Select(number => (long)number), engine.HandlerOf(0).Times);
    }

    [Fact]
    public void A_shard_that_sleeps_wakes_up_for_what_is_flushed()
    {
        using var gate = new ManualResetEventSlim(initialState: true);
        using var engine = new ShardedEngine<Gated>(1, Limits, _ => new Gated(gate), Ring);
        for (var number = 0; number < 3; number++)
        {
            // When it falls asleep, no answer of the engine tells.
            var shard = ((Array)Field(engine, "_shards")).GetValue(0)!;
            Assert.True(SpinWait.SpinUntil(() => (bool)Field(shard, "_isAsleep"), TimeSpan.FromSeconds(20)));
            engine.Submit(Command.AdvanceTime(number));
            var draining = new Thread(engine.Drain) { IsBackground = true };
            draining.Start();
            Assert.True(draining.Join(TimeSpan.FromSeconds(20)), "the shard sleeps on");
            Assert.Equal(number + 1, engine.HandlerOf(0).Times.Count);
        }
    }

    [Fact]
    public void A_ring_of_another_size_is_refused_with_what_is_allowed() => Assert.StartsWith(
        "A power of two from 256 to 1048576 is allowed.",
        Assert.Throws<ArgumentOutOfRangeException>(() => new ShardedEngine<Gated>(1, Limits, _ => default, 300)).Message,
        StringComparison.Ordinal);

    private static object Field(object of, string name) => of.GetType().GetField(name, BindingFlags.NonPublic | BindingFlags.Instance)!.GetValue(of)!;

    private readonly struct Gated(ManualResetEventSlim gate) : IReportHandler
    {
        public List<long> Times { get; } = [];

        public void OnReport(in ExecutionReport report)
        {
            gate.Wait();
            Times.Add(report.Time);
        }
    }
}
