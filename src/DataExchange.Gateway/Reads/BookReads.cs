using System.Text;
using System.Text.Json.Nodes;
using DataExchange.EventStore.Serialization;
using DataExchange.Gateway.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Npgsql;

namespace DataExchange.Gateway.Reads;

/// <summary>Market data of order books: public to whoever may see the product.</summary>
internal sealed class BookReads(Reading reading, NpgsqlDataSource database, ServerEvents events)
{
    private const int UsualLevels = 10;
    private static readonly QueryField Levels = new("levels", $"Most prices of a side; {UsualLevels} unless said otherwise") { Range = (1, 50) };

    internal static IReadOnlyList<QueryField> Fields { get; } = [Levels];

    internal void Map(IEndpointRouteBuilder web, Admits everybody)
    {
        web.MapGet("/v1/books/{product}", ReadAsync).WithMetadata(everybody, new Takes(Fields));
        web.MapGet("/v1/books/{product}/market-data", (RequestDelegate)StreamAsync).WithMetadata(everybody, new Takes(Fields));
    }

    private async Task<IResult> ReadAsync(string product, HttpContext context)
    {
        var (book, refused) = await OpenAsync(product, context).ConfigureAwait(false);
        if (refused is not null)
        {
            return refused;
        }

        await AdvanceAsync(book, product, long.MaxValue, null, context.RequestAborted).ConfigureAwait(false);
        var body = book.Depth(LevelsOf(context));
        (body["product"], body["version"], body["top"], body["lastTrade"]) = (product, book.Version, book.Top(), book.LastTrade?.DeepClone());
        return Reading.Tagged(context, body, VersionTag.Of(book.Version));
    }

    // Trades one by one, then how the book stands after them: of what comes at once only the last matters. Without an id it begins with the book as it is.
    private async Task StreamAsync(HttpContext context)
    {
        var product = (string)context.Request.RouteValues["product"]!;
        var (last, wrong) = ServerEvents.LastOf(context.Request);
        var (book, refused) = wrong is null ? await OpenAsync(product, context).ConfigureAwait(false) : (new MarketData(product), wrong);
        if (refused is not null)
        {
            await refused.ExecuteAsync(context).ConfigureAwait(false);
            return;
        }

        await AdvanceAsync(book, product, last ?? long.MaxValue, null, context.RequestAborted).ConfigureAwait(false);
        var (levels, top, depth) = (LevelsOf(context), "", "");
        await events.SendAsync(context, book.Version, async (_, text, cancellation) =>
        {
            await AdvanceAsync(book, product, long.MaxValue, text, cancellation).ConfigureAwait(false);
            top = AppendIfNew(text, book, "top", book.Top(), top);
            depth = AppendIfNew(text, book, "depth", book.Depth(levels), depth);
            return book.Version;
        }).ConfigureAwait(false);
    }

    private static string AppendIfNew(StringBuilder text, MarketData book, string kind, JsonObject content, string before)
    {
        var now = content.ToJsonString();
        if (now != before)
        {
            ServerEvents.Append(text, book.Version, kind, book.Event(kind, content));
        }

        return now;
    }

    private async Task<(MarketData Book, IResult? Refused)> OpenAsync(string product, HttpContext context)
    {
        var book = new MarketData(product);
        if (Reading.Unnamed("product", product) is { } wrong)
        {
            return (book, wrong);
        }

        var registered = await reading.Streams.ReadAsync($"product/{product}", context.RequestAborted).ConfigureAwait(false);
        if (!Visibility.MayRead(Gate.CallerOf(context), registered))
        {
            return (book, await reading.MissingAsync(context, $"order book of {product}", registered.Version > 0).ConfigureAwait(false));
        }

        await AdvanceAsync(book, product, 1, null, context.RequestAborted).ConfigureAwait(false);
        return (book, book.Exists ? null : await reading.MissingAsync(context, $"order book of {product}", isThere: false).ConfigureAwait(false));
    }

    private async Task AdvanceAsync(MarketData book, string product, long to, StringBuilder? text, CancellationToken cancellation)
    {
        await using var read = database.CreateCommand(
            $"SELECT type, data FROM {GatewayTables.Schema}.mt_events WHERE stream_id = $1 AND version > $2 AND version <= $3 ORDER BY version");
        read.Parameters.Add(new() { Value = $"book/{product}" });
        read.Parameters.Add(new() { Value = (long)book.Version });
        read.Parameters.Add(new() { Value = to });
        await using var row = await read.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        while (await row.ReadAsync(cancellation).ConfigureAwait(false))
        {
            if (book.Take(EventJson.Read(row.GetString(0), row.GetFieldValue<byte[]>(1))) is { } trade && text is not null)
            {
                ServerEvents.Append(text, book.Version, "trade", book.Event("trade", trade.DeepClone()));
            }
        }
    }

    private static int LevelsOf(HttpContext context) => (int)Takes.Number(context.Request, Levels.Name, UsualLevels);
}
