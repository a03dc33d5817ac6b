using System.Numerics;
using CsCheck;
using DataExchange.Domain.Settlement;
using static DataExchange.Domain.Tests.Sample;

namespace DataExchange.Domain.Tests.Settlement;

public sealed class DistributionTests
{
    private static readonly Gen<long> Amounts = Gen.OneOf(Gen.Long[1, 30], Gen.Long[1, 1_000_000], Gen.Long[1, Money.MostFen]);

    private static readonly Gen<int> Rates = Gen.OneOf(Gen.Int[0, 10_000], Gen.Int[0, 3].Select(i => new[] { 0, 250, 600, 10_000 }[i]));

    private static readonly Gen<ContributorShare[]> Shares = Gen.Int[1, 4_000].Array[0, 5].Select(shares => shares
            .Select((share, i) => new ContributorShare(new PartyId("contributor" + i), share)).ToArray())
        .Where(shares => shares.Sum(share => share.ShareBasisPoints) < 10_000);

    private static readonly Gen<DistributionTerms> Terms = Gen.Select(Rates, Rates, Shares)
        .Select((fee, vat, shares) => new DistributionTerms(Venue, Provider, fee, vat, shares));

    [Fact]
    public void The_parts_sum_to_the_whole_and_each_is_above_zero_and_leaves_escrow() =>
        Gen.Select(Terms, Amounts).Sample((terms, fen) =>
        {
            Assert.True(terms.AreValid);
            var postings = terms.Distribute(new Money(fen));
            Assert.Equal(fen, postings.Sum(posting => posting.AmountFen));
            Assert.All(postings, posting => Assert.True(posting.AmountFen > 0 && posting.Debit == LedgerAccount.Escrow));
            Assert.Equal(postings.Count, postings.Select(posting => posting.Credit).Distinct().Count());
        });

    [Fact]
    public void Tax_is_what_the_amount_contains_and_the_fee_is_on_the_amount_unless_nothing_is_left() =>
        Gen.Select(Terms, Amounts).Sample((terms, fen) =>
        {
            var postings = terms.Distribute(new Money(fen)).ToDictionary(posting => posting.Credit, posting => posting.AmountFen);
            var vat = HalfUp((BigInteger)fen * terms.VatBasisPoints, 10_000 + terms.VatBasisPoints);
            var fee = BigInteger.Min(HalfUp((BigInteger)fen * terms.FeeBasisPoints, 10_000), fen - vat);
            Assert.Equal(vat, postings.GetValueOrDefault(LedgerAccount.Vat));
            Assert.Equal(fee, postings.GetValueOrDefault(LedgerAccount.Fees(Venue)));
            foreach (var share in terms.Contributors)
            {
                var exact = (fen - vat - fee) * share.ShareBasisPoints;
                Assert.True(BigInteger.Abs((postings.GetValueOrDefault(LedgerAccount.Payable(share.Party)) * (BigInteger)10_000) - exact) < 10_000);
            }
        });

    /// <summary>Rates below a half, so that tax and fee leave room for each other.</summary>
    [Fact]
    public void The_fees_of_all_periods_together_are_what_the_schedule_says_for_the_whole() =>
        Gen.Select(FeeScheduleTests.Schedules, Shares, Gen.Long[1, 20_000].Array[1, 8]).Sample((fee, shares, periods) =>
        {
            var schedule = fee.Schedule with { Above = [.. fee.Schedule.Above.Select(tier => tier with { BasisPoints = tier.BasisPoints / 2 })] };
            var terms = new DistributionTerms(Venue, Provider, fee.BasisPoints / 2, 600, shares, schedule);
            var (total, shared, room) = (periods.Sum(), SharedOut.Nothing, 0L);
            foreach (var period in periods)
            {
                var postings = terms.Distribute(new Money(period), shared);
                Assert.Equal(period, postings.Sum(posting => posting.AmountFen));
                Assert.All(postings, posting => Assert.True(posting.AmountFen > 0));
                shared = shared.With(postings, terms);
                room += period - new Money(period).Portion(600, 10_600).Fen;
            }

            // A least fee may be more than there is; then all of it goes to the venue.
            Assert.Equal(Math.Min(schedule.FeeOn(terms.FeeBasisPoints, new(total)).Fen, room), shared.Fee.Fen);
            Assert.Equal(total, shared.Total.Fen);
        });

    [Fact]
    public void Without_a_schedule_each_period_is_rounded_by_itself_as_it_always_was()
    {
        var terms = new DistributionTerms(Venue, Provider, 250, 0, []);
        Assert.Equal(1, terms.Distribute(new(20)).Single(posting => posting.Credit == LedgerAccount.Fees(Venue)).AmountFen);
        var first = SharedOut.Nothing.With(terms.Distribute(new(20)), terms);
        Assert.Equal(2, first.With(terms.Distribute(new(20), first), terms).Fee.Fen);
        var tiered = terms with { Fee = FeeSchedule.Flat };
        Assert.Equal(1, first.With(tiered.Distribute(new(20), first), tiered).Fee.Fen);
    }

    [Fact]
    public void What_is_taken_back_sums_to_the_amount_and_nobody_gives_more_than_he_has() =>
        Gen.Select(Terms, Gen.Long[1, 1_000_000].Array[1, 4], Gen.Double[0, 1]).Sample((terms, periods, part) =>
        {
            var shared = periods.Aggregate(SharedOut.Nothing, (before, period) => before.With(terms.Distribute(new Money(period), before), terms));
            var amount = Math.Max(1, (long)(shared.Total.Fen * part));
            var back = shared.TakeBack(new Money(amount));
            Assert.Equal(amount, back.Total.Fen);
            Check(shared.Vat.Fen, back.Vat.Fen);
            Check(shared.Fee.Fen, back.Fee.Fen);
            foreach (var share in shared.Parties)
            {
                Check(share.AmountFen, back.Parties.Where(other => other.Party == share.Party).Sum(other => other.AmountFen));
            }

            var all = shared.TakeBack(shared.Total);
            Assert.Equal((shared.Vat, shared.Fee), (all.Vat, all.Fee));
            Assert.Equal(shared.Parties, all.Parties);

            void Check(long had, long gives) =>
                Assert.True(gives <= had && BigInteger.Abs(((BigInteger)gives * shared.Total.Fen) - ((BigInteger)had * amount)) < shared.Total.Fen, $"{gives} of {had}");
        });

    private static BigInteger HalfUp(BigInteger numerator, BigInteger denominator) => ((numerator * 2) + denominator) / (denominator * 2);
}
