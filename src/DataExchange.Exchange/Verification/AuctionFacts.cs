using DataExchange.Domain;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;

namespace DataExchange.Exchange.Verification;

/// <summary>Compares auctions with what the offers made of their awards, and with the money held for bids. What agrees cancels out.</summary>
internal sealed class AuctionFacts
{
    private readonly Dictionary<(PartyId Party, AuctionId Auction), (Int128 Held, Int128 Needed)> _holds = [];
    private readonly Dictionary<DealId, Grant> _awards = [];
    private readonly Dictionary<DealId, Grant> _answers = [];
    private readonly Dictionary<(PartyId Party, AuctionId Auction), Forfeit> _forfeits = [];
    private readonly Dictionary<(PartyId Party, AuctionId Auction), Forfeit> _unrevealed = [];
    private readonly HashSet<AuctionId> _unknown = [];

    internal void Take(int version, Event @event)
    {
        switch (@event)
        {
            case AuctionClosed e:
                foreach (var award in e.Awards)
                {
                    _awards[award.Deal] = new(e.Auction, e.Product, e.Venue, award.Bidder, award.PriceFen);
                }

                foreach (var bid in e.Unrevealed.Where(bid => bid.DepositFen > 0))
                {
                    _unrevealed[(bid.Bidder, e.Auction)] = new(e.Provider, bid.DepositFen);
                }

                break;
            case LicenceGranted { Channel: TradeChannel.Auction } e:
                _answers[e.Deal] = new(e.Auction ?? default, e.Product, e.Venue, e.Buyer, e.AmountFen);
                break;
            case OrderRejected { Auction: { } auction } e:
                _answers[e.Deal] = new(auction, e.Product, e.Venue, e.Buyer, null);
                break;
            case BidFundsHeld e:
                Change((e.Party, e.Auction), e.AmountFen, 0);
                break;
            case BidFundsReleased e:
                Change((e.Party, e.Auction), -e.AmountFen, 0);
                break;
            case DepositForfeited e:
                Change((e.Party, e.Auction), -e.AmountFen, 0);
                _forfeits[(e.Party, e.Auction)] = new(e.Provider, e.AmountFen);
                break;
        }
    }

    /// <summary>Takes an auction at the end of its stream; null when its stream is broken, and nobody knows.</summary>
    internal void TakeAuction(string stream, Auction? auction)
    {
        if (auction is null)
        {
            _unknown.Add(new(stream[(stream.IndexOf('/') + 1)..]));
            return;
        }

        foreach (var bidder in auction.Bids.Values.Select(bid => bid.Bidder).Concat(auction.Standing is { } standing ? [standing.Bidder] : []))
        {
            Change((bidder, auction.Id), 0, auction.HeldFor(bidder));
        }
    }

    internal void Compare(ProblemList problems)
    {
        foreach (var (key, hold) in _holds.Where(one => one.Value.Held != one.Value.Needed && !_unknown.Contains(one.Key.Auction)).OrderBy(one => one.Key.Party.Value, StringComparer.Ordinal))
        {
            problems.Add(StreamId.Account(key.Party), null, AuditRule.BidHoldDiffers, $"{hold.Held} fen are held for bids in {key.Auction}; it needs {hold.Needed} fen");
        }

        foreach (var key in _forfeits.Keys.Union(_unrevealed.Keys).Where(key => !_unknown.Contains(key.Auction)).OrderBy(key => key.Party.Value, StringComparer.Ordinal))
        {
            var (paid, due) = (_forfeits.GetValueOrDefault(key), _unrevealed.GetValueOrDefault(key));
            if (paid != due)
            {
                problems.Add(StreamId.Account(key.Party), null, AuditRule.BidHoldDiffers,
                    $"{paid.Fen} fen are forfeited to {(paid.Provider.Value is null ? "nobody" : paid.Provider)} in {key.Auction}; by its close it is {due.Fen} fen");
            }
        }

        foreach (var deal in _awards.Keys.Union(_answers.Keys).OrderBy(deal => deal.Value, StringComparer.Ordinal))
        {
            CompareAward(deal, problems);
        }
    }

    private void CompareAward(DealId deal, ProblemList problems)
    {
        var isAwarded = _awards.TryGetValue(deal, out var award);
        var isAnswered = _answers.TryGetValue(deal, out var answer);
        if (_unknown.Contains(isAwarded ? award.Auction : answer.Auction))
        {
            return;
        }

        if (!isAnswered)
        {
            problems.Add(StreamId.Auction(award.Auction), null, AuditRule.AwardDiffers, $"the award of {deal} was neither granted nor refused");
        }
        else if (!isAwarded || award with { Fen = null } != answer with { Fen = null } || (answer.Fen is { } fen && fen != award.Fen))
        {
            problems.Add(StreamId.Offer(answer.Product), null, AuditRule.AwardDiffers,
                $"{deal} is {(answer.Fen is { } granted ? $"granted to {answer.Buyer} at {granted} fen" : $"refused to {answer.Buyer}")}; "
                + (isAwarded ? $"awarded was {award.Product} at {award.Venue} to {award.Buyer} at {award.Fen} fen in {award.Auction}" : "no auction awarded it"));
        }
    }

    private void Change((PartyId Party, AuctionId Auction) key, Int128 held, Int128 needed)
    {
        var (before, wanted) = _holds.GetValueOrDefault(key);
        _holds[key] = (before + held, wanted + needed);
        if (_holds[key] is { Held: var h, Needed: var n } && h == 0 && n == 0)
        {
            _holds.Remove(key);
        }
    }

    private readonly record struct Grant(AuctionId Auction, ProductId Product, VenueId Venue, PartyId Buyer, long? Fen);

    private readonly record struct Forfeit(PartyId Provider, long Fen);
}
