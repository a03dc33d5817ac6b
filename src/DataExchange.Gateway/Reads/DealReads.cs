using System.Text.Json.Nodes;
using DataExchange.Domain.Trading;
using DataExchange.Gateway.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DataExchange.Gateway.Reads;

/// <summary>Deals, for those who are in them.</summary>
internal sealed class DealReads(Reading reading)
{
    internal static IReadOnlyList<QueryField> Fields { get; } =
    [
        QueryField.AfterName, QueryField.Limit, QueryField.Of("stage", "How far it is", DealStage.None), new("product", "What is traded"), new("venue", "Where"),
        new("buyer", "Who buys"), new("provider", "Who sells"),
    ];

    internal void Map(IEndpointRouteBuilder web, Admits everybody)
    {
        web.MapGet("/v1/deals", (Delegate)ListAsync).WithMetadata(everybody, new Takes(Fields));
        web.MapGet("/v1/deals/{id}", ReadAsync).WithMetadata(everybody, new Takes());
    }

    private Task<IResult> ListAsync(HttpContext context)
    {
        var (caller, stage) = (Gate.CallerOf(context), Takes.Text(context.Request, "stage"));
        // A party's deals are looked for by the party: it is not to pay for going through everybody's.
        IReadOnlyList<FirstFactFilter> filters = [.. FirstFactFilter.Of(context.Request, "product", "venue", "buyer", "provider"), .. Own(caller)];
        return reading.ListAsync(context, "deal", filters, (name, found) =>
            found.StateAs<DealState>(name) is var deal && Visibility.MayRead(caller, deal) && (stage is null || deal.Stage.ToString() == stage) ? Item(name, found, deal) : null);
    }

    private async Task<IResult> ReadAsync(string id, HttpContext context)
    {
        if (Reading.Unnamed("id", id) is { } wrong)
        {
            return wrong;
        }

        var stream = $"deal/{id}";
        var found = await reading.Streams.ReadAsync(stream, context.RequestAborted).ConfigureAwait(false);
        return found.StateAs<DealState>(stream) is var deal && Visibility.MayRead(Gate.CallerOf(context), deal)
            ? Reading.Tagged(context, Item(stream, found, deal), VersionTag.Of(found.Version))
            : await reading.MissingAsync(context, $"deal {id}", found.Version > 0).ConfigureAwait(false);
    }

    private static IEnumerable<FirstFactFilter> Own(Caller caller) => caller.Role switch
    {
        Role.Buyer => [new("buyer", caller.Party.Value)],
        Role.Provider => [new("provider", caller.Party.Value)],
        Role.Venue when caller.Venue is { } venue => [new("venue", venue.Value)],
        _ => [],
    };

    private static JsonObject Item(string stream, StoredStream found, DealState deal) => new()
    {
        ["id"] = Reading.LocalName(stream),
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
    };
}
