namespace DataExchange.Domain.Rights;

/// <summary>The rights are certified.</summary>
/// <param name="Product">The product.</param>
/// <param name="Certificate">Handle of the certificate.</param>
/// <param name="Holder">Who holds the rights.</param>
/// <param name="Rights">Which of the three rights.</param>
/// <param name="ValidUntil">First moment at which the certificate is no longer valid.</param>
/// <param name="IsPublicData">Whether the data are public data.</param>
/// <param name="SecurityClass">How sensitive the data are.</param>
[EventName("rights_certified")]
public sealed record RightsCertified(
    ProductId Product,
    Handle Certificate,
    PartyId Holder,
    DataRights Rights,
    SimulatedTime ValidUntil,
    bool IsPublicData,
    SecurityClass SecurityClass) : Event;

/// <summary>Certifies the rights after the objection period.</summary>
/// <param name="Product">The product.</param>
/// <param name="Rights">Which of the three rights; at least one.</param>
/// <param name="ValidUntil">First moment at which the certificate is no longer valid, after the command's time.</param>
/// <param name="IsPublicData">Whether the data are public data.</param>
public sealed record CertifyRights(ProductId Product, DataRights Rights, SimulatedTime ValidUntil, bool IsPublicData)
    : RightsCommand(Product)
{
    internal Decision Decide(ProductRights state) =>
        state.Stage != RightsStage.Published ? Decision.Reject(RightsDecider.Forbidden(state.Stage))
        : At <= state.ObjectionsUntil ? Decision.Reject(Rejection.ObjectionPeriodRunning)
        : Rights == DataRights.None ? Decision.Reject(Rejection.NoRightNamed)
        : ValidUntil <= At ? Decision.Reject(Rejection.TermInvalid)
        : Decision.Accept(new RightsCertified(
            Product, Handle.OfCertificate(Product, 1), state.Holder, Rights, ValidUntil, IsPublicData, state.SecurityClass)
        { At = At, By = By });
}
