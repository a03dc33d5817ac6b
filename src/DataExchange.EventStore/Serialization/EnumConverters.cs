using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DataExchange.EventStore.Serialization;

/// <summary>Gives every enumeration its converter, so that none is stored as a number by being forgotten.</summary>
internal sealed class EnumConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options)
    {
        var isSet = typeToConvert.IsDefined(typeof(FlagsAttribute), inherit: false);
        var converter = isSet ? typeof(FlagsConverter<>) : typeof(EnumNameConverter<>);
        return (JsonConverter)Activator.CreateInstance(converter.MakeGenericType(typeToConvert))!;
    }
}

/// <summary>An enumeration as the name of its member, exactly as written in the code; numbers and other spellings are errors.</summary>
internal sealed class EnumNameConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    private readonly T[] _values = Enum.GetValues<T>();
    private readonly JsonEncodedText[] _names;

    public EnumNameConverter() =>
        _names = [.. _values.Select(value => JsonEncodedText.Encode(value.ToString(), CanonicalEncoder.Instance))];

    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Read(ref reader, typeToConvert, options);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WritePropertyName(NameOf(value));

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
        {
            for (var i = 0; i < _names.Length; i++)
            {
                if (reader.ValueTextEquals(_names[i].EncodedUtf8Bytes))
                {
                    return _values[i];
                }
            }
        }

        var found = reader.TokenType == JsonTokenType.String ? $"'{reader.GetString()}'" : reader.TokenType.ToString();
        throw new JsonException($"{found} is no {typeof(T).Name}; known are {string.Join(", ", _values)}.");
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(NameOf(value));

    private JsonEncodedText NameOf(T value)
    {
        var index = Array.IndexOf(_values, value);
        return index >= 0 ? _names[index] : throw new JsonException($"{value} is no {typeof(T).Name}.");
    }
}

/// <summary>
/// A set of flags as the array of their names, in ascending order of their values, each once:
/// <c>["ResourceHolding","ProductOperation"]</c>; no flag is the empty array. Any other order is an error, so that one set has one text.
/// </summary>
internal sealed class FlagsConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    private readonly int[] _bits = [.. Enum.GetValues<T>().Select(Number).Where(int.IsPow2).Order()];
    private readonly JsonEncodedText[] _names;

    public FlagsConverter() =>
        _names = [.. _bits.Select(bit => JsonEncodedText.Encode(Enum.ToObject(typeof(T), bit).ToString()!, CanonicalEncoder.Instance))];

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException($"{typeof(T).Name} is an array of names; here is a {reader.TokenType}.");
        }

        var set = 0;
        var next = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var isText = reader.TokenType == JsonTokenType.String;
            while (next < _bits.Length && !(isText && reader.ValueTextEquals(_names[next].EncodedUtf8Bytes)))
            {
                next++;
            }

            set |= next < _bits.Length
                ? _bits[next++]
                : throw new JsonException(
                    $"{typeof(T).Name} is an array of {string.Join(", ", _names)}, each once at most and in this order.");
        }

        return (T)Enum.ToObject(typeof(T), set);
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        var left = Number(value);
        writer.WriteStartArray();
        for (var i = 0; i < _bits.Length; i++)
        {
            if ((left & _bits[i]) != 0)
            {
                writer.WriteStringValue(_names[i]);
                left &= ~_bits[i];
            }
        }

        writer.WriteEndArray();
        if (left != 0)
        {
            throw new JsonException($"{value} is no set of {typeof(T).Name}.");
        }
    }

    private static int Number(T value) => Convert.ToInt32(value, CultureInfo.InvariantCulture);
}
