using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Domain.Pricing;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;

namespace DataExchange.Reports.ReadModels;

/// <summary>Keeps the deal register.</summary>
/// <param name="finished">Takes deals to which nothing can happen any more, which are then forgotten; null to keep them.</param>
internal sealed class DealFold(Action<DealEntry>? finished) : IFold<DealFold>
{
    // Completed deals in the order in which their time for late claims ends, as far as one number of days holds for all.
    private readonly Queue<(SimulatedTime Until, DealId Deal)> _claimable = [];

    internal DocumentSet<DealId, DealEntry> Deals { get; } = new(deal => deal.Value, IdComparers.Deal);

    public IReadOnlyList<DocumentSet> Sets => [Deals];

    public static FoldTable<DealFold> Table { get; } = new FoldTable<DealFold>()
        .On<ContractRequested>((fold, e) => fold.Request(e))
        .On<ContractOffered>((fold, e) => fold.Change(e.Deal, deal => deal with { Status = DealStage.Offered, AmountFen = e.AmountFen }))
        .On<ContractAccepted>((fold, e) => fold.Change(
            e.Deal, deal => deal with { Status = DealStage.ContractAccepted, AmountFen = e.AmountFen }))
        .On<NegotiationTerminated>((fold, e) => fold.Change(
            e.Deal, deal => deal with { Status = DealStage.Terminated, EndedAt = e.At.InChina(), Reason = e.Reason }))
        .On<OrderMatched>((fold, e) => fold.Match(e))
        .On<TradeConfirmed>((fold, e) => fold.Confirm(e))
        .On<ContractAgreed>((fold, e) => fold.Change(e.Deal, deal => deal with
        {
            Status = DealStage.Agreed,
            Licence = e.Licence,
            Quantity = e.Quantity,
            AgreedAt = e.At.InChina(),
            DeliveryDue = e.DeliveryDue.InChina(),
        }))
        .On<ContractVerified>((fold, e) => fold.Change(e.Deal, deal => deal with { Status = DealStage.Verified }))
        .On<ContractFinalized>((fold, e) => fold.Change(e.Deal, deal => deal with { Status = DealStage.Finalized }))
        .On<TransactionRegistered>((fold, e) => fold.Change(e.Deal, deal => deal with
        {
            Status = DealStage.Registered,
            Channel = e.Channel,
            Licence = e.Licence,
            AmountFen = e.AmountFen,
            RegisteredAt = e.At.InChina(),
            ClaimDays = e.Channel == TradeChannel.FiledContract ? null : e.ClaimDays,
        }))
        .On<DeliveryLate>((fold, e) => fold.Change(e.Deal, deal => deal with { Status = DealStage.Overdue, WasLate = true }))
        .On<TransferCompleted>((fold, e) => fold.Change(
            e.Deal, deal => deal with { Status = DealStage.Delivered, DeliveredAt = e.At.InChina() }))
        .On<DeliveryAccepted>((fold, e) => fold.Change(e.Deal, deal => Accept(deal, e.At)))
        .On<AcceptanceTimedOut>((fold, e) => fold.Change(e.Deal, deal => Accept(deal, e.At) with { TimedOut = true }))
        .On<DisputeRaised>((fold, e) => fold.Change(e.Deal, deal => deal with { Status = DealStage.Disputed, WasDisputed = true }))
        .On<DisputeDismissed>((fold, e) => fold.Change(e.Deal, deal => Accept(deal, e.At)))
        .On<DisputeUpheld>((fold, e) => fold.Change(e.Deal, deal => e.IsFull
            ? deal with { Status = DealStage.Refunded, EndedAt = e.At.InChina(), Reason = Rejection.DisputeWasUpheld }
            : Accept(deal, e.At)))
        .On<DealCancelled>((fold, e) => fold.Change(
            e.Deal, deal => deal with { Status = DealStage.Terminated, EndedAt = e.At.InChina(), Reason = e.Reason }))
        .On<UsageReported>((fold, e) => fold.Change(e.Deal, deal => deal with { UnitsUsed = deal.UnitsUsed + e.Calls }))
        .On<RevenueReported>((fold, e) => fold.Change(e.Deal, deal => e.IsLast ? deal with { SettledAt = e.At.InChina() } : deal))
        .On<RevenueOverdue>((fold, e) => fold.Change(e.Deal, deal => e.IsLast ? deal with { SettledAt = e.At.InChina() } : deal))
        .On<UsageRefused>((fold, e) => fold.Change(e.Deal, deal => deal with { UsesRefused = deal.UsesRefused + 1 }))
        .On<DealCompleted>((fold, e) => fold.Complete(e))
        .On<ClaimRaised>((fold, e) => fold.Change(e.Deal, deal => deal with { Status = DealStage.Claimed, WasClaimed = true, ClaimBy = null }))
        .On<ClaimDismissed>((fold, e) => fold.Change(e.Deal, deal => deal with { Status = DealStage.Completed }))
        .On<ClaimUpheld>((fold, e) => fold.Change(e.Deal, deal => deal with
        {
            Status = e.IsFull ? DealStage.ChargedBack : DealStage.Completed,
            UpheldFen = e.AmountFen,
        }))
        .On<DealChargedBack>((fold, e) => fold.Change(e.Deal, deal => TakeBack(deal, e)))
        .On<FiledContractRecorded>((fold, e) => fold.Change(
            e.Deal, deal => deal with { ProviderShareFen = e.AmountFen, SettledAt = e.At.InChina() }))
        .On<DealSettled>((fold, e) => fold.Change(e.Deal, deal => Distribute(deal, e.Postings) with { SettledAt = e.At.InChina() }))
        .On<PeriodSettled>((fold, e) => fold.Change(e.Deal, deal => e.IsLast
            ? Distribute(deal, e.Postings) with { SettledAt = e.At.InChina() }
            : Distribute(deal, e.Postings)))
        .On<DealRefunded>((fold, e) => fold.Change(e.Deal, deal => deal with { RefundFen = deal.RefundFen + e.AmountFen }))
        .On<DataInvoiceIssued>((fold, e) => fold.Change(e.Deal, deal => deal with { Invoice = e.Invoice.Value }))
        .On<InvoiceAnchored>((fold, e) => fold.Change(e.Deal, deal => deal with { Anchor = e.Head }))
        .Ignore(
            typeof(PartyRegistered), typeof(FingerprintClaimed), typeof(ProductRegistered), typeof(RegistrationRefused), typeof(EvidenceSubmitted),
            typeof(ApplicationAccepted), typeof(CompliancePassed), typeof(ComplianceReturned), typeof(ComplianceRejected),
            typeof(ProductImported), typeof(QualityEvaluated), typeof(RightsPublished), typeof(ObjectionRaised), typeof(ObjectionUpheld), typeof(ObjectionDismissed),
            typeof(RightsCertified), typeof(CertificateRenewed), typeof(CertificateExpired), typeof(CertificateRevoked),
            typeof(RegistrationCancelled), typeof(ApplicationWithdrawn), typeof(RightsTransferred), typeof(RightsLicensed),
            typeof(RegistrationCorrected))
        .Ignore(
            typeof(PricingOpened), typeof(PricingClosed), typeof(AuthorityCapSet), typeof(ProductValued), typeof(PriceSet),
            typeof(PriceRefused), typeof(CertificateNoted), typeof(CertificateLapseNoted), typeof(PriceNoted), typeof(ProductListed),
            typeof(ListingRefused), typeof(ListingSuspended), typeof(ListingResumed), typeof(ProductDelisted), typeof(ViewsRecorded))
        // A licence is told again by the match or the contract; a rejected order by the end of the negotiation it belonged to.
        .Ignore(
            typeof(OfferOpened), typeof(OfferTermsChanged), typeof(OfferExtended), typeof(OfferSuspended), typeof(OfferResumed),
            typeof(OfferClosed), typeof(OfferWithdrawn), typeof(OrderRejected), typeof(LicenceGranted), typeof(LicenceRevoked),
            typeof(BuyerAdmitted), typeof(FundsDeposited), typeof(FundsHeld), typeof(HoldRefused), typeof(HoldReleased),
            typeof(HoldCaptured), typeof(RefundCredited), typeof(EscrowFunded), typeof(OrderFundsHeld), typeof(OrderFundsRefused),
            typeof(OrderFundsReleased), typeof(OrderFundsAllotted), typeof(ProceedsPaidOut), typeof(ProceedsOffset), typeof(ProceedsChargedBack))
        // A trade in a book is told again by its confirmation.
        .Ignore(FoldTables.Revisions)
        .Ignore(FoldTables.Sandbox)
        .Ignore(FoldTables.Requirements)
        .Ignore(FoldTables.Logs)
        .Ignore(FoldTables.Auctions)
        .Ignore(FoldTables.Bundles)
        .Ignore(FoldTables.BidFunds)
        .Ignore(typeof(PacksTraded))
        .Ignore(FoldTables.BookOrders)
        .Ignore(FoldTables.BookSessions)
        .Ignore(FoldTables.BookLife);

    private void Request(ContractRequested e)
    {
        ref var place = ref Deals[e.Deal];
        place = place is null
            ? new DealEntry
            {
                Id = e.Deal.Value,
                Product = e.Product.Value,
                Venue = e.Venue.Value,
                Buyer = e.Buyer.Value,
                Provider = e.Provider.Value,
                Channel = e.Channel,
                AmountFen = e.AmountFen,
                Status = DealStage.Requested,
                OpenedAt = e.At.InChina(),
            }
            : place with { Status = DealStage.Requested, AmountFen = e.AmountFen };
    }

    // An order from the shelf opens its deal; a contract was opened by its request and only gets its licence now.
    private void Match(OrderMatched e)
    {
        ref var place = ref Deals[e.Deal];
        place = (place ?? new DealEntry
        {
            Id = e.Deal.Value,
            Product = e.Product.Value,
            Venue = e.Venue.Value,
            Buyer = e.Buyer.Value,
            Provider = e.Provider.Value,
            Channel = e.Channel ?? TradeChannel.Shelf,
            OpenedAt = e.At.InChina(),
        }) with
        {
            Licence = e.Licence,
            ProductVersion = ProductVersions.Of(e.ProductVersion),
            Quantity = e.Quantity,
            Units = e.Units,
            AmountFen = e.AmountFen,
            Status = DealStage.Matched,
        };
    }

    // The terms are those of the book: a trade opens its deal and agrees it at once.
    private void Confirm(TradeConfirmed e) => Deals[e.Deal] = new DealEntry
    {
        Id = e.Deal.Value,
        Product = e.Product.Value,
        Venue = e.Venue.Value,
        Buyer = e.Buyer.Value,
        Provider = e.Seller.Value,
        Channel = TradeChannel.OrderBook,
        Licence = LicenceKind.CallPack,
        ProductVersion = ProductVersions.Of(e.ProductVersion),
        Quantity = e.Quantity,
        Units = e.Units,
        AmountFen = e.AmountFen,
        Status = DealStage.Agreed,
        OpenedAt = e.At.InChina(),
        AgreedAt = e.At.InChina(),
    };

    private void Complete(DealCompleted e)
    {
        Change(e.Deal, deal => deal with
        {
            Status = DealStage.Completed,
            CompletedAt = e.At.InChina(),
            ClaimBy = deal.ClaimDays is { } days ? e.At.AddDays(days).InChina() : null,
        });
        if (finished is null)
        {
            return;
        }

        if (Find(e.Deal)?.ClaimDays is { } claimable)
        {
            _claimable.Enqueue((e.At.AddDays(claimable), e.Deal));
        }

        // Those whose time is over can be forgotten, unless a claim is pending or was decided, which forgot them then.
        while (_claimable.TryPeek(out var first) && first.Until < e.At)
        {
            _claimable.Dequeue();
            if (Find(first.Deal) is { Status: DealStage.Completed, ClaimBy: not null } over)
            {
                finished(over);
                Deals.Remove(first.Deal);
            }
        }
    }

    private DealEntry? Find(DealId id) => Deals.Documents.GetValueOrDefault(id);

    private void Change(DealId id, Func<DealEntry, DealEntry> change)
    {
        ref var place = ref Deals[id];
        var deal = place = change(place ?? new DealEntry { Id = id.Value });
        if (finished is not null && deal.IsFinished)
        {
            finished(deal);
            Deals.Remove(id);
        }
    }

    private static DealEntry Accept(DealEntry deal, SimulatedTime at) =>
        deal with { Status = DealStage.Accepted, AcceptedAt = at.InChina() };

    private static DealEntry Distribute(DealEntry deal, IReadOnlyList<Posting> postings)
    {
        long fee = 0, vat = 0, provider = 0;
        var contributors = deal.ContributorShares;
        for (var i = 0; i < postings.Count; i++)
        {
            var posting = postings[i];
            if (posting.Credit == LedgerAccount.Vat)
            {
                vat += posting.AmountFen;
            }
            else if (Accounts.PartyPaid(posting.Credit) is { IsEmpty: false } party)
            {
                if (party.SequenceEqual(deal.Provider))
                {
                    provider += posting.AmountFen;
                }
                else
                {
                    contributors = Add(contributors, party.ToString(), posting.AmountFen);
                }
            }
            else if (Accounts.IsFee(posting.Credit))
            {
                fee += posting.AmountFen;
            }
            else
            {
                throw new InvalidOperationException($"Deal {deal.Id} pays into {posting.Credit}, which is no account of a distribution.");
            }
        }

        return deal with
        {
            FeeFen = deal.FeeFen + fee,
            VatFen = deal.VatFen + vat,
            ProviderShareFen = deal.ProviderShareFen + provider,
            ContributorShares = contributors,
        };
    }

    private static DealEntry TakeBack(DealEntry deal, DealChargedBack e)
    {
        long provider = 0;
        var contributors = deal.ContributorShares;
        foreach (var share in e.Shares)
        {
            if (share.Party.Value == deal.Provider)
            {
                provider += share.AmountFen;
            }
            else
            {
                contributors = Add(contributors, share.Party.Value, -share.AmountFen);
            }
        }

        return deal with
        {
            FeeFen = deal.FeeFen - e.Postings.Where(posting => Accounts.IsFee(posting.Debit)).Sum(posting => posting.AmountFen),
            VatFen = deal.VatFen - e.Postings.Where(posting => posting.Debit == LedgerAccount.Vat).Sum(posting => posting.AmountFen),
            ProviderShareFen = deal.ProviderShareFen - provider,
            ContributorShares = contributors,
            ChargedBackFen = deal.ChargedBackFen + e.AmountFen,
        };
    }

    private static ContributorProceeds[] Add(IReadOnlyList<ContributorProceeds> shares, string party, long amountFen)
    {
        for (var i = 0; i < shares.Count; i++)
        {
            if (shares[i].Party == party)
            {
                ContributorProceeds[] copy = [.. shares];
                copy[i] = new(party, copy[i].AmountFen + amountFen);
                return copy;
            }
        }

        return [.. shares, new(party, amountFen)];
    }
}
