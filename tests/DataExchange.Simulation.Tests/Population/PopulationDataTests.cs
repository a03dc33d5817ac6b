using DataExchange.Scenarios.Population;
using DataExchange.Simulation.Population;

namespace DataExchange.Simulation.Tests.Population;

public sealed class PopulationDataTests
{
    private static readonly string Chain = PopulationData.ReadFile("industry-chain.json");
    private static readonly string Calendar = PopulationData.ReadFile("china-calendar.json");
    private static readonly string Words = PopulationData.ReadFile("vocabulary.json");

    [Fact]
    public void The_built_in_files_load() => Assert.Equal(197, PopulationData.Load().Graph.SubTracks.Count);

    [Theory]
    [InlineData("\"provenance\": {", "\"provenance\": { \"extra\": 3,", "line 3", "provenance.extra")]
    [InlineData("\"subTracks\": 197", "\"subTracks\": 196", "196 sub-tracks are published, the file has 197")]
    [InlineData("{\"id\": \"life-health\", ", "{\"id\": \"life-care\", ", "'life-health.biomedicine' has no parent 'life-health'")]
    [InlineData("smart-iot.chips.design.eda\", \"zh\"", "smart-iot.chips.design.rf\", \"zh\"", "'smart-iot.chips.design.rf' appears twice")]
    [InlineData("\"from\": \"smart-iot.chips.design.eda\"", "\"from\": \"smart-iot.chips.design\"", "does not join two sub-tracks")]
    [InlineData("\"output\": \"goods\"", "\"output\": \"steel\"", "line 31", "nodes[2].output")]
    [InlineData("\"zh\": \"EDA工具\"", "\"zh\": \"\"", "'smart-iot.chips.design.eda' lacks a Chinese")]
    [InlineData("\"kinds\": [\"technology\"", "\"kinds\": [\"gossip\"", "'gossip', which is not a kind of data")]
    public void A_wrong_graph_is_refused_by_name(string text, string replacement, params string[] expected) =>
        AssertRefused(() => PopulationData.Parse(Once(Chain, text, replacement), Calendar, Words), expected);

    [Theory]
    [InlineData("\"2024-02-17\"", "\"2024-02-09\"", "2024, 春节: 2024-02-10 to 2024-02-09 is no holiday")]
    [InlineData("\"2024-02-04\"", "\"2024-02-05\"", "2024-02-05 cannot be a make-up day")]
    [InlineData("\"year\": 2019", "\"year\": 2018", "2018 must appear once", "2019 must appear once")]
    [InlineData("\"2024-02-17\"", "\"2024-02-30\"", "china-calendar.json", "years[8].holidays[1].to")]
    public void A_wrong_calendar_is_refused_by_name(string text, string replacement, params string[] expected) =>
        AssertRefused(() => PopulationData.Parse(Chain, Once(Calendar, text, replacement), Words), expected);

    [Theory]
    [InlineData("\"regions\": [\"industry\"]", "\"regions\": [\"moon\"]", "Region group 'moon' is not in regions")]
    [InlineData("\"brokers\": [\"data-ai.data-services\"]", "\"brokers\": [\"data-ai.magic\"]", "'data-ai.magic', which is no node")]
    [InlineData("\"form\": \"Model\"", "\"form\": \"Api\"", "Form 'Model' has no suffix for subjects of type 'Live'")]
    [InlineData("\"id\": \"telecom\"", "\"id\": \"energy\"", "Category 'energy' appears twice")]
    [InlineData("\"weight\": 92", "\"weight\": 0", "the weight of '有限公司' must be above 0")]
    [InlineData("\"smart-iot.chips\": [", "\"smart-iot.chops\": [", "no words for 'smart-iot.chips.design.eda'")]
    [InlineData("\"en\": \"Ningbo\"", "\"en\": \"\"", "lacks its Chinese or its English text")]
    public void Wrong_words_are_refused_by_name(string text, string replacement, params string[] expected) =>
        AssertRefused(() => PopulationData.Parse(Chain, Calendar, Once(Words, text, replacement)), expected);

    [Fact]
    public void An_unknown_file_is_refused_by_name() =>
        Assert.Contains("'firms.json' is no population file", Assert.Throws<ArgumentException>(() => PopulationData.ReadFile("firms.json")).Message);

    private static void AssertRefused(Action load, string[] expected)
    {
        var message = Assert.Throws<PopulationDataException>(load).Message;
        Assert.All(expected, part => Assert.Contains(part, message));
    }

    private static string Once(string json, string text, string replacement)
    {
        var at = json.IndexOf(text, StringComparison.Ordinal);
        Assert.True(at >= 0, $"the file has no {text}");
        return string.Concat(json.AsSpan(0, at), replacement, json.AsSpan(at + text.Length));
    }
}
