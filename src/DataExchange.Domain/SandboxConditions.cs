namespace DataExchange.Domain;

/// <summary>On what conditions a product is traded on trial in the reform sandbox (改革沙盒). The real one's rules are not public: these are assumed.</summary>
/// <param name="MostBuyers">Most firms that may buy, 1 or more.</param>
/// <param name="MostAmountFen">Most that all its deals together may come to, fen, above 0.</param>
/// <param name="Until">First moment at which nothing is sold on trial any more.</param>
/// <param name="Buyers">The only firms that may buy, each once; empty when any firm may that is admitted for the product's security class.</param>
public sealed record SandboxConditions(int MostBuyers, long MostAmountFen, SimulatedTime Until, IReadOnlyList<PartyId> Buyers)
{
    /// <summary>Whether a trial can begin on them.</summary>
    /// <param name="start">When it begins.</param>
    public bool CanBegin(SimulatedTime start) =>
        MostBuyers >= 1 && Money.IsAmount(MostAmountFen) && Until > start && Buyers.Distinct().Count() == Buyers.Count;

    /// <summary>Whether a product can be sold on trial on such terms: to as many as the conditions allow, and not sold on, which would escape them.</summary>
    /// <param name="terms">What is offered at what price.</param>
    public static bool Allow(LicenceTerms terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return terms is { AreValid: true, TiersFall: true } && terms.Licence is not (LicenceKind.Capped or LicenceKind.Exclusive) && !terms.ResaleAllowed;
    }

    /// <summary>Whether a firm may buy at all.</summary>
    /// <param name="buyer">The firm.</param>
    public bool Admit(PartyId buyer) => Buyers.Count == 0 || Buyers.Contains(buyer);

    /// <summary>Whether they allow all that others allow.</summary>
    /// <param name="others">The others.</param>
    public bool Cover(SandboxConditions others)
    {
        ArgumentNullException.ThrowIfNull(others);
        return MostBuyers >= others.MostBuyers
            && MostAmountFen >= others.MostAmountFen
            && Until >= others.Until
            && (Buyers.Count == 0 || (others.Buyers.Count > 0 && others.Buyers.All(Buyers.Contains)));
    }
}
