using System.Text;
using DataExchange.Domain;
using DataExchange.Domain.Settlement;
using DataExchange.Services.Snapshots;
using DataExchange.Testing;

namespace DataExchange.Services.Tests;

/// <summary>Snapshots shorten the way back into memory, and nothing depends on them.</summary>
public sealed class SnapshotTests(PostgresFixture postgres)
{
    private static readonly PartyId Party = new("p");
    private static readonly SimulatedTime Now = SimulatedTime.On(new(2026, 3, 2));

    [Fact]
    public async Task A_stream_goes_on_from_its_snapshot_and_the_facts_behind_it()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var services = await DepositedAsync(23, cancellation);

        // Two facts are behind the snapshot; a snapshot that says otherwise than the facts shows that it is read.
        Assert.Equal(21, await VersionAsync(services, cancellation));
        await ChangeAsync(services, Spoilt, cancellation);
        await services.StartAsync(Options(), cancellation);

        Assert.True(await CanHoldAsync(services, 9_300, cancellation));
        Assert.False(await CanHoldAsync(services, 1, cancellation));
    }

    [Theory]
    [InlineData("nothing that can be read")]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"State":null,"Book":null}""")]
    [InlineData("""{"State":[],"Book":null}""")]
    public async Task A_snapshot_that_cannot_be_a_state_is_passed_over(string content)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var services = await DepositedAsync(23, cancellation);
        await ChangeAsync(services, _ => content, cancellation);
        await FactsCountAsync(services, cancellation);
    }

    [Fact]
    public async Task A_snapshot_of_another_build_is_passed_over()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var services = await DepositedAsync(23, cancellation);
        await ChangeAsync(services, Spoilt, cancellation, build: "another");
        await FactsCountAsync(services, cancellation);
    }

    [Theory]
    // One digit of an amount, as a bad sector or somebody's hand would have it: it reads as a state, and is none that anybody kept.
    [InlineData("content = decode(replace(encode(content, 'hex'), encode('2100', 'hex'), encode('9100', 'hex')), 'hex')")]
    [InlineData("content = substring(content for length(content) - 1)")]
    [InlineData("content = content || 'x'::bytea")]
    // A right snapshot in a wrong place.
    [InlineData("version = 20")]
    [InlineData("content = (SELECT content FROM dataexchange.service_snapshot WHERE stream = 'account/q')")]
    public async Task A_snapshot_that_was_altered_is_passed_over(string change)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var services = await DepositedAsync(23, cancellation);
        await services.ExecuteAsync(
            $"UPDATE {EventStore.Schemas.Default}.service_snapshot SET {change.Replace("dataexchange.", EventStore.Schemas.Default + ".", StringComparison.Ordinal)} WHERE stream = 'account/p'",
            cancellation);
        await FactsCountAsync(services, cancellation);
    }

    [Fact]
    public async Task A_snapshot_of_facts_that_the_store_does_not_have_is_passed_over()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var services = await DepositedAsync(23, cancellation);
        // As when a server came back from a copy that is older than the snapshot.
        await services.ExecuteAsync(
            $"""
            DELETE FROM {EventStore.Schemas.Default}.mt_events WHERE stream_id = 'account/p' AND version > 19;
            UPDATE {EventStore.Schemas.Default}.mt_streams SET version = 19 WHERE id = 'account/p'
            """, cancellation);
        await services.StartAsync(Options(), cancellation);

        Assert.True(await CanHoldAsync(services, 1_900, cancellation));
        Assert.False(await CanHoldAsync(services, 1, cancellation));
        Assert.Equal(0, await services.CountAsync("service_quarantine", cancellation));
    }

    [Fact]
    public async Task An_owner_that_comes_late_does_not_put_an_older_snapshot_in_place_of_a_newer_one()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var services = await DepositedAsync(23, cancellation);
        var table = new SnapshotTable(services.Database);
        var kept = (await table.ReadAsync(["account/p"], cancellation))["account/p"];

        await table.KeepAsync([kept with { Version = 14, Content = "older"u8.ToArray() }], cancellation);
        var still = (await table.ReadAsync(["account/p"], cancellation))["account/p"];
        Assert.Equal(21, still.Version);
        Assert.Equal(kept.Content, still.Content);

        await table.KeepAsync([kept with { Version = 22, Content = "newer"u8.ToArray() }], cancellation);
        Assert.Equal(22, (await table.ReadAsync(["account/p"], cancellation))["account/p"].Version);
    }

    private static string Spoilt(string content) => content.Replace("2100", "9100", StringComparison.Ordinal);

    // 23 deposits of one yuan, whatever a snapshot says.
    private static async Task FactsCountAsync(RunningServices services, CancellationToken cancellation)
    {
        await services.StartAsync(Options(), cancellation);
        Assert.True(await CanHoldAsync(services, 2_300, cancellation));
        Assert.False(await CanHoldAsync(services, 1, cancellation));
        Assert.Equal(0, await services.CountAsync("service_quarantine", cancellation));
    }

    private async Task<RunningServices> DepositedAsync(int deposits, CancellationToken cancellation)
    {
        var services = await RunningServices.StartAsync(postgres, true, Options(), cancellation);
        for (var i = 0; i < deposits; i++)
        {
            await services.Sender.SendAsync(Guid.NewGuid(), new DepositFunds(Party, 100) { At = Now, By = Party }, cancellation);
        }

        // Another, whose snapshot is of the same version.
        for (var i = 0; i < deposits; i++)
        {
            await services.Sender.SendAsync(Guid.NewGuid(), new DepositFunds(new("q"), 700) { At = Now, By = new("q") }, cancellation);
        }

        await services.StopAsync();
        return services;
    }

    private static ServiceOptions Options() => RunningServices.Options(services: ["settlement"]) with { SnapshotEvery = 7 };

    private static async Task<bool> CanHoldAsync(RunningServices services, long fen, CancellationToken cancellation) =>
        (await services.Sender.SendAsync(Guid.NewGuid(), new HoldFunds(Party, new DealId($"D{fen}"), fen) { At = Now, By = Party }, cancellation)).Outcome.Accepted;

    private static async Task<int> VersionAsync(RunningServices services, CancellationToken cancellation)
    {
        await using var read = services.Database.CreateCommand($"SELECT version FROM {EventStore.Schemas.Default}.service_snapshot WHERE stream = 'account/p'");
        return (int)(await read.ExecuteScalarAsync(cancellation))!;
    }

    // As a build that saw other states would have kept it.
    private static async Task ChangeAsync(RunningServices services, Func<string, string> change, CancellationToken cancellation, string? build = null)
    {
        var table = new SnapshotTable(services.Database);
        var kept = (await table.ReadAsync(["account/p"], cancellation))["account/p"];
        await using (var drop = services.Database.CreateCommand($"DELETE FROM {EventStore.Schemas.Default}.service_snapshot WHERE stream = 'account/p'"))
        {
            await drop.ExecuteNonQueryAsync(cancellation);
        }

        await table.KeepAsync([kept with { Content = Encoding.UTF8.GetBytes(change(Encoding.UTF8.GetString(kept.Content))) }], cancellation);
        if (build is not null)
        {
            await services.ExecuteAsync($"UPDATE {EventStore.Schemas.Default}.service_snapshot SET build = '{build}' WHERE stream = 'account/p'", cancellation);
        }
    }
}
