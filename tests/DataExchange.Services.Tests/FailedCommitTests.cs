using DataExchange.Domain;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;
using DataExchange.EventStore.Serialization;
using DataExchange.Services.Messages;
using DataExchange.Testing;
using MassTransit;

namespace DataExchange.Services.Tests;

/// <summary>
/// Commits that the server refuses or breaks off: what went with them is decided again, and an order's money is asked for and held once, however often
/// that is.
/// </summary>
public sealed class FailedCommitTests(PostgresFixture postgres)
{
    private const string Schema = EventStore.Schemas.Default;
    private static readonly PartyId Venue = new("venue-hzdex");
    private static readonly VenueId Hzdex = new("hzdex");
    private static readonly ProductId Product = new("P000001");
    private static readonly PartyId Buyer = new("buyer");
    private static readonly SimulatedTime Start = SimulatedTime.On(new(2025, 1, 2));
    private static readonly ServiceOptions Options = RunningServices.Options() with { LeaseTime = TimeSpan.FromSeconds(20) };
    private static readonly PlaceOrder Order =
        new(Product, new DealId("D1"), Hzdex, Buyer, null, TradeChannel.Shelf, 1, null) { At = Start, By = Buyer };

    [Theory]
    [InlineData("RAISE EXCEPTION 'a commit that fails'", 1)]
    [InlineData("RAISE EXCEPTION 'a commit that fails'", 2)]
    // The connection is gone, and with it the ownership: the same process takes the partition again, and does not know that it asked.
    [InlineData("PERFORM pg_terminate_backend(pg_backend_pid())", 1)]
    public async Task An_order_whose_commit_fails_is_granted_once_and_its_money_held_once(string failure, int times)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var services = await OpenedAsync(Options with { LeaseTime = TimeSpan.FromSeconds(2) }, cancellation);
        await FailAsync(services, $"offer/{Product}", failure, times, cancellation);

        var answer = await services.Sender.SendAsync(Guid.NewGuid(), Order, cancellation);

        Assert.True(answer.IsAccepted, $"{answer.Outcome.Rejection}");
        await HeldAndGrantedOnceAsync(services, cancellation);
        Assert.True(await FailedAsync(services, cancellation) > times, "no commit failed");
    }

    [Fact]
    public async Task An_order_whose_money_is_there_before_another_command_s_commit_has_failed_is_decided_once()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var services = await OpenedAsync(Options, cancellation);
        await FailAsync(services, "buyer/other", "RAISE EXCEPTION 'a commit that fails'", 1, cancellation);
        var client = services.Bus.Bus.CreateRequestClient<SubmitCommands>(services.Bus.AddressOf("trading-0"), TimeSpan.FromSeconds(30));

        // Trading cannot commit while its row is locked: the admission and the order wait meanwhile, and are taken together.
        await using var before = await services.Database.OpenConnectionAsync(cancellation);
        await using var between = await services.Database.OpenConnectionAsync(cancellation);
        await LockAsync(before, cancellation);
        var first = client.GetResponse<CommandAnswers>(Message(new AdmitBuyer(new("one"), SecurityClass.Important) { At = Start, By = Venue }), cancellation);
        await UntilAsync(async () => await WaitingAsync(services, cancellation) == 1, cancellation);
        var second = client.GetResponse<CommandAnswers>(Message(new AdmitBuyer(new("other"), SecurityClass.Important) { At = Start, By = Venue }, Order), cancellation);
        var locking = LockAsync(between, cancellation);
        await UntilAsync(async () => await WaitingAsync(services, cancellation) == 2, cancellation);
        await ExecuteAsync(before, "ROLLBACK", cancellation);
        await locking;

        // Their commit waits in turn until Settlement has held the money and has said so; then it fails.
        await UntilAsync(async () => await services.CountAsync("mt_events WHERE type LIKE 'funds_held%'", cancellation) > 0, cancellation);
        await Task.Delay(500, cancellation);
        await ExecuteAsync(between, "ROLLBACK", cancellation);

        Assert.Null((await first).Message.Answers[0].Fault);
        Assert.All((await second).Message.Answers, answer => Assert.Null(answer.Fault));
        Assert.All((await second).Message.Answers, answer => Assert.Null(answer.Rejection));
        await HeldAndGrantedOnceAsync(services, cancellation);
        Assert.Equal(2, await FailedAsync(services, cancellation));
    }

    private static SubmitCommands Message(params Command[] commands) =>
        new([.. commands.Select(command => new CommandEnvelope(Guid.NewGuid(), CommandCodec.NameOf(command), new RawJson(CommandCodec.WriteUtf8(command))))]);

    private async Task<RunningServices> OpenedAsync(ServiceOptions options, CancellationToken cancellation)
    {
        var services = await RunningServices.StartAsync(postgres, true, options, cancellation);
        var terms = new LicenceTerms(LicenceKind.OpenEnded, PriceUnit.PerLicence, 100, null, 1, false);
        foreach (var command in (Command[])
        [
            new OpenOffer(Product, Hzdex, new("seller"), SecurityClass.General, Start.AddDays(3_650), 1, terms, []) { At = Start, By = Venue },
            new AdmitBuyer(Buyer, SecurityClass.Important) { At = Start, By = Venue },
            new DepositFunds(Buyer, 1_000) { At = Start, By = Buyer },
        ])
        {
            Assert.True((await services.Sender.SendAsync(Guid.NewGuid(), command, cancellation)).IsAccepted);
        }

        return services;
    }

    // At the very end of the transaction, when everything is written; a sequence counts also what is undone.
    private static async Task FailAsync(RunningServices services, string stream, string failure, int times, CancellationToken cancellation)
    {
        await using var create = services.Database.CreateCommand(
            $"""
            CREATE SEQUENCE {Schema}.failures;
            CREATE FUNCTION {Schema}.fail_some() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF nextval('{Schema}.failures') <= {times} THEN {failure}; END IF;
                RETURN NULL;
            END $$;
            CREATE CONSTRAINT TRIGGER fail_some AFTER INSERT ON {Schema}.mt_events DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW WHEN (NEW.stream_id = '{stream}') EXECUTE FUNCTION {Schema}.fail_some();
            ALTER TABLE {Schema}.mt_events ENABLE ALWAYS TRIGGER fail_some
            """);
        await create.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<long> FailedAsync(RunningServices services, CancellationToken cancellation)
    {
        await using var read = services.Database.CreateCommand($"SELECT last_value FROM {Schema}.failures");
        return (long)(await read.ExecuteScalarAsync(cancellation))!;
    }

    private static async Task LockAsync(Npgsql.NpgsqlConnection connection, CancellationToken cancellation)
    {
        await ExecuteAsync(connection, "BEGIN", cancellation);
        await ExecuteAsync(connection, $"SELECT 1 FROM {Schema}.service_partition WHERE name = 'trading-0' FOR UPDATE", cancellation);
    }

    private static async Task ExecuteAsync(Npgsql.NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var execute = new Npgsql.NpgsqlCommand(sql, connection);
        await execute.ExecuteNonQueryAsync(cancellation);
    }

    // How many wait for Trading's row.
    private static async Task<int> WaitingAsync(RunningServices services, CancellationToken cancellation) =>
        int.Parse((await services.TextAsync(
            "SELECT count(*)::text FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%service_partition WHERE name%FOR UPDATE%'", cancellation))!,
            System.Globalization.CultureInfo.InvariantCulture);

    private static async Task UntilAsync(Func<Task<bool>> isSo, CancellationToken cancellation)
    {
        for (var tries = 0; !await isSo(); tries++)
        {
            Assert.True(tries < 600, "it does not come about");
            await Task.Delay(20, cancellation);
        }
    }

    private static async Task HeldAndGrantedOnceAsync(RunningServices services, CancellationToken cancellation)
    {
        await services.RestAsync(cancellation);
        var facts = (await services.FactsAsync(cancellation)).Select(fact => fact.Data).ToArray();
        Assert.Single(facts.OfType<FundsHeld>());
        Assert.Single(facts.OfType<LicenceGranted>());
        Assert.Single(facts.OfType<OrderMatched>());
        Assert.Empty(facts.OfType<HoldReleased>());
        Assert.Equal(0, await services.CountAsync("service_quarantine", cancellation));
    }
}
