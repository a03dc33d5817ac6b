using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using DataExchange.Domain;
using DataExchange.Gateway.Access;
using DataExchange.Gateway.Commands;
using DataExchange.Gateway.Description;

namespace DataExchange.Gateway.Tests.Description;

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
            Assert.NotNull(reference.TrimStart('#', '/').Split('/').Aggregate((JsonNode?)document, (node, step) => node?[step]));
        }

        var operations = paths.SelectMany(path => path.Value!.AsObject()).Select(operation => (string)operation.Value!["operationId"]!).ToArray();
        Assert.Equal(operations.Distinct(), operations);
    }

    /// <summary>DX_UPDATE=1 has them made anew.</summary>
    [Fact]
    public async Task Every_command_has_an_example_that_is_one_and_its_answer()
    {
        if (Repository.IsRenewing)
        {
            await Repository.RenewAsync("src/DataExchange.Gateway/Description/examples.json", await AdmittedCommands.WriteAsync(TestContext.Current.CancellationToken));
            return;
        }

        var document = OpenApiDocument.Make();
        var (paths, schemas) = (document["paths"]!.AsObject(), document["components"]!["schemas"]!.AsObject());
        Assert.Empty(SchemaCheck.Problems(document["components"]!["responses"]!["Refused"]!["content"]!["application/problem+json"]!, schemas));
        foreach (var (name, type) in CommandBodies.Types.Where(one => CommandAccess.Of(one.Value).Count > 0))
        {
            var operation = paths[$"/v1/commands/{name}"]!["post"]!;
            var body = operation["requestBody"]!["content"]!["application/json"]!;
            var answer = operation["responses"]!["200"]!["content"]!["application/json"]!;

            Assert.True(body["example"] is not null, $"{name} has no example: DX_UPDATE=1 makes them; a command that no agent gives belongs into AdmittedCommands");
            var command = CommandBodies.Read(type, Encoding.UTF8.GetBytes(body["example"]!.ToJsonString()), SimulatedTime.On(new(2025, 6, 3)), new PartyId("example"));
            Assert.Empty(SchemaCheck.Problems(body, schemas));
            if (command is not Domain.Trading.ReportLateDelivery)
            {
                Assert.Equal(command.Stream, (string?)answer["example"]!["stream"]);
                Assert.Empty(SchemaCheck.Problems(answer, schemas));
            }
        }
    }

    /// <summary>DX_UPDATE=1 renews them.</summary>
    [Fact]
    public async Task Every_field_of_a_command_is_described_in_the_words_of_the_code()
    {
        var meanings = Meanings.Write();
        if (Repository.IsRenewing)
        {
            await Repository.RenewAsync("src/DataExchange.Gateway/Description/meanings.json", meanings);
            return;
        }

        Assert.Equal(meanings, await Repository.ReadAsync("src/DataExchange.Gateway/Description/meanings.json"));
        foreach (var (name, _) in CommandBodies.Types.Where(one => CommandAccess.Of(one.Value).Count > 0))
        {
            var schema = OpenApiDocument.Make()["components"]!["schemas"]![name]!;
            Assert.NotEmpty((string?)schema["description"] ?? "");
            Assert.All(schema["properties"]!.AsObject(), field => Assert.False(string.IsNullOrEmpty((string?)field.Value!["description"]), $"{name}.{field.Key}"));
        }
    }

    [Fact]
    public void A_schema_asks_for_what_the_body_must_have()
    {
        var schemas = OpenApiDocument.Make()["components"]!["schemas"]!;
        var schema = schemas["PlaceOrder"]!;

        Assert.DoesNotContain("admittedFor", schema["properties"]!.AsObject().Select(property => property.Key));
        Assert.Equal(
            ["buyer", "channel", "deal", "product", "quantity", "venue"], schema["required"]!.AsArray().Select(name => (string)name!).Order(StringComparer.Ordinal));
        Assert.Contains("Shelf", schemas[((string)schema["properties"]!["channel"]!["$ref"]!).Split('/')[^1]]!["enum"]!.AsArray().Select(name => (string)name!));
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject fields => fields.SelectMany(field => field.Key == "$ref" ? [(string)field.Value!] : References(field.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };
}
