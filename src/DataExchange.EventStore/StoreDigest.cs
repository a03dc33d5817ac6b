using System.Security.Cryptography;
using System.Text;

namespace DataExchange.EventStore;

/// <summary>
/// One number for all facts of a store: SHA-256 over every stream in the order of its id's UTF-8 bytes, and in each stream over its
/// events by version. For a stream the line is its id; for an event its stored type name, a space, its canonical JSON; each line ends
/// with a line feed. Two runs that recorded the same facts have the same digest, whatever the order in which the streams were written.
/// docs/digest.md shows how to recompute it without this program.
/// </summary>
public sealed class StoreDigest : IDisposable
{
    private const int BufferBytes = 1 << 16;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _used;
    private byte[]? _stream;

    /// <summary>Goes on to the next stream.</summary>
    /// <param name="id">Its id.</param>
    /// <exception cref="ArgumentException">The id is not after the one before, or cannot be a line of its own.</exception>
    public void BeginStream(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        var next = Encoding.UTF8.GetBytes(id);
        if (next.AsSpan().Contains((byte)'\n'))
        {
            throw new ArgumentException($"Stream id '{id}' holds a line feed, so that it cannot be a line of its own.", nameof(id));
        }

        if (_stream is not null && _stream.AsSpan().SequenceCompareTo(next) >= 0)
        {
            throw new ArgumentException(
                $"Stream '{id}' does not come after '{Encoding.UTF8.GetString(_stream)}': "
                + "streams come in the order of their ids' bytes, each once.",
                nameof(id));
        }

        _stream = next;
        Put(next);
        Put("\n"u8);
    }

    /// <summary>The next event of the stream.</summary>
    /// <param name="typeName">The name it is stored under.</param>
    /// <param name="canonicalJson">What <see cref="Serialization.EventJson.Write(Domain.Event)"/> gives.</param>
    /// <exception cref="InvalidOperationException">No stream was begun.</exception>
    public void Append(string typeName, ReadOnlySpan<byte> canonicalJson)
    {
        ArgumentNullException.ThrowIfNull(typeName);
        if (_stream is null)
        {
            throw new InvalidOperationException($"Event {typeName} has no stream: {nameof(BeginStream)} comes first.");
        }

        Span<byte> name = stackalloc byte[Encoding.UTF8.GetMaxByteCount(typeName.Length)];
        Put(name[..Encoding.UTF8.GetBytes(typeName, name)]);
        Put(" "u8);
        Put(canonicalJson);
        Put("\n"u8);
    }

    /// <summary>The digest of all that was given, 64 hexadecimal digits in lower case. Then a new one begins.</summary>
    public string Finish()
    {
        Flush();
        _stream = null;
        return Convert.ToHexStringLower(_hash.GetHashAndReset());
    }

    /// <inheritdoc />
    public void Dispose() => _hash.Dispose();

    private void Put(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > BufferBytes - _used)
        {
            Flush();
            if (bytes.Length > BufferBytes)
            {
                _hash.AppendData(bytes);
                return;
            }
        }

        bytes.CopyTo(_buffer.AsSpan(_used));
        _used += bytes.Length;
    }

    private void Flush()
    {
        _hash.AppendData(_buffer.AsSpan(0, _used));
        _used = 0;
    }
}
