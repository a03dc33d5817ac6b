using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using DataExchange.Catalogue.Importing;
using DataExchange.Catalogue.Reading;

namespace DataExchange.Catalogue.Tests;

/// <summary>Whatever stands in a file: it is refused as a whole with a reason, or every entry of it is accounted for. Nothing else may happen.</summary>
public sealed class FuzzTests
{
    private static readonly string[] Names =
    [
        "title", "dct:title", "http://purl.org/dc/terms/title", "identifier", "@id", "@type", "@value", "@language", "@list", "description", "publisher", "name", "keyword", "theme",
        "distribution", "accessURL", "format", "mediaType", "modified", "spatial", "accessLevel", "dcat:dataset", "dataset", "@graph", "dx:form", "dx:fingerprint", "en", "zh", "foo:bar", "",
    ];

    private static readonly string[] Words =
    [
        "", " ", "a", "a", "水井", "\0\u0007", "<p>x</p>", "&amp;&#0;&#xD800;", "http://x y", "https://example.org/a", "R/P1Y", "2024-01-01", "dcat:Dataset", "dcat:Catalog", "_:b", "public",
        "csv", "86.dex/product.P000001", "\uFEFF\u202E", "[1,{", "{\"type\":1}", new string('x', 5_000), "\uD800",
    ];

    private static readonly Gen<JsonNode?> Scalar = Gen.OneOf(
        OneOf(Words).Select(word => (JsonNode?)JsonValue.Create(word)), Gen.Int.Select(number => (JsonNode?)JsonValue.Create(number)),
        Gen.Bool.Select(flag => (JsonNode?)JsonValue.Create(flag)), Gen.Const(() => (JsonNode?)null));

    private static readonly Gen<JsonNode?> Any = Nested(4);

    [Fact]
    public void Every_entry_of_any_catalogue_is_accounted_for() =>
        Any.Array[0, 8].Sample(
            entries =>
            {
                var json = new JsonObject { ["@type"] = "dcat:Catalog", ["dataset"] = new JsonArray([.. entries.Select(entry => entry?.DeepClone())]) };
                var read = CatalogueReader.Read(Encoding.UTF8.GetBytes(json.ToJsonString()));
                // References that meet what is there already are the only entries that need no record of their own.
                var references = entries.Count(entry => entry is JsonValue value && value.TryGetValue<string>(out _) || entry is JsonObject { Count: > 0 } one && one.All(member => member.Key is "@id" or "@type"));
                Assert.InRange(read.Records.Count, entries.Length - references, entries.Length + Inner(entries));
                Assert.Equal(Enumerable.Range(1, read.Records.Count), read.Records.Select(record => record.Number));
                Check(read);
            },
            iter: 4_000, threads: 1, print: entries => string.Join(' ', entries.Select(entry => entry?.ToJsonString() ?? "null")));

    [Fact]
    public void Any_json_is_read_or_refused_with_a_reason() =>
        Any.Sample(
            node => Try(Encoding.UTF8.GetBytes(node?.ToJsonString() ?? "null")), iter: 4_000, threads: 1, print: node => node?.ToJsonString() ?? "null");

    [Fact]
    public void Any_bytes_are_read_or_refused_with_a_reason()
    {
        var seed = Encoding.UTF8.GetBytes("""{"@graph":[{"@type":"dcat:Dataset","dct:title":"水井","identifier":"a","distribution":[{"accessURL":"https://example.org/a"}]}]}""");
        Gen.Select(Gen.Int[0, seed.Length - 1].Array[1, 6], Gen.Byte.Array[6], Gen.Int[0, seed.Length]).Sample(
            (places, bytes, length) =>
            {
                var changed = seed.ToArray();
                for (var i = 0; i < places.Length; i++)
                {
                    changed[places[i]] = bytes[i];
                }

                Try(changed);
                Try(changed.AsMemory(0, length));
            },
            iter: 10_000, threads: 1);
    }

    private static void Try(ReadOnlyMemory<byte> file)
    {
        try
        {
            Check(CatalogueReader.Read(file));
        }
        catch (CatalogueFormatException refused)
        {
            Assert.NotEmpty(refused.Message);
        }
    }

    private static void Check(ReadCatalogue read)
    {
        foreach (var record in read.Records)
        {
            if (record.Unusable is not null)
            {
                continue;
            }

            Assert.False(string.IsNullOrWhiteSpace(record.Title) || string.IsNullOrWhiteSpace(record.TitleEn));
            Assert.True(record.Title.Length <= 300 && record.TitleEn.Length <= 300);
            foreach (var text in (string[])[record.Title, record.TitleEn, record.Description, record.Identifier, record.Publisher, record.Purpose])
            {
                Assert.DoesNotContain(text, c => c < ' ');
                // What the store takes is UTF-8 without U+0000.
                Assert.Equal(text, Encoding.UTF8.GetString(new UTF8Encoding(false, true).GetBytes(text)));
            }

            Assert.True(RecordFingerprint.IsOne(RecordFingerprint.Of(record)));
        }
    }

    // Catalogues within entries bring records of their own.
    private static int Inner(JsonNode?[] entries) => entries.Sum(entry => entry?.ToJsonString().Length ?? 0);

    private static Gen<string> OneOf(string[] words) => Gen.Int[0, words.Length - 1].Select(number => words[number]);

    private static Gen<JsonNode?> Nested(int depth) => depth == 0 ? Scalar : Gen.Frequency(
        (2, Scalar),
        (1, Nested(depth - 1).Array[0, 3].Select(items => (JsonNode?)new JsonArray([.. items.Select(item => item?.DeepClone())]))),
        (4, Gen.Select(OneOf(Names), Nested(depth - 1)).Array[0, 5].Select(members =>
        {
            var node = new JsonObject();
            foreach (var (name, value) in members)
            {
                node[name] = value?.DeepClone();
            }

            return (JsonNode?)node;
        })));
}
