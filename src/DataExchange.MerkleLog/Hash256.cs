using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DataExchange.MerkleLog;

/// <summary>A SHA-256: 32 bytes.</summary>
[SuppressMessage("Performance", "CA1819", Justification = "The bytes are lent as a span.")]
[InlineArray(Size)]
public struct Hash256 : IEquatable<Hash256>
{
    /// <summary>Bytes of a hash.</summary>
    public const int Size = 32;

    private byte _first;

    /// <summary>The hash of 32 bytes.</summary>
    /// <param name="bytes">Exactly 32 bytes.</param>
    /// <exception cref="ArgumentException">They are fewer or more.</exception>
    public static Hash256 Of(ReadOnlySpan<byte> bytes) => bytes.Length == Size
        ? MemoryMarshal.Read<Hash256>(bytes)
        : throw new ArgumentException($"A hash has {Size} bytes; these are {bytes.Length}.", nameof(bytes));

    /// <summary>Reads 64 hexadecimal digits.</summary>
    /// <param name="hex">The digits.</param>
    /// <param name="hash">The hash.</param>
    /// <returns>Whether it is such a text.</returns>
    public static bool TryParse(ReadOnlySpan<char> hex, out Hash256 hash)
    {
        hash = default;
        return hex.Length == 2 * Size
            && Convert.FromHexString(hex, MemoryMarshal.AsBytes(new Span<Hash256>(ref hash)), out _, out _) == System.Buffers.OperationStatus.Done;
    }

    /// <summary>The 32 bytes.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<byte> Bytes => MemoryMarshal.AsBytes(new ReadOnlySpan<Hash256>(in this));

    /// <inheritdoc />
    public readonly bool Equals(Hash256 other) => Bytes.SequenceEqual(other.Bytes);

    /// <inheritdoc />
    public override readonly bool Equals(object? obj) => obj is Hash256 other && Equals(other);

    /// <inheritdoc />
    public override readonly int GetHashCode() => MemoryMarshal.Read<int>(Bytes);

    /// <summary>64 hexadecimal digits in lower case.</summary>
    public override readonly string ToString() => Convert.ToHexStringLower(Bytes);

    /// <summary>Whether two hashes are the same.</summary>
    public static bool operator ==(Hash256 left, Hash256 right) => left.Equals(right);

    /// <summary>Whether two hashes differ.</summary>
    public static bool operator !=(Hash256 left, Hash256 right) => !left.Equals(right);
}
