using System.Globalization;
using DataExchange.Simulation.Scenarios;

namespace DataExchange.Scenarios;

/// <summary>What a schema cannot say: that the parts of a scenario go together.</summary>
internal static class ScenarioRules
{
    /// <summary>The problems, one line each; empty when there are none.</summary>
    public static IReadOnlyList<string> Check(Scenario scenario)
    {
        var problems = new List<string>();
        for (var i = 0; i < scenario.Venues.Count; i++)
        {
            CheckVenue(problems, scenario, scenario.Venues[i], $"venues.{i}");
        }

        if (scenario.Venues.Select(venue => venue.Id).Distinct().Count() != scenario.Venues.Count)
        {
            problems.Add("venues: two venues have the same id");
        }

        NotAllZero(problems, "venues.*.listingShare", scenario.Venues.Select(venue => venue.ListingShare));
        NotAllZero(problems, "venues.*.contractShare", scenario.Venues.Select(venue => venue.ContractShare));
        NotAllZero(problems, "supply.forms", scenario.Supply.Forms.Values);
        NotAllZero(problems, "supply.categories", scenario.Supply.Categories.Values);
        NotAllZero(problems, "supply.listingSeason", scenario.Supply.ListingSeason);
        NotAllZero(problems, "demand.season", scenario.Demand.Season);
        if (scenario.Pricing.AtOneThousand.Value + scenario.Pricing.AtFiveThousand.Value > 1)
        {
            problems.Add("pricing.atOneThousand + pricing.atFiveThousand: the sum must not be above 1");
        }

        if (scenario.Population.PublicDataOperators.Value > scenario.Population.Providers.Value - 5)
        {
            problems.Add("population.publicDataOperators: at most population.providers less 5");
        }

        CheckOrderBooks(problems, scenario);
        CheckSandbox(problems, scenario);
        CheckRequirements(problems, scenario);
        CheckAuctions(problems, scenario);
        ShockRules.Check(problems, scenario);
        AgentRules.Check(problems, scenario);
        var measures = scenario.Calibration.Targets.Select(target => target.Measure).ToArray();
        if (measures.Distinct().Count() != measures.Length)
        {
            problems.Add("calibration.targets: each measure at most once");
        }

        return problems;
    }

    private static void CheckVenue(List<string> problems, Scenario scenario, VenueSettings venue, string path)
    {
        if (venue.Opens >= scenario.Until)
        {
            problems.Add($"{path}.opens = {venue.Opens:yyyy-MM-dd}: must be before until = {scenario.Until:yyyy-MM-dd}");
            return;
        }

        for (var year = venue.Opens.Year; year <= scenario.Until.Year; year++)
        {
            var key = year.ToString(CultureInfo.InvariantCulture);
            if (!venue.ListingsByYear.ContainsKey(key) || !venue.DealsByYear.ContainsKey(key))
            {
                problems.Add($"{path}.listingsByYear and dealsByYear: the year {key} is missing");
            }
        }

        CheckFee(problems, venue.Fee, path + ".fee");
        NotAllZero(problems, $"{path}.listingsByYear", venue.ListingsByYear.Values);
        NotAllZero(problems, $"{path}.dealsByYear", venue.DealsByYear.Values);
    }

    private static void CheckFee(List<string> problems, FeeSettings fee, string path)
    {
        for (var i = 0; i < fee.Tiers.Count; i++)
        {
            var from = fee.Tiers[i].FromYuan.Value;
            if (i == 0 && from != 0)
            {
                problems.Add(string.Create(CultureInfo.InvariantCulture, $"{path}.tiers.0.fromYuan = {from}: the first tier begins at 0"));
            }
            else if (i > 0 && from <= fee.Tiers[i - 1].FromYuan.Value)
            {
                problems.Add(string.Create(
                    CultureInfo.InvariantCulture, $"{path}.tiers.{i}.fromYuan = {from}: must be above that of the tier before it, {fee.Tiers[i - 1].FromYuan.Value}"));
            }
        }

        if (fee.MostFen.Value > 0 && fee.LeastFen.Value > fee.MostFen.Value)
        {
            problems.Add(string.Create(
                CultureInfo.InvariantCulture, $"{path}.leastFen = {fee.LeastFen.Value}: at most {path}.mostFen = {fee.MostFen.Value}, unless that is 0 for none"));
        }
    }

    private static void CheckOrderBooks(List<string> problems, Scenario scenario)
    {
        var books = scenario.OrderBooks;
        if (scenario.Venues.FirstOrDefault(venue => venue.Id == books.Venue) is not { } keeper)
        {
            problems.Add($"orderBooks.venue = \"{books.Venue}\": must be one of {string.Join(", ", scenario.Venues.Select(venue => venue.Id))}");
        }
        else if (books.FirstDay < keeper.Opens || books.FirstDay > scenario.Until)
        {
            problems.Add(
                $"orderBooks.firstDay = {books.FirstDay:yyyy-MM-dd}: must be from the venue's first day, {keeper.Opens:yyyy-MM-dd}, to until = {scenario.Until:yyyy-MM-dd}");
        }

        if (books.PreOpenMinute.Value >= books.OpenMinute.Value || books.OpenMinute.Value >= books.CloseMinute.Value)
        {
            problems.Add("orderBooks.preOpenMinute, openMinute, closeMinute: each must be before the next");
        }

        if (books.Makers.PerBook.Value > books.Makers.Count.Value)
        {
            problems.Add("orderBooks.makers.perBook: at most orderBooks.makers.count");
        }

        NotAllZero(problems, "orderBooks.traders.orderKinds", books.Traders.OrderKinds.Values);
    }

    private static void CheckSandbox(List<string> problems, Scenario scenario)
    {
        var sandbox = scenario.Sandbox;
        if (scenario.Venues.FirstOrDefault(venue => venue.Id == sandbox.Venue) is not { } keeper)
        {
            problems.Add($"sandbox.venue = \"{sandbox.Venue}\": must be one of {string.Join(", ", scenario.Venues.Select(venue => venue.Id))}");
        }
        else if (sandbox.Opens < keeper.Opens || sandbox.Opens > scenario.Until)
        {
            problems.Add(
                $"sandbox.opens = {sandbox.Opens:yyyy-MM-dd}: must be from the venue's first day, {keeper.Opens:yyyy-MM-dd}, to until = {scenario.Until:yyyy-MM-dd}");
        }
    }

    private static void CheckRequirements(List<string> problems, Scenario scenario)
    {
        var (opens, first) = (scenario.Requirements.Opens, scenario.Venues.Min(venue => venue.Opens));
        if (opens < first || opens > scenario.Until)
        {
            problems.Add(
                $"requirements.opens = {opens:yyyy-MM-dd}: must be from the first venue's first day, {first:yyyy-MM-dd}, to until = {scenario.Until:yyyy-MM-dd}");
        }
    }

    private static void CheckAuctions(List<string> problems, Scenario scenario)
    {
        var auctions = scenario.Auctions;
        if (scenario.Venues.FirstOrDefault(venue => venue.Id == auctions.Venue) is not { } hall)
        {
            problems.Add($"auctions.venue = \"{auctions.Venue}\": must be one of {string.Join(", ", scenario.Venues.Select(venue => venue.Id))}");
        }
        else if (auctions.Opens < hall.Opens || auctions.Opens > scenario.Until)
        {
            problems.Add(
                $"auctions.opens = {auctions.Opens:yyyy-MM-dd}: must be from the venue's first day, {hall.Opens:yyyy-MM-dd}, to until = {scenario.Until:yyyy-MM-dd}");
        }
    }

    private static void NotAllZero(List<string> problems, string path, IEnumerable<Figure> figures)
    {
        if (figures.All(figure => figure.Value == 0))
        {
            problems.Add($"{path}: at least one must be above 0");
        }
    }
}
