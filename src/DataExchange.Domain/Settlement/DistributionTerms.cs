namespace DataExchange.Domain.Settlement;

/// <summary>How a deal's price is shared out.</summary>
/// <param name="Venue">The venue that takes the fee.</param>
/// <param name="Provider">Who gets the rest.</param>
/// <param name="FeeBasisPoints">Fee, 1/10,000 of the amount; with a schedule its base rate.</param>
/// <param name="VatBasisPoints">Tax contained in the amount: rate in 1/10,000 of the net amount.</param>
/// <param name="Contributors">Upstream contributors and their shares of the provider's net proceeds.</param>
/// <param name="Fee">
/// What the fee has besides its base rate; the fee is then on all that was released so far, so that periods together cost what the whole does.
/// Absent for a flat rate on each amount released, rounded each time.
/// </param>
public sealed record DistributionTerms(
    VenueId Venue,
    PartyId Provider,
    int FeeBasisPoints,
    int VatBasisPoints,
    IReadOnlyList<ContributorShare> Contributors,
    FeeSchedule? Fee = null)
{
    /// <summary>What is wrong with rates, tiers or shares; null when nothing is.</summary>
    public Rejection? Problem =>
        FeeSchedule.Problem(FeeBasisPoints, Fee) is { } problem ? problem
        : VatBasisPoints is < 0 or > (int)Money.BasisPoints
            || Contributors.Any(share => share.ShareBasisPoints <= 0)
            || Contributors.Sum(share => (long)share.ShareBasisPoints) >= Money.BasisPoints ? Rejection.TermsInvalid
        : null;

    /// <summary>Whether rates, tiers and shares are in range.</summary>
    public bool AreValid => Problem is null;

    /// <summary>Shares out an amount from escrow, the first that leaves it.</summary>
    /// <param name="amount">Above zero.</param>
    public IReadOnlyList<Posting> Distribute(Money amount) => Distribute(amount, SharedOut.Nothing);

    /// <summary>
    /// Shares out an amount from escrow: tax first (amount × rate / (1 + rate)), then the fee, then the contributors' shares of what is left by largest
    /// remainder, the provider's share last. The parts sum to the whole. Where tax and fee would be more than there is, the fee gives way; under a
    /// schedule what is missing is made up for by the next amount.
    /// </summary>
    /// <param name="amount">Above zero.</param>
    /// <param name="before">What was shared out of the deal before.</param>
    public IReadOnlyList<Posting> Distribute(Money amount, SharedOut before)
    {
        ArgumentNullException.ThrowIfNull(before);
        var vat = amount.Portion(VatBasisPoints, Money.BasisPoints + VatBasisPoints);
        var fee = FeeOn(amount, before);
        // On an amount of a few fen both may round up to more than there is: the fee gives way.
        fee = fee > amount - vat ? amount - vat : fee;
        var proceeds = amount - vat - fee;
        var postings = new List<Posting>(3 + Contributors.Count);
        Add(LedgerAccount.Vat, vat);
        Add(LedgerAccount.Fees(Venue), fee);
        if (Contributors.Count == 0)
        {
            Add(LedgerAccount.Payable(Provider), proceeds);
            return postings;
        }

        Span<long> weights = stackalloc long[Contributors.Count + 1];
        weights[^1] = Money.BasisPoints;
        for (var i = 0; i < Contributors.Count; i++)
        {
            weights[i] = Contributors[i].ShareBasisPoints;
            weights[^1] -= weights[i];
        }

        var shares = proceeds.Split(weights);
        for (var i = 0; i < Contributors.Count; i++)
        {
            Add(LedgerAccount.Payable(Contributors[i].Party), shares[i]);
        }

        Add(LedgerAccount.Payable(Provider), shares[^1]);
        return postings;

        void Add(string account, Money part)
        {
            if (part > Money.Zero)
            {
                postings.Add(new Posting(LedgerAccount.Escrow, account, part.Fen));
            }
        }
    }

    private Money FeeOn(Money amount, SharedOut before)
    {
        if (Fee is null)
        {
            return amount.Portion(FeeBasisPoints, Money.BasisPoints);
        }

        var due = Fee.FeeOn(FeeBasisPoints, before.Total + amount) - before.Fee;
        return due > Money.Zero ? due : Money.Zero;
    }
}
