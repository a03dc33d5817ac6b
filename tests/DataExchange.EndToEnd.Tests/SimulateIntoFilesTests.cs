using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace DataExchange.EndToEnd.Tests;

/// <summary>A run goes into files instead of a database: a backup like any other, verified without a server, and what is done to it is found.</summary>
public sealed class SimulateIntoFilesTests(SmallMarket market)
{
    private const string Digest = "0ab80ce1";

    [Fact]
    public async Task The_files_are_a_backup_of_the_same_run_and_what_is_done_to_them_is_found()
    {
        await using var folder = new TemporaryFolder();
        var backup = folder.In("backup");
        var run = (await DxProgram.RunAsync([.. SmallMarket.Simulate, "--backup", backup, "--data", folder.Data])).WithExitCode(0).Json();
        foreach (var same in new[] { "events", "digest", "verified", "logSize", "logRoot", "trialBalanceFen", "invoices", "calibration", "logs" })
        {
            Assert.Equal(Told(market.Json, same), Told(run, same));
        }

        Assert.Equal(32_504, run.GetProperty("events").GetInt64());
        // Plain books of the money alone: fewer than the store's, which knows holds and licences.
        Assert.InRange(run.GetProperty("ledgerTransfers").GetInt64(), 1, market.Json.GetProperty("ledgerTransfers").GetInt64() - 1);
        Assert.StartsWith(Digest, run.GetProperty("digest").GetString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.Data), "no database is needed");
        Assert.Equal([backup], Directory.GetFileSystemEntries(folder.Path));
        BadInputTests.Refuses(await DxProgram.RunAsync([.. SmallMarket.Simulate, "--backup", backup]), 2, $"--backup '{backup}' is not empty");

        var verified = (await DxProgram.RunAsync("verify", "--backup", backup, "--json")).WithExitCode(0).Json();
        Assert.Equal((32_504, run.GetProperty("digest").GetString()), (verified.GetProperty("events").GetInt64(), verified.GetProperty("digest").GetString()));
        var restored = (await DxProgram.RunAsync("restore", "--from", backup, "--data", folder.Data, "--json")).WithExitCode(0).Json();
        Assert.Equal(
            (true, true, run.GetProperty("digest").GetString()),
            (restored.GetProperty("verified").GetBoolean(), restored.GetProperty("isCompleted").GetBoolean(), restored.GetProperty("digest").GetString()));

        var original = await LinesAsync(backup);
        var (altered, dropped, swapped) = (original.ToArray(), original.Where((_, index) => index != 20_000).ToArray(), original.ToArray());
        altered[20_000] = Regex.Replace(altered[20_000], "(\"at\":\"[^\"]*:\\d)(\\d)", match => match.Groups[1].Value + (match.Groups[2].Value == "7" ? "8" : "7"));
        Assert.NotEqual(original[20_000], altered[20_000]);
        var pair = Enumerable.Range(20_000, 1_000).First(index => Stream(original[index]) == Stream(original[index + 1]));
        (swapped[pair], swapped[pair + 1]) = (Renumbered(original[pair + 1], pair + 1), Renumbered(original[pair], pair + 2));
        await FindsAsync(backup, altered, text => text, "digest: the manifest's is ", "LogForked");
        await FindsAsync(backup, dropped, text => text.Replace("\"events\": 32504", "\"events\": 32503", StringComparison.Ordinal), "digest: the manifest's is ", "Sequence", "LogForked");
        await FindsAsync(backup, swapped, text => text, "LogForked");
        await FindsAsync(backup, original, text => text.Replace(Digest, "00000000", StringComparison.Ordinal), "digest: the manifest's is 00000000");
        Assert.Empty(Directory.GetDirectories(folder.Path, "*.sorting-*"));
    }

    [Theory]
    [InlineData("--reset is not allowed with --backup", "--reset")]
    [InlineData("--postgres 'Host=db' is not allowed with --backup", "--postgres", "Host=db")]
    [InlineData("--out 'x' is not allowed with --backup", "--out", "x")]
    [InlineData("--engine services is not allowed with --backup", "--engine", "services")]
    public async Task What_needs_a_store_is_refused(string told, params string[] options)
    {
        await using var folder = new TemporaryFolder();
        BadInputTests.Refuses(await DxProgram.RunAsync(["simulate", "--backup", folder.In("backup"), .. options]), 2, told);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    private static string Told(System.Text.Json.JsonElement output, string name) => output.GetProperty(name).GetRawText();

    private static string Stream(string line) => line.Split('\t')[2];

    private static string Renumbered(string line, int sequence) => $"{sequence}{line[line.IndexOf('\t', StringComparison.Ordinal)..]}";

    private static async Task<string[]> LinesAsync(string backup)
    {
        await using var packed = File.OpenRead(Directory.GetFiles(backup, "events-*").Single());
        await using var text = new GZipStream(packed, CompressionMode.Decompress);
        using var reader = new StreamReader(text);
        return (await reader.ReadToEndAsync(TestContext.Current.CancellationToken)).TrimEnd('\n').Split('\n');
    }

    // Whoever can write the files can write their sums anew: then only what the events say of each other is left.
    private static async Task FindsAsync(string backup, string[] lines, Func<string, string> edit, params string[] told)
    {
        var (file, manifest, sums) = (Directory.GetFiles(backup, "events-*").Single(), Path.Combine(backup, "manifest.json"), Path.Combine(backup, "SHA256SUMS"));
        string[] before = [file, manifest, sums];
        var kept = before.Select(File.ReadAllBytes).ToArray();
        await using (var packed = new GZipStream(File.Create(file), CompressionLevel.Fastest))
        {
            await packed.WriteAsync(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n"))), TestContext.Current.CancellationToken);
        }

        var text = await File.ReadAllTextAsync(manifest, TestContext.Current.CancellationToken);
        var length = kept[0].Length.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var edited = edit(text.Replace(Sum(kept[0]), Sum(File.ReadAllBytes(file)), StringComparison.Ordinal)
            .Replace($"\"bytes\": {length}", $"\"bytes\": {new FileInfo(file).Length}", StringComparison.Ordinal)
            .Replace("\"rows\": 32504", $"\"rows\": {lines.Length}", StringComparison.Ordinal));
        await File.WriteAllTextAsync(manifest, edited, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(sums, $"{Sum(File.ReadAllBytes(file))}  {Path.GetFileName(file)}\n{Sum(File.ReadAllBytes(manifest))}  manifest.json\n", TestContext.Current.CancellationToken);
        var found = (await DxProgram.RunAsync("verify", "--backup", backup, "--json")).WithExitCode(1).Json();
        Assert.False(found.GetProperty("verified").GetBoolean());
        var problems = string.Join('\n', found.GetProperty("problems").EnumerateArray().Select(problem => problem.GetString()));
        Assert.All(told, one => Assert.Contains(one, problems, StringComparison.Ordinal));
        for (var index = 0; index < before.Length; index++)
        {
            await File.WriteAllBytesAsync(before[index], kept[index], TestContext.Current.CancellationToken);
        }
    }

    private static string Sum(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
