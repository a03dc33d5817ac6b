using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using DataExchange.Services.Messages;

namespace DataExchange.Services;

/// <summary>
/// Writes the bulk of a message as one string, Base64 of a form of its own. MassTransit reads a message's whole tree, twice, before it knows what it is; a
/// string it passes over, and the bulk is read once, by whoever it is for. The form is a version and then field behind field, with no names: a JSON of
/// thousands of envelopes costs more to read than what is in them. What an earlier build wrote, JSON, is read too: it may wait in a queue.
/// </summary>
/// <typeparam name="T">One of what the bulk is made of.</typeparam>
internal abstract class Packed<T> : JsonConverter<T[]>
{
    private const byte Version = 1;
    private const byte JsonArray = (byte)'[';

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    /// <inheritdoc />
    public override T[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var bulk = reader.GetBytesFromBase64();
        if (bulk is [JsonArray, ..])
        {
            return JsonSerializer.Deserialize<T[]>(bulk) ?? throw new JsonException("A message has no content.");
        }

        var fields = new PackReader(bulk);
        if (fields.ReadByte() is var version && version != Version)
        {
            throw new JsonException($"A message is of version {version}; this program reads version {Version}.");
        }

        var all = new T[fields.ReadCount()];
        for (var i = 0; i < all.Length; i++)
        {
            all[i] = Read(ref fields);
        }

        return all;
    }

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, T[] value, JsonSerializerOptions options)
    {
        // Kept from message to message: one is larger than what the collector likes to come and go.
        var buffer = _buffer ??= new ArrayBufferWriter<byte>(64 * 1024);
        buffer.ResetWrittenCount();
        var fields = new PackWriter(buffer);
        fields.Write(Version);
        fields.Write(value.Length);
        foreach (var one in value)
        {
            Write(fields, one);
        }

        writer.WriteBase64StringValue(buffer.WrittenSpan);
    }

    /// <summary>Reads one.</summary>
    protected abstract T Read(ref PackReader fields);

    /// <summary>Writes one.</summary>
    protected abstract void Write(PackWriter fields, T one);
}

/// <summary>Commands on their way.</summary>
internal sealed class PackedCommands : Packed<CommandEnvelope>
{
    /// <inheritdoc />
    protected override CommandEnvelope Read(ref PackReader fields) =>
        new(fields.ReadGuid(), fields.ReadName(), new RawJson(fields.ReadBytes()), fields.ReadNullable(), fields.ReadText());

    /// <inheritdoc />
    protected override void Write(PackWriter fields, CommandEnvelope one)
    {
        fields.Write(one.Id);
        fields.Write(one.Type);
        fields.Write(one.Json.Utf8);
        fields.Write(one.Expected);
        fields.Write(one.Trace);
    }
}

/// <summary>Answers on their way.</summary>
internal sealed class PackedAnswers : Packed<AnswerEnvelope>
{
    /// <inheritdoc />
    protected override AnswerEnvelope Read(ref PackReader fields)
    {
        var (id, stream, first, last) = (fields.ReadGuid(), fields.ReadName(), fields.ReadInt32(), fields.ReadInt32());
        var facts = new FactEnvelope[fields.ReadCount()];
        for (var i = 0; i < facts.Length; i++)
        {
            facts[i] = PackedFacts.ReadOne(ref fields);
        }

        return new(id, stream, first, last, facts, fields.ReadText(), fields.ReadInt64(), fields.ReadFlag(), fields.ReadFlag(), fields.ReadText());
    }

    /// <inheritdoc />
    protected override void Write(PackWriter fields, AnswerEnvelope one)
    {
        fields.Write(one.Id);
        fields.Write(one.Stream);
        fields.Write(one.FirstVersion);
        fields.Write(one.LastVersion);
        fields.Write(one.Facts.Length);
        foreach (var fact in one.Facts)
        {
            PackedFacts.WriteOne(fields, fact);
        }

        fields.Write(one.Rejection);
        fields.Write(one.Sequence);
        fields.Write(one.WasRepeated);
        fields.Write(one.MovedOn);
        fields.Write(one.Fault);
    }
}

/// <summary>Facts on their way.</summary>
internal sealed class PackedFacts : Packed<FactEnvelope>
{
    internal static FactEnvelope ReadOne(ref PackReader fields) => new(
        fields.ReadInt64(), fields.ReadName(), fields.ReadInt32(), fields.ReadName(), new RawJson(fields.ReadBytes()), fields.ReadText());

    internal static void WriteOne(PackWriter fields, FactEnvelope one)
    {
        fields.Write(one.Sequence);
        fields.Write(one.Stream);
        fields.Write(one.Version);
        fields.Write(one.Type);
        fields.Write(one.Json.Utf8);
        fields.Write(one.Trace);
    }

    /// <inheritdoc />
    protected override FactEnvelope Read(ref PackReader fields) => ReadOne(ref fields);

    /// <inheritdoc />
    protected override void Write(PackWriter fields, FactEnvelope one) => WriteOne(fields, one);
}
