using System.Text.Json;
using DataExchange.Testing;

namespace DataExchange.EndToEnd.Tests;

/// <summary>The shelf of a whole simulated market as a catalogue: what a public processor finds in it, and what another exchange makes of it.</summary>
public sealed class CatalogueExportTests(SpareMarket market) : IClassFixture<SpareMarket>
{
    private const string Type = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>";

    [Fact]
    public async Task The_whole_shelf_stands_in_it_and_a_public_processor_understands_it()
    {
        await using var folder = new TemporaryFolder();
        var (file, again) = (folder.In("shelf.jsonld"), folder.In("again.jsonld"));
        var written = (await ExportAsync("dcat", "--out", file, "--json")).Json();
        await ExportAsync("dcat", "--out", again);
        var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        Assert.Equal(text, await File.ReadAllTextAsync(again, TestContext.Current.CancellationToken));
        Assert.Equal(text, (await ExportAsync("dcat")).Output);

        var shelf = (await DxProgram.RunAsync("shelf", "--limit", "0", "--json", "--data", market.Data)).WithExitCode(0).Json().GetProperty("entries").EnumerateArray()
            .Select(entry => (Product: entry.GetProperty("product").GetString()!, Form: entry.GetProperty("form").GetString()!, Title: entry.GetProperty("titleEn").GetString()!)).ToArray();
        Assert.Equal(shelf.Length, written.GetProperty("places").GetInt32());
        Assert.Equal(shelf.DistinctBy(entry => entry.Product).Count(), written.GetProperty("products").GetInt32());
        var quads = await JsonLdProcessor.ToNQuadsAsync(text, TestContext.Current.CancellationToken);
        foreach (var (product, form, title) in shelf)
        {
            var kind = form == "Api" ? "DataService" : "Dataset";
            Assert.Contains($"<info:hdl/86.dex/product.{product}> {Type} <http://www.w3.org/ns/dcat#{kind}> .", quads);
            Assert.Contains($"<info:hdl/86.dex/product.{product}> <http://purl.org/dc/terms/title> \"{title}\"@en .", quads);
        }

        Assert.Equal(shelf.Length, quads.Count(quad => quad.Split(' ')[1] is "<http://www.w3.org/ns/dcat#dataset>" or "<http://www.w3.org/ns/dcat#service>"));
    }

    [Theory]
    [InlineData("dcat")]
    [InlineData("data.json")]
    public async Task Imported_into_another_store_it_makes_the_same_products(string format)
    {
        await using var folder = new TemporaryFolder();
        var (file, copy) = (folder.In("shelf.json"), folder.In("copy.jsonld"));
        var written = (await ExportAsync(format, "--out", file, "--json")).Json().GetProperty("products").GetInt32();
        var report = (await DxProgram.RunAsync("import", "catalog", file, "--at", "2025-06-03T09:00", "--data", folder.Data, "--json")).WithExitCode(0).Json();
        Assert.Equal((written, written), (report.GetProperty("records").GetInt32(), report.GetProperty("registered").GetInt32()));
        Assert.True((await DxProgram.RunAsync("verify", "--json", "--data", folder.Data)).WithExitCode(0).Json().GetProperty("verified").GetBoolean());

        (await DxProgram.RunAsync("export", "catalog", "--all", "--out", copy, "--data", folder.Data)).WithExitCode(0);
        (await DxProgram.RunAsync("export", "catalog", "--out", file, "--data", market.Data)).WithExitCode(0);
        Assert.Equal(await ProductsAsync(file), await ProductsAsync(copy));
    }

    [Fact]
    public async Task Imported_into_its_own_store_it_finds_every_product_there()
    {
        await using var folder = new TemporaryFolder();
        var file = folder.In("shelf.jsonld");
        var written = (await ExportAsync("dcat", "--out", file, "--json")).Json().GetProperty("products").GetInt32();
        var report = (await DxProgram.RunAsync("import", "catalog", file, "--data", market.Data, "--json")).WithExitCode(0).Json();
        Assert.Equal((written, 0L), (report.GetProperty("alreadyRegistered").GetInt32(), report.GetProperty("eventsAdded").GetInt64()));
        var verified = (await DxProgram.RunAsync("verify", "--json", "--data", market.Data)).WithExitCode(0).Json();
        Assert.Equal((market.Digest, JsonValueKind.Null), (verified.GetProperty("digest").GetString(), verified.GetProperty("runEvents").ValueKind));
    }

    [Fact]
    public async Task One_venues_shelf_is_exported_alone()
    {
        var one = JsonSerializer.Deserialize<JsonElement>((await ExportAsync("dcat", "--venue", "hzdex")).Output).GetProperty("dcat:catalog").EnumerateArray().ToArray();
        Assert.Equal("hzdex", Assert.Single(one).GetProperty("dct:identifier").GetString());
    }

    [Theory]
    [InlineData("--format 'rdf' is not allowed: one of dcat, data.json", "--format", "rdf")]
    [InlineData("--venue 'nowhere' is not allowed: one of hzdex, zjbdec", "--venue", "nowhere")]
    [InlineData("--out '/' is a folder; a file is needed", "--out", "/")]
    [InlineData("--json needs --out", "--json")]
    public async Task Wrong_input_is_named(string told, params string[] arguments) =>
        BadInputTests.Refuses(await DxProgram.RunAsync(["export", "catalog", .. arguments, "--data", market.Data]), 2, told);

    private async Task<DxResult> ExportAsync(string format, params string[] arguments) =>
        (await DxProgram.RunAsync(["export", "catalog", "--format", format, .. arguments, "--data", market.Data])).WithExitCode(0);

    // What makes a product: its words, form, place in the industry, sensitivity, content.
    private static async Task<string[]> ProductsAsync(string file)
    {
        using var json = JsonDocument.Parse(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
        string[] members = ["dct:title", "dx:form", "dx:category", "dx:subTrack", "dx:securityClass", "dx:isPublicData", "dx:containsPersonalInformation", "dx:useScenario", "dx:fingerprint"];
        string[] products =
        [
            .. json.RootElement.GetProperty("dcat:catalog").EnumerateArray()
                .SelectMany(venue => venue.GetProperty("dcat:dataset").EnumerateArray().Concat(venue.GetProperty("dcat:service").EnumerateArray()))
                .Where(product => product.TryGetProperty("dct:title", out _))
                .Select(product => string.Join('|', members.Select(member => JsonSerializer.Serialize(product.GetProperty(member)))
                    .Append(JsonSerializer.Serialize(product.GetProperty("dct:publisher").GetProperty("foaf:name")))))
                .Order(StringComparer.Ordinal),
        ];
        Assert.True(products.Length > 50);
        return products;
    }
}
