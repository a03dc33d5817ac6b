namespace DataExchange.Web.Tests;

public sealed class ServeTests : IDisposable
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
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
