using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Domain.Pricing;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;

namespace DataExchange.Exchange;

/// <summary>
/// How capabilities learn of each other's facts: a recorded event becomes commands to others. No capability reads another's stream.
/// In one process the commands follow at once; between services the events travel as messages.
/// </summary>
public static class Reactions
{
    /// <summary>The party in whose name the exchange itself acts.</summary>
    public static readonly PartyId Exchange = new("exchange");

    /// <summary>The chain that data invoices are anchored in.</summary>
    public const string Chain = "invoices";

    /// <summary>The commands that follow from an event, in order; empty when none do.</summary>
    public static IReadOnlyList<Command> To(Event @event) => @event switch
    {
        RightsCertified e =>
        [
            new OpenPricing(e.Product, e.Certificate, e.IsPublicData) { At = e.At, By = Exchange },
            new NoteCertificate(e.Product, e.Certificate, e.Holder, e.Rights, e.ValidUntil, e.SecurityClass) { At = e.At, By = Exchange },
        ],
        CertificateRenewed e =>
        [
            new NoteCertificate(e.Product, e.Certificate, e.Holder, e.Rights, e.ValidUntil, null) { At = e.At, By = Exchange },
            new ExtendOffer(e.Product, e.ValidUntil) { At = e.At, By = Exchange },
        ],
        RightsTransferred e =>
            [new NoteCertificate(e.Product, e.Certificate, e.NewHolder, e.Rights, e.ValidUntil, null) { At = e.At, By = Exchange }],
        ProductRevised e => [new ChangeOfferVersion(e.Product, e.Version) { At = e.At, By = Exchange }],
        SandboxAdmitted e =>
        [
            new OpenTrial(e.Product, e.Venue, e.Provider, e.SecurityClass, e.Terms, e.Contributors, e.Conditions) { At = e.At, By = Exchange },
        ],
        SandboxExtended e => [new ExtendTrial(e.Product, e.Conditions) { At = e.At, By = Exchange }],
        SandboxEnded e => [new CloseTrial(e.Product) { At = e.At, By = Exchange }],
        CertificateExpired e => Lapse(e.Product, Rejection.CertificateExpired, e.At),
        CertificateRevoked e => Lapse(e.Product, Rejection.CertificateRevoked, e.At),
        RegistrationCancelled e => Lapse(e.Product, Rejection.RegistrationCancelled, e.At),
        PriceSet e =>
        [
            new NotePrice(e.Product, e.Version, e.Terms) { At = e.At, By = Exchange },
            new ChangeOfferTerms(e.Product, e.Version, e.Terms) { At = e.At, By = Exchange },
        ],
        ProductListed e =>
        [
            new OpenOffer(e.Product, e.Venue, e.Holder, e.SecurityClass, e.ValidUntil, e.PriceVersion, e.Terms, e.Contributors)
            {
                At = e.At,
                By = Exchange,
            },
        ],
        ListingSuspended e => [new SuspendOffer(e.Product, e.Venue) { At = e.At, By = Exchange }],
        ListingResumed e => [new ResumeOffer(e.Product, e.Venue) { At = e.At, By = Exchange }],
        ProductDelisted e => [new CloseOffer(e.Product, e.Venue) { At = e.At, By = Exchange }],
        OfferWithdrawn e =>
        [
            new DelistProduct(e.Product, e.Venue, DelistingReason.ExclusiveLicenceSold) { At = e.At, By = Exchange },
            new CloseOrderBook(e.Product, e.Venue) { At = e.At, By = Exchange },
        ],
        OfferSuspended e => [new SuspendOrderBook(e.Product, e.Venue) { At = e.At, By = Exchange }],
        OfferResumed e => [new ResumeOrderBook(e.Product, e.Venue) { At = e.At, By = Exchange }],
        OfferClosed e => [new CloseOrderBook(e.Product, e.Venue) { At = e.At, By = Exchange }],
        OfferExtended e => [new ExtendOrderBook(e.Product, e.ValidUntil) { At = e.At, By = Exchange }],
        PacksAllotted e => [new OpenOrderBook(e) { At = e.At, By = Exchange }],
        _ => OfBook(@event),
    };

    /// <summary>Refusals that a reaction may meet without anything being wrong: the other side is not concerned, or knows already.</summary>
    public static bool IsExpected(Command reaction, Rejection rejection) => (reaction, rejection) switch
    {
        (ExtendOffer or ChangeOfferTerms or CloseOffer, Rejection.NotOffered) => true,
        (DelistProduct, Rejection.NotListed) => true,
        // What the offer refuses is recorded there, and frees the money.
        (GrantAward or GrantBundlePart, _) => true,
        // Whatever ended a bundle first, all its parts hear of it, and tell it again.
        (EndBundle, Rejection.BundleOver or Rejection.BundleNotFound) => true,
        (LeaveBundle, Rejection.NotInBundle) => true,
        // Few products have a book, and one may have been closed before.
        (BookCommand, Rejection.NoOrderBook or Rejection.OrderBookClosed) => true,
        _ => false,
    };

    private static IReadOnlyList<Command> OfBook(Event @event) => @event switch
    {
        PacksTraded e =>
        [
            new AllotOrderFunds(e.Buyer, e.Product, e.BuyNumber, e.Deal, e.AmountFen, e.ReleasedFen) { At = e.At, By = Exchange },
            new ConfirmTrade(e.Deal, e) { At = e.At, By = Exchange },
        ],
        BookOrderRefused e => Release(e.Party, e.Product, e.Number, e.ReleasedFen, e.At),
        BookOrderCancelled e => Release(e.Party, e.Product, e.Number, e.ReleasedFen, e.At),
        BookOrderExpired e => Release(e.Party, e.Product, e.Number, e.ReleasedFen, e.At),
        BookOrderReduced e => Release(e.Party, e.Product, e.Number, e.ReleasedFen, e.At),
        _ => OfAuction(@event),
    };

    private static IReadOnlyList<Command> OfAuction(Event @event) => @event switch
    {
        AuctionAnnounced e => [new OpenAuction(e) { At = e.At, By = Exchange }],
        BidPlaced e =>
        [
            .. e.Outbid is { } outbid ? [new ReleaseBidFunds(outbid.Bidder, e.Auction, outbid.Number) { At = e.At, By = Exchange }] : Array.Empty<Command>(),
            .. e.Ends == true ? [new CloseAuction(e.Auction) { At = e.At, By = Exchange }] : Array.Empty<Command>(),
        ],
        AuctionClosed e =>
        [
            .. e.Awards.SelectMany(award => new Command[]
            {
                new AllotBidFunds(award.Bidder, e.Auction, award.Deal, award.PriceFen) { At = e.At, By = Exchange },
                new GrantAward(e.Product, e.Auction, e.Venue, award) { At = e.At, By = Exchange },
            }),
            .. e.Losers.Select(loser => new ReturnBidFunds(loser, e.Auction) { At = e.At, By = Exchange }),
            .. e.Unrevealed.Where(bid => bid.DepositFen > 0)
                .Select(bid => new ForfeitDeposit(bid.Bidder, e.Auction, CommitBid.DepositNumber, e.Provider) { At = e.At, By = Exchange }),
        ],
        OrderRejected { Auction: not null } e => [new ReleaseHold(e.Buyer, e.Deal) { At = e.At, By = Exchange }],
        _ => OfBundle(@event),
    };

    private static IReadOnlyList<Command> OfBundle(Event @event) => @event switch
    {
        BundleOffered e => [.. e.Parts.Select(part => new JoinBundle(part.Product, e.Bundle, e.Venue, part.AloneFen) { At = e.At, By = Exchange })],
        BundleLeft e => [new EndBundle(e.Bundle, e.Reason) { At = e.At, By = Exchange }],
        BundleEnded e => [.. e.Products.Select(product => new LeaveBundle(product, e.Bundle, e.Reason) { At = e.At, By = Exchange })],
        BundleOrdered e =>
        [
            new SplitHold(e.Buyer, e.Order, [.. e.Parts.Select(part => new HoldPart(part.Deal, part.AmountFen))]) { At = e.At, By = Exchange },
            .. e.Parts.Select(part => new GrantBundlePart(part.Product, e.Bundle, e.Venue, e.Buyer, e.AdmittedFor, part) { At = e.At, By = Exchange }),
        ],
        OrderRejected { Bundle: not null } e => [new ReleaseHold(e.Buyer, e.Deal) { At = e.At, By = Exchange }],
        _ => OfDeal(@event),
    };

    private static IReadOnlyList<Command> Release(PartyId party, ProductId product, int number, long fen, SimulatedTime at) =>
        fen == 0 ? [] : [new ReleaseOrderFunds(party, product, number, fen) { At = at, By = Exchange }];

    private static IReadOnlyList<Command> OfDeal(Event @event) => @event switch
    {
        TradeConfirmed e => [new RegisterTransaction(e.Deal, e.FeeBasisPoints, e.VatBasisPoints) { At = e.At, By = Exchange }],
        LicenceGranted e => [new MatchOrder(e.Deal, e) { At = e.At, By = Exchange }],
        TransactionRegistered { Channel: TradeChannel.FiledContract } e =>
            [new RecordFiledContract(e.Deal, e.Provider, e.AmountFen) { At = e.At, By = Exchange }],
        // Packs are kept by the exchange itself: it delivers them by book entry, and there is nothing to inspect.
        TransactionRegistered { Channel: TradeChannel.OrderBook } e =>
        [
            .. Fund(e),
            new CompleteTransfer(e.Deal, e.At.AddSeconds(1)) { At = e.At, By = Exchange },
            new AcceptDelivery(e.Deal) { At = e.At, By = Exchange },
        ],
        TransactionRegistered e => Fund(e),
        DealCancelled e =>
        [
            new RefundDeal(e.Deal, e.Buyer, e.AmountFen) { At = e.At, By = Exchange },
            new RevokeLicence(e.Product, e.Deal, e.Copies) { At = e.At, By = Exchange },
        ],
        DisputeUpheld { IsFull: true } e =>
        [
            new RefundDeal(e.Deal, e.Buyer, e.RefundFen) { At = e.At, By = Exchange },
            new RevokeLicence(e.Product, e.Deal, e.Copies) { At = e.At, By = Exchange },
        ],
        DisputeUpheld e =>
        [
            new RefundDeal(e.Deal, e.Buyer, e.RefundFen) { At = e.At, By = Exchange },
            new SettleDeal(e.Deal) { At = e.At, By = Exchange },
        ],
        ClaimUpheld { IsFull: true } e =>
        [
            new ChargeBackDeal(e.Deal, e.Buyer, e.AmountFen) { At = e.At, By = Exchange },
            new RevokeLicence(e.Product, e.Deal, e.Copies) { At = e.At, By = Exchange },
        ],
        ClaimUpheld e => [new ChargeBackDeal(e.Deal, e.Buyer, e.AmountFen) { At = e.At, By = Exchange }],
        // All shares are back in escrow before the buyer gets their sum out of it.
        DealChargedBack e =>
        [
            .. e.Shares.Select(share => new ChargeBackProceeds(share.Party, e.Deal, share.AmountFen) { At = e.At, By = Exchange }),
            new CreditRefund(e.Buyer, e.Deal, e.AmountFen) { At = e.At, By = Exchange },
        ],
        DealRefunded e => [new CreditRefund(e.Buyer, e.Deal, e.AmountFen) { At = e.At, By = Exchange }],
        DeliveryAccepted e => Settle(e.Deal, e.Settlement, e.FixedFen, e.At),
        AcceptanceTimedOut e => Settle(e.Deal, e.Settlement, e.FixedFen, e.At),
        DisputeDismissed e => Settle(e.Deal, e.Settlement, e.FixedFen, e.At),
        UsageReported e => [new SettlePeriod(e.Deal, e.AmountFen, e.IsLast) { At = e.At, By = Exchange }],
        RevenueReported e => Share(e.Deal, e.Buyer, e.AmountFen, e.ReturnedFen, e.IsLast, e.At),
        RevenueOverdue e => Share(e.Deal, e.Buyer, e.AmountFen, 0, e.IsLast, e.At),
        DealSettled e => [new IssueDataInvoice(e.Deal) { At = e.At, By = Exchange }],
        PeriodSettled { IsLast: true } e => [new IssueDataInvoice(e.Deal) { At = e.At, By = Exchange }],
        DataInvoiceIssued e => [new AnchorInvoice(Chain, e.Deal, e.Invoice, e.Digest) { At = e.At, By = Exchange }],
        InvoiceAnchored e => [new CompleteDeal(e.Deal) { At = e.At, By = Exchange }],
        _ => [],
    };

    private static Command[] Fund(TransactionRegistered e) =>
    [
        new CaptureHold(e.Buyer, e.Deal) { At = e.At, By = Exchange },
        new FundEscrow(e.Deal, e.Buyer, e.AmountFen,
            new DistributionTerms(e.Venue, e.Provider, e.FeeBasisPoints, e.VatBasisPoints, e.Contributors, e.Fee)) { At = e.At, By = Exchange },
    ];

    // What is left of a cap goes back before the invoice; where nothing is left the last release brings the invoice with it.
    private static IReadOnlyList<Command> Share(DealId deal, PartyId buyer, long amountFen, long returnedFen, bool isLast, SimulatedTime at) =>
    [
        .. amountFen > 0 ? [new SettlePeriod(deal, amountFen, isLast && returnedFen == 0) { At = at, By = Exchange }] : Array.Empty<Command>(),
        .. returnedFen > 0
            ? [new RefundDeal(deal, buyer, returnedFen) { At = at, By = Exchange }, new IssueDataInvoice(deal) { At = at, By = Exchange }]
            : Array.Empty<Command>(),
    ];

    private static IReadOnlyList<Command> Settle(DealId deal, SettlementMode mode, long? fixedFen, SimulatedTime at) => mode switch
    {
        SettlementMode.PerPeriod when fixedFen is { } fen => [new SettlePeriod(deal, fen, false) { At = at, By = Exchange }],
        SettlementMode.OnAcceptance => [new SettleDeal(deal) { At = at, By = Exchange }],
        SettlementMode.OffVenue => [new IssueDataInvoice(deal) { At = at, By = Exchange }],
        _ => [],
    };

    private static Command[] Lapse(ProductId product, Rejection reason, SimulatedTime at) =>
    [
        new ClosePricing(product, reason) { At = at, By = Exchange },
        new NoteCertificateLapse(product, reason) { At = at, By = Exchange },
    ];
}
