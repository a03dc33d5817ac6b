using DataExchange.Cli.Commands;
using DataExchange.Cli.Running;
using DataExchange.Testing;
using Npgsql;

namespace DataExchange.Cli.Tests;

/// <summary>A list of deals that is cut off while it is written.</summary>
public sealed class ReplayCsvCommandTests(PostgresFixture postgres)
{
    private const int Deals = 1_200;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cut_off_it_goes_on_and_comes_to_the_same_digest()
    {
        var file = Path.Combine(Path.GetTempPath(), $"dx-deals-{Environment.ProcessId}.csv");
        await File.WriteAllLinesAsync(
            file, [
                "registered_at,product,provider,buyer,amount_yuan,venue",
                .. Enumerable.Range(0, Deals).Select(i => $"{new DateOnly(2020, 1, 1).AddDays(i / 3):yyyy-MM-dd},P{i % 50},S{i % 50 % 7},B{i % 90},{i + 1},{(i % 2 == 0 ? "hzdex" : "zjbdec")}"),
            ], Ct);
        try
        {
            var (whole, cut) = (await postgres.CreateDatabaseAsync(Ct), await postgres.CreateDatabaseAsync(Ct));
            Assert.Equal(0, await ReplayCsvCommand.RunAsync(Request(file, whole), Ct));

            using (var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct))
            {
                var running = Task.Run(() => ReplayCsvCommand.RunAsync(Request(file, cut) with { CommitSize = 50 }, stop.Token), Ct);
                while (!running.IsCompleted && await CountAsync(cut) < 1_000)
                {
                    await Task.Delay(5, Ct);
                }

                await stop.CancelAsync();
                await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
            }

            var (all, part) = (await CountAsync(whole), await CountAsync(cut));
            Assert.InRange(part, 1_000, all - 1);
            // Another list does not go on where this one stopped.
            await File.AppendAllTextAsync(file, "\n", Ct);
            await Assert.ThrowsAsync<WrongInputException>(() => ReplayCsvCommand.RunAsync(Request(file, cut), Ct));
            await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file, Ct))[..^1], Ct);
            Assert.Equal(0, await ReplayCsvCommand.RunAsync(Request(file, cut), Ct));
            Assert.Equal(await DigestAsync(whole), await DigestAsync(cut));
            Assert.Contains("a new one is needed", (await Assert.ThrowsAsync<WrongInputException>(() => ReplayCsvCommand.RunAsync(Request(file, cut), Ct))).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static ReplayCsvRequest Request(string file, string connection) => new(file, null, [], false, false, true, "unused", connection);

    private static async Task<string> DigestAsync(string connection)
    {
        await using var database = NpgsqlDataSource.Create(connection);
        var verified = await StoreVerification.EventsAsync(database, null, null, Ct);
        Assert.Empty(verified.Problems);
        return verified.Digest;
    }

    private static async Task<long> CountAsync(string connection)
    {
        try
        {
            await using var database = NpgsqlDataSource.Create(connection);
            await using var command = database.CreateCommand("SELECT count(*) FROM dataexchange.mt_events");
            return (long)(await command.ExecuteScalarAsync(Ct))!;
        }
        catch (PostgresException)
        {
            // The tables are not there yet.
            return 0;
        }
    }
}
