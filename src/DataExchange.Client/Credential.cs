using System.Net.Http.Headers;

namespace DataExchange.Client;

/// <summary>What says who asks.</summary>
public abstract class Credential
{
    private Credential()
    {
    }

    /// <summary>An API key, as an administrator hands it out.</summary>
    /// <param name="key">The key, <c>dxk_…</c>.</param>
    /// <exception cref="ArgumentException">It is empty.</exception>
    public static Credential OfKey(string key)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        return new Key(key);
    }

    /// <summary>A bearer token, as <see cref="GatewayClient.MakeTokenAsync"/> makes one.</summary>
    /// <param name="token">The token.</param>
    /// <exception cref="ArgumentException">It is empty.</exception>
    public static Credential OfToken(string token)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(token);
        return new Bearer(token);
    }

    internal abstract void Sign(HttpRequestMessage request);

    private sealed class Key(string key) : Credential
    {
        internal override void Sign(HttpRequestMessage request) => request.Headers.Add("X-Api-Key", key);
    }

    private sealed class Bearer(string token) : Credential
    {
        internal override void Sign(HttpRequestMessage request) => request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }
}
