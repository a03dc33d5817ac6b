using CsCheck;
using DataExchange.Domain.Trading;
using DataExchange.Menus.Policies;
using static DataExchange.Domain.Tests.Sample;

namespace DataExchange.Domain.Tests.Trading;

/// <summary>What shares of revenue come to over all their periods, against the price policy of Menus and by what must hold whatever is reported.</summary>
public sealed class RevenueShareTests
{
    private static readonly Gen<RevenueShareTerms> AnyTerms =
        from share in Gen.Int[1, RevenueShareTerms.MostBasisPoints]
        from periods in Gen.Int[1, RevenueShareTerms.MostPeriods]
        from cap in Gen.Long[1, 1_000_000]
        from days in Gen.Int[1, RevenueShareTerms.MostReportDays]
        select new RevenueShareTerms(share, periods, cap, days);

    // What is earned in a period; -1 where nothing is reported in time.
    private static readonly Gen<long[]> AnyReports = Gen.Frequency((1, Gen.Const(-1L)), (1, Gen.Const(0L)), (6, Gen.Long[0, 2_000_000])).Array[RevenueShareTerms.MostPeriods];

    [Fact]
    public void Each_release_is_what_the_menu_charges_for_that_revenue_up_to_the_cap() => Gen.Select(AnyTerms, AnyReports).Sample((terms, reports) =>
    {
        var policy = new RevenueShare(terms.ShareBasisPoints);
        var left = terms.CapFen;
        foreach (var step in Walk(terms, reports))
        {
            switch (step)
            {
                case RevenueReported e:
                    var due = Math.Min(left, policy.PriceOf(new Usage { RevenueFen = e.RevenueFen }).Fen!.Value);
                    Assert.Equal((due, e.IsLast ? left - due : 0), (e.AmountFen, e.ReturnedFen));
                    left -= e.AmountFen + e.ReturnedFen;
                    break;
                case RevenueOverdue e:
                    // The fewest fen of which so many as periods are left make up the cap.
                    var periods = terms.Periods - e.Period + 1;
                    Assert.True(e.AmountFen * periods >= left && (e.AmountFen - 1) * periods < left, $"{e} of {left} fen");
                    left -= e.AmountFen;
                    break;
            }
        }

        Assert.Equal(0, left);
    });

    [Fact]
    public void Who_says_nothing_at_all_pays_the_cap_and_who_earns_nothing_gets_it_back() => AnyTerms.Sample(terms =>
    {
        Assert.Equal(terms.CapFen, Walk(terms, [.. Enumerable.Repeat(-1L, terms.Periods)]).Sum(step => ((RevenueOverdue)step).AmountFen));
        var nothing = Walk(terms, new long[terms.Periods]).Cast<RevenueReported>().ToArray();
        Assert.Equal((terms.Periods, 0, terms.CapFen), (nothing.Length, nothing.Sum(e => e.AmountFen), nothing[^1].ReturnedFen));
    });

    private static List<Event> Walk(RevenueShareTerms terms, long[] reports)
    {
        var state = new DealState
        {
            Stage = DealStage.Accepted, Buyer = Buyer, Provider = Provider, Licence = LicenceKind.OpenEnded, Quantity = 1, AmountFen = terms.CapFen + 1,
            Revenue = terms, RevenueFrom = Day(76), RevenueLeftFen = terms.CapFen,
        };
        List<Event> steps = [];
        for (var period = 1; state.NextRevenueDue is { } due; period++)
        {
            DealCommand command = reports[period - 1] < 0
                ? new ChargeOverdueRevenue(Deal) { At = due, By = Provider }
                : new ReportRevenue(Deal, period, reports[period - 1]) { At = due.AddSeconds(-1), By = Buyer };
            steps.Add(Assert.Single(DealDecider.Decide(command, state).Events));
            state = DealDecider.Evolve(state, steps[^1]);
        }

        Assert.Equal(steps[^1] is RevenueReported { IsLast: true } or RevenueOverdue { IsLast: true }, state.NextRevenueDue is null);
        return steps;
    }
}
