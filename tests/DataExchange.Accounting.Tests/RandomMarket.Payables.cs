using DataExchange.Domain;
using DataExchange.Domain.Settlement;

namespace DataExchange.Accounting.Tests;

/// <summary>What becomes of proceeds: paid out, taken back, owed, kept back.</summary>
internal sealed partial class RandomMarket
{
    private readonly Dictionary<PartyId, (long Proceeds, PartyPayable State)> _payables = [];
    private readonly Dictionary<DealId, (PartyId Buyer, DistributionTerms Terms, SharedOut Shared)> _shared = [];

    private IReadOnlyList<Posting> Credit(DealId deal, PartyId buyer, long part, DistributionTerms terms)
    {
        var before = _shared.TryGetValue(deal, out var known) ? known.Shared : SharedOut.Nothing;
        var postings = terms.Distribute(new Money(part), before);
        _shared[deal] = (buyer, terms, before.With(postings, terms));
        foreach (var posting in postings.Where(posting => !LedgerAccount.PayableTo(posting.Credit).IsEmpty))
        {
            var party = new PartyId(LedgerAccount.PayableTo(posting.Credit).ToString());
            var (proceeds, state) = Payable(party);
            _payables[party] = (proceeds + posting.AmountFen, state);
        }

        return postings;
    }

    private void PayOut()
    {
        var party = One(_parties);
        Decide(party, new PayOutProceeds(party, _random.Next(2) == 0 ? 0 : 1_000_00, Payable(party).Proceeds) { At = _at, By = party });
    }

    private void ChargeBack()
    {
        if (_shared.Count == 0)
        {
            return;
        }

        var (deal, (buyer, terms, shared)) = One([.. _shared]);
        _shared.Remove(deal);
        _escrow.Remove(deal);
        var amount = _random.Next(2) == 0 ? shared.Total.Fen : Part(shared.Total.Fen);
        var back = shared.TakeBack(new Money(amount));
        Say($"settlement/{deal.Value}", new DealChargedBack(
            deal, terms.Venue, buyer, amount, DealChargedBack.PostingsOf(terms.Venue, back), back.Parties) { At = _at, By = buyer });
        foreach (var share in back.Parties)
        {
            Decide(share.Party, new ChargeBackProceeds(share.Party, deal, share.AmountFen, Payable(share.Party).Proceeds) { At = _at, By = buyer });
        }

        _free[buyer] = _free.GetValueOrDefault(buyer) + amount;
        Say($"account/{buyer.Value}", new RefundCredited(buyer, deal, amount) { At = _at, By = buyer });
    }

    private void Decide(PartyId party, PayableCommand command)
    {
        foreach (var fact in PayableDecider.Decide(command, Payable(party).State).Events)
        {
            var (proceeds, state) = Payable(party);
            _payables[party] = (proceeds, PayableDecider.Evolve(state, fact));
            Say($"payable/{party.Value}", fact);
        }
    }

    private (long Proceeds, PartyPayable State) Payable(PartyId party) =>
        _payables.TryGetValue(party, out var payable) ? payable : (0, PayableDecider.Initial);
}
