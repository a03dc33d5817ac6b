using DataExchange.Domain;
using DataExchange.Domain.Settlement;
using DataExchange.Testing;

namespace DataExchange.Services.Tests;

/// <summary>Trust goes on with a log only as it was: what was altered behind the program's back is not written over.</summary>
public sealed class AlteredLogTests(PostgresFixture postgres)
{
    private const string Tiles = EventStore.Schemas.Default + ".log_tiles";
    private const string Heads = EventStore.Schemas.Default + ".log_checkpoints";
    private const string Events = EventStore.Schemas.Default + ".mt_events";

    [Theory]
    [InlineData($"UPDATE {Events} SET data = jsonb_set(data, '{{by}}', '\"somebody\"') WHERE seq_id = (SELECT max(seq_id) FROM {Events} WHERE type LIKE 'party_registered%')",
        "log {venue}, leaf ")]
    [InlineData($"UPDATE {Tiles} SET hashes = set_byte(hashes, 3, 255 - get_byte(hashes, 3)) WHERE level = 1 AND venue = (SELECT max(venue) FROM {Tiles} WHERE level = 1)",
        "log {venue}, tile 0 of level 1")]
    [InlineData($"UPDATE {Tiles} SET hashes = hashes || decode(repeat('00', 32), 'hex') WHERE level = 1", "log {venue}, tile 0 of level 1")]
    [InlineData($"INSERT INTO {Tiles} SELECT venue, 0, 99999, hashes FROM {Tiles} WHERE level = 0 AND index = 0", "log {venue}, tile 99999 of level 0")]
    [InlineData($"UPDATE {Heads} SET note = (SELECT min(other.note) FROM {Heads} other WHERE other.venue <> {Heads}.venue)", "log {venue}, signed head of ")]
    public async Task A_service_does_not_go_on_with_an_altered_log(string spoil, string told)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var services = await RunningServices.StartAsync(postgres, false, RunningServices.Options(services: ["trust", "settlement"]), cancellation);
        await services.DrainAsync(cancellation);
        await services.StopAsync();
        await services.ExecuteAsync(spoil, cancellation);
        var before = await DigestAsync(services, cancellation);

        await services.StartWithoutWaitingAsync(RunningServices.Options(services: ["trust", "settlement"]), cancellation);

        var refused = await Assert.ThrowsAsync<LogAlteredException>(() => services.Completion.WaitAsync(TimeSpan.FromSeconds(30), cancellation));
        Assert.Contains(told.Replace("{venue}", refused.Venue, StringComparison.Ordinal), refused.Message);
        Assert.Contains("./dx verify", refused.Message);
        Assert.Equal("a service has ended", services.Hindrance);
        await services.StopAsync();
        Assert.Equal(before, await DigestAsync(services, cancellation));
    }

    [Fact]
    public async Task A_log_that_is_as_it_was_goes_on()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var services = await RunningServices.StartAsync(postgres, false, RunningServices.Options(services: ["trust", "settlement"]), cancellation);
        await services.DrainAsync(cancellation);
        await services.StopAsync();
        var before = await services.TextAsync($"SELECT max(size)::text FROM {Heads}", cancellation);
        await services.StartAsync(RunningServices.Options(services: ["trust", "settlement"]), cancellation);
        var party = new PartyId("new");
        var now = (await SmallMarket.FactsAsync())[^1].Data.At;
        await services.Sender.SendAsync(Guid.NewGuid(), new DepositFunds(party, 500) { At = now, By = party }, cancellation);

        await services.DrainAsync(cancellation);

        Assert.NotEqual(before, await services.TextAsync($"SELECT max(size)::text FROM {Heads}", cancellation));
        await services.StopAsync();
        await services.StartAsync(RunningServices.Options(services: ["trust", "settlement"]), cancellation);
        await services.DrainAsync(cancellation);
    }

    private static Task<string?> DigestAsync(RunningServices services, CancellationToken cancellation) => services.TextAsync(
        $"SELECT md5(string_agg(venue || level || '/' || index || encode(hashes, 'hex'), ',' ORDER BY venue, level, index)) || (SELECT md5(string_agg(note, ',' ORDER BY venue, size)) FROM {Heads}) FROM {Tiles}",
        cancellation);
}
