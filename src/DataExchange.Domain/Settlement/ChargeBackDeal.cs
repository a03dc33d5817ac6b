namespace DataExchange.Domain.Settlement;

/// <summary>
/// After a late claim was upheld, shares of a settled deal are taken back, from each who has one in proportion, and go to the buyer through escrow.
/// What the parties give back their own streams say.
/// </summary>
/// <param name="Deal">The deal.</param>
/// <param name="Venue">The venue.</param>
/// <param name="Buyer">The buyer.</param>
/// <param name="AmountFen">What goes back to the buyer, fen: the entries and the shares together.</param>
/// <param name="Postings">Tax and fee back into escrow.</param>
/// <param name="Shares">What contributors and provider have to give back.</param>
[EventName("deal_charged_back")]
public sealed record DealChargedBack(
    DealId Deal, VenueId Venue, PartyId Buyer, long AmountFen, IReadOnlyList<Posting> Postings, IReadOnlyList<ProceedsShare> Shares) : Event
{
    /// <summary>The entries that take back a tax and a fee.</summary>
    /// <param name="venue">The venue.</param>
    /// <param name="back">What is taken back.</param>
    public static IReadOnlyList<Posting> PostingsOf(VenueId venue, SharedOut back)
    {
        ArgumentNullException.ThrowIfNull(back);
        var postings = new List<Posting>(2);
        if (back.Vat > Money.Zero)
        {
            postings.Add(new(LedgerAccount.Vat, LedgerAccount.Escrow, back.Vat.Fen));
        }

        if (back.Fee > Money.Zero)
        {
            postings.Add(new(LedgerAccount.Fees(venue), LedgerAccount.Escrow, back.Fee.Fen));
        }

        return postings;
    }
}

/// <summary>Takes shares of a settled deal back for the buyer, once.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Buyer">The buyer.</param>
/// <param name="AmountFen">Fen, above 0, at most what was shared out.</param>
public sealed record ChargeBackDeal(DealId Deal, PartyId Buyer, long AmountFen) : SettlementCommand(Deal)
{
    internal Decision Decide(DealSettlement state)
    {
        if (state.Stage != SettlementStage.Invoiced)
        {
            return Decision.Reject(state.Stage == SettlementStage.Settled ? Rejection.NotSettled : SettlementDecider.Forbidden(state.Stage));
        }

        if (state.Terms is not { } terms)
        {
            return Decision.Reject(Rejection.FiledOffVenue);
        }

        if (AmountFen <= 0)
        {
            return Decision.Reject(Rejection.AmountInvalid);
        }

        if (AmountFen > state.Shared.Total.Fen)
        {
            return Decision.Reject(Rejection.ChargebackExceeded);
        }

        var back = state.Shared.TakeBack(new Money(AmountFen));
        return Decision.Accept(new DealChargedBack(
            Deal, terms.Venue, Buyer, AmountFen, DealChargedBack.PostingsOf(terms.Venue, back), back.Parties) { At = At, By = By });
    }
}
