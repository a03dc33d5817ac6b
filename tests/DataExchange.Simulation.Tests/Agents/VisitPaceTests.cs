using CsCheck;
using DataExchange.Simulation.Agents.Shocks;
using DataExchange.Simulation.Kernel;
using DataExchange.Simulation.Scenarios;

namespace DataExchange.Simulation.Tests.Agents;

/// <summary>Visits at a pace that changes: between two of them lies just what was drawn.</summary>
public sealed class VisitPaceTests
{
    private static readonly DateOnly First = new(2020, 1, 1);
    private static readonly ActivityCurve Curve = new(First, First.AddDays(999), day => 1 + (day.DayNumber % 7));

    [Fact]
    public void The_rate_added_up_between_two_visits_is_the_draw() =>
        Gen.Select(Gen.Select(Gen.Int[1, 999], Gen.Double[0, 4]).Array[0, 4], Gen.Select(Gen.Int[1, 999], Gen.Double[0.1, 4]), Gen.Double[0, 0.99], Gen.Double[0, 5], Gen.Double[0.5, 50])
            .Sample((shocks, boost, share, draw, visits) =>
            {
                var scenario = SmallRun.BuiltIn with
                {
                    Shocks = [.. shocks.Select((shock, i) => new ShockSettings { Id = $"s{i}", Kind = ShockKind.Demand, At = First.AddDays(shock.Item1), Factor = new Figure(shock.Item2, Provenance.Assumed) })],
                };
                var next = new VisitPace(Curve, DemandPath.OfShelf(scenario), (First.AddDays(boost.Item1), null, boost.Item2)).Next(share, draw, visits);
                if (next >= 1)
                {
                    // Not before the end: the rate up to it is not enough.
                    return Spent(share, 1) <= draw + 1e-9;
                }

                return Math.Abs(Spent(share, next) - draw) < 1e-9;

                // Added up day by day, from the shocks themselves.
                double Spent(double from, double to)
                {
                    var sum = 0.0;
                    for (var day = First; day <= First.AddDays(999); day = day.AddDays(1))
                    {
                        var (begins, ends) = (Math.Max(from, Curve.ShareBy(day.AddDays(-1))), Math.Min(to, Curve.ShareBy(day)));
                        var factor = scenario.Shocks.Where(shock => shock.IsOn(day)).Aggregate(1.0, (product, shock) => product * shock.Factor!.Value) * (day >= First.AddDays(boost.Item1) ? boost.Item2 : 1);
                        sum += begins < ends ? visits * factor * (ends - begins) : 0;
                    }

                    return sum;
                }
            }, iter: 300);

    [Fact]
    public void Without_a_change_it_is_the_plain_process() =>
        Gen.Select(Gen.Double[0, 0.99], Gen.Double[0, 5], Gen.Double[0.5, 50]).Sample((share, draw, visits) =>
            new VisitPace(Curve, DemandPath.OfShelf(SmallRun.BuiltIn)).Next(share, draw, visits) == share + (draw / visits));
}
