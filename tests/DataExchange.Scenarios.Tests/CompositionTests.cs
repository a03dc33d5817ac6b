using System.Text.Json.Nodes;

namespace DataExchange.Scenarios.Tests;

/// <summary>Scenarios over scenarios.</summary>
public sealed class CompositionTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dx-extends-");

    public void Dispose() => _folder.Delete(true);

    [Fact]
    public void What_stands_beside_extends_replaces_and_nothing_else_is_another()
    {
        var loaded = ScenarioCatalogue.Load(File("own.json", """
            {"extends": "hangzhou-2025", "name": "own", "until": "2025-03-31",
             "deals": {"disputed": {"value": 0.5, "provenance": "assumed"}},
             "set": {"deals.late": 0.25, "venues[hzdex].fee.tiers[0].basisPoints": 100}}
            """));

        var expected = JsonNode.Parse(ScenarioOverrides.Apply(Changed.Text, ["deals.late=0.25", "venues[hzdex].fee.tiers[0].basisPoints=100", "until=2025-03-31", "name=own"]))!;
        expected["deals"]!["disputed"] = new JsonObject { ["value"] = 0.5, ["provenance"] = "assumed" };
        Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(loaded.Text)));
        Assert.Equal(("own", 0.5, 0.25), (loaded.Scenario.Name, loaded.Scenario.Deals.Disputed.Value, loaded.Scenario.Deals.Late.Value));
        // The whole is what is hashed: loaded from its own text it is the same.
        Assert.Equal(loaded.Hash, ScenarioCatalogue.Parse(loaded.Text, "again").Hash);
    }

    [Fact]
    public void A_number_is_replaced_with_its_origin_a_list_as_a_whole_and_null_takes_away()
    {
        var loaded = ScenarioCatalogue.Load(File("own.json", """
            {"extends": "hangzhou-2025", "population": {"firms": {"value": 900, "provenance": "assumed"}}, "benchmarks": [], "set": {}}
            """));
        Assert.Null(loaded.Scenario.Population.Firms.Source);
        Assert.Empty(loaded.Scenario.Benchmarks);

        var without = File("without.json", """{"extends": "hangzhou-2025", "deals": {"late": null}}""");
        Assert.Contains("deals.late: is required", Assert.Throws<ScenarioException>(() => ScenarioCatalogue.Load(without)).Message);
    }

    [Fact]
    public void Files_extend_files_beside_them()
    {
        File("base.json", """{"extends": "hangzhou-2025", "name": "base", "set": {"deals.late": 0.2, "deals.disputed": 0.3}}""");
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "sub"));
        var top = ScenarioCatalogue.Load(File("sub/top.json", """{"extends": "../base.json", "name": "top", "set": {"deals.late": 0.4}}"""));

        Assert.Equal(("top", 0.4, 0.3), (top.Scenario.Name, top.Scenario.Deals.Late.Value, top.Scenario.Deals.Disputed.Value));
    }

    [Theory]
    [InlineData("""{"extends": "mars-2030"}""", "extends = \"mars-2030\": is neither a built-in name (")]
    [InlineData("""{"extends": 7}""", "extends = 7: must be a text")]
    [InlineData("""{"extends": "own.json"}""", "goes round in a circle")]
    [InlineData("""{"extends": "hangzhou-2025", "set": [1]}""", "set = [1]: must be an object of paths and single values")]
    [InlineData("""{"extends": "hangzhou-2025", "set": {"deals.nothing": 1}}""", "setting 'deals.nothing': deals has no 'nothing'")]
    [InlineData("""{"extends": "hangzhou-2025", "nonsense": 1}""", "nonsense")]
    [InlineData("""{"extends": "hangzhou-2025", "extends": "hangzhou-2025"}""", "is not valid JSON")]
    public void What_cannot_be_put_together_is_refused(string text, string told) =>
        Assert.Contains(told, Assert.Throws<ScenarioException>(() => ScenarioCatalogue.Load(File("own.json", text))).Message);

    [Fact]
    public void A_text_without_a_folder_may_extend_built_in_scenarios_only()
    {
        File("base.json", """{"extends": "hangzhou-2025"}""");
        Assert.Contains("is neither a built-in name", Assert.Throws<ScenarioException>(() => ScenarioCatalogue.Parse("""{"extends": "base.json"}""", "a request")).Message);
    }

    [Theory]
    [InlineData("0.5%", 50)]
    [InlineData("0.005", 50)]
    [InlineData("0", 0)]
    public void One_rate_for_all_venues_is_short_for_their_tiers(string rate, int basisPoints)
    {
        var fees = ScenarioCatalogue.Load(Changed.Name, [$"fee.rate={rate}"]).Scenario.Venues.Select(venue => venue.Fee);
        Assert.All(fees, fee => Assert.Equal((1, 0.0, basisPoints), (fee.Tiers.Count, fee.Tiers[0].FromYuan.Value, fee.Tiers[0].BasisPoints.Whole)));
    }

    [Theory]
    [InlineData("51%")]
    [InlineData("-1%")]
    [InlineData("0.5 percent")]
    [InlineData("0.00001")]
    public void A_rate_that_is_none_is_refused(string rate) =>
        Assert.Contains("must be a rate from 0% to 50%", Assert.Throws<ScenarioException>(() => ScenarioCatalogue.Load(Changed.Name, [$"fee.rate={rate}"])).Message);

    private string File(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }
}

/// <summary>What each kind of shock needs, and what a policy may set.</summary>
public sealed class ShockRulesTests
{
    [Theory]
    [InlineData("""{"id": "a", "kind": "outage", "at": "2024-01-01"}""", "shocks[0].venue: is required for the kind outage")]
    [InlineData("""{"id": "a", "kind": "outage", "at": "2024-01-01", "until": "2024-01-02", "venue": "mars"}""", "shocks[0].venue = \"mars\": must be one of zjbdec, hzdex")]
    [InlineData("""{"id": "a", "kind": "outage", "at": "2024-01-03", "until": "2024-01-02", "venue": "hzdex"}""", "shocks[0].until = 2024-01-02: must not be before at = 2024-01-03")]
    [InlineData("""{"id": "a", "kind": "policy", "at": "2030-01-01", "set": {"deals.late": 0.1}}""", "shocks[0].at = 2030-01-01: must be after the first venue's first day")]
    [InlineData("""{"id": "a", "kind": "policy", "at": "2024-01-01", "set": {"population.firms": 5}}""", "shocks[0].set: population.firms cannot be another from a day on; settings of review")]
    [InlineData("""{"id": "a", "kind": "policy", "at": "2024-01-01", "set": {"deals.late": 7}}""", "deals.late.value = 7: is out of range")]
    [InlineData("""{"id": "a", "kind": "policy", "at": "2024-01-01", "set": {"deals.later": 7}}""", "deals has no 'later'")]
    [InlineData("""{"id": "a", "kind": "policy", "at": "2024-01-01", "set": {"demand.shelf.orders": 7}}""", "demand.shelf.orders cannot be another from a day on")]
    [InlineData("""{"id": "a", "kind": "policy", "at": "2024-01-01", "set": {"deals.late": 0.1}, "price": {"value": 1, "provenance": "assumed"}}""", "shocks[0].price: is not known for the kind policy; known are id, kind, at, set, until")]
    [InlineData("""{"id": "a", "kind": "breach", "at": "2024-01-01", "category": "gold", "products": {"value": 1, "provenance": "assumed"}}""", "shocks[0].category = \"gold\": must be one of ")]
    [InlineData("""{"id": "a", "kind": "gazelle", "at": "2024-01-01"}""", "shocks[0].recognitions: is required for the kind gazelle")]
    [InlineData("""{"id": "a", "kind": "fire", "at": "2024-01-01"}""", "must be one of policy, outage")]
    [InlineData("""{"id": "a", "kind": "demand", "at": "2024-01-01", "factor": {"value": 101, "provenance": "assumed"}}""", "is out of range, allowed from 0 to 100")]
    [InlineData("""{"id": "a", "kind": "demand", "at": "2024-01-01", "factor": {"value": 1, "provenance": "published"}}""", "shocks[0].factor.source: is required")]
    public void A_shock_that_is_none_is_refused(string shock, string told) => Assert.Contains(told, Refused($"[{shock}]").Message);

    [Fact]
    public void Two_of_one_id_are_refused() => Assert.Contains(
        "two have the id \"a\"", Refused("""[{"id": "a", "kind": "policy", "at": "2024-01-01", "set": {"deals.late": 0.1}}, {"id": "a", "kind": "policy", "at": "2024-02-01", "set": {"deals.late": 0.2}}]""").Message);

    [Fact]
    public void Policies_that_overlap_count_in_order_of_their_days_and_end()
    {
        var eras = ScenarioCatalogue.Parse(With("""
            [{"id": "late", "kind": "policy", "at": "2024-06-01", "until": "2024-08-31", "set": {"deals.late": 0.5}},
             {"id": "early", "kind": "policy", "at": "2024-03-01", "set": {"deals.late": 0.25, "deals.disputed": 0.1}}]
            """), "test").Scenario.Eras;

        Assert.Equal(
            [(new DateOnly(2024, 3, 1), 0.25, 0.1), (new DateOnly(2024, 6, 1), 0.5, 0.1), (new DateOnly(2024, 9, 1), 0.25, 0.1)],
            eras.Select(era => (era.From, era.Settings.Deals.Late.Value, era.Settings.Deals.Disputed.Value)));
    }

    private static ScenarioException Refused(string shocks) => Assert.Throws<ScenarioException>(() => ScenarioCatalogue.Parse(With(shocks), "test"));

    private static string With(string shocks) => Changed.At("shocks", JsonNode.Parse(shocks));
}
