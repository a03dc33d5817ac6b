using System.Text.Json.Nodes;
using DataExchange.Gateway.Access;
using DataExchange.Gateway.Commands;
using DataExchange.Gateway.Reads;
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
            operation["responses"]!["503"] = new JsonObject { ["$ref"] = "#/components/responses/Overloaded" };
            operation["responses"]!["200"]!["content"] = Content("application/json", "CommandAnswer", Examples.AnswerOf(name));
            paths[$"/v1/commands/{name}"] = new JsonObject { ["post"] = operation };
        }

        AddReads(paths);
        paths["/v1/tokens"] = new JsonObject { ["post"] = Operation("makeToken", "access", "A bearer token, with an API key", "BearerToken") };
        var issue = Operation("issueKey", "access", "A new API key, shown once; for administrators", "IssuedKey");
        issue["requestBody"] = new JsonObject { ["required"] = true, ["content"] = Content("application/json", "KeyRequest") };
        Rename(issue["responses"]!.AsObject(), "200", "201");
        paths["/v1/keys"] = new JsonObject { ["post"] = issue };
        var revoke = Operation("revokeKey", "access", "Takes a key back; for administrators", null, InPath("id", "Id of the key"));
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
                    ["Overloaded"] = new JsonObject
                    {
                        ["description"] = "Too many commands are under way, or the store cannot be reached: nothing was done, or the same Idempotency-Key says what was",
                        ["headers"] = new JsonObject
                        {
                            ["Retry-After"] = new JsonObject { ["description"] = "Seconds to wait, where too many are under way", ["schema"] = new JsonObject { ["type"] = "integer" } },
                        },
                        ["content"] = Content("application/problem+json", "Problem"),
                    },
                },
                ["securitySchemes"] = new JsonObject
                {
                    ["key"] = new JsonObject { ["type"] = "apiKey", ["in"] = "header", ["name"] = Gate.KeyHeader },
                    ["token"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["bearerFormat"] = "JWT" },
                },
            },
        };
    }

    private static void AddReads(JsonObject paths)
    {
        paths["/v1/products"] = Get("listProducts", "reads", "Products that the caller may see", "ProductPage", Queries(ProductReads.Fields));
        paths["/v1/products/{id}"] = Get("readProduct", "reads", "A product with its price and offers", "Product", InPath("id", "Id of the product"));
        paths["/v1/deals"] = Get("listDeals", "reads", "Deals that the caller is in; all for a regulator and an auditor", "DealPage", Queries(DealReads.Fields));
        paths["/v1/deals/{id}"] = Get("readDeal", "reads", "A deal, for its parties", "Deal", InPath("id", "Id of the deal"));
        paths["/v1/parties"] = Get("listParties", "reads", "The register of parties", "PartyPage", Queries(PartyReads.Fields));
        paths["/v1/parties/{id}"] = Get("readParty", "reads", "A registered party", "Party", InPath("id", "Id of the party"));
        paths["/v1/books/{product}"] = Get("readBook", "market data", "An order book: prices and quantities, without names", "Book", [InPath("product", "Id of the product"), .. Queries(BookReads.Fields)]);
        paths["/v1/books/{product}/market-data"] = Follow(
            "followBook", "market data", "Trades, best prices and depth of an order book, without names", "MarketEvent", [InPath("product", "Id of the product"), .. Queries(BookReads.Fields)]);
        paths["/v1/streams/{kind}/{name}/events"] = Get(
            "readStream", "reads", "Events of a stream", "EventPage", [InPath("kind", "What kind of stream, as docs/events.md lists them"), InPath("name", "Its name"), .. Queries(StreamReads.Fields)]);
        paths["/v1/events"] = Follow("followEvents", "reads", "Events as they are recorded", "StoredEvent");
        paths["/v1/audit"] = Get("readAudit", "access", "Refused attempts, for auditors", "AuditPage", Queries(KeyEndpoints.AuditFields));
    }

    private static JsonObject Follow(string id, string tag, string summary, string answer, params JsonObject[] parameters)
    {
        var path = Get(id, tag, summary + ", as server-sent events", null, [.. parameters, Header("Last-Event-ID", isRequired: false)]);
        path["get"]!["responses"]!["200"]!["content"] = Content("text/event-stream", answer, Examples.ReadOf(id));
        return path;
    }

    private static JsonObject[] Queries(IReadOnlyList<QueryField> fields) =>
        [.. fields.Select(field => Parameter(field.Name, "query", field.Schema(), isRequired: false, field.Meaning))];

    private static JsonObject Get(string id, string tag, string summary, string? answer, params JsonObject[] parameters) =>
        new() { ["get"] = Operation(id, tag, summary, answer, parameters) };

    private static JsonObject Operation(string id, string tag, string summary, string? answer, params JsonObject[] parameters)
    {
        var good = new JsonObject { ["description"] = "Done" };
        if (answer is not null)
        {
            good["content"] = Content("application/json", answer, Examples.ReadOf(id));
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

    private static JsonObject InPath(string name, string meaning) => Parameter(name, "path", new JsonObject { ["type"] = "string" }, isRequired: true, meaning);

    private static JsonObject Header(string name, bool isRequired) => Parameter(name, "header", new JsonObject { ["type"] = "string" }, isRequired, name switch
    {
        CommandEndpoint.KeyHeader => "1 to 200 visible ASCII characters, new for each new command: the same key is the same command",
        "If-Match" => "The ETag of an earlier answer: the command is executed only if its stream has not changed since",
        _ => "The id of the last event that the caller has",
    });

    private static JsonObject Parameter(string name, string place, JsonObject schema, bool isRequired, string meaning) =>
        new() { ["name"] = name, ["in"] = place, ["required"] = isRequired, ["description"] = meaning, ["schema"] = schema };
}
