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

    private static BigInteger HalfUp(BigInteger numerator, BigInteger denominator) => ((numerator * 2) + denominator) / (denominator * 2);
}
