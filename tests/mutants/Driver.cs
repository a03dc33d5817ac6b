using System.Diagnostics;
using System.Text.Json;

namespace DataExchange.Mutants;

/// <summary>The whole run: mutants, coverage, a quick pass over all, a thorough one over those that lived, and the score of each file.</summary>
internal static class Driver
{
    private const string Assembly = "DataExchange.Matching.dll";

    public static int All(string folder, string stryker)
    {
        Directory.CreateDirectory(folder);
        var mutated = Path.Combine(folder, "mutated.dll");
        if (!File.Exists(mutated))
        {
            Make(stryker, folder, mutated);
        }

        var mutants = Listed(Path.Combine(folder, "reports", "mutation-report.json"));
        var (cover, work) = (Copy(folder, "cover", mutated, true), Copy(folder, "work", mutated, false));
        var coverage = Path.Combine(folder, "coverage.tsv");
        if (!File.Exists(coverage))
        {
            using var process = Start(cover, "cover", coverage);
            process.WaitForExit();
        }

        var quick = Pass(work, [coverage, "250", "40"], Shuffled(mutants.Keys), Path.Combine(folder, "quick.tsv"));
        var lived = quick.Where(result => result.Value is not ("killed" or "timeout")).Select(result => result.Key);
        var thorough = Pass(work, [coverage, "5000", "200"], lived, Path.Combine(folder, "thorough.tsv"));
        Report(mutants.ToDictionary(mutant => mutant.Key, mutant => (mutant.Value.File, mutant.Value.Text, Verdict: thorough.GetValueOrDefault(mutant.Key, quick[mutant.Key]))), folder);
        return 0;
    }

    /// <summary>Stryker changes the assembly beside the tests and puts the old one back at the end: the changed one is taken in between.</summary>
    private static void Make(string stryker, string folder, string mutated)
    {
        var tests = Path.GetFullPath("tests/mutants/nothing");
        var config = Path.Combine(folder, "stryker.json");
        File.WriteAllText(config, """
            { "stryker-config": { "project": "DataExchange.Matching.csproj", "test-runner": "mtp", "concurrency": 1, "reporters": ["json"], "configuration": "Release" } }
            """);

        // A run that was broken off has left its own.
        var made = Path.Combine(tests, "bin", "Release", "net10.0", Assembly);
        if (File.Exists(made))
        {
            File.Delete(made);
        }

        using var process = Process.Start(new ProcessStartInfo(stryker, ["--config-file", Path.GetFullPath(config), "--output", Path.GetFullPath(folder), "--skip-version-check"]) { WorkingDirectory = tests })!;
        while (!process.WaitForExit(200))
        {
            if (!File.Exists(mutated) && File.Exists(made) && MutatedAssembly.Is(made))
            {
                Thread.Sleep(500);
                File.Copy(made, mutated);
            }
        }
    }

    private static Dictionary<int, (string File, string Text)> Listed(string report)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(report));
        return json.RootElement.GetProperty("files").EnumerateObject().SelectMany(file => file.Value.GetProperty("mutants").EnumerateArray()
            .Where(mutant => mutant.GetProperty("status").GetString() is not ("Ignored" or "CompileError"))
            .Select(mutant => (Number: int.Parse(mutant.GetProperty("id").GetString()!), File: Path.GetFileName(file.Name), Text: Describe(mutant))))
            .ToDictionary(mutant => mutant.Number, mutant => (mutant.File, mutant.Text));

        static string Describe(JsonElement mutant) =>
            $"line {mutant.GetProperty("location").GetProperty("start").GetProperty("line")}: {mutant.GetProperty("mutatorName")}: {mutant.GetProperty("replacement").ToString().ReplaceLineEndings(" ")}";
    }

    // In an order without meaning, the same each time: a run that is broken off is a fair sample.
    private static int[] Shuffled(IEnumerable<int> mutants)
    {
        int[] order = [.. mutants.Order()];
        new Random(1).Shuffle(order);
        return order;
    }

    private static string Copy(string folder, string name, string mutated, bool notesReached)
    {
        var to = Path.Combine(folder, name);
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
        }

        MutatedAssembly.Patch(mutated, Path.Combine(to, Assembly), notesReached);
        return to;
    }

    private static Process Start(string folder, params ReadOnlySpan<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(folder, "Mutants.dll"), .. arguments])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = false,
        };
        (start.Environment["DOTNET_GCHeapHardLimit"], start.Environment["DX_FUZZ"]) = ("0x20000000", "100");
        return Process.Start(start)!;
    }

    /// <summary>Verdicts by mutant; those that stand in the file already are not asked for again, so that a run can go on.</summary>
    private static Dictionary<int, string> Pass(string folder, string[] arguments, IEnumerable<int> mutants, string path)
    {
        var verdicts = !File.Exists(path) ? [] : File.ReadLines(path).Select(line => line.Split('\t')).ToDictionary(fields => int.Parse(fields[0]), fields => fields[1]);
        using var to = new StreamWriter(path, append: true) { AutoFlush = true };
        Process? process = null;
        foreach (var mutant in mutants.Except(verdicts.Keys).ToList())
        {
            if (process is null || process.HasExited)
            {
                process?.Dispose();
                process = Start(folder, ["work", .. arguments]);
                process.StandardOutput.ReadLine();
            }

            process.StandardInput.WriteLine(mutant);
            process.StandardInput.Flush();
            var answer = process.StandardOutput.ReadLine();
            while (answer is not null && !answer.StartsWith($"{mutant}\t", StringComparison.Ordinal))
            {
                answer = process.StandardOutput.ReadLine();
            }

            // A process that ended without an answer was ended by the mutant.
            var isOver = answer is null;
            answer ??= $"{mutant}\tkilled\tthe process ended";
            to.WriteLine(answer);
            verdicts[mutant] = answer.Split('\t')[1];
            if (isOver || verdicts[mutant] == "timeout" || answer.EndsWith(Worker.Ends, StringComparison.Ordinal))
            {
                process.WaitForExit();
            }
        }

        process?.StandardInput.Close();
        process?.WaitForExit();
        process?.Dispose();
        return verdicts;
    }

    private static void Report(Dictionary<int, (string File, string Text, string Verdict)> mutants, string folder)
    {
        Console.WriteLine("| file | mutants | killed | timeout | survived | not covered | score |\n|---|---|---|---|---|---|---|");
        foreach (var file in mutants.Values.GroupBy(mutant => mutant.File).OrderBy(file => file.Key, StringComparer.Ordinal).Append(mutants.Values.GroupBy(_ => "all").Single()))
        {
            var (killed, timeout, survived, bare) = (Count("killed"), Count("timeout"), Count("survived"), Count("not covered"));
            Console.WriteLine($"| {file.Key} | {file.Count()} | {killed} | {timeout} | {survived} | {bare} | {100.0 * (killed + timeout) / file.Count():0.0} % |");

            int Count(string verdict) => file.Count(mutant => mutant.Verdict == verdict);
        }

        File.WriteAllLines(
            Path.Combine(folder, "lived.txt"),
            from mutant in mutants.Values where mutant.Verdict is "survived" or "not covered" orderby mutant.File select $"{mutant.File} {mutant.Verdict}, {mutant.Text}");
    }
}
