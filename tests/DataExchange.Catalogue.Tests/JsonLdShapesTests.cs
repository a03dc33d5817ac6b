using DataExchange.Catalogue.Reading;
using static DataExchange.Catalogue.Tests.Reading;

namespace DataExchange.Catalogue.Tests;

/// <summary>DCAT in JSON-LD comes in many shapes; all of them say the same here.</summary>
public sealed class JsonLdShapesTests
{
    private const string Compact = """
        {"@context":{"dcat":"http://www.w3.org/ns/dcat#","dct":"http://purl.org/dc/terms/","foaf":"http://xmlns.com/foaf/0.1/"},
         "@id":"http://example.org/catalog","@type":"dcat:Catalog","dct:publisher":{"@id":"_:p","foaf:name":"The Office"},
         "dcat:dataset":[{"@id":"http://example.org/d/1","@type":"dcat:Dataset","dct:title":[{"@language":"en","@value":"Wells"},{"@language":"zh","@value":"水井"}],
           "dct:description":"All wells","dct:accessRights":{"@id":"http://publications.europa.eu/resource/authority/access-right/RESTRICTED"},
           "dcat:theme":{"@id":"http://publications.europa.eu/resource/authority/data-theme/HEAL"},
           "dcat:distribution":{"@type":"dcat:Distribution","dcat:accessURL":{"@id":"http://example.org/w.csv"},"dct:format":{"@id":"ftype/CSV"}}}]}
        """;

    private const string OtherPrefixes = """
        {"@context":["https://example.org/context.jsonld",{"d":"https://www.w3.org/ns/dcat#","dcterms":"http://purl.org/dc/terms/","id":"@id","type":"@type","name":"http://xmlns.com/foaf/0.1/name",
          "sets":{"@id":"d:dataset","@container":"@set"}}],
         "id":"http://example.org/catalog","type":"d:Catalog","dcterms:publisher":{"name":"The Office"},
         "sets":{"id":"http://example.org/d/1","type":["d:Dataset"],"dcterms:title":{"en":"Wells","zh-CN":"水井"},"dcterms:description":[{"@value":"All wells"}],
           "dcterms:accessRights":"RESTRICTED","d:theme":["http://publications.europa.eu/resource/authority/data-theme/HEAL"],
           "d:distribution":[{"type":"d:Distribution","d:accessURL":"http://example.org/w.csv","dcterms:format":"ftype/CSV"}]}}
        """;

    private const string Expanded = """
        [{"@id":"http://example.org/catalog","@type":["http://www.w3.org/ns/dcat#Catalog"],"http://purl.org/dc/terms/publisher":[{"@id":"_:b0"}],
          "http://www.w3.org/ns/dcat#dataset":[{"@id":"http://example.org/d/1"}]},
         {"@id":"_:b0","http://xmlns.com/foaf/0.1/name":[{"@value":"The Office"}]},
         {"@id":"http://example.org/d/1","@type":["http://www.w3.org/ns/dcat#Dataset"],
          "http://purl.org/dc/terms/title":[{"@value":"Wells","@language":"en"},{"@value":"水井","@language":"zh"}],"http://purl.org/dc/terms/description":[{"@value":"All wells"}],
          "http://purl.org/dc/terms/accessRights":[{"@id":"http://publications.europa.eu/resource/authority/access-right/RESTRICTED"}],
          "http://www.w3.org/ns/dcat#theme":[{"@id":"http://publications.europa.eu/resource/authority/data-theme/HEAL"}],
          "http://www.w3.org/ns/dcat#distribution":[{"@id":"_:b1"}]},
         {"@id":"_:b1","@type":["http://www.w3.org/ns/dcat#Distribution"],"http://www.w3.org/ns/dcat#accessURL":[{"@id":"http://example.org/w.csv"}],
          "http://purl.org/dc/terms/format":[{"@id":"ftype/CSV"}]}]
        """;

    public static TheoryData<string> Shapes =>
    [
        Compact, OtherPrefixes, Expanded,
        "{\"@context\":{\"dcat\":\"http://www.w3.org/ns/dcat#\"},\"@graph\":" + Expanded + "}",
    ];

    [Theory, MemberData(nameof(Shapes))]
    public void Every_shape_says_the_same(string json)
    {
        var catalogue = Read(json);
        Assert.StartsWith("DCAT", catalogue.Format, StringComparison.Ordinal);
        var record = Assert.Single(catalogue.Records);
        Assert.Equal(
            ("http://example.org/d/1", "水井", "Wells", "All wells", false), (record.Identifier, record.Title, record.TitleEn, record.Description, record.IsPublic));
        Assert.Equal(["http://publications.europa.eu/resource/authority/data-theme/heal"], record.Subjects);
        var way = Assert.Single(record.Distributions);
        Assert.Equal(("http://example.org/w.csv", "ftype/csv"), (Assert.Single(way.Addresses), Assert.Single(way.Formats)));
        Assert.DoesNotContain(record.Notes, note => note.Code is not (NoteCode.PublisherAssumed));
    }

    [Fact]
    public void The_catalogues_publisher_stands_in_for_a_records()
    {
        var record = Assert.Single(Read(Compact).Records);
        Assert.Equal(("The Office", ""), (record.Publisher, record.PublisherAsNamed));
        Assert.True(record.Has(NoteCode.PublisherAssumed));
    }

    [Fact]
    public void Catalogues_within_catalogues_are_walked_and_what_is_in_two_counts_once()
    {
        var records = Read("""
            {"@type":"dcat:Catalog","dcat:catalog":[
              {"@type":"dcat:Catalog","@id":"a","dcat:dataset":[{"@id":"x","dct:title":"One"}],"dcat:service":[{"@id":"s","@type":"dcat:DataService","dct:title":"Service"}]},
              {"@type":"dcat:Catalog","@id":"b","dcat:dataset":[{"@id":"x"},{"@id":"nowhere"}],"dcat:catalog":[{"@id":"a"}]}]}
            """).Records;
        Assert.Equal(["x", "s", "nowhere"], records.Select(record => record.Identifier));
        Assert.Equal(Unusable.ReferenceUnresolved, records[2].Unusable);
    }

    [Fact]
    public void Things_that_refer_to_each_other_in_circles_end()
    {
        var records = Read("""
            {"@graph":[{"@id":"c","@type":"dcat:Catalog","dcat:catalog":{"@id":"c"},"dcat:dataset":{"@id":"d"}},
              {"@id":"d","@type":"dcat:Dataset","dct:title":"One","dct:publisher":{"@id":"p"},"dcat:distribution":{"@id":"d"}},
              {"@id":"p","foaf:name":{"@id":"q"}},{"@id":"q","foaf:name":{"@id":"p"}}]}
            """).Records;
        Assert.Equal("d", Assert.Single(records).Identifier);
    }

    [Fact]
    public void Blank_nodes_are_no_identifiers()
    {
        var record = Assert.Single(Read("""{"@type":"dcat:Dataset","@id":"_:b7","dct:title":"One"}""").Records);
        Assert.Equal("", record.Identifier);
        Assert.True(record.Has(NoteCode.IdentifierMissing));
    }

    [Fact]
    public void A_prefix_means_what_the_file_says_and_unknown_ones_nothing()
    {
        var record = Assert.Single(Read("""
            {"@context":{"dct":"http://example.org/other#","t":"http://purl.org/dc/terms/"},"@type":"http://www.w3.org/ns/dcat#Dataset","dct:title":"Wrong","foo:title":"Wrong too","t:title":"Right"}
            """).Records);
        Assert.Equal("Right", record.TitleEn);
    }

    [Fact]
    public void Schema_org_datasets_are_read()
    {
        var record = Assert.Single(Read("""
            {"@context":"https://schema.org/","@type":"Dataset","name":"Wells","description":"All","creator":{"@type":"Organization","name":"Office"},
             "distribution":{"@type":"DataDownload","encodingFormat":"text/csv","contentUrl":"https://example.org/w.csv"}}
            """).Records);
        Assert.Equal(("Wells", "Office"), (record.TitleEn, record.Publisher));
        Assert.Equal("https://example.org/w.csv", Assert.Single(record.Distributions).Addresses[0]);
    }
}
