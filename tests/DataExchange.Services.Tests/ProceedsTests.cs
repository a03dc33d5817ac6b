using DataExchange.Domain;
using DataExchange.Domain.Settlement;
using DataExchange.Exchange;
using DataExchange.Services.Snapshots;
using DataExchange.Testing;

namespace DataExchange.Services.Tests;

/// <summary>What settlements credited to parties is kept, so that not all of them are read at each start; and it is what the facts say.</summary>
public sealed class ProceedsTests(PostgresFixture postgres)
{
    private static readonly ServiceOptions Options = RunningServices.Options(services: ["settlement"]) with { SnapshotEvery = 1 };

    [Fact]
    public async Task Kept_proceeds_are_those_of_all_facts_and_settlement_goes_on_from_them()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var services = await RunningServices.StartAsync(postgres, false, Options, cancellation);
        var facts = await SmallMarket.FactsAsync();
        var expected = new StreamTable();
        foreach (var fact in facts)
        {
            expected.Credit(fact.Data);
        }

        Assert.True(expected.Payees > 0, "the market is too small for this");
        await DepositAsync(services, facts[^1].Data.At, cancellation);
        // They are kept after the answer, and who stops does not wait for that.
        await services.RestAsync(cancellation);
        await services.StopAsync();

        var table = new SnapshotTable(services.Database);
        var kept = (await table.ReadProceedsAsync(cancellation))!.Value;
        Assert.Equal(expected.SaveProceeds().OrderBy(one => one.Key, StringComparer.Ordinal), kept.ByParty.OrderBy(one => one.Key, StringComparer.Ordinal));
        Assert.Equal(facts.Count + 1, kept.Sequence);

        // One that says otherwise than the facts shows that it is read, and that what is read is only what came after.
        var (party, _) = expected.SaveProceeds().First();
        var payable = $"payable/{party}";
        await table.KeepProceedsAsync(kept.Count + 1, kept.Sequence, kept.ByParty.ToDictionary(one => one.Key, one => one.Value + (one.Key == party ? 1_000_000 : 0)), cancellation);
        await services.StartAsync(Options, cancellation);
        var paid = await services.Sender.SendAsync(
            Guid.NewGuid(), new PayOutProceeds(new PartyId(party), 1) { At = facts[^1].Data.At, By = new("clearing") }, cancellation);

        Assert.Equal(payable, paid.Stream);
        Assert.Equal(expected.SaveProceeds()[party] + 1_000_000, Assert.IsType<ProceedsPaidOut>(Assert.Single(paid.Outcome.Events)).ProceedsFen);
    }

    [Fact]
    public async Task Kept_proceeds_of_facts_that_the_store_does_not_have_are_passed_over()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var services = await RunningServices.StartAsync(postgres, false, Options, cancellation);
        var facts = await SmallMarket.FactsAsync();
        await services.StopAsync();
        var table = new SnapshotTable(services.Database);

        await table.KeepProceedsAsync(1, facts.Count + 1_000, new Dictionary<string, long> { ["nobody"] = 5 }, cancellation);

        Assert.Null(await table.ReadProceedsAsync(cancellation));
    }

    private static async Task DepositAsync(RunningServices services, SimulatedTime now, CancellationToken cancellation) =>
        Assert.True((await services.Sender.SendAsync(Guid.NewGuid(), new DepositFunds(new("p"), 5) { At = now, By = new("p") }, cancellation)).IsAccepted);
}
