using DataExchange.Simulation.Kernel;

namespace DataExchange.Simulation.Agents.Shocks;

/// <summary>
/// How fast visits follow each other on the scale of an activity curve, where that is not the same all the time. The same exponential draws give the same visits
/// up to the first change, and the same order of visits after it, sooner or later: what comes before is never another for what comes after.
/// </summary>
public sealed class VisitPace
{
    private readonly (double Share, double Factor)[] _steps;

    /// <summary>Makes a pace.</summary>
    /// <param name="curve">How activity spreads over the history.</param>
    /// <param name="demand">Demand from day to day.</param>
    /// <param name="boosts">From which days on which further factors count, in any order.</param>
    public VisitPace(ActivityCurve curve, DemandPath demand, params IReadOnlyList<(DateOnly From, DateOnly? Until, double Factor)> boosts)
    {
        ArgumentNullException.ThrowIfNull(curve);
        ArgumentNullException.ThrowIfNull(demand);
        ArgumentNullException.ThrowIfNull(boosts);
        var days = demand.Steps.Select(step => step.From).Concat(boosts.Select(boost => boost.From))
            .Concat(boosts.Where(boost => boost.Until is not null).Select(boost => boost.Until!.Value.AddDays(1)));
        _steps = [.. days.Distinct().Order().Select(day => (
            curve.ShareBy(day.AddDays(-1)),
            boosts.Where(boost => boost.From <= day && (boost.Until is not { } last || day <= last)).Aggregate(demand.On(day), (factor, boost) => factor * boost.Factor)))];
    }

    /// <summary>When the next visit comes.</summary>
    /// <param name="share">Share of all activity by now.</param>
    /// <param name="draw">An exponential draw with mean 1.</param>
    /// <param name="visits">Visits over the whole history at factor 1, above 0.</param>
    /// <returns>Share of all activity by then; 1 or more when it does not come any more.</returns>
    public double Next(double share, double draw, double visits)
    {
        var factor = 1.0;
        foreach (var step in _steps)
        {
            if (step.Share > share)
            {
                var rate = visits * factor;
                var used = rate * (step.Share - share);
                if (used >= draw)
                {
                    return share + (draw / rate);
                }

                draw -= used;
                share = step.Share;
            }

            factor = step.Factor;
        }

        return share + (draw / (visits * factor));
    }
}
