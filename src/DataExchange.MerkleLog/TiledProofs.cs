using System.Numerics;

namespace DataExchange.MerkleLog;

/// <summary>A log's tiles do not hold what its head says: one is missing or too short.</summary>
/// <param name="message">Which.</param>
public sealed class TileMissingException(string message) : Exception(message);

/// <summary>Heads and proofs from the tiles of a log, read as they are needed: O(log n) of them for a proof.</summary>
/// <param name="size">Leaves of the log.</param>
/// <param name="read">Reads a tile by level and index; null when there is none.</param>
public sealed class TiledProofs(long size, Func<int, long, CancellationToken, ValueTask<Hash256[]?>> read)
{
    private readonly Dictionary<(int Level, long Index), Hash256[]> _tiles = [];

    /// <summary>Leaves of the log.</summary>
    public long Size => size;

    /// <summary>Hash of a leaf.</summary>
    /// <param name="index">0 to <see cref="Size"/> − 1.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="TileMissingException">Its tile is not there.</exception>
    public ValueTask<Hash256> LeafAsync(long index, CancellationToken cancellation = default)
    {
        Check(index, size - 1);
        return HashOfAsync(index, index + 1, cancellation);
    }

    /// <summary>The head that the log had when it had so many leaves.</summary>
    /// <param name="leaves">0 to <see cref="Size"/>.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="TileMissingException">A tile is not there.</exception>
    public ValueTask<Hash256> RootAtAsync(long leaves, CancellationToken cancellation = default)
    {
        Check(leaves, size);
        return leaves == 0 ? ValueTask.FromResult(MerkleHash.Empty) : HashOfAsync(0, leaves, cancellation);
    }

    /// <summary>Proves that a leaf is in the log of a size (RFC 9162 section 2.1.3.1).</summary>
    /// <param name="index">The leaf.</param>
    /// <param name="leaves">The size.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="TileMissingException">A tile is not there.</exception>
    public async ValueTask<Hash256[]> ProveInclusionAsync(long index, long leaves, CancellationToken cancellation = default)
    {
        Check(leaves, size);
        Check(index, leaves - 1);
        var proof = new List<Hash256>();
        var (from, to) = (0L, leaves);
        while (to - from > 1)
        {
            var middle = from + Split(to - from);
            if (index < middle)
            {
                proof.Add(await HashOfAsync(middle, to, cancellation).ConfigureAwait(false));
                to = middle;
            }
            else
            {
                proof.Add(await HashOfAsync(from, middle, cancellation).ConfigureAwait(false));
                from = middle;
            }
        }

        proof.Reverse();
        return [.. proof];
    }

    /// <summary>Proves that the log of one size begins with the log of a smaller one (RFC 9162 section 2.1.4.1).</summary>
    /// <param name="first">The smaller size; the proof from 0, or to the same size, is empty.</param>
    /// <param name="second">The larger size.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="TileMissingException">A tile is not there.</exception>
    public async ValueTask<Hash256[]> ProveConsistencyAsync(long first, long second, CancellationToken cancellation = default)
    {
        Check(second, size);
        Check(first, second);
        var proof = new List<Hash256>();
        if (first == 0 || first == second)
        {
            return [];
        }

        var (from, to, isWhole) = (0L, second, true);
        while (first != to)
        {
            var middle = from + Split(to - from);
            if (first <= middle)
            {
                proof.Add(await HashOfAsync(middle, to, cancellation).ConfigureAwait(false));
                to = middle;
            }
            else
            {
                proof.Add(await HashOfAsync(from, middle, cancellation).ConfigureAwait(false));
                (from, isWhole) = (middle, false);
            }
        }

        if (!isWhole)
        {
            proof.Add(await HashOfAsync(from, to, cancellation).ConfigureAwait(false));
        }

        proof.Reverse();
        return [.. proof];
    }

    // Hash of the subtree over the leaves [from, to), which the tree's shape makes a subtree.
    private async ValueTask<Hash256> HashOfAsync(long from, long to, CancellationToken cancellation)
    {
        var count = to - from;
        if (BitOperations.IsPow2(count))
        {
            var height = BitOperations.Log2((ulong)count);
            var level = height / LogTile.Height;
            var first = from >> (level * LogTile.Height);
            var tile = await TileAsync(level, first / LogTile.Width, cancellation).ConfigureAwait(false);
            var place = (int)(first % LogTile.Width);
            var width = 1 << (height % LogTile.Height);
            return place + width <= tile.Length
                ? TileTree.HeadOf(tile.AsSpan(place, width))
                : throw new TileMissingException(
                    $"tile {first / LogTile.Width} of level {level} has {tile.Length} hashes, {place + width} are needed for leaves {from} to {to - 1}");
        }

        var middle = from + Split(count);
        var left = await HashOfAsync(from, middle, cancellation).ConfigureAwait(false);
        return MerkleHash.OfNode(left, await HashOfAsync(middle, to, cancellation).ConfigureAwait(false));
    }

    private async ValueTask<Hash256[]> TileAsync(int level, long index, CancellationToken cancellation)
    {
        if (!_tiles.TryGetValue((level, index), out var tile))
        {
            tile = await read(level, index, cancellation).ConfigureAwait(false)
                ?? throw new TileMissingException($"tile {index} of level {level} is missing");
            _tiles.Add((level, index), tile);
        }

        return tile;
    }

    private static void Check(long value, long most)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, most);
    }

    // The largest power of two below a count of two or more.
    private static long Split(long count) => (long)(BitOperations.RoundUpToPowerOf2((ulong)count) >> 1);
}
