using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using DataExchange.Matching.Journal;
using DataExchange.Matching.Tests.Fuzzing;
using DataExchange.MatchingBenchmarks;

namespace DataExchange.Matching.Flow.Tests;

/// <summary>Journals, flows and snapshots of flows whose checksums fit and whose contents were changed.</summary>
public sealed class FuzzTests
{
    private const int Books = 3;
    private const int DigestBytes = 32;

    [Fact]
    public void A_forged_journal_ends_where_it_is_not_as_it_would_be_written()
    {
        var fuzzer = new ByteFuzzer(
            from records in (int[])[1, 3, 8] from blocks in (int[])[1, 2, 5] select Journal(records, blocks), new Random(Environment.TickCount), 8);
        fuzzer.Run(ByteFuzzer.Inputs(20_000), SealBlocks, bytes =>
        {
            var (reader, written) = (new JournalReader(), new ArrayBufferWriter<byte>());
            var place = reader.Position;
            while (reader.TryRead(bytes.AsSpan((int)reader.ValidBytes), out var commands))
            {
                var block = new InputJournal(new byte[InputJournal.HeaderBytes + (commands.Length * InputJournal.RecordBytes)], place);
                foreach (ref readonly var command in commands)
                {
                    block.Append(in command);
                }

                block.SealTo(written);
                place = reader.Position;
            }

            Assert.Equal(reader.ValidBytes, written.WrittenCount);
            Assert.True(bytes.AsSpan().StartsWith(written.WrittenSpan), "another journal comes of what was read");
            Assert.True(reader.Damage is not null || reader.ValidBytes == bytes.Length, "the end is where the bytes end");
            return $"{reader.Damage?.Fault.ToString() ?? "whole"}, {new string('+', BitOperations.Log2((uint)reader.Position.Block + 1))}";
        });
        Report(fuzzer);
        Assert.True(fuzzer.Outcomes.Count > 6);
    }

    [Fact]
    public void Changed_records_are_refused_or_are_a_flow_that_runs()
    {
        var fuzzer = new ByteFuzzer(Enumerable.Range(0, 8).Select(seed => Flows.Bytes(Records(seed, 8 + (seed * 6)))), new Random(Environment.TickCount), 4);
        fuzzer.Run(ByteFuzzer.Inputs(4_000), bytes => bytes, bytes =>
        {
            FlowRecord[] records;
            try
            {
                records = FlowFile.Parse(bytes, Books, "flow");
            }
            catch (FlowException refused)
            {
                return refused.Message;
            }

            Assert.True(Flows.Bytes(records).AsSpan().SequenceEqual(bytes), "other records come of it");
            var plan = FlowPlan.Of(records, Books);
            var engine = new MatchingEngine<ReportKeeper>(plan.Limits, new ReportKeeper());
            foreach (var command in plan.Setup)
            {
                engine.Apply(in command);
            }

            engine.Apply(plan.Operations.Span);
            Assert.Equal(0, engine.Handler.Totals.Refused);
            return "runs";
        });
        Report(fuzzer);
        Assert.True(fuzzer.Outcomes.Count > 8);
    }

    [Fact]
    public void A_forged_snapshot_of_a_flow_is_refused_or_names_a_place_in_it()
    {
        var plan = FlowPlan.Of(Records(1, 60), Books);
        var fuzzer = new ByteFuzzer([.. ((int[])[0, 10, 60]).Select(at => Snapshot(plan, at))], new Random(Environment.TickCount), 8);
        fuzzer.Run(ByteFuzzer.Inputs(4_000), SealDigest, bytes =>
        {
            try
            {
                var snapshot = FlowSnapshot.Parse(bytes, "snapshot", plan);
                Assert.InRange(snapshot.Operations, 0, plan.Operations.Length);
                Assert.True(snapshot.Trades >= 0 && snapshot.Quantity >= snapshot.Trades, $"{snapshot.Trades} trades of {snapshot.Quantity} units");
                return "accepted";
            }
            catch (FlowException refused)
            {
                return refused.Message;
            }
        });
        Report(fuzzer);
        Assert.True(fuzzer.Outcomes.Count > 3);
    }

    private static void Report(ByteFuzzer fuzzer) => TestContext.Current.TestOutputHelper?.WriteLine(
        $"{fuzzer.Kept} kept, {fuzzer.BranchesSeen} branches\n"
        + string.Join('\n', fuzzer.Outcomes.OrderByDescending(pair => pair.Value).Select(pair => $"{pair.Value,10:N0} {pair.Key}")));

    private static FlowRecord[] Records(int seed, int count) => FlowGenerator.Make(count, Books, (ulong)seed, resting: 4)[..count];

    private static byte[] Snapshot(FlowPlan plan, int at)
    {
        var half = FlowRun.Pass(plan, new FlowRunOptions { StopAt = at, SavesState = true });
        using var folder = new TemporaryFolder();
        new FlowSnapshot(half.Operations, half.Totals.Trades, half.Totals.Quantity, half.State).Write(folder.In("snapshot"), plan);

        // The engine's part has tests of its own; without it there is more chance for the rest.
        var bytes = File.ReadAllBytes(folder.In("snapshot"));
        return [.. bytes.AsSpan(0, 120), .. bytes.AsSpan(^DigestBytes..)];
    }

    private static byte[] Journal(int recordsOfBlock, int blocks)
    {
        var written = new ArrayBufferWriter<byte>();
        var journal = new InputJournal(new byte[InputJournal.HeaderBytes + (recordsOfBlock * InputJournal.RecordBytes)]);
        foreach (ref readonly var command in Flows.Small.Operations.Span[..(recordsOfBlock * blocks)])
        {
            if (journal.Append(in command))
            {
                journal.SealTo(written);
            }
        }

        return written.WrittenSpan.ToArray();
    }

    /// <summary>Header and record checksums of all blocks fit, as far as blocks can be told; every eighth input is left as it is.</summary>
    private static byte[] SealBlocks(byte[] bytes)
    {
        var before = 0U;
        for (var at = 0; at + InputJournal.HeaderBytes <= bytes.Length && bytes[at + 5] != 7;)
        {
            var header = bytes.AsSpan(at, InputJournal.HeaderBytes);
            var records = BinaryPrimitives.ReadUInt32LittleEndian(header[24..]);
            var length = records * (long)InputJournal.RecordBytes;
            if (at + InputJournal.HeaderBytes + length <= bytes.Length)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(header[28..], RecordsChecksum(bytes.AsSpan(at + InputJournal.HeaderBytes, (int)length)));
            }

            if (at > 0 && header[33] != 7)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(header[32..], before);
            }

            before = uint.MaxValue;
            foreach (var word in MemoryMarshal.Cast<byte, uint>(header[..60]))
            {
                before = BitOperations.Crc32C(before, word);
            }

            before = ~before;
            BinaryPrimitives.WriteUInt32LittleEndian(header[60..], before);
            if (length > bytes.Length)
            {
                break;
            }

            at += InputJournal.HeaderBytes + (int)length;
        }

        return bytes;
    }

    private static uint RecordsChecksum(ReadOnlySpan<byte> records)
    {
        Span<uint> lanes = [uint.MaxValue, uint.MaxValue - 1, uint.MaxValue - 2, uint.MaxValue - 3];
        var words = MemoryMarshal.Cast<byte, ulong>(records);
        for (var place = 0; place < words.Length; place++)
        {
            lanes[place % 4] = BitOperations.Crc32C(lanes[place % 4], words[place]);
        }

        return BitOperations.Crc32C(BitOperations.Crc32C(uint.MaxValue, lanes[0] | ((ulong)lanes[1] << 32)), lanes[2] | ((ulong)lanes[3] << 32));
    }

    private static byte[] SealDigest(byte[] bytes)
    {
        if (bytes.Length > DigestBytes)
        {
            SHA256.HashData(bytes.AsSpan(..^DigestBytes), bytes.AsSpan(^DigestBytes..));
        }

        return bytes;
    }
}
