using System.Globalization;
using DataExchange.Domain;

namespace DataExchange.Policies;

/// <summary>The policies of this market: what is offered as an offer, what was agreed as an agreement. Rules and their reasons: docs/policies.md.</summary>
public static class MarketPolicies
{
    // A month of a subscription, as deals count it.
    private const int DaysOfMonth = 30;

    /// <summary>What a product's provider offers: one licence, pack or month.</summary>
    /// <param name="product">The product.</param>
    /// <param name="provider">Who offers.</param>
    /// <param name="priceVersion">Version of the price; with it the policy's IRI is the one that catalogues name.</param>
    /// <param name="terms">The licence terms.</param>
    /// <param name="securityClass">How sensitive the data are; who buys must be admitted for them.</param>
    public static Policy OfferOf(ProductId product, PartyId provider, int priceVersion, LicenceTerms terms, SecurityClass securityClass)
    {
        ArgumentNullException.ThrowIfNull(terms);
        var handle = Handle.OfProduct(product);
        List<Constraint> constraints = [];
        if (securityClass > SecurityClass.General)
        {
            constraints.Add(new Constraint(LeftOperand.AdmittedFor, ConstraintOperator.Gteq, securityClass.ToString()));
        }

        if (terms.Licence == LicenceKind.CallPack)
        {
            constraints.Add(new Constraint(LeftOperand.Count, ConstraintOperator.Lteq, Text(terms.UnitsPerPack)));
        }

        if (terms.Licence == LicenceKind.Subscription)
        {
            constraints.Add(new Constraint(LeftOperand.ElapsedTime, ConstraintOperator.Lteq, Text(DaysOfMonth)));
        }

        if (terms.Licence is LicenceKind.Capped or LicenceKind.Exclusive)
        {
            constraints.Add(new Constraint(LeftOperand.LicencesIssued, ConstraintOperator.Lteq, Text(terms.Copies ?? 1)));
        }

        // What is agreed in each contract has no price yet: the posted figure is indicative. Where revenue is shared nobody knows yet what it comes to.
        long? price = terms.Unit == PriceUnit.Negotiated || terms.Revenue is not null ? null : terms.RegularAmount().Fen;
        return Of(
            PolicyKind.Offer, $"{Vocabulary.IriOf(handle)}#offer.{Text(priceVersion)}", Vocabulary.IriOf(handle), provider, null,
            terms.Licence == LicenceKind.CallPack ? PolicyAction.Call : PolicyAction.Use, constraints, price, terms.ResaleAllowed);
    }

    /// <summary>What was agreed in a deal.</summary>
    /// <param name="standing">Where the deal stands.</param>
    /// <returns>The agreement; null when nothing was agreed.</returns>
    public static Policy? AgreementOf(DealStanding standing)
    {
        ArgumentNullException.ThrowIfNull(standing);
        if (standing.AgreedAt is not { } agreed || standing.Product is not { } product || standing.Buyer is not { } buyer)
        {
            return null;
        }

        List<Constraint> constraints = [];
        if (standing.Terms is { Purpose.Length: > 0 } purposed)
        {
            constraints.Add(new Constraint(LeftOperand.Purpose, ConstraintOperator.Eq, purposed.Purpose));
        }

        if (standing.Terms is { Region.Length: > 0 } placed)
        {
            constraints.Add(new Constraint(LeftOperand.Spatial, ConstraintOperator.IsPartOf, placed.Region));
        }

        if (standing.Terms is { TermDays: > 0 } timed)
        {
            constraints.Add(new Constraint(LeftOperand.DateTime, ConstraintOperator.Lt, agreed.AddDays(timed.TermDays).ToString()));
        }

        if (standing.Units > 0)
        {
            constraints.Add(new Constraint(LeftOperand.Count, ConstraintOperator.Lteq, Text(standing.Units)));
        }

        var metered = standing.Licence == LicenceKind.CallPack;
        var action = PolicyAction.Of(standing.Terms?.Use ?? PolicyAction.Use);
        var handle = Handle.OfDeal(standing.Deal);
        return Of(
            PolicyKind.Agreement, Vocabulary.IriOf(handle) + "#policy", Vocabulary.IriOf(Handle.OfProduct(product)), standing.Provider, buyer,
            metered && action == PolicyAction.Use ? PolicyAction.Call : action, constraints, standing.AmountFen,
            standing.Terms?.ResaleAllowed ?? standing.IsTrade);
    }

    /// <summary>The state of the world for a deal's agreement.</summary>
    /// <param name="standing">Where the deal stands at the time of the request.</param>
    /// <param name="agreement">Its agreement.</param>
    public static PolicyState StateOf(DealStanding standing, Policy agreement)
    {
        ArgumentNullException.ThrowIfNull(standing);
        ArgumentNullException.ThrowIfNull(agreement);
        string[] paid = standing.IsPaid
            ? [.. agreement.Permissions.SelectMany(rule => rule.Duties).Where(duty => duty.Action == PolicyAction.Compensate).Select(duty => duty.Uid)]
            : [];
        return new PolicyState(standing.Used, standing.AgreedAt, paid, standing.NotInForceBy);
    }

    private static Policy Of(
        PolicyKind kind, string uid, string target, PartyId provider, PartyId? buyer, string action, IReadOnlyList<Constraint> constraints,
        long? priceFen, bool resaleAllowed)
    {
        var (assigner, assignee) = (IriOf(provider), buyer is { } known ? IriOf(known) : null);
        Duty pay = new(
            uid + "-pay", PolicyAction.Compensate, null, assigner, assignee,
            priceFen is { } fen ? [new Constraint(LeftOperand.PayAmount, ConstraintOperator.Eq, Text(fen))] : []);
        List<Permission> permissions = [new(uid + "-use", action, target, assigner, assignee, constraints, [pay])];
        List<Prohibition> prohibitions = [new(uid + "-no-distribute", PolicyAction.Distribute, target, assigner, assignee, [])];
        if (resaleAllowed)
        {
            // Selling on ends with the term, as the licence does; what for and where is the next buyer's to say.
            permissions.Add(new Permission(
                uid + "-resale", PolicyAction.Sell, target, assigner, assignee,
                [.. constraints.Where(constraint => constraint.Left is LeftOperand.DateTime or LeftOperand.ElapsedTime or LeftOperand.Count)], [pay]));
        }
        else
        {
            prohibitions.Add(new Prohibition(uid + "-no-transfer", PolicyAction.Transfer, target, assigner, assignee, []));
        }

        prohibitions.Add(new Prohibition(uid + "-no-sublicence", PolicyAction.GrantUse, target, assigner, assignee, []));
        return new Policy(uid, kind, ConflictStrategy.Prohibit, [Vocabulary.Profile], permissions, prohibitions, []);
    }

    private static string IriOf(PartyId party) => Vocabulary.IriOf(Handle.OfParty(party));

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
