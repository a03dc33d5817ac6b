using System.Collections.Immutable;
using DataExchange.Domain;
using DataExchange.Domain.Rights;

namespace DataExchange.Reports.ReadModels;

/// <summary>One product's trial in the reform sandbox as the supervising authority sees it: the conditions, and the use made of them.</summary>
public sealed record SandboxProduct : IReadModel
{
    /// <summary>The product.</summary>
    public required string Id { get; init; }

    /// <summary>The venue that admitted it.</summary>
    public string Venue { get; init; } = "";

    /// <summary>Who sells.</summary>
    public string Provider { get; init; } = "";

    /// <summary>How sensitive the data are.</summary>
    public SecurityClass SecurityClass { get; init; }

    /// <summary>What it lacked on the way to its certificate when it was admitted.</summary>
    public Rejection Lacks { get; init; }

    /// <summary>The licence kind sold on trial.</summary>
    public LicenceKind Licence { get; init; }

    /// <summary>What the trial price is for.</summary>
    public PriceUnit Unit { get; init; }

    /// <summary>Trial price of one unit, fen.</summary>
    public long UnitPriceFen { get; init; }

    /// <summary>When it was admitted.</summary>
    public DateTimeOffset AdmittedAt { get; init; }

    /// <summary>Most firms that may buy.</summary>
    public int MostBuyers { get; init; }

    /// <summary>Most that all its deals together may come to, fen.</summary>
    public long MostAmountFen { get; init; }

    /// <summary>First moment at which nothing is sold on trial any more.</summary>
    public DateTimeOffset Until { get; init; }

    /// <summary>The only firms that may buy; empty for any.</summary>
    public IReadOnlyList<string> NamedBuyers { get; init; } = [];

    /// <summary>How often the conditions were loosened.</summary>
    public int Extensions { get; init; }

    /// <summary>When the end of the trial was recorded; null while it is not.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How it ended; null while it is not recorded.</summary>
    public SandboxEnd? End { get; init; }

    /// <summary>Why the venue ended it; empty for every other end.</summary>
    public string Ground { get; init; } = "";

    /// <summary>What was sold on trial, in order.</summary>
    public IReadOnlyList<SandboxDeal> Deals { get; init; } = [];

    /// <summary>Orders that were refused while the trial ran, or because it was over, by reason.</summary>
    public ImmutableSortedDictionary<Rejection, int> Refused { get; init; } = ImmutableSortedDictionary<Rejection, int>.Empty;

    /// <summary>Firms that bought.</summary>
    public int Buyers() => Deals.Select(deal => deal.Buyer).Distinct(StringComparer.Ordinal).Count();

    /// <summary>What was sold, fen, what was taken back included.</summary>
    public long GrantedFen() => Deals.Sum(deal => deal.AmountFen);

    /// <summary>Of it, registered by the venue, fen.</summary>
    public long RegisteredFen() => Deals.Where(deal => deal.RegisteredAt is not null).Sum(deal => deal.AmountFen);
}

/// <summary>A licence granted on trial, and what became of it.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Buyer">The buyer.</param>
/// <param name="Channel">Shelf, registered contract or filed contract.</param>
/// <param name="AmountFen">Its price, fen.</param>
/// <param name="GrantedAt">When it was granted.</param>
/// <param name="RegisteredAt">When the venue registered the transaction; null when it did not.</param>
/// <param name="WasTakenBack">Whether the licence was taken back, as the deal came to nothing.</param>
public sealed record SandboxDeal(
    string Deal, string Buyer, TradeChannel Channel, long AmountFen, DateTimeOffset GrantedAt, DateTimeOffset? RegisteredAt, bool WasTakenBack);
