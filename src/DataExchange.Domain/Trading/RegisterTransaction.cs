namespace DataExchange.Domain.Trading;

/// <summary>The venue registered the transaction (交易登记). The "registered amount" counts these. It carries what Settlement needs.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Product">The product.</param>
/// <param name="Venue">The venue.</param>
/// <param name="Buyer">The buyer.</param>
/// <param name="Provider">The seller.</param>
/// <param name="Channel">Shelf, registered contract, filed contract or order book.</param>
/// <param name="Licence">The licence kind.</param>
/// <param name="AmountFen">The price, tax included, fen.</param>
/// <param name="FeeBasisPoints">The venue's fee, 1/10,000 of the amount; with a schedule its base rate.</param>
/// <param name="VatBasisPoints">Value-added tax contained in the amount: rate in 1/10,000 of the net amount.</param>
/// <param name="Contributors">Upstream contributors and their shares.</param>
/// <param name="Fee">What the fee has besides its base rate; absent for a flat rate that is rounded on each amount released.</param>
/// <param name="ClaimDays">Days after completion in which a late claim may be raised; absent for none.</param>
[EventName("transaction_registered")]
public sealed record TransactionRegistered(
    DealId Deal,
    ProductId Product,
    VenueId Venue,
    PartyId Buyer,
    PartyId Provider,
    TradeChannel Channel,
    LicenceKind Licence,
    long AmountFen,
    int FeeBasisPoints,
    int VatBasisPoints,
    IReadOnlyList<ContributorShare> Contributors,
    FeeSchedule? Fee = null,
    int? ClaimDays = null) : Event;

/// <summary>Registers a transaction: a shelf deal or a trade once agreed, a contract once final.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="FeeBasisPoints">The venue's fee, 0 to 10,000; with a schedule its base rate.</param>
/// <param name="VatBasisPoints">Value-added tax rate, 0 to 10,000.</param>
/// <param name="Fee">What the fee has besides its base rate; null for a flat rate that is rounded on each amount released.</param>
/// <param name="ClaimDays">Days after completion in which a late claim may be raised, 1 to <see cref="MostClaimDays"/>; null for none.</param>
public sealed record RegisterTransaction(DealId Deal, int FeeBasisPoints, int VatBasisPoints, FeeSchedule? Fee = null, int? ClaimDays = null)
    : DealCommand(Deal)
{
    /// <summary>Longest time for late claims, days.</summary>
    public const int MostClaimDays = 3_650;

    internal Decision Decide(DealState state)
    {
        if (state.Stage is >= DealStage.Registered and < DealStage.Completed)
        {
            return Decision.Reject(Rejection.TransactionAlreadyRegistered);
        }

        var awaited = state.NeedsNoVerification ? DealStage.Agreed : DealStage.Finalized;
        if (state.Stage != awaited)
        {
            return Decision.Reject(state.Stage is > DealStage.None and < DealStage.Registered
                ? Rejection.ContractNotAgreed
                : DealDecider.Forbidden(state.Stage));
        }

        if (VatBasisPoints is < 0 or > (int)Money.BasisPoints)
        {
            return Decision.Reject(Rejection.TermsInvalid);
        }

        if (FeeSchedule.Problem(FeeBasisPoints, Fee) is { } problem)
        {
            return Decision.Reject(problem);
        }

        if (ClaimDays is < 1 or > MostClaimDays)
        {
            return Decision.Reject(Rejection.TermInvalid);
        }

        return Decision.Accept(new TransactionRegistered(
            Deal, state.Product, state.Venue, state.Buyer, state.Provider, state.Channel, state.Licence, state.AmountFen,
            FeeBasisPoints, VatBasisPoints, state.Contributors, Fee, ClaimDays) { At = At, By = By });
    }
}
