using System.Text;
using System.Text.Json;
using DataExchange.Catalogue.Importing;
using DataExchange.Catalogue.Reading;
using DataExchange.Catalogue.Shelf;
using DataExchange.Catalogue.Writing;
using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Domain.Pricing;
using DataExchange.Domain.Rights;
using DataExchange.Testing;

namespace DataExchange.Catalogue.Tests;

/// <summary>The exported catalogue, as a public JSON-LD processor understands it and as an import reads it again.</summary>
public sealed class ExportTests
{
    private const string Dcat = "http://www.w3.org/ns/dcat#";
    private const string Dct = "http://purl.org/dc/terms/";
    private const string Type = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
    private const string Product = "info:hdl/86.dex/product.P000001";
    private const string Market = "https://dataexchange.invalid/catalogue/test/7/1";
    private static readonly PartyId Provider = new("provider-1");
    private static readonly PartyId Upstream = new("provider-2");
    private static readonly VenueId Hangzhou = new("hzdex");
    private static readonly VenueId Zhejiang = new("zjbdec");
    private static readonly SimulatedTime Noon = SimulatedTime.On(new DateOnly(2025, 3, 3), 43_200);

    [Fact]
    public async Task The_catalogue_means_what_it_should()
    {
        var quads = await JsonLdProcessor.ToNQuadsAsync(Written(), TestContext.Current.CancellationToken);
        string[] expected =
        [
            $"<{Market}> <{Type}> <{Dcat}Catalog> .",
            $"<{Market}> <{Dcat}catalog> <{Market}/hzdex> .",
            $"<{Market}/hzdex> <{Dct}title> \"杭州数据交易所\"@zh .",
            $"<{Market}/hzdex> <{Dcat}dataset> <{Product}> .",
            $"<{Market}/zjbdec> <{Dcat}dataset> <{Product}> .",
            $"<{Market}/hzdex> <{Dcat}service> <info:hdl/86.dex/product.P000002> .",
            $"<{Product}> <{Type}> <{Dcat}Dataset> .",
            $"<info:hdl/86.dex/product.P000002> <{Type}> <{Dcat}DataService> .",
            $"<{Product}> <{Dct}identifier> \"86.dex/product.P000001\" .",
            $"<{Product}> <{Dct}title> \"水井 \\\"深\\\"\"@zh .",
            $"<{Product}> <{Dct}title> \"Wells\"@en .",
            $"<{Product}> <{Dct}publisher> <info:hdl/86.dex/party.provider-1> .",
            $"<info:hdl/86.dex/party.provider-1> <http://xmlns.com/foaf/0.1/name> \"Provider One\"@en .",
            $"<info:hdl/86.dex/party.provider-1> <{Type}> <http://xmlns.com/foaf/0.1/Organization> .",
            $"<{Product}> <{Dct}issued> \"2025-03-03T12:00:00+08:00\"^^<http://www.w3.org/2001/XMLSchema#dateTime> .",
            $"<{Product}> <{Dct}modified> \"2025-03-03T12:00:08+08:00\"^^<http://www.w3.org/2001/XMLSchema#dateTime> .",
            $"<{Product}> <{Dcat}version> \"1\" .",
            $"<{Product}> <{Dcat}theme> <https://dataexchange.invalid/ns#category/health> .",
            $"<{Product}> <{Dcat}theme> <https://dataexchange.invalid/ns#subTrack/a.b> .",
            "<https://dataexchange.invalid/ns#category/health> <http://www.w3.org/2004/02/skos/core#prefLabel> \"Health\"@en .",
            $"<{Product}> <{Dct}accessRights> <http://publications.europa.eu/resource/authority/access-right/RESTRICTED> .",
            $"<{Product}> <{Dct}license> <https://dataexchange.invalid/ns#licence/Capped> .",
            $"<{Product}> <http://www.w3.org/ns/odrl/2/hasPolicy> <{Product}#offer.1> .",
            $"<{Product}> <{Dcat}distribution> <{Product}#distribution> .",
            $"<{Product}#distribution> <{Dcat}accessService> <{Market}/hzdex#delivery> .",
            $"<{Market}/hzdex#delivery> <{Type}> <{Dcat}DataService> .",
            $"<{Product}> <https://dataexchange.invalid/ns#useScenario> \"找水\" .",
        ];
        Assert.Empty(expected.Except(quads));
        AssertThrough(quads, Product, "https://schema.org/offers", "https://schema.org/priceSpecification", "https://schema.org/price", "\"1234.05\"^^<http://www.w3.org/2001/XMLSchema#decimal>");
        AssertThrough(
            quads, Product, "http://www.w3.org/ns/odrl/2/hasPolicy", "http://www.w3.org/ns/odrl/2/permission", "http://www.w3.org/ns/odrl/2/action", "<http://www.w3.org/ns/odrl/2/use>");
        AssertThrough(quads, Product, "http://www.w3.org/ns/dqv#hasQualityMeasurement", "http://www.w3.org/ns/dqv#value", "\"90\"^^<http://www.w3.org/2001/XMLSchema#integer>");
        AssertThrough(quads, Product, $"{Dcat}qualifiedRelation", $"{Dct}relation", "<info:hdl/86.dex/cert.P000001.1>");
        AssertThrough(quads, Product, "http://www.w3.org/ns/prov#wasDerivedFrom", "http://www.w3.org/ns/prov#wasAttributedTo", "<info:hdl/86.dex/party.provider-2>");
        AssertThrough(quads, Product, "http://www.w3.org/ns/prov#qualifiedAttribution", "https://dataexchange.invalid/ns#shareBasisPoints", "\"1500\"^^<http://www.w3.org/2001/XMLSchema#integer>");
    }

    [Fact]
    public async Task Expanded_or_compacted_by_others_it_is_read_as_before()
    {
        var text = Written();
        var direct = Read(text).Records;
        Assert.Equal(2, direct.Count);
        foreach (var form in await JsonLdProcessor.ReshapeAsync(text, TestContext.Current.CancellationToken))
        {
            Assert.NotEqual(text, form);
            Assert.Equal(direct.Select(Said).Order(StringComparer.Ordinal), Read(form).Records.Select(Said).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void The_same_products_give_the_same_bytes_and_a_second_shelf_only_names_them()
    {
        Assert.Equal(Written(), Written());
        var (text, count) = Write(DcatWriter.Write, false);
        Assert.Equal(new WrittenCatalogue(2, 3), count);
        Assert.Equal(new WrittenCatalogue(3, 4), Write(DcatWriter.Write, true).Count);
        Assert.Equal(2, Read(text).Records.Count);
        using var json = JsonDocument.Parse(text);
        Assert.Equal("{\"@id\":\"hdl:86.dex/product.P000001\"}", JsonSerializer.Serialize(json.RootElement.GetProperty("dcat:catalog")[1].GetProperty("dcat:dataset")[0]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Imported_elsewhere_it_gives_the_same_products(bool asDataJson)
    {
        var (text, _) = asDataJson ? Write(DataJsonWriter.Write, true) : Write(DcatWriter.Write, true);
        var market = new ImportTests.Market();
        var report = await market.ImportAsync(Read(text));
        Assert.Equal(3, report.Count(ImportOutcome.Registered));
        var made = market.Facts.OfType<ProductRegistered>().ToDictionary(product => product.TitleEn);
        foreach (var product in Shelves().Products)
        {
            var facts = made[product.TitleEn];
            Assert.Equal(
                (product.Title, product.Registration.Form, product.Registration.SubTrack, product.Registration.SecurityClass, product.Registration.UseScenario, product.Registration.Fingerprint),
                (facts.Title, facts.Form, facts.SubTrack, facts.SecurityClass, facts.UseScenario, facts.Fingerprint));
            Assert.Equal((product.Registration.IsPublicData, product.Registration.ContainsPersonalInformation), (facts.IsPublicData, facts.ContainsPersonalInformation));
        }

        var party = Assert.Single(market.Facts.OfType<PartyRegistered>());
        Assert.Equal(("数商一号", "Provider One"), (party.Name, party.NameEn));
    }

    // What a record says, but for the order of lists, which expanded JSON-LD does not have.
    private static string Said(CatalogueRecord record) => string.Join(
        '|', record.Identifier, record.Title, record.TitleEn, record.Description, record.Publisher, record.PublisherEn, record.Own, record.IsPublic,
        string.Join(',', record.Types));

    private static void AssertThrough(IReadOnlyList<string> quads, string subject, params string[] path)
    {
        HashSet<string> here = [$"<{subject}>"];
        foreach (var predicate in path[..^1])
        {
            here = [.. quads.Select(quad => quad.Split(' ', 3)).Where(quad => here.Contains(quad[0]) && quad[1] == $"<{predicate}>").Select(quad => quad[2][..^2])];
        }

        Assert.Contains(path[^1], here);
    }

    private static ReadCatalogue Read(string text) => CatalogueReader.Read(Encoding.UTF8.GetBytes(text));

    private static string Written() => Write(DcatWriter.Write, false).Text;

    private static (string Text, WrittenCatalogue Count) Write(Func<CatalogueFold, CatalogueHeader, bool, Stream, CancellationToken, WrittenCatalogue> write, bool withUnlisted)
    {
        using var file = new MemoryStream();
        var header = new CatalogueHeader(
            Market, new Label("目录", "Catalogue"), Noon, [Hangzhou, Zhejiang], new Dictionary<string, Label> { ["category/health"] = new("医疗健康", "Health") });
        var count = write(Shelves(), header, withUnlisted, file, TestContext.Current.CancellationToken);
        return (Encoding.UTF8.GetString(file.ToArray()), count);
    }

    private static CatalogueFold Shelves()
    {
        var terms = new LicenceTerms(LicenceKind.Capped, PriceUnit.PerLicence, 123_405, 3, 1, true);
        var certificate = Handle.OfCertificate(new ProductId("P000001"), 1);
        var until = SimulatedTime.On(new DateOnly(2027, 3, 3));
        var fold = new CatalogueFold();
        var number = 0;
        foreach (var fact in (Event[])
        [
            new PartyRegistered(new PartyId("venue-hzdex"), "杭州数据交易所", "Hangzhou Data Exchange", PartyRole.Venue, null) { At = Noon, By = Provider },
            new PartyRegistered(Provider, "数商一号", "Provider One", PartyRole.Provider, null) { At = Noon, By = Provider },
            Registered("P000001", "水井", ProductForm.Dataset, SecurityClass.General, "Well") ,
            Registered("P000002", "接口", ProductForm.Api, SecurityClass.Important, "Interface"),
            Registered("P000003", "未上架", ProductForm.Model, SecurityClass.General, "Not listed"),
            new QualityEvaluated(new ProductId("P000001"), 90, 80, 70, 60) { At = Noon.AddSeconds(++number), By = Provider },
            new RightsCertified(new ProductId("P000001"), certificate, Provider, DataRights.ProductOperation, until, false, SecurityClass.General) { At = Noon.AddSeconds(++number), By = Provider },
            new PriceSet(new ProductId("P000001"), 1, terms, null) { At = Noon.AddSeconds(++number), By = Provider },
            Listed("P000001", Hangzhou, certificate, until, terms, ++number),
            Listed("P000001", Zhejiang, certificate, until, terms, ++number),
            new RegistrationCorrected(new ProductId("P000001"), "水井 \"深\"", "Wells") { At = Noon.AddSeconds(++number), By = Provider },
            new ListingSuspended(new ProductId("P000001"), Zhejiang, "order of the venue") { At = Noon.AddSeconds(8), By = Provider },
            Listed("P000002", Hangzhou, certificate, until, terms, 9),
        ])
        {
            fold.Apply(fact);
        }

        return fold;
    }

    private static ProductRegistered Registered(string id, string title, ProductForm form, SecurityClass security, string titleEn) => new(
        new ProductId(id), Provider, Hangzhou, title, titleEn, form, "health", "a.b", security, form == ProductForm.Api, form == ProductForm.Model, "找水",
        new string('0', 63) + id[^1]) { At = Noon, By = Provider };

    private static ProductListed Listed(string id, VenueId venue, Handle certificate, SimulatedTime until, LicenceTerms terms, int second) => new(
        new ProductId(id), venue, Provider, certificate, until, SecurityClass.General, 1, terms, [new ContributorShare(Upstream, 1_500)]) { At = Noon.AddSeconds(second), By = Provider };
}
