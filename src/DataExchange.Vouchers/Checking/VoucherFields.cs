using System.Text.Json;
using DataExchange.Domain;

namespace DataExchange.Vouchers.Checking;

/// <summary>Reads fields of a document that may lack them.</summary>
/// <param name="document">The document, or an object in it.</param>
/// <param name="where">What stands before its fields in messages: empty, or a path with a dot at the end.</param>
internal sealed class VoucherFields(JsonElement document, string where = "")
{
    internal JsonElement? Find(params ReadOnlySpan<string> path)
    {
        var here = document;
        foreach (var name in path)
        {
            if (here.ValueKind != JsonValueKind.Object || !here.TryGetProperty(name, out here))
            {
                return null;
            }
        }

        return here;
    }

    internal JsonElement Value(JsonValueKind kind, params ReadOnlySpan<string> path) =>
        Find(path) is not { } found ? throw new VoucherException($"{Name(path)}: it is missing")
        : found.ValueKind == kind ? found
        : throw new VoucherException($"{Name(path)}: it is a {found.ValueKind}, not a {kind}");

    internal string Text(params ReadOnlySpan<string> path)
    {
        try
        {
            return Value(JsonValueKind.String, path).GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new VoucherException($"{Name(path)}: it is no Unicode text");
        }
    }

    internal bool Flag(params ReadOnlySpan<string> path) => Find(path) is { } found && found.ValueKind is JsonValueKind.True or JsonValueKind.False
        ? found.GetBoolean()
        : throw new VoucherException($"{Name(path)}: it is missing, or neither true nor false");

    internal long Number(params ReadOnlySpan<string> path) => Value(JsonValueKind.Number, path).TryGetInt64(out var number)
        ? number
        : throw new VoucherException($"{Name(path)}: it is no whole number");

    internal SimulatedTime Time(params ReadOnlySpan<string> path)
    {
        var text = Text(path);
        try
        {
            var time = SimulatedTime.Parse(text);
            if (time.ToString() == text)
            {
                return time;
            }
        }
        catch (FormatException)
        {
            // Said below.
        }

        throw new VoucherException($"{Name(path)}: '{text}' is no time such as 2025-05-31T09:30:00+08:00");
    }

    internal SimulatedTime? TimeOrNull(params ReadOnlySpan<string> path) => Find(path) is null ? null : Time(path);

    internal IReadOnlyList<string> Texts(params ReadOnlySpan<string> path)
    {
        var texts = new List<string>();
        foreach (var item in Value(JsonValueKind.Array, path).EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.String)
            {
                texts.Add(new VoucherFields(item, Name(path)).Text());
            }
        }

        return texts;
    }

    internal VoucherFields At(params ReadOnlySpan<string> path) => new(Value(JsonValueKind.Object, path), Name(path) + ".");

    internal IReadOnlyList<VoucherFields> Items(params ReadOnlySpan<string> path)
    {
        var name = Name(path);
        return [.. Value(JsonValueKind.Array, path).EnumerateArray().Select((item, i) => new VoucherFields(item, $"{name}[{i}]."))];
    }

    private string Name(ReadOnlySpan<string> path) => where + string.Join('.', path);
}
