using DataExchange.Domain;
using DataExchange.Domain.Rights;
using DataExchange.Simulation.Kernel;
using DataExchange.Simulation.Randomness;
using DataExchange.Simulation.Scenarios;

namespace DataExchange.Simulation.Agents.Sandbox;

/// <summary>
/// The venue's desk for the reform sandbox: admits products that are still under review, loosens conditions, ends trials. Each trial has streams of
/// its own, and who buys on trial are pilot firms that buy nowhere else, so that a sandbox changes nothing in the rest of the market.
/// </summary>
/// <param name="market">The surroundings.</param>
/// <param name="venue">The venue.</param>
/// <param name="buyers">Buy on trial.</param>
public sealed class SandboxDesk(Market market, VenueAgent venue, PilotFirms buyers)
{
    private SandboxSettings Settings => market.Scenario.Sandbox;

    private EventKernel Kernel => market.Kernel;

    /// <summary>Has some of the venue's applications ask for the sandbox, some days after they went in.</summary>
    /// <param name="applications">What is applied for when.</param>
    public void Invite(IEnumerable<(ProductPlan Plan, SimulatedTime At)> applications)
    {
        // Each application draws its lot from a stream of its own: one more changes at most who is the last.
        var asked = applications
            .Where(application => application.Plan.Venues[0] == venue && application.At.Date >= Settings.Opens)
            .Select(application => (application.Plan, application.At, Random: market.StreamOf($"sandbox/{application.Plan.Product}")))
            .Select(application => (application.Plan, application.At, application.Random, Lot: application.Random.NextDouble()))
            .OrderBy(application => application.Lot).ThenBy(application => application.Plan.Index)
            .Take(Settings.Products.Whole);
        foreach (var (plan, at, random, _) in asked)
        {
            Kernel.Start(at, () => TryAsync(plan, random));
        }
    }

    private async ValueTask TryAsync(ProductPlan plan, RandomStream random)
    {
        await Kernel.Until(market.Office(random, 6 + random.NextInt32(10)));
        var most = Settings.MostBuyers.Whole;
        var mostBuyers = 1 + random.NextInt32((2 * most) - 1);
        var yuan = Math.Max(1, (long)Math.Round(Settings.MostAmountYuan.Value / 1_000 * random.NextLogNormal(0, 0.5)));
        var until = SimulatedTime.On(Kernel.Now.Date.AddDays(Days(random)));
        var named = random.NextBoolean(Settings.NamedShare.Value) ? buyers.Some(mostBuyers + random.NextInt32(3), random) : [];
        var conditions = new SandboxConditions(mostBuyers, yuan * 100_000, until, named);
        var outcome = await Kernel.SubmitAsync(new AdmitToSandbox(plan.Product, venue.Venue, TrialTerms(plan.Terms), plan.Contributors, conditions)
            { At = Kernel.Now, By = venue.Party }).ConfigureAwait(true);
        if (!outcome.Accepted)
        {
            return;
        }

        buyers.Expect((SandboxAdmitted)outcome.Events[0], plan, random.Derive("orders"));
        Kernel.Start(Kernel.Now, () => SuperviseAsync(plan, conditions, random.Derive("supervision")));
    }

    private async ValueTask SuperviseAsync(ProductPlan plan, SandboxConditions conditions, RandomStream random)
    {
        var days = conditions.Until.Date.DayNumber - Kernel.Now.Date.DayNumber;
        if (random.NextBoolean(Settings.EndedEarlyShare.Value))
        {
            await Kernel.Until(market.OfficeAt(random, Kernel.Now.Date.AddDays(1 + random.NextInt32(Math.Max(1, days - 1))), 0));
            await EndAsync(plan, "试点数据来源说明不充分").ConfigureAwait(true);
            return;
        }

        if (random.NextBoolean(Settings.ExtendedShare.Value))
        {
            await Kernel.Until(market.OfficeAt(random, Kernel.Now.Date.AddDays(Math.Max(1, days / 2)), 0));
            var looser = conditions with
            {
                MostBuyers = conditions.MostBuyers + 1 + random.NextInt32(3),
                MostAmountFen = conditions.MostAmountFen * 2,
                Until = conditions.Until.AddDays(Days(random) / 2),
            };
            var outcome = await Kernel.SubmitAsync(new ExtendSandbox(plan.Product, looser) { At = Kernel.Now, By = venue.Party }).ConfigureAwait(true);
            conditions = outcome.Accepted ? looser : conditions;
        }

        await Kernel.Until(conditions.Until);
        await EndAsync(plan, "").ConfigureAwait(true);
    }

    private ValueTask<Outcome> EndAsync(ProductPlan plan, string ground) =>
        Kernel.SubmitAsync(new EndSandbox(plan.Product, ground) { At = Kernel.Now, By = venue.Party });

    private int Days(RandomStream random) => Math.Max(2, (int)Math.Round(Settings.Days.Value * (0.4 + (1.2 * random.NextDouble()))));

    // On trial it is cheaper (A89), not limited in copies, and not sold on.
    private static LicenceTerms TrialTerms(LicenceTerms terms)
    {
        var price = terms.Licence switch
        {
            LicenceKind.Exclusive => terms.UnitPriceFen / 40,
            LicenceKind.Capped => terms.UnitPriceFen / 4,
            _ => terms.MostUnitPriceFen / 2,
        };
        var licence = terms.Licence is LicenceKind.Exclusive or LicenceKind.Capped ? LicenceKind.OpenEnded : terms.Licence;
        return terms with { Licence = licence, UnitPriceFen = Math.Max(1, price), Copies = null, ResaleAllowed = false, Steps = null, Promotion = null, Revenue = null, Tiers = null, MinimumFen = null, Degraded = null };
    }
}
