using CsCheck;
using DataExchange.Domain;
using DataExchange.Reports.Figures;
using DataExchange.Reports.ReadModels;

namespace DataExchange.Reports.Tests.Figures;

/// <summary>Who got what of the value of trade.</summary>
public sealed class WelfareTests
{
    private static readonly DateTimeOffset Registered = new(2025, 3, 3, 9, 0, 0, TimeSpan.FromHours(8));

    [Fact]
    public void A_sale_is_shared_between_buyer_provider_venue_and_tax()
    {
        var row = Whole([Look("D1", value: 1_500, price: 1_000), Look(null, value: 600, price: 1_000)], [Deal("D1", 1_000, provider: 900, fee: 40, tax: 60)]);

        Assert.Equal((2, 1, 2_100L, 1_500L, 1_000L), (row.Opportunities, row.Bought, row.PotentialFen, row.RealisedFen, row.PaidFen));
        Assert.Equal((500L, 900L, 40L, 60L, 0L, 600L), (row.BuyersFen, row.ProvidersFen, row.VenuesFen, row.TaxFen, row.InEscrowFen, row.LostFen));
        Assert.Equal(1_500 / 2_100.0, row.Efficiency);
    }

    [Fact]
    public void Contributors_count_with_the_provider_and_what_is_not_shared_out_is_in_escrow()
    {
        var shared = Deal("D1", 1_000, provider: 700, fee: 40, tax: 60) with { ContributorShares = [new("C1", 150)] };
        var row = Whole([Look("D1", 1_200, 1_000)], [shared]);

        Assert.Equal((850L, 50L), (row.ProvidersFen, row.InEscrowFen));
    }

    [Theory]
    // Refunded in full: nothing was had of it. A third back: two thirds of the value.
    [InlineData(900, 0, 0, 0)]
    [InlineData(300, 0, 800, 600)]
    [InlineData(0, 300, 800, 600)]
    [InlineData(300, 300, 400, 300)]
    public void What_went_back_takes_its_part_of_the_value_along(long refund, long chargedBack, long realised, long paid)
    {
        var row = Whole([Look("D1", 1_200, 900)], [Deal("D1", 900) with { RefundFen = refund, ChargedBackFen = chargedBack }]);

        Assert.Equal((realised, paid), (row.RealisedFen, row.PaidFen));
    }

    [Fact]
    public void A_deal_that_was_never_registered_is_no_sale()
    {
        var row = Whole([Look("D1", 1_200, 900)], [Deal("D1", 900) with { RegisteredAt = null }]);

        Assert.Equal((0, 0L, 1_200L), (row.Bought, row.RealisedFen, row.LostFen));
    }

    [Fact]
    public void Of_limited_copies_those_count_to_whom_they_are_worth_most()
    {
        ValuedOpportunity[] looks =
        [
            Look("D1", 700, 500) with { Copies = 2 }, Look("D2", 600, 500) with { Copies = 2 }, Look("D3", 900, 500) with { Copies = 2, Refusal = Rejection.CapReached },
            Look(null, 400, 500) with { Copies = 2 }, Look(null, 100, 500) with { Product = "P2" },
        ];
        var row = Whole(looks, [Deal("D1", 500), Deal("D2", 500)]);

        Assert.Equal((900L + 700 + 100, 1_300L), (row.PotentialFen, row.RealisedFen));
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData(Rejection.CapReached, true)]
    [InlineData(Rejection.ExclusiveLicenceSold, true)]
    [InlineData(Rejection.InsufficientFunds, true)]
    [InlineData(Rejection.BuyerNotAdmitted, false)]
    [InlineData(Rejection.ProductSuspended, false)]
    [InlineData(Rejection.CertificateExpired, false)]
    [InlineData(Rejection.NotOffered, false)]
    public void What_the_rules_forbid_is_no_loss(Rejection? refusal, bool counts)
    {
        var figures = Of([Look("D1", 500, 400) with { Refusal = refusal }, Look(null, 1, 2)], []);

        Assert.Equal(counts ? 2 : 1, figures.Rows[0].Opportunities);
        Assert.Equal(counts ? 501 : 1, figures.Rows[0].PotentialFen);
    }

    [Fact]
    public void Without_opportunities_nobody_knows_anything() => Assert.Null(new WelfareBuilder([]).Complete());

    [Fact]
    public void Channels_and_categories_add_up_to_the_whole_market_and_agree_with_a_naive_sum() =>
        Gen.Select(
            Gen.Select(Gen.Int[0, 2], Gen.Int[0, 4], Gen.Int[0, 1], Gen.Long[0, 5_000], Gen.Long[1, 2_000], Gen.Bool).List[1, 60], Gen.Int[0, 100]).Sample((drawn, back) =>
        {
            var looks = drawn.Select((one, i) => new ValuedOpportunity(
                (TradeChannel)one.Item1, $"P{one.Item2}", one.Item2 % 2 == 0 ? "a" : "b", one.Item2 == 4 ? 3 : null, one.Item6 ? $"D{i}" : null, one.Item4, one.Item5,
                one.Item3 == 0 ? null : Rejection.CapReached)).ToList();
            var deals = looks.Where(look => look is { Deal: not null, Refusal: null })
                .Select(look => Deal(look.Deal!, look.PriceFen, look.PriceFen / 2, look.PriceFen / 20, look.PriceFen / 10) with { RefundFen = look.PriceFen * back / 100 }).ToList();
            var figures = Of(looks, deals);
            var whole = figures.Rows[0];

            Assert.Equal(looks.Where(look => look.Copies is null).Sum(look => look.ValueFen)
                + looks.Where(look => look.Copies is not null).Select(look => look.ValueFen).OrderDescending().Take(3).Sum(), whole.PotentialFen);
            Assert.Equal(deals.Sum(deal => deal.AmountFen - deal.RefundFen), whole.PaidFen);
            Assert.Equal(
                looks.Join(deals, look => look.Deal, deal => deal.Id, (look, deal) => look.ValueFen * (deal.AmountFen - deal.RefundFen) / deal.AmountFen).Sum(), whole.RealisedFen);
            foreach (var part in (IEnumerable<Welfare>[])[figures.Rows.Where(row => row.Channel is not null), figures.Rows.Where(row => row.Category is not null)])
            {
                Assert.Equal(whole.PotentialFen, part.Sum(row => row.PotentialFen));
                Assert.Equal(whole.RealisedFen, part.Sum(row => row.RealisedFen));
                Assert.Equal((whole.Opportunities, whole.Bought), (part.Sum(row => row.Opportunities), part.Sum(row => row.Bought)));
                Assert.Equal(whole.BuyersFen + whole.ProvidersFen + whole.VenuesFen + whole.TaxFen + whole.InEscrowFen, part.Sum(row => row.RealisedFen));
            }
        });

    private static ValuedOpportunity Look(string? deal, long value, long price) => new(TradeChannel.Shelf, "P1", "a", null, deal, value, price, null);

    private static DealEntry Deal(string id, long amount, long provider = 0, long fee = 0, long tax = 0) =>
        new() { Id = id, AmountFen = amount, RegisteredAt = Registered, ProviderShareFen = provider, FeeFen = fee, VatFen = tax };

    private static Welfare Whole(IReadOnlyList<ValuedOpportunity> looks, IEnumerable<DealEntry> deals) => Of(looks, deals).Rows[0];

    private static WelfareFigures Of(IReadOnlyList<ValuedOpportunity> looks, IEnumerable<DealEntry> deals)
    {
        var builder = new WelfareBuilder(looks);
        foreach (var deal in deals)
        {
            builder.Add(deal);
        }

        return builder.Complete()!;
    }
}
