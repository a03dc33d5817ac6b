using System.Globalization;
using DataExchange.Domain;
using DataExchange.Domain.Rights;
using DataExchange.Simulation.Agents.Shocks;
using DataExchange.Simulation.Population;
using DataExchange.Simulation.Randomness;
using DataExchange.Simulation.Scenarios;

namespace DataExchange.Simulation.Agents;

/// <summary>What happens on certain days.</summary>
public sealed partial class PopulationBuilder
{
    // Far above the numbers of all other products: contents are told apart by it.
    private const int FirstEntrantIndex = 20_000_000;
    private int _entrantProducts;

    // First of all that is scheduled for a day, so that all of that day is under the new settings.
    private void ScheduleEras()
    {
        foreach (var era in _scenario.Eras)
        {
            _market.Kernel.Start(SimulatedTime.On(era.From), () =>
            {
                _market.Change(era.Settings);
                foreach (var venue in _venues)
                {
                    venue.Charge(_market.Scenario.Venues.Single(settings => settings.Id == venue.Settings.Id).Fee);
                }

                return ValueTask.CompletedTask;
            });
        }
    }

    private void AddShocks(List<PartyId> payees)
    {
        foreach (var shock in _scenario.Shocks.Where(shock => shock.At <= _scenario.Until))
        {
            switch (shock.Kind)
            {
                case ShockKind.Entrant:
                    AddEntrant(shock, payees);
                    break;
                case ShockKind.Breach:
                    _market.Kernel.Start(SimulatedTime.On(_market.Source.Calendar.AddWorkingDays(shock.At, 0), 9 * 3_600), new BreachWave(_market, shock).BreakAsync);
                    break;
            }
        }

        SetPaces();
    }

    private void SetPaces()
    {
        var supports = _scenario.Shocks.Where(shock => shock.Kind == ShockKind.Gazelle)
            .Select(shock => new GazelleSupport(_market, shock, _buyers, _appetites)).ToArray();
        var demand = DemandPath.OfShelf(_scenario);
        if (supports.Length == 0 && demand.Steps.Count == 0)
        {
            return;
        }

        foreach (var support in supports)
        {
            support.Schedule(_market);
        }

        var activity = ShelfCurve();
        foreach (var buyer in _buyers)
        {
            buyer.Pace = new VisitPace(activity, demand, [.. supports.Where(support => support.Boosts.ContainsKey(buyer)).Select(support => support.Boosts[buyer])]);
        }
    }

    private void AddEntrant(ShockSettings entrant, List<PartyId> payees)
    {
        var party = new PartyId("entrant-" + entrant.Id);
        var own = _market.StreamOf("entrant/" + entrant.Id);
        var name = _market.Source.Words.MakeProfessional(own, "data-merchant", _names);
        var provider = new ProviderAgent(_market, party, _assessors, new SeriesShelf(_market.Source.Words, _titles));
        var enrolment = SimulatedTime.On(_market.Source.Calendar.AddWorkingDays(entrant.At, 0), 9 * 3_600);
        Enrol(enrolment, party, new Label(name.Zh, name.En), PartyRole.Provider, null);
        _market.Kernel.Start(enrolment, () =>
        {
            payees.Add(party);
            return ValueTask.CompletedTask;
        });
        var draw = new ProductDraw(_market, SettingsOn(entrant.At), _venues);
        for (var i = 0; i < entrant.Products!.Whole; i++)
        {
            var number = ++_entrantProducts;
            var product = new ProductId(string.Create(CultureInfo.InvariantCulture, $"E{number:000000}"));
            var random = _market.StreamOf("product/" + product.Value);
            var plan = EntrantPlan(entrant, draw.Draw(FirstEntrantIndex + number, party, false, random, product), own);
            var day = entrant.At.AddDays((int)((long)entrant.Days!.Whole * i / entrant.Products.Whole));
            _market.Kernel.Start(_market.OfficeAt(random, day, 1), () => provider.BringAsync(plan, random));
        }
    }

    private ProductPlan EntrantPlan(ShockSettings entrant, ProductPlan drawn, RandomStream own)
    {
        var open = _venues.Where(venue => venue.Settings.Opens <= entrant.At).ToArray();
        var venues = entrant.Venue is { } id ? [.. open.Where(venue => venue.Settings.Id == id)] : drawn.Venues.Where(open.Contains).ToArray();
        var plan = drawn with
        {
            Venues = venues.Length > 0 ? venues : [open[0]],
            Fingerprint = ProductDraw.FingerprintOf(drawn.Index, ProductVersions.First),
            // A firm that is new has no series that it goes on with.
            IsBatch = false,
            Terms = PriceMenu.At(drawn.Terms, Math.Max(1, (long)Math.Round(drawn.Terms.MostUnitPriceFen * entrant.Price!.Value))),
        };
        return entrant.Category is { } category
            ? plan with { Category = category, SubTrack = own.Pick(_market.Source.Words.SubTracksNear(category)) }
            : plan;
    }

    // The settings of a day, scaled and solved like the market's own.
    private Scenario SettingsOn(DateOnly day) =>
        _scenario.Eras.Where(era => era.From <= day).Aggregate(_scenario, (settings, era) => PolicyChange.Apply(settings, era.Settings));
}
