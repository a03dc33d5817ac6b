using System.Diagnostics;

namespace DataExchange.Gateway.Tests;

public sealed class QuickStartTests(RunningGateway gateway)
{
    [Fact]
    public async Task The_lines_that_the_documentation_begins_with_do_what_they_say()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The lines are for a shell.");
        var text = await Repository.ReadAsync("docs/gateway.md");
        var block = text[text.IndexOf("<!-- quick start -->", StringComparison.Ordinal)..text.IndexOf("<!-- /quick start -->", StringComparison.Ordinal)];
        var lines = block[(block.IndexOf("```sh\n", StringComparison.Ordinal) + 6)..block.LastIndexOf("```", StringComparison.Ordinal)]
            .Replace("http://127.0.0.1:8080", gateway.Address.ToString().TrimEnd('/'), StringComparison.Ordinal).Replace(".dx/gateway", gateway.Folder, StringComparison.Ordinal);
        var start = new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", lines]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        using var shell = Process.Start(start)!;
        var (said, errors) = (shell.StandardOutput.ReadToEndAsync(limit.Token), shell.StandardError.ReadToEndAsync(limit.Token));
        await shell.WaitForExitAsync(limit.Token);

        var output = await said;
        Assert.True(shell.ExitCode == 0, $"{await errors}\n{output}");
        foreach (var expected in (string[])
            ["\"wasRepeated\":true", "\"stage\":\"ApplicationAccepted\"", "application_accepted.v1", "event: party_registered.v1", "\"tokenType\":\"Bearer\"", "\"party\":\"firm-1\""])
        {
            Assert.Contains(expected, output, StringComparison.Ordinal);
        }
    }
}
