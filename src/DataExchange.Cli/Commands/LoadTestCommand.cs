using System.CommandLine;
using DataExchange.Cli.Running;
using DataExchange.LoadTests.Exchange;

namespace DataExchange.Cli.Commands;

/// <summary><c>dx loadtest</c>: scenarios under load, verified afterwards.</summary>
internal static class LoadTestCommand
{
    /// <summary>Its name.</summary>
    public const string Name = "loadtest";

    public static Command Create() => new(Name, "Load the matching core, the services or the gateway in an open loop, verify what was acknowledged, report")
    {
        List(), LoadTestRunCommand.Create(), LoadTestCompareCommand.Create(), LoadTestSaturateCommand.Create(),
    };

    private static Command List()
    {
        var json = CommonOptions.JsonLines();
        var command = new Command("list", "The scenarios: what each loads, and the rate it is run with unless another is asked for") { json };
        command.SetAction(async (parsed, _) =>
        {
            var table = new TextTable(new TextColumn("name"), new TextColumn("operations/s", IsNumber: true), new TextColumn("what is loaded"));
            foreach (var entry in LoadCatalogue.All)
            {
                await using var scenario = entry.Create(new ExchangeLoadOptions());
                var rate = scenario.DefaultProfile.Phases[^1].To;
                if (parsed.GetValue(json))
                {
                    Console.WriteLine(System.Text.Json.JsonSerializer.Serialize(
                        new ListedScenario(entry.Name, scenario.Summary, scenario.Unit, rate, entry.HasServers, entry.TakesTarget), CommandJson.Default.ListedScenario));
                }

                table.Add(entry.Name, rate.ToString("N0", System.Globalization.CultureInfo.InvariantCulture), scenario.Summary);
            }

            if (!parsed.GetValue(json))
            {
                table.WriteTo(Console.Out);
            }

            return 0;
        });
        return command;
    }
}

/// <summary>A scenario as <c>dx loadtest list --json</c> shows it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Summary">What is loaded.</param>
/// <param name="Unit">What an operation is.</param>
/// <param name="RatePerSecond">The rate it is run with unless another is asked for.</param>
/// <param name="HasServers">Whether it starts servers.</param>
/// <param name="TakesTarget">Whether it can load a running exchange.</param>
internal sealed record ListedScenario(string Name, string Summary, string Unit, double RatePerSecond, bool HasServers, bool TakesTarget);
