namespace DataExchange.Domain.Trust;

/// <summary>A public key that a venue signs the heads of its log with, and the documents that it issues.</summary>
/// <param name="Generation">0 for the venue's first key, one more with each rotation.</param>
/// <param name="KeyId">First four bytes of the SHA-256 of the public key's DER form, eight hexadecimal digits.</param>
/// <param name="PublicKey">The public key's DER form (SubjectPublicKeyInfo), base64. ECDSA on P-256.</param>
public sealed record LogKey(int Generation, string KeyId, string PublicKey);

/// <summary>A venue opened its log. From here on every fact of the venue is a leaf of it; this one is the first.</summary>
/// <param name="Venue">The venue.</param>
/// <param name="Origin">Name of the log, as its signed heads say it.</param>
/// <param name="Key">The key that signs its heads.</param>
[EventName("log_opened")]
public sealed record LogOpened(VenueId Venue, string Origin, LogKey Key) : Event;

/// <summary>Opens a venue's log.</summary>
/// <param name="Venue">The venue.</param>
/// <param name="Origin">Name of the log; the exchange puts it in.</param>
/// <param name="Key">The venue's first key; the exchange puts it in, null where no logs are kept.</param>
public sealed record OpenLog(VenueId Venue, string Origin = "", LogKey? Key = null) : LogCommand(Venue)
{
    internal override Decision Decide(VenueLog state) =>
        state.Key is not null ? Decision.Reject(Rejection.LogAlreadyOpen)
        : Key is null ? Decision.Reject(Rejection.LogKeyMissing)
        : Decision.Accept(new LogOpened(Venue, Origin, Key) { At = At, By = By });
}

/// <summary>A venue changed the key of its log. The head that has this fact as its last leaf is signed with both, the old one and the new.</summary>
/// <param name="Venue">The venue.</param>
/// <param name="Key">The new key.</param>
[EventName("log_key_rotated")]
public sealed record LogKeyRotated(VenueId Venue, LogKey Key) : Event;

/// <summary>Changes the key of a venue's log.</summary>
/// <param name="Venue">The venue.</param>
/// <param name="Key">The venue's next key; the exchange puts it in, null when there is none.</param>
public sealed record RotateLogKey(VenueId Venue, LogKey? Key = null) : LogCommand(Venue)
{
    internal override Decision Decide(VenueLog state) =>
        state.Key is null ? Decision.Reject(Rejection.LogNotOpen)
        : Key is null ? Decision.Reject(Rejection.LogKeyMissing)
        : Key.KeyId == state.Key.KeyId || Key.Generation <= state.Key.Generation ? Decision.Reject(Rejection.LogKeyUnchanged)
        : Decision.Accept(new LogKeyRotated(Venue, Key) { At = At, By = By });
}
