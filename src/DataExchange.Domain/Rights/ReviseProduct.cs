namespace DataExchange.Domain.Rights;

/// <summary>The content of a certified product changed (变更登记): what is sold from now on is another version. Deals under way are not touched.</summary>
/// <param name="Product">The product.</param>
/// <param name="Version">2 for the first change, one more for each later one; 1 is the content as first registered.</param>
/// <param name="Fingerprint">SHA-256 of the new content, hexadecimal.</param>
/// <param name="Note">What changed.</param>
[EventName("product_revised")]
public sealed record ProductRevised(ProductId Product, int Version, string Fingerprint, string Note) : Event;

/// <summary>A change of content was refused.</summary>
/// <param name="Product">The product.</param>
/// <param name="Fingerprint">SHA-256 of the content that was to be registered, hexadecimal.</param>
/// <param name="Reason">Why: another product, or this one, registered it before.</param>
[EventName("revision_refused")]
public sealed record RevisionRefused(ProductId Product, string Fingerprint, Rejection Reason) : Event;

/// <summary>Registers changed content of a certified product.</summary>
/// <param name="Product">The product.</param>
/// <param name="Fingerprint">SHA-256 of the new content, hexadecimal: claimed by no product, not even as an earlier version of this one.</param>
/// <param name="Note">What changed.</param>
/// <param name="ClaimedBy">The product that claimed the fingerprint first (read from Rights' own fingerprint stream); null when it is free.</param>
public sealed record ReviseProduct(ProductId Product, string Fingerprint, string Note, ProductId? ClaimedBy) : RightsCommand(Product)
{
    internal Decision Decide(ProductRights state) =>
        state.Stage != RightsStage.Certified ? Decision.Reject(RightsDecider.Forbidden(state.Stage))
        : At >= state.ValidUntil ? Decision.Reject(Rejection.CertificateExpired)
        : RefusalReason() is { } reason ? Decision.Refuse(reason, new RevisionRefused(Product, Fingerprint, reason) { At = At, By = By })
        : Decision.Accept(new ProductRevised(Product, state.Version + 1, Fingerprint, Note) { At = At, By = By });

    private Rejection? RefusalReason() =>
        ClaimedBy is not { } first ? null
        : first == Product ? Rejection.FingerprintAlreadyClaimed
        : Rejection.DuplicateOfEarlierRegistration;
}
