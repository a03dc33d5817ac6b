using DataExchange.Simulation.Scenarios;

namespace DataExchange.Scenarios.Tests;

public sealed class ScenarioCatalogueTests
{
    [Fact]
    public void The_built_in_scenarios_are_valid_and_carry_their_names()
    {
        Assert.Contains(Changed.Name, ScenarioCatalogue.BuiltIn);
        Assert.All(ScenarioCatalogue.BuiltIn, name =>
        {
            var loaded = ScenarioCatalogue.Load(name);
            Assert.Equal(name, loaded.Scenario.Name);
            Assert.Equal("built-in", loaded.Origin);
        });
    }

    [Fact]
    public void The_hash_is_that_of_the_text()
    {
        var hash = ScenarioCatalogue.Load(Changed.Name).Hash;
        Assert.Matches("^[0-9a-f]{64}$", hash);
        Assert.Equal(hash, ScenarioCatalogue.Parse(Changed.Text, "elsewhere").Hash);
        Assert.NotEqual(hash, ScenarioCatalogue.Parse(Changed.Text + " ", "elsewhere").Hash);
    }

    [Fact]
    public void A_file_is_loaded_by_its_path()
    {
        var file = Path.Combine(Path.GetTempPath(), $"dx-scenario-{Guid.NewGuid():N}.json");
        File.WriteAllText(file, Changed.At("name", "mine"));
        try
        {
            var loaded = ScenarioCatalogue.Load(file);
            Assert.Equal("mine", loaded.Scenario.Name);
            Assert.Equal(file, loaded.Origin);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("hangzhou-2052")]
    [InlineData("/nowhere/scenario.json")]
    [InlineData("/tmp")]
    [InlineData("")]
    [InlineData(" ")]
    public void What_is_no_scenario_is_named_with_those_there_are(string name)
    {
        var refused = Assert.Throws<ScenarioException>(() => ScenarioCatalogue.Load(name));
        Assert.Contains($"'{name}'", refused.Message, StringComparison.Ordinal);
        Assert.Contains(Changed.Name, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_scenario_holds_the_published_totals()
    {
        var targets = ScenarioCatalogue.Load(Changed.Name).Scenario.Calibration.Targets.ToDictionary(target => target.Measure);
        Assert.InRange(targets[CalibrationMeasure.ProductsListed].Target.Value, 3_900, 3_999);
        Assert.InRange(targets[CalibrationMeasure.RegisteredAmountYuan].Target.Value, 9.30e9, 9.40e9);
        Assert.InRange(targets[CalibrationMeasure.TransactionsRegistered].Target.Value, 100_000, double.MaxValue);
    }
}
