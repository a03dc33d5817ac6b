using System.Text;
using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Simulation.Randomness;
using DataExchange.Simulation.Scenarios;

namespace DataExchange.Simulation.Agents.Requirements;

/// <summary>Draws what firms need, and the words in which they ask for it.</summary>
/// <param name="market">The surroundings.</param>
internal sealed class NeedDraw(Market market)
{
    private readonly ProductForm[] _forms = [.. market.Scenario.Supply.Forms.Keys.Order(StringComparer.Ordinal).Select(Enum.Parse<ProductForm>)];
    private readonly double[] _formShares = [.. market.Scenario.Supply.Forms.OrderBy(form => form.Key, StringComparer.Ordinal).Select(form => form.Value.Value)];
    private readonly string[] _categories = [.. market.Scenario.Supply.Categories.Keys.Order(StringComparer.Ordinal)];
    private readonly double[] _categoryShares =
        [.. market.Scenario.Supply.Categories.OrderBy(category => category.Key, StringComparer.Ordinal).Select(category => category.Value.Value)];

    private RequirementSettings Settings => market.Scenario.Requirements;

    /// <summary>Draws what a firm needs.</summary>
    /// <param name="firm">The firm.</param>
    /// <param name="day">When.</param>
    /// <param name="random">The requirement's own stream.</param>
    public LatentNeed Draw(BuyerAgent firm, DateOnly day, RandomStream random)
    {
        var words = market.Source.Words;
        var common = _categories[random.PickWeighted(_categoryShares)];
        var near = random.Pick(words.SubTracksNear(common));
        var along = random.Pick(market.Source.Graph.SuppliersOf(firm.SubTrack)).SubTrack;
        var ofChain = random.Pick(words.CategoriesNear(along));
        var (subTrack, category) = random.NextBoolean(Settings.CommonShare.Value) ? (near, common) : (along, ofChain);
        var form = _forms[random.PickWeighted(_formShares)];
        var usual = TermsDraw.Draw(random.Derive("terms"), market.Scenario.Pricing, form);
        var isLimited = usual.Licence is LicenceKind.Exclusive or LicenceKind.Capped;
        var factor = random.NextLogNormal(DeterministicMath.Log(Settings.BudgetMedian.Value), Settings.BudgetSigma.Value);
        // Whole hundreds of yuan.
        var budget = Math.Max(1, (long)Math.Round(usual.RegularAmount().Fen * factor / 10_000)) * 10_000;
        var namesForm = random.NextBoolean(Settings.FormShare.Value);
        var namesLicence = random.NextBoolean(Settings.LicenceShare.Value) && !isLimited;
        var namesQuality = random.NextBoolean(Settings.QualityShare.Value);
        var quality = 70 + random.NextInt32(21);
        var title = words.MakeTitle(random.Derive("title"), subTrack, category, form, -1, day);
        return new LatentNeed(
            subTrack, category, namesForm ? form : null, namesLicence ? usual.Licence : null, namesQuality ? quality : 0, Math.Min(budget, Money.MostFen / 10), title);
    }

    /// <summary>How a firm asks for what it needs: with characters left out, and perhaps under the wrong sub-track or category.</summary>
    public PostRequirement Word(RequirementId id, LatentNeed need, BuyerAgent firm, VenueId venue, SimulatedTime at, RandomStream random)
    {
        var text = new StringBuilder("求购");
        foreach (var character in need.Title.Zh)
        {
            text.Append(random.NextBoolean(Settings.LostCharacters.Value) ? "" : character);
        }

        text.Append("，用于").Append(random.Pick(market.Source.Words.Category(need.Category).UsePurposes).Zh);
        var subTrack = random.NextBoolean(Settings.WrongSubTrack.Value) ? firm.SubTrack : need.SubTrack;
        var other = _categories[random.NextInt32(_categories.Length)];
        var category = random.NextBoolean(Settings.WrongCategory.Value) ? other : need.Category;
        var days = Math.Max(15, (int)Math.Round(Settings.NeededDays.Value * (0.5 + random.NextDouble())));
        return new PostRequirement(
            id, venue, firm.Party, text.ToString(), market.Source.Graph.SubTracks[subTrack].Id, category, need.Form, need.Licence, need.LeastQuality,
            need.BudgetFen, SimulatedTime.On(at.Date.AddDays(days))) { At = at, By = firm.Party };
    }
}
