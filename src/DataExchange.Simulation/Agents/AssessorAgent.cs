using DataExchange.Domain;
using DataExchange.Domain.Rights;
using DataExchange.Simulation.Randomness;

namespace DataExchange.Simulation.Agents;

/// <summary>A compliance assessor: examines applications and grades the data.</summary>
/// <param name="market">The surroundings.</param>
/// <param name="party">Who it is.</param>
public sealed class AssessorAgent(Market market, PartyId party) : Agent(market, party)
{
    /// <summary>Examines an application; gives the verdict that was recorded.</summary>
    public async ValueTask<Event> AssessAsync(ProductPlan plan, RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(random);
        var review = Market.Scenario.Review;
        await Kernel.Until(Market.Office(random, 3 + random.NextInt32(5)));
        var outcome = await Kernel.SubmitAsync(new AssessCompliance(
            plan.Product,
            random.NextBoolean(review.UnlawfulSource.Value),
            random.NextBoolean(review.OwnershipDisputed.Value),
            random.NextBoolean(review.PublicHarm.Value)) { At = Now, By = Party }).ConfigureAwait(true);
        // The verdict comes last: what it means for a trial in the sandbox is said before it.
        return outcome.Events[^1];
    }

    /// <summary>Grades the data.</summary>
    /// <returns>The score, 0 to 100.</returns>
    public async ValueTask<int> EvaluateAsync(ProductPlan plan, RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(random);
        await Kernel.Until(Market.Office(random, 1 + random.NextInt32(3)));
        // A30.
        int Grade(double mean) => (int)Math.Clamp(Math.Round(mean + (8 * random.NextNormal())), 0, 100);
        var (completeness, accuracy, timeliness, consistency) = (Grade(86), Grade(88), Grade(80), Grade(87));
        await Kernel.SubmitAsync(new EvaluateQuality(plan.Product, completeness, accuracy, timeliness, consistency) { At = Now, By = Party })
            .ConfigureAwait(true);
        return QualityEvaluated.Score(completeness, accuracy, timeliness, consistency);
    }
}
