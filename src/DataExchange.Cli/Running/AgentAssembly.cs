using System.Reflection;
using System.Runtime.Loader;
using System.Security.Cryptography;
using DataExchange.Cli.Commands;
using DataExchange.Simulation.Agents.Strategies;
using DataExchange.Simulation.Scenarios;

namespace DataExchange.Cli.Running;

/// <summary>An assembly with strategies of somebody's own. Its code runs in this process, with the rights of this process.</summary>
/// <param name="File">Name of the file, without folders.</param>
/// <param name="Sha256">SHA-256 of the file, hexadecimal.</param>
/// <param name="Strategies">The strategies in it.</param>
internal sealed record AgentAssembly(string File, string Sha256, IReadOnlyList<AgentStrategy> Strategies)
{
    /// <summary>Loads one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="WrongInputException">It cannot be read, is no assembly for this program, or has no strategy that could be used.</exception>
    public static async Task<AgentAssembly> LoadAsync(string path, CancellationToken cancellation)
    {
        var bytes = await InputFile.ReadAsync(path, "--agents", cancellation).ConfigureAwait(false);
        try
        {
            // What is hashed is what is loaded. Other assemblies come from this program, or from the folder of the file.
            var context = new AssemblyLoadContext("agents " + path);
            context.Resolving += (own, name) => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, name.Name + ".dll") is var beside && System.IO.File.Exists(beside)
                ? own.LoadFromAssemblyPath(beside) : null;
            using var stream = new MemoryStream(bytes);
            var types = context.LoadFromStream(stream).GetExportedTypes()
                .Where(type => typeof(IAgent).IsAssignableFrom(type) && !type.IsAbstract).OrderBy(type => type.FullName, StringComparer.Ordinal).ToArray();
            return types.Length > 0
                ? new(Path.GetFileName(path), Convert.ToHexStringLower(SHA256.HashData(bytes)), [.. types.Select(AgentStrategy.Of)])
                : throw new WrongInputException($"--agents '{path}' has no strategy: a public class that implements {nameof(IAgent)} is needed (docs/agents.md)");
        }
        catch (ArgumentException wrong)
        {
            throw new WrongInputException($"--agents '{path}': {wrong.Message}");
        }
        catch (Exception unfit) when (unfit is BadImageFormatException or FileLoadException or FileNotFoundException or TypeLoadException or ReflectionTypeLoadException)
        {
            throw new WrongInputException($"--agents '{path}' is no assembly that this version could load: {unfit.Message}");
        }
    }

    /// <summary>Loads several.</summary>
    /// <param name="paths">The files.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="WrongInputException">One cannot be loaded.</exception>
    public static async Task<IReadOnlyList<AgentAssembly>> LoadAllAsync(IReadOnlyList<string> paths, CancellationToken cancellation)
    {
        var all = new List<AgentAssembly>();
        foreach (var path in paths)
        {
            all.Add(await LoadAsync(path, cancellation).ConfigureAwait(false));
        }

        _ = CatalogueOf(all);
        return all;
    }

    /// <summary>The strategies that are built in, and those of some assemblies.</summary>
    /// <param name="assemblies">The assemblies.</param>
    /// <exception cref="WrongInputException">Two strategies have the same name.</exception>
    public static StrategyCatalogue CatalogueOf(IReadOnlyList<AgentAssembly> assemblies)
    {
        try
        {
            return StrategyCatalogue.BuiltIn.With(assemblies.SelectMany(assembly => assembly.Strategies));
        }
        catch (ArgumentException twice)
        {
            throw new WrongInputException($"--agents: {twice.Message}");
        }
    }

    /// <summary>Says what a scenario asks of strategies that are not there.</summary>
    /// <param name="strategies">What there is.</param>
    /// <param name="scenario">The scenario.</param>
    /// <param name="origin">Where it came from.</param>
    /// <exception cref="WrongInputException">Something is asked for that is not there.</exception>
    public static void EnsureServe(StrategyCatalogue strategies, Scenario scenario, string origin)
    {
        if (strategies.Problems(scenario, withOwn: true) is { Count: > 0 } problems)
        {
            throw new WrongInputException($"scenario {origin}: {string.Join("; ", problems.Take(5))}");
        }
    }
}
