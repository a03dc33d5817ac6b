using System.Text.Json;
using DataExchange.Domain;
using DataExchange.Domain.Rights;
using DataExchange.EventStore.Serialization;
using DataExchange.Postgres;
using DataExchange.Reports.Projections;
using Npgsql;

namespace DataExchange.EndToEnd.Tests;

/// <summary>
/// A store that version 0.1.0 wrote and backed up, kept in <c>Stores/0.1.0</c> as it was then: it holds <c>product_imported.v1</c>, which this
/// program no longer writes. Folders there are only ever added.
/// </summary>
public sealed class PreviousReleaseTests
{
    private const string Digest = "4826cbfd5d2502ead798f4948a1140e25bf1d35d18a77742fed5ea1b407de81d";

    private static readonly string Backup = Path.Combine(AppContext.BaseDirectory, "Stores", "0.1.0");

    [Fact]
    public async Task A_store_of_the_previous_release_is_read_shown_and_keeps_its_digest()
    {
        await using var folder = new TemporaryFolder();
        var restored = (await DxProgram.RunAsync("restore", "--from", Backup, "--data", folder.Data, "--json")).WithExitCode(0).Json();
        Assert.Equal((11L, Digest, true), (restored.GetProperty("events").GetInt64(), restored.GetProperty("digest").GetString(), restored.GetProperty("verified").GetBoolean()));
        Assert.Equal(Digest, (await DxProgram.RunAsync("verify", "--json", "--data", folder.Data)).WithExitCode(0).Json().GetProperty("digest").GetString());

        // As it is stored, with its own name; what the earlier version did not say is not made up.
        var stored = (await DxProgram.RunAsync("events", "--stream", "product/IMPD659100A82AF87C6", "--json", "--data", folder.Data)).WithExitCode(0).Output
            .TrimEnd('\n').Split('\n').Select(line => JsonElement.Parse(line)).Single(line => line.GetProperty("type").GetString()!.StartsWith("product_imported", StringComparison.Ordinal));
        Assert.Equal("product_imported.v1", stored.GetProperty("type").GetString());
        Assert.False(stored.GetProperty("data").TryGetProperty("format", out _));
        Assert.Contains("record: 1", (await DxProgram.RunAsync("show", "product/IMPD659100A82AF87C6", "--data", folder.Data)).WithExitCode(0).Output, StringComparison.Ordinal);
        Assert.Contains("\"product_imported.v1 ", await ExportedAsync(folder), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_of_today_are_added_behind_those_of_then_and_all_of_them_hold()
    {
        await using var folder = new TemporaryFolder();
        (await DxProgram.RunAsync("restore", "--from", Backup, "--data", folder.Data)).WithExitCode(0);
        var again = (await DxProgram.RunAsync("import", "catalog", Path.Combine(Backup, "data.json"), "--data", folder.Data, "--json")).WithExitCode(0).Json();
        Assert.Equal((2, 0L), (again.GetProperty("alreadyRegistered").GetInt32(), again.GetProperty("eventsAdded").GetInt64()));

        var file = folder.In("more.json");
        await File.WriteAllTextAsync(file, """{"dataset":[{"identifier":"w-9","title":"Springs","description":"All springs","publisher":{"name":"County Office"}}]}""", TestContext.Current.CancellationToken);
        Assert.Equal(1, (await DxProgram.RunAsync("import", "catalog", file, "--data", folder.Data, "--json")).WithExitCode(0).Json().GetProperty("registered").GetInt32());
        var verified = (await DxProgram.RunAsync("verify", "--json", "--data", folder.Data)).WithExitCode(0).Json();
        Assert.True(verified.GetProperty("verified").GetBoolean());
        var types = (await DxProgram.RunAsync("events", "--limit", "0", "--json", "--data", folder.Data)).WithExitCode(0).Output.TrimEnd('\n').Split('\n')
            .Select(line => JsonElement.Parse(line).GetProperty("type").GetString()!).Where(type => type.StartsWith("product_imported", StringComparison.Ordinal));
        Assert.Equal(["product_imported.v1", "product_imported.v1", "product_imported.v1", "product_imported.v2"], types);

        // Marten gives both as the type of today.
        await using var server = await EmbeddedPostgres.StartAsync(folder.Data, ct: TestContext.Current.CancellationToken);
        await using var database = NpgsqlDataSource.Create(server.ConnectionString);
        using var store = MarketStore.Over(database);
        await using var query = store.QuerySession();
        var then = Assert.IsType<ProductImported>((await query.Events.FetchStreamAsync("product/IMPD659100A82AF87C6", token: TestContext.Current.CancellationToken))[1].Data);
        Assert.Equal(("", "product_imported.v1", "w-1"), (then.Format, EventNameAttribute.Of(then), then.Identifier));
        Assert.Equal("product_imported.v1", EventRegistry.NameOf(then));
        var imported = await Marten.QueryableExtensions.ToListAsync(query.Events.QueryAllRawEvents(), TestContext.Current.CancellationToken);
        Assert.Equal(["", "", "", "data.json"], imported.Select(e => e.Data).OfType<ProductImported>().Select(e => e.Format));
    }

    // The backup of a restored store is the backup: its events go through unchanged.
    private static async Task<string> ExportedAsync(TemporaryFolder folder)
    {
        var to = folder.In("again");
        (await DxProgram.RunAsync("backup", "--to", to, "--data", folder.Data)).WithExitCode(0);
        Assert.Equal(Lines(Backup), Lines(to));
        return string.Join('\n', Lines(to).Select(line => line.Split('\t')).Select(fields => $"\"{fields[6]} {fields[3]}\""));
    }

    private static string[] Lines(string backup)
    {
        using var file = File.OpenRead(Directory.GetFiles(backup, "events-*").Single());
        using var text = new System.IO.Compression.GZipStream(file, System.IO.Compression.CompressionMode.Decompress);
        using var reader = new StreamReader(text);
        return reader.ReadToEnd().TrimEnd('\n').Split('\n');
    }
}
