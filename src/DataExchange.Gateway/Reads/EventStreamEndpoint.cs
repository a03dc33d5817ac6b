using DataExchange.EventStore.Reading;
using DataExchange.Gateway.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Npgsql;

namespace DataExchange.Gateway.Reads;

/// <summary><c>GET /v1/events</c>: events as they are recorded, those that the caller may see.</summary>
internal sealed class EventStreamEndpoint(NpgsqlDataSource database, ServerEvents events)
{
    private const int AtOnce = 500;

    internal void Map(IEndpointRouteBuilder web, Admits everybody) => web.MapGet("/v1/events", StreamAsync).WithMetadata(everybody, new Takes());

    private async Task StreamAsync(HttpContext context)
    {
        var (last, wrong) = ServerEvents.LastOf(context.Request);
        if (wrong is not null)
        {
            await wrong.ExecuteAsync(context).ConfigureAwait(false);
            return;
        }

        var (caller, reader) = (Gate.CallerOf(context), new RawEventReader(database));
        await events.SendAsync(context, last ?? 0, async (from, text, cancellation) =>
        {
            // What was once visible stays so; what was not may become so with a later event, but is not asked for twice in one go.
            var (visibility, seen, reached) = (new Visibility(new StoredStreams(database)), new Dictionary<string, bool>(StringComparer.Ordinal), from);
            await foreach (var raw in reader.ReadBySequenceAsync(from + 1, from + AtOnce, cancellation).ConfigureAwait(false))
            {
                reached = raw.Sequence;
                var (stream, type, item) = (raw.StreamId, raw.TypeName, StreamReads.Item(raw));
                if (!seen.TryGetValue(stream, out var isVisible))
                {
                    seen[stream] = isVisible = await visibility.MayReadAsync(caller, stream, cancellation).ConfigureAwait(false);
                }

                if (isVisible)
                {
                    ServerEvents.Append(text, reached, type, item);
                }
            }

            return reached;
        }).ConfigureAwait(false);
    }
}
