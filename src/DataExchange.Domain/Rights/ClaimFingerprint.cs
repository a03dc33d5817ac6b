namespace DataExchange.Domain.Rights;

/// <summary>The content fingerprint is claimed for a product, so that the same content is not registered twice.</summary>
/// <param name="Fingerprint">SHA-256 of the content, hexadecimal.</param>
/// <param name="Product">The product that was first.</param>
[EventName("fingerprint_claimed")]
public sealed record FingerprintClaimed(string Fingerprint, ProductId Product) : Event;

/// <summary>Claims a content fingerprint for a product.</summary>
/// <param name="Fingerprint">SHA-256 of the content, hexadecimal.</param>
/// <param name="Product">The product that wants it.</param>
public sealed record ClaimFingerprint(string Fingerprint, ProductId Product) : Command
{
    /// <inheritdoc />
    public override string Stream => StreamId.Fingerprint(Fingerprint);
}

/// <summary>Who claimed a fingerprint.</summary>
/// <param name="Product">The product; null when it is free.</param>
public sealed record FingerprintClaim(ProductId? Product);

/// <summary>First come, first registered.</summary>
public sealed class FingerprintDecider : IDecider<ClaimFingerprint, FingerprintClaim>
{
    private FingerprintDecider()
    {
    }

    /// <inheritdoc />
    public static string StreamKind => "fingerprint";

    /// <inheritdoc />
    public static string Capability => "Rights";

    /// <inheritdoc />
    public static FingerprintClaim Initial { get; } = new((ProductId?)null);

    /// <inheritdoc />
    public static Decision Decide(ClaimFingerprint command, FingerprintClaim state)
    {
        if (state.Product is { } first)
        {
            return Decision.Reject(first == command.Product
                ? Rejection.FingerprintAlreadyClaimed
                : Rejection.DuplicateOfEarlierRegistration);
        }

        return Decision.Accept(new FingerprintClaimed(command.Fingerprint, command.Product) { At = command.At, By = command.By });
    }

    /// <inheritdoc />
    public static FingerprintClaim Evolve(FingerprintClaim state, Event @event) => (state.Product, @event) switch
    {
        (null, FingerprintClaimed e) => new(e.Product),
        _ => throw new ImpossibleHistoryException(@event, state),
    };

    /// <inheritdoc />
    public static bool IsTerminal(FingerprintClaim state) => false;
}
