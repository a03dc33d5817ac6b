using System.CommandLine;
using System.Globalization;
using DataExchange.LoadTests;
using DataExchange.LoadTests.Exchange;

namespace DataExchange.Cli.Commands;

/// <summary>What is asked of a load test, as a command line says it.</summary>
/// <param name="Rate">Operations a second; null for the scenario's.</param>
/// <param name="Duration">How long it is measured; null for the scenario's.</param>
/// <param name="Ramp">How long the rate rises before; null for the scenario's.</param>
/// <param name="Workers">Threads that begin operations.</param>
/// <param name="Connections">Connections, buyers and subscribers.</param>
/// <param name="Partitions">Partitions of Trading.</param>
/// <param name="Transport">How messages travel.</param>
/// <param name="Target">A running exchange; null for one of the run's own.</param>
/// <param name="Runner">What runs it.</param>
/// <param name="Speed">How many times as fast recorded traffic is replayed; null for the usual.</param>
/// <param name="Scale">Scale of the market that it is recorded of; null for the usual.</param>
internal sealed record LoadTestRequest(
    double? Rate, TimeSpan? Duration, TimeSpan? Ramp, int Workers, int Connections, int Partitions, LoadTransport Transport, Uri? Target, string Runner, double? Speed, double? Scale)
{
    /// <summary>Operations a second in a burst in the middle third of the time; null for none.</summary>
    public double? Burst { get; init; }

    /// <summary>Streams that a partition keeps in memory; null for the usual number.</summary>
    public int? StreamsInMemory { get; init; }

    /// <summary>Whether the servers' own counts are asked for afterwards, which takes up to ten seconds.</summary>
    public bool WithServerCounts { get; init; }

    /// <summary>Whether <c>hey</c> makes the same requests afterwards.</summary>
    public bool IsBesideHey { get; init; }

    private static readonly TimeSpan ShortestWithBurst = TimeSpan.FromSeconds(15);

    /// <summary>The options given that are no use to a scenario with times of its own, or to one without.</summary>
    /// <param name="hasOwnTimes">Whether it has.</param>
    public IEnumerable<string> Useless(bool hasOwnTimes) => ((string Name, object? Value)[])(hasOwnTimes
        ? [("--rate", Rate), ("--duration", Duration), ("--ramp", Ramp), ("--burst", Burst)]
        : [("--speed", Speed), ("--scale", Scale)]) is var all ? all.Where(one => one.Value is not null).Select(one => one.Name) : [];

    /// <summary>The profile: what was asked for, and the scenario's own where nothing was.</summary>
    /// <exception cref="WrongInputException">It would have no operation, or too many.</exception>
    public LoadProfile ProfileOf(LoadScenario scenario)
    {
        var usual = scenario.DefaultProfile;
        if (Rate is null && Duration is null && Ramp is null && Burst is null)
        {
            return usual;
        }

        var last = usual.Phases[^1];
        var ramp = Ramp ?? usual.Phases.Where(phase => !phase.IsMeasured).Aggregate(TimeSpan.Zero, (sum, phase) => sum + phase.Duration);
        if (Burst is { } burst)
        {
            return BurstOf(burst, Rate ?? last.To, Duration ?? last.Duration, ramp);
        }

        var profile = LoadProfile.Steady(Rate ?? last.To, Duration ?? last.Duration, ramp);
        return profile.Count > profile.FirstMeasured
            ? profile
            : throw new WrongInputException(string.Create(
                CultureInfo.InvariantCulture, $"--rate {Rate ?? last.To} for --duration {(Duration ?? last.Duration).TotalSeconds} s is no operation at all: more of one is needed"));
    }

    private static LoadProfile BurstOf(double burst, double rate, TimeSpan duration, TimeSpan ramp) =>
        burst <= rate ? throw new WrongInputException(string.Create(CultureInfo.InvariantCulture, $"--burst '{burst}' is not allowed: more than the {rate} operations a second before and after it"))
        : duration < ShortestWithBurst ? throw new WrongInputException(string.Create(
            CultureInfo.InvariantCulture, $"--duration '{duration.TotalSeconds} s' is not allowed with --burst: {ShortestWithBurst.TotalSeconds} s or more, a third each before the burst, in it and after it"))
        : LoadProfile.Burst(rate, burst, duration, ramp);

    /// <summary>As it is kept beside a run.</summary>
    public Dictionary<string, string> Settings(LoadProfile profile) => new(StringComparer.Ordinal)
    {
        ["burst"] = Burst?.ToString("0.###", CultureInfo.InvariantCulture) ?? "none",
        ["rate"] = profile.Phases[^1].To.ToString("0.###", CultureInfo.InvariantCulture),
        ["duration"] = string.Create(CultureInfo.InvariantCulture, $"{profile.Phases.Where(phase => phase.IsMeasured).Sum(phase => phase.Duration.TotalSeconds):0.###} s"),
        ["ramp"] = string.Create(CultureInfo.InvariantCulture, $"{profile.Phases.Where(phase => !phase.IsMeasured).Sum(phase => phase.Duration.TotalSeconds):0.###} s"),
        ["workers"] = Workers.ToString(CultureInfo.InvariantCulture),
        ["connections"] = Connections.ToString(CultureInfo.InvariantCulture),
        ["partitions"] = Partitions.ToString(CultureInfo.InvariantCulture),
        ["transport"] = Transport.ToString().ToLowerInvariant(),
        ["target"] = Target?.ToString() ?? LoadTestOptions.Embedded,
    };
}

/// <summary>Options of load tests.</summary>
internal sealed class LoadTestOptions
{
    /// <summary>The target that is made for the run.</summary>
    public const string Embedded = "embedded";

    /// <summary>The runner that is always there.</summary>
    public const string BuiltIn = "builtin";

    private readonly Option<double?> _rate = new("--rate")
    {
        Description = "Operations a second, whatever became of those before [default: the scenario's]",
        HelpName = "R",
        CustomParser = result => CommonOptions.Parse<double>(result, "--rate", "a number above 0, at most 10000000", text =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var rate) && rate is > 0 and <= 10_000_000 ? rate : null),
    };

    private readonly Option<TimeSpan?> _duration = Time("--duration", "How long it is measured, e.g. --duration 30s, 10m or 1h [default: the scenario's]", TimeSpan.FromMilliseconds(100));

    private readonly Option<TimeSpan?> _ramp = Time("--ramp", "How long the rate rises to R before that, unmeasured, e.g. --ramp 5s; 0s for not at all [default: the scenario's]", TimeSpan.Zero);

    private readonly Option<int?> _workers = MatchCommand.Number("--workers", "Threads that begin operations; the matching scenarios have an engine for each [default: 1]", "N", 1, 64);

    private readonly Option<int?> _connections = MatchCommand.Number("--connections", "Connections and buyers over HTTP, subscribers of the feed [default: 32; 512 with --burst]", "C", 1, 1_000);

    private readonly Option<int?> _partitions = MatchCommand.Number("--partitions", "Partitions of Trading in an exchange made for the run [default: 1]", "P", 1, 16);

    private readonly Option<LoadTransport> _transport = new("--transport")
    {
        Description = "How messages travel in an exchange made for the run: memory or rabbitmq (a private one), e.g. --transport rabbitmq",
        HelpName = "NAME",
        DefaultValueFactory = _ => LoadTransport.Memory,
        CustomParser = result => CommonOptions.ParseWord<LoadTransport>(result, "--transport"),
    };

    private readonly Option<string> _target = new("--target")
    {
        Description = "A running exchange, e.g. --target http://127.0.0.1:8080, with the key of an administrator in DX_LOADTEST_KEY; or embedded: one is made for the run, with a PostgreSQL of its own",
        HelpName = "URL",
        DefaultValueFactory = _ => Embedded,
    };

    private readonly Option<double?> _speed = new("--speed")
    {
        Description = "With replay: how many times as fast as it was recorded, e.g. --speed 600 for an hour in six seconds [default: 60]",
        HelpName = "N",
        CustomParser = result => CommonOptions.Parse<double>(result, "--speed", "a number above 0, at most 1000000", text =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var speed) && speed is > 0 and <= 1_000_000 ? speed : null),
    };

    private readonly Option<double?> _scale = new("--scale")
    {
        Description = "With replay: scale of the market that is recorded, e.g. --scale 1 for all of it, which takes half a minute and some GB [default: 0.3]",
        HelpName = "K",
        CustomParser = result => CommonOptions.Parse<double>(result, "--scale", "a number above 0, at most 10", text =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var scale) && scale is > 0 and <= 10 ? scale : null),
    };

    private readonly Option<int?> _streams = MatchCommand.Number(
        "--streams-in-memory", "Streams that a partition of an exchange made for the run keeps in memory; until it has so many its memory grows [default: 500000]", "N", 1, 100_000_000);

    private readonly Option<string> _runner = new("--runner")
    {
        Description = "What runs it: builtin, or nbomber where dx was built with it (load-tests/README.md)",
        HelpName = "NAME",
        DefaultValueFactory = _ => BuiltIn,
    };

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_rate, _duration, _ramp, _workers, _connections, _partitions, _transport, _target, _runner, _speed, _scale, _streams])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Reads them.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="usualConnections">Connections where none are asked for.</param>
    /// <exception cref="WrongInputException">A value is not allowed.</exception>
    public LoadTestRequest Of(ParseResult parsed, int usualConnections = 32)
    {
        var target = parsed.GetValue(_target)!;
        var runner = parsed.GetValue(_runner)!;
        return new LoadTestRequest(
            parsed.GetValue(_rate), parsed.GetValue(_duration), parsed.GetValue(_ramp), parsed.GetValue(_workers) ?? 1, parsed.GetValue(_connections) ?? usualConnections, parsed.GetValue(_partitions) ?? 1,
            parsed.GetValue(_transport),
            target == Embedded ? null
                : Uri.TryCreate(target, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url
                : throw new WrongInputException($"--target '{target}' is not allowed: {Embedded}, or the address of a gateway such as http://127.0.0.1:8080"),
            LoadTestRunners.Names.Contains(runner) ? runner : throw new WrongInputException($"--runner '{runner}' is not allowed: {LoadTestRunners.Allowed}"),
            parsed.GetValue(_speed), parsed.GetValue(_scale)) { StreamsInMemory = parsed.GetValue(_streams) };
    }

    private static Option<TimeSpan?> Time(string name, string description, TimeSpan least) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        CustomParser = result => CommonOptions.Parse<TimeSpan>(
            result, name, $"a number with ms, s, m or h behind it, from {(least == TimeSpan.Zero ? "0s" : "100ms")} to 24h, such as 30s", text => TimeOf(text) is { } time && time >= least && time <= TimeSpan.FromHours(24) ? time : null),
    };

    private static TimeSpan? TimeOf(string text)
    {
        var digits = text.TrimEnd('m', 's', 'h');
        double? unit = text[digits.Length..] switch { "ms" => 0.001, "s" => 1, "m" => 60, "h" => 3_600, _ => null };
        return unit is { } seconds && double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number < 1e9
            ? TimeSpan.FromSeconds(number * seconds)
            : null;
    }
}

/// <summary>The runners of this build.</summary>
internal static class LoadTestRunners
{
    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } =
#if NBOMBER
        [LoadTestOptions.BuiltIn, "nbomber"];
#else
        [LoadTestOptions.BuiltIn];
#endif

    /// <summary>What is allowed, for messages.</summary>
    public static string Allowed =>
#if NBOMBER
        "builtin or nbomber";
#else
        "builtin; nbomber is not part of this build, and is compiled in with 'dotnet build -c Release src/DataExchange.Cli -p:NBomber=true' where its packages can be restored and its licence fits (load-tests/README.md)";
#endif

    /// <summary>One of them.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    public static ILoadRunner Of(string name) =>
#if NBOMBER
        name == "nbomber" ? new LoadTests.NBomber.NBomberRunnerAdapter() : new OpenLoopRunner();
#else
        name == LoadTestOptions.BuiltIn ? new OpenLoopRunner() : throw new ArgumentOutOfRangeException(nameof(name), name, "no runner of this build");
#endif
}
