using DataExchange.Cli.Running.Chaos;

namespace DataExchange.Cli.Commands;

/// <summary>What <c>dx chaos</c> is asked for.</summary>
/// <param name="Schedules">How many random schedules; null for one fault after the other.</param>
/// <param name="Seed">Seed of the first schedule.</param>
/// <param name="Quick">Whether one fault of each kind is enough.</param>
/// <param name="Only">Names of the kinds of faults that are made, with commas between them; null for all.</param>
/// <param name="Nodes">Nodes of RabbitMQ.</param>
/// <param name="Data">Where the stores are kept; null for nowhere.</param>
/// <param name="Json">Whether the result is printed as JSON.</param>
internal sealed record ChaosRequest(int? Schedules, int Seed, bool Quick, string? Only, int Nodes, string? Data, bool Json)
{
    /// <summary>The kinds of faults that are made.</summary>
    public IReadOnlyCollection<FaultKind> Kinds { get; } = Only is null
        ? Enum.GetValues<FaultKind>()
        : [.. Only.Split(',', StringSplitOptions.TrimEntries).Select(KindOf)];

    /// <summary>Faults that are made live, after the others.</summary>
    public IReadOnlyList<ChaosFault> Live => Schedules is null ? [.. (Quick ? ChaosFault.LiveRepresentatives() : ChaosFault.Live()).Where(fault => Kinds.Contains(fault.Kind))] : [];

    private static FaultKind KindOf(string name) => Enum.TryParse<FaultKind>(name, ignoreCase: true, out var kind) && Enum.IsDefined(kind) && !int.TryParse(name, out _)
        ? kind
        : throw new WrongInputException($"--only '{name}' is not allowed: some of {string.Join(", ", Enum.GetNames<FaultKind>())}, with commas between them");

    /// <summary>Refuses what is not allowed.</summary>
    /// <exception cref="WrongInputException">It names the option, its value and what is allowed.</exception>
    public void ThrowIfWrong()
    {
        if (Schedules is < 1 or > 10_000)
        {
            throw new WrongInputException($"--schedules '{Schedules}' is not allowed: 1 to 10000");
        }

        if ((Quick || Only is not null) && Schedules is not null)
        {
            throw new WrongInputException($"--schedules '{Schedules}' is not allowed with --quick or --only: a seed alone says which faults its schedule has");
        }

        if (Nodes is not (1 or 3))
        {
            throw new WrongInputException($"--nodes '{Nodes}' is not allowed: 1 or 3");
        }

        if (Data is not null && Directory.Exists(Data) && Directory.EnumerateFileSystemEntries(Data).Any())
        {
            throw new WrongInputException($"--data '{Data}' is not allowed: the folder is not empty, and its store is none of this command's business");
        }
    }
}
