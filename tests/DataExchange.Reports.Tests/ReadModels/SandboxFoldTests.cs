using CsCheck;
using DataExchange.Domain;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Trading;
using DataExchange.Reports.ReadModels;
using DataExchange.Reports.Tests.Market;

namespace DataExchange.Reports.Tests.ReadModels;

public sealed class SandboxFoldTests
{
    [Fact]
    public void The_fold_agrees_with_a_plain_recomputation_over_markets_of_any_size() =>
        Gen.Select(Gen.Int[0, 1_000_000], Gen.Int[0, 40], Gen.Int[1, 12], Gen.Int[0, 60]).Sample(
            (seed, products, buyers, orders) =>
            {
                Event[] events = [.. SmallMarket.Run(seed, products, buyers, orders).Select(recorded => recorded.Data)];
                Check(events, new BulkFold(SmallMarket.Run(seed, products, buyers, orders)).Models.Sandbox);
            }, iter: 25, threads: 1);

    [Fact]
    public void The_small_market_has_trials_of_every_kind()
    {
        var trials = Enumerable.Range(1, 12).SelectMany(seed => new BulkFold(SmallMarket.Run(seed, 60, 10, 100)).Models.Sandbox).ToArray();
        Assert.Empty(Enum.GetValues<SandboxEnd>().Except([SandboxEnd.Expired]).Except(trials.Where(trial => trial.End is not null).Select(trial => trial.End!.Value)));
        Assert.Contains(trials, trial => trial.Extensions > 0);
        Assert.Contains(trials, trial => trial.Deals.Any(deal => deal.RegisteredAt is not null));
        Assert.Contains(trials, trial => trial.Refused.ContainsKey(Rejection.BuyerNotInSandbox));
        Assert.Contains(trials, trial => trial.Refused.ContainsKey(Rejection.SandboxAmountReached));
        Assert.Contains(trials, trial => trial.Refused.ContainsKey(Rejection.SandboxBuyersReached));
        Assert.All(trials, trial => Assert.True(trial.GrantedFen() <= trial.MostAmountFen && trial.Buyers() <= trial.MostBuyers, trial.Id));
    }

    [Fact]
    public void A_trial_at_an_earlier_moment_is_the_fold_of_what_had_happened_by_then()
    {
        Event[] events = [.. SmallMarket.Run(3, 60, 10, 100).Select(recorded => recorded.Data)];
        var trial = new BulkFold(SmallMarket.Run(3, 60, 10, 100)).Models.Sandbox.First(trial => trial.Deals.Count > 1);
        var second = SimulatedTime.Parse(trial.Deals[1].GrantedAt.ToString("yyyy-MM-dd'T'HH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture));
        Assert.Single(SandboxHistory.Of(new(trial.Id), events.Where(e => e.At < second))!.Deals);
        Assert.Null(SandboxHistory.Of(new(trial.Id), []));
    }

    private static void Check(Event[] events, IReadOnlyList<SandboxProduct> trials)
    {
        Assert.Equal(events.OfType<SandboxAdmitted>().Select(e => e.Product.Value).Order(StringComparer.Ordinal), trials.Select(trial => trial.Id));
        foreach (var trial in trials)
        {
            var admitted = events.OfType<SandboxAdmitted>().Single(e => e.Product.Value == trial.Id);
            var ended = events.OfType<SandboxEnded>().SingleOrDefault(e => e.Product.Value == trial.Id);
            var extended = events.OfType<SandboxExtended>().Where(e => e.Product.Value == trial.Id).ToList();
            var granted = events.OfType<LicenceGranted>().Where(e => e.Product.Value == trial.Id && e.InSandbox == true).ToList();
            var conditions = extended.Count > 0 ? extended[^1].Conditions : admitted.Conditions;
            Assert.Equal((admitted.Venue.Value, admitted.Provider.Value, admitted.Lacks), (trial.Venue, trial.Provider, trial.Lacks));
            Assert.Equal(
                (conditions.MostBuyers, conditions.MostAmountFen, conditions.Until.ToString(), extended.Count),
                (trial.MostBuyers, trial.MostAmountFen, Iso(trial.Until), trial.Extensions));
            Assert.Equal((ended?.End, ended?.At.ToString()), (trial.End, trial.EndedAt is { } at ? Iso(at) : null));
            Assert.Equal(granted.Select(e => (e.Deal.Value, e.Buyer.Value, e.AmountFen)), trial.Deals.Select(deal => (deal.Deal, deal.Buyer, deal.AmountFen)));
            Assert.Equal(granted.Select(e => e.Buyer).Distinct().Count(), trial.Buyers());
            Assert.Equal(
                events.OfType<TransactionRegistered>().Where(e => granted.Exists(grant => grant.Deal == e.Deal)).Sum(e => e.AmountFen), trial.RegisteredFen());
            Assert.Equal(
                events.OfType<LicenceRevoked>().Count(e => granted.Exists(grant => grant.Deal == e.Deal)), trial.Deals.Count(deal => deal.WasTakenBack));
            var (from, to) = (Array.IndexOf(events, admitted), ended is null ? events.Length : Array.IndexOf(events, ended));
            Assert.Equal(
                events.Select((e, place) => (Rejected: e as OrderRejected, place))
                    .Where(one => one.Rejected is { } e && e.Product.Value == trial.Id && one.place > from && (one.place < to || e.Reason == Rejection.SandboxOver))
                    .CountBy(one => one.Rejected!.Reason).OrderBy(count => count.Key),
                trial.Refused);
        }
    }

    private static string Iso(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture);
}
