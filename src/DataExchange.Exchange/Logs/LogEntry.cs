using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace DataExchange.Exchange.Logs;

/// <summary>
/// What a leaf of a venue's log stands for. The entry is a text: the stream's id, the version, the stored type name and the canonical JSON of the
/// fact, a line each. The leaf is its SHA-256, 32 bytes, so that a log can be shown to those who may not read the facts.
/// </summary>
public static class LogEntry
{
    /// <summary>Bytes of a leaf.</summary>
    public const int DigestSize = SHA256.HashSizeInBytes;

    private const int LineEnds = 4;
    private const int MostDigits = 20;

    /// <summary>The leaf of a fact.</summary>
    /// <param name="stream">Its stream.</param>
    /// <param name="version">Its place in the stream, from 1.</param>
    /// <param name="typeName">The name it is stored under.</param>
    /// <param name="canonicalJson">Its canonical JSON in UTF-8.</param>
    /// <param name="digest">Takes the 32 bytes.</param>
    public static void Digest(string stream, long version, string typeName, ReadOnlySpan<byte> canonicalJson, Span<byte> digest)
    {
        var rented = ArrayPool<byte>.Shared.Rent(Room(stream, typeName, canonicalJson));
        SHA256.HashData(rented.AsSpan(0, Write(stream, version, typeName, canonicalJson, rented)), digest);
        ArrayPool<byte>.Shared.Return(rented);
    }

    /// <summary>The entry of a fact, as a text.</summary>
    /// <param name="stream">Its stream.</param>
    /// <param name="version">Its place in the stream, from 1.</param>
    /// <param name="typeName">The name it is stored under.</param>
    /// <param name="canonicalJson">Its canonical JSON in UTF-8.</param>
    public static string Text(string stream, long version, string typeName, ReadOnlySpan<byte> canonicalJson)
    {
        var bytes = new byte[Room(stream, typeName, canonicalJson)];
        return Encoding.UTF8.GetString(bytes, 0, Write(stream, version, typeName, canonicalJson, bytes));
    }

    private static int Room(string stream, string typeName, ReadOnlySpan<byte> json)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(typeName);
        return Encoding.UTF8.GetMaxByteCount(stream.Length + typeName.Length) + MostDigits + LineEnds + json.Length;
    }

    private static int Write(string stream, long version, string typeName, ReadOnlySpan<byte> json, Span<byte> to)
    {
        var length = Encoding.UTF8.GetBytes(stream, to);
        to[length++] = (byte)'\n';
        System.Buffers.Text.Utf8Formatter.TryFormat(version, to[length..], out var digits);
        length += digits;
        to[length++] = (byte)'\n';
        length += Encoding.UTF8.GetBytes(typeName, to[length..]);
        to[length++] = (byte)'\n';
        json.CopyTo(to[length..]);
        length += json.Length;
        to[length++] = (byte)'\n';
        return length;
    }
}
