using System.Globalization;
using System.Text.Json;
using DataExchange.Domain;

namespace DataExchange.Policies;

/// <summary>Reads a constraint.</summary>
internal static class ConstraintReader
{
    /// <summary>Reads it.</summary>
    /// <param name="json">The constraint.</param>
    /// <param name="place">Where it stands.</param>
    /// <exception cref="PolicyFormatException">It is none that can be evaluated.</exception>
    internal static Constraint Read(JsonElement json, string place)
    {
        var fields = JsonFields.Of(json, place, "uid", "type", "leftOperand", "operator", "rightOperand", "unit", "dataType");
        var left = fields.Name("leftOperand") is not { } operand ? throw Missing(fields, "leftOperand")
            : Vocabulary.OperandOf(operand) ?? throw new PolicyFormatException(
                fields.At("leftOperand"), $"'{operand}' cannot be evaluated: allowed are {string.Join(", ", Vocabulary.OperandNames)}");
        var @operator = fields.Name("operator") is not { } name ? throw Missing(fields, "operator")
            : Vocabulary.OperatorOf(name) ?? throw new PolicyFormatException(
                fields.At("operator"), $"'{name}' is no operator: allowed are {string.Join(", ", Vocabulary.OperatorNames)}");
        var right = fields.Get("rightOperand") ?? throw Missing(fields, "rightOperand");
        if (left == LeftOperand.PayAmount && fields.Iri("unit") is var unit && unit != Vocabulary.Yuan)
        {
            throw new PolicyFormatException(fields.At("unit"), $"'{unit}' is no currency of this market: allowed is {Vocabulary.Yuan}");
        }

        var at = fields.At("rightOperand");
        var list = right.ValueKind == JsonValueKind.Object && right.TryGetProperty("@list", out var inner) ? inner : right;
        var constraint = new Constraint(left, @operator, [.. JsonFields.Items(list).Select(value => ValueOf(left, value, at))]);
        return constraint.Problem is null ? constraint : throw new PolicyFormatException(place, constraint.Problem);
    }

    private static string ValueOf(LeftOperand left, JsonElement json, string place)
    {
        var value = json.ValueKind == JsonValueKind.Object
            ? json.TryGetProperty("@value", out var typed) ? typed
                : json.TryGetProperty("@id", out var iri) || json.TryGetProperty("uid", out iri) ? iri
                : throw new PolicyFormatException(place, $"'{JsonFields.Shown(json)}' is no value")
            : json;
        var text = value.ValueKind == JsonValueKind.Number ? value.GetRawText() : JsonFields.TextOf(value, place);
        return Vocabulary.TypeOf(left) switch
        {
            ValueType.Moment => MomentOf(text),
            ValueType.Days => text is ['P', .. var days, 'D'] ? Whole(days) : text,
            ValueType.Amount => FenOf(text),
            ValueType.Number => Whole(text),
            _ => text,
        };
    }

    // What is no value stays as it is written; the constraint says then what is needed.
    private static string Whole(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number.ToString(CultureInfo.InvariantCulture) : text;

    private static string MomentOf(string text) =>
        DateTimeOffset.TryParseExact(
            text, ["yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss'Z'"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? new SimulatedTime(moment.ToUnixTimeSeconds()).ToString()
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year > 1970
            ? SimulatedTime.On(day).ToString()
        : text;

    private static string FenOf(string text)
    {
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var (yuan, fen) = point < 0 ? (text, "") : (text[..point], text[(point + 1)..].TrimEnd('0'));
        return fen.Length <= 2 && yuan.Length is > 0 and <= 16 && (yuan + fen).All(char.IsAsciiDigit)
            ? Whole(yuan + fen.PadRight(2, '0'))
            : $"{text} (yuan)";
    }

    private static PolicyFormatException Missing(JsonFields fields, string name) => new(fields.At(name), "it is missing");
}
