using System.Text.RegularExpressions;

namespace DataExchange.Architecture.Tests;

/// <summary>docs/model.md follows the ODD protocol: all of its elements, in its order.</summary>
public sealed partial class ModelDocumentTests
{
    private static readonly string Document = File.ReadAllText(Path.Combine(Sources.Root, "docs", "model.md"));

    [Fact]
    public void The_elements_of_the_protocol_are_there_in_its_order() => Assert.Equal(
        [
            "1 Purpose and patterns", "2 Entities, state variables and scales", "3 Process overview and scheduling", "4 Design concepts",
            "5 Initialization", "6 Input data", "7 Submodels",
        ],
        Chapter().Matches(Document).Select(match => match.Groups[1].Value));

    [Fact]
    public void All_eleven_design_concepts_are_said_something_of() => Assert.Equal(
        [
            "Basic principles", "Emergence", "Adaptation", "Objectives", "Learning", "Prediction", "Sensing", "Interaction", "Stochasticity", "Collectives",
            "Observation",
        ],
        Concept().Matches(Between("## 4 Design concepts", "## 5 Initialization")).Select(match => match.Groups[1].Value));

    private static string Between(string from, string to) =>
        Document[Document.IndexOf(from, StringComparison.Ordinal)..Document.IndexOf(to, StringComparison.Ordinal)];

    [GeneratedRegex(@"^## (\d .+)$", RegexOptions.Multiline)]
    private static partial Regex Chapter();

    [GeneratedRegex(@"^\*\*([^*]+)\.\*\* \S", RegexOptions.Multiline)]
    private static partial Regex Concept();
}
