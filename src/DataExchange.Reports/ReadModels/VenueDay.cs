using System.Collections.Immutable;
using DataExchange.Domain;

namespace DataExchange.Reports.ReadModels;

/// <summary>What happened at one venue on one calendar day of China.</summary>
public sealed record VenueDay : IReadModel
{
    /// <summary>
    /// The venue of what no event ties to a venue: an order from the shelf that failed for want of funds is recorded in the buyer's account
    /// only.
    /// </summary>
    public const string Unattributed = "exchange";

    /// <summary>Venue, slash, day: <c>hzdex/2024-12-31</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The venue, or <see cref="Unattributed"/>.</summary>
    public required string Venue { get; init; }

    /// <summary>The day.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>Applications to register a product, those refused at the door included.</summary>
    public int Applications { get; init; }

    /// <summary>Refused applications, prices and listings, by reason.</summary>
    public ImmutableSortedDictionary<Rejection, int> Refusals { get; init; } = ImmutableSortedDictionary<Rejection, int>.Empty;

    /// <summary>Applications returned for correction, by finding.</summary>
    public ImmutableSortedDictionary<Rejection, int> Returns { get; init; } = ImmutableSortedDictionary<Rejection, int>.Empty;

    /// <summary>Applications withdrawn by their providers.</summary>
    public int Withdrawals { get; init; }

    /// <summary>Products certified.</summary>
    public int Certified { get; init; }

    /// <summary>Products that came on this venue's shelf for the first time.</summary>
    public int Listed { get; init; }

    /// <summary>Products that came back on the shelf after a delisting.</summary>
    public int Relisted { get; init; }

    /// <summary>Products that left the shelf.</summary>
    public int Delisted { get; init; }

    /// <summary>Orders answered, but for those in order books: licences granted and orders rejected, those for want of funds included.</summary>
    public int Orders { get; init; }

    /// <summary>Orders rejected, by reason.</summary>
    public ImmutableSortedDictionary<Rejection, int> OrdersRejected { get; init; } = ImmutableSortedDictionary<Rejection, int>.Empty;

    /// <summary>Negotiations that ended without a contract.</summary>
    public int NegotiationsTerminated { get; init; }

    /// <summary>Transactions registered from the shelf.</summary>
    public int ShelfDeals { get; init; }

    /// <summary>Their amount, fen.</summary>
    public long ShelfAmountFen { get; init; }

    /// <summary>Registered contracts.</summary>
    public int RegisteredContracts { get; init; }

    /// <summary>Their amount, fen.</summary>
    public long RegisteredContractAmountFen { get; init; }

    /// <summary>Filed contracts.</summary>
    public int FiledContracts { get; init; }

    /// <summary>Their amount, fen.</summary>
    public long FiledContractAmountFen { get; init; }

    /// <summary>Trades in order books.</summary>
    public int OrderBookDeals { get; init; }

    /// <summary>Their amount, fen.</summary>
    public long OrderBookAmountFen { get; init; }

    /// <summary>Awards of auctions, registered.</summary>
    public int AuctionDeals { get; init; }

    /// <summary>Their amount, fen.</summary>
    public long AuctionAmountFen { get; init; }

    /// <summary>Orders given to order books: those that entered one, and those for which funds were wanting.</summary>
    public int BookOrders { get; init; }

    /// <summary>Of these the refused ones, by reason.</summary>
    public ImmutableSortedDictionary<Rejection, int> BookOrdersRefused { get; init; } = ImmutableSortedDictionary<Rejection, int>.Empty;

    /// <summary>Deliveries recorded as late.</summary>
    public int LateDeliveries { get; init; }

    /// <summary>Deals cancelled before delivery.</summary>
    public int Cancellations { get; init; }

    /// <summary>Disputes raised.</summary>
    public int Disputes { get; init; }

    /// <summary>Disputes upheld.</summary>
    public int DisputesUpheld { get; init; }

    /// <summary>Late claims raised.</summary>
    public int Claims { get; init; }

    /// <summary>Late claims upheld.</summary>
    public int ClaimsUpheld { get; init; }

    /// <summary>What went back to buyers after them, fen.</summary>
    public long ChargedBackFen { get; init; }

    /// <summary>The venue's fees, less those given back after late claims, fen; below 0 on a day on which more was given back than taken.</summary>
    public long FeesFen { get; init; }

    /// <summary>Refunds to buyers, fen.</summary>
    public long RefundsFen { get; init; }

    /// <summary>Metered calls reported.</summary>
    public long MeteredCalls { get; init; }

    /// <summary>Uses refused as outside the licence.</summary>
    public int UsesRefused { get; init; }

    /// <summary>All transactions registered.</summary>
    public int Deals => ShelfDeals + RegisteredContracts + FiledContracts + OrderBookDeals + AuctionDeals;

    /// <summary>All registered amounts, fen.</summary>
    public long AmountFen => ShelfAmountFen + RegisteredContractAmountFen + FiledContractAmountFen + OrderBookAmountFen + AuctionAmountFen;
}

/// <summary>Which venue a product, deal or order book belongs to: what the statistics of a day remember while it is alive.</summary>
public sealed record VenueOf : IReadModel
{
    /// <summary>Stream id of the product, deal or order book.</summary>
    public required string Id { get; init; }

    /// <summary>The venue; for a product the one that took the application.</summary>
    public required string Venue { get; init; }

    /// <summary>Venues on whose shelf a product stood.</summary>
    public IReadOnlyList<string> Listed { get; init; } = [];

    /// <summary>What is to be refunded before a deal that ended can be forgotten, fen.</summary>
    public long AmountFen { get; init; }

    /// <summary>Refunded so far, fen.</summary>
    public long RefundedFen { get; init; }
}
