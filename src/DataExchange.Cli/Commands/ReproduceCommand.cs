using System.CommandLine;
using System.Text.Json;
using DataExchange.Cli.Running;
using DataExchange.Cli.Running.Fits;
using DataExchange.Cli.Running.Manifests;
using DataExchange.Cli.Running.Sweeps;

namespace DataExchange.Cli.Commands;

/// <summary><c>dx reproduce</c>: runs again what a manifest names and says whether the same came of it.</summary>
internal static class ReproduceCommand
{
    public static Command Create()
    {
        var manifest = new Argument<string>("MANIFEST") { Description = "The manifest.json of a report, a sweep or a calibration, or its folder, e.g. .dx/report/manifest.json; what is run is the scenario beside it" };
        var data = new Option<string?>("--data") { Description = "Run it into a store in this folder instead of in memory, e.g. --data /tmp/again; a store of another run is refused", HelpName = "DIR" };
        var keys = CommonOptions.Keys("The keys that the run was signed with, where its manifest says keys: given; needs --data");
        var (agents, json) = (AgentsCommand.Assemblies(), CommonOptions.Json());
        var command = new Command(
            "reproduce",
            "Run again what a manifest names, in memory, and say whether digest and events are identical. Exit code 0 when they are, 1 when not (docs/reproducing.md)\n\n"
            + "  ./dx reproduce .dx/report/manifest.json\n  ./dx reproduce results/ --data /tmp/again\n  ./dx reproduce manifest.json --json")
        {
            manifest, data, keys, agents, json,
        };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(manifest)!, parsed.GetValue(data), parsed.GetValue(keys), parsed.GetValue(agents)!, parsed.GetValue(json), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string path, string? data, string? keys, string[] agents, bool json, CancellationToken cancellation)
    {
        var file = Directory.Exists(path) ? Path.Combine(path, RunManifest.FileName) : path;
        var bytes = await InputFile.ReadAsync(file, "MANIFEST", cancellation).ConfigureAwait(false);
        var kind = RunManifest.KindOf(bytes);
        if (kind is SweepManifest.OfSweep or FitManifest.OfCalibration)
        {
            if (data is not null || keys is not null || agents.Length > 0)
            {
                throw new WrongInputException($"--data, --keys and --agents are not allowed for the manifest of a {kind}, whose runs are in memory with derived keys");
            }

            var terminal = new Terminal(json);
            if (kind == SweepManifest.OfSweep)
            {
                var sweep = SweepReproduction.Read(bytes, file);
                return Print($"sweep {sweep.Name}", await sweep.RunAsync(terminal, cancellation).ConfigureAwait(false), json);
            }

            var fit = FitReproduction.Read(bytes, file);
            return Print($"calibration of {fit.Name}", await fit.RunAsync(terminal, cancellation).ConfigureAwait(false), json);
        }

        var manifest = await RunManifest.ReadAsync(path, cancellation).ConfigureAwait(false);
        var found = await new Reproduction(manifest, file, await AgentAssembly.LoadAllAsync(agents, cancellation).ConfigureAwait(false), new Terminal(json)).RunAsync(data, keys, cancellation).ConfigureAwait(false);
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(found, CommandJson.Default.ReproduceOutput));
            return found.Identical ? 0 : 1;
        }

        Console.WriteLine($"{(found.Identical ? "Identical" : "NOT IDENTICAL")}  scenario {manifest.Scenario.Name}, seed {manifest.Seed}, scale {CommandText.Number(manifest.Scale)}, in {(found.Engine == "memory" ? "memory" : "a store")}");
        Console.WriteLine($"Events   {CommandText.Number(found.Events)}{(found.Events == found.EventsInManifest ? "" : $", in the manifest {CommandText.Number(found.EventsInManifest)}")}");
        Console.WriteLine($"Digest   {found.Digest}{(found.Digest == found.DigestInManifest ? "" : $", in the manifest {found.DigestInManifest}")}");
        foreach (var difference in found.Differences)
        {
            Console.WriteLine($"Another {difference.What}: {difference.Here}, in the manifest {difference.Manifest}");
        }

        if (!found.Identical && found.Differences.Count == 0)
        {
            Console.WriteLine("Program, scenario and machine are those of the manifest: please report this as a defect.");
        }

        return found.Identical ? 0 : 1;
    }

    private static int Print(string what, SweepReproduceOutput found, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(found, CommandJson.Default.SweepReproduceOutput));
            return found.Identical ? 0 : 1;
        }

        Console.WriteLine($"{(found.Identical ? "Identical" : "NOT IDENTICAL")}  {what}, {CommandText.Number((long)found.Runs)} runs");
        foreach (var one in found.Results)
        {
            Console.WriteLine($"{one.File}  SHA-256 {one.Sha256}{(one.Sha256 == one.Sha256InManifest ? "" : $", in the manifest {one.Sha256InManifest}")}");
        }

        foreach (var difference in found.Differences)
        {
            Console.WriteLine($"Another {difference.What}: {difference.Here}, in the manifest {difference.Manifest}");
        }

        return found.Identical ? 0 : 1;
    }
}
