using System.Globalization;

namespace DataExchange.Matching.Tests.Model;

/// <summary>How often each kind of report was seen with each reason.</summary>
internal sealed class Reached
{
    private readonly long[,] _counts = new long[Enum.GetValues<ReportKind>().Length, Enum.GetValues<Reason>().Length];

    public long Commands { get; set; }

    public long this[ReportKind kind, Reason reason] => _counts[(int)kind, (int)reason];

    public void Add(IReadOnlyList<ExecutionReport> reports)
    {
        Commands++;
        for (var i = 0; i < reports.Count; i++)
        {
            _counts[(int)reports[i].Kind, (int)reports[i].Reason]++;
        }
    }

    public void Add(Reached other)
    {
        Commands += other.Commands;
        foreach (var (kind, reason) in Pairs)
        {
            _counts[(int)kind, (int)reason] += other[kind, reason];
        }
    }

    public static IEnumerable<(ReportKind Kind, Reason Reason)> Pairs =>
        from kind in Enum.GetValues<ReportKind>() from reason in Enum.GetValues<Reason>() select (kind, reason);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Commands:N0} commands\n") + string.Join('\n', Pairs
        .Where(pair => this[pair.Kind, pair.Reason] > 0)
        .Select(pair => string.Create(CultureInfo.InvariantCulture,
            $"{pair.Kind,-12} {pair.Reason,-18} {this[pair.Kind, pair.Reason],10:N0}")));
}
