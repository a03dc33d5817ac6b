using System.CommandLine;
using System.Text.Json;
using DataExchange.Cli.Running;
using DataExchange.Simulation.Agents.Strategies;
using Command = System.CommandLine.Command;

namespace DataExchange.Cli.Commands;

/// <summary>A strategy, as <c>dx agents list --json</c> prints it.</summary>
/// <param name="Name">Its name in scenarios.</param>
/// <param name="Zh">What it does, in Chinese.</param>
/// <param name="En">What it does, in English.</param>
/// <param name="FewestMembers">Fewest members of a group.</param>
/// <param name="Parameters">Its parameters.</param>
internal sealed record StrategyOutput(string Name, string Zh, string En, int FewestMembers, IReadOnlyList<StrategyParameterOutput> Parameters);

/// <summary>A parameter of a strategy.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Least">Smallest value.</param>
/// <param name="Most">Largest value.</param>
/// <param name="Value">Without one in the scenario.</param>
/// <param name="En">What it is, in English.</param>
internal sealed record StrategyParameterOutput(string Name, double Least, double Most, double Value, string En);

/// <summary><c>dx agents</c>: strategies that a scenario's agents may follow, and a project for one's own.</summary>
internal static class AgentsCommand
{
    private const string Folder = "DataExchange.Cli.Templates.";

    public static Command Create() => new(
        "agents",
        "Strategies that a scenario's agents may follow, and a project for your own (docs/agents.md)\n\n"
        + "  ./dx agents list\n  ./dx agents new my-agents\n  dotnet build -c Release my-agents && ./dx simulate my.json --agents my-agents/bin/Release/net10.0/MyAgents.dll")
    {
        List(), New(),
    };

    /// <summary>The option that names assemblies.</summary>
    public static Option<string[]> Assemblies() => new("--agents")
    {
        Description = "An assembly with strategies of your own for the scenario's agents, which runs with your rights, e.g. --agents my-agents/bin/Release/net10.0/MyAgents.dll; may be given again (docs/agents.md)",
        HelpName = "FILE",
        DefaultValueFactory = _ => [],
    };

    private static Command List()
    {
        var (agents, json) = (Assemblies(), CommonOptions.Json());
        var command = new Command("list", "List the strategies with their parameters, ranges and values") { agents, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var all = AgentAssembly.CatalogueOf(await AgentAssembly.LoadAllAsync(parsed.GetValue(agents)!, cancellation).ConfigureAwait(false)).All;
            if (parsed.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize([.. all.Select(Output)], CommandJson.Default.IReadOnlyListStrategyOutput));
                return 0;
            }

            foreach (var strategy in all)
            {
                Console.WriteLine($"{strategy.Name}  {strategy.Text.Zh} {strategy.Text.En}".TrimEnd());
                foreach (var one in strategy.Parameters)
                {
                    Console.WriteLine($"  {one.Name}  {CommandText.Number(one.Least)} to {CommandText.Number(one.Most)}, {CommandText.Number(one.Value)}  {one.En}");
                }
            }

            return 0;
        });
        return command;
    }

    private static Command New()
    {
        var folder = new Argument<string>("FOLDER") { Description = "The folder of the new project; it must not exist, or be empty, e.g. my-agents" };
        var command = new Command("new", "Write a small project with a strategy that works, to start from") { folder };
        command.SetAction((parsed, cancellation) => WriteAsync(parsed.GetValue(folder)!, cancellation));
        return command;
    }

    private static async Task<int> WriteAsync(string folder, CancellationToken cancellation)
    {
        if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()))
        {
            throw new WrongInputException($"FOLDER '{folder}' is there already: a new or an empty folder is needed");
        }

        try
        {
            Directory.CreateDirectory(folder);
            var project = Template("MyAgents.csproj.txt").Replace("{DX}", AppContext.BaseDirectory.TrimEnd('/', '\\'), StringComparison.Ordinal);
            await File.WriteAllTextAsync(Path.Combine(folder, "MyAgents.csproj"), project, cancellation).ConfigureAwait(false);
            await File.WriteAllTextAsync(Path.Combine(folder, "Momentum.cs"), Template("Momentum.cs"), cancellation).ConfigureAwait(false);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new WrongInputException($"FOLDER '{folder}' cannot be written: {wrong.Message}");
        }

        Console.WriteLine($"Wrote {Path.Combine(folder, "MyAgents.csproj")} and Momentum.cs. Next:");
        Console.WriteLine($"  dotnet build -c Release {folder}");
        Console.WriteLine($"  dx agents list --agents {Path.Combine(folder, "bin", "Release", "net10.0", "MyAgents.dll")}");
        return 0;
    }

    private static StrategyOutput Output(AgentStrategy strategy) => new(
        strategy.Name, strategy.Text.Zh, strategy.Text.En, strategy.FewestMembers,
        [.. strategy.Parameters.Select(one => new StrategyParameterOutput(one.Name, one.Least, one.Most, one.Value, one.En))]);

    private static string Template(string name)
    {
        using var stream = typeof(AgentsCommand).Assembly.GetManifestResourceStream(Folder + name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
