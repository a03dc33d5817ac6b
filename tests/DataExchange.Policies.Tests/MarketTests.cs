using DataExchange.Domain;
using DataExchange.Domain.Trading;
using DataExchange.Testing;

namespace DataExchange.Policies.Tests;

/// <summary>The agreements of a whole simulated market, against what the market itself permitted and refused.</summary>
public sealed class MarketTests
{
    [Fact]
    public async Task Every_use_that_was_reported_was_permitted_and_every_use_that_was_refused_is_denied()
    {
        var market = await SimulatedMarket.GetAsync();
        var metered = market.Events.Select(recorded => recorded.Data).OfType<UsageReported>().Select(e => e.Deal).Distinct().ToHashSet();
        var (permitted, denied) = (0, 0);
        foreach (var deal in metered)
        {
            var standing = new DealStanding(deal);
            var others = Others(market, deal);
            foreach (var data in market.Stream(StreamId.Deal(deal)).Select(recorded => recorded.Data))
            {
                // A use is asked for before it is recorded.
                var asked = data switch
                {
                    UsageReported e => (Calls: e.Calls, Purpose: standing.Terms!.Purpose, Expected: Verdict.Permit),
                    UsageRefused e => (e.Calls, e.Purpose, Expected: Verdict.Deny),
                    _ => default,
                };
                if (asked.Calls > 0)
                {
                    var decision = Decide(others.Where(other => other.At <= data.At).Aggregate(standing, (state, other) => state.Evolve(other)), data.At, PolicyAction.Call, asked.Purpose, asked.Calls);
                    Assert.True(decision.Verdict == asked.Expected, $"{deal} at {data.At}: {decision.Reason}");
                    _ = asked.Expected == Verdict.Permit ? permitted++ : denied++;
                }

                standing = standing.Evolve(data);
            }
        }

        Assert.InRange(permitted, 500, int.MaxValue);
        Assert.InRange(denied, 1, int.MaxValue);
    }

    [Fact]
    public async Task A_deal_that_came_to_nothing_permits_nothing_and_says_why()
    {
        var market = await SimulatedMarket.GetAsync();
        var all = market.Events.Select(recorded => recorded.Data).ToArray();
        AssertEnd(all.OfType<DealCancelled>().Select(e => (e.Deal, e.At)), DecisionReason.DealTerminated);
        AssertEnd(all.OfType<DisputeUpheld>().Where(e => e.IsFull).Select(e => (e.Deal, e.At)), DecisionReason.DealRefunded);
        AssertEnd(all.OfType<ClaimUpheld>().Where(e => e.IsFull).Select(e => (e.Deal, e.At)), DecisionReason.DealChargedBack);

        void AssertEnd(IEnumerable<(DealId Deal, SimulatedTime At)> ended, DecisionReason reason)
        {
            Assert.NotEmpty(ended);
            foreach (var (deal, at) in ended)
            {
                Assert.Equal(reason, Use(market, deal, at.AddSeconds(1)).Reason);
                // A second before it was in force.
                Assert.NotEqual(reason, Use(market, deal, at.AddSeconds(-1)).Reason);
            }
        }
    }

    [Fact]
    public async Task A_completed_deal_permits_its_use_until_its_term_is_over_and_sale_only_where_it_was_agreed()
    {
        var market = await SimulatedMarket.GetAsync();
        var completed = market.Events.Select(recorded => recorded.Data).OfType<DealCompleted>().Select(e => Standing(market, e.Deal, e.At)).ToArray();
        var timed = completed.Where(standing => standing is { Terms.TermDays: > 0, Units: 0 }).Take(100).ToArray();
        Assert.NotEmpty(timed);
        foreach (var standing in timed)
        {
            var end = standing.AgreedAt!.Value.AddDays(standing.Terms!.TermDays);
            Assert.Equal(DecisionReason.Permitted, Decide(standing, end.AddSeconds(-1), "read", standing.Terms.Purpose, 1).Reason);
            Assert.Equal(DecisionReason.Expired, Decide(standing, end, "read", standing.Terms.Purpose, 1).Reason);
        }

        foreach (var standing in completed.Where(standing => standing.Terms is not null && standing.Units == 0).Take(200))
        {
            var expected = standing.Terms!.ResaleAllowed ? DecisionReason.Permitted : DecisionReason.Prohibited;
            Assert.Equal(expected, Decide(standing, standing.AgreedAt!.Value, "sell", standing.Terms.Purpose, 1).Reason);
            Assert.Equal(DecisionReason.Prohibited, Decide(standing, standing.AgreedAt.Value, "distribute", standing.Terms.Purpose, 1).Reason);
        }
    }

    [Fact]
    public async Task Packs_of_an_order_book_are_used_up_when_they_are_redeemed_or_sold_on()
    {
        var market = await SimulatedMarket.GetAsync();
        var redeemed = market.Events.Select(recorded => recorded.Data).OfType<PacksRedeemed>().First();
        var bought = market.Events.Select(recorded => recorded.Data).OfType<PacksTraded>().Last(e => e.Product == redeemed.Product && e.Buyer == redeemed.Party && e.At <= redeemed.At);
        var before = Standing(market, bought.Deal, bought.At);
        Assert.True(before.IsTrade);
        Assert.Equal(DecisionReason.Permitted, Decide(before, bought.At, PolicyAction.Call, null, bought.Units).Reason);
        Assert.Equal(DecisionReason.UsedUp, Decide(before, bought.At, PolicyAction.Call, null, bought.Units + 1L).Reason);
        Assert.Equal(DecisionReason.Permitted, Decide(before, bought.At, "sell", null, 1).Reason);

        // Whatever he redeemed or sold since, of no deal more is left than he still holds.
        var events = market.Stream(StreamId.Book(redeemed.Product)).Select(recorded => recorded.Data).ToArray();
        var held = events.Sum(data => data switch
        {
            PacksTraded e => (e.Buyer == redeemed.Party ? e.Quantity : 0) - (!e.IsIssue && e.Seller == redeemed.Party ? e.Quantity : 0),
            PacksRedeemed e when e.Party == redeemed.Party => -e.Quantity,
            _ => 0,
        });
        var now = Standing(market, bought.Deal, market.End);
        Assert.Equal(Math.Max(0, bought.Units - ((long)held * (bought.Units / bought.Quantity))), now.Used);
    }

    private static PolicyDecision Use(SimulatedMarket market, DealId deal, SimulatedTime at)
    {
        var standing = Standing(market, deal, at);
        return Decide(standing, at, standing.Units > 0 ? PolicyAction.Call : "read", standing.Terms?.Purpose, 1);
    }

    private static DealStanding Standing(SimulatedMarket market, DealId deal, SimulatedTime until)
    {
        var standing = market.Stream(StreamId.Deal(deal)).Select(recorded => recorded.Data).Where(data => data.At <= until).Aggregate(new DealStanding(deal), (state, data) => state.Evolve(data));
        return standing.FurtherStreams.SelectMany(market.Stream).Select(recorded => recorded.Data).Where(data => data.At <= until).Aggregate(standing, (state, data) => state.Evolve(data));
    }

    private static Event[] Others(SimulatedMarket market, DealId deal) =>
        [.. Standing(market, deal, market.End).FurtherStreams.SelectMany(market.Stream).Select(recorded => recorded.Data)];

    private static PolicyDecision Decide(DealStanding standing, SimulatedTime at, string action, string? purpose, long uses)
    {
        var agreement = MarketPolicies.AgreementOf(standing)!;
        return PolicyEvaluator.Evaluate(
            agreement,
            new UseRequest(action, Vocabulary.IriOf(Handle.OfProduct(standing.Product!.Value)), Vocabulary.IriOf(Handle.OfParty(standing.Buyer!.Value)), at, purpose, "CN-33", uses),
            MarketPolicies.StateOf(standing, agreement));
    }
}
