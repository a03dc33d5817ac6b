namespace DataExchange.Simulation.Scenarios;

/// <summary>Auctions of licences (竞价交易): how many, under which rules, and how their bidders fare. Shares are from 0 to 1.</summary>
public sealed record AuctionSettings
{
    /// <summary>Id of the venue that holds them.</summary>
    public required string Venue { get; init; }

    /// <summary>First day of an auction (A105 of docs/assumptions.md).</summary>
    public required DateOnly Opens { get; init; }

    /// <summary>Products that are auctioned, before scaling; 0 for none.</summary>
    public required Figure Products { get; init; }

    /// <summary>Firms that bid, before scaling. They buy nowhere else.</summary>
    public required Figure Firms { get; init; }

    /// <summary>Of auctions: of exclusive and capped licences.</summary>
    public required Figure LimitedShare { get; init; }

    /// <summary>Bidders of an auction, on average.</summary>
    public required Figure BiddersPerAuction { get; init; }

    /// <summary>Values are uniform up to this times the posted price.</summary>
    public required Figure MostValue { get; init; }

    /// <summary>The reserve as a share of the posted price.</summary>
    public required Figure ReserveShare { get; init; }

    /// <summary>The deposit of a sealed bid as a share of the reserve.</summary>
    public required Figure DepositShare { get; init; }

    /// <summary>Days for bids.</summary>
    public required Figure BidDays { get; init; }

    /// <summary>Days for opening sealed bids.</summary>
    public required Figure RevealDays { get; init; }

    /// <summary>Of bidders: bid too late.</summary>
    public required Figure LateShare { get; init; }

    /// <summary>Of sealed bids: not opened.</summary>
    public required Figure UnrevealedShare { get; init; }

    /// <summary>Of bidders: without the money for the bid.</summary>
    public required Figure InsolventShare { get; init; }

    /// <summary>Of sealed bids: opened with another amount first.</summary>
    public required Figure MistakenShare { get; init; }
}
