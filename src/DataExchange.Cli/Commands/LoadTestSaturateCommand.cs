using System.CommandLine;
using System.Globalization;
using DataExchange.Cli.Running;
using DataExchange.LoadTests;
using DataExchange.LoadTests.Exchange;

namespace DataExchange.Cli.Commands;

/// <summary><c>dx loadtest saturate</c>.</summary>
internal static class LoadTestSaturateCommand
{
    // Beyond the knee by so much, a run shows what the target does when it has more to do than it can.
    private const double Overload = 3;
    private static readonly int[] Numbers = [1, 2, 4];

    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "A scenario, as dx loadtest list shows them" };
        var objective = new Option<string>("--objective") { Description = "What must be kept, e.g. --objective \"p99<20ms\"", HelpName = "LIMIT", DefaultValueFactory = _ => "p99<20ms" };
        var from = new Option<double?>("--from")
        {
            Description = "The first rate, operations a second [default: the scenario's]",
            HelpName = "R",
            CustomParser = result => CommonOptions.Parse<double>(result, "--from", "a number above 0, at most 10000000", text =>
                double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var rate) && rate is > 0 and <= 10_000_000 ? rate : null),
        };
        var noLaw = new Option<bool>("--knee-only") { Description = "Leave out the runs with 1, 2 and 4 workers or partitions" };
        var options = new LoadTestOptions();
        var command = new Command(
            "saturate",
            "Raise the rate until an objective breaks: the knee, what the bottleneck was there, and for scenarios with workers or partitions the Universal Scalability Law over 1, 2 and 4 of them. "
            + "Each rate is a run of its own, with everything made anew\n\n  ./dx loadtest saturate matching-one-book --objective \"p99<1ms\" --duration 3s --ramp 1s")
        {
            name, objective, from, noLaw,
        };
        options.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(
            LoadTestRunCommand.Entry(parsed.GetValue(name)!), options.Of(parsed), LoadTestRunCommand.Threshold(parsed.GetValue(objective)!), parsed.GetValue(from), !parsed.GetValue(noLaw), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(CatalogueEntry entry, LoadTestRequest request, LoadThreshold objective, double? from, bool withLaw, CancellationToken cancellation)
    {
        if (entry.HasOwnTimes)
        {
            throw new WrongInputException($"NAME '{entry.Name}' is not allowed: its operations have their own times, and no rate to raise");
        }

        var terminal = new Terminal(isQuiet: false);
        LoadResult? broken = null;
        var first = from ?? request.Rate;
        if (first is null)
        {
            await using var scenario = entry.Create(new ExchangeLoadOptions());
            first = scenario.DefaultProfile.Phases[^1].To;
        }

        var (_, knee) = await new Saturation(objective, async (rate, stop) =>
        {
            var (result, _) = await LoadSession.RunAsync(entry, request with { Rate = rate }, terminal, stop).ConfigureAwait(false);
            stop.ThrowIfCancellationRequested();
            broken = objective.IsKeptBy(result) ? broken : result;
            return result;
        }).SearchAsync(
            first.Value, step => Say($"{step.Rate,12:N1} /s  achieved {step.Achieved,12:N1} /s  p99 {LoadRun.Text(step.P99),10}  {(step.IsKept ? "kept" : step.Why)}"), cancellation).ConfigureAwait(false);
        Say($"knee: {knee:N1} /s with {objective.Text}");
        if (broken is not null)
        {
            Say($"bottleneck beyond it: {Bottleneck.Of(broken)}");
        }

        if (withLaw && entry.Scales.Length > 0 && knee > 0)
        {
            await FitAsync(entry, request, knee, terminal, cancellation).ConfigureAwait(false);
        }

        return knee > 0 ? 0 : 1;
    }

    private static async Task FitAsync(CatalogueEntry entry, LoadTestRequest request, double knee, Terminal terminal, CancellationToken cancellation)
    {
        var measured = new List<(int Workers, double Throughput)>();
        foreach (var number in Numbers)
        {
            var scaled = entry.Scales == "workers" ? request with { Workers = number } : request with { Partitions = number };
            var (result, isPast) = await Saturation.OverloadAsync(
                Overload * number * knee, async (rate, stop) =>
                {
                    var (one, _) = await LoadSession.RunAsync(entry, scaled with { Rate = rate }, terminal, stop).ConfigureAwait(false);
                    stop.ThrowIfCancellationRequested();
                    return one;
                }, cancellation).ConfigureAwait(false);
            if (result.AchievedRate > 0 && isPast)
            {
                measured.Add((number, result.AchievedRate));
            }

            Say($"{number} {entry.Scales}: {result.AchievedRate:N1} /s when asked for {result.IntendedRate:N1}{(isPast ? "" : ", not past what it can do")}; {Bottleneck.Of(result)}");
        }

        if (measured.Count == Numbers.Length)
        {
            var law = Scalability.Fit(measured);
            if (law.Sigma > 1)
            {
                Say($"no scalability law over {entry.Scales}: more of them were slower than one (σ would be {law.Sigma:0.00}, and is 1 at most), on {Environment.ProcessorCount} processors");
                return;
            }

            Say($"scalability law over {entry.Scales}: λ = {law.Lambda:N1} /s, σ = {law.Sigma:0.000}, κ = {law.Kappa:0.0000}{(double.IsFinite(law.Peak) ? FormattableString.Invariant($"; most at {law.Peak:0.0}") : "")}, on {Environment.ProcessorCount} processors");
        }
    }

    private static void Say(FormattableString line)
    {
        Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
        Console.Out.Flush();
    }
}
