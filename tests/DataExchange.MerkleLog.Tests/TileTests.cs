using CsCheck;

namespace DataExchange.MerkleLog.Tests;

/// <summary>Trees kept as tiles have the heads and give the proofs of trees kept whole.</summary>
public sealed class TileTests
{
    [Fact]
    public void Heads_and_tiles_are_those_of_the_whole_tree() =>
        Gen.Int[0, 1_500].Select(Gen.Int[1, 300]).Sample((size, every) =>
        {
            var (whole, tiled, kept) = (new MerkleTree(), new TileTree(), new Dictionary<(int, long), Hash256[]>());
            for (var i = 0; i < size; i++)
            {
                whole.Append(Leaf(i));
                tiled.Append(Leaf(i));
                if (i % every == 0)
                {
                    Assert.Equal(whole.Root, tiled.Root);
                    Keep(tiled, kept);
                }
            }

            Keep(tiled, kept);
            Assert.Equal(whole.Root, tiled.Root);
            Assert.Equal(size, tiled.Size);
            Assert.Equal(size, kept.Where(tile => tile.Key.Item1 == 0).Sum(tile => tile.Value.Length));
            Assert.All(kept.Where(tile => tile.Key.Item1 == 0), tile =>
                Assert.Equal(Enumerable.Range(0, tile.Value.Length).Select(i => whole.Leaf((tile.Key.Item2 * LogTile.Width) + i)), tile.Value));
            Assert.Empty(tiled.TakeChanged());
        }, iter: 60);

    [Fact]
    public async Task Proofs_from_tiles_are_those_of_the_whole_tree()
    {
        const int size = 70_000;
        var (whole, tiled, kept) = (new MerkleTree(), new TileTree(), new Dictionary<(int, long), Hash256[]>());
        for (var i = 0; i < size; i++)
        {
            whole.Append(Leaf(i));
            tiled.Append(Leaf(i));
        }

        Keep(tiled, kept);
        Assert.Equal(3, kept.Keys.Select(key => key.Item1).Distinct().Count());
        var reads = 0;
        var random = new Random(1);
        for (var i = 0; i < 300; i++)
        {
            var proofs = new TiledProofs(size, (level, index, _) =>
            {
                reads++;
                return ValueTask.FromResult(kept.GetValueOrDefault((level, index)));
            });
            var second = random.Next(1, size + 1);
            var (index, first) = (random.Next(second), random.Next(second + 1));
            Assert.Equal(whole.RootAt(second), await proofs.RootAtAsync(second, TestContext.Current.CancellationToken));
            Assert.Equal(whole.Leaf(index), await proofs.LeafAsync(index, TestContext.Current.CancellationToken));
            Assert.Equal(whole.ProveInclusion(index, second), await proofs.ProveInclusionAsync(index, second, TestContext.Current.CancellationToken));
            Assert.Equal(whole.ProveConsistency(first, second), await proofs.ProveConsistencyAsync(first, second, TestContext.Current.CancellationToken));
        }

        Assert.InRange(reads, 1, 300 * 20);
        var empty = new TiledProofs(10, (_, _, _) => ValueTask.FromResult<Hash256[]?>(null));
        Assert.Contains("tile 0 of level 0", (await Assert.ThrowsAsync<TileMissingException>(async () => await empty.RootAtAsync(10, TestContext.Current.CancellationToken))).Message, StringComparison.Ordinal);
        var cut = new TiledProofs(10, (_, _, _) => ValueTask.FromResult<Hash256[]?>([Leaf(0)]));
        Assert.Contains("1 hashes", (await Assert.ThrowsAsync<TileMissingException>(async () => await cut.RootAtAsync(10, TestContext.Current.CancellationToken))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tree_that_is_forked_goes_on_by_itself()
    {
        var tree = new TileTree();
        for (var i = 0; i < 300; i++)
        {
            tree.Append(Leaf(i));
        }

        var (root, other) = (tree.Root, tree.Fork());
        other.Append(Leaf(7));
        Assert.Equal(root, tree.Root);
        Assert.NotEqual(root, other.Root);
        Assert.Equal(301, other.Size);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(257 * 32)]
    public void Bytes_that_are_no_tile_are_refused(int length) => Assert.Null(LogTile.Read(new byte[length]));

    [Fact]
    public void A_tile_is_its_bytes() => Assert.Equal([Leaf(1), Leaf(2)], LogTile.Read(new LogTile(0, 0, [Leaf(1), Leaf(2)]).ToBytes())!);

    private static Hash256 Leaf(int number) => MerkleHash.OfLeaf(BitConverter.GetBytes(number));

    private static void Keep(TileTree tree, Dictionary<(int, long), Hash256[]> kept)
    {
        foreach (var tile in tree.TakeChanged())
        {
            kept[(tile.Level, tile.Index)] = [.. tile.Hashes];
        }
    }
}
