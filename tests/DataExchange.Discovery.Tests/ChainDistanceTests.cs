namespace DataExchange.Discovery.Tests;

public sealed class ChainDistanceTests
{
    private const int SubTracks = 197;
    private static readonly IReadOnlyList<int>[] Ring = [.. Enumerable.Range(0, SubTracks).Select(i => (IReadOnlyList<int>)[(i + 1) % SubTracks, (i + SubTracks - 1) % SubTracks])];

    [Fact]
    public void Steps_on_the_graph_halve_the_nearness_until_the_third()
    {
        var from = new ChainDistance(Ring).From(10);

        Assert.Equal([0, 2_500, 5_000, 10_000, 5_000, 2_500, 0], from.Skip(7).Take(7));
        Assert.Equal(10_000 + (2 * 5_000) + (2 * 2_500), from.Sum());
    }

    [Fact]
    public void Many_threads_ask_the_same_distances_at_once()
    {
        const int Threads = 4;
        for (var round = 0; round < 200; round++)
        {
            var distance = new ChainDistance(Ring);
            Parallel.For(0, Threads, new ParallelOptions { MaxDegreeOfParallelism = Threads }, thread =>
            {
                for (var i = 0; i < SubTracks; i++)
                {
                    var asked = ((thread * 50) + i) % SubTracks;
                    Assert.Equal(10_000, distance.From(asked)[asked]);
                }
            });
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(SubTracks)]
    public void A_sub_track_that_is_not_on_the_graph_has_no_distances(int subTrack) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ChainDistance(Ring).From(subTrack));
}
