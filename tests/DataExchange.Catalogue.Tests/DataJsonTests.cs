using System.Text;
using DataExchange.Catalogue.Reading;
using static DataExchange.Catalogue.Tests.Reading;

namespace DataExchange.Catalogue.Tests;

/// <summary>The oddities of real <c>data.json</c> files, each with what is made of it.</summary>
public sealed class DataJsonTests
{
    [Fact]
    public void A_record_is_read()
    {
        var catalogue = Entries("""
            {"@type":"dcat:Dataset","identifier":"a-1","title":"Wells of the county","description":"All wells, with depth","accessLevel":"public",
             "publisher":{"@type":"org:Organization","name":"County Office","subOrganizationOf":{"name":"State"}},"contactPoint":{"fn":"Ann","hasEmail":"mailto:a@example.org"},
             "keyword":["water","wells"],"theme":["health"],"modified":"2024-05-01","spatial":"-98.3,26.1,-98.2,26.2","temporal":"2000/2010","language":["en"],
             "distribution":[{"@type":"dcat:Distribution","downloadURL":"https://example.org/wells.csv","mediaType":"text/csv","title":"as CSV"}]}
            """);
        Assert.Equal("DCAT-US (data.json)", catalogue.Format);
        var record = Assert.Single(catalogue.Records);
        Assert.Equal((1, "a-1", "Wells of the county", "County Office", true), (record.Number, record.Identifier, record.TitleEn, record.Publisher, record.IsPublic));
        Assert.Equal(["health", "water", "wells"], record.Subjects);
        var way = Assert.Single(record.Distributions);
        Assert.Equal(("as CSV", "text/csv", "https://example.org/wells.csv", false), (way.Title, way.Formats[0], way.Addresses[0], way.IsService));
        Assert.Equal([NoteCode.TitleNotTranslated], record.Notes.Select(note => note.Code));
    }

    [Fact]
    public void The_first_version_was_a_list_and_a_publisher_a_text()
    {
        var catalogue = Read("""[{"title":"Wells","identifier":"1","publisher":"County Office","accessURL":"https://example.org/w.csv","format":"text/csv","keyword":"a, b"}]""");
        var record = Assert.Single(catalogue.Records);
        Assert.Equal("County Office", record.Publisher);
        Assert.Equal(["a", "b"], record.Subjects);
        Assert.Equal("https://example.org/w.csv", Assert.Single(record.Distributions).Addresses[0]);
        Assert.True(record.Has(NoteCode.KeywordsSplit));
    }

    [Theory]
    [InlineData("\"spatial\":null", NoteCode.SpatialUnusable)]
    [InlineData("\"spatial\":\"\"", NoteCode.SpatialUnusable)]
    [InlineData("\"spatial\":\"[\\\"CARTESIAN\\\",[{\\\"West\\\":-69.8}]]\"", NoteCode.SpatialUnusable)]
    [InlineData("\"spatial\":\"{\\\"type\\\": \\\"Polygon\\\", \\\"coordinates\\\": [[[POLYGON ((\"", NoteCode.SpatialUnusable)]
    [InlineData("\"modified\":\"R/P1Y\"", NoteCode.DateIsInterval)]
    [InlineData("\"modified\":\"R/PT1S\"", NoteCode.DateIsInterval)]
    [InlineData("\"modified\":\"irregular\"", NoteCode.DateIsInterval)]
    [InlineData("\"modified\":\"last spring\"", NoteCode.DateUnreadable)]
    [InlineData("\"modified\":\"2013-13-45\"", NoteCode.DateUnreadable)]
    [InlineData("\"keyword\":\"water;wells\"", NoteCode.KeywordsSplit)]
    [InlineData("\"accessLevel\":\"sort of\"", NoteCode.AccessLevelUnknown)]
    [InlineData("\"distribution\":[]", NoteCode.DistributionMissing)]
    [InlineData("\"distribution\":null", NoteCode.DistributionMissing)]
    [InlineData("\"distribution\":[{}]", NoteCode.DistributionUnusable)]
    [InlineData("\"distribution\":[7]", NoteCode.DistributionUnusable)]
    [InlineData("\"distribution\":[{\"accessURL\":\"http://Marketing Summaries\",\"format\":\"application/json\"}]", NoteCode.AddressInvalid)]
    [InlineData("\"distribution\":[{\"accessURL\":\"www.example.org/x\",\"format\":\"csv\"}]", NoteCode.AddressInvalid)]
    [InlineData("\"landingPage\":null", NoteCode.AccessLevelAssumed)]
    [InlineData("\"publisher\":{\"name\":null}", NoteCode.PublisherAssumed)]
    [InlineData("\"publisher\":[]", NoteCode.PublisherAssumed)]
    public void A_field_may_be_odd_and_the_record_stays(string members, NoteCode code)
    {
        var record = Record(members);
        Assert.Null(record.Unusable);
        Assert.Equal("Wells", record.TitleEn);
        Assert.True(record.Has(code), string.Join(", ", record.Notes));
    }

    [Theory]
    [InlineData("\"modified\":\"2024-05-01\"")]
    [InlineData("\"modified\":\"2024-05\"")]
    [InlineData("\"modified\":\"2024\"")]
    [InlineData("\"modified\":\"2024-05-01T10:00:00Z\"")]
    [InlineData("\"modified\":\"2024-05-01T10:00:00.123-0500\"")]
    public void A_date_is_no_oddity(string members) =>
        Assert.DoesNotContain(Record(members).Notes, note => note.Code is NoteCode.DateUnreadable or NoteCode.DateIsInterval);

    [Theory]
    [InlineData("\"accessLevel\":\"public\"", true)]
    [InlineData("\"accessLevel\":\"restricted public\"", false)]
    [InlineData("\"accessLevel\":\"non-public\"", false)]
    [InlineData("\"accessLevel\":\"NON-PUBLIC\"", false)]
    [InlineData("\"accessLevel\":\"\"", null)]
    public void Access_is_public_or_less(string members, bool? expected) => Assert.Equal(expected, Record(members).IsPublic);

    [Theory]
    [InlineData("null", Unusable.NotAnObject)]
    [InlineData("7", Unusable.NotAnObject)]
    [InlineData("[]", Unusable.NotAnObject)]
    [InlineData("true", Unusable.NotAnObject)]
    [InlineData("{}", Unusable.NothingToNameItBy)]
    [InlineData("{\"title\":\"  \",\"identifier\":null}", Unusable.NothingToNameItBy)]
    [InlineData("{\"title\":\"<br/>\",\"description\":\"what\"}", Unusable.NothingToNameItBy)]
    [InlineData("\"somewhere else\"", Unusable.ReferenceUnresolved)]
    public void What_cannot_be_used_is_told_and_the_others_stay(string entry, Unusable reason)
    {
        var records = Entries("""{"identifier":"x","title":"One"}""", entry, """{"identifier":"y","title":"Two"}""").Records;
        Assert.Equal([1, 2, 3], records.Select(record => record.Number));
        Assert.Equal(reason, Assert.Single(records, record => record.Unusable is not null).Unusable);
    }

    [Fact]
    public void A_title_is_missing_and_the_identifier_stands_for_it()
    {
        var record = Assert.Single(Entries("""{"identifier":"https://example.org/set/1","title":""}""").Records);
        Assert.Equal("https://example.org/set/1", record.Title);
        Assert.True(record.Has(NoteCode.TitleAssumed));
    }

    [Fact]
    public void A_title_without_end_is_cut_and_no_character_is_split()
    {
        var record = Assert.Single(Entries($$"""{"identifier":"a","title":"x{{string.Concat(Enumerable.Repeat("😀", 5_000))}}"}""").Records);
        Assert.InRange(record.TitleEn.Length, 290, 300);
        Assert.EndsWith("😀", record.TitleEn, StringComparison.Ordinal);
        Assert.True(record.Has(NoteCode.TitleCut));
    }

    [Fact]
    public void Markup_and_control_characters_are_taken_out()
    {
        var record = Assert.Single(Entries(
            """{"identifier":"a","title":"Wells\u0000 &amp; \u200bsprings\u0007","description":"<p class='x'>All <b>wells</b><br>with 3 < 4 &#8211; &eacute;</p><script>alert(1)</script>\tend"}""").Records);
        Assert.Equal("Wells & springs", record.TitleEn);
        Assert.Equal("All wells with 3 < 4 – é end", record.Description);
        Assert.True(record.Has(NoteCode.ControlCharactersRemoved));
        Assert.True(record.Has(NoteCode.MarkupRemoved));
    }

    [Fact]
    public void A_file_may_begin_with_a_byte_order_mark_or_be_in_another_encoding()
    {
        const string text = """{"dataset":[{"identifier":"a","title":"水井"}]}""";
        byte[] marked = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)];
        Assert.Equal(NoteCode.ByteOrderMark, Assert.Single(CatalogueReader.Read(marked).Notes).Code);
        foreach (var encoding in new[] { Encoding.Unicode, Encoding.BigEndianUnicode })
        {
            byte[] wide = [.. encoding.GetPreamble(), .. encoding.GetBytes(text)];
            var read = CatalogueReader.Read(wide);
            Assert.Equal("水井", Assert.Single(read.Records).Title);
            Assert.Equal(NoteCode.NotUtf8, Assert.Single(read.Notes).Code);
        }

        var latin = CatalogueReader.Read(Encoding.Latin1.GetBytes("""{"dataset":[{"identifier":"a","title":"Café"}]}"""));
        Assert.Equal("Caf\uFFFD", Assert.Single(latin.Records).TitleEn);
        Assert.Equal(NoteCode.InvalidBytes, Assert.Single(latin.Notes).Code);
    }

    [Theory]
    [InlineData("{\"dataset\":[{\"identifier\":\"a\",\"title\":\"One\"},]}")]
    [InlineData("{\"dataset\":[{\"identifier\":\"a\",\"title\":\"One\",}]}")]
    [InlineData("{\"dataset\":[{\"identifier\":\"a\",\"title\":\"O\nne\",\"description\":\"tab\there \\\" \"}]}")]
    [InlineData("/* made by hand */ {\"dataset\":[{\"identifier\":\"a\",\"title\":\"One\"}]}")]
    public void Json_that_is_not_strict_is_forgiven_and_told(string json)
    {
        var catalogue = Read(json);
        Assert.Equal("a", Assert.Single(catalogue.Records).Identifier);
        Assert.Equal(NoteCode.NotStrictJson, Assert.Single(catalogue.Notes).Code);
    }

    [Fact]
    public void A_text_that_no_text_can_hold_is_passed_over()
    {
        var records = Entries("""{"identifier":"a","title":"\ud800"}""", """{"identifier":"b","title":"Two","\udfff":"x","description":"\ud800\ud800"}""").Records;
        Assert.Equal(["a", "Two"], records.Select(record => record.TitleEn));
    }

    [Fact]
    public void Ckan_answers_are_catalogues_too()
    {
        var catalogue = Read("""
            {"help":"h","success":true,"result":{"count":1,"results":[{"id":"6f0e","name":"wells","title":"Wells","notes":"All wells","organization":{"name":"county","title":"County Office"},
             "tags":[{"name":"water","display_name":"Water"}],"groups":[{"name":"health","display_name":"Health"}],"private":false,"metadata_modified":"2024-05-01T10:00:00.000001",
             "resources":[{"url":"https://example.org/w.csv","format":"CSV","name":"csv"},{"url":"","format":"API"}]}]}}
            """);
        Assert.Equal("CKAN", catalogue.Format);
        var record = Assert.Single(catalogue.Records);
        Assert.Equal(("6f0e", "Wells", "All wells"), (record.Identifier, record.TitleEn, record.Description));
        Assert.Contains(record.Publisher, (string[])["county", "County Office"]);
        Assert.Contains("health", record.Subjects);
        Assert.Equal(2, record.Distributions.Count);
        Assert.True(record.Distributions[1].IsService);
    }

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData("   \n", "the file is empty")]
    [InlineData("no json", "the file is no JSON, from line 1, byte")]
    [InlineData("<rdf:RDF xmlns:rdf='x'/>", "the file is no JSON")]
    [InlineData("{\"dataset\":[", "the file is no JSON")]
    [InlineData("7", "is JSON but no catalogue")]
    [InlineData("null", "is JSON but no catalogue")]
    [InlineData("{\"a\":1}", "is JSON but no catalogue")]
    [InlineData("[1,2]", "is JSON but no catalogue")]
    [InlineData("{\"type\":\"FeatureCollection\",\"features\":[]}", "is JSON but no catalogue")]
    public void A_file_that_is_no_catalogue_is_refused(string json, string told) => Assert.Contains(told, WhyNot(json), StringComparison.Ordinal);

    [Fact]
    public void A_file_that_nests_too_deep_is_refused()
    {
        var deep = $$"""{"dataset":[{"title":"x","spatial":{{new string('[', 70)}}{{new string(']', 70)}}}]}""";
        Assert.Contains("nests deeper than 64 levels", WhyNot(deep), StringComparison.Ordinal);
        Assert.Contains("nests deeper than 64 levels", WhyNot(new string('[', 100_000)), StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_catalogue_has_no_records() => Assert.Empty(Read("""{"dataset":[]}""").Records);
}
