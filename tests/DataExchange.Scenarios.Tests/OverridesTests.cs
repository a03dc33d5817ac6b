using System.Text.Json.Nodes;

namespace DataExchange.Scenarios.Tests;

/// <summary>Single settings changed by path.</summary>
public sealed class OverridesTests
{
    [Theory]
    [InlineData("pricing.stepsShare=0.5", "pricing.stepsShare", "0.5")]
    [InlineData("pricing.stepsShare.value=0.5", "pricing.stepsShare", "0.5")]
    [InlineData("venues[hzdex].fee.tiers[0].basisPoints=100", "venues.1.fee.tiers.0.basisPoints", "100")]
    [InlineData("venues[1].fee.tiers[0].basisPoints = 100", "venues.1.fee.tiers.0.basisPoints", "100")]
    [InlineData("demand.season[11]=2", "demand.season.11", "2")]
    [InlineData("venues[zjbdec].dealsByYear.2024=9", "venues.0.dealsByYear.2024", "9")]
    public void A_number_that_is_set_is_assumed_names_no_source_and_keeps_the_number_of_its_assumption(string setting, string path, string value)
    {
        var changed = At(JsonNode.Parse(ScenarioOverrides.Apply(Changed.Text, [setting]))!, path).AsObject();

        Assert.Equal(value, changed["value"]!.ToJsonString());
        Assert.Equal("assumed", changed["provenance"]!.GetValue<string>());
        Assert.Equal(["value", "provenance", "assumption"], changed.Select(property => property.Key));
        // Nothing else is another.
        var before = JsonNode.Parse(Changed.Text)!;
        var target = At(before, path).AsObject();
        var number = target["assumption"]!.GetValue<string>();
        target.Clear();
        target["value"] = JsonNode.Parse(value);
        target["provenance"] = "assumed";
        target["assumption"] = number;
        Assert.True(JsonNode.DeepEquals(before, JsonNode.Parse(ScenarioOverrides.Apply(Changed.Text, [setting]))));
    }

    [Fact]
    public void Texts_are_set_too_the_last_counts_and_what_comes_out_is_checked()
    {
        var loaded = ScenarioCatalogue.Load(Changed.Name, ["until=2025-03-31", "deals.late=0.9", "deals.late=0.2"]);

        Assert.Equal((new DateOnly(2025, 3, 31), 0.2), (loaded.Scenario.Until, loaded.Scenario.Deals.Late.Value));
        Assert.NotEqual(ScenarioCatalogue.Load(Changed.Name).Hash, loaded.Hash);
        Assert.Equal(loaded.Hash, ScenarioCatalogue.Load(Changed.Name, ["until=2025-03-31", "deals.late=0.2"]).Hash);
        Assert.Contains("deals.late.value = 1.5: is out of range, allowed from 0 to 1", Assert.Throws<ScenarioException>(() => ScenarioCatalogue.Load(Changed.Name, ["deals.late=1.5"])).Message);
        Assert.Contains("deals.late.value = \"much\": must be a number", Assert.Throws<ScenarioException>(() => ScenarioCatalogue.Load(Changed.Name, ["deals.late=much"])).Message);
        Assert.Contains("until = \"2025-02-31\": is no day of the calendar", Assert.Throws<ScenarioException>(() => ScenarioCatalogue.Load(Changed.Name, ["until=2025-02-31"])).Message);
    }

    [Fact]
    public void Without_settings_the_scenario_is_the_very_same() =>
        Assert.Equal(ScenarioCatalogue.Load(Changed.Name).Hash, ScenarioCatalogue.Load(Changed.Name, []).Hash);

    [Theory]
    [InlineData("pricing.stepShare=1", "setting 'pricing.stepShare': pricing has no 'stepShare'; there are negotiatedShare, ")]
    [InlineData("venues[mars].listingShare=1", "setting 'venues[mars].listingShare': venues has no 'mars'; there are zjbdec, hzdex")]
    [InlineData("nothing=1", "setting 'nothing': the scenario has no 'nothing'; there are $schema, name, ")]
    [InlineData("pricing=1", "setting 'pricing' is not allowed: it is a group of settings; there are ")]
    [InlineData("demand.season=1", "setting 'demand.season' is not allowed: it is a group of settings; there are 0, 1")]
    [InlineData("pricing.stepsShare", "setting 'pricing.stepsShare' is not allowed: PATH=VALUE")]
    [InlineData("=1", "setting '=1' is not allowed: PATH=VALUE")]
    [InlineData("name.x=1", "setting 'name.x': name has no 'x'; it is a single value")]
    [InlineData("demand.shelf.orders=1", "setting 'demand.shelf.orders' is not allowed: the run solves it from calibration.targets")]
    public void A_setting_that_names_no_place_is_refused(string setting, string told) =>
        Assert.StartsWith(told, Assert.Throws<ScenarioException>(() => ScenarioCatalogue.Load(Changed.Name, [setting])).Message, StringComparison.Ordinal);

    private static JsonNode At(JsonNode root, string path) =>
        path.Split('.').Aggregate(root, (node, step) => node is JsonArray items ? items[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)]! : node[step]!);
}
