using DataExchange.Domain;
using DataExchange.Reports.ReadModels;

namespace DataExchange.Reports.Figures;

/// <summary>Somebody looked at a product for sale and knew what it would be worth to him, as the simulation knows and no event says.</summary>
/// <param name="Channel">How it would have been bought.</param>
/// <param name="Product">The product.</param>
/// <param name="Category">Its category.</param>
/// <param name="Copies">How many copies may be sold in all; null where a further one takes none away.</param>
/// <param name="Deal">The deal that was asked for; null where he left without asking.</param>
/// <param name="ValueFen">What it is worth to him, fen.</param>
/// <param name="PriceFen">What was asked for it, fen.</param>
/// <param name="Refusal">Why the order was refused; null where it was not.</param>
public sealed record ValuedOpportunity(
    TradeChannel Channel, string Product, string Category, int? Copies, string? Deal, long ValueFen, long PriceFen, Rejection? Refusal)
{
    /// <summary>Whether the rules allowed the sale: nobody counts it as lost that who is not admitted, or comes to what is not for sale, does not get it.</summary>
    public bool IsLawful => Refusal is null or Rejection.CapReached or Rejection.ExclusiveLicenceSold or Rejection.InsufficientFunds;
}

/// <summary>What trade was worth, to whom. Amounts are fen.</summary>
/// <param name="Channel">The channel; null for all.</param>
/// <param name="Category">The category; null for all.</param>
/// <param name="Opportunities">Lawful ones.</param>
/// <param name="Bought">Of them, those whose deal was registered.</param>
/// <param name="PotentialFen">Value of them all, of limited copies to those who value them most: what somebody who knows all values could reach, as a further copy costs nothing.</param>
/// <param name="RealisedFen">Value of what was bought, less the part that went back.</param>
/// <param name="PaidFen">What buyers paid, less what they got back.</param>
/// <param name="ProvidersFen">Of that: providers' and contributors' proceeds.</param>
/// <param name="VenuesFen">Of that: the venues' fees.</param>
/// <param name="TaxFen">Of that: value-added tax.</param>
public sealed record Welfare(
    TradeChannel? Channel, string? Category, int Opportunities, int Bought, long PotentialFen, long RealisedFen, long PaidFen, long ProvidersFen, long VenuesFen, long TaxFen)
{
    /// <summary>Buyers' surplus: value less what was paid.</summary>
    public long BuyersFen => RealisedFen - PaidFen;

    /// <summary>What is paid and not yet shared out.</summary>
    public long InEscrowFen => PaidFen - ProvidersFen - VenuesFen - TaxFen;

    /// <summary>Allocative efficiency: realised over potential, 0 to 1; null where nothing was possible.</summary>
    public double? Efficiency => PotentialFen == 0 ? null : (double)RealisedFen / PotentialFen;

    /// <summary>Value that was lost.</summary>
    public long LostFen => PotentialFen - RealisedFen;
}

/// <summary>Welfare of the whole market, by channel and by category.</summary>
/// <param name="Rows">The whole market first, then channels in their order, then categories by potential, the largest first.</param>
public sealed record WelfareFigures(IReadOnlyList<Welfare> Rows);

/// <summary>Adds up welfare from opportunities and the deals that came of them.</summary>
public sealed class WelfareBuilder
{
    private readonly IReadOnlyList<ValuedOpportunity> _opportunities;
    private readonly Dictionary<string, Outcome> _outcomes = new(StringComparer.Ordinal);

    /// <summary>Begins with all opportunities of a run.</summary>
    /// <param name="opportunities">Each look at a product.</param>
    public WelfareBuilder(IReadOnlyList<ValuedOpportunity> opportunities)
    {
        ArgumentNullException.ThrowIfNull(opportunities);
        _opportunities = opportunities;
        foreach (var opportunity in opportunities)
        {
            if (opportunity.Deal is { } deal)
            {
                _outcomes[deal] = default;
            }
        }
    }

    /// <summary>Takes what came of a deal; deals without an opportunity do not count.</summary>
    public void Add(DealEntry deal)
    {
        ArgumentNullException.ThrowIfNull(deal);
        if (deal.RegisteredAt is not null && _outcomes.ContainsKey(deal.Id))
        {
            _outcomes[deal.Id] = new(
                deal.AmountFen, deal.RefundFen + deal.ChargedBackFen, deal.ProviderShareFen + deal.ContributorShares.Sum(share => share.AmountFen), deal.FeeFen, deal.VatFen);
        }
    }

    /// <summary>All figures; null where there are no opportunities.</summary>
    public WelfareFigures? Complete()
    {
        if (_opportunities.Count == 0)
        {
            return null;
        }

        var best = BestOfLimited();
        var lawful = _opportunities.Where(opportunity => opportunity.IsLawful).ToList();
        var categories = lawful.GroupBy(opportunity => opportunity.Category, StringComparer.Ordinal).Select(group => Sum(null, group.Key, group, best));
        return new(
        [
            Sum(null, null, lawful, best),
            .. lawful.GroupBy(opportunity => opportunity.Channel).OrderBy(group => group.Key).Select(group => Sum(group.Key, null, group, best)),
            .. categories.OrderByDescending(row => row.PotentialFen).ThenBy(row => row.Category, StringComparer.Ordinal),
        ]);
    }

    // Of equal values the earlier one gets the copy, as it must be somebody.
    private HashSet<ValuedOpportunity> BestOfLimited()
    {
        var best = new HashSet<ValuedOpportunity>(ReferenceEqualityComparer.Instance);
        foreach (var product in _opportunities.Where(one => one is { IsLawful: true, Copies: not null }).GroupBy(one => one.Product, StringComparer.Ordinal))
        {
            best.UnionWith(product.OrderByDescending(one => one.ValueFen).Take(product.Max(one => one.Copies!.Value)));
        }

        return best;
    }

    private Welfare Sum(TradeChannel? channel, string? category, IEnumerable<ValuedOpportunity> opportunities, HashSet<ValuedOpportunity> best)
    {
        var sum = new Welfare(channel, category, 0, 0, 0, 0, 0, 0, 0, 0);
        foreach (var one in opportunities)
        {
            var outcome = one.Deal is { } deal ? _outcomes[deal] : default;
            var kept = outcome.AmountFen - outcome.ReturnedFen;
            sum = sum with
            {
                Opportunities = sum.Opportunities + 1,
                Bought = sum.Bought + (outcome.AmountFen > 0 ? 1 : 0),
                PotentialFen = checked(sum.PotentialFen + (one.Copies is null || best.Contains(one) ? one.ValueFen : 0)),
                // Whoever got a part of the price back had only the rest of the value.
                RealisedFen = checked(sum.RealisedFen + (outcome.AmountFen == 0 ? 0 : (long)((Int128)one.ValueFen * kept / outcome.AmountFen))),
                PaidFen = checked(sum.PaidFen + kept),
                ProvidersFen = checked(sum.ProvidersFen + outcome.ProvidersFen),
                VenuesFen = checked(sum.VenuesFen + outcome.FeeFen),
                TaxFen = checked(sum.TaxFen + outcome.TaxFen),
            };
        }

        return sum;
    }

    private readonly record struct Outcome(long AmountFen, long ReturnedFen, long ProvidersFen, long FeeFen, long TaxFen);
}
