using System.Text.Json.Nodes;

namespace DataExchange.Scenarios.Tests;

/// <summary>A scenario that cannot be used is refused with the place, the value and what is allowed.</summary>
public sealed class WrongScenarioTests
{
    [Theory]
    [InlineData("supply.personalInformation.value", "1.5", "supply.personalInformation.value = 1.5", "from 0 to 1")]
    [InlineData("supply.personalInformation.value", "-0.1", "supply.personalInformation.value = -0.1", "from 0 to 1")]
    [InlineData("supply.personalInformation.value", "\"much\"", "supply.personalInformation.value = \"much\"", "must be a number")]
    [InlineData("supply.personalInformation.value", "true", "supply.personalInformation.value = true", "must be a number")]
    [InlineData("supply.personalInformation.value", "1e300", "supply.personalInformation.value = 1e300", "out of range")]
    [InlineData("supply.personalInformation.value", "-1e400", "supply.personalInformation.value = -1e400", "out of range")]
    [InlineData("venues.0.fee.tiers.0.basisPoints.value", "2.5", "basisPoints.value = 2.5", "whole number")]
    [InlineData("venues.0.fee.tiers.0.basisPoints.value", "5001", "basisPoints.value = 5001", "from 0 to 5000")]
    [InlineData("venues.0.fee.tiers.0.basisPoints.value", "99999999999999999999", "basisPoints.value = 99999999999999999999", "out of range")]
    [InlineData("calibration.targets.0.target.value", "0", "target.value = 0", "above 0")]
    [InlineData("supply.personalInformation.assumption", "\"15\"", "supply.personalInformation.assumption = \"15\"", "must match ^A[1-9][0-9]{0,3}$")]
    [InlineData("supply.personalInformation.provenance", "\"rumoured\"", "supply.personalInformation.provenance = \"rumoured\"", "published, elsewhere, calibrated, assumed")]
    [InlineData("calibration.targets.0.measure", "\"profit\"", "measure = \"profit\"", "productsListed")]
    [InlineData("calibration.targets.0.parameter", "\"demand.level\"", "parameter = \"demand.level\"", "supply.applications")]
    [InlineData("name", "\"Hang zhou\"", "name = \"Hang zhou\"", "^[a-z0-9]")]
    [InlineData("formatVersion", "2", "formatVersion = 2", "from 1 to 1")]
    [InlineData("until", "\"2025-02-31\"", "until", "2025-02-31")]
    [InlineData("until", "\"soon\"", "until = \"soon\"", "must match")]
    [InlineData("until", "20250531", "until = 20250531", "must be a text")]
    [InlineData("supply.forms", """{"Hologram": {"value": 1, "provenance": "assumed"}}""", "supply.forms.Hologram", "Api, Report, Application, Dataset, Model")]
    [InlineData("supply.categories", """{"gossip": {"value": 1, "provenance": "assumed"}}""", "supply.categories.gossip", "industry")]
    [InlineData("supply.forms", "{}", "supply.forms", "at least")]
    [InlineData("demand.season", "[]", "demand.season", "12")]
    [InlineData("venues", "[]", "venues", "at least 1")]
    [InlineData("orderBooks.books.value", "1001", "orderBooks.books.value = 1001", "from 0 to 1000")]
    [InlineData("orderBooks.packs.value", "0", "orderBooks.packs.value = 0", "from 1 to 1000000")]
    [InlineData("orderBooks.bandBasisPoints.value", "10000", "orderBooks.bandBasisPoints.value = 10000", "from 0 to 9999")]
    [InlineData("orderBooks.traders.sellShare.value", "1.01", "orderBooks.traders.sellShare.value = 1.01", "from 0 to 1")]
    [InlineData("orderBooks.traders.orderKinds", """{"Exclusive": {"value": 1, "provenance": "assumed"}}""", "orderBooks.traders.orderKinds.Exclusive", "Limit, Budget, Iceberg")]
    [InlineData("orderBooks.firstDay", "\"2024-02-30\"", "orderBooks.firstDay", "no day of the calendar")]
    [InlineData("population", "7", "population", "")]
    public void A_wrong_value_is_named_with_its_path_and_what_is_allowed(string path, string json, string place, string allowed)
    {
        // Put into the text, not into a document, so that the numbers stay as they are written here.
        var text = Changed.At(path, "<here>").Replace("\"\\u003Chere\\u003E\"", json, StringComparison.Ordinal);
        Assert.Contains(json, text, StringComparison.Ordinal);
        var refused = Changed.Refused(text);
        Assert.Contains(place, refused.Message, StringComparison.Ordinal);
        Assert.Contains(allowed, refused.Message, StringComparison.Ordinal);
        Assert.Contains("test.json", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("id", "\"firm\"", "agents[firm].id = \"firm\": is taken", "seeker")]
    [InlineData("id", "\"Zi\"", "agents[0].id = \"Zi\"", "^[a-z]")]
    [InlineData("strategy", "\"zipp\"", "agents[zi].strategy = \"zipp\": is unknown", "zero-intelligence, zip")]
    [InlineData("count", """{"value": 1, "provenance": "assumed"}""", "agents[zi].count = 1", "at least 2")]
    [InlineData("count", """{"value": 0, "provenance": "assumed"}""", "count.value = 0", "from 1 to 100000")]
    [InlineData("from", "\"2010-01-04\"", "agents[zi].from = 2010-01-04", "to until = 2025-05-31")]
    [InlineData("until", "\"2024-01-02\"", "agents[zi].until = 2024-01-02", "from = 2024-03-01")]
    [InlineData("venue", "\"nowhere\"", "agents[zi].venue = \"nowhere\"", "hzdex")]
    [InlineData("parameters", """{"sellersShare": {"value": 1, "provenance": "assumed"}}""", "agents[zi].parameters.sellersShare", "sellerShare")]
    [InlineData("parameters", """{"sellerShare": {"value": 1.5, "provenance": "assumed"}}""", "agents[zi].parameters.sellerShare = 1.5", "from 0 to 1")]
    [InlineData("parameters", """{"sellerShare": 0.5}""", "parameters.sellerShare", "must be an object")]
    public void A_wrong_group_of_agents_is_named_with_what_is_allowed(string member, string json, string place, string allowed)
    {
        var group = JsonNode.Parse("""{"id": "zi", "strategy": "zero-intelligence", "count": {"value": 8, "provenance": "assumed"}, "from": "2024-03-01"}""")!;
        Assert.NotNull(ScenarioCatalogue.Parse(Changed.At("agents", new JsonArray(group.DeepClone())), "test.json").Scenario.Agents);
        group[member] = JsonNode.Parse(json);
        var refused = Changed.Refused(Changed.At("agents", new JsonArray(group)));
        Assert.Contains(place, refused.Message, StringComparison.Ordinal);
        Assert.Contains(allowed, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_syntax_error_is_named_with_line_and_column()
    {
        var refused = Changed.Refused("{\n  \"name\": \"x\",\n  \"until\": oops\n}");
        Assert.Contains("line 3, column 12", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("{} {}")]
    [InlineData("{\"name\": \"x\",}")]
    [InlineData("{\"name\": \"x\" // no comments\n}")]
    public void What_is_no_object_is_refused(string text) => Changed.Refused(text);

    [Fact]
    public void An_unknown_property_is_named_with_those_that_are_known()
    {
        var refused = Changed.Refused(Changed.At("demand.shelf.ordres", new JsonObject()));
        Assert.Contains("demand.shelf.ordres", refused.Message, StringComparison.Ordinal);
        Assert.Contains("orders", refused.Message, StringComparison.Ordinal);
        Assert.Contains("unknown", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("until")]
    [InlineData("demand.shelf.orders")]
    [InlineData("venues.1.opens")]
    [InlineData("orderBooks")]
    [InlineData("orderBooks.fairValue.discount")]
    [InlineData("supply.applications.value")]
    [InlineData("supply.applications.provenance")]
    public void A_missing_property_is_named(string path)
    {
        var refused = Changed.Refused(Changed.Without(path));
        Assert.Contains(path.Split('.')[^1], refused.Message, StringComparison.Ordinal);
        Assert.Contains("is required", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_property_given_twice_is_refused()
    {
        var refused = Changed.Refused(Changed.Text.Replace("\"formatVersion\": 1,", "\"formatVersion\": 1, \"formatVersion\": 1,", StringComparison.Ordinal));
        Assert.Contains("formatVersion", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("published")]
    [InlineData("elsewhere")]
    public void What_is_published_needs_a_source(string provenance)
    {
        var refused = Changed.Refused(Changed.At("supply.personalInformation", new JsonObject { ["value"] = 0.1, ["provenance"] = provenance }));
        Assert.Contains("supply.personalInformation.source: is required", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("venues.0.listingsByYear.2019", "2019")]
    [InlineData("venues.1.dealsByYear.2025", "2025")]
    public void Every_year_of_business_is_needed(string path, string year)
    {
        var refused = Changed.Refused(Changed.Without(path));
        Assert.Contains($"the year {year} is missing", refused.Message, StringComparison.Ordinal);
        Assert.Contains(string.Join('.', path.Split('.')[..2]), refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("listingShare")]
    [InlineData("contractShare")]
    public void Somebody_must_have_a_share(string share)
    {
        var root = JsonNode.Parse(Changed.Text)!;
        root["venues"]![0]![share]!["value"] = 0;
        root["venues"]![1]![share]!["value"] = 0;
        Assert.Contains($"venues.*.{share}: at least one must be above 0", Changed.Refused(root.ToJsonString()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parts_that_do_not_go_together_are_refused()
    {
        const string group = """{"id": "zi", "strategy": "Mine", "count": {"value": 8, "provenance": "assumed"}, "from": "2024-03-01"}""";
        Assert.Contains("agents: two groups have the id zi", Changed.Refused(Changed.At("agents", JsonNode.Parse($"[{group}, {group}]"))).Message, StringComparison.Ordinal);
        Assert.Contains("venues: two venues have the same id", Changed.Refused(Changed.At("venues.1.id", "zjbdec")).Message, StringComparison.Ordinal);
        Assert.Contains("venues.1.opens = 2025-05-31: must be before until", Changed.Refused(Changed.At("venues.1.opens", "2025-05-31")).Message, StringComparison.Ordinal);
        Assert.Contains("each measure at most once", Changed.Refused(Changed.At("calibration.targets.1.measure", "productsListed")).Message, StringComparison.Ordinal);
        Assert.Contains("sum must not be above 1", Changed.Refused(Changed.At("pricing.atOneThousand.value", 0.99)).Message, StringComparison.Ordinal);
        Assert.Contains("venues.0.fee.tiers.0.fromYuan = 1: the first tier begins at 0",
            Changed.Refused(Changed.At("venues.0.fee.tiers.0.fromYuan.value", 1)).Message, StringComparison.Ordinal);
        Assert.Contains("venues.1.fee.tiers.2.fromYuan = 1000000: must be above that of the tier before it, 1000000",
            Changed.Refused(Changed.At("venues.1.fee.tiers.2.fromYuan.value", 1_000_000)).Message, StringComparison.Ordinal);
        var bounds = JsonNode.Parse(Changed.At("venues.0.fee.mostFen.value", 99))!;
        bounds["venues"]![0]!["fee"]!["leastFen"]!["value"] = 100;
        Assert.Contains("venues.0.fee.leastFen = 100: at most venues.0.fee.mostFen = 99, unless that is 0 for none",
            Changed.Refused(bounds.ToJsonString()).Message, StringComparison.Ordinal);
        Assert.Contains("orderBooks.venue = \"sse\": must be one of zjbdec, hzdex", Changed.Refused(Changed.At("orderBooks.venue", "sse")).Message, StringComparison.Ordinal);
        Assert.Contains(
            "orderBooks.firstDay = 2023-08-22: must be from the venue's first day, 2023-08-23, to until = 2025-05-31",
            Changed.Refused(Changed.At("orderBooks.firstDay", "2023-08-22")).Message, StringComparison.Ordinal);
        Assert.Contains("each must be before the next", Changed.Refused(Changed.At("orderBooks.openMinute.value", 900)).Message, StringComparison.Ordinal);
        Assert.Contains("orderBooks.makers.perBook: at most", Changed.Refused(Changed.At("orderBooks.makers.perBook.value", 4)).Message, StringComparison.Ordinal);
        Assert.Contains("publicDataOperators", Changed.Refused(Changed.At("population.publicDataOperators.value", 419)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_problem_is_kept_and_the_first_ones_are_told()
    {
        var root = JsonNode.Parse(Changed.Text)!;
        root["supply"]!["personalInformation"]!["value"] = 3;
        root["deals"]!["late"]!["value"] = 4;
        var refused = Changed.Refused(root.ToJsonString());
        Assert.Equal(2, refused.Problems.Count);
        Assert.All(refused.Problems, problem => Assert.Contains(problem, refused.Message, StringComparison.Ordinal));
    }
}
