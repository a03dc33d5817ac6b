namespace DataExchange.Experiments;

/// <summary>A text in both languages.</summary>
/// <param name="Zh">中文.</param>
/// <param name="En">English.</param>
public sealed record Wording(string Zh, string En);

/// <summary>What one run of an experiment came to.</summary>
/// <param name="Seed">Its seed: the same seed gives the same figures.</param>
/// <param name="Effect">The effect that the experiment is about.</param>
/// <param name="Measures">What it was computed of, in the order of <see cref="Experiment.Measures"/>.</param>
public sealed record Trial(ulong Seed, double Effect, IReadOnlyList<double> Measures);

/// <summary>
/// A small market of its own in which a known result of economics emerges. It has no store and no events: what it shows is the mechanism, with figures
/// that are all assumed. The effect is above 0 where the result holds.
/// </summary>
public abstract class Experiment
{
    /// <summary>Its name: <c>lemons</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What it is about.</summary>
    public abstract Wording Title { get; }

    /// <summary>What is expected, and why.</summary>
    public abstract Wording Expected { get; }

    /// <summary>Where the result is published.</summary>
    public abstract string Paper { get; }

    /// <summary>What the effect is.</summary>
    public abstract Wording Effect { get; }

    /// <summary>What else is measured.</summary>
    public abstract IReadOnlyList<Wording> Measures { get; }

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Experiment> All { get; } = [new PostedOrAuction(), new Lemons(), new FeeCurve()];

    /// <summary>The experiment of a name; null when there is none.</summary>
    public static Experiment? Find(string name) => All.FirstOrDefault(one => one.Name == name);

    /// <summary>Runs it once.</summary>
    /// <param name="seed">Where all randomness comes from.</param>
    public abstract Trial Run(ulong seed);
}
