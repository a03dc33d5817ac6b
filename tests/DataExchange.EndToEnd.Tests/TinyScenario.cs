using System.Text.Json.Nodes;

namespace DataExchange.EndToEnd.Tests;

/// <summary>The built-in scenario without targets, which so few products would not reach, and with a shorter history.</summary>
internal static class TinyScenario
{
    public static async Task<string> WriteAsync(TemporaryFolder folder)
    {
        var scenario = JsonNode.Parse((await DxProgram.RunAsync("scenario", "show", "hangzhou-2025")).WithExitCode(0).Output)!;
        scenario["name"] = "tiny";
        scenario["calibration"]!["targets"] = new JsonArray();
        scenario["until"] = "2024-09-30";
        var file = Path.Combine(folder.Path, "tiny.json");
        await File.WriteAllTextAsync(file, scenario.ToJsonString());
        return file;
    }
}
