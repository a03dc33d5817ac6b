using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DataExchange.EventStore;
using DataExchange.Testing;

namespace DataExchange.EndToEnd.Tests;

/// <summary>The small market's tables as DuckDB, Node and a JSON-LD processor read them, against what the store says.</summary>
[Collection(nameof(ExportedTables))]
public sealed class ExportedTablesTests(ExportedTables exported, MarketToSpoil spoiled)
{
    private static readonly string[] Languages = ["zh", "en"];
    private static readonly string[] Ends = ["first", "last"];
    private static readonly string[] Required =
        ["@context", "@type", "conformsTo", "name", "description", "license", "url", "creator", "datePublished", "distribution", "recordSet"];

    [Fact]
    public void The_files_are_what_the_dictionary_says()
    {
        using var db = exported.Open();
        Assert.Equal(9, exported.Tables.Count);
        Assert.True(db.Number("SELECT count(DISTINCT row_group_id) FROM parquet_metadata('events.parquet')") > 1, "the tests are to read a file of several row groups");
        Assert.All(exported.Tables, table =>
        {
            var name = Text(table, "name");
            var columns = table.GetProperty("columns").EnumerateArray().ToArray();
            Assert.Equal(
                columns.Select(column => (Text(column, "name"), DuckTypeOf(Text(column, "type")))),
                db.Query($"DESCRIBE {name}").Rows.Select(row => (row[0], row[1])));
            Assert.All(columns, column =>
            {
                Assert.All(Languages, language => Assert.NotEqual("", Text(column, language)));
                Assert.Equal(Text(column, "name").EndsWith("_fen", StringComparison.Ordinal), column.TryGetProperty("unit", out var unit) && unit.GetString() == "fen");
                if (!column.GetProperty("nullable").GetBoolean())
                {
                    Assert.Equal(0, db.Number($"SELECT count(*) FROM {name} WHERE {Text(column, "name")} IS NULL"));
                }

                if (column.TryGetProperty("words", out var words))
                {
                    Assert.Equal(0, db.Number($"SELECT count(*) FROM {name} WHERE {Text(column, "name")} NOT IN ({string.Join(", ", words.EnumerateArray().Select(word => $"'{word}'"))})"));
                }

                if (column.TryGetProperty("references", out var other))
                {
                    Assert.Equal(0, db.Number($"SELECT count(*) FROM {name} ANTI JOIN {other.GetProperty("table")} AS other ON {name}.{Text(column, "name")} = other.{other.GetProperty("column")} WHERE {Text(column, "name")} IS NOT NULL"));
                }
            });
            var key = string.Join(", ", table.GetProperty("key").EnumerateArray());
            Assert.Equal(exported.Written.GetProperty("tables").GetProperty(name).GetInt64(), db.Number($"SELECT count(*) FROM (SELECT DISTINCT {key} FROM {name})"));
        });
    }

    [Fact]
    public async Task Totals_are_those_of_the_store_and_of_its_ledger()
    {
        using var db = exported.Open();
        var run = exported.Market.Json;
        Assert.Equal(run.GetProperty("events").GetInt64(), db.Number("SELECT count(*) FROM events"));
        Assert.Equal(run.GetProperty("productsListed").GetInt64(), db.Number("SELECT count(*) FROM products WHERE listed_at IS NOT NULL"));
        Assert.Equal(run.GetProperty("transactionsRegistered").GetInt64(), db.Number("SELECT count(*) FROM deals WHERE registered_at IS NOT NULL"));
        Assert.Equal(run.GetProperty("registeredAmountFen").GetInt64(), db.Number("SELECT sum(amount_fen) FROM deals WHERE registered_at IS NOT NULL"));
        Assert.Equal(run.GetProperty("registeredAmountFen").GetInt64(), db.Number("SELECT sum(sales_fen) FROM products"));
        Assert.Equal(exported.Market.Digest, exported.Written.GetProperty("digest").GetString());

        var ledger = (await DxProgram.RunAsync("ledger", "accounts", "--json", "--data", exported.Market.Data)).WithExitCode(0).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize<JsonElement>(line)).ToLookup(row => Text(row, "account"), row => row.GetProperty("balance").GetInt64());
        long Balance(string account) => -ledger.Where(group => group.Key == account || group.Key.StartsWith(account + ":", StringComparison.Ordinal)).Sum(group => group.Sum());
        Assert.Equal(Balance("liabilities:available"), db.Number("SELECT sum(available_fen) FROM balances"));
        Assert.Equal(Balance("liabilities:held"), db.Number("SELECT sum(held_fen) FROM balances"));
        Assert.Equal(Balance("liabilities:payable"), db.Number("SELECT sum(payable_fen) FROM balances"));
        Assert.Equal(Balance("liabilities:vat"), db.Number("SELECT sum(vat_fen) FROM deals"));
        Assert.Equal(0, db.Number("SELECT sum(deposited_fen + refunded_fen - available_fen - held_fen - spent_fen - forfeited_fen) FROM balances"));
    }

    [Fact]
    public void The_table_of_events_gives_the_stores_digest()
    {
        using var db = exported.Open();
        using var digest = new StoreDigest();
        var stream = "";
        foreach (var row in db.Query("SELECT stream, event_type, data FROM events ORDER BY encode(stream), stream_version").Rows)
        {
            if (row[0] != stream)
            {
                digest.BeginStream(stream = row[0]);
            }

            digest.Append(row[1], Encoding.UTF8.GetBytes(row[2]));
        }

        Assert.Equal(exported.Market.Digest, digest.Finish());
    }

    [Fact]
    public void Orders_and_trades_agree()
    {
        using var db = exported.Open();
        Assert.True(db.Number("SELECT count(*) FROM trades") > 50);
        foreach (var (side, end) in new[] { ("Buy", "buy_order"), ("Sell", "sell_order") })
        {
            Assert.Equal(db.One("SELECT (sum(packs), sum(amount_fen))::VARCHAR FROM trades"), db.One($"SELECT (sum(filled), sum(amount_fen))::VARCHAR FROM orders WHERE place = 'OrderBook' AND side = '{side}'"));
            Assert.Equal(0, db.Number($"SELECT count(*) FROM (SELECT {end}, sum(packs) AS packs FROM trades GROUP BY ALL) AS t JOIN orders ON order_id = {end} WHERE filled <> packs"));
        }

        Assert.Equal(0, db.Number("SELECT count(*) FROM orders WHERE (outcome = 'NoFunds') <> (needed_fen IS NOT NULL) OR (outcome = 'NoFunds' AND amount_fen IS NOT NULL)"));
        Assert.Equal(0, db.Number("SELECT count(*) FROM orders WHERE outcome = 'Filled' AND filled > quantity"));
        Assert.Equal(db.Number("SELECT count(*) FROM events WHERE event_type = 'licence_granted.v1'"), db.Number("SELECT count(*) FROM orders WHERE outcome = 'Granted'"));
        Assert.Equal(db.Number("SELECT count(*) FROM events WHERE event_type = 'book_order_entered.v1'"), db.Number("SELECT count(*) FROM orders WHERE side IS NOT NULL"));
        Assert.Equal(0, db.Number("SELECT count(*) FROM trades JOIN deals USING (deal) WHERE trades.amount_fen <> deals.amount_fen OR trades.buyer <> deals.buyer"));
    }

    [Fact]
    public void The_csv_files_are_the_same_tables()
    {
        using var db = exported.Open();
        Assert.Equal(exported.Written.GetProperty("tables").ToString(), exported.WrittenCsv.GetProperty("tables").ToString());
        Assert.All(exported.Tables, table =>
        {
            var columns = string.Join(", ", table.GetProperty("columns").EnumerateArray().Select(column => $"'{Text(column, "name")}': '{DuckTypeOf(Text(column, "type"))}'"));
            var name = Text(table, "name");
            db.Run($"CREATE TABLE csv_{name} AS FROM read_csv('{exported.Csv}/{name}.csv', header = true, auto_detect = false, delim = ',', quote = '\"', escape = '\"', nullstr = '', allow_quoted_nulls = false, max_line_size = 10000000, columns = {{{columns}}})");
            Assert.Equal(0, db.Number($"SELECT count(*) FROM ((FROM {name} EXCEPT ALL FROM csv_{name}) UNION ALL (FROM csv_{name} EXCEPT ALL FROM {name}))"));
        });
    }

    [Fact]
    public async Task The_script_makes_one_file_with_keys_and_views()
    {
        await using var folder = new TemporaryFolder();
        using (var made = new DuckDb(folder.In("market.duckdb")))
        {
            made.Run($"SET file_search_path = '{exported.Parquet}'");
            made.Run(await File.ReadAllTextAsync(Path.Combine(exported.Parquet, "duckdb.sql"), TestContext.Current.CancellationToken));
        }

        HasEverything(folder.In("market.duckdb"));
    }

    /// <summary>By the library that these tests have; the export's own is the one of whoever runs it.</summary>
    [Fact]
    public async Task A_DuckDB_file_has_the_tables_keys_comments_views_and_totals_and_nothing_is_left_beside_it()
    {
        await using var folder = new TemporaryFolder();
        var library = Directory.EnumerateFiles(AppContext.BaseDirectory, "libduckdb.*", SearchOption.AllDirectories).First();
        string[] words = ["export", "--format", "duckdb", "--out", folder.In("market.duckdb"), "--data", exported.Market.Data, "--json"];
        using (var running = RunningDx.StartIn(new Dictionary<string, string> { ["DX_DUCKDB"] = library }, words))
        {
            var written = (await running.EndAsync()).WithExitCode(0).Json();
            Assert.Equal(("duckdb", exported.Written.GetProperty("digest").GetString()), (written.GetProperty("format").GetString(), written.GetProperty("digest").GetString()));
        }

        Assert.Equal([folder.In("market.duckdb")], Directory.EnumerateFileSystemEntries(folder.Path, "market*"));
        HasEverything(folder.In("market.duckdb"));
        using (var db = new DuckDb(folder.In("market.duckdb")))
        {
            Assert.Equal(("simulated", exported.Written.GetProperty("digest").GetString()), (db.One("SELECT provenance FROM about"), db.One("SELECT digest FROM about")));
        }

        // Without the library nothing is made, and what stood there stays.
        using var without = RunningDx.StartIn(new Dictionary<string, string> { ["DX_DUCKDB"] = folder.In("none.so") }, words);
        BadInputTests.Refuses(await without.EndAsync(), 1, "DX_DUCKDB", "none.so", "cannot be loaded: it must be the path of DuckDB's library");
        HasEverything(folder.In("market.duckdb"));
        BadInputTests.Refuses(await DxProgram.RunAsync("export", "--format", "duckdb", "--data", exported.Market.Data), 2, "--out is needed: the file");
        BadInputTests.Refuses(await DxProgram.RunAsync("export", "--format", "duckdb", "--out", folder.Path, "--data", exported.Market.Data), 2, "--out", "the name of a file");
    }

    [Fact]
    public async Task A_reader_under_Node_comes_to_the_same_totals()
    {
        var library = Environment.GetEnvironmentVariable("DX_HYPARQUET");
        Assert.SkipWhen(string.IsNullOrEmpty(library), "needs the npm package hyparquet: './dx test' fetches it where npm can; DX_HYPARQUET names its folder");
        using var node = Process.Start(new ProcessStartInfo("node", [Path.Combine(AppContext.BaseDirectory, "parquet-totals.mjs"), library!, exported.Parquet]) { RedirectStandardOutput = true })!;
        var output = await node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, node.ExitCode);
        using var totals = JsonDocument.Parse(output);
        using var db = exported.Open();
        Assert.All(exported.Tables, table =>
        {
            var name = Text(table, "name");
            var found = totals.RootElement.GetProperty(name);
            Assert.Equal(exported.Written.GetProperty("tables").GetProperty(name).GetInt64(), found.GetProperty("rows").GetInt64());
            Assert.Equal(found.GetProperty("declared").GetInt64(), found.GetProperty("rows").GetInt64());
            Assert.All(found.GetProperty("sums").EnumerateObject(), sum => Assert.Equal(BigInteger.Parse(db.One($"SELECT sum({sum.Name}) FROM {name}"), CultureInfo.InvariantCulture), BigInteger.Parse(sum.Value.GetString()!, CultureInfo.InvariantCulture)));
            Assert.All(Ends, end => Assert.All(found.GetProperty(end).EnumerateObject(), moment => Assert.Equal(
                db.Number($"SELECT epoch_ms({(end == "first" ? "min" : "max")}({moment.Name}){(IsDay(table, moment.Name) ? "::TIMESTAMP" : "")}) FROM {name}"),
                moment.Value.GetDateTimeOffset().ToUnixTimeMilliseconds())));
        });
        Assert.Contains("amount_fen", totals.RootElement.GetProperty("deals").GetProperty("sums").EnumerateObject().Select(sum => sum.Name));
    }

    [Fact]
    public async Task The_description_is_Croissant_that_a_JSON_LD_processor_reads()
    {
        var text = await File.ReadAllTextAsync(Path.Combine(exported.Parquet, "croissant.json"), TestContext.Current.CancellationToken);
        using var json = JsonDocument.Parse(text);
        Assert.All(
            Required,
            name => Assert.True(json.RootElement.TryGetProperty(name, out _), name));
        foreach (var file in json.RootElement.GetProperty("distribution").EnumerateArray())
        {
            var bytes = await File.ReadAllBytesAsync(Path.Combine(exported.Parquet, Text(file, "contentUrl")), TestContext.Current.CancellationToken);
            Assert.Equal((Convert.ToHexStringLower(SHA256.HashData(bytes)), $"{bytes.Length} B"), (Text(file, "sha256"), Text(file, "contentSize")));
        }

        var quads = await JsonLdProcessor.ToNQuadsAsync(text, TestContext.Current.CancellationToken);
        Assert.Single(quads, quad => quad.Contains("<http://purl.org/dc/terms/conformsTo> \"http://mlcommons.org/croissant/1.0\"", StringComparison.Ordinal));
        Assert.Single(quads, quad => quad.Contains($"<https://dataexchange.invalid/ns#digest> \"{exported.Market.Digest}\"", StringComparison.Ordinal));
        Assert.Equal(exported.Tables.Count, quads.Count(quad => quad.EndsWith("<http://mlcommons.org/croissant/RecordSet> .", StringComparison.Ordinal)));
        Assert.Equal(exported.Tables.Sum(table => table.GetProperty("columns").GetArrayLength()), quads.Count(quad => quad.EndsWith("<http://mlcommons.org/croissant/Field> .", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("--out is needed: the folder that the tables go to", "--format", "parquet")]
    [InlineData("--out '/proc/none' cannot be used", "--format", "csv", "--out", "/proc/none")]
    [InlineData("--out '/etc/passwd' cannot be used: it is a file; a folder is needed", "--format", "csv", "--out", "/etc/passwd")]
    [InlineData("--out '/etc' cannot be used: it is not empty", "--format", "parquet", "--out", "/etc")]
    public async Task Wrong_input_is_named(string told, params string[] arguments) =>
        BadInputTests.Refuses(await DxProgram.RunAsync(["export", .. arguments, "--data", exported.Market.Data]), 2, told);

    [Fact]
    public async Task An_export_that_fails_leaves_nothing()
    {
        await using var folder = new TemporaryFolder();
        var connection = await spoiled.SpoiledAsync("UPDATE dataexchange.mt_events SET data = data - 'by' WHERE seq_id = 20000");
        BadInputTests.Refuses(await DxProgram.RunAsync("export", "--format", "csv", "--out", folder.In("tables"), "--postgres", connection), 1, "cannot be read; './dx verify' names everything that is off");
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task Ctrl_C_leaves_nothing()
    {
        await using var folder = new TemporaryFolder();
        using var running = RunningDx.Start("export", "--format", "parquet", "--out", folder.In("tables"), "--data", exported.Market.Data);
        while (!File.Exists(folder.In("tables/events.parquet.partial")))
        {
            Assert.False(running.HasEnded, "It ended before it wrote anything.");
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        running.Signal(RunningDx.Interrupt);
        (await running.EndAsync()).WithExitCode(130);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static bool IsDay(JsonElement table, string column) => table.GetProperty("columns").EnumerateArray().Any(one => Text(one, "name") == column && Text(one, "type") == "date");

    private static string DuckTypeOf(string type) => type switch
    {
        "string" => "VARCHAR",
        "int64" => "BIGINT",
        "boolean" => "BOOLEAN",
        "date" => "DATE",
        "timestamp (UTC)" => "TIMESTAMP WITH TIME ZONE",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };

    private void HasEverything(string file)
    {
        using var db = new DuckDb(file);
        Assert.All(exported.Tables, table => Assert.Equal(
            exported.Written.GetProperty("tables").GetProperty(Text(table, "name")).GetInt64(), db.Number($"SELECT count(*) FROM {Text(table, "name")}")));
        Assert.Equal(exported.Tables.Count, db.Number("SELECT count(*) FROM duckdb_constraints() WHERE constraint_type = 'PRIMARY KEY'"));
        Assert.Equal(0, db.Number("SELECT count(*) FROM duckdb_columns() WHERE NOT internal AND comment IS NULL AND table_name IN (SELECT table_name FROM duckdb_tables())"));
        Assert.Equal(exported.Market.Json.GetProperty("registeredAmountFen").GetInt64(), db.Number("SELECT sum(amount_fen) FROM registered_deals"));
        Assert.Equal(exported.Market.Json.GetProperty("registeredAmountFen").GetInt64(), db.Number("SELECT sum(amount_fen) FROM channel_months"));
        Assert.Equal(db.Number("SELECT count(DISTINCT product) FROM prices"), db.Number("SELECT count(*) FROM price_now"));
        Assert.Equal(db.Number("SELECT sum(sales_fen - resales_fen) FROM products WHERE listed_at IS NOT NULL"), db.Number("SELECT sum(sold_fen) FROM provider_sales"));
    }
}
