using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace DataExchange.Web.Floor.Sandbox;

/// <summary>Somebody's visit: as whom one acts, and the token that its forms must bring along.</summary>
internal sealed class SandboxSession
{
    /// <summary>What the cookie says.</summary>
    internal string Id { get; } = Secret();

    /// <summary>What every form must say; a page of somebody else cannot know it.</summary>
    internal string Token { get; } = Secret();

    /// <summary>As whom; null for a visitor who only looks.</summary>
    internal SandboxRole? Role { get; init; }

    /// <summary>What is to be said on the next page; null for nothing.</summary>
    internal string? Said { get; set; }

    /// <summary>Whether a form brings the token along.</summary>
    internal bool HasToken(string token) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(Token));

    private static string Secret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}

/// <summary>The visits, in memory; the one that was not used for longest goes when there are too many.</summary>
internal sealed class SandboxSessions
{
    /// <summary>The field of forms with the token.</summary>
    internal const string TokenField = "token";

    private const int Most = 2_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<SandboxSession>> _known = new(StringComparer.Ordinal);
    private readonly LinkedList<SandboxSession> _byUse = [];

    /// <summary>The session of a request; null for none.</summary>
    internal SandboxSession? Find(HttpContext context)
    {
        if (context.Request.Cookies[NameOf(context)] is not { Length: > 0 } id)
        {
            return null;
        }

        lock (_lock)
        {
            if (!_known.TryGetValue(id, out var node))
            {
                return null;
            }

            _byUse.Remove(node);
            _byUse.AddFirst(node);
            return node.Value;
        }
    }

    /// <summary>The session of a request, a new one where there is none.</summary>
    internal SandboxSession FindOrBegin(HttpContext context) => Find(context) ?? Begin(context, null, null);

    /// <summary>Begins a session in place of another one: with a cookie and a token that nobody has seen.</summary>
    /// <param name="context">The request.</param>
    /// <param name="role">As whom; null for nobody.</param>
    /// <param name="before">The session that ends; null for none.</param>
    internal SandboxSession Begin(HttpContext context, SandboxRole? role, SandboxSession? before)
    {
        var made = new SandboxSession { Role = role };
        lock (_lock)
        {
            if (before is not null && _known.Remove(before.Id, out var old))
            {
                _byUse.Remove(old);
            }

            _known.Add(made.Id, _byUse.AddFirst(made));
            if (_known.Count > Most)
            {
                _known.Remove(_byUse.Last!.Value.Id);
                _byUse.RemoveLast();
            }
        }

        context.Response.Cookies.Append(
            NameOf(context), made.Id, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = context.Request.IsHttps, Path = "/", IsEssential = true });
        return made;
    }

    /// <summary>Whether a browser says that a request comes from a page of this host; what is no browser says nothing.</summary>
    internal static bool IsFromHere(HttpRequest request)
    {
        var (origin, site) = (request.Headers.Origin.ToString(), request.Headers["Sec-Fetch-Site"].ToString());
        // Pages that tell nobody where they are, as these do, send forms with the origin "null"; then the other header counts.
        return site is "" or "same-origin" && (origin.Length == 0 || (origin == "null" ? site.Length > 0 : origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase)));
    }

    // Browsers keep cookies by host and not by port: two servers of one machine must not take each other's.
    private static string NameOf(HttpContext context) => string.Create(CultureInfo.InvariantCulture, $"dx-floor-{context.Connection.LocalPort}");
}
