using System.Diagnostics;
using System.IO.Compression;
using System.Text.Json;
using DataExchange.EventStore;
using DataExchange.Postgres;

namespace DataExchange.EndToEnd.Tests;

/// <summary>A store becomes files and again a store: all of it, or as it was at an event or a time; what is damaged is named and leaves nothing behind.</summary>
public sealed class BackupTests(SpareMarket market, MarketToSpoil spoiled) : IClassFixture<SpareMarket>
{
    private const string S = Schemas.Default;

    // Everything that a store is, in an order of its own; Marten's notes of when a document was written are not of the store.
    private const string Everything = $"""
        SELECT md5(string_agg(line, E'\n')) FROM (
          SELECT (SELECT string_agg(e::text, E'\n' ORDER BY seq_id) FROM {S}.mt_events e) AS line
          UNION ALL SELECT (SELECT string_agg(s::text, E'\n' ORDER BY id COLLATE "C") FROM {S}.mt_streams s)
          UNION ALL SELECT (SELECT string_agg(t::text, E'\n' ORDER BY venue, level, index) FROM {S}.log_tiles t)
          UNION ALL SELECT (SELECT string_agg(c::text, E'\n' ORDER BY venue, size) FROM {S}.log_checkpoints c)
          UNION ALL SELECT (SELECT string_agg(name || ' ' || last_seq_id, E'\n' ORDER BY name) FROM {S}.mt_event_progression)
          UNION ALL SELECT (SELECT string_agg(id || data::text, E'\n' ORDER BY id COLLATE "C") FROM {S}.mt_doc_dealentry)
          UNION ALL SELECT (SELECT string_agg(id || data::text, E'\n' ORDER BY id COLLATE "C") FROM {S}.mt_doc_producttimeline)
          UNION ALL SELECT (SELECT string_agg(id || data::text, E'\n' ORDER BY id COLLATE "C") FROM {S}.mt_doc_partyaccountview)
          UNION ALL SELECT (SELECT last_value::text FROM {S}.mt_events_sequence)) AS all_of_it
        """;

    [Fact]
    public async Task The_whole_store_comes_back_row_for_row()
    {
        await using var folder = new TemporaryFolder();
        var backup = await BackupAsync(folder, "--file-events", "10000");
        Assert.Equal((4, market.Digest, true), (backup.GetProperty("files").GetInt32(), backup.GetProperty("digest").GetString(), backup.GetProperty("verified").GetBoolean()));
        using (var sums = Process.Start(new ProcessStartInfo("sha256sum", ["--check", "--quiet", "SHA256SUMS"]) { WorkingDirectory = folder.In("backup") })!)
        {
            await sums.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, sums.ExitCode);
        }

        var restored = (await RestoreAsync(folder)).WithExitCode(0).Json();
        Assert.Equal(
            (market.Digest, true, true),
            (restored.GetProperty("digest").GetString(), restored.GetProperty("isCompleted").GetBoolean(), restored.GetProperty("verified").GetBoolean()));
        Assert.Equal(await EverythingAsync(market.Data), await EverythingAsync(folder.Data));
        var verified = (await DxProgram.RunAsync("verify", "--json", "--data", folder.Data)).WithExitCode(0).Json();
        Assert.Equal(market.Digest, verified.GetProperty("digest").GetString());
    }

    [Fact]
    public async Task At_an_event_inside_a_command_it_ends_before_the_command_and_the_run_goes_on_to_the_same_end()
    {
        await using var folder = new TemporaryFolder();
        await BackupAsync(folder);
        var lines = await LinesAsync(folder);

        // The first of two events of one moment: behind it no command has ended.
        var at = Enumerable.Range(20_000, 10_000).First(i => At(lines[i - 1]) == At(lines[i]) && At(lines[i - 2]) != At(lines[i - 1]));
        var restored = (await RestoreAsync(folder, "--at", $"{at}")).WithExitCode(0).Json();
        Assert.Equal((at - 1, false), (restored.GetProperty("events").GetInt32(), restored.GetProperty("isCompleted").GetBoolean()));
        await using (var server = await EmbeddedPostgres.StartAsync(folder.Data, ct: TestContext.Current.CancellationToken))
        {
            // What was signed later is not there: the heads are those that facts up to here published.
            await using var original = await EmbeddedPostgres.StartAsync(market.Data, ct: TestContext.Current.CancellationToken);
            var heads = $"SELECT string_agg(venue || ' ' || size, ',' ORDER BY venue COLLATE \"C\", size) FROM {S}.log_checkpoints";
            var published = $"SELECT string_agg(venue || ' ' || size, ',' ORDER BY venue COLLATE \"C\", size) FROM (SELECT data->>'venue' AS venue, (data->'head'->>'size')::bigint AS size "
                + $"FROM {S}.mt_events WHERE type LIKE 'tree_head_published%' AND seq_id < {at}) p";
            var kept = await MarketToSpoil.ReadAsync<string>(server.ConnectionString, heads);
            Assert.Equal(await MarketToSpoil.ReadAsync<string>(original.ConnectionString, published), kept);
            Assert.True((await MarketToSpoil.ReadAsync<string>(original.ConnectionString, heads)).Length > kept.Length);
        }

        Assert.True((await DxProgram.RunAsync("verify", "--json", "--data", folder.Data)).WithExitCode(0).Json().GetProperty("verified").GetBoolean());
        var whole = (await DxProgram.RunAsync([.. SmallMarket.Simulate, "--data", folder.Data])).WithExitCode(0).Json();
        Assert.Equal((market.Digest, true), (whole.GetProperty("digest").GetString(), whole.GetProperty("verified").GetBoolean()));
    }

    [Fact]
    public async Task At_a_time_it_holds_what_had_happened_by_then()
    {
        await using var folder = new TemporaryFolder();
        await BackupAsync(folder);
        var expected = (await LinesAsync(folder)).Count(line => At(line).CompareTo("2025-01-31T24", StringComparison.Ordinal) < 0);
        var restored = (await RestoreAsync(folder, "--at", "2025-01-31")).WithExitCode(0).Json();
        Assert.Equal(expected, restored.GetProperty("events").GetInt32());
        Assert.InRange(expected, 1_000, market.Json.GetProperty("events").GetInt32() - 1_000);
    }

    [Fact]
    public async Task A_server_of_ones_own_is_backed_up_and_restored_into_and_an_extended_store_back_to_its_run()
    {
        await using var folder = new TemporaryFolder();
        var file = folder.In("data.json");
        await File.WriteAllTextAsync(file, """{"dataset":[{"identifier":"w-1","title":"Wells","description":"Wells of the county","publisher":{"name":"Office"}}]}""", TestContext.Current.CancellationToken);
        var store = await spoiled.SpoiledAsync("SELECT 1");
        (await DxProgram.RunAsync("import", "catalog", file, "--venue", "hzdex", "--at", "2025-06-03T09:00", "--postgres", store)).WithExitCode(0);
        await File.WriteAllTextAsync(file, """{"dataset":[{"identifier":"w-2","title":"Gauges","description":"Rain by gauge","publisher":{"name":"Office"}}]}""", TestContext.Current.CancellationToken);
        (await DxProgram.RunAsync("import", "catalog", file, "--venue", "hzdex", "--at", "2025-06-04T09:00", "--postgres", store)).WithExitCode(0);
        var backup = (await DxProgram.RunAsync("backup", "--to", folder.In("backup"), "--json", "--postgres", store)).WithExitCode(0).Json();
        var run = market.Json.GetProperty("events").GetInt64();
        Assert.True(backup.GetProperty("events").GetInt64() > run);

        var extended = await spoiled.SpoiledAsync($"DROP SCHEMA {S} CASCADE");
        var whole = (await RestoreAsync(folder, "--postgres", extended)).WithExitCode(0).Json();
        Assert.Equal(backup.GetProperty("digest").GetString(), whole.GetProperty("digest").GetString());
        Assert.Equal(await MarketToSpoil.ReadAsync<string>(store, Everything), await MarketToSpoil.ReadAsync<string>(extended, Everything));
        BadInputTests.Refuses(await RestoreAsync(folder, "--postgres", extended), 2, "holds a store already");
        var verified = (await DxProgram.RunAsync("verify", "--json", "--postgres", extended)).WithExitCode(0).Json();
        Assert.Equal((run, market.Digest), (verified.GetProperty("runEvents").GetInt64(), verified.GetProperty("runDigest").GetString()));

        var onlyRun = await spoiled.SpoiledAsync($"DROP SCHEMA {S} CASCADE");
        var cut = (await RestoreAsync(folder, "--postgres", onlyRun, "--at", $"{run}")).WithExitCode(0).Json();
        Assert.Equal((market.Digest, true), (cut.GetProperty("digest").GetString(), cut.GetProperty("isCompleted").GetBoolean()));

        var halfway = await spoiled.SpoiledAsync($"DROP SCHEMA {S} CASCADE");
        var between = backup.GetProperty("events").GetInt64() - 1;
        Assert.InRange((await RestoreAsync(folder, "--postgres", halfway, "--at", $"{between}")).WithExitCode(0).Json().GetProperty("events").GetInt64(), run + 1, between - 1);
        Assert.Contains("import was cut off", (await DxProgram.RunAsync("verify", "--postgres", halfway)).WithExitCode(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_a_run_is_writing_to_is_backed_up_as_it_was_at_one_moment()
    {
        await using var folder = new TemporaryFolder();
        var store = await spoiled.SpoiledAsync($"DROP SCHEMA {S} CASCADE");
        using var running = RunningDx.Start([.. UndisturbedRun.Simulate, "--postgres", store, "--out", folder.In("report")]);
        while (!running.HasEnded && !await HasEventsAsync(store))
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        // On a busy machine the run would have written everything before the backup has begun: it waits until then.
        running.Signal(RunningDx.Suspend);
        using var saving = RunningDx.Start("backup", "--to", folder.In("backup"), "--json", "--postgres", store);
        while (!saving.HasEnded && !(Directory.Exists(folder.In("backup")) && Directory.EnumerateFiles(folder.In("backup"), "events-*").Any()))
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        running.Signal(RunningDx.Resume);
        var backup = (await saving.EndAsync()).WithExitCode(0).Json();
        var whole = (await running.EndAsync()).WithExitCode(0).Json();
        Assert.True(whole.GetProperty("verified").GetBoolean());
        Assert.False(backup.GetProperty("isCompleted").GetBoolean());
        Assert.InRange(backup.GetProperty("events").GetInt64(), 1, whole.GetProperty("events").GetInt64() - 1);
        var restored = (await RestoreAsync(folder)).WithExitCode(0).Json();
        Assert.Equal(
            (backup.GetProperty("events").GetInt64(), backup.GetProperty("digest").GetString(), true),
            (restored.GetProperty("events").GetInt64(), restored.GetProperty("digest").GetString(), restored.GetProperty("verified").GetBoolean()));

        static async Task<bool> HasEventsAsync(string store)
        {
            try
            {
                return await MarketToSpoil.ReadAsync<long>(store, $"SELECT count(*) FROM (SELECT 1 FROM {S}.mt_events LIMIT 1) one") > 0;
            }
            catch (Npgsql.PostgresException early) when (early.SqlState == Npgsql.PostgresErrorCodes.UndefinedTable || early.SqlState == Npgsql.PostgresErrorCodes.InvalidSchemaName)
            {
                return false;
            }
        }
    }

    [Fact]
    public async Task What_is_damaged_is_named_and_nothing_is_restored()
    {
        await using var folder = new TemporaryFolder();
        await BackupAsync(folder, "--file-events", "10000");
        var backup = folder.In("backup");
        var events = Directory.GetFiles(backup, "events-*").Order(StringComparer.Ordinal).ElementAt(1);
        var good = await File.ReadAllBytesAsync(events, TestContext.Current.CancellationToken);
        var bad = good.ToArray();
        bad[good.Length / 2] ^= 1;
        await RefusesAsync(events, bad, events, "its SHA-256 is not the one in the manifest");
        await RefusesAsync(events, good[..^7], events, "its SHA-256");
        File.Delete(events);
        BadInputTests.Refuses(await RestoreAsync(folder), 1, events, "it is missing");
        await File.WriteAllBytesAsync(events, good, TestContext.Current.CancellationToken);
        var manifest = Path.Combine(backup, "manifest.json");
        var text = await File.ReadAllTextAsync(manifest, TestContext.Current.CancellationToken);
        await RefusesAsync(manifest, System.Text.Encoding.UTF8.GetBytes(text.Replace("\"seed\": 2", "\"seed\": 3", StringComparison.Ordinal)), manifest, "its SHA-256 is not the one in SHA256SUMS");
        (await RestoreAsync(folder)).WithExitCode(0);

        async Task RefusesAsync(string file, byte[] content, params string[] told)
        {
            var before = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
            Assert.NotEqual(before, content);
            await File.WriteAllBytesAsync(file, content, TestContext.Current.CancellationToken);
            BadInputTests.Refuses(await RestoreAsync(folder), 1, told);
            Assert.False(Directory.Exists(folder.Data), "a damaged backup should leave no data folder behind");
            await File.WriteAllBytesAsync(file, before, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task A_store_that_does_not_hold_is_backed_up_and_said_not_to_hold()
    {
        await using var folder = new TemporaryFolder();
        var store = await spoiled.SpoiledAsync($"UPDATE {S}.mt_events SET data = jsonb_set(data, '{{amountFen}}', '1') WHERE type LIKE 'transaction_registered%'");
        var told = (await DxProgram.RunAsync("backup", "--to", folder.In("backup"), "--postgres", store)).WithExitCode(1);
        Assert.Contains("The backup is whole, but what the store holds is NOT verified", told.Output, StringComparison.Ordinal);
        var restored = (await RestoreAsync(folder, "--postgres", await spoiled.SpoiledAsync($"DROP SCHEMA {S} CASCADE"))).WithExitCode(1).Json();
        Assert.False(restored.GetProperty("verified").GetBoolean());
        Assert.NotEmpty(restored.GetProperty("problems").EnumerateArray());
    }

    [Fact]
    public async Task Wrong_input_is_named()
    {
        await using var folder = new TemporaryFolder();
        await BackupAsync(folder);
        BadInputTests.Refuses(await DxProgram.RunAsync("backup", "--data", market.Data), 2, "--to is needed");
        BadInputTests.Refuses(await DxProgram.RunAsync("backup", "--to", folder.In("backup"), "--data", market.Data), 2, folder.In("backup"), "is not empty");
        BadInputTests.Refuses(await DxProgram.RunAsync("backup", "--to", folder.In("backup/manifest.json"), "--data", market.Data), 2, "is a file; a folder is needed");
        BadInputTests.Refuses(await DxProgram.RunAsync("backup", "--to", "/proc/none/backup", "--data", market.Data), 1, "--to '/proc/none/backup' cannot be written");
        BadInputTests.Refuses(await DxProgram.RunAsync("backup", "--to", folder.In("b"), "--file-events", "5", "--data", market.Data), 2, "--file-events '5' is not allowed: a whole number from 1000");
        BadInputTests.Refuses(await DxProgram.RunAsync("backup", "--to", folder.In("b"), "--data", folder.Data), 1, folder.Data, "dx simulate");
        BadInputTests.Refuses(await DxProgram.RunAsync("restore", "--data", folder.Data), 2, "--from is needed");
        BadInputTests.Refuses(await DxProgram.RunAsync("restore", "--from", folder.In("none"), "--data", folder.Data), 2, $"--from '{folder.In("none")}' is not there");
        BadInputTests.Refuses(await DxProgram.RunAsync("restore", "--from", folder.Path, "--data", folder.Data), 1, "holds no backup", "manifest.json");
        foreach (var at in new[] { "0", "99999999999", "yesterday", "-3" })
        {
            BadInputTests.Refuses(await RestoreAsync(folder, "--at", at), 2, $"--at '{at}' is not allowed: an event from 1 to ");
        }

        Assert.False(Directory.Exists(folder.Data));
        Assert.False(Directory.Exists(folder.In("b")));
        BadInputTests.Refuses(await DxProgram.RunAsync("restore", "--from", folder.In("backup"), "--data", market.Data), 2, $"--data '{market.Data}' holds a database already");
    }

    private async Task<JsonElement> BackupAsync(TemporaryFolder folder, params string[] more) =>
        (await DxProgram.RunAsync(["backup", "--to", folder.In("backup"), "--data", market.Data, "--json", .. more])).WithExitCode(0).Json();

    private static Task<DxResult> RestoreAsync(TemporaryFolder folder, params string[] more) =>
        DxProgram.RunAsync(["restore", "--from", folder.In("backup"), "--data", folder.Data, "--json", .. more]);

    private static async Task<string[]> LinesAsync(TemporaryFolder folder)
    {
        await using var packed = File.OpenRead(Directory.GetFiles(folder.In("backup"), "events-*").Single());
        await using var text = new GZipStream(packed, CompressionMode.Decompress);
        using var reader = new StreamReader(text);
        return (await reader.ReadToEndAsync(TestContext.Current.CancellationToken)).TrimEnd('\n').Split('\n');
    }

    private static string At(string line) => line.Split("\"at\": \"", 2)[1][.."2025-03-31T09:30:00".Length];

    private static async Task<string> EverythingAsync(string data)
    {
        await using var server = await EmbeddedPostgres.StartAsync(data, ct: TestContext.Current.CancellationToken);
        return await MarketToSpoil.ReadAsync<string>(server.ConnectionString, Everything);
    }
}
