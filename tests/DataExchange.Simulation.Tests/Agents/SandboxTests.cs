using DataExchange.Domain;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Trading;
using DataExchange.Simulation.Calibration;
using DataExchange.Simulation.Scenarios;

namespace DataExchange.Simulation.Tests.Agents;

/// <summary>The reform sandbox in a simulated market of few products, with as many trials as there are in the whole one.</summary>
public sealed class SandboxTests
{
    private static readonly Scenario Small = Parameters.Scale(SmallRun.BuiltIn, 0.05);
    private static readonly Scenario Tried = With(40, 46);
    private static readonly Scenario Without = With(0, 46);

    [Fact]
    public async Task Trials_keep_their_conditions_and_end_in_every_way()
    {
        var run = await SmallRun.SharedAsync(Tried, 3);
        var admitted = run.All<SandboxAdmitted>().ToArray();
        Assert.InRange(admitted.Length, 20, 40);
        Assert.All(admitted, trial =>
        {
            Assert.True(trial.At.Date >= Small.Sandbox.Opens && trial.Venue.Value == Small.Sandbox.Venue);
            var last = run.All<SandboxExtended>().LastOrDefault(e => e.Product == trial.Product)?.Conditions ?? trial.Conditions;
            var granted = run.All<LicenceGranted>().Where(e => e.Product == trial.Product && e.InSandbox == true).ToArray();
            Assert.True(granted.Select(e => e.Buyer).Distinct().Count() <= last.MostBuyers);
            Assert.True(granted.Sum(e => e.AmountFen) <= last.MostAmountFen);
            Assert.All(granted, e => Assert.True(e.At < last.Until && last.Admit(e.Buyer)));
        });
        Assert.Equal(admitted.Length, run.All<TrialOpened>().Count());
        Assert.Contains(run.All<SandboxEnded>(), ended => ended.End == SandboxEnd.Graduated);
        Assert.Contains(run.All<SandboxEnded>(), ended => ended.End == SandboxEnd.Expired);
        Assert.Contains(run.All<SandboxEnded>(), ended => ended.End == SandboxEnd.VenueOrder);
        Assert.NotEmpty(run.All<SandboxExtended>());
        Assert.Equal(
            [TradeChannel.Shelf, TradeChannel.RegisteredContract, TradeChannel.FiledContract],
            run.All<LicenceGranted>().Where(e => e.InSandbox == true).Select(e => e.Channel).Distinct().Order());
        var reasons = run.All<OrderRejected>().Where(e => e.Buyer.Value.StartsWith("pilot", StringComparison.Ordinal)).Select(e => e.Reason).ToHashSet();
        Assert.Superset(
            new HashSet<Rejection> { Rejection.SandboxOver, Rejection.BuyerNotInSandbox, Rejection.SandboxBuyersReached, Rejection.SandboxAmountReached }, reasons);
    }

    [Fact]
    public async Task Pilot_firms_buy_on_trial_alone_and_nobody_else_does()
    {
        var run = await SmallRun.SharedAsync(Tried, 3);
        Assert.All(run.All<LicenceGranted>(), e => Assert.Equal(e.Buyer.Value.StartsWith("pilot", StringComparison.Ordinal), e.InSandbox == true));
    }

    [Fact]
    public async Task Without_a_sandbox_every_other_event_is_the_same()
    {
        var (with, without) = (await SmallRun.SharedAsync(Tried, 3), await SmallRun.OfAsync(Without, 3));
        Assert.NotEmpty(with.All<SandboxAdmitted>());
        Assert.Empty(without.All<SandboxAdmitted>());
        Assert.Equal(Elsewhere(without), Elsewhere(with));
    }

    [Fact]
    public async Task Versions_follow_each_other_and_what_is_sold_is_the_one_in_force()
    {
        var revised = Small with { Review = Small.Review with { RevisedPerYear = Small.Review.RevisedPerYear.With(2), Duplicates = Small.Review.Duplicates.With(0.2) } };
        var run = await SmallRun.OfAsync(revised, 4);
        Assert.All(run.All<ProductRevised>().GroupBy(e => e.Product), versions =>
            Assert.Equal(Enumerable.Range(2, versions.Count()), versions.Select(e => e.Version)));
        Assert.Contains(run.All<RevisionRefused>(), e => e.Reason == Rejection.DuplicateOfEarlierRegistration);
        var inForce = new Dictionary<ProductId, int>();
        foreach (var e in run.Events.Select(recorded => recorded.Data))
        {
            if (e is ProductRevised change)
            {
                inForce[change.Product] = change.Version;
            }
            else if (e is LicenceGranted sold)
            {
                Assert.Equal(inForce.GetValueOrDefault(sold.Product, 1), sold.ProductVersion ?? 1);
            }
        }

        Assert.Contains(run.All<ContractAgreed>(), e => e.ProductVersion > 1);
    }

    [Fact]
    public void Scale_multiplies_trials_and_pilot_firms_and_leaves_some()
    {
        Assert.Equal((44, 46), Counts(Parameters.Scale(SmallRun.BuiltIn, 1)));
        Assert.Equal((4, 6), Counts(Parameters.Scale(SmallRun.BuiltIn, 0.02)));
        Assert.Equal(0, Parameters.Scale(Without, 3).Sandbox.Products.Whole);

        static (int, int) Counts(Scenario scenario) => (scenario.Sandbox.Products.Whole, scenario.Sandbox.PilotFirms.Whole);
    }

    private static Scenario With(int products, int firms) => Small with
    {
        Sandbox = Small.Sandbox with { Products = Small.Sandbox.Products.With(products), PilotFirms = Small.Sandbox.PilotFirms.With(firms) },
    };

    // Places in streams shift where a trial is told; the chain links all invoices.
    // What a provider is paid out has what it sold on trial in it.
    private static IEnumerable<string> Elsewhere(SmallRun run) => run.Events
        .Where(recorded => !IsOfTheSandbox(recorded.Data) && !recorded.Stream.Contains("-S", StringComparison.Ordinal)
            && !recorded.Stream.Contains("pilot-", StringComparison.Ordinal) && !recorded.Stream.StartsWith("chain/", StringComparison.Ordinal)
            && !recorded.Stream.StartsWith("payable/", StringComparison.Ordinal))
        .Select(recorded => $"{recorded.Stream} {recorded.Data.GetType().Name} {System.Text.Json.JsonSerializer.Serialize(recorded.Data, recorded.Data.GetType())}");

    private static bool IsOfTheSandbox(Event e) => e switch
    {
        SandboxAdmitted or SandboxExtended or SandboxEnded or TrialOpened or TrialExtended or TrialClosed => true,
        LicenceGranted x => x.InSandbox == true,
        LicenceRevoked x => x.Deal.Value.Contains("-S", StringComparison.Ordinal),
        OrderRejected x => x.Buyer.Value.StartsWith("pilot", StringComparison.Ordinal),
        _ => false,
    };
}
