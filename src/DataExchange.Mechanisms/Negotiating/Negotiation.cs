namespace DataExchange.Mechanisms.Negotiating;

/// <summary>How far a negotiation has come.</summary>
public enum NegotiationStage
{
    /// <summary>The buyer asked for a quote (RFQ); nothing stands.</summary>
    Requested,
    /// <summary>The provider's offer stands: the buyer's turn.</summary>
    Offered,
    /// <summary>The buyer's counter-offer stands: the provider's turn.</summary>
    Countered,
    /// <summary>An offer was accepted: the contract is formed. Terminal.</summary>
    Agreed,
    /// <summary>One party ended it. Terminal.</summary>
    Declined,
    /// <summary>The request ran out without an agreement. Terminal.</summary>
    Expired,
}

/// <summary>The two sides.</summary>
public enum NegotiationSide
{
    /// <summary>Who asked.</summary>
    Buyer,
    /// <summary>Who was asked.</summary>
    Provider,
}

/// <summary>Why a step was refused. The negotiation is as it was before, but for what ran out.</summary>
public enum NegotiationRefusal
{
    /// <summary>The step is dated before the last one.</summary>
    OutOfOrder,
    /// <summary>It has ended, with another outcome than this step would give.</summary>
    Ended,
    /// <summary>The buyer's first word after the request, or an answer to one's own offer: the other side's turn.</summary>
    NotYourTurn,
    /// <summary>No offer stands.</summary>
    NoOffer,
    /// <summary>The offer ran out.</summary>
    OfferExpired,
    /// <summary>What is accepted is not the offer that stands.</summary>
    OfferDiffers,
    /// <summary>The price is not within 1 to <see cref="Bid.MostFen"/>.</summary>
    PriceNotAllowed,
    /// <summary>The offer would run out before it is made.</summary>
    ExpiryNotAllowed,
    /// <summary>There were <see cref="Negotiation.MostOffers"/> offers.</summary>
    TooManyOffers,
}

/// <summary>An offer or a counter-offer.</summary>
/// <param name="Number">1 for the first, one more for each later one of the negotiation.</param>
/// <param name="By">Who made it.</param>
/// <param name="PriceFen">For all that was asked for, fen.</param>
/// <param name="MadeAt">When.</param>
/// <param name="ExpiresAt">The last moment at which it can be accepted; never after the request's.</param>
public sealed record NegotiationOffer(int Number, NegotiationSide By, long PriceFen, long MadeAt, long ExpiresAt);

/// <summary>What a step led to.</summary>
/// <param name="Negotiation">The negotiation after it.</param>
/// <param name="Refusal">Why it was refused; null when it was not.</param>
public readonly record struct NegotiationStep(Negotiation Negotiation, NegotiationRefusal? Refusal);

/// <summary>
/// A negotiation of two: a request for a quote, the provider's offer, counter-offers in turn, each with its expiry, and an acceptance that forms the
/// contract. It cannot be changed: each step gives another one. A step that repeats what holds already is no error and changes nothing, as messages come twice.
/// </summary>
/// <param name="Buyer">Id of the buyer.</param>
/// <param name="Provider">Id of the provider.</param>
/// <param name="ExpiresAt">The last moment of an agreement.</param>
/// <param name="Stage">How far it has come.</param>
/// <param name="Last">The last offer, standing or not; null before the first.</param>
/// <param name="LastAt">When the last step was.</param>
public sealed record Negotiation(string Buyer, string Provider, long ExpiresAt, NegotiationStage Stage, NegotiationOffer? Last, long LastAt)
{
    /// <summary>Most offers and counter-offers.</summary>
    public const int MostOffers = 64;

    /// <summary>The buyer asks the provider for a quote.</summary>
    /// <param name="buyer">Id of the buyer; not empty.</param>
    /// <param name="provider">Id of the provider; not empty, not the buyer.</param>
    /// <param name="at">When.</param>
    /// <param name="expiresAt">The last moment of an agreement, not before <paramref name="at"/>.</param>
    /// <exception cref="ArgumentException">A party is missing, or both are one.</exception>
    /// <exception cref="ArgumentOutOfRangeException">It would run out before it begins.</exception>
    public static Negotiation Request(string buyer, string provider, long at, long expiresAt)
    {
        ArgumentException.ThrowIfNullOrEmpty(buyer);
        ArgumentException.ThrowIfNullOrEmpty(provider);
        ArgumentOutOfRangeException.ThrowIfLessThan(expiresAt, at);
        return string.Equals(buyer, provider, StringComparison.Ordinal)
            ? throw new ArgumentException($"provider '{provider}' is not allowed: another party than the buyer", nameof(provider))
            : new(buyer, provider, expiresAt, NegotiationStage.Requested, null, at);
    }

    /// <summary>Whether nothing can happen any more.</summary>
    public bool HasEnded => Stage is NegotiationStage.Agreed or NegotiationStage.Declined or NegotiationStage.Expired;

    /// <summary>The offer that stands; null for none.</summary>
    public NegotiationOffer? Standing => Stage is NegotiationStage.Offered or NegotiationStage.Countered ? Last : null;

    /// <summary>The price agreed on, fen; null without an agreement.</summary>
    public long? AgreedFen => Stage == NegotiationStage.Agreed ? Last!.PriceFen : null;

    /// <summary>The negotiation with what has run out by a moment: an offer falls back to the request, a request ends it.</summary>
    /// <param name="at">The moment.</param>
    public Negotiation AsOf(long at) =>
        HasEnded ? this
        : at > ExpiresAt ? this with { Stage = NegotiationStage.Expired, LastAt = at }
        : Standing is { } offer && at > offer.ExpiresAt ? this with { Stage = NegotiationStage.Requested }
        : this;

    /// <summary>
    /// One side offers a price. The provider speaks first; then whoever's turn it is counters, and a side may better or take the place of its own offer. Where an
    /// offer ran out, either may speak.
    /// </summary>
    /// <param name="by">Who.</param>
    /// <param name="priceFen">For all that was asked for, fen, 1 to <see cref="Bid.MostFen"/>.</param>
    /// <param name="at">When.</param>
    /// <param name="expiresAt">The last moment at which it can be accepted; cut off where the request runs out.</param>
    public NegotiationStep Offer(NegotiationSide by, long priceFen, long at, long expiresAt)
    {
        var now = AsOf(at);
        var until = Math.Min(expiresAt, ExpiresAt);
        if (now.Standing is { } standing && standing.By == by && standing.PriceFen == priceFen && standing.ExpiresAt == until)
        {
            return new(now, null);
        }

        var number = (Last?.Number ?? 0) + 1;
        return at < LastAt ? new(this, NegotiationRefusal.OutOfOrder)
            : now.HasEnded ? new(now, NegotiationRefusal.Ended)
            : Last is null && by == NegotiationSide.Buyer ? new(now, NegotiationRefusal.NotYourTurn)
            : priceFen is < 1 or > Bid.MostFen ? new(now, NegotiationRefusal.PriceNotAllowed)
            : expiresAt < at ? new(now, NegotiationRefusal.ExpiryNotAllowed)
            : number > MostOffers ? new(now, NegotiationRefusal.TooManyOffers)
            : new(
                now with
                {
                    Stage = by == NegotiationSide.Provider ? NegotiationStage.Offered : NegotiationStage.Countered,
                    Last = new(number, by, priceFen, at, until),
                    LastAt = at,
                },
                null);
    }

    /// <summary>The other side accepts the offer that stands: the contract is formed.</summary>
    /// <param name="by">Who.</param>
    /// <param name="number">Which offer: so nobody accepts one that was replaced while he answered.</param>
    /// <param name="at">When.</param>
    public NegotiationStep Accept(NegotiationSide by, int number, long at)
    {
        if (Stage == NegotiationStage.Agreed && Last!.Number == number && Last.By != by)
        {
            return new(this, null);
        }

        var now = AsOf(at);
        return at < LastAt ? new(this, NegotiationRefusal.OutOfOrder)
            : now.HasEnded ? new(now, NegotiationRefusal.Ended)
            : Last is null ? new(now, NegotiationRefusal.NoOffer)
            : Last.Number != number ? new(now, NegotiationRefusal.OfferDiffers)
            : now.Standing is not { } offer ? new(now, NegotiationRefusal.OfferExpired)
            : offer.By == by ? new(now, NegotiationRefusal.NotYourTurn)
            : new(now with { Stage = NegotiationStage.Agreed, LastAt = at }, null);
    }

    /// <summary>One side ends it.</summary>
    /// <param name="at">When.</param>
    public NegotiationStep Decline(long at)
    {
        var now = AsOf(at);
        return now.Stage == NegotiationStage.Declined ? new(now, null)
            : at < LastAt ? new(this, NegotiationRefusal.OutOfOrder)
            : now.HasEnded ? new(now, NegotiationRefusal.Ended)
            : new(now with { Stage = NegotiationStage.Declined, LastAt = at }, null);
    }
}
