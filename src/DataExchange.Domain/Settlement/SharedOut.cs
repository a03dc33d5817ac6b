namespace DataExchange.Domain.Settlement;

/// <summary>What of a deal's price was shared out so far, by who has it. Parties that get nothing are not in it.</summary>
/// <param name="Vat">Tax.</param>
/// <param name="Fee">The venue's fee.</param>
/// <param name="Parties">Contributors and provider, in the order in which they were first paid.</param>
public sealed record SharedOut(Money Vat, Money Fee, IReadOnlyList<ProceedsShare> Parties)
{
    /// <summary>Nothing yet.</summary>
    public static readonly SharedOut Nothing = new(Money.Zero, Money.Zero, []);

    /// <summary>All of it.</summary>
    public Money Total
    {
        get
        {
            var total = Vat + Fee;
            for (var i = 0; i < Parties.Count; i++)
            {
                total += new Money(Parties[i].AmountFen);
            }

            return total;
        }
    }

    /// <summary>With another distribution.</summary>
    /// <param name="postings">Its entries, out of escrow.</param>
    /// <param name="terms">Whose they are; an account that they do not name is passed over.</param>
    public SharedOut With(IReadOnlyList<Posting> postings, DistributionTerms terms)
    {
        ArgumentNullException.ThrowIfNull(postings);
        ArgumentNullException.ThrowIfNull(terms);
        var (vat, fee) = (Vat, Fee);
        var parties = Parties;
        for (var i = 0; i < postings.Count; i++)
        {
            var (_, credit, fen) = postings[i];
            if (credit == LedgerAccount.Vat)
            {
                vat += new Money(fen);
            }
            else if (LedgerAccount.IsFees(credit))
            {
                fee += new Money(fen);
            }
            else if (PartyOf(credit, terms) is { } party)
            {
                parties = Add(parties, party, fen);
            }
        }

        return new(vat, fee, parties);
    }

    /// <summary>
    /// An amount taken back from all who share in the whole, in proportion to what each has, by largest remainder (tax, fee, then the parties in their
    /// order): the parts sum to the amount, and nobody gives back more than he has.
    /// </summary>
    /// <param name="amount">Above 0, at most <see cref="Total"/>.</param>
    public SharedOut TakeBack(Money amount)
    {
        Span<long> weights = stackalloc long[Parties.Count + 2];
        (weights[0], weights[1]) = (Vat.Fen, Fee.Fen);
        for (var i = 0; i < Parties.Count; i++)
        {
            weights[i + 2] = Parties[i].AmountFen;
        }

        var parts = amount.Split(weights);
        var parties = new List<ProceedsShare>(Parties.Count);
        for (var i = 0; i < Parties.Count; i++)
        {
            if (parts[i + 2] > Money.Zero)
            {
                parties.Add(new(Parties[i].Party, parts[i + 2].Fen));
            }
        }

        return new(parts[0], parts[1], parties);
    }

    private static PartyId? PartyOf(string account, DistributionTerms terms)
    {
        var name = LedgerAccount.PayableTo(account);
        if (name.SequenceEqual(terms.Provider.Value))
        {
            return terms.Provider;
        }

        foreach (var share in terms.Contributors)
        {
            if (name.SequenceEqual(share.Party.Value))
            {
                return share.Party;
            }
        }

        return null;
    }

    private static ProceedsShare[] Add(IReadOnlyList<ProceedsShare> parties, PartyId party, long fen)
    {
        for (var i = 0; i < parties.Count; i++)
        {
            if (parties[i].Party == party)
            {
                ProceedsShare[] changed = [.. parties];
                changed[i] = new(party, checked(changed[i].AmountFen + fen));
                return changed;
            }
        }

        return [.. parties, new(party, fen)];
    }
}

/// <summary>A party's part of a deal's proceeds.</summary>
/// <param name="Party">Provider or contributor.</param>
/// <param name="AmountFen">Fen.</param>
public readonly record struct ProceedsShare(PartyId Party, long AmountFen);
