using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using DataExchange.EventStore.Appending;

namespace DataExchange.EventStore.Backups;

/// <summary>Lines in the text form of PostgreSQL's COPY: fields between tabs, a backslash before what would end a field or a line.</summary>
internal static class CopyText
{
    private const string TimeFormat = "yyyy-MM-dd HH:mm:ss.ffffff";

    private static readonly SearchValues<byte> Special = SearchValues.Create("\\\t\n\r"u8);

    /// <summary>A moment as a field of a line.</summary>
    internal static byte[] Time(DateTimeOffset utc) => Encoding.ASCII.GetBytes(utc.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture) + "+00");

    /// <summary>Reads the moment of a line as PostgreSQL writes it in UTC.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    internal static DateTimeOffset TimeOf(ReadOnlySpan<byte> field) =>
        DateTimeOffset.Parse(Encoding.UTF8.GetString(field), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>Writes an event as a line, in the columns of <see cref="EventRow.Columns"/>.</summary>
    internal static void WriteEvent(ArrayBufferWriter<byte> lines, in EncodedEvent written, ulong runKey, ReadOnlySpan<byte> time)
    {
        Span<byte> small = stackalloc byte[40];
        Utf8Formatter.TryFormat(written.Sequence, small, out var length);
        lines.Write(small[..length]);
        lines.Write("\t"u8);
        Utf8Formatter.TryFormat(EventIds.For(runKey, written.Sequence), small, out length);
        lines.Write(small[..length]);
        lines.Write("\t"u8);
        WriteText(lines, written.StreamId);
        lines.Write("\t"u8);
        Utf8Formatter.TryFormat(written.Version, small, out length);
        lines.Write(small[..length]);
        lines.Write("\t"u8);
        WriteField(lines, written.Json.Span);
        lines.Write("\t\\N\t"u8);
        WriteField(lines, written.Type.NameUtf8);
        lines.Write("\t"u8);
        lines.Write(time);
        lines.Write("\t"u8);
        lines.Write(EventRow.Tenant);
        lines.Write("\t"u8);
        WriteField(lines, written.Type.DotNetTypeNameUtf8);
        lines.Write("\tf\n"u8);
    }

    /// <summary>Writes a field, escaped.</summary>
    internal static void WriteField(ArrayBufferWriter<byte> lines, ReadOnlySpan<byte> field)
    {
        for (var next = field.IndexOfAny(Special); next >= 0; next = field.IndexOfAny(Special))
        {
            lines.Write(field[..next]);
            lines.Write(field[next] switch
            {
                (byte)'\t' => "\\t"u8,
                (byte)'\n' => "\\n"u8,
                (byte)'\r' => "\\r"u8,
                _ => "\\\\"u8,
            });
            field = field[(next + 1)..];
        }

        lines.Write(field);
    }

    /// <summary>A field as it was before it was escaped.</summary>
    /// <param name="field">The field of a line; it is used up.</param>
    /// <returns>The field's bytes, in the place of those given.</returns>
    /// <exception cref="FormatException">A backslash is followed by what this program does not know.</exception>
    internal static Span<byte> Unescape(Span<byte> field)
    {
        var from = field.IndexOf((byte)'\\');
        if (from < 0)
        {
            return field;
        }

        var to = from;
        while (from < field.Length)
        {
            if (field[from] != '\\')
            {
                field[to++] = field[from++];
                continue;
            }

            field[to++] = from + 1 == field.Length ? throw new FormatException("a field ends with a backslash") : field[from + 1] switch
            {
                (byte)'\\' => (byte)'\\',
                (byte)'t' => (byte)'\t',
                (byte)'n' => (byte)'\n',
                (byte)'r' => (byte)'\r',
                (byte)'b' => (byte)'\b',
                (byte)'f' => (byte)'\f',
                (byte)'v' => (byte)'\v',
                var other => throw new FormatException($"'\\{(char)other}' in a field is not known"),
            };
            from += 2;
        }

        return field[..to];
    }

    private static void WriteText(ArrayBufferWriter<byte> lines, string text)
    {
        Span<byte> utf8 = text.Length <= 128 ? stackalloc byte[3 * text.Length] : new byte[3 * text.Length];
        WriteField(lines, utf8[..Encoding.UTF8.GetBytes(text, utf8)]);
    }
}
