using System.Text.Json.Nodes;
using DataExchange.Scenarios.Sweeps;

namespace DataExchange.Scenarios.Tests;

public sealed class SweepFileTests
{
    private const int MostSobol = 40;

    private const string Grid =
        """
        {"formatVersion": 1, "name": "fees", "scenario": "hangzhou-2025", "scale": 0.02, "seeds": [7, 9], "design": {"kind": "grid"},
         "parameters": [{"path": "demand.level", "values": [1, 2]}, {"path": "deals.disputed", "from": 0, "to": 1, "steps": 3}]}
        """;

    [Theory]
    [InlineData("scale", "0", "scale = 0: is out of range, allowed above 0 to 1000")]
    [InlineData("scale", "\"much\"", "scale = \"much\": must be a number above 0 to 1000")]
    [InlineData("name", "\"My fees\"", "name = \"My fees\": must match")]
    [InlineData("formatVersion", "2", "formatVersion = 2: must be one of 1")]
    [InlineData("design", """{"kind": "random"}""", "design.kind = \"random\": must be one of grid, latinHypercube, sobol, saltelli")]
    [InlineData("design", """{"kind": "sobol"}""", "design.points: is required")]
    [InlineData("design", """{"kind": "grid", "points": 4}""", "design.points = 4: is not allowed in a grid")]
    [InlineData("design", """{"kind": "saltelli", "points": 12}""", "design.points = 12: must be a power of two")]
    [InlineData("design", """{"kind": "sobol", "points": 900000}""", "design: 1,800,000 runs are too many, at most 1,000,000 are allowed")]
    [InlineData("seedCount", "3", "seeds: either seeds or seedCount is required, and not both")]
    [InlineData("seeds", "[]", "seeds: must have at least 1 items")]
    [InlineData("seeds", "[1, 1]", "seeds: one is there twice")]
    [InlineData("firstSeed", "3", "firstSeed: is allowed with seedCount only")]
    [InlineData("color", "3", "color = 3: is unknown here; known are")]
    [InlineData("parameters", "[]", "parameters: must have at least 1 items")]
    [InlineData("parameters", """[{"path": "a"}]""", "parameters[0] a: either values or from and to are required")]
    [InlineData("parameters", """[{"path": "a", "values": [1], "from": 1}]""", "parameters[0] a: values do not go with from")]
    [InlineData("parameters", """[{"path": "a", "values": [[1]]}]""", "parameters[0] a: values must be numbers, texts, true or false")]
    [InlineData("parameters", """[{"path": "a", "from": 2, "to": 1, "steps": 2}]""", "parameters[0] a: to = 1 must be above from = 2")]
    [InlineData("parameters", """[{"path": "a", "from": 0.5, "to": 2, "steps": 2, "integer": true}]""", "from = 0.5 and to = 2 must be whole")]
    [InlineData("parameters", """[{"path": "a", "from": 0, "to": 1}]""", "parameters[0] a: steps is required in a grid")]
    [InlineData("parameters", """[{"path": "a", "values": [1]}, {"path": "a", "values": [2]}]""", "parameters[1] a: is there twice")]
    public void What_is_wrong_is_named_with_its_field_and_what_is_allowed(string field, string json, string told)
    {
        var file = JsonNode.Parse(Grid)!;
        file[field] = JsonNode.Parse(json);
        var wrong = Assert.Throws<ScenarioException>(() => SweepFile.Parse(file.ToJsonString(), "it", MostSobol));
        Assert.StartsWith("sweep it: ", wrong.Message, StringComparison.Ordinal);
        Assert.Contains(told, wrong.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sobol", 41, "parameters: 41 are too many, at most 40")]
    [InlineData("saltelli", 21, "parameters: 21 are too many, at most 20")]
    public void More_parameters_than_there_are_direction_numbers_for(string kind, int count, string told)
    {
        var file = JsonNode.Parse(Grid)!;
        file["design"] = new JsonObject { ["kind"] = kind, ["points"] = 8 };
        file["parameters"] = new JsonArray([.. Enumerable.Range(0, count).Select(i => (JsonNode)new JsonObject { ["path"] = $"a{i}", ["from"] = 0, ["to"] = 1 })]);
        Assert.Contains(told, Assert.Throws<ScenarioException>(() => SweepFile.Parse(file.ToJsonString(), "it", MostSobol)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_JSON_is_told_with_its_line() => Assert.StartsWith(
        "sweep it is not valid JSON: line 2, column 10", Assert.Throws<ScenarioException>(() => SweepFile.Parse("{\n \"name\": oops}", "it", MostSobol)).Message, StringComparison.Ordinal);

    [Fact]
    public void Values_and_steps_are_met_exactly_and_ranges_from_end_to_end()
    {
        var file = SweepFile.Parse(Grid, "it", MostSobol);
        Assert.Equal([7UL, 9UL], file.Seeds);
        AreAt(file.Parameters[0], (0.25, "1"), (0.75, "2"));
        AreAt(file.Parameters[1], (0.1, "0"), (0.5, "0.5"), (0.9, "1"));
        var range = new SweepParameter("a") { From = 2, To = 4 };
        AreAt(range, (0, "2"), (0.5, "3"));
        AreAt(range with { Integer = true }, (0, "2"), (0.3, "2"), (0.5, "3"), (0.7, "4"), (Math.BitDecrement(1.0), "4"));

        static void AreAt(SweepParameter parameter, params (double Place, string Value)[] expected) =>
            Assert.All(expected, one => Assert.Equal(one.Value, parameter.At(one.Place)));
    }

    [Fact]
    public void Seeds_are_counted_from_the_first()
    {
        var file = JsonNode.Parse(Grid)!.AsObject();
        file.Remove("seeds");
        file["seedCount"] = 3;
        Assert.Equal([1UL, 2UL, 3UL], SweepFile.Parse(file.ToJsonString(), "it", MostSobol).Seeds);
        file["firstSeed"] = 10;
        Assert.Equal([10UL, 11UL, 12UL], SweepFile.Parse(file.ToJsonString(), "it", MostSobol).Seeds);
    }
}
