using System.Net.Http.Json;
using System.Text.Json.Nodes;
using DataExchange.Gateway.Access;
using DataExchange.Gateway.Commands;

namespace DataExchange.Gateway.Tests;

public sealed class OpenApiTests(RunningGateway gateway)
{
    [Fact]
    public async Task The_description_has_every_command_that_may_be_given_and_points_to_nothing_that_is_not_there()
    {
        using var anonymous = gateway.Anonymous;
        var document = (await anonymous.GetFromJsonAsync<JsonObject>("/openapi/v1.json", TestContext.Current.CancellationToken))!;
        var (paths, schemas) = (document["paths"]!.AsObject(), document["components"]!["schemas"]!.AsObject());

        Assert.Equal("3.1.0", (string?)document["openapi"]);
        Assert.Equal(
            CommandAccess.Commands.Where(type => CommandAccess.Of(type).Count > 0).Select(type => $"/v1/commands/{type.Name}").Order(StringComparer.Ordinal),
            paths.Select(path => path.Key).Where(path => path.StartsWith("/v1/commands/", StringComparison.Ordinal)));
        foreach (var reference in References(document))
        {
            Assert.True(schemas.ContainsKey(reference["#/components/schemas/".Length..]), reference);
        }

        var operations = paths.SelectMany(path => path.Value!.AsObject()).Select(operation => (string)operation.Value!["operationId"]!).ToArray();
        Assert.Equal(operations.Distinct(), operations);
    }

    [Fact]
    public void A_schema_asks_for_what_the_body_must_have()
    {
        var schema = CommandBodies.SchemaOf(typeof(Domain.Trading.PlaceOrder));

        Assert.DoesNotContain("admittedFor", schema["properties"]!.AsObject().Select(property => property.Key));
        Assert.Equal(
            ["buyer", "channel", "deal", "product", "quantity", "venue"], schema["required"]!.AsArray().Select(name => (string)name!).Order(StringComparer.Ordinal));
        Assert.Contains("Shelf", schema["properties"]!["channel"]!["enum"]!.AsArray().Select(name => (string)name!));
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject fields => fields.SelectMany(field => field.Key == "$ref" ? [(string)field.Value!] : References(field.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };
}
