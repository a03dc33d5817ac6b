using System.Text.Json;
using DataExchange.EventStore;
using Microsoft.Playwright;
using Npgsql;

[assembly: AssemblyFixture(typeof(DataExchange.Web.Tests.OpenedMarket))]

namespace DataExchange.Web.Tests;

/// <summary>One small simulated market with some hostile titles in it, opened by <c>dx open</c>, and Debian's Chromium to look at it with.</summary>
public sealed class OpenedMarket : IAsyncLifetime
{
    /// <summary>Titles that would do harm, or break the page, if they were anything but text.</summary>
    internal static readonly string[] HostileTitles =
    [
        "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">",
        "\"' onmouseover='document.title=`owned`' x=\"{{7*7}} @(7*7) ${7*7} &lt;b&gt; &amp;",
        "\u202Eתא בוט \u2066مرحبا بالعالم\u2069 123",
        "👩‍👩‍👧‍👦🏳️‍🌈 数据 🧪\u0301\u0301\u0301",
        string.Concat(Enumerable.Repeat("非常长的标题VeryLongTitleWithoutAnySpaces", 40)),
    ];

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"dx-web-{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..8]}");
    private IPlaywright? _playwright;
    private DxProcess? _dx;

    public string Url { get; private set; } = "";

    public IBrowser Chromium { get; private set; } = null!;

    /// <summary>The products that were given the hostile titles, in their order.</summary>
    public IReadOnlyList<string> Hostile { get; private set; } = [];

    /// <summary>A product with a certificate and deals that nobody touched.</summary>
    public string Product { get; private set; } = "";

    /// <summary>A completed deal of it.</summary>
    public string Deal { get; private set; } = "";

    /// <summary>An auction with sealed bids.</summary>
    public string Auction { get; private set; } = "";

    /// <summary>The requirement that was answered with the most products.</summary>
    public string Requirement { get; private set; } = "";

    /// <summary>A product with an order book that traded, whose title is its own.</summary>
    public string Book { get; private set; } = "";

    /// <summary>The digest of the market as it was simulated.</summary>
    public string Digest { get; private set; } = "";

    public string Data => Path.Combine(_folder, "data");

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(_folder);
        Digest = JsonDocument.Parse(await DxProcess.RunAsync("simulate", "--scale", "0.01", "--data", Data, "--json")).RootElement.GetProperty("digest").GetString()!;
        await DxProcess.RunAsync("db", "start", "--data", Data);
        await SpoilAsync();
        _dx = DxProcess.Start("open", "--data", Data, "--port", "0", "--until-input-closes");
        Url = (await _dx.LineAsync("http://127.0.0.1:")).TrimEnd('/');
        _playwright = await Playwright.CreateAsync();
        Chromium = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = "/usr/bin/chromium",
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (Chromium is not null)
        {
            await Chromium.CloseAsync();
        }

        _playwright?.Dispose();
        if (_dx is not null)
        {
            await _dx.DisposeAsync();
        }

        await DxProcess.RunAsync("db", "reset", "--data", Data);
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>What <c>dx open</c> takes of the machine: threads, and memory in MB.</summary>
    internal (int Threads, long Megabytes) Burden()
    {
        using var process = System.Diagnostics.Process.GetProcessById(_dx!.Id);
        return (process.Threads.Count, process.WorkingSet64 >> 20);
    }

    // Behind the program's back: read models and the fact itself, so that every page that shows a title shows this one, and the log no longer agrees.
    private async Task SpoilAsync()
    {
        var port = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Data, "postgres", "running.json"))).RootElement.GetProperty("Port").GetInt32();
        await using var database = NpgsqlDataSource.Create($"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres;Pooling=false;SSL Mode=Disable");
        const string Schema = Schemas.Default;
        (Product, Deal) = await PairAsync(database, $"SELECT data->>'product', id FROM {Schema}.mt_doc_dealentry WHERE data->>'status' IN ('Completed', 'completed') AND data->>'channel' IN ('Shelf', 'shelf') ORDER BY id LIMIT 1");
        (Auction, _) = await PairAsync(database, $"SELECT id, id FROM {Schema}.mt_doc_auctionsale WHERE (data->>'depositFen')::bigint > 0 AND (data->>'bids')::int > 0 ORDER BY id LIMIT 1");
        (Requirement, _) = await PairAsync(database, $"SELECT id, id FROM {Schema}.mt_doc_requirementview ORDER BY jsonb_array_length(data->'ranking') DESC, id LIMIT 1");
        (Book, _) = await PairAsync(database, $"SELECT substr(id, 6), id FROM {Schema}.mt_streams WHERE starts_with(id, 'book/') ORDER BY version DESC, id LIMIT 1");
        var found = new List<string>();
        await using (var list = database.CreateCommand($"SELECT DISTINCT data->>'product' FROM {Schema}.mt_doc_shelfentry WHERE data->>'product' <> $1 AND data->>'product' <> $2 AND data->>'status' IN ('Listed', 'listed') ORDER BY 1 LIMIT {HostileTitles.Length}"))
        {
            list.Parameters.Add(new() { Value = Product });
            list.Parameters.Add(new() { Value = Book });
            await using var row = await list.ExecuteReaderAsync();
            while (await row.ReadAsync())
            {
                found.Add(row.GetString(0));
            }
        }

        Assert.Equal(HostileTitles.Length, found.Count);
        for (var i = 0; i < found.Count; i++)
        {
            foreach (var (table, which) in new[] { ("mt_doc_shelfentry", "data->>'product' = $1"), ("mt_doc_producttimeline", "id = $1"), ("mt_events", "stream_id = 'product/' || $1 AND type LIKE 'product_registered%'") })
            {
                await using var change = database.CreateCommand($"UPDATE {Schema}.{table} SET data = data || jsonb_build_object('title', $2::text, 'titleEn', $2::text) WHERE {which}");
                change.Parameters.Add(new() { Value = found[i] });
                change.Parameters.Add(new() { Value = HostileTitles[i] });
                Assert.True(await change.ExecuteNonQueryAsync() > 0, table);
            }
        }

        Hostile = found;
    }

    private static async Task<(string, string)> PairAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await using var row = await command.ExecuteReaderAsync();
        Assert.True(await row.ReadAsync(), "The market is too small for " + sql);
        return (row.GetString(0), row.GetString(1));
    }

    /// <summary>Opens a page of its own, and hears what it complains of and what it asks of others.</summary>
    internal async Task<SeenPage> SeeAsync(string path, int width = 1280, ColorScheme scheme = ColorScheme.Light, bool withScript = true)
    {
        var context = await Chromium.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = scheme, JavaScriptEnabled = withScript, Locale = "en-GB" });
        var page = await context.NewPageAsync();
        var complaints = new List<string>();
        page.Console += (_, message) => complaints.Add(message.Text);
        page.PageError += (_, error) => complaints.Add(error);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(Url + "/", StringComparison.Ordinal))
            {
                complaints.Add("asked elsewhere: " + request.Url);
            }
        };
        var answer = await page.GotoAsync(Url + path);
        return new SeenPage(page, answer!, complaints);
    }
}

/// <summary>A page in the browser.</summary>
internal sealed record SeenPage(IPage Page, IResponse Answer, List<string> Complaints) : IAsyncDisposable
{
    private const int MostTries = 300;

    /// <summary>Waits until something is seen. It asks again and again: Playwright's own wait hangs on the frames of a page behind another one, which Chromium does not draw.</summary>
    public async Task ShowsAsync(string selector)
    {
        for (var i = 0; i < MostTries && !await Page.Locator(selector).First.IsVisibleAsync(); i++)
        {
            await Page.WaitForTimeoutAsync(100);
        }

        Assert.True(await Page.Locator(selector).First.IsVisibleAsync(), $"{selector} is not seen on {Page.Url}: {await Page.InnerTextAsync("main")}");
    }

    public async ValueTask DisposeAsync() => await Page.Context.CloseAsync();
}
