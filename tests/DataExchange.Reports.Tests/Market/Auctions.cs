using DataExchange.Domain;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;
using DataExchange.Exchange.Auctions;

namespace DataExchange.Reports.Tests.Market;

internal sealed partial class SmallMarket
{
    private static readonly PartyId Poor = new("BA1");
    private static readonly PartyId Rich = new("BA2");

    // When all else is over, and without a draw: an English auction, a sealed one with a bid that is not opened, and one that is called off, at the first product that takes them.
    private void Auction()
    {
        foreach (var party in new[] { Poor, Rich })
        {
            Give(new AdmitBuyer(party, SecurityClass.Core) { At = Later(), By = Venue.By });
        }

        Give(new DepositFunds(Rich, 100_000_000) { At = Later(), By = Rich });
        foreach (var (product, venue, provider) in _shelf)
        {
            var english = new AuctionRules(AuctionFormat.English, 1, 1_000, 0, _now.AddDays(1), StepFen: 100);
            if (!Give(new AnnounceAuction(product, 1, venue, english) { At = Later(), By = provider }).Accepted)
            {
                continue;
            }

            var (first, second, third) = (AuctionId.Of(product, 1), AuctionId.Of(product, 2), AuctionId.Of(product, 3));
            Give(new PlaceBid(first, Poor, 1, null, 1_000) { At = Later(), By = Poor });
            Give(new DepositFunds(Poor, 50_000) { At = Later(), By = Poor });
            Give(new PlaceBid(first, Poor, 2, null, 1_000) { At = Later(), By = Poor });
            Give(new PlaceBid(first, Rich, 1, null, 2_000) { At = Later(), By = Rich });
            _now = _now.AddDays(2);
            Give(new CloseAuction(first) { At = Later(), By = Venue.By });
            var until = _now.AddDays(1);
            Give(new AnnounceAuction(product, 2, venue, new(AuctionFormat.SecondPrice, 1, 1_000, 500, until, until.AddDays(1))) { At = Later(), By = provider });
            foreach (var party in new[] { Poor, Rich })
            {
                Give(new CommitBid(second, party, null, AuctionRun.CommitmentOf(second, party, 3_000, new string('7', 64))!, 500) { At = Later(), By = party });
            }

            _now = until;
            Give(new RevealBid(second, Rich, 3_000, new string('7', 64)) { At = Later(), By = Rich });
            _now = until.AddDays(1);
            Give(new CloseAuction(second) { At = Later(), By = Venue.By });
            Give(new AnnounceAuction(product, 3, venue, english with { BidUntil = _now.AddDays(1) }) { At = Later(), By = provider });
            Give(new CancelAuction(third) { At = Later(), By = Venue.By });
            foreach (var deal in new[] { first.DealOf(1), second.DealOf(1) })
            {
                Give(new AgreeContract(deal, LicenceKind.OpenEnded, 1, new("use", "risk control", "CN", 0, false), _now.AddDays(9), []) { At = Later(), By = provider });
                Give(new RegisterTransaction(deal, 250, 600) { At = Later(), By = Venue.By });
            }

            return;
        }
    }

    private SimulatedTime Later() => _now = _now.AddSeconds(60);

    private Outcome Give(Command command) => _exchange.SubmitAsync(command, CancellationToken.None).AsTask().GetAwaiter().GetResult();
}
