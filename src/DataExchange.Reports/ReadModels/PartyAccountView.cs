using DataExchange.Domain;
using DataExchange.Domain.Rights;

namespace DataExchange.Reports.ReadModels;

/// <summary>A party's money and trade: provider, buyer and contributor alike.</summary>
public sealed record PartyAccountView : IReadModel
{
    /// <summary>The party.</summary>
    public required string Id { get; init; }

    /// <summary>Name in Chinese; null for a party that was never registered.</summary>
    public string? Name { get; init; }

    /// <summary>Name in English.</summary>
    public string? NameEn { get; init; }

    /// <summary>What it does on the market.</summary>
    public PartyRole? Role { get; init; }

    /// <summary>Its place in the industry chain graph, by id; null for a party outside it.</summary>
    public string? SubTrack { get; init; }

    /// <summary>Highest security class it may buy; null when not admitted as a buyer.</summary>
    public SecurityClass? AdmittedFor { get; init; }

    /// <summary>Paid in, fen.</summary>
    public long DepositedFen { get; init; }

    /// <summary>Free to use, fen.</summary>
    public long AvailableFen { get; init; }

    /// <summary>Held for orders, fen.</summary>
    public long HeldFen { get; init; }

    /// <summary>Gone into escrow for deals, fen.</summary>
    public long SpentFen { get; init; }

    /// <summary>Deposits forfeited in auctions, fen.</summary>
    public long ForfeitedFen { get; init; }

    /// <summary>Refunded, fen.</summary>
    public long RefundedFen { get; init; }

    /// <summary>Proceeds still to be paid out, as provider or contributor, fen.</summary>
    public long PayableFen { get; init; }

    /// <summary>Proceeds paid out, fen.</summary>
    public long PaidOutFen { get; init; }

    /// <summary>Proceeds taken back after late claims, fen, owed or not.</summary>
    public long ChargedBackFen { get; init; }

    /// <summary>What it owes, as it was paid out before it was taken back, fen.</summary>
    public long OwedFen { get; init; }

    /// <summary>Proceeds of filed contracts, paid off the venue, fen.</summary>
    public long FiledProceedsFen { get; init; }

    /// <summary>Registered transactions as buyer.</summary>
    public int DealsAsBuyer { get; init; }

    /// <summary>Their amount, fen.</summary>
    public long BoughtFen { get; init; }

    /// <summary>Registered transactions as seller, packs resold in order books included.</summary>
    public int DealsAsSeller { get; init; }

    /// <summary>Their amount, fen.</summary>
    public long SoldFen { get; init; }

    /// <summary>Products registered.</summary>
    public int ProductsRegistered { get; init; }

    /// <summary>Times that a product of the party came on a shelf: two for one that stands at two venues.</summary>
    public int Listings { get; init; }
}
