using DataExchange.Domain;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;
using DataExchange.Exchange.Auctions;

namespace DataExchange.Exchange.Tests;

/// <summary>Three products that are auctioned: sold openly (PA), in three copies (PB), exclusively (PC); four bidders with 100,000 yuan and a poor one.</summary>
internal sealed partial class SmallMarket
{
    internal const string Coin = "00000000000000070000000000000000000000000000000000000000000000aa";

    internal static readonly string[] Bidders = ["B1", "B2", "B3", "B4"];

    private static readonly PartyId Hall = new("venue-zjbdec");

    internal static async Task<SmallMarket> WithProductsToAuctionAsync()
    {
        var market = new SmallMarket();
        await market.Accepted(new RegisterParty(Seller, "数商一号", "Provider One", PartyRole.Provider, "chip") { At = market.Tick(), By = Hall });
        foreach (var (product, terms) in (IEnumerable<(string, LicenceTerms)>)
        [
            ("PA", new(LicenceKind.OpenEnded, PriceUnit.PerLicence, 100_000, null, 1, false)),
            ("PB", new(LicenceKind.Capped, PriceUnit.PerLicence, 50_000, 3, 1, false)),
            ("PC", new(LicenceKind.Exclusive, PriceUnit.PerLicence, 900_000, null, 1, false)),
        ])
        {
            await market.Certify(product);
            await market.Price(product, terms);
            await market.List(product, Zjbdec, new ContributorShare(Upstream, 1_500));
        }

        foreach (var bidder in Bidders)
        {
            await market.Accepted(new AdmitBuyer(new(bidder), SecurityClass.Important) { At = market.Tick(), By = Hall });
            await market.Accepted(new DepositFunds(new(bidder), 10_000_000) { At = market.Tick(), By = new(bidder) });
        }

        await market.Accepted(new AdmitBuyer(new("B5"), SecurityClass.Important) { At = market.Tick(), By = Hall });
        await market.Accepted(new DepositFunds(new("B5"), 15_000) { At = market.Tick(), By = new("B5") });
        return market;
    }

    /// <summary>An auction of each format, with every end that one can have.</summary>
    internal static async Task<SmallMarket> WithAuctionsAsync()
    {
        var market = await WithProductsToAuctionAsync();
        await market.SealedAsync("PA", 1, AuctionFormat.FirstPrice, ("B1", 120_000), ("B2", 150_000), ("B3", 90_000));
        await market.SealedAsync("PA", 2, AuctionFormat.RandomSampling, ("B1", 120_000), ("B2", 150_000), ("B3", 160_000), ("B4", 130_000));
        await market.SealedAsync("PA", 3, AuctionFormat.SecondPrice, ("B1", 40_000), ("B2", 49_999));
        await market.SealedAsync("PA", 4, AuctionFormat.SecondPrice);
        await market.SealedAsync("PB", 1, AuctionFormat.UniformPrice, ("B1", 60_000), ("B2", 70_000), ("B3", 80_000), ("B4", -90_000));
        await market.Refused(market.Placement("PB-1", "B1", 1, 60_000));
        await market.EnglishAsync("PA", 5);
        await market.DutchAsync("PA", 6);
        await market.Accepted(market.Announcement("PA", 7, market.RulesOf(AuctionFormat.English)));
        await market.Accepted(new CancelAuction(new("PA-7")) { At = market.Tick(), By = Hall });
        // The exclusive licence is sold from the shelf while it is auctioned: the award comes too late.
        await market.SealedAsync("PC", 1, AuctionFormat.SecondPrice, async () => await market.Order("PC", "D1", Zjbdec, "B4"), ("B1", 120_000), ("B2", 150_000));
        return market;
    }

    internal AnnounceAuction Announcement(string product, int number, AuctionRules rules) => new(new(product), number, Zjbdec, rules) { At = Tick(), By = Seller };

    /// <summary>Two days for bids, a day to open them; reserve 500 yuan, deposit 100.</summary>
    internal AuctionRules RulesOf(AuctionFormat format) => format switch
    {
        AuctionFormat.English => new(format, 1, 50_000, 0, _now.AddDays(2), StepFen: 1_000, QuietSeconds: 600),
        AuctionFormat.Dutch => new(format, 1, 50_000, 0, _now.AddDays(2), StartFen: 200_000, StepFen: 10_000, StepSeconds: 3_600),
        _ => new(
            format, format switch { AuctionFormat.UniformPrice => 2, AuctionFormat.RandomSampling => null, _ => 1 }, 50_000, 10_000, _now.AddDays(2), _now.AddDays(3),
            CoinCommitment: format == AuctionFormat.RandomSampling ? AuctionRules.CommitmentOfCoin(Coin) : null),
    };

    internal static string NonceOf(string bidder) => Print("nonce " + bidder);

    internal CommitBid Commitment(string auction, string bidder, long fen, long deposit = 10_000) =>
        new(new(auction), new(bidder), null, AuctionRun.CommitmentOf(new(auction), new(bidder), fen, NonceOf(bidder))!, deposit) { At = Tick(), By = new(bidder) };

    internal RevealBid Opening(string auction, string bidder, long fen) => new(new(auction), new(bidder), fen, NonceOf(bidder)) { At = Tick(), By = new(bidder) };

    internal PlaceBid Placement(string auction, string bidder, int number, long fen) => new(new(auction), new(bidder), number, null, fen) { At = Tick(), By = new(bidder) };

    internal CloseAuction Closing(string auction, string? coin = null) => new(new(auction), coin) { At = Tick(), By = Hall };

    internal AuctionClosed Closed(string auction) => Of<AuctionClosed>().Single(e => e.Auction.Value == auction);

    private Task SealedAsync(string product, int number, AuctionFormat format, params (string Bidder, long Fen)[] bids) =>
        SealedAsync(product, number, format, () => Task.CompletedTask, bids);

    // Below zero: committed to and not opened.
    private async Task SealedAsync(string product, int number, AuctionFormat format, Func<Task> meanwhile, params (string Bidder, long Fen)[] bids)
    {
        var auction = $"{product}-{number}";
        await Accepted(Announcement(product, number, RulesOf(format)));
        foreach (var (bidder, fen) in bids)
        {
            await Accepted(Commitment(auction, bidder, Math.Abs(fen)));
        }

        await meanwhile();
        _now = _now.AddDays(2);
        foreach (var (bidder, fen) in bids.Where(bid => bid.Fen > 0))
        {
            await Accepted(Opening(auction, bidder, fen));
        }

        _now = _now.AddDays(2);
        await Accepted(Closing(auction, format == AuctionFormat.RandomSampling ? Coin : null));
        await DealsAsync(auction);
    }

    private async Task EnglishAsync(string product, int number)
    {
        var auction = $"{product}-{number}";
        await Accepted(Announcement(product, number, RulesOf(AuctionFormat.English)));
        await Accepted(Placement(auction, "B1", 1, 50_000));
        await Accepted(Placement(auction, "B2", 1, 51_000));
        await Refused(Placement(auction, "B5", 1, 55_000));
        await Accepted(Placement(auction, "B1", 2, 60_000));
        await Accepted(Placement(auction, "B1", 3, 65_000));
        _now = _now.AddDays(3);
        await Accepted(Closing(auction));
        await DealsAsync(auction);
    }

    private async Task DutchAsync(string product, int number)
    {
        var auction = $"{product}-{number}";
        await Accepted(Announcement(product, number, RulesOf(AuctionFormat.Dutch)));
        _now = _now.AddSeconds(5 * 3_600);
        await Accepted(Placement(auction, "B3", 1, 155_000));
        await DealsAsync(auction);
    }

    private async Task DealsAsync(string auction)
    {
        foreach (var deal in Of<LicenceGranted>().Where(e => e.Auction?.Value == auction).Select(e => e.Deal).ToArray())
        {
            await Register(deal.Value);
            await Deliver(deal.Value);
            await Accepted(new AcceptDelivery(deal) { At = Tick(), By = new("buyer") });
        }
    }
}
