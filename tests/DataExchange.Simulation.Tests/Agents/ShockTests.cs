using System.Collections.Concurrent;
using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;
using DataExchange.Simulation.Agents;
using DataExchange.Simulation.Calibration;
using DataExchange.Simulation.Scenarios;

namespace DataExchange.Simulation.Tests.Agents;

/// <summary>What happens on certain days changes what comes after it, and nothing before.</summary>
public sealed class ShockTests
{
    private const ulong Seed = 11;
    private const double Scale = 0.03;
    private static readonly DateOnly Day = new(2024, 3, 4);
    private static readonly SimulatedTime Moment = SimulatedTime.On(Day);
    private static readonly Scenario Base = Parameters.Scale(SmallRun.BuiltIn, Scale);
    private static readonly ConcurrentDictionary<ShockSettings, Lazy<Task<SmallRun>>> Runs = new();
    private static readonly Lazy<Task<SmallRun>> Undisturbed = new(() => SmallRun.OfAsync(Base, Seed));

    public static TheoryData<ShockKind> Kinds => [.. Enum.GetValues<ShockKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Nothing_before_the_day_is_another_and_something_after_it_is(ShockKind kind)
    {
        var (before, after) = (await Undisturbed.Value, await WithAsync(Example(kind)));

        Assert.Equal(Until(before), Until(after));
        Assert.NotEqual(before.Lines.Skip(Until(before).Length), after.Lines.Skip(Until(after).Length));

        static string[] Until(SmallRun run) => [.. run.Lines.Take(run.Events.FindIndex(recorded => recorded.Data.At >= Moment))];
    }

    [Fact]
    public async Task A_policy_sets_what_is_decided_from_its_day_to_its_last()
    {
        var last = new DateOnly(2024, 8, 31);
        var run = await WithAsync(Example(ShockKind.Policy) with { Until = last });
        var registered = run.All<TransactionRegistered>().Where(e => e.Channel is TradeChannel.Shelf).ToLookup(e => e.At.Date >= Day && e.At.Date <= last);

        Assert.NotEmpty(registered[true]);
        Assert.All(registered[true], e => Assert.Equal(50, e.FeeBasisPoints));
        Assert.Contains(registered[false], e => e.At.Date > last);
        Assert.All(registered[false], e => Assert.Equal(250, e.FeeBasisPoints));
    }

    [Fact]
    public async Task Settings_that_products_are_drawn_by_count_for_what_is_brought_from_the_day_on()
    {
        var forms = SmallRun.BuiltIn.Supply.Forms.ToDictionary(form => form.Key, form => form.Value.With(form.Key == "Model" ? 1 : 0));
        var changed = SmallRun.BuiltIn with { Supply = SmallRun.BuiltIn.Supply with { Forms = forms } };
        var run = await SmallRun.OfAsync(Base with { Shocks = [Example(ShockKind.Policy)], Eras = [new(Day, changed)] }, Seed);
        var own = run.All<ProductRegistered>().Where(e => e.Product.Value[0] == 'P').ToLookup(e => e.At >= Moment);

        Assert.All(own[true], e => Assert.Equal(ProductForm.Model, e.Form));
        Assert.Contains(own[false], e => e.Form != ProductForm.Model);
    }

    [Fact]
    public async Task A_venue_that_is_out_takes_nothing_and_goes_on_afterwards()
    {
        var shock = Example(ShockKind.Outage);
        var run = await WithAsync(shock);
        var homes = run.All<ProductRegistered>().ToDictionary(e => e.Product, e => e.Venue.Value);
        // Auctions and requirements are not the venue's own; what is used, delivered or claimed of its deals is.
        var during = run.Events.Where(recorded => shock.IsOn(recorded.Data.At.Date)).Select(recorded => recorded.Data).ToArray();

        Assert.DoesNotContain(during.OfType<LicenceGranted>(), e => e.Venue.Value == shock.Venue && e.Channel != TradeChannel.Auction && !IsApart(e.Deal));
        Assert.DoesNotContain(during.OfType<ProductListed>(), e => e.Venue.Value == shock.Venue);
        Assert.DoesNotContain(during.OfType<RightsCertified>(), e => homes[e.Product] == shock.Venue);
        Assert.Contains(during.OfType<LicenceGranted>(), e => e.Venue.Value != shock.Venue);
        Assert.Contains(run.All<RightsCertified>(), e => homes[e.Product] == shock.Venue && e.At.Date == shock.Until!.Value.AddDays(1));

        static bool IsApart(DealId deal) => deal.Value[0] is 'B' or 'Q';
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0.5, 0.35, 0.65)]
    [InlineData(2, 1.7, 2.3)]
    public async Task Demand_is_so_many_times_what_it_was(double factor, double least, double most)
    {
        var run = await WithAsync(Example(ShockKind.Demand) with { Factor = Assumed(factor), Until = null });
        foreach (var channel in new[] { TradeChannel.Shelf, TradeChannel.RegisteredContract })
        {
            // A contract that was begun before the day is registered after it.
            var from = Day.AddDays(channel == TradeChannel.Shelf ? 1 : 60);
            var (now, then) = (Count(run, from, channel), Count(await Undisturbed.Value, from, channel));
            Assert.True(then > 20, $"{channel} {then}");
            Assert.InRange(now / (double)then, least, most + (factor > 0 && channel != TradeChannel.Shelf ? 0.6 : 0));
        }

        static int Count(SmallRun run, DateOnly from, TradeChannel channel) =>
            run.All<LicenceGranted>().Count(e => e.At.Date >= from && e.Channel == channel && e.InSandbox is null && e.Deal.Value[0] is not ('B' or 'Q'));
    }

    [Fact]
    public async Task An_entrant_brings_its_products_at_its_prices()
    {
        var shock = Example(ShockKind.Entrant);
        var (run, dear) = (await WithAsync(shock), await WithAsync(shock with { Price = Assumed(1) }));
        var brought = run.All<ProductRegistered>().Where(e => e.Provider.Value == "entrant-now").ToArray();

        Assert.Equal(shock.Products!.Whole, brought.Length);
        Assert.All(brought, e => Assert.True(e.Product.Value[0] == 'E' && e.Category == "health" && e.At >= Moment));
        Assert.Contains(run.All<ProductListed>(), e => e.Product.Value[0] == 'E');
        Assert.True(FirstPrices(run) < FirstPrices(dear) * 0.6m, $"{FirstPrices(run)} {FirstPrices(dear)}");

        static decimal FirstPrices(SmallRun run) => run.All<Domain.Pricing.PriceSet>().Where(e => e.Product.Value[0] == 'E').GroupBy(e => e.Product)
            .Average(group => (decimal)group.First().Terms.MostUnitPriceFen);
    }

    [Fact]
    public async Task After_a_breach_the_products_are_gone_others_follow_and_buyers_turn_away()
    {
        var shock = Example(ShockKind.Breach);
        var (before, after) = (await Undisturbed.Value, await WithAsync(shock));
        var revoked = after.All<CertificateRevoked>().Where(e => e.Ground.StartsWith("数据泄露", StringComparison.Ordinal)).ToArray();

        Assert.Equal(2, revoked.Length);
        Assert.All(revoked, e => Assert.Equal(Day, e.At.Date));
        var withdrawn = Delisted(after) - Delisted(before);
        Assert.True(withdrawn > 5, $"{withdrawn}");
        Assert.True(Sold(after) < Sold(before) * 0.7, $"{Sold(after)} {Sold(before)}");

        HashSet<ProductId> Of(SmallRun run) => [.. run.All<ProductRegistered>().Where(e => e.Category == shock.Category).Select(e => e.Product)];
        int Delisted(SmallRun run)
        {
            var products = Of(run);
            return run.All<ProductDelisted>().Count(e => products.Contains(e.Product) && e.Reason == DelistingReason.ProviderRequest && e.At >= Moment && e.At.Date <= Day.AddDays(32));
        }

        int Sold(SmallRun run)
        {
            var products = Of(run);
            return run.All<LicenceGranted>().Count(e => products.Contains(e.Product) && e.Channel == TradeChannel.Shelf && shock.IsOn(e.At.Date));
        }
    }

    [Fact]
    public async Task A_subsidy_is_paid_once_a_firm_at_first_purchases_and_never_above_its_budget()
    {
        var shock = Example(ShockKind.Subsidy);
        var run = await WithAsync(shock);
        var paid = run.All<FundsDeposited>().Where(e => e.By == Parties.Authority).ToArray();
        var budget = (long)Math.Round(shock.BudgetYuan!.Value * 100);

        Assert.NotEmpty(paid);
        Assert.Equal(paid.Length, paid.Select(e => e.Party).Distinct().Count());
        Assert.All(paid, e => Assert.InRange(e.AmountFen, 1, 100_000));
        Assert.InRange(paid.Sum(e => e.AmountFen), 1, budget);
        Assert.All(paid, e => Assert.DoesNotContain(run.All<LicenceGranted>(), granted => granted.Buyer == e.Party && granted.Channel == TradeChannel.Shelf && granted.At < e.At));
        // With hardly any money there are fewer payments.
        var poor = await WithAsync(shock with { BudgetYuan = Assumed(1_000) });
        Assert.InRange(poor.All<FundsDeposited>().Where(e => e.By == Parties.Authority).Sum(e => e.AmountFen), 1, 100_000);
    }

    [Theory]
    [InlineData(0.9, 0, Rejection.NotOffered)]
    [InlineData(0, 0.5, Rejection.BuyerNotAdmitted)]
    public async Task Nothing_is_paid_towards_what_will_be_refused(double staleOrders, double importantData, Rejection refusedFor)
    {
        var refusing = Base with
        {
            Demand = Base.Demand with { Shelf = Base.Demand.Shelf with { StaleOrders = Assumed(staleOrders) } },
            Supply = Base.Supply with { ImportantData = Assumed(importantData) },
            Shocks = [Example(ShockKind.Subsidy) with { BudgetYuan = Assumed(2_000_000) }],
        };
        var run = await SmallRun.OfAsync(refusing, Seed);
        var refusals = run.All<OrderRejected>().ToArray();
        var refused = refusals.Select(e => (e.Buyer, e.At)).ToHashSet();
        var paid = run.All<FundsDeposited>().Where(e => e.By == Parties.Authority).Select(e => (e.Party, e.At)).ToArray();

        Assert.True(refusals.Count(e => e.Reason == refusedFor) > 50, $"{refusals.Length}");
        Assert.NotEmpty(paid);
        Assert.DoesNotContain(paid, refused.Contains);
    }

    [Fact]
    public async Task All_of_the_support_for_gazelle_firms_is_paid_and_they_visit_more()
    {
        var shock = Example(ShockKind.Gazelle);
        var run = await WithAsync(shock);
        var paid = run.All<FundsDeposited>().Where(e => e.By == Parties.Authority).ToArray();

        Assert.Equal(shock.Recognitions!.Whole, paid.Length);
        Assert.Equal(123_456_789, paid.Sum(e => e.AmountFen));
        Assert.InRange(paid.Max(e => e.AmountFen) - paid.Min(e => e.AmountFen), 0, 1);
        var firms = paid.Select(e => e.Party).ToHashSet();
        Assert.True(Orders(run) > 1.5 * Orders(await Undisturbed.Value));

        int Orders(SmallRun of) => of.All<LicenceGranted>().Count(e => firms.Contains(e.Buyer) && e.Channel == TradeChannel.Shelf && e.At >= Moment);
    }

    [Fact]
    public async Task With_commissioners_fewer_applications_are_returned()
    {
        var (before, after) = (await Undisturbed.Value, await WithAsync(Example(ShockKind.Commissioner)));
        Assert.True(Returned(after) < Returned(before) * 0.4, $"{Returned(after)} {Returned(before)}");

        static int Returned(SmallRun run) => run.All<ComplianceReturned>().Count(e => e.At.Date >= Day.AddDays(60));
    }

    [Fact]
    public async Task Shocks_scale_with_the_market_and_the_calibration_leaves_them_out()
    {
        var shocked = SmallRun.BuiltIn with { Shocks = [Example(ShockKind.Gazelle) with { Recognitions = Assumed(2_448) }] };
        var half = Parameters.Scale(shocked, 0.5).Shocks[0];
        Assert.Equal((1_224, 617_283.945), (half.Recognitions!.Whole, half.BudgetYuan!.Value));

        var scaled = Parameters.Scale(shocked, 0.02);
        var solved = await Calibrator.SolveAsync(scaled, 0.02, async (trial, _) =>
        {
            Assert.Empty(trial.Shocks);
            return (await SmallRun.OfAsync(trial, Seed)).Measurement;
        }, TestContext.Current.CancellationToken);

        Assert.Same(scaled.Shocks, solved.Scenario.Shocks);
    }

    private static Figure Assumed(double value) => new(value, Provenance.Assumed);

    // Several tests look at one run.
    private static Task<SmallRun> WithAsync(ShockSettings shock) => Runs.GetOrAdd(shock, one => new(() => RunAsync(one))).Value;

    private static Task<SmallRun> RunAsync(ShockSettings shock)
    {
        // What a file's policy would set.
        FeeSettings Flat(FeeSettings fee) => fee with { Tiers = [fee.Tiers[0] with { BasisPoints = Assumed(50) }] };
        var changed = SmallRun.BuiltIn with { Venues = [.. SmallRun.BuiltIn.Venues.Select(venue => venue with { Fee = Flat(venue.Fee) })] };
        IReadOnlyList<SettingsEra> eras = shock.Kind != ShockKind.Policy ? []
            : shock.Until is { } last ? [new(Day, changed), new(last.AddDays(1), SmallRun.BuiltIn)]
            : [new(Day, changed)];
        return SmallRun.OfAsync(Base with { Shocks = [shock], Eras = eras }, Seed);
    }

    private static ShockSettings Example(ShockKind kind)
    {
        var shock = new ShockSettings { Id = "now", Kind = kind, At = Day };
        return kind switch
        {
            ShockKind.Outage => shock with { Venue = "hzdex", Until = new DateOnly(2024, 5, 31) },
            ShockKind.Demand => shock with { Factor = Assumed(0.5), Until = new DateOnly(2024, 12, 31) },
            ShockKind.Entrant => shock with { Products = Assumed(20), Days = Assumed(30), Price = Assumed(0.5), Category = "health" },
            ShockKind.Breach => shock with { Category = "industry", Products = Assumed(2), Share = Assumed(0.6), Days = Assumed(20), Factor = Assumed(0.1), Until = new DateOnly(2024, 12, 31) },
            ShockKind.Subsidy => shock with { Share = Assumed(0.5), MostYuan = Assumed(1_000), BudgetYuan = Assumed(20_000) },
            ShockKind.Gazelle => shock with { Until = new DateOnly(2024, 12, 31), Recognitions = Assumed(40), BudgetYuan = Assumed(1_234_567.89), Factor = Assumed(4) },
            ShockKind.Commissioner => shock with { Share = Assumed(1), Effect = Assumed(1) },
            _ => shock,
        };
    }
}
