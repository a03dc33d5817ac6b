using System.Buffers.Binary;
using System.Text;
using K4os.Compression.LZ4;

namespace DataExchange.EventStore.Sorting;

/// <summary>
/// Writes events that are in order into a file that is read once and thrown away: blocks of records, each block packed by LZ4 behind its two lengths.
/// A record says its stream only where that is another than that of the record before.
/// </summary>
internal sealed class SortRunWriter : IDisposable
{
    /// <summary>Bytes of records in a block, if no single record is longer: small, because hundreds of runs are open at a time.</summary>
    internal const int BlockBytes = 32 * 1024;

    internal const int HeaderBytes = 8;

    // Four numbers and a length, ten bytes at most each.
    private const int LongestNumbers = 5 * 10;

    private readonly FileStream _file;
    private byte[] _block = new byte[BlockBytes];
    private byte[] _packed = new byte[HeaderBytes + LZ4Codec.MaximumOutputSize(BlockBytes)];
    private byte[] _stream = [];
    private int _used;
    private int _streamLength;

    internal SortRunWriter(string path) => _file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 18);

    /// <summary>Bytes written so far.</summary>
    internal long Bytes { get; private set; }

    internal void Write(ReadOnlySpan<byte> stream, long version, int type, long sequence, ReadOnlySpan<byte> json)
    {
        var isSame = stream.SequenceEqual(_stream.AsSpan(0, _streamLength));
        var most = LongestNumbers + stream.Length + json.Length;
        if (_used > 0 && _used + most > BlockBytes)
        {
            Flush();
        }

        if (most > _block.Length)
        {
            _block = new byte[most];
            _packed = new byte[HeaderBytes + LZ4Codec.MaximumOutputSize(most)];
        }

        PutNumber(isSame ? 0 : stream.Length);
        if (!isSame)
        {
            Put(stream);
            Keep(stream);
        }

        PutNumber(version);
        PutNumber(type);
        PutNumber(sequence);
        PutNumber(json.Length);
        Put(json);
    }

    internal void Complete()
    {
        if (_used > 0)
        {
            Flush();
        }

        _file.Flush();
    }

    public void Dispose() => _file.Dispose();

    private void Flush()
    {
        var length = LZ4Codec.Encode(_block.AsSpan(0, _used), _packed.AsSpan(HeaderBytes));
        BinaryPrimitives.WriteInt32LittleEndian(_packed, _used);
        BinaryPrimitives.WriteInt32LittleEndian(_packed.AsSpan(4), length);
        _file.Write(_packed, 0, HeaderBytes + length);
        Bytes += HeaderBytes + length;
        _used = 0;
    }

    private void Keep(ReadOnlySpan<byte> stream)
    {
        if (_stream.Length < stream.Length)
        {
            _stream = new byte[2 * stream.Length];
        }

        stream.CopyTo(_stream);
        _streamLength = stream.Length;
    }

    private void Put(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_block.AsSpan(_used));
        _used += bytes.Length;
    }

    private void PutNumber(long number)
    {
        var left = (ulong)number;
        while (left >= 0x80)
        {
            _block[_used++] = (byte)((left & 0x7F) | 0x80);
            left >>= 7;
        }

        _block[_used++] = (byte)left;
    }
}

/// <summary>Reads what <see cref="SortRunWriter"/> wrote, an event at a time; what it shows is valid until the next one.</summary>
internal sealed class SortRunReader : IDisposable
{
    private readonly FileStream _file;
    private byte[] _block = new byte[SortRunWriter.BlockBytes];
    private byte[] _packed = new byte[LZ4Codec.MaximumOutputSize(SortRunWriter.BlockBytes)];
    private byte[] _stream = [];
    private int _length;
    private int _used;
    private int _streamLength;
    private int _jsonStart;
    private int _jsonLength;

    internal SortRunReader(string path)
    {
        Path = path;
        _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
    }

    internal string Path { get; }

    internal ReadOnlySpan<byte> Stream => _stream.AsSpan(0, _streamLength);

    internal long Version { get; private set; }

    internal int Type { get; private set; }

    internal long Sequence { get; private set; }

    internal ReadOnlyMemory<byte> Json => _block.AsMemory(_jsonStart, _jsonLength);

    /// <summary>Goes on to the next event; false when there is none.</summary>
    internal bool Next()
    {
        if (_used == _length && !ReadBlock())
        {
            return false;
        }

        var stream = (int)Number();
        if (stream > 0)
        {
            if (_stream.Length < stream)
            {
                _stream = new byte[2 * stream];
            }

            _block.AsSpan(_used, stream).CopyTo(_stream);
            _streamLength = stream;
            _used += stream;
        }

        Version = Number();
        Type = (int)Number();
        Sequence = Number();
        _jsonLength = (int)Number();
        _jsonStart = _used;
        _used += _jsonLength;
        return true;
    }

    /// <summary>The order of streams, versions, sequences.</summary>
    internal int CompareTo(SortRunReader other)
    {
        var streams = Stream.SequenceCompareTo(other.Stream);
        return streams != 0 ? streams : Version != other.Version ? Version.CompareTo(other.Version) : Sequence.CompareTo(other.Sequence);
    }

    internal string StreamText() => Encoding.UTF8.GetString(Stream);

    public void Dispose() => _file.Dispose();

    private bool ReadBlock()
    {
        Span<byte> header = stackalloc byte[SortRunWriter.HeaderBytes];
        var read = _file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        if (read == 0)
        {
            return false;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(header);
        var packed = BinaryPrimitives.ReadInt32LittleEndian(header[4..]);
        if (read < header.Length || length <= 0 || packed <= 0)
        {
            throw new InvalidDataException($"{Path}: the file was changed while it was used");
        }

        if (_block.Length < length)
        {
            _block = new byte[length];
        }

        if (_packed.Length < packed)
        {
            _packed = new byte[packed];
        }

        _file.ReadExactly(_packed, 0, packed);
        if (LZ4Codec.Decode(_packed.AsSpan(0, packed), _block.AsSpan(0, length)) != length)
        {
            throw new InvalidDataException($"{Path}: the file was changed while it was used");
        }

        (_length, _used) = (length, 0);
        return true;
    }

    private long Number()
    {
        var number = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var part = _block[_used++];
            number |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return (long)number;
            }
        }
    }
}
