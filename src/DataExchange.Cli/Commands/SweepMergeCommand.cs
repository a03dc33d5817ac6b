using System.CommandLine;
using DataExchange.Cli.Running.Sweeps;

namespace DataExchange.Cli.Commands;

/// <summary><c>dx sweep merge</c>: puts the slices of a sweep together.</summary>
internal static class SweepMergeCommand
{
    private const int MostNamed = 10;

    public static Command Create()
    {
        var folders = new Argument<string[]>("FOLDER") { Description = "The slices' folders, e.g. part-0 part-1", Arity = ArgumentArity.OneOrMore };
        var output = new Option<string>("--out") { Description = "Folder of the whole, e.g. --out fees", HelpName = "FOLDER", Required = true };
        var json = CommonOptions.Json();
        var command = new Command(
            "merge", "Put the slices of a sweep together: the same files as of a sweep that was not sliced. Folders may overlap where their rows are the same\n\n  ./dx sweep merge part-* --out fees")
        {
            folders, output, json,
        };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(folders)!, parsed.GetValue(output)!, parsed.GetValue(json), CommandWords.Of(parsed), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string[] folders, string output, bool json, IReadOnlyList<string> words, CancellationToken cancellation)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var (plan, first, _) = await SweepFolder.ReadAsync(folders[0], cancellation).ConfigureAwait(false);
        var whole = first with { Slice = 0, Slices = 1 };
        var rows = new SortedDictionary<int, SweepRow>();
        foreach (var folder in folders)
        {
            var (header, found) = SweepJournal.Read(folder);
            if (header with { Slice = 0, Slices = 1 } is var other && other != whole)
            {
                throw new WrongInputException($"FOLDER '{folder}' holds another sweep than '{folders[0]}': {SweepJournal.Difference(other, whole)}");
            }

            foreach (var row in found)
            {
                if (!rows.TryAdd(row.Run, row) && rows[row.Run].Digest != row.Digest)
                {
                    throw new WrongInputException($"FOLDER '{folder}': run '{row.Run}' has digest {row.Digest ?? "none"}, in a folder before {rows[row.Run].Digest ?? "none"}");
                }
            }
        }

        int[] missing = [.. Enumerable.Range(0, whole.Runs).Where(run => !rows.ContainsKey(run)).Take(MostNamed + 1)];
        if (missing.Length > 0)
        {
            throw new WrongInputException(
                $"FOLDER: {whole.Runs - rows.Count} of {whole.Runs} runs are missing: {string.Join(", ", missing.Take(MostNamed))}{(missing.Length > MostNamed ? ", …" : "")}; give the folders of all slices, run to their end");
        }

        var target = Path.GetFullPath(output);
        using var journal = await SweepFolder.BeginAsync(target, plan, whole, true, cancellation).ConfigureAwait(false);
        var there = journal.Rows.Select(row => row.Run).ToHashSet();
        foreach (var row in rows.Values.Where(row => !there.Contains(row.Run)))
        {
            journal.Add(row);
        }

        var manifest = await SweepFolder.CompleteAsync(target, plan, whole, journal.Rows, words, cancellation).ConfigureAwait(false);
        SweepCommand.Print(new(plan.File.Name, target, manifest.Slice, manifest.Runs, 0, manifest.Failed, manifest.Results, Math.Round(clock.Elapsed.TotalSeconds, 3), null), json);
        return 0;
    }
}
