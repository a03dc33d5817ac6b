using DataExchange.Discovery;
using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Domain.Pricing;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Trading;
using DataExchange.Exchange;
using DataExchange.Simulation.Calibration;
using DataExchange.Simulation.Scenarios;
using DataExchange.Simulation.Truth;

namespace DataExchange.Simulation.Tests.Agents;

/// <summary>Requirements in a simulated market of few products, with as many requirements as it takes for every end.</summary>
public sealed class RequirementTests(RequirementTests.Runs runs) : IClassFixture<RequirementTests.Runs>
{
    private const ulong Seed = 3;
    // A tenth of the products, and of the orders of other buyers as many as it takes to see that they are the same.
    private static readonly Scenario Small = Parameters.Scale(SmallRun.BuiltIn, 0.1) is var tenth
        ? tenth with { Demand = tenth.Demand with { Shelf = tenth.Demand.Shelf with { Orders = tenth.Demand.Shelf.Orders.With(1_500) } } }
        : SmallRun.BuiltIn;

    private static readonly Scenario Asked = With(700);
    private static readonly Scenario Without = With(0);

    private SmallRun Run => runs.Run;

    private GroundTruth Truth => runs.Truth;

    [Fact]
    public void Every_requirement_comes_to_an_end_of_its_own_and_every_end_occurs()
    {
        var posted = Run.All<RequirementPosted>().ToDictionary(e => e.Requirement);
        Assert.InRange(posted.Keys.Count(id => !id.Value.Contains('-', StringComparison.Ordinal)), 650, 700);
        var ends = Run.All<RequirementMet>().Select(e => e.Requirement).Concat(Run.All<RequirementLapsed>().Select(e => e.Requirement))
            .Concat(Run.All<RequirementWithdrawn>().Select(e => e.Requirement)).ToArray();
        Assert.Equal(ends.Length, ends.Distinct().Count());
        // What is open at the end is needed beyond it.
        Assert.All(posted.Values.Where(e => !ends.Contains(e.Requirement)), e => Assert.True(e.NeededUntil.Date >= Small.Until.AddDays(-1), $"{e}"));
        Assert.Equal(
            [LapseReason.NothingFitting, LapseReason.TooDear, LapseReason.NothingGoodEnough, LapseReason.NotTaken],
            Run.All<RequirementLapsed>().Select(e => e.Reason).Distinct().Order());
        Assert.NotEmpty(Run.All<RequirementWithdrawn>());
        Assert.All(Run.All<RequirementLapsed>(), e => Assert.True(e.At >= posted[e.Requirement].NeededUntil));
    }

    [Fact]
    public void What_meets_a_requirement_is_bought_by_who_posted_it_within_the_budget_and_truly_serves_the_need()
    {
        var posted = Run.All<RequirementPosted>().ToDictionary(e => e.Requirement);
        var granted = Run.All<LicenceGranted>().ToDictionary(e => e.Deal);
        var relevant = Truth.Requirements.ToDictionary(one => one.Requirement, one => one.Relevant);
        var answers = Run.All<RequirementAnswered>().ToDictionary(e => e.Requirement);
        Assert.True(Run.All<RequirementMet>().Count() > 20);
        Assert.All(Run.All<RequirementMet>(), met =>
        {
            var (ask, deal) = (posted[met.Requirement], granted[met.Deal]);
            Assert.Equal((ask.Buyer, met.Product, ask.Venue), (deal.Buyer, deal.Product, deal.Venue));
            Assert.True(deal.AmountFen <= ask.BudgetFen && (ask.Licence ?? deal.Licence) == deal.Licence);
            Assert.Contains(met.Product, relevant[met.Requirement]);
            Assert.Equal(met.Product, answers[met.Requirement].Ranking[met.Rank - 1].Product);
            // The first that serves it: the ones before do not, or were no longer to be had.
            Assert.All(answers[met.Requirement].Ranking.Take(met.Rank - 1), before =>
                Assert.True(!relevant[met.Requirement].Contains(before.Product) || Run.All<OrderRejected>().Any(e => e.Product == before.Product && e.Buyer == ask.Buyer)));
        });
        Assert.Equal(
            [TradeChannel.Shelf, TradeChannel.RegisteredContract], Run.All<RequirementMet>().Select(e => granted[e.Deal].Channel).Distinct().Order());
        // Nothing that runs out is sold to them.
        Assert.All(granted.Values.Where(e => e.Deal.Value[0] == 'Q'), e => Assert.True(e.Licence is not (LicenceKind.Exclusive or LicenceKind.Capped)));
    }

    [Fact]
    public void Relevance_follows_from_the_need_and_the_product_alone()
    {
        var products = Run.All<ProductRegistered>().ToDictionary(e => e.Product);
        var posted = Run.All<RequirementPosted>().ToDictionary(e => e.Requirement);
        Assert.Equal(Run.All<RequirementAnswered>().Select(e => e.Requirement), Truth.Requirements.Select(one => one.Requirement));
        Assert.All(Truth.Requirements, need => Assert.All(need.Relevant, product =>
        {
            var (is_, ask) = (products[product], posted[need.Requirement]);
            Assert.Equal((need.SubTrack, need.Category, ask.Form ?? is_.Form), (is_.SubTrack, is_.Category, is_.Form));
        }));
        // The wording is noisy: some name another sub-track or category than they need.
        Assert.Contains(Truth.Requirements, need => posted[need.Requirement].SubTrack != need.SubTrack);
        Assert.Contains(Truth.Requirements, need => posted[need.Requirement].Category != need.Category);
    }

    [Fact]
    public void The_ranking_finds_more_than_chance_and_less_than_all()
    {
        var relevant = Truth.Requirements.ToDictionary(one => one.Requirement, one => one.Relevant);
        var measure = new RetrievalMeasure();
        foreach (var answer in Run.All<RequirementAnswered>())
        {
            measure.Add(answer.Ranking.Select(ranked => relevant[answer.Requirement].Contains(ranked.Product)), relevant[answer.Requirement].Count);
        }

        Assert.True(measure.Queries > 40, $"{measure.Queries}");
        Assert.InRange(measure.RecallAt(10), 0.4, 0.99);
        Assert.InRange(measure.PrecisionAt(1), 0.4, 0.99);
        Assert.True(measure.ReciprocalRank >= measure.PrecisionAt(1));
    }

    [Fact]
    public void Some_that_lapsed_bring_a_product_in_the_words_of_the_requirement_near_it_and_below_the_budget()
    {
        var posted = Run.All<RequirementPosted>().ToDictionary(e => e.Requirement);
        var lapsed = Run.All<RequirementLapsed>().ToDictionary(e => e.Requirement);
        var registered = Run.All<ProductRegistered>().ToDictionary(e => e.Product);
        var homes = Run.All<PartyRegistered>().ToDictionary(e => e.Party, e => e.SubTrack);
        var graph = SmallRun.Source.Graph;
        var neighbours = graph.Neighbours();
        Assert.True(Truth.Signals.Count > 10);
        Assert.Equal(Truth.Signals.Count, Truth.Signals.Select(signal => signal.Product).Distinct().Count());
        var brought = Truth.Signals.Where(signal => registered.ContainsKey(signal.Product)).ToArray();
        Assert.NotEmpty(brought);
        Assert.All(brought, signal =>
        {
            var (product, ask) = (registered[signal.Product], posted[signal.Requirement]);
            Assert.True(product.At > lapsed[signal.Requirement].At);
            Assert.Equal((ask.SubTrack, ask.Category, ask.Form ?? product.Form), (product.SubTrack, product.Category, product.Form));
            var (there, home) = (graph.SubTrackNumber(product.SubTrack), graph.SubTrackNumber(homes[product.Provider]!));
            Assert.True(there == home || neighbours[there].Contains(home));
        });
        // Its first honest price is a tenth below the budget.
        Assert.Contains(Run.All<PriceSet>(), e => Truth.Signals.FirstOrDefault(signal => signal.Product == e.Product) is { } signal
            && e.Terms.RegularAmount().Fen <= posted[signal.Requirement].BudgetFen * 9 / 10);
        Assert.Contains(Run.All<ProductListed>(), e => e.Product.Value[0] == 'N');
        Assert.All(Run.All<ProductRegistered>().Where(e => e.Product.Value[0] == 'N'), e => Assert.Contains(Truth.Signals, signal => signal.Product == e.Product));
    }

    [Fact]
    public void What_lapsed_may_be_posted_again_for_the_same_need_and_a_product_brought_for_it_may_then_meet_it()
    {
        var needs = Truth.Requirements.ToDictionary(one => one.Requirement.Value);
        var posted = Run.All<RequirementPosted>().ToDictionary(e => e.Requirement.Value);
        var lapsed = Run.All<RequirementLapsed>().ToDictionary(e => e.Requirement.Value);
        var again = posted.Values.Where(e => e.Requirement.Value.EndsWith("-2", StringComparison.Ordinal)).ToArray();
        Assert.True(again.Length > 50);
        Assert.Contains(posted.Keys, id => id.EndsWith("-3", StringComparison.Ordinal));
        Assert.DoesNotContain(posted.Keys, id => id.EndsWith("-4", StringComparison.Ordinal));
        Assert.All(again, e =>
        {
            var first = e.Requirement.Value[..^2];
            Assert.True(e.At > lapsed[first].At);
            Assert.Equal((posted[first].Buyer, posted[first].Form, posted[first].BudgetFen, posted[first].LeastQuality), (e.Buyer, e.Form, e.BudgetFen, e.LeastQuality));
            if (needs.TryGetValue(first, out var before) && needs.TryGetValue(e.Requirement.Value, out var after))
            {
                Assert.Equal((before.SubTrack, before.Category), (after.SubTrack, after.Category));
            }
        });
        Assert.Contains(Run.All<RequirementMet>(), met => met.Product.Value[0] == 'N');
    }

    [Fact]
    public async Task Without_requirements_every_other_event_is_the_same()
    {
        var (without, truth) = await RunAsync(Without);
        Assert.Empty(without.All<RequirementPosted>());
        Assert.Empty(truth.Requirements);
        Assert.NotEmpty(Run.All<RequirementMet>());
        Assert.Equal(Elsewhere(without), Elsewhere(Run));
    }

    [Fact]
    public void Calibration_counts_what_requirements_add_as_fixed()
    {
        var listed = Run.All<ProductListed>().Select(e => e.Product).Distinct().Count();
        Assert.Equal(listed, Run.Measurement.Of(CalibrationMeasure.ProductsListed));
        Assert.Equal(Run.All<TransactionRegistered>().Count(), Run.Measurement.Of(CalibrationMeasure.TransactionsRegistered));
    }

    [Fact]
    public void Scale_multiplies_requirements_and_firms_and_leaves_some()
    {
        Assert.Equal((700, 120), Counts(Parameters.Scale(SmallRun.BuiltIn, 1)));
        Assert.Equal((14, 4), Counts(Parameters.Scale(SmallRun.BuiltIn, 0.02)));
        Assert.Equal(0, Parameters.Scale(Without, 3).Requirements.Posted.Whole);

        static (int, int) Counts(Scenario scenario) => (scenario.Requirements.Posted.Whole, scenario.Requirements.Firms.Whole);
    }

    private static Scenario With(int posted) => Small with { Requirements = Small.Requirements with { Posted = Small.Requirements.Posted.With(posted) } };

    private static async Task<(SmallRun Run, GroundTruth Truth)> RunAsync(Scenario scenario)
    {
        var run = new SmallRun();
        var truth = await SimulationRun.ExecuteAsync(scenario, SmallRun.Source, Seed, new InProcessExchange(run), null, TestContext.Current.CancellationToken);
        return (run, truth);
    }

    // Places in streams shift where a requirement's deal is told; the chain links all invoices, and what a provider is paid out has what it sold for
    // requirements in it.
    private static IEnumerable<string> Elsewhere(SmallRun run) => run.Events
        .Where(recorded => !IsOfARequirement(recorded.Data) && !IsOfARequirement(recorded.Stream))
        .Select(recorded => $"{recorded.Stream} {recorded.Data.GetType().Name} {System.Text.Json.JsonSerializer.Serialize(recorded.Data, recorded.Data.GetType())}");

    private static bool IsOfARequirement(string stream) =>
        stream.StartsWith("requirement/", StringComparison.Ordinal) || stream.StartsWith("chain/", StringComparison.Ordinal)
        || stream.StartsWith("payable/", StringComparison.Ordinal) || stream.Contains("/seeker-", StringComparison.Ordinal)
        || stream.Contains("/Q", StringComparison.Ordinal) || stream.Contains("/N", StringComparison.Ordinal);

    private static bool IsOfARequirement(Event e) => e switch
    {
        FingerprintClaimed x => x.Product.Value[0] == 'N',
        LicenceGranted x => x.Deal.Value[0] == 'Q',
        LicenceRevoked x => x.Deal.Value[0] == 'Q',
        OrderRejected x => x.Buyer.Value.StartsWith("seeker", StringComparison.Ordinal),
        _ => false,
    };

    /// <summary>One run for all that only reads it.</summary>
    public sealed class Runs : IAsyncLifetime
    {
        internal SmallRun Run { get; private set; } = new();

        internal GroundTruth Truth { get; private set; } = new();

        /// <inheritdoc />
        public async ValueTask InitializeAsync() => (Run, Truth) = await RunAsync(Asked);

        /// <inheritdoc />
        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
