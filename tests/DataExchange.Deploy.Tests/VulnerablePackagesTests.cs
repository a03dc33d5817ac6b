using System.Diagnostics;

namespace DataExchange.Deploy.Tests;

/// <summary>What <c>.ci/vulnerable</c> makes of what the package manager says: a vulnerability fails, a source that cannot be asked does not.</summary>
public sealed class VulnerablePackagesTests
{
    // As the SDK prints them.
    private const string Vulnerable = """
        The following sources were used:
           https://feed.invalid/v3/index.json

        Project `dx` has the following vulnerable packages
           [net10.0]:
           Top-level Package      Requested   Resolved   Severity   Advisory URL
           > Newtonsoft.Json      12.0.1      12.0.1     High       https://github.com/advisories/GHSA-5crp-9r3c-p9vr

           Transitive Package     Resolved   Severity   Advisory URL
           > Old.Thing            1.0.0      Moderate   https://github.com/advisories/GHSA-aaaa-bbbb-cccc
        """;

    private const string None = "The given project `dx` has no vulnerable packages given the current sources.";

    [Fact]
    public async Task A_vulnerable_package_fails_and_is_named_with_its_advisory()
    {
        var (code, output) = await RunAsync(Vulnerable, 0, "VulnerabilityInfo/6.7.0");
        Assert.Equal(1, code);
        Assert.Contains("  Newtonsoft.Json 12.0.1 High https://github.com/advisories/GHSA-5crp-9r3c-p9vr\n", output, StringComparison.Ordinal);
        Assert.Contains("  Old.Thing 1.0.0 Moderate https://github.com/advisories/GHSA-aaaa-bbbb-cccc\n", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(None, 0, "VulnerabilityInfo/6.7.0", "Packages: none is known to be vulnerable.")]
    [InlineData(None, 0, "PackageBaseAddress/3.0.0", "not checked for known vulnerabilities: no source says what is vulnerable")]
    [InlineData("error: Unable to load the service index for source https://feed.invalid/v3/index.json.", 1, "", "not checked for known vulnerabilities: Unable to load the service index")]
    [InlineData("something else", 0, "", "not checked for known vulnerabilities: the answer cannot be read: something else")]
    public async Task What_is_not_known_is_said_and_fails_nothing(string said, int code, string index, string told)
    {
        var (exit, output) = await RunAsync(said, code, index);
        Assert.Equal(0, exit);
        Assert.Contains(told, Assert.Single(output.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public void The_whole_test_run_asks()
    {
        Assert.Contains("\"$home/.ci/vulnerable\" \"$cli\" || failed=$((failed + 1)) bad=1", File.ReadAllText(Path.Combine(DeployFiles.Root, "dx")), StringComparison.Ordinal);
        Assert.Contains("./dx test", File.ReadAllText(Path.Combine(DeployFiles.Root, ".ci", "run")), StringComparison.Ordinal);
    }

    // The package manager and the source are played by two scripts.
    private static async Task<(int Code, string Output)> RunAsync(string said, int code, string index)
    {
        var folder = Directory.CreateTempSubdirectory("dx-vulnerable-");
        try
        {
            await ScriptAsync("dotnet", $"if [ \"$1\" = nuget ]; then echo 'E https://feed.invalid/v3/index.json'; exit; fi\ncat <<'SAID'\n{said}\nSAID\nexit {code}");
            await ScriptAsync("curl", $"echo '{index}'");
            using var process = Process.Start(new ProcessStartInfo(Path.Combine(DeployFiles.Root, ".ci", "vulnerable"), ["src/DataExchange.Cli"])
            {
                RedirectStandardOutput = true,
                Environment = { ["PATH"] = $"{folder.FullName}:{Environment.GetEnvironmentVariable("PATH")}" },
            })!;
            var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (process.ExitCode, output);
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        async Task ScriptAsync(string name, string script)
        {
            var file = Path.Combine(folder.FullName, name);
            await File.WriteAllTextAsync(file, $"#!/bin/sh\n{script}\n", TestContext.Current.CancellationToken);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
    }
}
