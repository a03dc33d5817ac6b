namespace DataExchange.Cli.Commands;

/// <summary>An experiment, as <c>dx experiment list --json</c> tells of it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="TitleZh">What it is about, in Chinese.</param>
/// <param name="TitleEn">In English.</param>
/// <param name="ExpectedZh">What is expected, in Chinese.</param>
/// <param name="ExpectedEn">In English.</param>
/// <param name="Paper">Where the result is published.</param>
internal sealed record ExperimentDescription(string Name, string TitleZh, string TitleEn, string ExpectedZh, string ExpectedEn, string Paper);

/// <summary>What <c>dx experiment run --json</c> prints.</summary>
/// <param name="Experiment">The experiment.</param>
/// <param name="Effect">What the effect is.</param>
/// <param name="Mean">Its mean over all seeds.</param>
/// <param name="Low">Lower end of the 95 % confidence interval.</param>
/// <param name="High">Upper end.</param>
/// <param name="IsThere">Whether the whole interval is above 0.</param>
/// <param name="Measures">What else was measured, in the order of each trial's.</param>
/// <param name="Trials">The runs.</param>
internal sealed record ExperimentOutput(
    ExperimentDescription Experiment, string Effect, double Mean, double Low, double High, bool IsThere, IReadOnlyList<string> Measures, IReadOnlyList<TrialOutput> Trials);

/// <summary>One run.</summary>
/// <param name="Seed">Its seed.</param>
/// <param name="Effect">Its effect.</param>
/// <param name="Measures">What else was measured.</param>
internal sealed record TrialOutput(long Seed, double Effect, IReadOnlyList<double> Measures);
