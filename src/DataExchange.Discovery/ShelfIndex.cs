namespace DataExchange.Discovery;

/// <summary>
/// The offers on a shelf with an inverted index of their terms: an answer looks only at the offers that have a word of the query for the text, and at
/// every offer once for the rest. Not for several threads at once.
/// </summary>
/// <param name="chain">Nearness on the industry chain graph.</param>
/// <param name="weights">How much each part counts.</param>
public sealed class ShelfIndex(ChainDistance chain, RankingWeights weights)
{
    private readonly Dictionary<string, int> _slots = new(StringComparer.Ordinal);
    private readonly List<Entry?> _entries = [];
    private readonly Stack<int> _free = [];
    private readonly Dictionary<string, Dictionary<int, int>> _postings = new(StringComparer.Ordinal);
    // Of the query at hand: BM25 by slot, and the slots that have any. Kept, so that an answer allocates nothing that grows with the shelf.
    private readonly List<int> _touched = [];
    private long[] _scores = [];
    private long _totalLength;

    /// <summary>Offers on the shelf.</summary>
    public int Count => _slots.Count;

    /// <summary>Puts an offer on the shelf, or in the place of the one of its id.</summary>
    public void Put(Offer offer)
    {
        ArgumentNullException.ThrowIfNull(offer);
        if (_slots.TryGetValue(offer.Id, out var slot) && _entries[slot]!.Offer.Text == offer.Text)
        {
            _entries[slot] = _entries[slot]! with { Offer = offer };
            return;
        }

        Remove(offer.Id);
        var terms = Terms.Of(offer.Text).GroupBy(term => term, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        var entry = new Entry(offer, [.. terms.Keys], terms.Values.Sum());
        if (!_free.TryPop(out slot))
        {
            slot = _entries.Count;
            _entries.Add(null);
        }

        _entries[slot] = entry;
        _slots.Add(offer.Id, slot);
        _totalLength += entry.Length;
        foreach (var (term, occurrences) in terms)
        {
            if (!_postings.TryGetValue(term, out var having))
            {
                _postings.Add(term, having = []);
            }

            having.Add(slot, occurrences);
        }
    }

    /// <summary>Takes an offer off the shelf; nothing happens when it is not there.</summary>
    /// <param name="id">The offer.</param>
    public void Remove(string id)
    {
        if (!_slots.Remove(id, out var slot))
        {
            return;
        }

        var entry = _entries[slot]!;
        _entries[slot] = null;
        _free.Push(slot);
        _totalLength -= entry.Length;
        foreach (var term in entry.Terms)
        {
            var having = _postings[term];
            having.Remove(slot);
            if (having.Count == 0)
            {
                _postings.Remove(term);
            }
        }
    }

    /// <summary>The offer of an id; null when it is not on the shelf.</summary>
    public Offer? Find(string id) => _slots.TryGetValue(id, out var slot) ? _entries[slot]!.Offer : null;

    /// <summary>Answers a query.</summary>
    /// <param name="query">What is looked for.</param>
    /// <param name="most">Most offers of the ranking, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The graph has no such sub-track, or the budget or <paramref name="most"/> is not above 0.</exception>
    public Answer Search(Query query, int most)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(query.BudgetFen);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(most);
        var near = chain.From(query.SubTrack);
        var telling = ScoreTexts(query.Text);
        var (fitting, affordable) = (0, 0);
        var found = new List<Ranked>();
        for (var slot = 0; slot < _entries.Count; slot++)
        {
            if (_entries[slot] is not { Offer: var offer }
                || (query.Form is not null && query.Form != offer.Form)
                || (query.Licence is not null && query.Licence != offer.Licence))
            {
                continue;
            }

            var (textPart, chainPart, categoryPart) = (TextPart(slot, telling), near[offer.SubTrack], query.Category == offer.Category ? 10_000 : 0);
            if (!weights.Fits(textPart, chainPart, categoryPart))
            {
                continue;
            }

            fitting++;
            if (offer.PriceFen > query.BudgetFen)
            {
                continue;
            }

            affordable++;
            if (offer.Quality < query.LeastQuality)
            {
                continue;
            }

            var (quality, price) = (offer.Quality * 100, (int)((Int128)(query.BudgetFen - offer.PriceFen) * 10_000 / query.BudgetFen));
            found.Add(new Ranked(
                offer.Id, weights.Score(textPart, chainPart, categoryPart, quality, price), textPart, chainPart, categoryPart, quality, price));
        }

        foreach (var slot in _touched)
        {
            _scores[slot] = 0;
        }

        _touched.Clear();
        found.Sort((one, other) => one.Score != other.Score ? other.Score.CompareTo(one.Score) : string.CompareOrdinal(one.Id, other.Id));
        return new Answer([.. found.Take(most)], Count, fitting, affordable, found.Count);
    }

    // BM25 as a share of the query's terms' idf: an offer of mean length that has each of them once comes to 10,000, and no offer to more.
    private int TextPart(int slot, long telling) => _scores[slot] == 0 || telling == 0 ? 0 : (int)Math.Min(10_000, _scores[slot] * 10_000 / telling);

    private long ScoreTexts(string text)
    {
        if (_scores.Length < _entries.Count)
        {
            Array.Resize(ref _scores, _entries.Capacity);
        }

        long telling = 0;
        foreach (var term in Terms.Of(text).Distinct(StringComparer.Ordinal))
        {
            var having = _postings.GetValueOrDefault(term);
            var idf = Bm25.Idf(Count, having?.Count ?? 0);
            telling += idf;
            foreach (var (slot, occurrences) in having ?? [])
            {
                if (_scores[slot] == 0)
                {
                    _touched.Add(slot);
                }

                _scores[slot] += Bm25.Part(idf, occurrences, _entries[slot]!.Length, _totalLength, Count);
            }
        }

        return telling;
    }

    private sealed record Entry(Offer Offer, IReadOnlyList<string> Terms, int Length);
}
