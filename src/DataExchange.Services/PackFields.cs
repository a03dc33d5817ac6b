using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace DataExchange.Services;

/// <summary>Writes fields one behind the other: numbers in network order, texts in UTF-8 behind their length.</summary>
/// <param name="buffer">Where they go.</param>
internal readonly struct PackWriter(ArrayBufferWriter<byte> buffer)
{
    public void Write(byte value)
    {
        buffer.GetSpan(1)[0] = value;
        buffer.Advance(1);
    }

    public void Write(bool value) => Write(value ? (byte)1 : (byte)0);

    public void Write(int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(buffer.GetSpan(sizeof(int)), value);
        buffer.Advance(sizeof(int));
    }

    public void Write(int? value)
    {
        Write(value.HasValue);
        if (value is { } there)
        {
            Write(there);
        }
    }

    public void Write(long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(buffer.GetSpan(sizeof(long)), value);
        buffer.Advance(sizeof(long));
    }

    public void Write(Guid value)
    {
        value.TryWriteBytes(buffer.GetSpan(PackReader.GuidBytes), bigEndian: true, out _);
        buffer.Advance(PackReader.GuidBytes);
    }

    public void Write(string? value)
    {
        if (value is null)
        {
            Write(PackReader.Null);
            return;
        }

        // A length of its own in front, which is known when the text is written.
        var room = buffer.GetSpan(checked(sizeof(int) + (3 * value.Length)));
        var length = Encoding.UTF8.GetBytes(value, room[sizeof(int)..]);
        BinaryPrimitives.WriteInt32BigEndian(room, length);
        buffer.Advance(sizeof(int) + length);
    }

    public void Write(ReadOnlySpan<byte> value)
    {
        Write(value.Length);
        buffer.Write(value);
    }
}

/// <summary>Reads what <see cref="PackWriter"/> wrote.</summary>
/// <param name="bytes">All of it; what is read as bytes stays part of it.</param>
/// <exception cref="JsonException">It ends too early, or a length is none.</exception>
internal struct PackReader(byte[] bytes)
{
    internal const int Null = -1;
    internal const int GuidBytes = 16;
    private int _place;
    private string _name = "";

    public byte ReadByte() => Take(1)[0];

    public bool ReadFlag() => ReadByte() != 0;

    public int ReadInt32() => BinaryPrimitives.ReadInt32BigEndian(Take(sizeof(int)));

    public int? ReadNullable() => ReadFlag() ? ReadInt32() : null;

    public long ReadInt64() => BinaryPrimitives.ReadInt64BigEndian(Take(sizeof(long)));

    public Guid ReadGuid() => new(Take(GuidBytes), bigEndian: true);

    /// <summary>How many of something follow; each takes a byte at least.</summary>
    public int ReadCount() => ReadInt32() is >= 0 and var count && count <= bytes.Length - _place ? count : throw Broken();

    public string? ReadText() => ReadInt32() is var length && length == Null ? null : Encoding.UTF8.GetString(Take(length));

    /// <summary>A text that is often the one before it again, and is made once then.</summary>
    public string ReadName()
    {
        var utf8 = Take(ReadInt32());
        return _name = Ascii.Equals(utf8, _name) ? _name : Encoding.UTF8.GetString(utf8);
    }

    public ReadOnlyMemory<byte> ReadBytes()
    {
        var length = Take(ReadInt32()).Length;
        return bytes.AsMemory(_place - length, length);
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length < 0 || length > bytes.Length - _place)
        {
            throw Broken();
        }

        _place += length;
        return bytes.AsSpan(_place - length, length);
    }

    private static JsonException Broken() => new("A message is cut off or is none of this program's.");
}
