using System.Text.Json.Nodes;
using DataExchange.Domain.Rights;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Admits = DataExchange.Gateway.Access.Admits;

namespace DataExchange.Gateway.Reads;

/// <summary>The register of parties, which is public as their registrations are: whoever trades must be able to see with whom.</summary>
internal sealed class PartyReads(Reading reading)
{
    internal static IReadOnlyList<QueryField> Fields { get; } = [QueryField.AfterName, QueryField.Limit, QueryField.Of<PartyRole>("role", "What it does on the market")];

    internal void Map(IEndpointRouteBuilder web, Admits everybody)
    {
        web.MapGet("/v1/parties", (Delegate)((HttpContext context) => reading.ListAsync(
            context, "party", FirstFactFilter.Of(context.Request, "role"), (name, found) => Item(name, found)))).WithMetadata(everybody, new Takes(Fields));
        web.MapGet("/v1/parties/{id}", ReadAsync).WithMetadata(everybody, new Takes());
    }

    private async Task<IResult> ReadAsync(string id, HttpContext context)
    {
        if (Reading.Unnamed("id", id) is { } wrong)
        {
            return wrong;
        }

        var stream = $"party/{id}";
        var found = await reading.Streams.ReadAsync(stream, context.RequestAborted).ConfigureAwait(false);
        return Item(stream, found) is { } party
            ? Reading.Tagged(context, party, VersionTag.Of(found.Version))
            : await reading.MissingAsync(context, $"party {id}", isThere: false).ConfigureAwait(false);
    }

    private static JsonObject? Item(string stream, StoredStream found) => found.Facts.OfType<PartyRegistered>().FirstOrDefault() is { } registered
        ? new JsonObject
        {
            ["id"] = Reading.LocalName(stream),
            ["version"] = found.Version,
            ["name"] = registered.Name,
            ["nameEn"] = registered.NameEn,
            ["role"] = registered.Role.ToString(),
            ["subTrack"] = registered.SubTrack,
            ["registeredAt"] = registered.At.ToString(),
        }
        : null;
}
