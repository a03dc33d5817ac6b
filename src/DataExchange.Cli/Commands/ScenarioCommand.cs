using System.CommandLine;
using System.Text.Json;
using DataExchange.Cli.Running;
using DataExchange.Scenarios;

namespace DataExchange.Cli.Commands;

/// <summary><c>dx scenario</c>: the scenarios, their schema, and a check of one's own.</summary>
internal static class ScenarioCommand
{
    public static Command Create() =>
        new(
            "scenario",
            "Look at the scenarios, or check one of your own\n\n"
            + "  ./dx scenario show hangzhou-2025 > my.json     a copy to edit\n  ./dx scenario check my.json\n  ./dx simulate my.json --data /tmp/mine")
        {
            List(), Show(), Schema(), Check(),
        };

    private static Command List()
    {
        var json = CommonOptions.Json();
        var command = new Command("list", "List the built-in scenarios\n\n  ./dx scenario list") { json };
        command.SetAction(parsed =>
        {
            ScenarioOutput[] scenarios = [.. ScenarioCatalogue.BuiltIn.Select(ScenarioCatalogue.Load).Select(loaded => new ScenarioOutput(
                loaded.Scenario.Name, loaded.Scenario.Title.Zh, loaded.Scenario.Title.En, loaded.Scenario.Until, loaded.Hash))];
            if (parsed.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(scenarios, CommandJson.Readable.IReadOnlyListScenarioOutput));
                return 0;
            }

            var table = new TextTable(new("name"), new("until"), new("title"));
            foreach (var scenario in scenarios)
            {
                table.Add(scenario.Name, $"{scenario.Until:yyyy-MM-dd}", $"{scenario.TitleZh} | {scenario.TitleEn}");
            }

            table.WriteTo(Console.Out, StandardOutput.Width);
            return 0;
        });
        return command;
    }

    private static Command Show()
    {
        var name = new Argument<string>("NAME") { Description = "A built-in scenario, e.g. hangzhou-2025 ('dx scenario list' has their names), or the path of a file" };
        var set = CommonOptions.Set();
        var command = new Command(
            "show",
            "Print a scenario's JSON, to be copied and edited; with --set as it is after that, and with extends as the whole that comes of it\n\n"
            + "  ./dx scenario show hangzhou-2025 > my.json\n  ./dx scenario show hangzhou-2025 --set deals.disputed=0.1 > disputes.json") { name, set };
        command.SetAction(parsed =>
        {
            // A file that extends another scenario is shown as the whole that it stands for.
            Console.Out.Write(ScenarioCatalogue.Load(parsed.GetValue(name)!, parsed.GetValue(set)!).Text.TrimEnd('\n') + "\n");
        });
        return command;
    }

    private static Command Schema()
    {
        var command = new Command("schema", "Print the JSON Schema of scenario files, for an editor\n\n  ./dx scenario schema > scenario.schema.json");
        command.SetAction(_ => Console.Out.Write(ScenarioCatalogue.SchemaText));
        return command;
    }

    private static Command Check()
    {
        var file = new Argument<string>("FILE") { Description = "Path of a scenario file, e.g. my.json, or a built-in name" };
        var json = CommonOptions.Json();
        var command = new Command("check", "Check a scenario file: every problem with its path, the value and what is allowed; exit code 2 when there is one\n\n  ./dx scenario check my.json") { file, json };
        command.SetAction(parsed => RunCheck(parsed.GetValue(file)!, parsed.GetValue(json)));
        return command;
    }

    private static int RunCheck(string file, bool json)
    {
        try
        {
            var loaded = ScenarioCatalogue.Load(file);
            Console.WriteLine(json
                ? JsonSerializer.Serialize(new ScenarioCheckOutput(true, loaded.Scenario.Name, loaded.Hash, []), CommandJson.Readable.ScenarioCheckOutput)
                : $"Valid: {file} is scenario '{loaded.Scenario.Name}', SHA-256 {loaded.Hash}");
            return 0;
        }
        catch (ScenarioException wrong)
        {
            if (json)
            {
                Console.WriteLine(JsonSerializer.Serialize(new ScenarioCheckOutput(false, null, null, wrong.Problems), CommandJson.Readable.ScenarioCheckOutput));
                return 2;
            }

            Console.Error.WriteLine($"dx: {file} cannot be used, {wrong.Problems.Count} problem(s):");
            foreach (var problem in wrong.Problems)
            {
                Console.Error.WriteLine("  " + problem);
            }

            return 2;
        }
    }
}
