using System.Buffers.Binary;
using DataExchange.Matching.Tests.Snapshots;

namespace DataExchange.Matching.Tests.Fuzzing;

/// <summary>
/// Snapshots forged with checksums that fit. One that is accepted must be one that an engine could have written, byte for byte, and the
/// engine made from it must work.
/// </summary>
public sealed class SnapshotFuzzTests
{
    private static readonly EngineLimits Small = States.Small;

    [Fact]
    public void A_forged_snapshot_is_refused_or_is_one_that_an_engine_writes()
    {
        var states = Enumerable.Range(0, 40).Select(seed => States.Of(seed, 70 + (seed * 11))).ToList();
        var fuzzer = new ByteFuzzer(states.Select(SnapshotImage.Body), new Random(Environment.TickCount), sizeof(long));
        fuzzer.Run(ByteFuzzer.Inputs(20_000), Seal, bytes => Read(bytes));
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{fuzzer.Kept} kept, {fuzzer.BranchesSeen} branches\n" + string.Join('\n', fuzzer.Outcomes.OrderByDescending(pair => pair.Value).Select(pair => $"{pair.Value,10:N0} {pair.Key}")));
        Assert.True(fuzzer.Outcomes.Count > 50);
    }

    [Fact]
    public void Bytes_that_are_not_a_snapshot_are_refused()
    {
        var fuzzer = new ByteFuzzer(Enumerable.Range(0, 4).Select(seed => States.Of(seed, 90)), new Random(Environment.TickCount), 1);
        fuzzer.Run(ByteFuzzer.Inputs(20_000), bytes => bytes, bytes => Read(bytes));
        Assert.True(fuzzer.Outcomes.Count > 3);
    }

    private static string Read(byte[] bytes)
    {
        MatchingEngine<Collector> engine;
        try
        {
            engine = MatchingEngine<Collector>.Restore(bytes, new Collector(), Small);
        }
        catch (SnapshotException refused)
        {
            return refused.Message;
        }

        Assert.True(bytes.AsSpan().SequenceEqual(engine.Save()), "another snapshot comes of it");
        Use(engine);
        engine.CheckInvariants();
        return "accepted";
    }

    /// <summary>Every number in use is used again, then everything due happens, opens, and is cancelled.</summary>
    private static void Use(MatchingEngine<Collector> engine)
    {
        var orders = new BookOrder[Small.Orders];
        for (var instrument = 0; instrument < Small.Instruments; instrument++)
        {
            foreach (var side in Enum.GetValues<Side>())
            {
                foreach (var order in orders[..engine.Orders(instrument, side, orders)])
                {
                    engine.Handler.Clear();
                    engine.Apply(Command.Limit(engine.Time, instrument, order.Account, order.ClientOrderId, side, order.Price, 1));
                    Assert.Equal(Reason.DuplicateOrder, Assert.Single(engine.Handler.Reports).Reason);
                }
            }
        }

        foreach (var account in Enumerable.Range(0, Small.Accounts))
        {
            engine.Apply(Command.Limit(engine.Time, account % Small.Instruments, account, long.MaxValue, (Side)(account % 2), 10, 10));
        }

        engine.Apply(Command.SetPhase(engine.Time, Command.All, Phase.Auction));
        engine.Apply(Command.SetPhase(engine.Time, Command.All, Phase.Continuous));
        engine.CheckInvariants();
        engine.Apply(Command.AdvanceTime(engine.Time < 1L << 62 ? engine.Time + 1_000 : engine.Time));
        engine.CheckInvariants();
        engine.Apply(Command.AdvanceTime(long.MaxValue));
        foreach (var account in Enumerable.Range(0, Small.Accounts))
        {
            engine.Apply(Command.CancelAll(engine.Time, account, Command.All));
        }
    }

    /// <summary>Bounds stay what they are: larger ones would only take memory.</summary>
    private static byte[] Seal(byte[] body)
    {
        Span<long> bounds = [Small.Orders, Small.Instruments, Small.Products, Small.Accounts, Small.Positions, Small.PriceBlocks];
        for (var at = 0; at < bounds.Length && (at + 1) * sizeof(long) <= body.Length; at++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(body.AsSpan(at * sizeof(long)), bounds[at]);
        }

        return SnapshotImage.Seal(body.AsSpan(0, body.Length - (body.Length % sizeof(long))));
    }
}
