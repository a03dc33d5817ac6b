using CsCheck;
using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Domain.Pricing;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;
using DataExchange.Exchange;
using DataExchange.Reports.ReadModels;
using DataExchange.Reports.Tests.Market;

namespace DataExchange.Reports.Tests.ReadModels;

/// <summary>Every figure of every read model, computed a second time from the raw events in the plainest way.</summary>
public sealed class RecomputationTests
{
    [Fact]
    public void The_folds_agree_with_a_plain_recomputation_over_markets_of_any_size() =>
        Gen.Select(Gen.Int[0, 1_000_000], Gen.Int[0, 40], Gen.Int[0, 12], Gen.Int[0, 150])
            .Sample(
                (seed, products, buyers, orders) => Check(SmallMarket.Run(seed, products, buyers + 1, orders)), iter: 12, threads: 1);

    [Fact]
    public void Finished_deals_are_forgotten()
    {
        var events = SmallMarket.Run(5, products: 100, buyers: 20, orders: 1_500);
        var fold = new BulkFold(events);
        // What can still be claimed is looked through whenever a deal is completed.
        var lookedThrough = DateTimeOffset.Parse(
            events.Last(recorded => recorded.Data is DealCompleted).Data.At.ToString(), System.Globalization.CultureInfo.InvariantCulture);
        var unfinished = fold.Deals.Count(deal => !deal.IsFinished && !(deal.Status == DealStage.Completed && deal.ClaimBy < lookedThrough));

        Assert.Equal(unfinished, fold.LiveDealsAtTheEnd);
        Assert.Contains(fold.Deals, deal => !deal.IsFinished && deal.ClaimBy < lookedThrough);
        Assert.InRange(unfinished, 1, fold.Deals.Count / 2);
        Assert.Equal(fold.Deals.Count, fold.Deals.Select(deal => deal.Id).Distinct().Count());
    }

    private static void Check(IReadOnlyList<RecordedEvent> recorded)
    {
        var fold = new BulkFold(recorded);
        Event[] events = [.. recorded.Select(r => r.Data)];
        var registered = events.OfType<TransactionRegistered>().ToList();

        Shelf(fold, events);
        Timelines(fold, recorded, registered);
        Deals(fold, events, registered);
        Days(fold, events, registered);
        Parties(fold, events, registered);
    }

    private static void Shelf(BulkFold fold, Event[] events)
    {
        var listed = events.OfType<ProductListed>().ToLookup(e => $"{e.Venue}/{e.Product}");
        Assert.Equal(listed.Select(group => group.Key).Order(StringComparer.Ordinal), fold.Models.Shelf.Select(entry => entry.Id));
        foreach (var entry in fold.Models.Shelf)
        {
            var product = events.OfType<ProductRegistered>().Single(e => e.Product.Value == entry.Product);
            var titles = events.OfType<RegistrationCorrected>().Where(e => e.Product.Value == entry.Product).ToList();
            // What was sold on trial before the product came on the shelf is not of the shelf.
            var since = Array.IndexOf(events, listed[entry.Id].First());
            var sales = events.Skip(since).OfType<TransactionRegistered>().Where(e => e.Venue.Value == entry.Venue && e.Product.Value == entry.Product).ToList();
            Assert.Equal(titles.Count > 0 ? titles[^1].TitleEn : product.TitleEn, entry.TitleEn);
            Assert.Equal((product.Form, product.Category, product.SubTrack), (entry.Form, entry.Category, entry.SubTrack));
            var left = events.OfType<ProductDelisted>().LastOrDefault(e => $"{e.Venue}/{e.Product}" == entry.Id && entry.Status == ShelfStatus.Delisted);
            Assert.Equal(
                1 + events.OfType<ProductRevised>().Count(e => e.Product.Value == entry.Product && (left is null || e.At < left.At)), entry.ProductVersion);
            Assert.Equal(listed[entry.Id].First().At.ToString(), Iso(entry.ListedAt));
            Assert.Equal((sales.Count, sales.Sum(e => e.AmountFen)), (entry.Deals, entry.SalesFen));
            var resales = events.OfType<PacksTraded>().Where(e => e.Venue.Value == entry.Venue && e.Product.Value == entry.Product && !e.IsIssue).ToList();
            Assert.Equal((resales.Count, resales.Sum(e => e.AmountFen)), (entry.Resales, entry.ResalesFen));
            Assert.Equal(
                events.OfType<ViewsRecorded>().Where(e => $"{e.Venue}/{e.Product}" == entry.Id).Sum(e => e.Views), entry.Views);
            var last = events.Last(e => e switch
            {
                ProductListed x => $"{x.Venue}/{x.Product}" == entry.Id,
                ListingSuspended x => $"{x.Venue}/{x.Product}" == entry.Id,
                ListingResumed x => $"{x.Venue}/{x.Product}" == entry.Id,
                ProductDelisted x => $"{x.Venue}/{x.Product}" == entry.Id,
                _ => false,
            });
            Assert.Equal(
                last switch { ProductDelisted => ShelfStatus.Delisted, ListingSuspended => ShelfStatus.Suspended, _ => ShelfStatus.Listed },
                entry.Status);
            Assert.Equal((last as ProductDelisted)?.Reason, entry.DelistingReason);
            Assert.Equal(events.OfType<ProductListed>().Last(e => $"{e.Venue}/{e.Product}" == entry.Id).Holder.Value, entry.Provider);
            if (entry.Status != ShelfStatus.Delisted)
            {
                var price = events.OfType<PriceSet>().Last(e => e.Product.Value == entry.Product);
                Assert.Equal((price.Version, price.Terms.UnitPriceFen, price.Terms.Licence), (entry.PriceVersion, entry.UnitPriceFen, entry.Licence));
                Assert.Equal(events.OfType<CertificateNoted>().Last(e => e.Product.Value == entry.Product).Certificate.Value, entry.Certificate);
            }
        }
    }

    private static void Timelines(BulkFold fold, IReadOnlyList<RecordedEvent> recorded, List<TransactionRegistered> registered)
    {
        string[] kinds = ["product", "pricing", "listing", "offer", "book"];
        var lives = recorded
            .Where(r => (r.Data is AuctionClosed || kinds.Contains(r.Stream.Split('/')[0])) && r.Data is not (ViewsRecorded or OrderRejected or LicenceGranted or LicenceRevoked)
                && (r.Stream[0] != 'b' || r.Data is BookOpened or BookExtended or BookSuspended or BookResumed or BookClosed))
            .ToLookup(r => r.Data is AuctionClosed e ? e.Product.Value : r.Stream.Split('/')[1]);
        Assert.Equal(lives.Select(life => life.Key).Order(StringComparer.Ordinal), fold.Models.Timelines.Select(timeline => timeline.Id));
        foreach (var timeline in fold.Models.Timelines)
        {
            var life = lives[timeline.Id].ToList();
            Assert.Equal(
                life.Select(r => (r.Stream.Split('/')[0], r.Data.At.ToString(), r.Data.By.Value)),
                timeline.Entries.Select(entry => (entry.Stream, Iso(entry.At), entry.By)));
            var sales = registered.Where(e => e.Product.Value == timeline.Id).ToList();
            Assert.Equal((sales.Count, sales.Sum(e => e.AmountFen)), (timeline.Deals, timeline.SalesFen));
            var resales = recorded.Select(r => r.Data).OfType<PacksTraded>().Where(e => e.Product.Value == timeline.Id && !e.IsIssue).ToList();
            Assert.Equal((resales.Count, resales.Sum(e => e.AmountFen)), (timeline.Resales, timeline.ResalesFen));
            Assert.Equal(1 + life.Count(r => r.Data is ProductRevised), timeline.ProductVersion);
            Assert.Equal(sales.FirstOrDefault()?.At.ToString(), timeline.FirstSaleAt is { } first ? Iso(first) : null);
            // A sale on trial, before the product was ever listed, is no step on the way.
            var whole = recorded.Select(r => r.Data).ToList();
            var listed = whole.FindIndex(e => e is ProductListed x && x.Product.Value == timeline.Id);
            var isSold = listed >= 0 && whole.FindLastIndex(e => e is TransactionRegistered x && x.Product.Value == timeline.Id) > listed;
            Assert.Equal(Furthest(life.ConvertAll(r => r.Data), isSold), timeline.Furthest);
            Assert.Equal(
                life.Select(r => r.Data switch
                {
                    RegistrationRefused e => e.Reason,
                    ComplianceRejected e => e.Finding,
                    ObjectionUpheld => Rejection.ObjectionUpheld,
                    _ => (Rejection?)null,
                }).LastOrDefault(reason => reason is not null),
                timeline.Refusal);
            Assert.Equal(life.Count(r => r.Data is ComplianceReturned), timeline.Returns);
            Assert.Equal(recorded.Count(r => r.Data is OrderRejected e && e.Product.Value == timeline.Id), timeline.OrdersRejected);
            Assert.Equal(recorded.Select(r => r.Data).OfType<ViewsRecorded>().Where(e => e.Product.Value == timeline.Id).Sum(e => e.Views), timeline.Views);
        }
    }

    private static ProductStage Furthest(List<Event> life, bool isSold)
    {
        bool Has<T>() => life.OfType<T>().Any();
        return isSold ? ProductStage.FirstSale
            : Has<ProductListed>() ? ProductStage.Listed
            : Has<PriceSet>() ? ProductStage.Priced
            : Has<ProductValued>() ? ProductStage.Valued
            : Has<RightsCertified>() ? ProductStage.Certified
            : Has<RightsPublished>() ? ProductStage.Published
            : Has<QualityEvaluated>() ? ProductStage.QualityEvaluated
            : Has<CompliancePassed>() ? ProductStage.CompliancePassed
            : Has<ApplicationAccepted>() ? ProductStage.Accepted
            : Has<EvidenceSubmitted>() ? ProductStage.EvidenceSubmitted
            : Has<ProductRegistered>() ? ProductStage.Registered
            : ProductStage.Applied;
    }

    private static void Deals(BulkFold fold, Event[] events, List<TransactionRegistered> registered)
    {
        var opened = events.OfType<ContractRequested>().Select(e => e.Deal).Concat(events.OfType<OrderMatched>().Select(e => e.Deal))
            .Concat(events.OfType<PacksTraded>().Select(e => e.Deal)).Distinct();
        Assert.Equal(opened.Select(deal => deal.Value).Order(StringComparer.Ordinal), fold.Deals.Select(deal => deal.Id).Order(StringComparer.Ordinal));
        var settled = events.SelectMany(e => e switch
        {
            DealSettled x => x.Postings.Select(posting => (x.Deal, posting)),
            PeriodSettled x => x.Postings.Select(posting => (x.Deal, posting)),
            _ => [],
        }).ToLookup(x => x.Deal.Value, x => x.posting);
        foreach (var deal in fold.Deals)
        {
            var registration = registered.SingleOrDefault(e => e.Deal.Value == deal.Id);
            Assert.Equal(registration?.At.ToString(), deal.RegisteredAt is { } at ? Iso(at) : null);
            if (registration is not null)
            {
                Assert.Equal(
                    (registration.Product.Value, registration.Venue.Value, registration.Buyer.Value, registration.Provider.Value,
                        registration.Channel, (LicenceKind?)registration.Licence, registration.AmountFen),
                    (deal.Product, deal.Venue, deal.Buyer, deal.Provider, deal.Channel, deal.Licence, deal.AmountFen));
            }

            Assert.Equal(
                events.OfType<LicenceGranted>().SingleOrDefault(e => e.Deal.Value == deal.Id)?.ProductVersion
                ?? events.OfType<PacksTraded>().SingleOrDefault(e => e.Deal.Value == deal.Id)?.ProductVersion ?? 1,
                deal.ProductVersion);
            var postings = settled[deal.Id].ToList();
            var back = events.OfType<DealChargedBack>().SingleOrDefault(e => e.Deal.Value == deal.Id);
            Assert.Equal(
                postings.Where(p => p.Credit == LedgerAccount.Vat).Sum(p => p.AmountFen) - (back?.Postings.Where(p => p.Debit == LedgerAccount.Vat).Sum(p => p.AmountFen) ?? 0),
                deal.VatFen);
            Assert.Equal(
                postings.Where(p => p.Credit.StartsWith("income:fees", StringComparison.Ordinal)).Sum(p => p.AmountFen)
                - (back?.Postings.Where(p => p.Debit.StartsWith("income:fees", StringComparison.Ordinal)).Sum(p => p.AmountFen) ?? 0),
                deal.FeeFen);
            var payable = postings.Where(p => p.Credit.StartsWith("liabilities:payable:", StringComparison.Ordinal))
                .Concat(back?.Shares.Select(share => new Posting("", LedgerAccount.Payable(share.Party), -share.AmountFen)) ?? []).ToList();
            Assert.Equal(payable.Sum(p => p.AmountFen), deal.Channel == TradeChannel.FiledContract ? 0 : deal.ProviderShareFen + deal.ContributorShares.Sum(s => s.AmountFen));
            foreach (var share in deal.ContributorShares)
            {
                Assert.Equal(payable.Where(p => p.Credit.EndsWith(":" + share.Party, StringComparison.Ordinal)).Sum(p => p.AmountFen), share.AmountFen);
            }

            Assert.Equal(events.OfType<DealRefunded>().Where(e => e.Deal.Value == deal.Id).Sum(e => e.AmountFen), deal.RefundFen);
            Assert.Equal(events.OfType<UsageReported>().Where(e => e.Deal.Value == deal.Id).Sum(e => e.Calls), deal.UnitsUsed);
            Assert.Equal(events.OfType<DataInvoiceIssued>().SingleOrDefault(e => e.Deal.Value == deal.Id)?.Invoice.Value, deal.Invoice);
            Assert.Equal(events.OfType<InvoiceAnchored>().SingleOrDefault(e => e.Deal.Value == deal.Id)?.Head, deal.Anchor);
            Assert.Equal(events.OfType<DealCompleted>().Any(e => e.Deal.Value == deal.Id), deal.Status is DealStage.Completed or DealStage.Claimed or DealStage.ChargedBack);
            var upheld = events.OfType<ClaimUpheld>().SingleOrDefault(e => e.Deal.Value == deal.Id);
            Assert.Equal(events.OfType<ClaimRaised>().Any(e => e.Deal.Value == deal.Id), deal.WasClaimed);
            Assert.Equal((upheld?.AmountFen ?? 0, back?.AmountFen ?? 0, upheld?.IsFull ?? false), (deal.UpheldFen, deal.ChargedBackFen, deal.Status == DealStage.ChargedBack));
            Assert.Equal(
                deal.WasClaimed && upheld is null && !events.OfType<ClaimDismissed>().Any(e => e.Deal.Value == deal.Id), deal.Status == DealStage.Claimed);
            Assert.Equal(events.OfType<DeliveryLate>().Any(e => e.Deal.Value == deal.Id), deal.WasLate);
            Assert.Equal(
                events.OfType<NegotiationTerminated>().SingleOrDefault(e => e.Deal.Value == deal.Id)?.Reason
                ?? events.OfType<DealCancelled>().SingleOrDefault(e => e.Deal.Value == deal.Id)?.Reason
                ?? (events.OfType<DisputeUpheld>().Any(e => e.Deal.Value == deal.Id && e.IsFull) ? Rejection.DisputeWasUpheld : null),
                deal.Reason);
            // What a completed deal's buyer paid went to somebody, to the fen.
            if (deal is { Status: DealStage.Completed or DealStage.Claimed or DealStage.ChargedBack, Channel: not TradeChannel.FiledContract })
            {
                Assert.Equal(
                    deal.AmountFen,
                    deal.FeeFen + deal.VatFen + deal.ProviderShareFen + deal.ContributorShares.Sum(s => s.AmountFen) + deal.RefundFen + deal.ChargedBackFen);
            }
        }
    }

    private static void Days(BulkFold fold, Event[] events, List<TransactionRegistered> registered)
    {
        var venueOfDeal = registered.ToDictionary(e => e.Deal, e => e.Venue.Value);
        foreach (var deal in events.OfType<ContractRequested>())
        {
            venueOfDeal.TryAdd(deal.Deal, deal.Venue.Value);
        }

        var venueOfProduct = events.OfType<ProductRegistered>().ToDictionary(e => e.Product, e => e.Venue.Value);
        var venueOfBook = events.OfType<BookOpened>().ToDictionary(e => e.Product, e => e.Venue.Value);
        string Of(DealId deal) => venueOfDeal.GetValueOrDefault(deal, VenueDay.Unattributed);
        foreach (var day in fold.Models.VenueDays)
        {
            List<T> Here<T>(Func<T, string> venue)
                where T : Event => [.. events.OfType<T>().Where(e => e.At.Date == day.Day && venue(e) == day.Venue)];

            Assert.Equal($"{day.Venue}/{day.Day:yyyy-MM-dd}", day.Id);
            Assert.Equal(
                Here<ProductRegistered>(e => e.Venue.Value).Count + Here<RegistrationRefused>(e => e.Venue.Value).Count, day.Applications);
            Assert.Equal(
                Here<RegistrationRefused>(e => e.Venue.Value).Select(e => e.Reason)
                    .Concat(Here<ComplianceRejected>(e => venueOfProduct[e.Product]).Select(e => e.Finding))
                    .Concat(Here<ObjectionUpheld>(e => venueOfProduct[e.Product]).Select(_ => Rejection.ObjectionUpheld))
                    .Concat(Here<PriceRefused>(e => venueOfProduct[e.Product]).Select(e => e.Reason))
                    .Concat(Here<ListingRefused>(e => e.Venue.Value).Select(e => e.Reason))
                    .CountBy(reason => reason).OrderBy(count => count.Key),
                day.Refusals);
            Assert.Equal(
                Here<ComplianceReturned>(e => venueOfProduct[e.Product]).CountBy(e => e.Finding).OrderBy(count => count.Key), day.Returns);
            Assert.Equal(Here<RightsCertified>(e => venueOfProduct[e.Product]).Count, day.Certified);
            Assert.Equal(Here<ProductListed>(e => e.Venue.Value).Count, day.Listed + day.Relisted);
            Assert.Equal(Here<ProductDelisted>(e => e.Venue.Value).Count, day.Delisted);
            Assert.Equal(
                Here<OrderRejected>(e => e.Venue.Value).Select(e => e.Reason).Concat(Here<HoldRefused>(e => Of(e.Deal)).Select(e => e.Reason))
                    .CountBy(reason => reason).OrderBy(count => count.Key),
                day.OrdersRejected);
            Assert.Equal(Here<LicenceGranted>(e => e.Venue.Value).Count + day.OrdersRejected.Values.Sum(), day.Orders);
            Assert.Equal(
                Here<BookOrderRefused>(e => venueOfBook[e.Product]).Select(e => e.Reason)
                    .Concat(Here<OrderFundsRefused>(e => venueOfBook[e.Product]).Select(e => e.Reason))
                    .CountBy(reason => reason).OrderBy(count => count.Key),
                day.BookOrdersRefused);
            Assert.Equal(
                Here<BookOrderEntered>(e => venueOfBook[e.Product]).Count + Here<OrderFundsRefused>(e => venueOfBook[e.Product]).Count, day.BookOrders);
            var deals = Here<TransactionRegistered>(e => e.Venue.Value);
            Assert.Equal(Count(deals, TradeChannel.OrderBook), (day.OrderBookDeals, day.OrderBookAmountFen));
            Assert.Equal(Count(deals, TradeChannel.Shelf), (day.ShelfDeals, day.ShelfAmountFen));
            Assert.Equal(Count(deals, TradeChannel.RegisteredContract), (day.RegisteredContracts, day.RegisteredContractAmountFen));
            Assert.Equal(Count(deals, TradeChannel.FiledContract), (day.FiledContracts, day.FiledContractAmountFen));
            Assert.Equal(Here<DealRefunded>(e => Of(e.Deal)).Sum(e => e.AmountFen), day.RefundsFen);
            Assert.Equal(Here<UsageReported>(e => Of(e.Deal)).Sum(e => (long)e.Calls), day.MeteredCalls);
            Assert.Equal(Here<UsageRefused>(e => Of(e.Deal)).Count, day.UsesRefused);
            Assert.Equal(Here<DeliveryLate>(e => Of(e.Deal)).Count, day.LateDeliveries);
            Assert.Equal(Here<DealCancelled>(e => Of(e.Deal)).Count, day.Cancellations);
            Assert.Equal(Here<DisputeRaised>(e => Of(e.Deal)).Count, day.Disputes);
            Assert.Equal(Here<DisputeUpheld>(e => Of(e.Deal)).Count, day.DisputesUpheld);
            Assert.Equal(Here<NegotiationTerminated>(e => Of(e.Deal)).Count, day.NegotiationsTerminated);
            Assert.Equal(
                events.Where(e => e.At.Date == day.Day).SelectMany(LedgerEntries.Of)
                    .Sum(p => p.Credit == LedgerAccount.Fees(new(day.Venue)) ? p.AmountFen : p.Debit == LedgerAccount.Fees(new(day.Venue)) ? -p.AmountFen : 0),
                day.FeesFen);
            Assert.Equal(
                (Here<ClaimRaised>(e => e.Venue.Value).Count, Here<ClaimUpheld>(e => e.Venue.Value).Count, Here<DealChargedBack>(e => Of(e.Deal)).Sum(e => e.AmountFen)),
                (day.Claims, day.ClaimsUpheld, day.ChargedBackFen));
        }

        // No day is missing: the sums over all days are the sums over all events.
        Assert.Equal(registered.Sum(e => e.AmountFen), fold.Models.VenueDays.Sum(day => day.AmountFen));
        Assert.Equal(registered.Count, fold.Models.VenueDays.Sum(day => day.Deals));
        Assert.Equal(events.OfType<ProductListed>().Select(e => (e.Venue, e.Product)).Distinct().Count(), fold.Models.VenueDays.Sum(day => day.Listed));
        Assert.Equal(events.Count(e => e is HoldRefused or OrderRejected), fold.Models.VenueDays.Sum(day => day.OrdersRejected.Values.Sum()));
        Assert.Equal(events.OfType<UsageReported>().Sum(e => (long)e.Calls), fold.Models.VenueDays.Sum(day => day.MeteredCalls));
        Assert.Equal(events.OfType<DealRefunded>().Sum(e => e.AmountFen), fold.Models.VenueDays.Sum(day => day.RefundsFen));
    }

    private static void Parties(BulkFold fold, Event[] events, List<TransactionRegistered> registered)
    {
        var postings = events.SelectMany(LedgerEntries.Of).ToList();
        long Balance(string account) =>
            postings.Where(p => p.Credit == account).Sum(p => p.AmountFen) - postings.Where(p => p.Debit == account).Sum(p => p.AmountFen);
        foreach (var party in fold.Models.Parties)
        {
            var id = new PartyId(party.Id);
            Assert.Equal(Balance(LedgerAccount.Available(id)), party.AvailableFen);
            Assert.Equal(Balance(LedgerAccount.Held(id)), party.HeldFen);
            Assert.Equal(Balance(LedgerAccount.Payable(id)), party.PayableFen);
            Assert.Equal(-Balance(LedgerAccount.Receivable(id)), party.OwedFen);
            Assert.Equal(events.OfType<ProceedsPaidOut>().Where(e => e.Party == id).Sum(e => e.AmountFen), party.PaidOutFen);
            Assert.Equal(events.OfType<DealChargedBack>().SelectMany(e => e.Shares).Where(share => share.Party == id).Sum(share => share.AmountFen), party.ChargedBackFen);
            Assert.Equal(Balance(LedgerAccount.FiledProceeds(id)), party.FiledProceedsFen);
            Assert.Equal(events.OfType<FundsDeposited>().Where(e => e.Party == id).Sum(e => e.AmountFen), party.DepositedFen);
            Assert.Equal(events.OfType<HoldCaptured>().Where(e => e.Party == id).Sum(e => e.AmountFen), party.SpentFen);
            Assert.Equal(events.OfType<RefundCredited>().Where(e => e.Party == id).Sum(e => e.AmountFen), party.RefundedFen);
            Assert.Equal(events.OfType<DepositForfeited>().Where(e => e.Party == id).Sum(e => e.AmountFen), party.ForfeitedFen);
            Assert.Equal(party.DepositedFen - party.SpentFen + party.RefundedFen - party.ForfeitedFen, party.AvailableFen + party.HeldFen);
            var bought = registered.Where(e => e.Buyer == id).ToList();
            var sold = registered.Where(e => e.Provider == id).ToList();
            Assert.Equal((bought.Count, bought.Sum(e => e.AmountFen)), (party.DealsAsBuyer, party.BoughtFen));
            Assert.Equal((sold.Count, sold.Sum(e => e.AmountFen)), (party.DealsAsSeller, party.SoldFen));
            Assert.Equal(events.OfType<ProductRegistered>().Count(e => e.Provider == id), party.ProductsRegistered);
            Assert.Equal(events.OfType<ProductListed>().Count(e => e.Holder == id), party.Listings);
            Assert.Equal(events.OfType<PartyRegistered>().SingleOrDefault(e => e.Party == id)?.Name, party.Name);
            Assert.Equal(events.OfType<BuyerAdmitted>().LastOrDefault(e => e.Buyer == id)?.AdmittedFor, party.AdmittedFor);
        }

        Assert.Equal(events.OfType<FundsDeposited>().Sum(e => e.AmountFen), fold.Models.Parties.Sum(party => party.DepositedFen));
        Assert.Equal(registered.Sum(e => e.AmountFen), fold.Models.Parties.Sum(party => party.SoldFen));
    }

    private static (int, long) Count(List<TransactionRegistered> deals, TradeChannel channel) =>
        (deals.Count(e => e.Channel == channel), deals.Where(e => e.Channel == channel).Sum(e => e.AmountFen));

    private static string Iso(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture);
}
