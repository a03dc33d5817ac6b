using DataExchange.Client;
using DataExchange.EventStore.Serialization;
using DataExchange.Exchange.Accounts;
using DataExchange.Exchange.Verification;
using DataExchange.Trust.Logs;
using TreeHeadPublished = DataExchange.Domain.Trust.TreeHeadPublished;

namespace DataExchange.Gateway.Tests;

/// <summary>One market, whose tests come one after the other.</summary>
public sealed class LifecycleTests(RunningGateway gateway)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_product_goes_from_registration_to_settlement_and_the_books_balance()
    {
        var market = await gateway.MarketAsync();
        var deal = gateway.Name("D");
        var order = new PlaceOrder { Product = market.Licence, Deal = deal, Venue = market.VenueName, Buyer = market.BuyerName, Channel = TradeChannel.Shelf, Quantity = 1 };

        // The offer opens when its listing has been heard of.
        var placed = await TradedMarket.OnceReadyAsync(market.Buyer, order);
        await TradedMarket.UntilAsync(async () => await market.Buyer.ListDealsAsync(product: market.Licence, cancellation: Cancellation).AnyAsync(one => one.Id == deal, Cancellation), isThere => isThere);
        await market.Buyer.GiveAsync(new AgreeContract
        {
            Deal = deal,
            Policy = new() { Use = "use", Purpose = "research", Region = "CN", TermDays = 0, ResaleAllowed = false },
            Licence = LicenceKind.OpenEnded,
            Quantity = 1,
            Contributors = [],
            DeliveryDue = DateTimeOffset.UtcNow.AddDays(10),
        }, cancellation: Cancellation);
        await market.Venue.GiveAsync(new RegisterTransaction { Deal = deal, FeeBasisPoints = 250, VatBasisPoints = 600, ClaimDays = 90 }, cancellation: Cancellation);
        await market.Provider.GiveAsync(new CompleteTransfer { Deal = deal, AcceptBy = DateTimeOffset.UtcNow.AddDays(10) }, cancellation: Cancellation);
        await market.Buyer.GiveAsync(new AcceptDelivery { Deal = deal }, cancellation: Cancellation);
        var completed = await TradedMarket.UntilAsync(() => market.Buyer.ReadDealAsync(deal, cancellation: Cancellation), read => read.Value.Stage == "Completed");
        await market.Venue.GiveAsync(new PublishTreeHead { Venue = market.VenueName }, cancellation: Cancellation);

        Assert.Equal($"offer/{market.Licence}", placed.Value.Stream);
        Assert.Equal((500_000, market.ProviderName, market.BuyerName), (completed.Value.AmountFen, completed.Value.Provider, completed.Value.Buyer));
        await AuditAsync(market);
    }

    [Fact]
    public async Task Of_two_orders_for_the_same_offer_as_it_was_one_is_placed_and_the_others_money_is_free()
    {
        var market = await gateway.MarketAsync();
        var version = (await market.Venue.ReadProductAsync(market.Licence, cancellation: Cancellation)).ETag;
        var orders = ((GatewayClient Client, string Party)[])[(market.Buyer, market.BuyerName), (market.Rival, market.RivalName)];

        var placed = await Task.WhenAll(orders.Select(async one =>
        {
            try
            {
                await one.Client.GiveAsync(
                    new PlaceOrder { Product = market.Licence, Deal = gateway.Name("D"), Venue = market.VenueName, Buyer = one.Party, Channel = TradeChannel.Shelf, Quantity = 1 },
                    ifMatch: version, cancellation: Cancellation);
                return true;
            }
            catch (VersionMovedException)
            {
                return false;
            }
        }));

        Assert.Single(placed, heard => heard);
        var (loser, name) = orders[placed[0] ? 1 : 0];
        // Of the licence's price: what is held for packs is another matter.
        var moves = await loser.ReadStreamAsync("account", name, cancellation: Cancellation).Where(one => one.Data.TryGetProperty("amountFen", out var fen) && fen.GetInt64() == 500_000)
            .Select(one => one.Type).ToListAsync(Cancellation);
        Assert.Equal(moves.Count(type => type == "funds_held.v1"), moves.Count(type => type is "hold_captured.v1" or "hold_released.v1"));
    }

    [Fact]
    public async Task Everybody_sees_what_is_bid_asked_and_traded_and_nobody_by_whom()
    {
        var market = await gateway.MarketAsync();
        await market.Venue.GiveAsync(new CallPhase { Product = market.Packs, Phase = TradingPhase.Continuous }, cancellation: Cancellation);
        await EnterAsync(market.Provider, market.ProviderName, 1, Terms(BookSide.Sell, BookOrderKind.Posted, 50, 1_000) with { Supply = PackSupply.Issue });
        await EnterAsync(market.Buyer, market.BuyerName, 1, Terms(BookSide.Buy, BookOrderKind.Limit, 20, 900) with { DisplayQuantity = 5 });
        var seen = new List<ServerEvent<MarketEvent>>();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        await foreach (var one in market.Rival.FollowBookAsync(market.Packs, cancellation: limit.Token))
        {
            seen.Add(one);
            if (seen.Count == 2)
            {
                await EnterAsync(market.Rival, market.RivalName, 1, Terms(BookSide.Buy, BookOrderKind.Limit, 3, 1_000));
            }

            if (one.Type == "depth" && seen.Any(before => before.Type == "trade"))
            {
                break;
            }
        }

        Assert.Equal(["top", "depth", "trade", "top", "depth"], seen.Select(one => one.Type));
        Assert.Equal((900, 5, 1_000, 50), (seen[0].Value.Top!.BidFen, seen[0].Value.Top!.BidQuantity, seen[0].Value.Top!.AskFen, seen[0].Value.Top!.AskQuantity));
        Assert.Equal((1_000, 3, 3_000), (seen[2].Value.Trade!.PriceFen, seen[2].Value.Trade!.Quantity, seen[2].Value.Trade!.AmountFen));
        Assert.Equal(47, Assert.Single(seen[4].Value.Depth!.Asks).Quantity);

        // Who comes back with the id from before the trade is told of the trade.
        var again = await market.Rival.FollowBookAsync(market.Packs, lastId: seen[0].Id, cancellation: limit.Token).FirstAsync(limit.Token);
        var book = await market.Rival.ReadBookAsync(market.Packs, levels: 1, cancellation: Cancellation);
        var text = System.Text.Json.JsonSerializer.Serialize(new { seen, book });
        Assert.Equal(("trade", seen[2].Id), (again.Type, again.Id));
        Assert.Equal((47, 1_000, "Continuous"), (book.Value.Top.AskQuantity, book.Value.LastTrade!.PriceFen, book.Value.Phase));
        Assert.All([market.ProviderName, market.BuyerName, market.RivalName], name => Assert.DoesNotContain(name, text, StringComparison.Ordinal));
        await Assert.ThrowsAsync<NotFoundException>(() => market.Rival.ReadBookAsync(market.Licence, cancellation: Cancellation));

        Task EnterAsync(GatewayClient client, string party, int number, BookOrderTerms terms) =>
            client.GiveAsync(new EnterBookOrder { Product = market.Packs, Party = party, Number = number, Terms = terms }, cancellation: Cancellation);

        static BookOrderTerms Terms(BookSide side, BookOrderKind kind, int quantity, long priceFen) => new()
        {
            Side = side, Kind = kind, Life = BookOrderLife.GoodTillCancel, Supply = PackSupply.Held, Quantity = quantity, PriceFen = priceFen,
            StopPriceFen = 0, DisplayQuantity = 0, BudgetFen = 0, PostOnly = false, SelfTrade = SelfTradePolicy.CancelNewest,
        };
    }

    [Fact]
    public async Task A_list_is_what_its_filters_leave_of_what_is_the_callers_to_see()
    {
        var market = await gateway.MarketAsync();
        var auditor = await gateway.ClientAsync(gateway.Name("auditor"), Access.Role.Auditor);
        var deal = gateway.Name("D");
        await market.Rival.GiveAsync(
            new RequestContract
            {
                Deal = deal, Product = market.Licence, Venue = market.VenueName, Buyer = market.RivalName, Provider = market.ProviderName, Channel = TradeChannel.RegisteredContract, AmountFen = 100,
            }, cancellation: Cancellation);

        Assert.Equal([deal], await IdsAsync(auditor.ListDealsAsync(stage: "Requested", buyer: market.RivalName, cancellation: Cancellation)));
        Assert.Equal([deal], await IdsAsync(market.Provider.ListDealsAsync(stage: "Requested", product: market.Licence, limit: 1, cancellation: Cancellation)));
        Assert.Contains(deal, await IdsAsync(market.Venue.ListDealsAsync(provider: market.ProviderName, cancellation: Cancellation)));
        Assert.DoesNotContain(deal, await IdsAsync(market.Buyer.ListDealsAsync(cancellation: Cancellation)));
        Assert.Empty(await IdsAsync(market.Buyer.ListDealsAsync(buyer: market.RivalName, cancellation: Cancellation)));
        Assert.Equal(2, await market.Buyer.ListProductsAsync(provider: market.ProviderName, stage: "Certified", category: "weather", limit: 1, cancellation: Cancellation).CountAsync(Cancellation));
        Assert.Equal(0, await market.Buyer.ListProductsAsync(holder: market.BuyerName, cancellation: Cancellation).CountAsync(Cancellation));
        var parties = await market.Buyer.ListPartiesAsync(role: "Venue", cancellation: Cancellation).ToListAsync(Cancellation);
        Assert.Contains(parties, party => party.Id == $"venue-{market.VenueName}");
        Assert.All(parties, party => Assert.Equal("Venue", party.Role));
        Assert.Equal(market.RivalName, (await market.Buyer.ReadPartyAsync(market.RivalName, cancellation: Cancellation)).Value.NameEn);

        static ValueTask<List<string>> IdsAsync(IAsyncEnumerable<Deal> deals) => deals.Select(one => one.Id).ToListAsync(Cancellation);
    }

    private async Task AuditAsync(TradedMarket market)
    {
        var facts = await TradedMarket.FactsAsync(gateway);
        var ledger = new MarketLedger();
        using var keys = RunningGateway.Keys();
        var logs = new LogKeeper(keys);
        var heads = 0;
        for (var i = 0; i < facts.Count; i++)
        {
            var fact = facts[i];
            Assert.Null(ledger.Take(i + 1, fact.Stream, fact.Version, fact.Data));
            if (fact.Data is TreeHeadPublished published)
            {
                // What the venue published is what everybody gets who makes the log from the facts before.
                Assert.Equal(logs.HeadOf(published.Venue.Value), published.Head);
                heads++;
            }

            logs.Append(fact.Stream, fact.Version, EventRegistry.NameOf(fact.Data), EventJson.Write(fact.Data), fact.Data);
        }

        Assert.True(heads > 0);
        Assert.Equal(0, LedgerTotals.Of(ledger).TrialBalanceFen);
        var audit = new MarketAudit();
        foreach (var stream in facts.GroupBy(fact => fact.Stream))
        {
            audit.BeginStream(stream.Key);
            foreach (var fact in stream)
            {
                audit.Apply(fact.Version, fact.Data);
            }

            audit.EndStream();
        }

        Assert.DoesNotContain(audit.Complete().Problems, problem => problem.ToString().Contains(market.Licence, StringComparison.Ordinal) || problem.ToString().Contains(market.BuyerName, StringComparison.Ordinal));
    }
}
