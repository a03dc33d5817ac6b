using DataExchange.Domain;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;
using DataExchange.EventStore.Backups;
using DataExchange.EventStore.Schema;
using DataExchange.Testing;

namespace DataExchange.Services.Tests;

/// <summary>A backup taken while services run: what followed from a fact and was not said yet is said after it was restored.</summary>
public sealed class BackupTests(PostgresFixture postgres)
{
    private static readonly PartyId Venue = new("venue-hzdex");
    private static readonly VenueId Hzdex = new("hzdex");
    private static readonly PartyId Buyer = new("buyer");
    private static readonly SimulatedTime Now = SimulatedTime.On(new(2026, 3, 2));

    [Fact]
    public async Task Services_go_on_from_a_backup_where_they_were_and_answer_what_they_had_answered()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var (order, orderId) = (new PlaceOrder(new("P1"), new DealId("D1"), Hzdex, Buyer, null, TradeChannel.Shelf, 1, null) { At = Now, By = Buyer }, Guid.NewGuid());
        var folder = Directory.CreateTempSubdirectory("dx-backup-");
        try
        {
            // Nobody sends facts on: the deal of the granted licence does not come into being before the backup.
            await using (var services = await RunningServices.StartAsync(postgres, true, RunningServices.Options(services: ["trading", "settlement"]), cancellation))
            {
                var terms = new LicenceTerms(LicenceKind.OpenEnded, PriceUnit.PerLicence, 100, null, 1, false);
                await SendAsync(services, Guid.NewGuid(), new OpenOffer(new("P1"), Hzdex, new("seller"), SecurityClass.General, Now.AddDays(900), 1, terms, []) { At = Now, By = Venue });
                await SendAsync(services, Guid.NewGuid(), new AdmitBuyer(Buyer, SecurityClass.Important) { At = Now, By = Venue });
                await SendAsync(services, Guid.NewGuid(), new DepositFunds(Buyer, 1_000) { At = Now, By = Buyer });
                Assert.False((await SendAsync(services, orderId, order)).WasRepeated);
                await new StoreIdentityTable(services.Database).WriteWholeAsync(new StoreIdentity(StoreIdentity.CurrentFormat, "live", new string('0', 64), 1, 1, "test", true), cancellation);
                var backup = await new StoreBackup(services.Database).WriteAsync(new BackupFolder(folder.FullName), (await new StoreIdentityTable(services.Database).ReadAsync(cancellation))!, "test", cancellation: cancellation);
                await new BackupFolder(folder.FullName).CompleteAsync(backup, cancellation);
            }

            await using var restored = await RunningServices.PrepareAsync(postgres, true, cancellation);
            var manifest = await new BackupFolder(folder.FullName).VerifyAsync(cancellation);
            await new StoreRestore(restored.Database).EventsAsync(new BackupFolder(folder.FullName), manifest, RestorePoint.End, cancellation);
            await new StoreRestore(restored.Database).NotesAsync(new BackupFolder(folder.FullName), manifest, cancellation);
            Assert.DoesNotContain(await restored.FactsAsync(cancellation), fact => fact.Data is OrderMatched);

            await restored.StartAsync(RunningServices.Options(services: ["trading", "settlement", ServiceOptions.Feed]), cancellation);
            await restored.RestAsync(cancellation);

            Assert.Single(await restored.FactsAsync(cancellation), fact => fact.Data is OrderMatched);
            Assert.True((await SendAsync(restored, orderId, order)).WasRepeated);
            Assert.Single(await restored.FactsAsync(cancellation), fact => fact.Data is LicenceGranted);
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        async Task<CommandAnswer> SendAsync(RunningServices services, Guid id, Command command)
        {
            var answer = await services.Sender.SendAsync(id, command, cancellation);
            Assert.True(answer.Outcome.Accepted, $"{command}: {answer.Outcome.Rejection}");
            return answer;
        }
    }
}
