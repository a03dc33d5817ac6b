using System.Text;
using DataExchange.Client;
using DataExchange.Gateway.Access;
using DataExchange.Gateway.Reads;
using PartyId = DataExchange.Domain.PartyId;
using Role = DataExchange.Gateway.Access.Role;

namespace DataExchange.Gateway.Tests;

/// <summary>Who sees what: every read, by every role, of its own and of others' things.</summary>
public sealed class ReadMatrixTests(RunningGateway gateway)
{
    private const string Begin = "<!-- reads -->\n";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The table is in the documentation, where a change of it is seen. DX_UPDATE=1 renews it.</summary>
    [Fact]
    public async Task Everybody_sees_what_the_documentation_says_and_nothing_else()
    {
        var table = await TableAsync();
        var text = await Repository.ReadAsync("docs/gateway.md");
        var (begin, end) = (text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, text.IndexOf("<!-- /reads -->", StringComparison.Ordinal));
        if (Repository.IsRenewing)
        {
            await Repository.RenewAsync("docs/gateway.md", text[..begin] + table + text[end..]);
            return;
        }

        Assert.Equal(table, text[begin..end]);
    }

    private async Task<string> TableAsync()
    {
        var market = await gateway.MarketAsync();
        var (draft, deal, sentinel) = (gateway.Name("P"), gateway.Name("D"), gateway.Name("buyer"));
        await market.Provider.GiveAsync(Client.ClientTests.Registration(draft, market.ProviderName, market.VenueName), cancellation: Cancellation);
        await market.Buyer.GiveAsync(
            new RequestContract
            {
                Deal = deal, Product = market.Licence, Venue = market.VenueName, Buyer = market.BuyerName, Provider = market.ProviderName, Channel = TradeChannel.RegisteredContract, AmountFen = 100,
            }, cancellation: Cancellation);
        var last = await (await gateway.ClientAsync(sentinel, Role.Buyer)).GiveAsync(
            new RegisterParty { Party = sentinel, Name = "末", NameEn = "Last", Role = PartyRole.Buyer }, cancellation: Cancellation);
        var before = (await TradedMarket.FactsAsync(gateway)).FindIndex(fact => fact.Stream == $"product/{draft}");

        (string Head, string Party, Role Role)[] callers =
        [
            ("Provider, own", market.ProviderName, Role.Provider), ("Provider, other", gateway.Name("provider"), Role.Provider), ("Buyer, own", market.BuyerName, Role.Buyer),
            ("Buyer, other", gateway.Name("buyer"), Role.Buyer), ("Assessor", gateway.Name("assessor"), Role.Assessor), ("Venue, own", $"venue-{market.VenueName}", Role.Venue),
            ("Venue, other", $"venue-{gateway.Name("exchange")}", Role.Venue), ("Regulator", gateway.Name("regulator"), Role.Regulator), ("Auditor", gateway.Name("auditor"), Role.Auditor),
            ("Administrator", gateway.Name("administrator"), Role.Administrator),
        ];
        (string Name, Func<GatewayClient, Caller, Task<bool>> Sees)[] rows =
        [
            ("`GET /v1/products`: a draft", (client, _) => HasAsync(client.ListProductsAsync(provider: market.ProviderName, cancellation: Cancellation), one => one.Id == draft)),
            ("`GET /v1/products`: what was published", (client, _) => HasAsync(client.ListProductsAsync(provider: market.ProviderName, cancellation: Cancellation), one => one.Id == market.Licence)),
            ("`GET /v1/products/{id}`: a draft", (client, _) => ReadsAsync(client.ReadProductAsync(draft, cancellation: Cancellation))),
            ("`GET /v1/products/{id}`: what was published", (client, _) => ReadsAsync(client.ReadProductAsync(market.Licence, cancellation: Cancellation))),
            ("`GET /v1/deals`", (client, _) => HasAsync(client.ListDealsAsync(cancellation: Cancellation), one => one.Id == deal)),
            ("`GET /v1/deals/{id}`", (client, _) => ReadsAsync(client.ReadDealAsync(deal, cancellation: Cancellation))),
            ("`GET /v1/parties`", (client, _) => HasAsync(client.ListPartiesAsync(cancellation: Cancellation), one => one.Id == market.BuyerName)),
            ("`GET /v1/parties/{id}`", (client, _) => ReadsAsync(client.ReadPartyAsync(market.BuyerName, cancellation: Cancellation))),
            ("`GET /v1/books/{product}`", (client, _) => ReadsAsync(client.ReadBookAsync(market.Packs, cancellation: Cancellation))),
            ("`GET /v1/books/{product}/market-data`", async (client, _) => await client.FollowBookAsync(market.Packs, cancellation: Cancellation).FirstAsync(Cancellation) is not null),
            ("`GET /v1/events`: of a draft", (client, _) => FollowsAsync(client, before, $"product/{draft}", last.Value.Stream)),
            ("`GET /v1/events`: of a deal", (client, _) => FollowsAsync(client, before, $"deal/{deal}", last.Value.Stream)),
            ("`GET /v1/audit`", (client, _) => ReadsAsync(client.ReadAuditAsync(limit: 1, cancellation: Cancellation).FirstOrDefaultAsync(Cancellation).AsTask())),
            .. Streams(market, draft, deal).Select(one => ($"`GET /v1/streams/…`: {one.Name}", (Func<GatewayClient, Caller, Task<bool>>)((client, caller) => ReadsStreamAsync(client, caller, one.Stream)))),
        ];
        var text = new StringBuilder("| Read | ").AppendJoin(" | ", callers.Select(caller => caller.Head)).Append(" |\n|---|").Append(string.Concat(callers.Select(_ => "---|"))).Append('\n');
        var clients = new List<(GatewayClient Client, Caller Caller)>();
        foreach (var (_, party, role) in callers)
        {
            clients.Add((await gateway.ClientAsync(party, role), new Caller(new PartyId(party), role, Guid.Empty)));
        }

        foreach (var (name, sees) in rows)
        {
            var cells = await Task.WhenAll(clients.Select(one => sees(one.Client, one.Caller)));
            text.Append($"| {name} | ").AppendJoin(" | ", cells.Select(seen => seen ? "✓" : "—")).Append(" |\n");
        }

        return text.ToString();
    }

    private static (string Name, string Stream)[] Streams(TradedMarket market, string draft, string deal) =>
    [
        ("`party`", $"party/{market.BuyerName}"), ("`product` of a draft", $"product/{draft}"), ("`product` that was published", $"product/{market.Licence}"),
        ("`fingerprint`", $"fingerprint/sha256-{draft}"), ("`pricing`", $"pricing/{market.Licence}"), ("`listing`", $"listing/{market.Licence}"), ("`offer`", $"offer/{market.Licence}"),
        ("`book`", $"book/{market.Packs}"), ("`buyer` of the buyer", $"buyer/{market.BuyerName}"), ("`account` of the buyer", $"account/{market.BuyerName}"),
        ("`payable` of the provider", $"payable/{market.ProviderName}"), ("`deal`", $"deal/{deal}"), ("`settlement`", $"settlement/{deal}"), ("`log`", $"log/{market.VenueName}"), ("`chain`", "chain/1"),
    ];

    private static async Task<bool> HasAsync<T>(IAsyncEnumerable<T> all, Func<T, bool> isIt) => await all.AnyAsync(isIt, Cancellation);

    private static async Task<bool> ReadsAsync<T>(Task<T> reading)
    {
        try
        {
            await reading;
            return true;
        }
        catch (Exception refused) when (refused is NotFoundException or NotPermittedException)
        {
            return false;
        }
    }

    // Of what there is, over HTTP; of what there is not yet here, by the rule itself.
    private async Task<bool> ReadsStreamAsync(GatewayClient client, Caller caller, string stream)
    {
        var streams = new StoredStreams(gateway.Database);
        var may = await new Visibility(streams).MayReadAsync(caller, stream, Cancellation);
        if (await streams.VersionAsync(stream, Cancellation) > 0)
        {
            var parts = stream.Split('/');
            Assert.Equal((stream, caller.Role, may), (stream, caller.Role, await ReadsAsync(client.ReadStreamAsync(parts[0], parts[1], cancellation: Cancellation).FirstAsync(Cancellation).AsTask())));
        }

        return may;
    }

    // A fact after it, which everybody sees, says that it does not come.
    private static async Task<bool> FollowsAsync(GatewayClient client, int before, string wanted, string last)
    {
        await foreach (var one in client.FollowEventsAsync(before.ToString(System.Globalization.CultureInfo.InvariantCulture), Cancellation))
        {
            if (one.Value.Stream == wanted)
            {
                return true;
            }

            if (one.Value.Stream == last)
            {
                return false;
            }
        }

        return false;
    }
}
