using System.Text.Json;
using System.Text.Json.Nodes;
using DataExchange.Client;
using DataExchange.Gateway.Description;
using Role = DataExchange.Gateway.Access.Role;

namespace DataExchange.Gateway.Tests.Description;

public sealed class ReadExampleTests(RunningGateway gateway)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>DX_UPDATE=1 asks for them anew.</summary>
    [Fact]
    public async Task Every_read_has_an_example_that_was_answered()
    {
        if (Repository.IsRenewing)
        {
            var examples = await AskAsync();
            await Repository.RenewAsync(
                "src/DataExchange.Gateway/Description/reads.json", examples.ToJsonString(new JsonSerializerOptions(GatewayJson.Readable) { WriteIndented = true, NewLine = "\n" }) + "\n");
            return;
        }

        var document = OpenApiDocument.Make();
        foreach (var (path, operations) in document["paths"]!.AsObject())
        {
            if (operations!["get"] is { } read)
            {
                var content = read["responses"]!["200"]!["content"]!.AsObject().Single().Value!;
                Assert.True(content["example"] is not null, $"{path} has no example: DX_UPDATE=1 makes them, ReadExampleTests asks for it");
                Assert.Empty(SchemaCheck.Problems(content, document["components"]!["schemas"]!.AsObject()));
            }
        }
    }

    private async Task<JsonObject> AskAsync()
    {
        var market = await gateway.MarketAsync();
        var deal = gateway.Name("D");
        await market.Buyer.GiveAsync(
            new RequestContract
            {
                Deal = deal, Product = market.Licence, Venue = market.VenueName, Buyer = market.BuyerName, Provider = market.ProviderName, Channel = TradeChannel.RegisteredContract, AmountFen = 100,
            }, cancellation: Cancellation);
        using var auditor = await gateway.AsAsync(gateway.Name("auditor"), Role.Auditor);
        using var refused = await auditor.GiveAsync("DepositFunds", "{}");
        var examples = new JsonObject();
        foreach (var (operation, path) in ((string, string)[])
        [
            ("listProducts", $"/v1/products?provider={market.ProviderName}"), ("readProduct", $"/v1/products/{market.Licence}"), ("listDeals", $"/v1/deals?buyer={market.BuyerName}"),
            ("readDeal", $"/v1/deals/{deal}"), ("listParties", "/v1/parties"), ("readParty", $"/v1/parties/{market.BuyerName}"), ("readBook", $"/v1/books/{market.Packs}"),
            ("readStream", $"/v1/streams/deal/{deal}/events"), ("readAudit", "/v1/audit"),
        ])
        {
            using var response = await auditor.GetAsync(new Uri(path, UriKind.Relative), Cancellation);
            var body = await response.JsonAsync();
            // One is enough to show what a page is.
            while (body["items"] is JsonArray { Count: > 1 } items)
            {
                items.RemoveAt(1);
            }

            examples[operation] = body;
        }

        examples["followBook"] = JsonSerializer.SerializeToNode((await market.Buyer.FollowBookAsync(market.Packs, cancellation: Cancellation).FirstAsync(Cancellation)).Value, ClientJson.Options);
        examples["followEvents"] = JsonSerializer.SerializeToNode((await market.Buyer.FollowEventsAsync(cancellation: Cancellation).FirstAsync(Cancellation)).Value, ClientJson.Options);
        return examples;
    }
}
