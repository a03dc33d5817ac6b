using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using DataExchange.Gateway.Access;
using Microsoft.AspNetCore.Http;

namespace DataExchange.Gateway.Reads;

/// <summary>What all reads share: the tag of what is read, and the answer where there is nothing for the caller to see.</summary>
internal sealed class Reading(StoredStreams streams, AuditTrail audit)
{
    private const int LongestName = 200;
    private const int MostLookedAt = 2_000;

    internal StoredStreams Streams => streams;

    /// <summary>A list: streams of a kind whose first fact holds some values, and that are shown. It looks at a bounded number, so that a page may be short and not the last.</summary>
    internal async Task<IResult> ListAsync(
        HttpContext context, string kind, IReadOnlyList<FirstFactFilter> filters, Func<string, StoredStream, JsonObject?> show)
    {
        var (items, limit, after) = (new JsonArray(), Takes.Limit(context.Request), Takes.Text(context.Request, "after") ?? "");
        var batch = Math.Clamp(limit * 2, 20, GatewayLimits.PageItems);
        var isLast = false;
        for (var lookedAt = 0; lookedAt < MostLookedAt && items.Count < limit && !isLast; lookedAt += batch)
        {
            var names = await streams.NamesAsync(kind, after, batch, filters, context.RequestAborted).ConfigureAwait(false);
            var found = await streams.ReadAsync(names, context.RequestAborted).ConfigureAwait(false);
            isLast = names.Count < batch;
            foreach (var name in names)
            {
                if (items.Count == limit)
                {
                    isLast = false;
                    break;
                }

                after = LocalName(name);
                if (show(name, found[name]) is { } item)
                {
                    items.Add(item);
                }
            }
        }

        return Tagged(context, new JsonObject { ["items"] = items, ["next"] = isLast ? null : after }, null);
    }

    /// <summary>Nothing for the caller to see. Whether there is something is not for everybody to know; that somebody looked is recorded.</summary>
    internal async Task<IResult> MissingAsync(HttpContext context, string what, bool isThere)
    {
        var problem = Problems.NotFound($"There is no {what} that you may see.");
        if (isThere)
        {
            await audit.RefusedAsync(context, Gate.CallerOf(context), problem).ConfigureAwait(false);
        }

        return problem;
    }

    /// <summary>An answer with its tag; a list is made from many streams, and its tag from what it says.</summary>
    internal static IResult Tagged(HttpContext context, JsonObject body, string? tag)
    {
        tag ??= $"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body.ToJsonString())))[..32]}\"";
        context.Response.Headers.ETag = tag;
        context.Response.Headers.CacheControl = "private, no-cache";
        return context.Request.Headers.IfNoneMatch.ToString().Split(',', StringSplitOptions.TrimEntries).Any(sent => sent == tag || sent == "*")
            ? Results.StatusCode(304)
            : Results.Json(body, GatewayJson.Readable);
    }

    internal static Problem? Unnamed(string field, string name) => name.Length > LongestName || name.Any(letter => letter == '/' || char.IsControl(letter))
        ? Problems.Wrong(field, "it", $"1 to {LongestName} characters without a slash or control characters")
        : null;

    internal static string LocalName(string stream) => stream[(stream.IndexOf('/', StringComparison.Ordinal) + 1)..];
}
