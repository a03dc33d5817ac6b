using DataExchange.Domain;
using DataExchange.Domain.Settlement;
using DataExchange.EventStore.Serialization;
using DataExchange.EventStore.Services;
using DataExchange.Exchange;
using DataExchange.Services.Messages;
using DataExchange.Testing;
using MassTransit;

namespace DataExchange.Services.Tests;

/// <summary>What messages may do on the way: come twice, out of order, late, never, or say nonsense.</summary>
public sealed class DeliveryTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Facts_that_come_twice_out_of_order_or_not_at_all_are_reacted_to_once_and_in_order()
    {
        var cancellation = TestContext.Current.CancellationToken;
        // Without a feed: this test brings the facts, of which the partition has met none.
        await using var services = await RunningServices.PrepareAsync(postgres, false, cancellation);
        await ServiceTables.CreateAsync(services.Database, cancellation: cancellation);
        await using (var reset = services.Database.CreateCommand($"UPDATE {EventStore.Schemas.Default}.service_setting SET value = '0' WHERE name = 'begun at'"))
        {
            Assert.Equal(1, await reset.ExecuteNonQueryAsync(cancellation));
        }

        await services.StartAsync(RunningServices.Options(services: ["pricing"]), cancellation);
        var facts = await SmallMarket.FactsAsync();
        var events = await services.CountAsync("mt_events", cancellation);
        var certified = new List<long>();
        for (var i = 0; i < facts.Count; i++)
        {
            if (Reactions.To(facts[i].Data).Any(reaction => reaction.Stream.StartsWith("pricing/", StringComparison.Ordinal)))
            {
                certified.Add(i + 1);
            }
        }

        Assert.True(certified.Count > 3);
        var endpoint = await services.Bus.Bus.GetSendEndpoint(services.Bus.AddressOf("pricing"));
        // All but the second, from the last to the first, each twice.
        foreach (var at in certified.Where((_, index) => index != 1).Reverse().SelectMany(at => new[] { at, at }))
        {
            var before = certified.LastOrDefault(other => other < at);
            await endpoint.Send(new ApplyFacts(before, int.MaxValue, at, int.MaxValue, [Envelope(facts[(int)at - 1], at)]), cancellation);
        }

        // What is put aside is no event: rest alone does not show that all is met on a machine that others use too.
        for (var i = 0; i < 300 && await services.CountAsync("service_quarantine", cancellation) < certified.Count; i++)
        {
            await Task.Delay(100, cancellation);
        }

        await services.RestAsync(cancellation);

        // The market's own pricing streams are there already, so that every reaction is refused and put aside; each was met once, in order.
        var met = new List<long>();
        await using (var read = services.Database.CreateCommand(
            $"SELECT (content ->> 'Sequence')::bigint FROM {EventStore.Schemas.Default}.service_quarantine ORDER BY put_aside_at"))
        await using (var rows = await read.ExecuteReaderAsync(cancellation))
        {
            while (await rows.ReadAsync(cancellation))
            {
                met.Add(rows.GetInt64(0));
            }
        }

        Assert.Equal(certified, met);
        Assert.Equal(events, await services.CountAsync("mt_events", cancellation));
    }

    [Fact]
    public async Task A_message_that_is_no_command_is_put_aside_and_the_rest_goes_on()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var services = await RunningServices.StartAsync(postgres, true, RunningServices.Options(services: ["settlement"]), cancellation);
        var party = new PartyId("p");
        var good = new DepositFunds(party, 7) { At = SimulatedTime.On(new(2025, 1, 2)), By = party };
        var client = services.Bus.Bus.CreateRequestClient<SubmitCommands>(services.Bus.AddressOf("settlement"), TimeSpan.FromSeconds(20));

        var answers = await client.GetResponse<CommandAnswers>(
            new SubmitCommands(
            [
                new CommandEnvelope(Guid.NewGuid(), "DepositFunds", RawJson.Of("""{"party":"p","amountFen":"seven"}""")),
                new CommandEnvelope(Guid.NewGuid(), "DepositFunds", new RawJson(CommandCodec.WriteUtf8(good))),
                new CommandEnvelope(Guid.NewGuid(), "NoSuchCommand", RawJson.Of("{}")),
            ]), cancellation);

        Assert.Contains("amountFen", answers.Message.Answers[0].Fault);
        Assert.Null(answers.Message.Answers[1].Fault);
        Assert.Single(answers.Message.Answers[1].Facts);
        Assert.Contains("NoSuchCommand", answers.Message.Answers[2].Fault);
        Assert.Equal(2, await services.CountAsync("service_quarantine", cancellation));
    }

    [Fact]
    public async Task What_was_put_aside_is_shown_and_handled_once_its_cause_is_mended()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var services = await RunningServices.StartAsync(postgres, true, RunningServices.Options(services: ["settlement"]), cancellation);
        var party = new PartyId("p");
        var deposit = new DepositFunds(party, 7) { At = SimulatedTime.On(new(2025, 1, 2)), By = party };
        var envelope = new CommandEnvelope(Guid.NewGuid(), "DepositFunds", new RawJson(CommandCodec.WriteUtf8(deposit)));
        // As a partition that failed for a reason of its own would have put it aside.
        await using (var put = services.Database.CreateCommand(
            $"INSERT INTO {EventStore.Schemas.Default}.service_quarantine (id, partition, kind, content, reason) VALUES ($1, 'settlement', 'command', $2::jsonb, 'a defect')"))
        {
            put.Parameters.Add(new() { Value = envelope.Id });
            put.Parameters.Add(new() { Value = System.Text.Json.JsonSerializer.Serialize(envelope) });
            await put.ExecuteNonQueryAsync(cancellation);
        }

        var shelf = new QuarantineShelf(services.Database);
        var message = Assert.Single(await shelf.ListAsync(cancellation));

        var answer = await shelf.ReplayAsync(message, services.Sender, cancellation);
        var again = await shelf.ReplayAsync(message, services.Sender, cancellation);

        Assert.Equal(("a defect", "settlement", null), (message.Reason, message.Partition, message.ReplayedAt));
        Assert.True(answer.Outcome.Accepted);
        Assert.True(again.WasRepeated);
        Assert.NotNull(Assert.Single(await shelf.ListAsync(cancellation)).ReplayedAt);
        Assert.Equal(1, await services.CountAsync("mt_events", cancellation));
    }

    private static FactEnvelope Envelope(RecordedEvent fact, long sequence) =>
        new(sequence, fact.Stream, fact.Version, EventRegistry.NameOf(fact.Data), new RawJson(EventJson.Write(fact.Data)));
}
