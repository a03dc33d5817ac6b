using DataExchange.Domain;
using DataExchange.Domain.Listing;

namespace DataExchange.Exchange.Verification;

/// <summary>What the streams say of requirements: who posted one, and by which deal it was met.</summary>
internal sealed class RequirementFacts
{
    private readonly Dictionary<string, PartyId> _buyers = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, (int Version, RequirementMet Met)> _met = new(StringComparer.Ordinal);

    internal void Take(int version, Event @event)
    {
        switch (@event)
        {
            case RequirementPosted e:
                _buyers[e.Requirement.Value] = e.Buyer;
                break;
            case RequirementMet e:
                _met[e.Requirement.Value] = (version, e);
                break;
        }
    }

    /// <summary>Compares what met a requirement with the licence that was granted for the deal.</summary>
    internal void Compare(MarketFacts facts, ProblemList problems)
    {
        foreach (var (requirement, (version, met)) in _met)
        {
            ref readonly var licence = ref facts.Deals[met.Deal].Licence;
            var buyer = _buyers.GetValueOrDefault(requirement);
            var problem = !licence.Exists ? $"{met.Deal} was granted no licence"
                : facts.Products[licence.Product] != met.Product.Value ? $"{met.Deal} is about {facts.Products[licence.Product]}, not {met.Product}"
                : facts.Parties[licence.Buyer] != buyer.Value ? $"{met.Deal} is of {facts.Parties[licence.Buyer]}; {buyer} posted the requirement"
                : null;
            if (problem is not null)
            {
                problems.Add(StreamId.Requirement(met.Requirement), version, AuditRule.RequirementDealDiffers, problem);
            }
        }
    }
}
