using DataExchange.Domain;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;

namespace DataExchange.Policies;

/// <summary>Where a deal stands as its streams tell it: what was agreed, and what became of it. A fold over events: the deal's own stream first.</summary>
public sealed record DealStanding
{
    /// <summary>A deal of which nothing is known yet.</summary>
    /// <param name="deal">The deal.</param>
    public DealStanding(DealId deal) => Deal = deal;

    /// <summary>The deal.</summary>
    public DealId Deal { get; }

    /// <summary>The product; null before there is a licence.</summary>
    public ProductId? Product { get; private init; }

    /// <summary>Who sells.</summary>
    public PartyId Provider { get; private init; }

    /// <summary>Who buys; null before there is a licence.</summary>
    public PartyId? Buyer { get; private init; }

    /// <summary>Whether it is a trade of an order book.</summary>
    public bool IsTrade { get; private init; }

    /// <summary>The licence kind.</summary>
    public LicenceKind Licence { get; private init; }

    /// <summary>Calls bought; 0 for what is not metered.</summary>
    public int Units { get; private init; }

    /// <summary>The price, fen.</summary>
    public long AmountFen { get; private init; }

    /// <summary>What was agreed; null before, and for a trade, which is made on the book's standard terms.</summary>
    public UsagePolicy? Terms { get; private init; }

    /// <summary>When it was agreed; null before.</summary>
    public SimulatedTime? AgreedAt { get; private init; }

    /// <summary>Whether the venue registered it.</summary>
    public bool IsRegistered { get; private init; }

    /// <summary>Whether the price is paid: in escrow at the venue, or off the venue for a filed contract.</summary>
    public bool IsPaid { get; private init; }

    /// <summary>Why it ended without the licence; null when it did not.</summary>
    public NotInForce? End { get; private init; }

    /// <summary>Calls used. Of a trade: those that the buyer's packs no longer give, used or sold on.</summary>
    public long Used { get; private init; }

    /// <summary>Why the agreement is not in force; null when it is.</summary>
    public NotInForce? NotInForceBy => End ?? (IsRegistered ? null : NotInForce.NotRegistered);

    /// <summary>The streams that tell it, besides the deal's own: known once that is read.</summary>
    public IReadOnlyList<string> FurtherStreams => Product is not { } product ? []
        : [StreamId.Settlement(Deal), IsTrade ? StreamId.Book(product) : StreamId.Offer(product)];

    /// <summary>The next standing. Events of other deals and events that change nothing leave it as it is.</summary>
    /// <param name="event">An event of the deal's stream or one of <see cref="FurtherStreams"/>.</param>
    public DealStanding Evolve(Event @event) => @event switch
    {
        OrderMatched e when e.Deal == Deal => this with
        {
            Product = e.Product, Provider = e.Provider, Buyer = e.Buyer, Licence = e.Licence, Units = e.Units, AmountFen = e.AmountFen,
        },
        TradeConfirmed e when e.Deal == Deal => this with
        {
            Product = e.Product, Provider = e.Seller, Buyer = e.Buyer, Licence = LicenceKind.CallPack, Units = e.Units, AmountFen = e.AmountFen,
            IsTrade = true, AgreedAt = e.At,
        },
        ContractAgreed e when e.Deal == Deal => this with { Terms = e.Policy, AgreedAt = e.At },
        TransactionRegistered e when e.Deal == Deal => this with { IsRegistered = true },
        NegotiationTerminated e when e.Deal == Deal => this with { End = NotInForce.DealTerminated },
        DealCancelled e when e.Deal == Deal => this with { End = NotInForce.DealTerminated },
        DisputeUpheld { IsFull: true } e when e.Deal == Deal => this with { End = NotInForce.DealRefunded },
        ClaimUpheld { IsFull: true } e when e.Deal == Deal => this with { End = NotInForce.DealChargedBack },
        // It follows a deal that was cancelled, refunded or charged back, by itself; then that is the reason.
        LicenceRevoked e when e.Deal == Deal => this with { End = End ?? NotInForce.LicenceRevoked },
        EscrowFunded e when e.Deal == Deal => this with { IsPaid = true },
        FiledContractRecorded e when e.Deal == Deal => this with { IsPaid = true },
        UsageReported e when e.Deal == Deal => this with { Used = Used + e.Calls },
        PacksTraded e when IsTrade => Holding((e.Buyer == Buyer ? e.Units : 0) - (!e.IsIssue && e.Seller == Buyer ? e.Units : 0)),
        PacksRedeemed e when IsTrade && e.Party == Buyer => Holding(-(long)e.Quantity * UnitsPerPack),
        BookOpened e when IsTrade => this with { UnitsPerPack = e.UnitsPerPack },
        _ => this,
    };

    private int UnitsPerPack { get; init; }

    private long Held { get; init; }

    // Packs are fungible: which of them a buyer used cannot be told, so a deal's count as used when he does not hold that many any more.
    private DealStanding Holding(long change)
    {
        var held = Held + change;
        return this with { Held = held, Used = Math.Max(0, Units - held) };
    }
}
