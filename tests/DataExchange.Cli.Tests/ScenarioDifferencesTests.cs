using DataExchange.Cli.Running.Counterfactuals;
using DataExchange.Scenarios;

namespace DataExchange.Cli.Tests;

/// <summary>In what two scenarios differ, and whether the same numbers are solved for both.</summary>
public sealed class ScenarioDifferencesTests
{
    private static readonly string Text = ScenarioCatalogue.TextOf("hangzhou-2025");

    [Fact]
    public void Values_are_named_by_their_place_and_notes_are_left_out()
    {
        var changed = ScenarioOverrides.Apply(Text, ["venues[hzdex].fee.tiers[0].basisPoints=100", "demand.season[11]=3", "until=2025-03-31"]);

        Assert.Equal(
            [("until", "\"2025-05-31\"", "\"2025-03-31\""), ("venues[hzdex].fee.tiers[0].basisPoints", "250", "100"), ("demand.season[11]", "1.8", "3")],
            ScenarioDifferences.Of(Text, changed).Select(difference => (difference.Path, difference.A, difference.B)));
        Assert.Empty(ScenarioDifferences.Of(Text, Text));
    }

    [Theory]
    [InlineData(true, "demand.level=2")]
    [InlineData(true, "demand.shelf.level=0.5", "demand.contracts.level=3")]
    [InlineData(false, "deals.disputed=0.5")]
    [InlineData(false, "until=2025-03-31")]
    public void Levers_and_shocks_change_nothing_that_is_solved(bool alike, params string[] settings)
    {
        var changed = ScenarioFork.Of(ScenarioOverrides.Apply(Text, settings), new DateOnly(2024, 1, 1), ["deals.late=0.5"], []);

        Assert.Equal(alike, ScenarioDifferences.AreCalibratedAlike(Text, changed));
    }
}
