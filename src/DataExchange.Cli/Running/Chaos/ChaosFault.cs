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

    /// <summary>The disk of PostgreSQL's data, and of its log where that is said, has no room left.</summary>
    FillDisk,

    /// <summary>The clock of a process is ten minutes fast or slow.</summary>
    SkewClock,

    /// <summary>Messages come twice, late, and in another order than they were sent.</summary>
    DisturbDeliveries,

    /// <summary>A process takes ten times as long for everything, while as much comes as before.</summary>
    SlowConsumer,
}

/// <summary>A fault to be made.</summary>
/// <param name="Kind">What goes wrong.</param>
/// <param name="Target">Of which process or node, by its place; counted round. Of a disk: whether it is the log's. Of deliveries: the seed.</param>
/// <param name="AfterMilliseconds">How long after the command at which it is due.</param>
/// <param name="Milliseconds">How long it lasts.</param>
internal sealed record ChaosFault(FaultKind Kind, int Target, int AfterMilliseconds, int Milliseconds)
{
    /// <summary>Whether it is the disk of the server's log that is full, and not only that of its tables.</summary>
    public bool IsOfLog => Kind == FaultKind.FillDisk && Target % 2 == 1;

    /// <summary>How far off a clock is.</summary>
    public TimeSpan Skew => TimeSpan.FromMinutes(Target / ChaosStage.Plan.Count % 2 == 0 ? 10 : -10);

    /// <summary>Whether it takes some commands until it comes about.</summary>
    public bool ComesAbout => Kind is FaultKind.DieBetweenSteps or FaultKind.FillDisk;

    /// <summary>One fault of each kind, and of each process.</summary>
    public static IEnumerable<ChaosFault> Catalogue() =>
    [
        .. Enumerable.Range(0, Services.CrashPoint.All.Count).Select(step => new ChaosFault(FaultKind.DieBetweenSteps, step, 5, 200)),
        .. Enumerable.Range(0, ChaosStage.InLockstep).Select(process => new ChaosFault(FaultKind.KillServices, process, 5, 200)),
        new(FaultKind.PauseServices, 1, 5, 3_000),
        .. Others(),
    ];

    /// <summary>One fault of each kind: where there are several of a kind, the one that says most; what is more when live is made there.</summary>
    public static IEnumerable<ChaosFault> Representatives() =>
    [
        new(FaultKind.DieBetweenSteps, 2, 5, 100),
        new(FaultKind.KillServices, ChaosStage.PlaceOf("settlement"), 5, 100),
        new(FaultKind.PauseServices, 1, 5, 2_500),
        .. Others().Where(fault => fault.Kind is not (FaultKind.SkewClock or FaultKind.DisturbDeliveries)),
        // The one of Trading that stands by, ahead: it must not think that the owner's time is over.
        new(FaultKind.SkewClock, ChaosStage.PlaceOf("trading b"), 5, 2_000),
    ];

    /// <summary>The same of what is made live.</summary>
    public static IEnumerable<ChaosFault> LiveRepresentatives() =>
        Live().Where(fault => fault.Kind == FaultKind.SlowConsumer || (fault.Kind != FaultKind.SkewClock && fault.Target != ChaosStage.PlaceOf("settlement")));

    /// <summary>What is made while many commands are under way at once, live, and not in lockstep.</summary>
    public static IEnumerable<ChaosFault> Live() =>
    [
        new(FaultKind.KillServices, ChaosStage.PlaceOf("gateway"), 50, 200),
        // It keeps the read models too.
        new(FaultKind.KillServices, ChaosStage.PlaceOf("feed"), 50, 200),
        new(FaultKind.KillServices, ChaosStage.PlaceOf("settlement"), 50, 200),
        new(FaultKind.DisturbDeliveries, 2, 5, 3_000),
        new(FaultKind.SlowConsumer, ChaosStage.PlaceOf("settlement"), 5, 6_000),
        new(FaultKind.SkewClock, ChaosStage.PlaceOf("gateway"), 5, 500),
    ];

    private static IEnumerable<ChaosFault> Others() =>
    [
        new(FaultKind.KillPostgres, 0, 5, 200),
        new(FaultKind.KillBroker, 0, 5, 500),
        new(FaultKind.CutBroker, 0, 5, 1_000),
        new(FaultKind.FreezeBroker, 0, 5, 1_000),
        new(FaultKind.DelayBroker, 20, 5, 1_000),
        new(FaultKind.CutPostgres, 0, 5, 1_000),
        new(FaultKind.PoisonMessage, 0, 5, 0),
        new(FaultKind.FillDisk, 0, 5, 500),
        new(FaultKind.FillDisk, 1, 5, 500),
        // The one of Trading that stands by, ahead: it must not think that the owner's time is over.
        new(FaultKind.SkewClock, ChaosStage.PlaceOf("trading b"), 5, 2_000),
        new(FaultKind.SkewClock, ChaosStage.PlaceOf("settlement"), 5, 2_000),
        new(FaultKind.SkewClock, ChaosStage.PlaceOf("feed") + ChaosStage.Plan.Count, 5, 2_000),
        new(FaultKind.DisturbDeliveries, 1, 5, 2_000),
    ];

    /// <summary>The schedule that a seed makes: one fault, or two that overlap.</summary>
    /// <param name="seed">The seed.</param>
    public static IReadOnlyList<ChaosFault> Schedule(int seed)
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
                < 20 => FaultKind.KillServices,
                < 32 => FaultKind.DieBetweenSteps,
                < 37 => FaultKind.PauseServices,
                < 45 => FaultKind.KillPostgres,
                < 48 => FaultKind.KillBroker,
                < 57 => FaultKind.CutBroker,
                < 63 => FaultKind.FreezeBroker,
                < 69 => FaultKind.DelayBroker,
                < 76 => FaultKind.CutPostgres,
                < 80 => FaultKind.PoisonMessage,
                < 86 => FaultKind.FillDisk,
                < 90 => FaultKind.SkewClock,
                _ => FaultKind.DisturbDeliveries,
            };
            var (target, after) = (random.Next(kind is FaultKind.KillServices or FaultKind.SkewClock ? ChaosStage.InLockstep : 1_000), random.Next(60));
            target += kind == FaultKind.SkewClock && random.Next(2) == 0 ? ChaosStage.Plan.Count : 0;
            return new ChaosFault(kind, target, after, kind == FaultKind.PauseServices ? 2_500 + random.Next(1_000) : 20 + random.Next(600));
        }
    }

    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Kind} {Of()}, after {AfterMilliseconds} ms for {Milliseconds} ms");

    private string Of() => Kind switch
    {
        FaultKind.KillServices or FaultKind.SlowConsumer => ChaosStage.NameOf(Target),
        FaultKind.SkewClock => string.Create(CultureInfo.InvariantCulture, $"{ChaosStage.NameOf(Target)} {Skew.TotalMinutes:+0;-0} min"),
        FaultKind.DieBetweenSteps => Services.CrashPoint.All[Target % Services.CrashPoint.All.Count],
        FaultKind.FillDisk => IsOfLog ? "of tables and log" : "of tables",
        FaultKind.DisturbDeliveries => string.Create(CultureInfo.InvariantCulture, $"seed {Target}"),
        _ => Target.ToString(CultureInfo.InvariantCulture),
    };
}
