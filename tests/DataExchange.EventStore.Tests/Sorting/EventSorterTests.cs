using System.Text;
using CsCheck;
using DataExchange.EventStore.Reading;
using DataExchange.EventStore.Sorting;

namespace DataExchange.EventStore.Tests.Sorting;

/// <summary>Events sorted in files come as events sorted in memory do, however small the chunks and however few files may be open.</summary>
public sealed class EventSorterTests
{
    // UTF-8 has U+FF5E before U+1F600, UTF-16 has it behind: an order by characters would fail.
    private static readonly string[] Streams = ["a", "deal/C1", "deal/C10", "deal/C2", "deal/～", "deal/😀", "log/数", "z"];

    private static readonly Gen<Kept> Event = Gen.Select(
        OneOf(Streams), Gen.Long[1, 5], OneOf("one.v1", "two.v1", "three.v2"), Gen.OneOf(Gen.Int[1, 40], Gen.Int[1, 100_000], OneOf(0)),
        (stream, version, type, length) => new Kept(stream, version, type, 0, new string((char)('a' + (length % 26)), length)));

    [Fact]
    public async Task Files_sort_as_memory_does() => await Event.Array[0, 60]
        .Select(Gen.Int[1, 9], Gen.Int[2, 4], OneOf(1, 500, 128 << 20))
        .SampleAsync(
            async (events, chunk, open, bytes) =>
            {
                Kept[] numbered = [.. events.Select((one, index) => one with { Sequence = index + 1 })];
                var expected = numbered.OrderBy(one => Encoding.UTF8.GetBytes(one.Stream), Comparer<byte[]>.Create((x, y) => x.AsSpan().SequenceCompareTo(y)))
                    .ThenBy(one => one.Version).ThenBy(one => one.Sequence);
                Assert.Equal(expected, await SortAsync(numbered, new EventSorterOptions(chunk, bytes, open)));
            },
            iter: 60, threads: 1);

    [Fact]
    public async Task Nothing_is_left_behind_and_nothing_can_be_added_later()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"dx-sort-{Guid.NewGuid():N}");
        await using (var sorter = new EventSorter(folder, new EventSorterOptions(ChunkEvents: 1)))
        {
            await sorter.AddAsync("b", 1, "one.v1", "{}"u8, 1);
            await sorter.AddAsync("a", 1, "one.v1", "{}"u8, 2);
            await foreach (var first in sorter.SortedAsync(TestContext.Current.CancellationToken))
            {
                Assert.Equal("a", first.StreamId);
                break;
            }

            await Assert.ThrowsAsync<InvalidOperationException>(async () => await sorter.AddAsync("c", 1, "one.v1", "{}"u8, 3));
            Assert.True(Directory.Exists(folder));
            Assert.Throws<IOException>(() => new EventSorter(folder));
        }

        Assert.False(Directory.Exists(folder));
    }

    private static async Task<List<Kept>> SortAsync(IEnumerable<Kept> events, EventSorterOptions options)
    {
        await using var sorter = new EventSorter(Path.Combine(Path.GetTempPath(), $"dx-sort-{Guid.NewGuid():N}"), options);
        foreach (var one in events)
        {
            await sorter.AddAsync(one.Stream, one.Version, one.Type, Encoding.UTF8.GetBytes(one.Json), one.Sequence);
        }

        var sorted = new List<Kept>();
        await foreach (RawEvent raw in sorter.SortedAsync(TestContext.Current.CancellationToken))
        {
            sorted.Add(new Kept(raw.StreamId, raw.Version, raw.TypeName, raw.Sequence, Encoding.UTF8.GetString(raw.Json.Span)));
        }

        return sorted;
    }

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private sealed record Kept(string Stream, long Version, string Type, long Sequence, string Json);
}
