namespace DataExchange.Cli.Commands;

/// <summary>What <c>dx chaos --json</c> prints.</summary>
/// <param name="Results">A row for each schedule.</param>
/// <param name="Schedules">How many there were.</param>
/// <param name="Commands">Commands of the market.</param>
/// <param name="Events">Events that one process records of it.</param>
/// <param name="PutAside">Messages that were put aside.</param>
/// <param name="DiedAt">How often a process died at each step between two steps.</param>
/// <param name="Problems">What the verification of the whole store found.</param>
/// <param name="AsWithoutFaults">Whether every schedule, and the whole, ended as if nothing had gone wrong.</param>
internal sealed record ChaosOutput(
    IReadOnlyList<ChaosScheduleOutput> Results, int Schedules, long Commands, int Events, long PutAside,
    IReadOnlyDictionary<string, int> DiedAt, IReadOnlyList<string> Problems, bool AsWithoutFaults);

/// <summary>One schedule of faults.</summary>
/// <param name="Seed">The seed that makes it again; null for one of the catalogue.</param>
/// <param name="Faults">What went wrong.</param>
/// <param name="AtCommand">The command at which it was due.</param>
/// <param name="RecoverySeconds">The longest that a command waited, measured.</param>
/// <param name="Remarks">What was measured besides, or why a fault cannot be made on this machine.</param>
/// <param name="IsLive">Whether many commands were under way at once, and not one after the other.</param>
/// <param name="Problem">What was wrong afterwards; null when nothing was.</param>
internal sealed record ChaosScheduleOutput(
    int? Seed, IReadOnlyList<string> Faults, long AtCommand, double RecoverySeconds, IReadOnlyList<string> Remarks, bool IsLive, string? Problem);
