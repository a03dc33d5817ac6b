using System.Text.Json;
using DataExchange.Services.Messages;

namespace DataExchange.Services.Tests;

/// <summary>The bulk of messages: what is read is what was written, and what is cut off is refused.</summary>
public sealed class PackedTests
{
    private static readonly Guid Id = Guid.Parse("00112233-4455-8677-8899-aabbccddeeff");

    private static readonly FactEnvelope Fact = new(long.MaxValue, "offer/P1", 7, "licence_granted.v1", RawJson.Of("{\"a\":\"数据\"}"), "00-aa-bb-01");

    [Fact]
    public void Commands_are_read_as_they_were_written()
    {
        var commands = new SubmitCommands(
        [
            new CommandEnvelope(Id, "PlaceOrder", RawJson.Of("{}"), 3, "trace"),
            new CommandEnvelope(Guid.Empty, "PlaceOrder", RawJson.Of("{\"name\":\"数据交易\"}")),
            new CommandEnvelope(Id, "HoldFunds", RawJson.Of("[]"), int.MinValue),
        ]);

        var read = JsonSerializer.Deserialize<SubmitCommands>(JsonSerializer.Serialize(commands))!.Commands;

        Assert.Equal(commands.Commands.Select(Text), read.Select(Text));
    }

    [Fact]
    public void Answers_and_facts_are_read_as_they_were_written()
    {
        var answers = new CommandAnswers(
        [
            new AnswerEnvelope(Id, "offer/P1", 7, 8, [Fact, Fact with { Trace = null, Stream = "deal/数" }], null, -1, true, false, null),
            new AnswerEnvelope(Id, "", 1, 0, [], "NotOffered", long.MaxValue, false, true, "fault"),
        ]);
        var facts = new ApplyFacts(1, -1, 2, int.MaxValue, [Fact]);

        var read = JsonSerializer.Deserialize<CommandAnswers>(JsonSerializer.Serialize(answers))!.Answers;
        var fed = JsonSerializer.Deserialize<ApplyFacts>(JsonSerializer.Serialize(facts))!.Facts;

        Assert.Equal(answers.Answers.Select(Text), read.Select(Text));
        Assert.Equal([Text(Fact)], fed.Select(Text));
    }

    /// <summary>A message of the build before may wait in a queue of the broker.</summary>
    [Fact]
    public void What_an_earlier_build_wrote_is_read()
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(new[] { new CommandEnvelope(Id, "PlaceOrder", RawJson.Of("{\"a\":1}"), 3) });

        var read = JsonSerializer.Deserialize<SubmitCommands>($"{{\"Commands\":\"{Convert.ToBase64String(json)}\"}}")!.Commands;

        Assert.Equal([Text(new CommandEnvelope(Id, "PlaceOrder", RawJson.Of("{\"a\":1}"), 3))], read.Select(Text));
    }

    /// <summary>Every way of cutting it off, a version that is not there yet, and a count that nothing follows.</summary>
    [Fact]
    public void What_is_no_message_is_refused_and_takes_no_memory()
    {
        var whole = Convert.FromBase64String(JsonDocument.Parse(JsonSerializer.Serialize(new ApplyFacts(1, 0, 2, 0, [Fact]))).RootElement.GetProperty("Facts").GetString()!);

        foreach (var cut in Enumerable.Range(0, whole.Length).Select(length => whole[..length]).Append([2, .. whole[1..]]).Append([1, 0x7F, 0xFF, 0xFF, 0xFF]))
        {
            Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<ApplyFacts>($"{{\"Facts\":\"{Convert.ToBase64String(cut)}\"}}"));
        }
    }

    private static string Text(CommandEnvelope one) => $"{one.Id} {one.Type} {one.Json} {one.Expected} {one.Trace}";

    private static string Text(FactEnvelope one) => $"{one.Sequence} {one.Stream} {one.Version} {one.Type} {one.Json} {one.Trace}";

    private static string Text(AnswerEnvelope one) =>
        $"{one.Id} {one.Stream} {one.FirstVersion} {one.LastVersion} {string.Join('|', one.Facts.Select(Text))} {one.Rejection} {one.Sequence} {one.WasRepeated} {one.MovedOn} {one.Fault}";
}
