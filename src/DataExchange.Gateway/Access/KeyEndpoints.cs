using System.Text.Json;
using System.Text.Json.Nodes;
using DataExchange.Domain;
using DataExchange.Gateway.Reads;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DataExchange.Gateway.Access;

/// <summary>Keys, tokens and the record of refused attempts.</summary>
internal static class KeyEndpoints
{
    private const int LongestParty = 128;

    internal static IReadOnlyList<QueryField> AuditFields { get; } = [QueryField.AfterNumber, QueryField.Limit];

    internal static void Map(IEndpointRouteBuilder web, ApiKeys keys, Tokens tokens, AuditTrail audit, GatewayOptions options)
    {
        web.MapPost("/v1/tokens", (HttpContext context) => context.Request.Headers.ContainsKey(Gate.KeyHeader)
                ? Results.Json(
                    new JsonObject
                    {
                        ["token"] = tokens.Make(Gate.CallerOf(context), options.TokenLifetime),
                        ["tokenType"] = "Bearer",
                        ["expiresInSeconds"] = (long)options.TokenLifetime.TotalSeconds,
                    }, GatewayJson.Readable)
                : Problems.Forbidden($"A token is made with a key in {Gate.KeyHeader}, not with another token."))
            .WithMetadata(new Admits(Enum.GetValues<Role>()));

        web.MapPost("/v1/keys", context => IssueAsync(context, keys)).WithMetadata(new Admits(Role.Administrator));

        web.MapDelete("/v1/keys/{id}", async (string id, HttpContext context) =>
                !Guid.TryParse(id, out var which) ? Problems.Wrong("id", id, "the id of a key, a UUID")
                : await keys.RevokeAsync(which, context.RequestAborted).ConfigureAwait(false) ? Results.NoContent()
                : Problems.NotFound($"There is no key {which} that is good."))
            .WithMetadata(new Admits(Role.Administrator));

        web.MapGet("/v1/audit", async (HttpContext context) =>
            {
                var limit = Takes.Limit(context.Request);
                var rows = await audit.ReadAsync(Takes.Number(context.Request, "after", 0), limit, context.RequestAborted).ConfigureAwait(false);
                var next = rows.Count == limit ? rows[^1]!["number"]!.DeepClone() : null;
                return Results.Json(new JsonObject { ["items"] = rows, ["next"] = next }, GatewayJson.Readable);
            })
            .WithMetadata(new Admits(Role.Auditor), new Takes(AuditFields));
    }

    private static async Task IssueAsync(HttpContext context, ApiKeys keys)
    {
        var result = await ReadAsync(context).ConfigureAwait(false) switch
        {
            (_, _, { } wrong) => wrong,
            var (party, role, _) => Issued(await keys.IssueAsync(party, role, context.RequestAborted).ConfigureAwait(false), party, role),
        };
        await result.ExecuteAsync(context).ConfigureAwait(false);

        static IResult Issued(IssuedKey key, PartyId party, Role role) => Results.Json(
            new JsonObject { ["id"] = key.Id, ["party"] = party.Value, ["role"] = role.ToString(), ["key"] = key.Text, ["note"] = "The key is shown this once." },
            GatewayJson.Readable, statusCode: 201);
    }

    private static async Task<(PartyId Party, Role Role, IResult? Wrong)> ReadAsync(HttpContext context)
    {
        JsonNode? body;
        try
        {
            body = await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted).ConfigureAwait(false);
        }
        catch (JsonException failure)
        {
            return (default, default, Problems.Wrong("$", "the body", $"one JSON object with party and role ({failure.Message})"));
        }

        var fields = body as JsonObject;
        if (Text(fields, "party") is not { Length: >= 1 and <= LongestParty } party || party.Any(letter => letter == '/' || char.IsControl(letter) || char.IsWhiteSpace(letter) || char.IsSurrogate(letter)))
        {
            return (default, default, Problems.Wrong("party", Shown(fields, "party"), $"1 to {LongestParty} characters without a slash or white space"));
        }

        return Enum.GetNames<Role>().Contains(Text(fields, "role"))
            ? (new PartyId(party), Enum.Parse<Role>(Text(fields, "role")!), null)
            : (default, default, Problems.Wrong("role", Shown(fields, "role"), string.Join(", ", Enum.GetNames<Role>())));
    }

    // Half of a character is no text, and cannot be shown as one.
    private static string? Text(JsonObject? fields, string name)
    {
        try
        {
            return fields?[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string? Shown(JsonObject? fields, string name)
    {
        try
        {
            return fields?[name]?.ToJsonString();
        }
        catch (Exception failure) when (failure is InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }
}
