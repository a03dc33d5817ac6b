using DataExchange.Domain;
using DataExchange.Domain.Trading;

namespace DataExchange.Reports.ReadModels;

/// <summary>One auction: its rules, its bids, what it came to.</summary>
public sealed record AuctionSale : IReadModel
{
    /// <summary>The auction.</summary>
    public required string Id { get; init; }

    /// <summary>The product.</summary>
    public string Product { get; init; } = "";

    /// <summary>The venue.</summary>
    public string Venue { get; init; } = "";

    /// <summary>Who sells.</summary>
    public string Provider { get; init; } = "";

    /// <summary>How it finds its price.</summary>
    public AuctionFormat Format { get; init; }

    /// <summary>Licences; null for any number.</summary>
    public int? Copies { get; init; }

    /// <summary>Nothing is sold below it, fen.</summary>
    public long ReserveFen { get; init; }

    /// <summary>Deposit of a sealed bid, fen; 0 for none.</summary>
    public long DepositFen { get; init; }

    /// <summary>When it opened.</summary>
    public DateTimeOffset OpenedAt { get; init; }

    /// <summary>The last moment of a bid, as it was announced.</summary>
    public DateTimeOffset BidUntil { get; init; }

    /// <summary>The last moment at which a sealed bid is opened; null for open bids.</summary>
    public DateTimeOffset? RevealUntil { get; init; }

    /// <summary>How far it has come.</summary>
    public AuctionStage Stage { get; init; }

    /// <summary>Bids: commitments, or open bids.</summary>
    public int Bids { get; init; }

    /// <summary>Sealed bids that were opened.</summary>
    public int Revealed { get; init; }

    /// <summary>Highest bid that is known, fen; 0 for none.</summary>
    public long HighestFen { get; init; }

    /// <summary>When it closed, or was cancelled; null while it runs.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Licences awarded.</summary>
    public int Awards { get; init; }

    /// <summary>What they come to, fen.</summary>
    public long RevenueFen { get; init; }

    /// <summary>Why nothing was sold; null while it runs, and when something was.</summary>
    public AuctionNoSale? NoSale { get; init; }

    /// <summary>Sealed bids that were not opened.</summary>
    public int Unrevealed { get; init; }

    /// <summary>Deposits that went to the provider, fen.</summary>
    public long ForfeitedFen { get; init; }

    /// <summary>Awards that the offer refused.</summary>
    public int AwardsRefused { get; init; }

    /// <summary>Awards whose transaction was registered.</summary>
    public int Registered { get; init; }

    /// <summary>What those come to, fen.</summary>
    public long RegisteredFen { get; init; }
}
