using System.Diagnostics;
using System.Reflection;
using DataExchange.Matching.Tests.Snapshots;

namespace DataExchange.Mutants;

/// <summary>Tests mutants one after the other: one line of input is a mutant's number, one line of output what became of it.</summary>
internal static class Worker
{
    /// <summary>Behind a verdict: the mutant has done harm to its process, which ends.</summary>
    public const string Ends = " (harm done)";

    private const int FirstSequences = 12;
    private const int SequencesForCoverage = 20;

    // So many short tests tell more about a mutant than the long ones, which are about files and threads.
    private const int Many = 100;
    private const int Long = 3_000;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private static int _mutant;
    private static string _item = "";
    private static long _processorTimeLeft = long.MaxValue;
    private static long _looksLeft = long.MaxValue;

    /// <summary>Writes for each test how long it takes and which mutants it reaches.</summary>
    public static void Cover(string path)
    {
        Prepare();
        using var to = new StreamWriter(path);
        foreach (var item in TestItem.Tests().Concat(TestItem.Sequences(0, SequencesForCoverage)))
        {
            // By processor time: on a busy machine the clock would call short tests long, and those are left out.
            var (reached, before) = (MutatedAssembly.NoteReached(), ProcessorTime());
            item.Run();
            to.WriteLine($"{item.Name}\t{ProcessorTime() - before}\t{string.Join(',', Enumerable.Range(0, reached.Length).Where(mutant => reached[mutant] != 0))}");
        }
    }

    public static void Work(string coverage, int longestMilliseconds, int sequences)
    {
        Prepare();
        var order = Ordered(coverage, longestMilliseconds, sequences);
        new Thread(Watch) { IsBackground = true, Priority = ThreadPriority.AboveNormal }.Start();
        var proof = order.Where(item => item.Name.StartsWith("sequence ", StringComparison.Ordinal)).Take(3).ToList();
        proof.ForEach(item => item.Run());
        Say("ready");
        while (Console.ReadLine() is { } line)
        {
            var mutant = int.Parse(line);
            var items = order.Where(item => item.Covers.Contains(mutant)).ToList();
            if (items.Count(item => item.Milliseconds < Long) >= Many)
            {
                items.RemoveAll(item => item.Milliseconds >= Long);
            }

            var killer = Killer(mutant, items);
            var isClean = killer is null || IsClean(proof);
            Say(items.Count == 0 ? $"{mutant}\tnot covered\t"
                : killer is null ? $"{mutant}\tsurvived\t{items.Count} tests"
                : $"{mutant}\tkilled\t{killer}{(isClean ? "" : Ends)}");
            if (!isClean)
            {
                return;
            }
        }
    }

    // What tests share is made before any mutant lives.
    private static void Prepare()
    {
        MutatedAssembly.Active = -1;
        _ = (States.Maps.Count, States.Many.Count);
    }

    private static List<TestItem> Ordered(string coverage, int longestMilliseconds, int sequences)
    {
        var known = File.ReadLines(coverage).Select(line => line.Split('\t'))
            .ToDictionary(fields => fields[0], fields => (Milliseconds: int.Parse(fields[1]), Covers: fields[2].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse).ToHashSet()));
        var bySequences = known.Where(pair => pair.Key.StartsWith("sequence ", StringComparison.Ordinal)).SelectMany(pair => pair.Value.Covers).ToHashSet();
        var items = TestItem.Tests().ToList();
        items.ForEach(item => (item.Milliseconds, item.Covers) = known[item.Name]);
        var played = TestItem.Sequences(0, sequences).ToList();
        played.ForEach(item => (item.Milliseconds, item.Covers) = (40, bySequences));
        return
        [
            .. items.Where(item => item.Milliseconds < 40).OrderBy(item => item.Milliseconds), .. played.Take(FirstSequences),
            .. items.Where(item => item.Milliseconds >= 40 && item.Milliseconds < longestMilliseconds).OrderBy(item => item.Milliseconds), .. played.Skip(FirstSequences),
        ];
    }

    /// <summary>The first test that fails, and how; null when all pass.</summary>
    private static string? Killer(int mutant, List<TestItem> items)
    {
        _mutant = mutant;
        MutatedAssembly.Active = mutant;
        try
        {
            foreach (var item in items)
            {
                _item = item.Name;
                Interlocked.Exchange(ref _looksLeft, 300 + (item.Milliseconds / 2));
                Interlocked.Exchange(ref _processorTimeLeft, ProcessorTime() + 2_000 + (10 * item.Milliseconds));
                try
                {
                    item.Run();
                }
                catch (Exception failure)
                {
                    return $"{(failure as TargetInvocationException)?.InnerException?.GetType().Name ?? failure.GetType().Name} in {item.Name}";
                }
            }

            return null;
        }
        finally
        {
            Interlocked.Exchange(ref _processorTimeLeft, long.MaxValue);
            Interlocked.Exchange(ref _looksLeft, long.MaxValue);
            MutatedAssembly.Active = -1;
        }
    }

    // A mutant may have written where it should not: then the process must not judge the next one.
    private static bool IsClean(List<TestItem> proof)
    {
        try
        {
            proof.ForEach(item => item.Run());
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    // By processor time for loops without end, and by looks for threads that wait for each other: a process that stands still is not looked at.
    private static void Watch()
    {
        while (true)
        {
            Thread.Sleep(Look);
            var isLate = ProcessorTime() > Interlocked.Read(ref _processorTimeLeft);
            if (isLate || Interlocked.Decrement(ref _looksLeft) <= 0)
            {
                Say($"{_mutant}\ttimeout\t{(isLate ? "no end" : "waits")} in {_item}");
                Process.GetCurrentProcess().Kill();
            }
        }
    }

    private static long ProcessorTime() => (long)Process.GetCurrentProcess().TotalProcessorTime.TotalMilliseconds;

    private static void Say(string line)
    {
        Console.WriteLine(line);
        Console.Out.Flush();
    }
}
