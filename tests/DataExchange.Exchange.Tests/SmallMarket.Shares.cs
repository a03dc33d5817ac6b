using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Domain.Trading;

namespace DataExchange.Exchange.Tests;

/// <summary>A product that three made, whose shares are computed, sold twice.</summary>
internal sealed partial class SmallMarket
{
    internal static readonly PartyId SecondUpstream = new("U2");

    /// <summary>Fen by coalition of the holder (1), the first (2) and the second (4) contributor: φ = 190/3, 55/3, 55/3.</summary>
    internal static readonly ContributionGame Game = new([Upstream, SecondUpstream], [0, 30, 0, 60, 0, 60, 0, 100]);

    internal static async Task<SmallMarket> WithComputedSharesAsync(ContributionGame game)
    {
        var market = new SmallMarket();
        await market.Certify("P1");
        await market.Price("P1", new(LicenceKind.OpenEnded, PriceUnit.PerLicence, 100_001, null, 1, false));
        await market.Accepted(new AdmitBuyer(new("B1"), SecurityClass.Important) { At = market.Tick(), By = new("zjbdec") });
        await market.Accepted(new Domain.Settlement.DepositFunds(new("B1"), 10_000_000) { At = market.Tick(), By = new("B1") });
        var listing = await market.SubmitAsync(new ListProduct(new("P1"), Zjbdec, [], game) { At = market.Tick(), By = Seller }, default);
        if (listing.Accepted)
        {
            await market.Sell("P1", "G1", "B1");
            await market.Sell("P1", "G2", "B1");
        }

        return market;
    }
}
