using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using DataExchange.EventStore.Reading;
using DataExchange.EventStore.Serialization;

namespace DataExchange.Files.CloudEvents;

/// <summary>
/// Stored events as CloudEvents 1.0 in JSON, one object a line (NDJSON). Id and source together name a fact for ever: the id is the stream and the place in
/// it, which never change, the source the run. The data are the event's canonical JSON, byte for byte what the store's digest is made of. Not for several
/// threads at once.
/// </summary>
public sealed class CloudEventWriter : IDisposable
{
    /// <summary>What stands before the stored name in <c>type</c>: CloudEvents asks for a reversed name of a domain.</summary>
    public const string TypePrefix = "invalid.dataexchange.";

    private const int FlushBytes = 1 << 16;
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly Stream _output;
    private readonly string _source;
    private readonly ArrayBufferWriter<byte> _buffer = new(2 * FlushBytes);
    private readonly ArrayBufferWriter<byte> _data = new(1_024);
    private readonly Utf8JsonWriter _json;

    /// <summary>Begins.</summary>
    /// <param name="source">The run.</param>
    /// <param name="output">Where the UTF-8 lines go. It is left open.</param>
    public CloudEventWriter(RunSource source, Stream output)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(output);
        (_source, _output) = (source.Uri, output);
        _json = new Utf8JsonWriter(_buffer, Options);
    }

    /// <summary>Lines written so far.</summary>
    public long Count { get; private set; }

    /// <summary>Writes the next event.</summary>
    /// <param name="raw">The stored event.</param>
    /// <exception cref="JsonException">Its data are not of its type; <c>dx verify</c> names what is off.</exception>
    public void Write(in RawEvent raw)
    {
        // Read and written again, as jsonb has an order of its own: only that gives the canonical form, and a damaged row is found.
        var fact = EventJson.Read(raw.TypeName, raw.Json.Span);
        _data.ResetWrittenCount();
        EventJson.Write(_data, fact);

        _json.Reset(_buffer);
        _json.WriteStartObject();
        _json.WriteString("specversion"u8, "1.0"u8);
        _json.WriteString("id"u8, string.Create(CultureInfo.InvariantCulture, $"{raw.StreamId}/{raw.Version}"));
        _json.WriteString("source"u8, _source);
        _json.WriteString("type"u8, TypePrefix + raw.TypeName);
        _json.WriteString("subject"u8, raw.StreamId);
        _json.WriteString("time"u8, fact.At.ToString());
        _json.WriteString("datacontenttype"u8, "application/json"u8);
        // Of a length that makes the order of texts the order of commits, as the extension "sequence" asks for.
        _json.WriteString("sequence"u8, raw.Sequence.ToString("D16", CultureInfo.InvariantCulture));
        _json.WriteNumber("streamversion"u8, raw.Version);
        _json.WriteBoolean("simulated"u8, true);
        _json.WritePropertyName("data"u8);
        _json.WriteRawValue(_data.WrittenSpan, skipInputValidation: true);
        _json.WriteEndObject();
        _json.Flush();
        _buffer.Write("\n"u8);
        Count++;
        if (_buffer.WrittenCount >= FlushBytes)
        {
            Flush();
        }
    }

    /// <summary>Hands on what is still held.</summary>
    public void Flush()
    {
        _output.Write(_buffer.WrittenSpan);
        _output.Flush();
        _buffer.ResetWrittenCount();
    }

    /// <inheritdoc />
    public void Dispose() => _json.Dispose();
}
