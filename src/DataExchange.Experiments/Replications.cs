namespace DataExchange.Experiments;

/// <summary>What many runs of an experiment came to.</summary>
/// <param name="Trials">The runs, by seed.</param>
/// <param name="Mean">Mean effect.</param>
/// <param name="Low">Lower end of its 95 % confidence interval.</param>
/// <param name="High">Upper end.</param>
public sealed record Replications(IReadOnlyList<Trial> Trials, double Mean, double Low, double High)
{
    /// <summary>Fewest runs.</summary>
    public const int Fewest = 2;

    /// <summary>Whether the effect is there: the whole interval is above 0.</summary>
    public bool IsThere => Low > 0;

    /// <summary>Runs an experiment with one seed after the other. The interval is Student's, mean ± t·s/√n.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="seed">The first seed; the next ones count on.</param>
    /// <param name="count">How many, <see cref="Fewest"/> or more.</param>
    /// <param name="onTrial">Told of each.</param>
    /// <param name="cancellation">Stops it between two runs.</param>
    /// <exception cref="ArgumentOutOfRangeException">Too few runs.</exception>
    public static Replications Of(Experiment experiment, ulong seed, int count, Action<Trial>? onTrial = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, Fewest);
        var trials = new List<Trial>(count);
        for (var i = 0; i < count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            trials.Add(experiment.Run(seed + (ulong)i));
            onTrial?.Invoke(trials[^1]);
        }

        var (mean, low, high) = MeanInterval.Of([.. trials.Select(trial => trial.Effect)]);
        return new(trials, mean, low, high);
    }
}
