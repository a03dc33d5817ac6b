using System.Text.Json;
using System.Text.Json.Serialization;
using DataExchange.Domain;

namespace DataExchange.EventStore.Serialization;

/// <summary>A value that is one piece of text in JSON.</summary>
internal sealed class TextConverter<T>(Func<string, T> read, Func<T, string> write) : JsonConverter<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && reader.GetString() is { Length: > 0 } text
            ? read(text)
            : throw new JsonException($"A {typeof(T).Name} is a text that is not empty; here is a {reader.TokenType}.");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(write(value) is { Length: > 0 } text
            ? text
            : throw new JsonException($"A {typeof(T).Name} without a value cannot be stored."));
}

/// <summary>
/// Whole numbers that every JSON reader holds exactly: at most 2^53 - 1 on either side of zero (RFC 8785, section 3.2.2.3).
/// </summary>
internal sealed class ExactIntegerConverter : JsonConverter<long>
{
    internal const long Largest = (1L << 53) - 1;

    public override long Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => InRange(reader.GetInt64());

    public override void Write(Utf8JsonWriter writer, long value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(InRange(value));

    private static long InRange(long value) => value is >= -Largest and <= Largest
        ? value
        : throw new JsonException($"{value} is beyond {Largest}, the largest integer that JSON readers agree on.");
}

/// <summary>A moment as ISO 8601 to the second with the offset of China: <c>2025-05-31T09:30:00+08:00</c>. No other form is read.</summary>
internal sealed class SimulatedTimeConverter : JsonConverter<SimulatedTime>
{
    private const int Length = 25;
    private const int LongestEscaped = Length * 6;

    public override SimulatedTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var length = reader.HasValueSequence ? reader.ValueSequence.Length : reader.ValueSpan.Length;
        if (reader.TokenType == JsonTokenType.String && length <= LongestEscaped)
        {
            Span<byte> text = stackalloc byte[LongestEscaped];
            if (TryRead(text[..reader.CopyString(text)], out var time))
            {
                return time;
            }
        }

        throw new JsonException($"A time reads 2025-05-31T09:30:00+08:00; here is a {reader.TokenType} '{Shown(ref reader)}'.");
    }

    public override void Write(Utf8JsonWriter writer, SimulatedTime value, JsonSerializerOptions options)
    {
        Span<byte> text = stackalloc byte[Length];
        "0000-00-00T00:00:00+08:00"u8.CopyTo(text);
        var date = value.Date;
        var second = value.SecondOfDay;
        Put(text[..4], date.Year);
        Put(text[5..7], date.Month);
        Put(text[8..10], date.Day);
        Put(text[11..13], second / 3_600);
        Put(text[14..16], second / 60 % 60);
        Put(text[17..19], second % 60);
        writer.WriteStringValue(text);
    }

    private static void Put(Span<byte> place, int number)
    {
        for (var i = place.Length - 1; i >= 0; i--)
        {
            place[i] = (byte)('0' + (number % 10));
            number /= 10;
        }
    }

    private static bool TryRead(ReadOnlySpan<byte> text, out SimulatedTime time)
    {
        time = default;
        if (text.Length != Length || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':'
            || !text[19..].SequenceEqual("+08:00"u8))
        {
            return false;
        }

        var year = Number(text[..4]);
        var month = Number(text[5..7]);
        var day = Number(text[8..10]);
        var hour = Number(text[11..13]);
        var minute = Number(text[14..16]);
        var second = Number(text[17..19]);
        if (year is < 1970 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 59)
        {
            return false;
        }

        time = SimulatedTime.On(new DateOnly(year, month, day), (hour * 3_600) + (minute * 60) + second);
        return true;
    }

    /// <summary>The number that the digits make; -1 when one is none.</summary>
    private static int Number(ReadOnlySpan<byte> digits)
    {
        var number = 0;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return -1;
            }

            number = (number * 10) + digit - '0';
        }

        return number;
    }

    private static string? Shown(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
}
