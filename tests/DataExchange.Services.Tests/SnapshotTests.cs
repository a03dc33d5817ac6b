using System.Text;
using DataExchange.Domain;
using DataExchange.Domain.Settlement;
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
        await ChangeAsync(services, content => content.Replace("2100", "9100", StringComparison.Ordinal), cancellation);
        await services.StartAsync(Options(), cancellation);

        Assert.True(await CanHoldAsync(services, 9_300, cancellation));
        Assert.False(await CanHoldAsync(services, 1, cancellation));
    }

    [Theory]
    [InlineData("nothing that can be read")]
    [InlineData(null)]
    public async Task Without_a_snapshot_that_this_build_can_read_the_facts_are_read(string? content)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var services = await DepositedAsync(23, cancellation);
        await ChangeAsync(services, before => content ?? before.Replace("2100", "9100", StringComparison.Ordinal), cancellation, build: content is null ? "another" : null);
        await services.StartAsync(Options(), cancellation);

        Assert.True(await CanHoldAsync(services, 2_300, cancellation));
        Assert.False(await CanHoldAsync(services, 1, cancellation));
    }

    private async Task<RunningServices> DepositedAsync(int deposits, CancellationToken cancellation)
    {
        var services = await RunningServices.StartAsync(postgres, true, Options(), cancellation);
        for (var i = 0; i < deposits; i++)
        {
            await services.Sender.SendAsync(Guid.NewGuid(), new DepositFunds(Party, 100) { At = Now, By = Party }, cancellation);
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

    private static async Task ChangeAsync(RunningServices services, Func<string, string> change, CancellationToken cancellation, string? build = null)
    {
        await using var read = services.Database.CreateCommand($"SELECT content FROM {EventStore.Schemas.Default}.service_snapshot WHERE stream = 'account/p'");
        var content = change(Encoding.UTF8.GetString((byte[])(await read.ExecuteScalarAsync(cancellation))!));
        await using var write = services.Database.CreateCommand(
            $"UPDATE {EventStore.Schemas.Default}.service_snapshot SET content = $1, build = coalesce($2, build) WHERE stream = 'account/p'");
        write.Parameters.Add(new() { Value = Encoding.UTF8.GetBytes(content) });
        write.Parameters.Add(new() { Value = (object?)build ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        await write.ExecuteNonQueryAsync(cancellation);
    }
}
