using DataExchange.Services.Telemetry;

namespace DataExchange.Services;

/// <summary>How a process of services is started.</summary>
public sealed record ServiceOptions
{
    /// <summary>Name of the service that sends committed facts to the others and keeps the read models.</summary>
    public const string Feed = "feed";

    /// <summary>Name of the service that follows what the others recorded, in as many processes as one likes.</summary>
    public const string Audit = "audit";

    /// <summary>The services that run in the process: of <see cref="PartitionMap.Services"/>, <see cref="Feed"/> and <see cref="Audit"/>.</summary>
    public required IReadOnlyList<string> Services { get; init; }

    /// <summary>Partitions of Trading, the same in every process of one store.</summary>
    public int TradingPartitions { get; init; } = 1;

    /// <summary>First and last of the partitions of Trading that run here; null for all.</summary>
    public (int First, int Last)? Partitions { get; init; }

    /// <summary>How long a partition is held without a sign of life: after that another process takes it over.</summary>
    public TimeSpan LeaseTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long an answer may take before a command is sent again.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Whether one thing happens after the other over all services, in the order in which a single process would do it: for simulated time. Live, they
    /// work side by side.
    /// </summary>
    public bool IsLockstep { get; init; }

    /// <summary>
    /// After how many facts a stream's snapshot is kept, 1 or more; long streams wait longer, until a quarter has been added. 0 keeps and reads none.
    /// </summary>
    public int SnapshotEvery { get; init; } = 1_000;

    /// <summary>How long answers are kept for commands that come again, more than zero.</summary>
    public TimeSpan KeepAnswers { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How many streams a partition keeps in memory, 1 or more: beyond that it forgets those not used lately, and reads them again when they are needed.</summary>
    public int StreamsInMemory { get; init; } = 500_000;

    /// <summary>Whether the read models are kept by Marten's daemon in the process of the feed.</summary>
    public bool WithProjections { get; init; } = true;

    /// <summary>Whether what comes due by itself is watched and said, live; in lockstep it is whoever drives time that says it.</summary>
    public bool WithDeadlines { get; init; } = true;

    /// <summary>Where the process is to die, for tests of what comes after; null for nowhere.</summary>
    public CrashPoint? DiesAt { get; init; }

    /// <summary>What the ids of events are made with.</summary>
    public ulong RunKey { get; init; }

    /// <summary>Who holds the leases, for people.</summary>
    public string Owner { get; init; } = $"{Environment.MachineName}:{Environment.ProcessId}";

    /// <summary>Hears of streams that were read into memory, for measuring; it is called while a partition works.</summary>
    public Action<StreamsLoaded> Loaded { get; init; } = _ => { };

    /// <summary>Hears of parts of streams that an auditor followed, for tests; it is called while it works.</summary>
    public Action<StreamAudited> Audited { get; init; } = _ => { };

    /// <summary>Hears what people may want to know, a line at a time.</summary>
    public Action<LogLine> Log { get; init; } = _ => { };
}
