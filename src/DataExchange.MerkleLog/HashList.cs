namespace DataExchange.MerkleLog;

/// <summary>A growing list of hashes in blocks, so that growing copies nothing and there may be more than one array holds.</summary>
internal sealed class HashList
{
    private const int BlockBits = 12;
    private const int BlockSize = 1 << BlockBits;
    private readonly List<Hash256[]> _blocks = [];

    internal long Count { get; private set; }

    internal long ReservedBytes => (long)_blocks.Count * BlockSize * Hash256.Size;

    internal ref readonly Hash256 this[long index] => ref _blocks[(int)(index >> BlockBits)][index & (BlockSize - 1)];

    internal void Add(in Hash256 hash)
    {
        var place = (int)(Count & (BlockSize - 1));
        if (place == 0)
        {
            _blocks.Add(new Hash256[BlockSize]);
        }

        _blocks[^1][place] = hash;
        Count++;
    }
}
