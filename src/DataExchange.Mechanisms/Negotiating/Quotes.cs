namespace DataExchange.Mechanisms.Negotiating;

/// <summary>Quotes of several providers for one request.</summary>
public static class Quotes
{
    /// <summary>The negotiation with the lowest provider's offer that stands; among equals the earlier offer, then the smaller provider's id.</summary>
    /// <param name="negotiations">One for each provider that was asked.</param>
    /// <param name="at">When.</param>
    /// <returns>It; null when no provider's offer stands.</returns>
    public static Negotiation? Best(IEnumerable<Negotiation> negotiations, long at)
    {
        ArgumentNullException.ThrowIfNull(negotiations);
        return negotiations.Select(one => one.AsOf(at)).Where(one => one.Stage == NegotiationStage.Offered)
            .OrderBy(one => one.Standing!.PriceFen).ThenBy(one => one.Standing!.MadeAt).ThenBy(one => one.Provider, StringComparer.Ordinal)
            .FirstOrDefault();
    }
}
