using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace DataExchange.Catalogue.Reading;

/// <summary>Reads the fields of a record that come in many forms: subjects, ways to the data, dates, places.</summary>
internal sealed partial class FieldReader(Node node, Action<NoteCode, string, string> note, Cleaner clean)
{
    private const int MostSubjects = 100;
    private const int MostDistributions = 100;

    private static readonly System.Buffers.SearchValues<char> Separators = System.Buffers.SearchValues.Create(",;，；、|");
    private static readonly string[] ServiceFormats = ["api", "webservice", "web service", "rest", "soap", "wms", "wfs", "wmts", "odata", "sparql", "openapi", "graphql", "数据接口"];
    private static readonly string[] AddressNames = ["accessurl", "downloadurl", "endpointurl", "endpointdescription", "url", "webservice", "contenturl"];

    internal IReadOnlyList<string> Subjects()
    {
        List<string> subjects = [];
        foreach (var name in (ReadOnlySpan<string>)["theme", "category", "groups", "keyword", "keywords", "tags", "subject"])
        {
            var texts = node.TextsOf(name);
            IEnumerable<string> values = texts.Select(text => text.Value);
            if (texts.Count == 1 && name is "keyword" or "keywords" or "tags" && texts[0].Value.AsSpan().IndexOfAny(Separators) >= 0)
            {
                note(NoteCode.KeywordsSplit, name, texts[0].Value);
                values = texts[0].Value.Split([',', ';', '，', '；', '、', '|']);
            }

            subjects.AddRange(values.Take(MostSubjects).Select(value => clean(value, name, RecordReader.MostName, null).ToLowerInvariant()).Where(value => value.Length > 0));
        }

        return [.. subjects.Distinct(StringComparer.Ordinal).Take(MostSubjects)];
    }

    internal IReadOnlyList<RecordDistribution> Distributions()
    {
        List<RecordDistribution> found = [];
        foreach (var name in (ReadOnlySpan<string>)["distribution", "resources"])
        {
            foreach (var value in node.All(name).Take(MostDistributions))
            {
                if (value.ValueKind == JsonValueKind.Null)
                {
                    continue;
                }

                Add(value, name, found);
            }
        }

        // Where there is no list of distributions, the record itself may say the way.
        var direct = Of(node, "");
        if (direct.Addresses.Count > 0 || (found.Count == 0 && direct.Formats.Count > 0))
        {
            found.Add(direct);
        }

        if (found.Count == 0)
        {
            note(NoteCode.DistributionMissing, "distribution", "");
        }

        return found;
    }

    internal IReadOnlyList<string> Others()
    {
        List<string> others = [];
        foreach (var name in (ReadOnlySpan<string>)["modified", "metadata_modified", "issued", "released"])
        {
            foreach (var text in node.TextsOf(name))
            {
                CheckDate(name, text.Value);
                others.Add($"{name} {clean(text.Value, name, RecordReader.MostName, null)}");
            }
        }

        CheckSpatial();
        foreach (var name in (ReadOnlySpan<string>)["license", "license_url", "license_title", "rights", "spatial", "temporal", "accrualperiodicity", "version"])
        {
            foreach (var value in node.Values(name).Take(MostSubjects))
            {
                // Raw texts may hold what cannot be stored; here they only tell records apart.
                others.Add($"{name} {clean(value.GetRawText(), name, RecordReader.MostDescription, null)}");
            }
        }

        return others;
    }

    private void Add(JsonElement value, string name, List<RecordDistribution> found)
    {
        if (node.Resolve(value) is { } element)
        {
            var read = Of(element, name);
            if (read.Title.Length + read.Formats.Count + read.Addresses.Count > 0 || read.IsService)
            {
                found.Add(read);
                return;
            }
        }
        else if (Texts.OfScalar(value) is { } text && Address(text, name) is { } address)
        {
            found.Add(new RecordDistribution("", [], [address], false));
            return;
        }

        note(NoteCode.DistributionUnusable, name, value.ValueKind == JsonValueKind.Object ? "{}" : Texts.OfScalar(value) ?? value.ValueKind.ToString());
    }

    private RecordDistribution Of(Node way, string name)
    {
        string[] formats =
        [
            .. way.TextsOf("mediatype").Concat(way.TextsOf("format")).Concat(way.TextsOf("mimetype")).Concat(way.TextsOf("encodingformat"))
                .Select(text => clean(text.Value, "format", RecordReader.MostName, null).ToLowerInvariant()).Where(text => text.Length > 0).Distinct(StringComparer.Ordinal).Take(20),
        ];
        List<string> addresses = [];
        foreach (var address in AddressNames)
        {
            // A record's own "url" is where it is shown, not where the data are.
            if (name.Length == 0 && address == "url")
            {
                continue;
            }

            addresses.AddRange(way.TextsOf(address).Take(20).Select(text => Address(text.Value, address)).OfType<string>());
        }

        var isService = way.Has("accessservice") && name.Length > 0 && way.Types.Contains("dataservice")
            || formats.Any(format => ServiceFormats.Any(word => Last(format) == word))
            || way.Has("endpointurl") || way.Has("webservice");
        var title = name.Length == 0 ? "" : way.TextsOf("title", "name") is [var text, ..] ? clean(text.Value, "distribution.title", RecordReader.MostName, null) : "";
        return new RecordDistribution(title, formats, addresses, isService);
    }

    private static string Last(string format) => format.Split('/', '#', '.')[^1];

    private string? Address(string text, string field)
    {
        var address = clean(text, field, 2_000, null);
        if (address.Length > 0 && Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Host.Length > 0 || uri.Scheme is not ("http" or "https" or "ftp"))
            && !address.Contains(' ', StringComparison.Ordinal))
        {
            return address;
        }

        if (address.Length > 0)
        {
            note(NoteCode.AddressInvalid, field, address);
        }

        return null;
    }

    private void CheckDate(string field, string text)
    {
        if (Interval().IsMatch(text.Trim()))
        {
            note(NoteCode.DateIsInterval, field, text);
        }
        else if (!DateTimeOffset.TryParse(text.Trim(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _) && !YearOrMonth().IsMatch(text.Trim()))
        {
            note(NoteCode.DateUnreadable, field, text);
        }
    }

    private void CheckSpatial()
    {
        if (!node.Has("spatial"))
        {
            return;
        }

        var usable = node.Values("spatial").Any(value => value.ValueKind == JsonValueKind.Object
            || (Texts.OfScalar(value) is { } text && IsPlace(text.Trim())));
        if (!usable)
        {
            note(NoteCode.SpatialUnusable, "spatial", node.Values("spatial") is [var first, ..] ? Texts.OfScalar(first) ?? first.ValueKind.ToString() : "null");
        }
    }

    // A name, a box of four numbers, or GeoJSON; a text that looks like a structure and is none cannot be placed.
    private static bool IsPlace(string text)
    {
        if (text.Length == 0 || text is "null" or "{}" or "[]")
        {
            return false;
        }

        if (text[0] is not ('{' or '['))
        {
            return true;
        }

        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.ValueKind == JsonValueKind.Object && Texts.TryGet(json.RootElement, "type", out _);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    [GeneratedRegex("^(R\\d*/|P\\d|irregular$|daily$|weekly$|monthly$|annual)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Interval();

    [GeneratedRegex("^\\d{4}(-\\d{2})?$|^\\d{4}-\\d{2}-\\d{2}/.*$", RegexOptions.CultureInvariant)]
    private static partial Regex YearOrMonth();
}
