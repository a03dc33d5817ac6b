using System.Text.Json.Nodes;
using DataExchange.Gateway.Access;
using DataExchange.Gateway.Commands;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DataExchange.Gateway.Description;

/// <summary>
/// The gateway as OpenAPI 3.1, at <c>/openapi/v1.json</c>: made from the commands themselves, a path for each, so that it cannot be behind them.
/// </summary>
internal static class OpenApiDocument
{
    private static readonly Lazy<byte[]> Text = new(() => System.Text.Encoding.UTF8.GetBytes(Make().ToJsonString(GatewayJson.Readable)));

    internal static void Map(IEndpointRouteBuilder web) =>
        web.MapGet("/openapi/v1.json", () => Results.Bytes(Text.Value, "application/json; charset=utf-8")).WithMetadata(new AdmitsAll());

    internal static JsonObject Make()
    {
        var (paths, schemas) = (new JsonObject(), AnswerSchemas.Make());
        foreach (var (name, type) in CommandBodies.Types.Where(one => CommandAccess.Of(one.Value).Count > 0).OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            CommandBodies.AddSchema(type, schemas);
            var operation = Operation(
                $"give{name}", "commands", $"{name}: {string.Join(", ", CommandAccess.Of(type).Select(grant => $"{grant.Role} ({grant.Concern.ToString().ToLowerInvariant()})"))}", "CommandAnswer",
                Header(CommandEndpoint.KeyHeader, isRequired: true), Header("If-Match", isRequired: false));
            operation["requestBody"] = new JsonObject { ["required"] = true, ["content"] = Content("application/json", name, Examples.RequestOf(name)) };
            operation["responses"]!["200"]!["content"] = Content("application/json", "CommandAnswer", Examples.AnswerOf(name));
            paths[$"/v1/commands/{name}"] = new JsonObject { ["post"] = operation };
        }

        paths["/v1/products"] = Get("listProducts", "reads", "Products that the caller may see", "ProductPage", Query("after", "string"), Query("limit", "integer"));
        paths["/v1/products/{id}"] = Get("readProduct", "reads", "A product with its price and offers", "Product", InPath("id"));
        paths["/v1/deals/{id}"] = Get("readDeal", "reads", "A deal, for its parties", "Deal", InPath("id"));
        paths["/v1/streams/{kind}/{name}/events"] =
            Get("readStream", "reads", "Events of a stream", "EventPage", InPath("kind"), InPath("name"), Query("after", "integer"), Query("limit", "integer"));
        paths["/v1/events"] = Get("followEvents", "reads", "Events as they are recorded, as server-sent events", null, Header("Last-Event-ID", isRequired: false));
        paths["/v1/events"]!["get"]!["responses"]!["200"]!["content"] = Content("text/event-stream", "StoredEvent");
        paths["/v1/audit"] = Get("readAudit", "access", "Refused attempts, for auditors", "AuditPage", Query("after", "integer"), Query("limit", "integer"));
        paths["/v1/tokens"] = new JsonObject { ["post"] = Operation("makeToken", "access", "A bearer token, with an API key", "BearerToken") };
        var issue = Operation("issueKey", "access", "A new API key, shown once; for administrators", "IssuedKey");
        issue["requestBody"] = new JsonObject { ["required"] = true, ["content"] = Content("application/json", "KeyRequest") };
        Rename(issue["responses"]!.AsObject(), "200", "201");
        paths["/v1/keys"] = new JsonObject { ["post"] = issue };
        var revoke = Operation("revokeKey", "access", "Takes a key back; for administrators", null, InPath("id"));
        Rename(revoke["responses"]!.AsObject(), "200", "204");
        paths["/v1/keys/{id}"] = new JsonObject { ["delete"] = revoke };
        return new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject { ["title"] = "DataExchange · 数据交易", ["version"] = "1", ["license"] = new JsonObject { ["name"] = "Apache-2.0", ["identifier"] = "Apache-2.0" } },
            ["security"] = new JsonArray(new JsonObject { ["key"] = new JsonArray() }, new JsonObject { ["token"] = new JsonArray() }),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["schemas"] = schemas,
                ["responses"] = new JsonObject
                {
                    ["Refused"] = new JsonObject { ["description"] = "Refused", ["content"] = Content("application/problem+json", "Problem", Examples.Refused) },
                },
                ["securitySchemes"] = new JsonObject
                {
                    ["key"] = new JsonObject { ["type"] = "apiKey", ["in"] = "header", ["name"] = Gate.KeyHeader },
                    ["token"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["bearerFormat"] = "JWT" },
                },
            },
        };
    }

    private static JsonObject Get(string id, string tag, string summary, string? answer, params JsonObject[] parameters) =>
        new() { ["get"] = Operation(id, tag, summary, answer, parameters) };

    private static JsonObject Operation(string id, string tag, string summary, string? answer, params JsonObject[] parameters)
    {
        var good = new JsonObject { ["description"] = "Done" };
        if (answer is not null)
        {
            good["content"] = Content("application/json", answer);
        }

        var operation = new JsonObject
        {
            ["operationId"] = id,
            ["tags"] = new JsonArray(tag),
            ["summary"] = summary,
            ["responses"] = new JsonObject
            {
                ["200"] = good, ["default"] = new JsonObject { ["$ref"] = "#/components/responses/Refused" },
            },
        };
        if (parameters.Length > 0)
        {
            operation["parameters"] = new JsonArray([.. parameters]);
        }

        return operation;
    }

    private static void Rename(JsonObject responses, string from, string to)
    {
        var response = responses[from]!;
        responses.Remove(from);
        responses[to] = response;
    }

    private static JsonObject Content(string type, string schema, JsonNode? example = null)
    {
        var content = new JsonObject { ["schema"] = new JsonObject { ["$ref"] = $"#/components/schemas/{schema}" } };
        if (example is not null)
        {
            content["example"] = example;
        }

        return new JsonObject { [type] = content };
    }

    private static JsonObject Query(string name, string type) => Parameter(name, "query", type, isRequired: false);

    private static JsonObject InPath(string name) => Parameter(name, "path", "string", isRequired: true);

    private static JsonObject Header(string name, bool isRequired) => Parameter(name, "header", "string", isRequired);

    private static JsonObject Parameter(string name, string place, string type, bool isRequired) =>
        new() { ["name"] = name, ["in"] = place, ["required"] = isRequired, ["schema"] = new JsonObject { ["type"] = type } };
}
