using System.Text.Json.Nodes;
using DataExchange.EventStore.Reading;
using DataExchange.Exchange;
using DataExchange.Gateway.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Npgsql;

namespace DataExchange.Gateway.Reads;

/// <summary>The facts of a stream.</summary>
internal sealed class StreamReads(Reading reading, NpgsqlDataSource database)
{
    internal static IReadOnlyList<QueryField> Fields { get; } = [QueryField.AfterNumber, QueryField.Limit];

    internal void Map(IEndpointRouteBuilder web, Admits everybody) =>
        web.MapGet("/v1/streams/{kind}/{name}/events", ReadAsync).WithMetadata(everybody, new Takes(Fields));

    private async Task<IResult> ReadAsync(string kind, string name, HttpContext context)
    {
        if (StreamKind.All.All(known => known.Name != kind))
        {
            return Problems.Wrong("kind", kind, string.Join(", ", StreamKind.All.Select(known => known.Name)));
        }

        if (Reading.Unnamed("name", name) is { } wrong)
        {
            return wrong;
        }

        var (stream, after, limit) = ($"{kind}/{name}", Takes.Number(context.Request, "after", 0), Takes.Limit(context.Request));
        if (!await new Visibility(reading.Streams).MayReadAsync(Gate.CallerOf(context), stream, context.RequestAborted).ConfigureAwait(false))
        {
            return await reading.MissingAsync(context, $"stream {stream}", isThere: true).ConfigureAwait(false);
        }

        // Asked for first: what comes in between is in the page, and whoever goes by the tag reads it again.
        var version = await reading.Streams.VersionAsync(stream, context.RequestAborted).ConfigureAwait(false);
        var (items, more) = (new JsonArray(), false);
        await foreach (var raw in new RawEventReader(database).ReadStreamAsync(stream, context.RequestAborted).ConfigureAwait(false))
        {
            if (raw.Version > after)
            {
                if (more = items.Count == limit)
                {
                    break;
                }

                items.Add(Item(raw));
            }
        }

        if (items.Count == 0 && after == 0)
        {
            return await reading.MissingAsync(context, $"stream {stream}", isThere: false).ConfigureAwait(false);
        }

        var next = more ? items[^1]!["version"]!.DeepClone() : null;
        return Reading.Tagged(context, new JsonObject { ["items"] = items, ["next"] = next }, VersionTag.Of(version));
    }

    internal static JsonObject Item(RawEvent raw) => new()
    {
        ["sequence"] = raw.Sequence, ["stream"] = raw.StreamId, ["version"] = raw.Version, ["type"] = raw.TypeName, ["data"] = JsonNode.Parse(raw.Json.Span),
    };
}
