using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using DataExchange.Web.Floor.Sandbox;

namespace DataExchange.Web.Tests.Floor;

/// <summary>Somebody on the sandbox floor, with a cookie and the forms of its page, without a browser.</summary>
internal sealed partial class SandboxVisitor(string url) : IDisposable
{
    private readonly HttpClient _http = new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() });

    /// <summary>The token of the forms of the page that was seen last.</summary>
    internal string Token { get; private set; } = "";

    /// <summary>Comes as a party.</summary>
    internal static async Task<SandboxVisitor> AsAsync(string url, SandboxRole role)
    {
        var visitor = new SandboxVisitor(url);
        await visitor.SeeAsync();
        using var answer = await visitor.PostAsync("sign-in", ("role", role.ToString()));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await visitor.SeeAsync();
        return visitor;
    }

    /// <summary>The page, whose token its forms then bring along.</summary>
    internal async Task<string> SeeAsync()
    {
        var html = await _http.GetStringAsync(url + "/en/floor/try", TestContext.Current.CancellationToken);
        Token = TokenField().Match(html).Groups[1].Value;
        return html;
    }

    /// <summary>What the party has, as its page says.</summary>
    internal Task<string> MineAsync() => _http.GetStringAsync(url + "/en/floor/try/mine", TestContext.Current.CancellationToken);

    internal Task<HttpResponseMessage> GetAsync(string path) => _http.GetAsync(url + path, TestContext.Current.CancellationToken);

    /// <summary>Sends a form as the script does.</summary>
    internal Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] fields) => PostAsync(path, Token, [], fields);

    /// <summary>Sends a form with another token, or with headers of its own.</summary>
    internal async Task<HttpResponseMessage> PostAsync(string path, string? token, (string Name, string Value)[] headers, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{url}/web/floor/try/{path}");
        request.Headers.Accept.ParseAdd("application/json");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        request.Content = new FormUrlEncodedContent([
            .. token is null ? [] : new[] { KeyValuePair.Create("token", token) }, KeyValuePair.Create("language", "en"),
            .. fields.Select(field => KeyValuePair.Create(field.Name, field.Value)),
        ]);
        return await _http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>What an answer says.</summary>
    internal static async Task<string> SaysAsync(HttpResponseMessage answer) =>
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.GetProperty("says").GetString()!;

    public void Dispose() => _http.Dispose();

    [GeneratedRegex("name=\"token\" value=\"([0-9a-f]{32})\"")]
    private static partial Regex TokenField();
}
