namespace DataExchange.Web.Tests;

public sealed partial class ServeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dx-web-serve-").FullName;

    /// <summary>The pages beside the interface for programs: these without a key, that with one.</summary>
    [Fact]
    public async Task Serve_shows_the_pages_beside_the_gateway()
    {
        // A store of its own: services go on with a log from what they read, and in the other store facts are altered.
        await DxProcess.RunAsync("simulate", "--scale", "0.01", "--data", _folder, "--json");
        await using var dx = DxProcess.Start("serve", "--data", _folder, "--urls", "http://127.0.0.1:0", "--until-input-closes");
        var line = await dx.LineAsync("The exchange in a browser: ", isError: true);
        var url = line[line.IndexOf("http://", StringComparison.Ordinal)..].TrimEnd('/');
        using var http = new HttpClient();
        Assert.Contains("货架", await http.GetStringAsync(url + "/zh/shelf", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var page = await http.GetAsync(url + "/en/products/nope", TestContext.Current.CancellationToken);
        Assert.Equal(404, (int)page.StatusCode);
        using var refused = await http.GetAsync(url + "/v1/products", TestContext.Current.CancellationToken);
        Assert.Equal(401, (int)refused.StatusCode);
        await TellsWhatIsStoredAsync(http, url);
    }

    // What a program does at the gateway is on the floor's page as it is stored, also for who was away meanwhile.
    private async Task TellsWhatIsStoredAsync(HttpClient http, string url)
    {
        var page = await http.GetStringAsync(url + "/en/floor", TestContext.Current.CancellationToken);
        var stream = Address().Match(page).Groups[1].Value;
        using var command = new HttpRequestMessage(HttpMethod.Post, url + "/v1/commands/RegisterParty")
        {
            Content = new StringContent("{\"party\":\"demo-buyer\",\"name\":\"试用买方\",\"nameEn\":\"Demo buyer\",\"role\":\"Buyer\"}", System.Text.Encoding.UTF8, "application/json"),
        };
        command.Headers.Add("X-Api-Key", (await File.ReadAllTextAsync(Path.Combine(_folder, "gateway", "demo-buyer.key"), TestContext.Current.CancellationToken)).Trim());
        command.Headers.Add("Idempotency-Key", "me");
        // Who follows from before the command hears of it; who comes after it, with what its page knew, as well.
        using var before = await http.GetAsync(url + stream, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        using var done = await http.SendAsync(command, TestContext.Current.CancellationToken);
        Assert.Equal(200, (int)done.StatusCode);
        var told = await NextAsync(before);
        using var after = await http.GetAsync(url + stream, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Contains("\"stream\":\"party/demo-buyer\"", told, StringComparison.Ordinal);
        Assert.Contains("\"en\":\"Party registered\"", told, StringComparison.Ordinal);
        Assert.Equal(told, await NextAsync(after));
    }

    private static async Task<string> NextAsync(HttpResponseMessage answer)
    {
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        string? line;
        do
        {
            line = await lines.ReadLineAsync(TestContext.Current.CancellationToken);
        }
        while (line?.StartsWith("data: ", StringComparison.Ordinal) == false);
        return line ?? "The stream has ended.";
    }

    [System.Text.RegularExpressions.GeneratedRegex("data-stream=\"(/web/floor/news[^\"]*)\"")]
    private static partial System.Text.RegularExpressions.Regex Address();

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
