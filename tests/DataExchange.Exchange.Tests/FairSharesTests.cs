using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Domain.Settlement;
using DataExchange.Exchange.Verification;
using DataExchange.Shares;

namespace DataExchange.Exchange.Tests;

/// <summary>Contributors are paid what follows from the values that are recorded with the listing.</summary>
public sealed class FairSharesTests
{
    [Fact]
    public async Task Shares_follow_from_the_game_and_deals_are_shared_out_by_them()
    {
        var market = await SmallMarket.WithComputedSharesAsync(SmallMarket.Game);
        var listed = Assert.Single(market.Of<ProductListed>());
        Assert.Equal(SmallMarket.Game.CoalitionValuesFen, listed.Game!.CoalitionValuesFen);
        // φ = 190/3, 55/3, 55/3.
        Assert.Equal([new(SmallMarket.Upstream, 1_833), new(SmallMarket.SecondUpstream, 1_833)], listed.Contributors);
        var settled = market.Of<DealSettled>().ToArray();
        Assert.Equal(2, settled.Length);
        foreach (var deal in settled)
        {
            var paid = deal.Postings.Where(posting => !LedgerAccount.PayableTo(posting.Credit).IsEmpty).ToDictionary(posting => posting.Credit, posting => posting.AmountFen);
            var proceeds = paid.Values.Sum();
            Assert.Equal(100_001, deal.Postings.Sum(posting => posting.AmountFen));
            Assert.InRange(paid[LedgerAccount.Payable(SmallMarket.Upstream)] - (proceeds * 1_833 / 10_000), 0, 1);
            Assert.InRange(paid[LedgerAccount.Payable(SmallMarket.SecondUpstream)] - (proceeds * 1_833 / 10_000), 0, 1);
        }

        Assert.Empty(new Tampering(market.Events).Audit().Problems);
    }

    [Fact]
    public async Task Shares_that_do_not_follow_from_the_game_are_found()
    {
        var market = await SmallMarket.WithComputedSharesAsync(SmallMarket.Game);
        var altered = new Tampering(market.Events).Change<ProductListed>(_ => true, e => e with { Game = new(e.Game!.Contributors, [0, 30, 0, 61, 0, 60, 0, 100]) });
        Assert.Contains(altered.Audit().Problems, problem => problem.Rule == AuditRule.FairSharesDiffer && problem.Stream == "listing/P1");
        var unsound = new Tampering(market.Events).Change<ProductListed>(_ => true, e => e with { Game = new(e.Game!.Contributors, [0, 1]) });
        Assert.Contains(unsound.Audit().Problems, problem => problem.Rule == AuditRule.FairSharesDiffer);
    }

    [Fact]
    public async Task A_holder_alone_keeps_everything()
    {
        var alone = new ContributionGame([], [0, 70]);
        var market = await SmallMarket.WithComputedSharesAsync(alone);
        Assert.Empty(Assert.Single(market.Of<ProductListed>()).Contributors);
        Assert.Equal(new ShapleyAnswer.OneContributor(70), FairShares.Value(alone));
    }

    [Fact]
    public async Task Who_adds_nothing_or_less_has_no_share()
    {
        var market = await SmallMarket.WithComputedSharesAsync(new([SmallMarket.Upstream, SmallMarket.SecondUpstream], [0, 60, 40, 100, 0, 60, 40, 100]));
        Assert.Equal([new(SmallMarket.Upstream, 4_000)], Assert.Single(market.Of<ProductListed>()).Contributors);
        market = await SmallMarket.WithComputedSharesAsync(new([SmallMarket.Upstream], [0, 100, 0, 90]));
        Assert.Empty(Assert.Single(market.Of<ProductListed>()).Contributors);
    }

    [Fact]
    public async Task A_whole_worth_nothing_is_not_listed()
    {
        var market = await SmallMarket.WithComputedSharesAsync(new([SmallMarket.Upstream], [0, 60, 40, 0]));
        Assert.Empty(market.Of<ProductListed>());
        Assert.Equal(Rejection.ContributionsWorthNothing, Assert.Single(market.Of<ListingRefused>()).Reason);
    }

    [Fact]
    public void Shares_are_of_the_fractions_and_not_of_their_fen()
    {
        // φ = 1/2 each of 1 fen: in fen 1 and 0.
        Assert.Equal([new(SmallMarket.Upstream, 5_000)], FairShares.Of(new([SmallMarket.Upstream], [0, 0, 0, 1])));
    }

    [Fact]
    public void A_game_that_is_not_sound_gives_no_shares() => Assert.Empty(FairShares.Of(new([SmallMarket.Upstream], [0, 5, 5])));
}
