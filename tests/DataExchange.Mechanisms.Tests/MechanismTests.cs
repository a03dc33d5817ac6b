using CsCheck;

namespace DataExchange.Mechanisms.Tests;

public sealed class MechanismTests
{
    public static TheoryData<string> Names => [.. Profiles.All.Select(one => one.Name)];

    [Fact]
    public void Every_mechanism_does_what_a_person_would_step_by_step() => Gen.Select(Profiles.Any, Gen.Long[0, 8], Gen.Int[1, 4], Gen.Long[1, 4], Gen.Long[1, 14]).Sample((bids, reserve, copies, step, price) =>
    {
        void Same(IMechanism mechanism, List<Award> expected) => Assert.Equal(
            expected.OrderBy(award => award.Bidder), mechanism.Run(new(reserve), bids).Awards.OrderBy(award => award.Bidder));
        Same(new PostedPrice(price), NaiveMechanisms.Posted(reserve, bids, price, int.MaxValue));
        Same(new PostedPrice(price, copies), NaiveMechanisms.Posted(reserve, bids, price, copies));
        Same(new FirstPrice(), NaiveMechanisms.FirstPrice(reserve, bids));
        Same(new Vickrey(), NaiveMechanisms.Uniform(reserve, bids, 1));
        Same(new UniformPrice(copies), NaiveMechanisms.Uniform(reserve, bids, copies));
        Same(new EnglishClock(step), NaiveMechanisms.English(reserve, bids, step));
        Same(new DutchClock(price, step), NaiveMechanisms.Dutch(reserve, bids, price, step));
        Same(new OptimalPrice(), NaiveMechanisms.Optimal(reserve, bids));
        Same(new RandomSampling(Profiles.Coins(copies * 77)), NaiveMechanisms.RandomSampling(reserve, bids, Profiles.Coins(copies * 77)));
    });

    [Theory, MemberData(nameof(Names))]
    public void Nobody_pays_more_than_he_bid_and_the_provider_receives_what_bidders_pay(string name)
    {
        var mechanism = Profiles.All.Single(one => one.Name == name).Mechanism;
        Gen.Select(Profiles.Any, Gen.Long[0, 8], Gen.Long[0, 3], Gen.Long[0, 12]).Sample((bids, reserve, deposit, funds) =>
        {
            bids = [.. bids.Select((bid, i) => bid with { DepositFen = (bid.AmountFen + i) % 4, FundsFen = i % 3 == 0 ? funds : null })];
            var result = mechanism.Run(new(reserve, deposit, closesAt: 2), bids);
            var amounts = bids.ToDictionary(bid => bid.Bidder, bid => bid.AmountFen);
            Assert.All(result.Awards, award => Assert.InRange(award.PriceFen, reserve, amounts[award.Bidder]));
            Assert.Equal(result.Awards.Count, result.Awards.Select(award => award.Bidder).Distinct().Count());
            Assert.Empty(result.Awards.Select(award => award.Bidder).Intersect(result.Refused.Select(refused => refused.Bid.Bidder)));
            Assert.Equal(result.Awards.Sum(award => award.PriceFen), result.RevenueFen);
            Assert.Equal(result.Awards.Count == 0, result.NoSale is not null);
            // What came in as deposits goes to prices or back; nothing is made or lost.
            Assert.Equal(bids.Sum(bid => bid.DepositFen), result.Deposits.Sum(use => use.ToPriceFen + use.ReturnedFen + use.ForfeitedFen));
            Assert.All(result.Deposits, use => Assert.True(use is { ToPriceFen: >= 0, ReturnedFen: >= 0, ForfeitedFen: 0 }));
            Assert.All(result.Deposits, use => Assert.True(use.ToPriceFen <= result.Awards.Where(award => award.Bidder == use.Bidder).Sum(award => award.PriceFen)));
        });
    }

    [Theory, MemberData(nameof(Names))]
    public void The_order_of_the_list_does_not_matter(string name)
    {
        var mechanism = Profiles.All.Single(one => one.Name == name).Mechanism;
        Gen.Select(Profiles.Any, Gen.Int).Sample((bids, seed) =>
        {
            var shuffled = bids.ToArray();
            new Random(seed).Shuffle(shuffled);
            Assert.Equal(mechanism.Run(new(2), bids).Awards, mechanism.Run(new(2), shuffled).Awards);
        });
    }

    [Theory, MemberData(nameof(Names))]
    public void Why_nothing_was_sold_is_told(string name)
    {
        var mechanism = Profiles.All.Single(one => one.Name == name).Mechanism;
        Assert.Equal(NoSaleReason.NoBids, mechanism.Run(new(), []).NoSale);
        Assert.Equal(NoSaleReason.ReserveAboveAllBids, mechanism.Run(new(100), Profiles.Of(3, 5)).NoSale);
        Assert.Equal(NoSaleReason.NoBidAdmitted, mechanism.Run(new(4, closesAt: 0), Profiles.Of(3, 5)).NoSale);
        Assert.False(string.IsNullOrWhiteSpace(mechanism.Name));
    }

    [Fact]
    public void A_price_above_all_bids_sells_nothing()
    {
        Assert.Equal(NoSaleReason.PriceAboveAllBids, new PostedPrice(6).Run(new(), Profiles.Of(3, 5)).NoSale);
        Assert.Equal(NoSaleReason.PriceAboveAllBids, new RandomSampling(_ => true).Run(new(), Profiles.Of(3, 5)).NoSale);
        // The clock begins below the reserve, or steps over it.
        Assert.Equal(NoSaleReason.PriceAboveAllBids, new DutchClock(3, 1).Run(new(4), Profiles.Of(4, 5)).NoSale);
        Assert.Equal(NoSaleReason.PriceAboveAllBids, new DutchClock(7, 4).Run(new(4), Profiles.Of(5)).NoSale);
    }

    [Fact]
    public void Each_bid_that_does_not_take_part_has_its_reason()
    {
        var result = new Vickrey().Run(new(5, 2, 100),
        [
            new("", 9, 1, 2), new("late", 9, 101, 2), new("nothing", 0, 1, 2), new("too much", Bid.MostFen + 1, 1, 2), new("no deposit", 9, 1, 1), new("poor", 9, 1, 2, 8),
            new("low", 4, 1, 2), new("twice", 6, 1, 2), new("twice", 60, 2, 2), new("good", 8, 3, 20),
        ]);
        Assert.Equal(
            [
                ("", BidRefusal.BidderMissing), ("low", BidRefusal.BelowReserve), ("no deposit", BidRefusal.DepositMissing), ("nothing", BidRefusal.AmountNotAllowed),
                ("poor", BidRefusal.Insolvent), ("too much", BidRefusal.AmountNotAllowed), ("twice", BidRefusal.SecondBid), ("late", BidRefusal.Late),
            ],
            result.Refused.Select(refused => (refused.Bid.Bidder, refused.Reason)));
        Assert.Equal([new Award("good", 6)], result.Awards);
        Assert.Contains(new DepositUse("good", 6, 14, 0), result.Deposits);
        Assert.Contains(new DepositUse("twice", 0, 4, 0), result.Deposits);
    }

    [Fact]
    public void Among_equal_bids_the_earlier_wins_and_then_the_smaller_id()
    {
        Bid[] bids = [new("c", 5, 1), new("a", 5, 2), new("b", 5, 1)];
        foreach (var mechanism in new IMechanism[] { new FirstPrice(), new Vickrey(), new EnglishClock(1), new DutchClock(9, 1), new PostedPrice(5, copies: 1) })
        {
            Assert.Equal([new Award("b", 5)], mechanism.Run(new(), bids).Awards);
        }
    }

    [Fact]
    public void A_refused_bid_does_not_use_up_the_one_that_its_bidder_has() =>
        Assert.Equal([new Award("a", 5)], new FirstPrice().Run(new(3), [new("a", 2, 1), new("a", 5, 2)]).Awards);

    [Fact]
    public void What_is_out_of_range_is_named()
    {
        Assert.Equal("reserveFen", Assert.Throws<ArgumentOutOfRangeException>(() => new AuctionTerms(-1)).ParamName);
        Assert.Equal("depositFen", Assert.Throws<ArgumentOutOfRangeException>(() => new AuctionTerms(0, Bid.MostFen + 1)).ParamName);
        Assert.Equal("priceFen", Assert.Throws<ArgumentOutOfRangeException>(() => new PostedPrice(0)).ParamName);
        Assert.Equal("copies", Assert.Throws<ArgumentOutOfRangeException>(() => new PostedPrice(1, 0)).ParamName);
        Assert.Equal("copies", Assert.Throws<ArgumentOutOfRangeException>(() => new UniformPrice(0)).ParamName);
        Assert.Equal("incrementFen", Assert.Throws<ArgumentOutOfRangeException>(() => new EnglishClock(0)).ParamName);
        Assert.Equal("startFen", Assert.Throws<ArgumentOutOfRangeException>(() => new DutchClock(0, 1)).ParamName);
        Assert.Equal("decrementFen", Assert.Throws<ArgumentOutOfRangeException>(() => new DutchClock(1, 0)).ParamName);
    }

    [Fact]
    public void The_largest_amounts_still_fit()
    {
        var bids = Enumerable.Range(0, 2_000).Select(i => new Bid($"b{i}", Bid.MostFen, i)).ToArray();
        Assert.Equal(2_000 * Bid.MostFen, new OptimalPrice().Run(new(), bids).RevenueFen);
        Assert.Equal(Bid.MostFen, new EnglishClock(Bid.MostFen).Run(new(), bids).RevenueFen);
        Assert.Equal(Bid.MostFen, new DutchClock(Bid.MostFen, 1).Run(new(), bids).RevenueFen);
    }
}
