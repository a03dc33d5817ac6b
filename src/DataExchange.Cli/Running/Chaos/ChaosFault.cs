using System.Globalization;

namespace DataExchange.Cli.Running.Chaos;

/// <summary>What can go wrong.</summary>
internal enum FaultKind
{
    /// <summary>A process of services is killed (SIGKILL), and started again.</summary>
    KillServices,

    /// <summary>A process stops for longer than it may hold its partitions (SIGSTOP, SIGCONT); another takes them over, and the first comes back.</summary>
    PauseServices,

    /// <summary>A process dies of itself between two steps (<see cref="Services.CrashPoint"/>), and is started again.</summary>
    DieBetweenSteps,

    /// <summary>PostgreSQL is killed (SIGKILL of its main process), and started again.</summary>
    KillPostgres,

    /// <summary>A node of RabbitMQ is killed (SIGKILL), and started again.</summary>
    KillBroker,

    /// <summary>All connections between services and the broker break, and none can be made.</summary>
    CutBroker,

    /// <summary>Nothing comes through between services and the broker, though connections stay open.</summary>
    FreezeBroker,

    /// <summary>Everything between services and the broker takes longer.</summary>
    DelayBroker,

    /// <summary>All connections between services and PostgreSQL break, and none can be made.</summary>
    CutPostgres,

    /// <summary>A message comes that nobody can handle.</summary>
    PoisonMessage,
}

/// <summary>A fault to be made.</summary>
/// <param name="Kind">What goes wrong.</param>
/// <param name="Target">Of which process or node, by its place; counted round.</param>
/// <param name="AfterMilliseconds">How long after the command at which it is due.</param>
/// <param name="Milliseconds">How long it lasts.</param>
internal sealed record ChaosFault(FaultKind Kind, int Target, int AfterMilliseconds, int Milliseconds)
{
    /// <summary>One fault of each kind, and of each process.</summary>
    public static IEnumerable<ChaosFault> Catalogue(int processes) =>
    [
        .. Enumerable.Range(0, Services.CrashPoint.All.Count).Select(step => new ChaosFault(FaultKind.DieBetweenSteps, step, 5, 200)),
        .. Enumerable.Range(0, processes).Select(process => new ChaosFault(FaultKind.KillServices, process, 5, 200)),
        new(FaultKind.PauseServices, 1, 5, 3_000),
        new(FaultKind.KillPostgres, 0, 5, 200),
        new(FaultKind.KillBroker, 0, 5, 500),
        new(FaultKind.CutBroker, 0, 5, 1_000),
        new(FaultKind.FreezeBroker, 0, 5, 1_000),
        new(FaultKind.DelayBroker, 20, 5, 1_000),
        new(FaultKind.CutPostgres, 0, 5, 1_000),
        new(FaultKind.PoisonMessage, 0, 5, 0),
    ];

    /// <summary>The schedule that a seed makes: one fault, or two that overlap.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="processes">How many processes there are.</param>
    public static IReadOnlyList<ChaosFault> Schedule(int seed, int processes)
    {
        // System.Random with a seed gives the same numbers on every machine and version.
        var random = new Random(seed);
        var faults = new List<ChaosFault> { Draw() };
        if (random.Next(4) == 0)
        {
            faults.Add(Draw());
        }

        return faults;

        ChaosFault Draw()
        {
            // What takes seconds to come back is drawn less often.
            var kind = random.Next(100) switch
            {
                < 28 => FaultKind.KillServices,
                < 40 => FaultKind.DieBetweenSteps,
                < 45 => FaultKind.PauseServices,
                < 55 => FaultKind.KillPostgres,
                < 58 => FaultKind.KillBroker,
                < 70 => FaultKind.CutBroker,
                < 78 => FaultKind.FreezeBroker,
                < 86 => FaultKind.DelayBroker,
                < 94 => FaultKind.CutPostgres,
                _ => FaultKind.PoisonMessage,
            };
            return new ChaosFault(kind, random.Next(processes), random.Next(60), kind == FaultKind.PauseServices ? 2_500 + random.Next(1_000) : 20 + random.Next(600));
        }
    }

    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Kind} {Of()}, after {AfterMilliseconds} ms for {Milliseconds} ms");

    private string Of() => Kind switch
    {
        FaultKind.KillServices => ChaosStage.Plan[Target % ChaosStage.Plan.Count].Name,
        FaultKind.DieBetweenSteps => Services.CrashPoint.All[Target % Services.CrashPoint.All.Count],
        _ => Target.ToString(CultureInfo.InvariantCulture),
    };
}
