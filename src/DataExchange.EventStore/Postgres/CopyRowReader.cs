using System.Buffers;
using System.Buffers.Binary;
using Npgsql;

namespace DataExchange.EventStore.Postgres;

/// <summary>
/// Reads rows in PostgreSQL's binary COPY format from one reused buffer, which grows only for a row that is larger than it.
/// A row's fields are valid until the next row is read.
/// </summary>
internal sealed class CopyRowReader(NpgsqlRawCopyStream source, int fields) : IDisposable
{
    private const int HeaderLength = 19;
    private const int Unfinished = -2;

    private readonly (int Start, int Length)[] _fields = new (int, int)[fields];
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(512 * 1024);
    private int _start;
    private int _end;
    private bool _headerRead;

    /// <summary>Whether the last row has been read and the server has nothing more to say.</summary>
    public bool Ended { get; private set; }

    public ReadOnlyMemory<byte> Field(int index) => _bytes.AsMemory(_fields[index].Start, _fields[index].Length);

    public ReadOnlySpan<byte> FieldSpan(int index) => _bytes.AsSpan(_fields[index].Start, _fields[index].Length);

    public long Int64(int index) => BinaryPrimitives.ReadInt64BigEndian(FieldSpan(index));

    /// <summary>Moves to the next row, or returns false at the end.</summary>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellation)
    {
        while (!Ended)
        {
            if (_headerRead || TryReadHeader())
            {
                var length = Locate();
                if (length >= 0)
                {
                    _start += length;
                    return true;
                }
            }

            await FillAsync(cancellation).ConfigureAwait(false);
        }

        return false;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }

    private bool TryReadHeader()
    {
        if (_end - _start < HeaderLength)
        {
            return false;
        }

        var extension = BinaryPrimitives.ReadInt32BigEndian(_bytes.AsSpan(_start + HeaderLength - 4));
        if (extension != 0)
        {
            throw new InvalidDataException($"The server's COPY header has an extension of {extension} bytes; expected none.");
        }

        _start += HeaderLength;
        return _headerRead = true;
    }

    // Finds the row's fields; returns the row's length, or Unfinished when the buffer ends before the row.
    private int Locate()
    {
        var at = _start;
        if (_end - at < 2)
        {
            return Unfinished;
        }

        var count = BinaryPrimitives.ReadInt16BigEndian(_bytes.AsSpan(at));
        at += 2;
        if (count < 0)
        {
            // The end mark; what follows is only the driver noticing that the stream is over.
            return Unfinished;
        }

        if (count != _fields.Length)
        {
            throw new InvalidDataException($"The server sent a row of {count} fields; expected {_fields.Length}.");
        }

        for (var index = 0; index < count; index++)
        {
            if (_end - at < 4)
            {
                return Unfinished;
            }

            var length = Math.Max(0, BinaryPrimitives.ReadInt32BigEndian(_bytes.AsSpan(at)));
            at += 4;
            if (_end - at < length)
            {
                return Unfinished;
            }

            _fields[index] = (at, length);
            at += length;
        }

        return at - _start;
    }

    private async ValueTask FillAsync(CancellationToken cancellation)
    {
        if (_start > 0)
        {
            _bytes.AsSpan(_start, _end - _start).CopyTo(_bytes);
            _end -= _start;
            _start = 0;
        }

        if (_end == _bytes.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(checked(_bytes.Length * 2));
            _bytes.AsSpan(0, _end).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }

        var read = await source.ReadAsync(_bytes.AsMemory(_end), cancellation).ConfigureAwait(false);
        _end += read;
        Ended = read == 0;
        if (Ended && !(_headerRead && _end - _start == 2))
        {
            throw new InvalidDataException("The server's COPY ended in the middle of a row.");
        }
    }
}
