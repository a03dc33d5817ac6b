namespace DataExchange.Discovery;

/// <summary>
/// The offers on a shelf with an inverted index of their terms: an answer reads the postings of the query's words and one short row of each offer, which lie
/// one behind the other in memory. Not for several threads at once.
/// </summary>
/// <param name="chain">Nearness on the industry chain graph.</param>
/// <param name="weights">How much each part counts.</param>
public sealed class ShelfIndex(ChainDistance chain, RankingWeights weights)
{
    private const int Any = -1;
    private const int None = -2;
    private const int FewestSlots = 64;

    // Of the ranking as many are kept before it is sorted and cut.
    private const int KeptAtLeast = 256;

    private readonly Dictionary<string, int> _slots = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Posting> _postings = new(StringComparer.Ordinal);

    // Numbers of forms, licences and categories, so that rows are compared without their texts.
    private readonly Dictionary<string, int> _codes = new(StringComparer.Ordinal);

    // By slot. A slot whose offer has gone is used again only when all are numbered anew, as postings still name it.
    private Row[] _rows = new Row[FewestSlots];
    private Entry?[] _entries = new Entry?[FewestSlots];
    private int _used;

    // Of the query at hand: BM25 by slot. Kept, so that an answer allocates nothing that grows with the shelf.
    private long[] _scores = new long[FewestSlots];
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
            _rows[slot] = RowOf(offer, _rows[slot].Length);
            return;
        }

        Remove(offer.Id);
        slot = TakeSlot();
        var (length, postings) = (0, new List<Posting>());
        foreach (var term in Terms.Of(offer.Text).GroupBy(term => term, StringComparer.Ordinal))
        {
            if (!_postings.TryGetValue(term.Key, out var posting))
            {
                _postings.Add(term.Key, posting = new Posting(term.Key));
            }

            var occurrences = term.Count();
            posting.Add(slot, occurrences);
            postings.Add(posting);
            length += occurrences;
        }

        _entries[slot] = new Entry(offer, [.. postings]);
        _rows[slot] = RowOf(offer, length);
        _slots.Add(offer.Id, slot);
        _totalLength += length;
    }

    /// <summary>Takes an offer off the shelf; nothing happens when it is not there.</summary>
    /// <param name="id">The offer.</param>
    public void Remove(string id)
    {
        if (!_slots.Remove(id, out var slot))
        {
            return;
        }

        _totalLength -= _rows[slot].Length;
        foreach (var posting in _entries[slot]!.Postings)
        {
            if (--posting.Having == 0)
            {
                _postings.Remove(posting.Term);
            }
        }

        (_entries[slot], _rows[slot].IsThere) = (null, false);
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
        var least = LeastScores(near, telling);
        var (form, licence, category) = (CodeOrAny(query.Form), CodeOrAny(query.Licence), _codes.GetValueOrDefault(query.Category, None));
        var (fitting, affordable, goodEnough, bar) = (0, 0, 0, int.MinValue);
        var found = new List<Ranked>();
        for (var slot = 0; slot < _used; slot++)
        {
            ref readonly var row = ref _rows[slot];
            var isOfCategory = row.Category == category;
            if (!row.IsThere || (form != Any && form != row.Form) || (licence != Any && licence != row.Licence)
                || _scores[slot] < least[(2 * row.SubTrack) + (isOfCategory ? 1 : 0)])
            {
                continue;
            }

            fitting++;
            if (row.PriceFen > query.BudgetFen)
            {
                continue;
            }

            affordable++;
            if (row.Quality < query.LeastQuality)
            {
                continue;
            }

            goodEnough++;
            var (textPart, chainPart, categoryPart) = (TextPart(slot, telling), near[row.SubTrack], isOfCategory ? 10_000 : 0);
            var (quality, price) = (row.Quality * 100, ShareLeft(query.BudgetFen, row.PriceFen));
            var score = weights.Score(textPart, chainPart, categoryPart, quality, price);
            if (score < bar)
            {
                continue;
            }

            found.Add(new Ranked(_entries[slot]!.Offer.Id, score, textPart, chainPart, categoryPart, quality, price));
            if (found.Count >= Math.Max(KeptAtLeast, 2L * most))
            {
                KeepBest(found, most);
                bar = found[^1].Score;
            }
        }

        KeepBest(found, most);
        return new Answer(found, Count, fitting, affordable, goodEnough);
    }

    private static void KeepBest(List<Ranked> found, int most)
    {
        found.Sort((one, other) => one.Score != other.Score ? other.Score.CompareTo(one.Score) : string.CompareOrdinal(one.Id, other.Id));
        if (found.Count > most)
        {
            found.RemoveRange(most, found.Count - most);
        }
    }

    private static int ShareLeft(long budgetFen, long priceFen) => budgetFen <= long.MaxValue / 10_000
        ? (int)((budgetFen - priceFen) * 10_000 / budgetFen)
        : (int)((Int128)(budgetFen - priceFen) * 10_000 / budgetFen);

    private Row RowOf(Offer offer, int length) => new()
    {
        PriceFen = offer.PriceFen, SubTrack = offer.SubTrack, Category = Code(offer.Category), Form = Code(offer.Form), Licence = Code(offer.Licence),
        Quality = offer.Quality, Length = length, IsThere = true,
    };

    private int Code(string text)
    {
        if (!_codes.TryGetValue(text, out var code))
        {
            _codes.Add(text, code = _codes.Count);
        }

        return code;
    }

    private int CodeOrAny(string? text) => text is null ? Any : _codes.GetValueOrDefault(text, None);

    // BM25 as a share of the query's terms' idf: an offer of mean length that has each of them once comes to 10,000, and no offer to more.
    private int TextPart(int slot, long telling) => _scores[slot] == 0 || telling == 0 ? 0 : (int)Math.Min(10_000, _scores[slot] * 10_000 / telling);

    // The least BM25 with which an offer fits, by its sub-track and whether it is of the category: so most offers need no division.
    private long[] LeastScores(IReadOnlyList<int> near, long telling)
    {
        var least = new long[2 * near.Count];
        for (var subTrack = 0; subTrack < near.Count; subTrack++)
        {
            for (var category = 0; category < 2; category++)
            {
                var part = weights.LeastText(near[subTrack], category * 10_000);
                least[(2 * subTrack) + category] = part == 0 ? 0 : part > 10_000 || telling == 0 ? long.MaxValue : ((part * telling) + 9_999) / 10_000;
            }
        }

        return least;
    }

    private long ScoreTexts(string text)
    {
        Array.Clear(_scores, 0, _used);
        long telling = 0;
        foreach (var term in Terms.Of(text).Distinct(StringComparer.Ordinal))
        {
            var posting = _postings.GetValueOrDefault(term);
            var idf = Bm25.Idf(Count, posting?.Having ?? 0);
            telling += idf;
            if (posting is not null)
            {
                Score(posting.Places, idf);
            }
        }

        return telling;
    }

    private void Score(ReadOnlySpan<Place> places, long idf)
    {
        // Most offers have a word once, and are of few lengths: what it adds is worked out once for each length.
        Span<long> once = stackalloc long[128];
        once.Fill(-1);
        foreach (var place in places)
        {
            var length = _rows[place.Slot].Length;
            if (place.Occurrences != 1 || length >= once.Length)
            {
                _scores[place.Slot] += Bm25.Part(idf, place.Occurrences, length, _totalLength, Count);
                continue;
            }

            ref var part = ref once[length];
            part = part >= 0 ? part : Bm25.Part(idf, 1, length, _totalLength, Count);
            _scores[place.Slot] += part;
        }
    }

    private int TakeSlot()
    {
        if (_used == _rows.Length)
        {
            // Half of them gone: the places of those are enough for a while.
            if (_slots.Count <= _used / 2)
            {
                NumberAnew();
            }
            else
            {
                Array.Resize(ref _rows, 2 * _used);
                Array.Resize(ref _entries, 2 * _used);
                Array.Resize(ref _scores, 2 * _used);
            }
        }

        return _used++;
    }

    private void NumberAnew()
    {
        var (numbers, next) = (new int[_used], 0);
        for (var slot = 0; slot < _used; slot++)
        {
            numbers[slot] = _entries[slot] is null ? None : next;
            if (_entries[slot] is { } entry)
            {
                (_entries[next], _rows[next]) = (entry, _rows[slot]);
                _slots[entry.Offer.Id] = next++;
            }
        }

        Array.Clear(_entries, next, _used - next);
        Array.Clear(_rows, next, _used - next);
        _used = next;
        foreach (var posting in _postings.Values)
        {
            posting.Renumber(numbers);
        }
    }

    private struct Row
    {
        public long PriceFen;
        public int SubTrack;
        public int Category;
        public int Form;
        public int Licence;
        public int Quality;
        public int Length;
        public bool IsThere;
    }

    /// <summary>An offer that has a term, and how often.</summary>
    private readonly record struct Place(int Slot, int Occurrences);

    private sealed record Entry(Offer Offer, Posting[] Postings);

    /// <summary>The offers that have a term, also those that have gone since slots were numbered last.</summary>
    private sealed class Posting(string term)
    {
        private Place[] _places = new Place[2];
        private int _count;

        public string Term => term;

        /// <summary>How many there are on the shelf.</summary>
        public int Having { get; set; }

        public ReadOnlySpan<Place> Places => _places.AsSpan(0, _count);

        public void Add(int slot, int occurrences)
        {
            if (_count == _places.Length)
            {
                Array.Resize(ref _places, 2 * _count);
            }

            _places[_count++] = new Place(slot, occurrences);
            Having++;
        }

        public void Renumber(int[] numbers)
        {
            var kept = 0;
            foreach (var place in Places)
            {
                if (numbers[place.Slot] >= 0)
                {
                    _places[kept++] = place with { Slot = numbers[place.Slot] };
                }
            }

            _count = kept;
        }
    }
}
