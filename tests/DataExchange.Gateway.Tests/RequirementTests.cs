using DataExchange.Client;
using Role = DataExchange.Gateway.Access.Role;

namespace DataExchange.Gateway.Tests;

public sealed class RequirementTests(RunningGateway gateway)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_requirement_is_posted_and_met_by_its_buyer_and_answered_by_its_venue_alone()
    {
        var (buyerName, venueName, id) = (gateway.Name("buyer"), gateway.Name("exchange"), gateway.Name("R"));
        var (buyer, otherBuyer) = (await gateway.ClientAsync(buyerName, Role.Buyer), await gateway.ClientAsync(gateway.Name("buyer"), Role.Buyer));
        var (venue, otherVenue) = (await gateway.ClientAsync("venue-" + venueName, Role.Venue), await gateway.ClientAsync("venue-" + gateway.Name("exchange"), Role.Venue));
        var post = new PostRequirement
        {
            Requirement = id, Venue = venueName, Buyer = buyerName, Text = "求购芯片招聘需求数据", SubTrack = "chip", Category = "industry", LeastQuality = 80, BudgetFen = 500_000,
            NeededUntil = new DateTimeOffset(2099, 1, 1, 0, 0, 0, TimeSpan.FromHours(8)),
        };
        var answer = new AnswerRequirement
        {
            Requirement = id, Algorithm = "ours.1", Searched = 9, Fitting = 2, Affordable = 2, GoodEnough = 2,
            Ranking =
            [
                new RankedProduct
                {
                    Product = gateway.Name("P"), ScoreBasisPoints = 7_000, TextBasisPoints = 6_000, ChainBasisPoints = 10_000, CategoryBasisPoints = 10_000,
                    QualityBasisPoints = 8_000, PriceBasisPoints = 0,
                },
            ],
        };

        await Assert.ThrowsAsync<NotPermittedException>(() => otherBuyer.GiveAsync(post, cancellation: Cancellation));
        await Assert.ThrowsAsync<NotPermittedException>(() => venue.GiveAsync(post, cancellation: Cancellation));
        Assert.Equal(
            "RequirementInvalid", (await Assert.ThrowsAsync<CommandRefusedException>(() => buyer.GiveAsync(post with { LeastQuality = 101 }, cancellation: Cancellation))).Rejection);
        await buyer.GiveAsync(post, cancellation: Cancellation);

        await Assert.ThrowsAsync<NotPermittedException>(() => otherVenue.GiveAsync(answer, cancellation: Cancellation));
        await Assert.ThrowsAsync<NotPermittedException>(() => buyer.GiveAsync(answer, cancellation: Cancellation));
        Assert.Equal(
            "RankingInvalid", (await Assert.ThrowsAsync<CommandRefusedException>(() => venue.GiveAsync(answer with { Searched = 1 }, cancellation: Cancellation))).Rejection);
        await venue.GiveAsync(answer, cancellation: Cancellation);

        // There is no such deal: what the buyer says of it is not taken.
        var met = new MeetRequirement { Requirement = id, Product = answer.Ranking[0].Product, Deal = gateway.Name("D") };
        await Assert.ThrowsAsync<NotPermittedException>(() => buyer.GiveAsync(met, cancellation: Cancellation));
        Assert.Equal(
            "RequirementStillOpen", (await Assert.ThrowsAsync<CommandRefusedException>(() => venue.GiveAsync(new LapseRequirement { Requirement = id }, cancellation: Cancellation))).Rejection);
        await Assert.ThrowsAsync<NotPermittedException>(() => otherBuyer.GiveAsync(new WithdrawRequirement { Requirement = id }, cancellation: Cancellation));
        await buyer.GiveAsync(new WithdrawRequirement { Requirement = id }, cancellation: Cancellation);
        Assert.Equal(
            "RequirementWasWithdrawn", (await Assert.ThrowsAsync<CommandRefusedException>(() => venue.GiveAsync(answer, cancellation: Cancellation))).Rejection);
    }
}
