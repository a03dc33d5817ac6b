using System.Buffers.Binary;
using System.Numerics;
using DataExchange.Matching.Tests.Naive;

namespace DataExchange.Matching.Tests.Model;

/// <summary>The same inputs give the same state, however they are fed: one by one, many at a time, with a snapshot in between.</summary>
public sealed class StateTests
{
    private const int HeaderSize = 20;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(5_000, 40)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Many_at_a_time_gives_the_reports_of_one_by_one(int seed)
    {
        var commands = Commands(seed, 900).ToArray();
        var (one, many) = (New(), New());
        foreach (var command in commands)
        {
            one.Apply(command);
        }

        var random = new Random(seed);
        for (var (at, size) = (0, 0); at < commands.Length; at += size)
        {
            size = Math.Min(commands.Length - at, random.Next(1, 60));
            many.Apply(commands.AsSpan(at, size));
        }

        Assert.Equal(one.Handler.Reports, many.Handler.Reports);
        Assert.Equal(one.StateHash(), many.StateHash());
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_restored_engine_goes_on_as_if_it_had_never_stopped(int seed)
    {
        var commands = Commands(seed, 700);
        var engine = New();
        var stop = new Random(seed).Next(commands.Count);
        commands.Take(stop).ToList().ForEach(command => engine.Apply(command));

        var snapshot = engine.Save();
        var restored = MatchingEngine<Collector>.Restore(snapshot, new Collector());
        Assert.Equal(engine.StateHash(), restored.StateHash());
        Assert.Equal(snapshot, restored.Save());
        Assert.Equal((engine.Time, engine.OrdersResting, engine.Limits), (restored.Time, restored.OrdersResting, restored.Limits));

        engine.Handler.Clear();
        foreach (var command in commands.Skip(stop))
        {
            engine.Apply(command);
            restored.Apply(command);
        }

        Assert.Equal(engine.Handler.Reports, restored.Handler.Reports);
        Assert.Equal(engine.StateHash(), restored.StateHash());
        restored.CheckInvariants();
    }

    [Fact]
    public void A_state_hash_tells_states_apart()
    {
        var engine = New();
        var hashes = new HashSet<ulong> { engine.StateHash() };
        foreach (var command in Commands(7_001, 600))
        {
            var before = engine.Save();
            engine.Apply(command);

            // Time is in the snapshot and not in the hash: only what differs besides must show.
            if (!Body(before).AsSpan(64).SequenceEqual(Body(engine.Save()).AsSpan(64)))
            {
                hashes.Add(engine.StateHash());
            }
        }

        Assert.True(hashes.Count > 300, $"{hashes.Count} different hashes");
    }

    [Fact]
    public void A_damaged_snapshot_is_refused()
    {
        var engine = New();
        Commands(7_002, 400).ForEach(command => engine.Apply(command));
        var snapshot = engine.Save();
        Assert.Contains("not a snapshot", Refusal([1, 2, 3]), StringComparison.Ordinal);
        Assert.Contains("cut off", Refusal(snapshot[..^8]), StringComparison.Ordinal);
        Assert.Contains("version 9", Refusal([.. snapshot[..4], 9, .. snapshot[5..]]), StringComparison.Ordinal);
        Assert.Contains("checksum", Refusal([.. snapshot[..^1], (byte)(snapshot[^1] ^ 1)]), StringComparison.Ordinal);
    }

    /// <summary>DX_FUZZ sets how many inputs; each is a snapshot with some numbers changed and a checksum that fits.</summary>
    [Fact]
    public void A_forged_snapshot_is_refused_or_is_a_state_that_works()
    {
        var inputs = int.TryParse(Environment.GetEnvironmentVariable("DX_FUZZ"), out var wanted) ? wanted : 4_000;
        var (accepted, refused) = (0, 0);
        var sequences = Enumerable.Range(8_000, 50).Select(seed =>
        {
            var commands = Commands(seed, 250);
            var engine = New();
            commands.Take(200).ToList().ForEach(command => engine.Apply(command));
            return (Snapshot: engine.Save(), Later: commands.Skip(200).ToArray());
        }).ToArray();
        Parallel.For(0, inputs, new ParallelOptions { MaxDegreeOfParallelism = 2 }, seed =>
        {
            var random = new Random(seed);
            var (snapshot, later) = sequences[seed % sequences.Length];
            var forged = Forge(snapshot, random);
            try
            {
                var restored = MatchingEngine<Collector>.Restore(forged, new Collector());
                Array.ForEach(later, command => restored.Apply(command));
                restored.Save();
                Interlocked.Increment(ref accepted);
            }
            catch (SnapshotException)
            {
                Interlocked.Increment(ref refused);
            }
        });
        Assert.Equal(inputs, accepted + refused);
        Assert.True(refused > inputs / 20, $"{refused} refused, {accepted} accepted");
    }

    private static byte[] Forge(byte[] snapshot, Random random)
    {
        var body = Body(snapshot);

        // The first eight numbers are the bounds: a forged bound only takes memory.
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var at = random.Next(6, body.Length / 8) * 8;
            var number = BinaryPrimitives.ReadInt64LittleEndian(body.AsSpan(at));
            BinaryPrimitives.WriteInt64LittleEndian(body.AsSpan(at), random.Next(5) switch
            {
                0 => unchecked(number + 1),
                1 => unchecked(number - 1),
                2 => 0,
                3 => random.NextInt64(),
                _ => random.Next(16),
            });
        }

        var checksum = uint.MaxValue;
        for (var at = 0; at < body.Length; at += 8)
        {
            checksum = BitOperations.Crc32C(checksum, BinaryPrimitives.ReadUInt64LittleEndian(body.AsSpan(at)));
        }

        byte[] forged = [.. snapshot[..HeaderSize], .. body];
        BinaryPrimitives.WriteUInt32LittleEndian(forged.AsSpan(16), ~checksum);
        return forged;
    }

    private static byte[] Body(byte[] snapshot) => snapshot[HeaderSize..];

    private static string Refusal(byte[] snapshot) =>
        Assert.Throws<SnapshotException>(() => MatchingEngine<Collector>.Restore(snapshot, new Collector())).Message;

    private static MatchingEngine<Collector> New() => new(World.Limits, new Collector());

    private static List<Command> Commands(int seed, int count)
    {
        var naive = new NaiveEngine(World.Limits);
        var generator = new CommandGenerator(seed, naive);
        var commands = new List<Command>();
        while (commands.Count < count)
        {
            commands.Add(generator.Next());
            naive.Apply(commands[^1]);
        }

        return commands;
    }
}
