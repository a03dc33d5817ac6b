namespace DataExchange.Exchange.Verification;

/// <summary>Keeps the first problems in the order of streams, whatever the order in which they are found, and counts all.</summary>
internal sealed class ProblemList(int most)
{
    private readonly SortedSet<(Problem Problem, long Number)> _first = new(Order.Instance);

    internal long Count { get; private set; }

    internal IReadOnlyList<Problem> First => [.. _first.Select(entry => entry.Problem)];

    internal void Add(string stream, int? version, AuditRule rule, string detail)
    {
        _first.Add((new Problem(stream, version, rule, detail), Count++));
        if (_first.Count > most)
        {
            _first.Remove(_first.Max);
        }
    }

    private sealed class Order : IComparer<(Problem Problem, long Number)>
    {
        internal static readonly Order Instance = new();

        public int Compare((Problem Problem, long Number) x, (Problem Problem, long Number) y)
        {
            var order = string.CompareOrdinal(x.Problem.Stream, y.Problem.Stream);
            order = order != 0 ? order : (x.Problem.Version ?? int.MaxValue).CompareTo(y.Problem.Version ?? int.MaxValue);
            order = order != 0 ? order : x.Problem.Rule.CompareTo(y.Problem.Rule);
            return order != 0 ? order : x.Number.CompareTo(y.Number);
        }
    }
}
