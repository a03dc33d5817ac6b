using DataExchange.Catalogue.Importing;
using DataExchange.Catalogue.Reading;
using DataExchange.Domain;
using DataExchange.Domain.Rights;
using DataExchange.Exchange;
using static DataExchange.Catalogue.Tests.Reading;

namespace DataExchange.Catalogue.Tests;

/// <summary>What becomes of records: every one ends as exactly one outcome, by the exchange's own decision.</summary>
public sealed class ImportTests
{
    private static readonly SubjectCategories Categories = new(new Dictionary<string, Label>
    {
        ["health"] = new("医疗健康", "Health"),
        ["transport"] = new("交通", "Transport"),
        ["public"] = new("公共", "Public"),
    });

    [Fact]
    public async Task A_publisher_becomes_a_party_and_a_record_a_product()
    {
        var market = new Market();
        var report = await market.ImportAsync(Entries(
            """{"identifier":"a","title":"Wells","description":"All wells","publisher":{"name":"County Office"},"accessLevel":"public","theme":"Health","distribution":[{"format":"csv","downloadURL":"https://example.org/w"}]}""",
            """{"identifier":"b","title":"Roads","description":"All roads","publisher":{"name":"  county   OFFICE "},"accessLevel":"non-public","distribution":[{"format":"pdf"}]}"""));
        Assert.Equal(2, report.Count(ImportOutcome.Registered));
        Assert.Equal(1, report.PartiesRegistered);
        var party = Assert.Single(market.Facts.OfType<PartyRegistered>());
        Assert.Equal(("County Office", PartyRole.Provider), (party.Name, party.Role));
        ProductRegistered[] products = [.. market.Facts.OfType<ProductRegistered>()];
        Assert.All(products, product => Assert.Equal(party.Party, product.Provider));
        Assert.All(products, product => Assert.StartsWith("IMP", product.Product.Value, StringComparison.Ordinal));
        Assert.Equal((ProductForm.Dataset, "health", SecurityClass.General, "All wells"), (products[0].Form, products[0].Category, products[0].SecurityClass, products[0].UseScenario));
        Assert.Equal((ProductForm.Report, "other", SecurityClass.Important), (products[1].Form, products[1].Category, products[1].SecurityClass));
        var source = market.Facts.OfType<ProductImported>().First();
        Assert.Equal((products[0].Product, Market.Digest, 1, "a", "County Office"), (source.Product, source.Catalogue, source.Record, source.Identifier, source.Publisher));
    }

    [Fact]
    public async Task Records_that_share_an_identifier_are_told_apart_by_their_content()
    {
        var market = new Market();
        const string first = """{"identifier":"a","title":"Wells","description":"All wells"}""";
        const string other = """{"identifier":"a","title":"Roads","description":"All roads"}""";
        const string again = """{"identifier":"z","title":"Wells","description":"All wells"}""";
        var report = await market.ImportAsync(Entries(first, first, other, first, again));
        Assert.Equal(
            [ImportOutcome.Registered, ImportOutcome.Refused, ImportOutcome.Registered, ImportOutcome.Refused, ImportOutcome.Refused],
            report.Records.Select(record => record.Outcome));
        Assert.All(report.Records.Where(record => record.Outcome == ImportOutcome.Refused), record => Assert.Equal(Rejection.DuplicateOfEarlierRegistration, record.Rejection));
        Assert.Equal(5, report.Records.Select(record => record.Product).Distinct().Count());
        Assert.Equal(3, market.Facts.OfType<RegistrationRefused>().Count());
        Assert.Equal(5, market.Facts.OfType<ProductImported>().Count());
        Assert.Equal([2, 3, 4], report.Records.Where(record => record.Notes.Any(note => note.Code == NoteCode.IdentifierRepeated)).Select(record => record.Number));
    }

    [Fact]
    public async Task The_same_catalogue_again_adds_nothing()
    {
        var market = new Market();
        var catalogue = Entries(
            """{"identifier":"a","title":"Wells","description":"All wells"}""", """{"identifier":"a","title":"Wells","description":"All wells"}""",
            """{"title":"Roads","description":"All roads"}""", """{"identifier":"c","title":"No scenario"}""", "null");
        var first = await market.ImportAsync(catalogue);
        var facts = market.Facts.Count;
        var second = await market.ImportAsync(catalogue);
        Assert.Equal(facts, market.Facts.Count);
        Assert.Equal(first.Records.Select(record => record.Product), second.Records.Select(record => record.Product));
        Assert.Equal(
            [ImportOutcome.AlreadyRegistered, ImportOutcome.Refused, ImportOutcome.AlreadyRegistered, ImportOutcome.Refused, ImportOutcome.Skipped],
            second.Records.Select(record => record.Outcome));
        Assert.Equal(Rejection.NoUseScenario, first.Records[3].Rejection);
        Assert.Equal(Rejection.RegistrationWasRefused, second.Records[3].Rejection);
        Assert.Equal(0, second.PartiesRegistered);
    }

    [Fact]
    public async Task A_record_of_our_own_is_the_product_that_it_names()
    {
        var market = new Market();
        var own = new ProductId("P000042");
        await market.RegisterAsync(own);
        var facts = market.Facts.Count;
        var catalogue = Entries("""{"identifier":"HANDLE","title":"Wells","description":"d","publisher":{"name":"Somebody"}}""".Replace("HANDLE", Handle.OfProduct(own).Value, StringComparison.Ordinal));
        var record = Assert.Single((await market.ImportAsync(catalogue)).Records);
        Assert.Equal((ImportOutcome.AlreadyRegistered, own), (record.Outcome, record.Product));
        Assert.Equal(facts, market.Facts.Count);
        Assert.StartsWith("IMP", Assert.Single((await new Market().ImportAsync(catalogue)).Records).Product!.Value.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fingerprint_that_the_catalogue_names_counts()
    {
        var market = new Market();
        await market.RegisterAsync(new ProductId("P000042"));
        var report = await market.ImportAsync(Entries(
            $$"""{"identifier":"a","title":"The same content","description":"d","dx:fingerprint":"{{Market.Fingerprint}}"}""",
            """{"identifier":"b","title":"Nonsense","description":"d","dx:fingerprint":"F00D"}"""));
        Assert.Equal(Rejection.DuplicateOfEarlierRegistration, report.Records[0].Rejection);
        Assert.Equal(ImportOutcome.Registered, report.Records[1].Outcome);
    }

    [Theory]
    [InlineData("\"@type\":\"dcat:DataService\"", ProductForm.Api)]
    [InlineData("\"distribution\":[{\"format\":\"API\",\"accessURL\":\"https://example.org\"}]", ProductForm.Api)]
    [InlineData("\"distribution\":[{\"format\":\"API\"},{\"mediaType\":\"text/csv\"}]", ProductForm.Dataset)]
    [InlineData("\"distribution\":[{\"mediaType\":\"application/pdf\"},{\"format\":\".DOCX\"}]", ProductForm.Report)]
    [InlineData("\"distribution\":[{\"format\":\"http://publications.europa.eu/resource/authority/file-type/PDF\"}]", ProductForm.Report)]
    [InlineData("\"distribution\":[{\"format\":\"ONNX\"}]", ProductForm.Model)]
    [InlineData("\"dx:form\":\"Application\"", ProductForm.Application)]
    [InlineData("\"dx:form\":\"Nonsense\"", ProductForm.Dataset)]
    [InlineData("\"distribution\":[{\"accessURL\":\"https://example.org/x\"}]", ProductForm.Dataset)]
    public void The_form_is_guessed_from_the_ways_to_the_data(string members, ProductForm expected) => Assert.Equal(expected, ProductForms.Of(Record(members)));

    [Theory]
    [InlineData("\"theme\":[\"http://publications.europa.eu/resource/authority/data-theme/TRAN\"]", "transport")]
    [InlineData("\"theme\":{\"prefLabel\":\"Health\"}", "health")]
    [InlineData("\"keyword\":[\"交通\"]", "transport")]
    [InlineData("\"dx:category\":\"public\"", "public")]
    [InlineData("\"dx:category\":\"nowhere\"", "other")]
    [InlineData("\"theme\":null", "other")]
    public void The_category_is_found_or_other(string members, string expected) => Assert.Equal(expected, Categories.Of(Record(members), out _));

    /// <summary>An exchange in memory.</summary>
    internal sealed class Market : IEventSink
    {
        internal const string Digest = "d1ce";
        internal const string Fingerprint = "00000000000000000000000000000000000000000000000000000000000000aa";
        private static readonly SimulatedTime At = SimulatedTime.On(new DateOnly(2025, 6, 3));
        private readonly HashSet<PartyId> _parties = [];
        private readonly HashSet<ProductId> _products = [];
        private readonly InProcessExchange _exchange;

        internal Market() => _exchange = new InProcessExchange(this);

        internal List<Event> Facts { get; } = [];

        public ValueTask AppendAsync(IReadOnlyList<RecordedEvent> events, CancellationToken cancellation)
        {
            Facts.AddRange(events.Select(recorded => recorded.Data));
            return ValueTask.CompletedTask;
        }

        internal Task<ImportReport> ImportAsync(ReadCatalogue catalogue) => CatalogueImport.RunAsync(
            catalogue, Digest, new ImportPlanner(Digest, catalogue.Format, new VenueId("hzdex"), At, Categories, new HashSet<string> { "a.b" }, _products.Contains), _exchange, _parties,
            _products, TestContext.Current.CancellationToken);

        internal async Task RegisterAsync(ProductId product)
        {
            var provider = new PartyId("provider-1");
            var outcome = await _exchange.SubmitAsync(
                new RegisterProduct(product, provider, new VenueId("hzdex"), "水井", "Wells", ProductForm.Api, "health", "a.b", SecurityClass.General, false, false, "找水", Fingerprint, false)
                {
                    At = At,
                    By = provider,
                }, TestContext.Current.CancellationToken);
            Assert.True(outcome.Accepted);
            _products.Add(product);
        }
    }
}
