using System.Text;
using System.Text.Json.Nodes;
using DataExchange.Domain.Pricing;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Trading;
using DataExchange.EventStore.Reading;
using DataExchange.EventStore.Serialization;
using DataExchange.Exchange;
using DataExchange.Gateway.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Npgsql;

namespace DataExchange.Gateway.Reads;

/// <summary>Products, deals, streams: what is stored, folded when it is asked for.</summary>
internal sealed class ReadEndpoints(NpgsqlDataSource database, AuditTrail audit)
{
    private readonly StoredStreams _streams = new(database);

    internal void Map(IEndpointRouteBuilder web)
    {
        var everybody = new Admits(Enum.GetValues<Role>());
        web.MapGet("/v1/products", (Delegate)ProductsAsync).WithMetadata(everybody);
        web.MapGet("/v1/products/{id}", ProductAsync).WithMetadata(everybody);
        web.MapGet("/v1/deals/{id}", DealAsync).WithMetadata(everybody);
        web.MapGet("/v1/streams/{kind}/{name}/events", EventsAsync).WithMetadata(everybody);
    }

    private async Task<IResult> ProductsAsync(HttpContext context)
    {
        var after = context.Request.Query["after"].ToString();
        if (after.Length > 200 || after.Contains('\0', StringComparison.Ordinal))
        {
            return Problems.Wrong("after", "it", "a cursor from an earlier answer's next");
        }

        var (page, wrong) = Page.LimitOf(context.Request);
        if (wrong is not null)
        {
            return wrong;
        }

        var caller = Gate.CallerOf(context);
        var names = await _streams.NamesAsync("product", after, page, context.RequestAborted).ConfigureAwait(false);
        var found = await _streams.ReadAsync(names, context.RequestAborted).ConfigureAwait(false);
        var items = names.Where(name => Visibility.MayRead(caller, found[name])).Select(name => (JsonNode)Summary(name, found[name])).ToArray();
        return Tagged(context, new JsonObject
        {
            ["items"] = new JsonArray(items), ["next"] = names.Count == page ? LocalName(names[^1]) : null,
        }, null);
    }

    private async Task<IResult> ProductAsync(string id, HttpContext context)
    {
        if (Unnamed("id", id) is { } wrong)
        {
            return wrong;
        }

        var (product, pricing, offer) = ($"product/{id}", $"pricing/{id}", $"offer/{id}");
        var found = await _streams.ReadAsync([product, pricing, offer], context.RequestAborted).ConfigureAwait(false);
        if (found[product].Version == 0 || !Visibility.MayRead(Gate.CallerOf(context), found[product]))
        {
            return await MissingAsync(context, $"There is no product {id} that you may see.", found[product].Version > 0).ConfigureAwait(false);
        }

        var body = Summary(product, found[product]);
        body["price"] = found[pricing].Facts.OfType<PriceSet>().LastOrDefault() is { } price ? JsonNode.Parse(EventJson.Write(price)) : null;
        var offered = new JsonObject();
        foreach (var (venue, status) in found[offer].StateAs<IssuanceRight>(offer).Venues)
        {
            offered[venue] = status.ToString();
        }

        body["offers"] = offered;
        return Tagged(context, body, VersionTag.Of(("product", found[product].Version), ("pricing", found[pricing].Version), ("offer", found[offer].Version)));
    }

    private async Task<IResult> DealAsync(string id, HttpContext context)
    {
        if (Unnamed("id", id) is { } wrong)
        {
            return wrong;
        }

        var stream = $"deal/{id}";
        var found = await _streams.ReadAsync(stream, context.RequestAborted).ConfigureAwait(false);
        if (found.Version == 0 || !await new Visibility(_streams).MayReadAsync(Gate.CallerOf(context), stream, context.RequestAborted).ConfigureAwait(false))
        {
            return await MissingAsync(context, $"There is no deal {id} that you may see.", found.Version > 0).ConfigureAwait(false);
        }

        var deal = found.StateAs<DealState>(stream);
        return Tagged(context, new JsonObject
        {
            ["id"] = id,
            ["version"] = found.Version,
            ["stage"] = deal.Stage.ToString(),
            ["product"] = deal.Product.Value,
            ["venue"] = deal.Venue.Value,
            ["buyer"] = deal.Buyer.Value,
            ["provider"] = deal.Provider.Value,
            ["channel"] = deal.Channel.ToString(),
            ["licence"] = deal.Licence.ToString(),
            ["quantity"] = deal.Quantity,
            ["amountFen"] = deal.AmountFen,
            ["refundedFen"] = deal.RefundedFen,
            ["updatedAt"] = found.Facts[^1].At.ToString(),
        }, VersionTag.Of(found.Version));
    }

    private async Task<IResult> EventsAsync(string kind, string name, HttpContext context)
    {
        if (StreamKind.All.All(known => known.Name != kind))
        {
            return Problems.Wrong("kind", kind, string.Join(", ", StreamKind.All.Select(known => known.Name)));
        }

        var (page, wrong) = Page.Of(context.Request);
        if ((wrong ?? Unnamed("name", name)) is { } problem)
        {
            return problem;
        }

        var stream = $"{kind}/{name}";
        if (!await new Visibility(_streams).MayReadAsync(Gate.CallerOf(context), stream, context.RequestAborted).ConfigureAwait(false))
        {
            return await MissingAsync(context, $"There is no stream {stream} that you may see.", isThere: true).ConfigureAwait(false);
        }

        // Asked for first: what comes in between is in the page, and whoever goes by the tag reads it again.
        var version = await _streams.VersionAsync(stream, context.RequestAborted).ConfigureAwait(false);
        var (items, more) = (new JsonArray(), false);
        await foreach (var raw in new RawEventReader(database).ReadStreamAsync(stream, context.RequestAborted).ConfigureAwait(false))
        {
            if (raw.Version > page.After)
            {
                if (more = items.Count == page.Limit)
                {
                    break;
                }

                items.Add(Item(raw));
            }
        }

        if (items.Count == 0 && page.After == 0)
        {
            return Problems.NotFound($"There is no stream {stream} that you may see.");
        }

        var next = more ? items[^1]!["version"]!.DeepClone() : null;
        return Tagged(context, new JsonObject { ["items"] = items, ["next"] = next }, VersionTag.Of(version));
    }

    internal static JsonObject Item(RawEvent raw) => new()
    {
        ["sequence"] = raw.Sequence, ["stream"] = raw.StreamId, ["version"] = raw.Version, ["type"] = raw.TypeName, ["data"] = JsonNode.Parse(raw.Json.Span),
    };

    private static JsonObject Summary(string stream, StoredStream found)
    {
        var state = found.StateAs<ProductRights>(stream);
        var body = new JsonObject
        {
            ["id"] = LocalName(stream), ["version"] = found.Version, ["stage"] = state.Stage.ToString(), ["productVersion"] = state.Version,
        };
        foreach (var fact in found.Facts)
        {
            switch (fact)
            {
                case ProductRegistered e:
                    (body["title"], body["titleEn"], body["venue"], body["form"]) = (e.Title, e.TitleEn, e.Venue.Value, e.Form.ToString());
                    (body["category"], body["subTrack"], body["isPublicData"], body["useScenario"]) = (e.Category, e.SubTrack, e.IsPublicData, e.UseScenario);
                    body["securityClass"] = e.SecurityClass.ToString();
                    body["registeredAt"] = e.At.ToString();
                    break;
                case RegistrationRefused e:
                    (body["title"], body["titleEn"], body["venue"], body["refusal"]) = (e.Title, e.TitleEn, e.Venue.Value, e.Reason.ToString());
                    break;
                case RegistrationCorrected e:
                    (body["title"], body["titleEn"]) = (e.Title, e.TitleEn);
                    break;
            }
        }

        body["holder"] = state.Holder.Value;
        body["certificateUntil"] = state.Certificates > 0 ? state.ValidUntil.ToString() : null;
        body["updatedAt"] = found.Facts[^1].At.ToString();
        return body;
    }

    // Whether there is one is not for everybody to know; that somebody looked is recorded.
    private async Task<IResult> MissingAsync(HttpContext context, string detail, bool isThere)
    {
        var problem = Problems.NotFound(detail);
        if (isThere)
        {
            await audit.RefusedAsync(context, Gate.CallerOf(context), problem).ConfigureAwait(false);
        }

        return problem;
    }

    private static Problem? Unnamed(string field, string name) => name.Length > 200 || name.Any(letter => letter == '/' || char.IsControl(letter))
        ? Problems.Wrong(field, "it", "1 to 200 characters without a slash or control characters")
        : null;

    // A list is made from many streams: its tag is made from what it says.
    private static IResult Tagged(HttpContext context, JsonObject body, string? tag)
    {
        tag ??= $"\"{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(body.ToJsonString())))[..32]}\"";
        context.Response.Headers.ETag = tag;
        context.Response.Headers.CacheControl = "private, no-cache";
        return context.Request.Headers.IfNoneMatch.ToString().Split(',', StringSplitOptions.TrimEntries).Any(sent => sent == tag || sent == "*")
            ? Results.StatusCode(304)
            : Results.Json(body, GatewayJson.Readable);
    }

    private static string LocalName(string stream) => stream[(stream.IndexOf('/', StringComparison.Ordinal) + 1)..];
}
