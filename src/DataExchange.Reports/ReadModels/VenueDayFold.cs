using System.Collections.Immutable;
using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Domain.Pricing;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;

namespace DataExchange.Reports.ReadModels;

/// <summary>Counts what happens at each venue on each day. What is about a product alone counts at the venue that took its application.</summary>
internal sealed class VenueDayFold : IFold<VenueDayFold>
{
    private readonly DocumentSet<ProductId, VenueOf> _products = new(StreamId.Product, IdComparers.Product);
    private readonly DocumentSet<DealId, VenueOf> _deals = new(StreamId.Deal, IdComparers.Deal);

    private readonly DocumentSet<ProductId, VenueOf> _books = new(StreamId.Book, IdComparers.Product);

    internal DocumentSet<(string Venue, DateOnly Day), VenueDay> Days { get; } = new(key => IdOf(key.Venue, key.Day), IdComparers.Day);

    public IReadOnlyList<DocumentSet> Sets => [_products, _deals, _books, Days];

    public static FoldTable<VenueDayFold> Table { get; } = new FoldTable<VenueDayFold>()
        .On<ProductRegistered>((fold, e) =>
        {
            fold._products[e.Product] = new() { Id = StreamId.Product(e.Product), Venue = e.Venue.Value };
            fold.Count(e.Venue.Value, e, day => day with { Applications = day.Applications + 1 });
        })
        .On<RegistrationRefused>((fold, e) => fold.Count(e.Venue.Value, e, day => day with
        {
            Applications = day.Applications + 1,
            Refusals = OneMore(day.Refusals, e.Reason),
        }))
        .On<ComplianceReturned>((fold, e) => fold.Count(
            fold.VenueOf(e.Product), e, day => day with { Returns = OneMore(day.Returns, e.Finding) }))
        .On<ComplianceRejected>((fold, e) => fold.Refuse(fold.VenueOf(e.Product), e, e.Finding))
        .On<ObjectionUpheld>((fold, e) => fold.Refuse(fold.VenueOf(e.Product), e, Rejection.ObjectionUpheld))
        .On<PriceRefused>((fold, e) => fold.Refuse(fold.VenueOf(e.Product), e, e.Reason))
        .On<ListingRefused>((fold, e) => fold.Refuse(e.Venue.Value, e, e.Reason))
        .On<ApplicationWithdrawn>((fold, e) => fold.Count(
            fold.VenueOf(e.Product), e, day => day with { Withdrawals = day.Withdrawals + 1 }))
        .On<RightsCertified>((fold, e) => fold.Count(fold.VenueOf(e.Product), e, day => day with { Certified = day.Certified + 1 }))
        .On<ProductListed>((fold, e) => fold.List(e))
        .On<ProductDelisted>((fold, e) => fold.Count(e.Venue.Value, e, day => day with { Delisted = day.Delisted + 1 }))
        .On<LicenceGranted>((fold, e) => fold.Count(e.Venue.Value, e, day => day with { Orders = day.Orders + 1 }))
        .On<OrderRejected>((fold, e) => fold.RejectOrder(e.Venue.Value, e, e.Reason))
        .On<HoldRefused>((fold, e) => fold.RejectOrder(fold.VenueOf(e.Deal), e, e.Reason))
        .On<BookOpened>((fold, e) => fold._books[e.Product] = new() { Id = StreamId.Book(e.Product), Venue = e.Venue.Value })
        .On<BookOrderEntered>((fold, e) => fold.Count(fold.VenueOfBook(e.Product), e, day => day with { BookOrders = day.BookOrders + 1 }))
        .On<BookOrderRefused>((fold, e) => fold.Count(
            fold.VenueOfBook(e.Product), e, day => day with { BookOrdersRefused = OneMore(day.BookOrdersRefused, e.Reason) }))
        .On<OrderFundsRefused>((fold, e) => fold.Count(fold.VenueOfBook(e.Product), e, day => day with
        {
            BookOrders = day.BookOrders + 1,
            BookOrdersRefused = OneMore(day.BookOrdersRefused, e.Reason),
        }))
        .On<ContractRequested>((fold, e) =>
        {
            ref var place = ref fold._deals[e.Deal];
            place ??= new() { Id = StreamId.Deal(e.Deal), Venue = e.Venue.Value };
        })
        .On<NegotiationTerminated>((fold, e) =>
        {
            fold.Count(fold.VenueOf(e.Deal), e, day => day with { NegotiationsTerminated = day.NegotiationsTerminated + 1 });
            fold._deals.Remove(e.Deal);
        })
        .On<TransactionRegistered>((fold, e) => fold.Register(e))
        .On<DeliveryLate>((fold, e) => fold.Count(fold.VenueOf(e.Deal), e, day => day with { LateDeliveries = day.LateDeliveries + 1 }))
        .On<DealCancelled>((fold, e) => fold.Count(fold.VenueOf(e.Deal), e, day => day with { Cancellations = day.Cancellations + 1 }))
        .On<DisputeRaised>((fold, e) => fold.Count(fold.VenueOf(e.Deal), e, day => day with { Disputes = day.Disputes + 1 }))
        .On<DisputeUpheld>((fold, e) => fold.Count(fold.VenueOf(e.Deal), e, day => day with { DisputesUpheld = day.DisputesUpheld + 1 }))
        .On<DealSettled>((fold, e) => fold.TakeFees(e, e.Postings))
        .On<PeriodSettled>((fold, e) => fold.TakeFees(e, e.Postings))
        .On<DealRefunded>((fold, e) => fold.Refund(e))
        .On<UsageReported>((fold, e) => fold.Count(fold.VenueOf(e.Deal), e, day => day with { MeteredCalls = day.MeteredCalls + e.Calls }))
        .On<UsageRefused>((fold, e) => fold.Count(fold.VenueOf(e.Deal), e, day => day with { UsesRefused = day.UsesRefused + 1 }))
        .On<DealCompleted>((fold, e) => fold._deals.Remove(e.Deal))
        .On<ClaimRaised>((fold, e) => fold.Count(e.Venue.Value, e, day => day with { Claims = day.Claims + 1 }))
        .On<ClaimUpheld>((fold, e) => fold.Count(e.Venue.Value, e, day => day with { ClaimsUpheld = day.ClaimsUpheld + 1 }))
        .On<DealChargedBack>((fold, e) => fold.ChargeBack(e))
        .Ignore(
            typeof(PartyRegistered), typeof(FingerprintClaimed), typeof(EvidenceSubmitted), typeof(ApplicationAccepted), typeof(CompliancePassed),
            typeof(QualityEvaluated), typeof(RightsPublished), typeof(ProductImported), typeof(ObjectionRaised), typeof(ObjectionDismissed),
            typeof(CertificateRenewed), typeof(CertificateExpired), typeof(CertificateRevoked), typeof(RegistrationCancelled),
            typeof(RightsTransferred), typeof(RightsLicensed), typeof(RegistrationCorrected), typeof(PricingOpened), typeof(PricingClosed),
            typeof(AuthorityCapSet), typeof(ProductValued), typeof(PriceSet), typeof(CertificateNoted), typeof(CertificateLapseNoted),
            typeof(PriceNoted), typeof(ListingSuspended), typeof(ListingResumed), typeof(ViewsRecorded))
        .Ignore(
            typeof(OfferOpened), typeof(OfferTermsChanged), typeof(OfferExtended), typeof(OfferSuspended), typeof(OfferResumed),
            typeof(OfferClosed), typeof(OfferWithdrawn), typeof(LicenceRevoked), typeof(BuyerAdmitted), typeof(ContractOffered),
            typeof(ContractAccepted), typeof(OrderMatched), typeof(ContractAgreed), typeof(ContractVerified), typeof(ContractFinalized),
            typeof(TransferCompleted), typeof(DeliveryAccepted), typeof(AcceptanceTimedOut), typeof(DisputeDismissed), typeof(RevenueReported), typeof(RevenueOverdue),
            typeof(FundsDeposited), typeof(FundsHeld), typeof(HoldReleased), typeof(HoldCaptured), typeof(RefundCredited),
            typeof(EscrowFunded), typeof(FiledContractRecorded), typeof(DataInvoiceIssued), typeof(InvoiceAnchored), typeof(ClaimDismissed),
            typeof(ProceedsPaidOut), typeof(ProceedsOffset), typeof(ProceedsChargedBack))
        // A trade is counted when it is registered; what else goes on in a book its own days tell.
        .Ignore(
            typeof(PacksAllotted), typeof(BookExtended), typeof(BookSuspended), typeof(BookResumed), typeof(BookClosed), typeof(PacksTraded),
            typeof(BookOrderTriggered), typeof(BookOrderCancelled), typeof(BookOrderExpired), typeof(BookOrderReduced), typeof(TradeConfirmed),
            typeof(OrderFundsHeld), typeof(OrderFundsReleased), typeof(OrderFundsAllotted))
        .Ignore(FoldTables.Revisions)
        .Ignore(FoldTables.Sandbox)
        .Ignore(FoldTables.Requirements)
        .Ignore(FoldTables.Logs)
        .Ignore(FoldTables.Auctions)
        .Ignore(FoldTables.Bundles)
        .Ignore(FoldTables.BidFunds)
        .Ignore(FoldTables.BookSessions);

    private static string IdOf(string venue, DateOnly day) => $"{venue}/{day:yyyy-MM-dd}";

    private static ImmutableSortedDictionary<Rejection, int> OneMore(ImmutableSortedDictionary<Rejection, int> counts, Rejection reason) =>
        counts.SetItem(reason, counts.GetValueOrDefault(reason) + 1);

    private string VenueOf(ProductId product) => _products[product]?.Venue ?? VenueDay.Unattributed;

    private string VenueOfBook(ProductId product) => _books[product]?.Venue ?? VenueDay.Unattributed;

    private string VenueOf(DealId deal)
    {
        if (_deals[deal] is { } place)
        {
            return place.Venue;
        }

        // An order from the shelf that never became a deal: nothing is to be remembered of it.
        _deals.Remove(deal);
        return VenueDay.Unattributed;
    }

    private void Count(string venue, Event e, Func<VenueDay, VenueDay> change)
    {
        var date = e.At.Date;
        ref var place = ref Days[(venue, date)];
        place = change(place ?? new VenueDay { Id = IdOf(venue, date), Venue = venue, Day = date });
    }

    private void Refuse(string venue, Event e, Rejection reason) =>
        Count(venue, e, day => day with { Refusals = OneMore(day.Refusals, reason) });

    private void RejectOrder(string venue, Event e, Rejection reason) => Count(venue, e, day => day with
    {
        Orders = day.Orders + 1,
        OrdersRejected = OneMore(day.OrdersRejected, reason),
    });

    private void List(ProductListed e)
    {
        ref var place = ref _products[e.Product];
        place ??= new VenueOf { Id = StreamId.Product(e.Product), Venue = e.Venue.Value };
        var isFirst = !place.Listed.Contains(e.Venue.Value);
        if (isFirst)
        {
            place = place with { Listed = [.. place.Listed, e.Venue.Value] };
        }

        Count(e.Venue.Value, e, day => isFirst ? day with { Listed = day.Listed + 1 } : day with { Relisted = day.Relisted + 1 });
    }

    private void Register(TransactionRegistered e)
    {
        _deals[e.Deal] = new() { Id = StreamId.Deal(e.Deal), Venue = e.Venue.Value, AmountFen = e.AmountFen };
        Count(e.Venue.Value, e, day => e.Channel switch
        {
            TradeChannel.Shelf => day with { ShelfDeals = day.ShelfDeals + 1, ShelfAmountFen = day.ShelfAmountFen + e.AmountFen },
            TradeChannel.RegisteredContract => day with
            {
                RegisteredContracts = day.RegisteredContracts + 1,
                RegisteredContractAmountFen = day.RegisteredContractAmountFen + e.AmountFen,
            },
            TradeChannel.FiledContract => day with
            {
                FiledContracts = day.FiledContracts + 1,
                FiledContractAmountFen = day.FiledContractAmountFen + e.AmountFen,
            },
            TradeChannel.OrderBook => day with
            {
                OrderBookDeals = day.OrderBookDeals + 1,
                OrderBookAmountFen = day.OrderBookAmountFen + e.AmountFen,
            },
            TradeChannel.Auction => day with { AuctionDeals = day.AuctionDeals + 1, AuctionAmountFen = day.AuctionAmountFen + e.AmountFen },
            _ => throw new InvalidOperationException($"Deal {e.Deal} has the unknown channel {e.Channel}."),
        });
    }

    private void TakeFees(Event e, IReadOnlyList<Posting> postings)
    {
        for (var i = 0; i < postings.Count; i++)
        {
            if (Accounts.VenueOfFees(postings[i].Credit) is { IsEmpty: false } venue)
            {
                var fee = postings[i].AmountFen;
                Count(venue.ToString(), e, day => day with { FeesFen = day.FeesFen + fee });
            }
        }
    }

    private void ChargeBack(DealChargedBack e)
    {
        var fee = e.Postings.Where(posting => Accounts.IsFee(posting.Debit)).Sum(posting => posting.AmountFen);
        Count(e.Venue.Value, e, day => day with { ChargedBackFen = day.ChargedBackFen + e.AmountFen, FeesFen = day.FeesFen - fee });
    }

    private void Refund(DealRefunded e)
    {
        Count(VenueOf(e.Deal), e, day => day with { RefundsFen = day.RefundsFen + e.AmountFen });
        ref var place = ref _deals[e.Deal];
        place = place is null ? null : place with { RefundedFen = place.RefundedFen + e.AmountFen };
        if (place is null || place.RefundedFen == place.AmountFen)
        {
            _deals.Remove(e.Deal);
        }
    }
}
