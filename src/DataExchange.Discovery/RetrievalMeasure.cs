namespace DataExchange.Discovery;

/// <summary>
/// How good rankings are against what is truly relevant: precision and recall at a depth, and the mean reciprocal rank of the first relevant offer
/// (Manning, Raghavan and Schütze 2008, "Introduction to Information Retrieval", chapter 8). Queries for which nothing is relevant say nothing of a
/// ranking: they are counted apart.
/// </summary>
public sealed class RetrievalMeasure
{
    private readonly List<(bool[] Ranking, int Relevant)> _queries = [];

    /// <summary>Queries for which something is relevant.</summary>
    public int Queries => _queries.Count;

    /// <summary>Queries for which nothing is.</summary>
    public int WithoutRelevant { get; private set; }

    /// <summary>Of these: a ranking that proposed nothing.</summary>
    public int RightlyEmpty { get; private set; }

    /// <summary>Mean reciprocal rank of the first relevant offer, 0 where none is ranked; not a number without queries.</summary>
    public double ReciprocalRank => Mean(query => Array.IndexOf(query.Ranking, true) is >= 0 and var place ? 1.0 / (place + 1) : 0);

    /// <summary>Takes one query.</summary>
    /// <param name="ranking">Whether the offer at each place is relevant, the first one first.</param>
    /// <param name="relevant">Relevant offers on the shelf, ranked or not.</param>
    public void Add(IEnumerable<bool> ranking, int relevant)
    {
        bool[] places = [.. ranking];
        ArgumentOutOfRangeException.ThrowIfLessThan(relevant, places.Count(isRelevant => isRelevant));
        if (relevant > 0)
        {
            _queries.Add((places, relevant));
            return;
        }

        WithoutRelevant++;
        RightlyEmpty += places.Length == 0 ? 1 : 0;
    }

    /// <summary>Mean share of the first places that hold a relevant offer; an empty place holds none.</summary>
    /// <param name="depth">Places, 1 or more.</param>
    public double PrecisionAt(int depth) => Mean(query => (double)query.Ranking.Take(depth).Count(isRelevant => isRelevant) / depth);

    /// <summary>Mean share of the relevant offers that are in the first places.</summary>
    /// <param name="depth">Places, 1 or more.</param>
    public double RecallAt(int depth) => Mean(query => (double)query.Ranking.Take(depth).Count(isRelevant => isRelevant) / query.Relevant);

    private double Mean(Func<(bool[] Ranking, int Relevant), double> of) => _queries.Count == 0 ? double.NaN : _queries.Average(of);
}
