using System.Globalization;
using System.Net.Http.Json;
using System.Text;

namespace DataExchange.Client;

/// <summary>A request that can be made again: a message of HTTP is sent once.</summary>
/// <param name="method">The method.</param>
/// <param name="path">The path, its parts escaped.</param>
internal sealed class GatewayRequest(HttpMethod method, string path)
{
    private readonly List<KeyValuePair<string, string>> _query = [];
    private readonly List<KeyValuePair<string, string>> _headers = [];
    private object? _body;

    /// <summary>The same request, to be changed on its own.</summary>
    internal GatewayRequest Copy()
    {
        var copy = new GatewayRequest(method, path) { _body = _body };
        copy._query.AddRange(_query);
        copy._headers.AddRange(_headers);
        return copy;
    }

    internal static string Part(string text) => Uri.EscapeDataString(text);

    /// <summary>Sets a parameter; null leaves it out.</summary>
    internal GatewayRequest Query(string name, object? value) => Set(_query, name, value);

    /// <summary>Sets a header; null leaves it out.</summary>
    internal GatewayRequest Header(string name, object? value) => Set(_headers, name, value);

    internal GatewayRequest Body(object body)
    {
        _body = body;
        return this;
    }

    internal HttpRequestMessage Message(Credential? credential)
    {
        var target = new StringBuilder(path);
        foreach (var (name, value) in _query)
        {
            target.Append(target.Length == path.Length ? '?' : '&').Append(name).Append('=').Append(Part(value));
        }

        var message = new HttpRequestMessage(method, new Uri(target.ToString(), UriKind.Relative));
        foreach (var (name, value) in _headers)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        if (_body is not null)
        {
            message.Content = JsonContent.Create(_body, _body.GetType(), options: ClientJson.Options);
        }

        credential?.Sign(message);
        return message;
    }

    private GatewayRequest Set(List<KeyValuePair<string, string>> all, string name, object? value)
    {
        all.RemoveAll(one => one.Key == name);
        if (value is not null)
        {
            all.Add(new(name, value is bool yes ? yes ? "true" : "false" : Convert.ToString(value, CultureInfo.InvariantCulture)!));
        }

        return this;
    }
}
