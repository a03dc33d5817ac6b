using CsCheck;
using DataExchange.Domain;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;
using DataExchange.Exchange.Verification;
using static DataExchange.Exchange.Tests.SmallMarket;

namespace DataExchange.Exchange.Tests;

/// <summary>Random commands to an order book: whatever is asked, the ledger holds, and an alteration of any fact is found.</summary>
public sealed class BookWalkTests
{
    private readonly record struct Draw(int Kind, int Party, int Price, int Quantity, int Detail);

    private static readonly string[] Parties = ["S1", "B1", "B2", "B3", "B4"];

    private static readonly Gen<Draw[]> Walks =
        Gen.Select(Gen.Int[0, 19], Gen.Int[0, 4], Gen.Int[0, 24], Gen.Int[1, 30], Gen.Int[0, 11])
            .Select(drawn => new Draw(drawn.Item1, drawn.Item2, drawn.Item3, drawn.Item4, drawn.Item5)).Array[10, 120];

    [Fact]
    public void Whatever_is_asked_of_a_book_the_ledger_holds_wherever_the_store_ends() => Walks.Sample(walk =>
    {
        var market = Run(walk).GetAwaiter().GetResult();
        Assert.Empty(new Tampering(market.Events).Audit().Problems);
        foreach (var end in market.CommandEnds.Where((_, i) => i % 23 == walk.Length % 23))
        {
            Assert.Empty(new Tampering(market.Events.Take(end)).Audit().Problems);
        }

        // Packs: what was issued is held or used.
        var book = market.Events.Where(recorded => recorded.Stream == "book/P8").Aggregate(new OrderBook(), (state, recorded) => BookDecider.Evolve(state, recorded.Data));
        Assert.Equal(book.Issued - book.Redeemed, book.Holdings.Values.Sum());
        Assert.True(book.Issued <= book.Packs);
        Assert.Equal(market.Of<PacksTraded>().Count(), market.Of<DealCompleted>().Count());
        // Money: what came in is with the parties, or was shared out for trades.
        Assert.Equal(
            market.Of<FundsDeposited>().Sum(e => e.AmountFen),
            Parties.Sum(party => market.Balance(party)) + market.Of<PacksTraded>().Sum(e => e.AmountFen));
    }, iter: 150);

    [Fact]
    public void An_alteration_of_a_fact_that_another_fact_attests_is_found() => Gen.Select(Walks, Gen.Int[0, 1_000_000], Gen.Int[0, 3]).Sample((walk, place, way) =>
    {
        var market = Run(walk).GetAwaiter().GetResult();
        var facts = market.Events.Where(recorded => recorded.Stream == "book/P8").ToArray();
        var index = 1 + (place % (facts.Length - 1));
        var altered = facts.Select(recorded => recorded.Data).ToList();
        switch (way)
        {
            case 0 when IsAttested(altered[index]):
                altered.RemoveAt(index);
                break;
            case 1 when altered[index] is not PacksRedeemed:
                altered.Insert(index, altered[index]);
                break;
            case 2 or 3:
                altered[index] = Alter(altered[index], way);
                break;
        }

        if (altered.SequenceEqual(facts.Select(recorded => recorded.Data)))
        {
            return;
        }

        var events = market.Events.Where(recorded => recorded.Stream != "book/P8")
            .Concat(altered.Select((data, i) => new RecordedEvent("book/P8", i + 1, data)));
        Assert.True(new Tampering(events).Audit().ProblemCount > 0, $"{facts[index].Data} altered to {altered[Math.Min(index, altered.Count - 1)]}, way {way}");
    }, iter: 300);

    [Fact]
    public async Task A_trade_that_the_orders_do_not_lead_to_is_named()
    {
        var market = await WithATradedBookAsync();
        var first = market.Of<PacksTraded>().First();
        // The other bid at a price that both orders allow: nothing in the book forbids it but price–time priority.
        var problems = new Tampering(market.Events).SwapWithNext<BookOrderEntered>(e => e.Party.Value == "B1" && e.Number == 1).Audit().Problems;
        Assert.Contains(problems, problem => problem is { Stream: "book/P8", Rule: AuditRule.BookDiffers or AuditRule.ImpossibleHistory });
        problems = new Tampering(market.Events).Change<BookHalted>(_ => true, e => e with { PriceFen = e.PriceFen + 100 }).Audit().Problems;
        var problem = Assert.Single(problems);
        Assert.Equal(("book/P8", AuditRule.BookDiffers), (problem.Stream, problem.Rule));
        Assert.Contains("recorded is BookHalted", problem.Detail, StringComparison.Ordinal);
        Assert.Equal(70_00, first.PriceFen);
    }

    [Fact]
    public async Task Money_held_for_no_order_is_found()
    {
        var market = await WithATradedBookAsync();
        var problem = Assert.Single(new Tampering(market.Events)
            .Insert("account/B2", new OrderFundsHeld(new("B2"), Traded, 999, 5) { At = market.Now, By = new("B2") }).Audit().Problems);
        Assert.Equal(("account/B2", AuditRule.OrderHoldDiffers), (problem.Stream, problem.Rule));
    }

    [Fact]
    public void Restored_from_its_facts_a_book_goes_on_as_if_nothing_had_happened() => Gen.Select(Walks, Gen.Int[0, 1_000_000]).Sample((walk, place) =>
    {
        var market = Run(walk).GetAwaiter().GetResult();
        RestoreTests.GoesOnAlike(market, place % market.Commands.Count).GetAwaiter().GetResult();
    }, iter: 200);

    private static async Task<SmallMarket> Run(Draw[] walk)
    {
        var market = await WithABookAsync(packs: 60);
        await market.Enter("S1", Posted(40, 70));
        foreach (var draw in walk)
        {
            var party = Parties[draw.Party];
            var by = new PartyId(party);
            var at = market.Wait(draw.Detail == 0 ? 4_000 : 30);
            await (draw.Kind switch
            {
                < 12 => market.Enter(party, Terms(draw, at)),
                12 or 13 => market.Submit(new CancelBookOrder(Traded, by, draw.Quantity) { At = at, By = by }),
                14 => market.Submit(new ReduceBookOrder(Traded, by, draw.Quantity, draw.Detail) { At = at, By = by }),
                15 => market.Submit(new RedeemPacks(Traded, by, draw.Detail) { At = at, By = by }),
                16 => market.Submit(new AdvanceOrderBook(Traded) { At = at, By = by }),
                17 => draw.Detail switch
                {
                    0 => market.Submit(new Domain.Listing.SuspendListing(Traded, Hzdex, "核查") { At = at, By = by }),
                    1 or 2 => market.Submit(new Domain.Listing.ResumeListing(Traded, Hzdex) { At = at, By = by }),
                    3 => market.Submit(new DepositFunds(by, 500_000) { At = at, By = by }),
                    _ => market.Submit(new CallPhase(Traded, TradingPhase.Closed) { At = at, By = by }),
                },
                _ => market.Submit(new CallPhase(Traded, draw.Detail < 7 ? TradingPhase.Continuous : (TradingPhase)(draw.Detail % 5)) { At = at, By = by }),
            });
        }

        return market;
    }

    private static BookOrderTerms Terms(Draw draw, SimulatedTime at)
    {
        var side = draw.Kind % 2 == 0 ? BookSide.Buy : BookSide.Sell;
        var terms = Limit(side, draw.Quantity, 58 + draw.Price) with
        {
            Life = (BookOrderLife)(draw.Detail % 5),
            Until = draw.Detail % 5 == (int)BookOrderLife.GoodTillDate ? at.AddSeconds(draw.Price * 40) : null,
            SelfTrade = (SelfTradePolicy)(draw.Price % 4),
        };
        return draw.Kind switch
        {
            8 => Budget(draw.Price * 40) with { Life = (BookOrderLife)(3 + (draw.Detail % 2)), Until = null },
            9 when draw.Party == 0 => Posted(draw.Quantity, 58 + draw.Price),
            9 => terms with { Kind = BookOrderKind.Market, PriceFen = 0 },
            10 => terms with { Kind = BookOrderKind.StopLimit, StopPriceFen = (60 + (draw.Quantity % 20)) * 100 },
            11 => terms with { Kind = BookOrderKind.Stop, PriceFen = 0, StopPriceFen = (60 + (draw.Quantity % 20)) * 100 },
            6 or 7 => terms with { DisplayQuantity = draw.Quantity / 2, PostOnly = draw.Detail > 8 },
            5 when draw.Party == 0 => terms with { Supply = PackSupply.Issue },
            _ => terms,
        };
    }

    // An ask that never met a bid, or packs redeemed, leave no trace elsewhere: that nobody takes them out, the log has to prove.
    private static bool IsAttested(Event fact) => fact switch
    {
        PacksTraded or BookOrderRefused or BookUncrossed or BookHalted or BookOrderTriggered => true,
        BookOrderEntered e => e.HeldFen > 0,
        BookOrderCancelled e => e.ReleasedFen > 0,
        BookOrderExpired e => e.ReleasedFen > 0,
        _ => false,
    };

    private static Event Alter(Event fact, int way) => (fact, way) switch
    {
        (BookOrderEntered { HeldFen: 0 }, _) => fact,
        (BookOrderEntered e, 2) => e with { Terms = e.Terms with { Quantity = e.Terms.Quantity + 1 } },
        (BookOrderEntered e, _) => e with { Number = e.Number + 50 },
        (PacksTraded e, 2) => e with { SellNumber = e.SellNumber + 1 },
        (PacksTraded e, _) => e with { Taker = e.Taker is null ? BookSide.Buy : null },
        (BookOrderRefused e, _) => e with { Reason = Rejection.NotOffered },
        (BookOrderCancelled e, 2) => e with { ReleasedFen = e.ReleasedFen + 1 },
        (BookOrderCancelled e, _) => e with { Quantity = e.Quantity + 1 },
        (BookOrderExpired e, _) => e with { Number = e.Number + 1 },
        (BookOrderReduced e, _) => e with { Quantity = e.Quantity + 1 },
        (BookOrderTriggered e, _) => e with { Number = e.Number + 1 },
        (BookUncrossed e, 2) => e with { PriceFen = e.PriceFen + 100 },
        (BookUncrossed e, _) => e with { Quantity = e.Quantity + 1 },
        (BookHalted e, _) => e with { Until = e.Until.AddSeconds(1) },
        (PacksRedeemed e, _) => e with { Quantity = e.Quantity + 1_000 },
        _ => fact,
    };
}
