using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Domain.Pricing;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;

namespace DataExchange.Exchange.Verification;

/// <summary>Collects from every event the few figures by which streams are compared. No event is kept.</summary>
internal sealed class MarketFacts
{
    private readonly List<ProductFacts> _products = [];

    internal Names Products { get; } = new();

    internal Names Venues { get; } = new();

    internal Names Parties { get; } = new();

    internal Names Chains { get; } = new();

    internal DealTable Deals { get; } = new();

    internal OrderHolds OrderHolds { get; } = new();

    internal PayableFacts Payables { get; } = new();
    internal SandboxFacts Sandbox { get; } = new();
    internal AuctionFacts Auctions { get; } = new();

    internal BundleFacts Bundles { get; } = new();

    internal RequirementFacts Requirements { get; } = new();

    internal ProductFacts Product(int number)
    {
        while (_products.Count < number)
        {
            _products.Add(new ProductFacts());
        }

        return _products[number - 1];
    }

    internal void Take(string stream, int version, Event @event, ProblemList problems)
    {
        Sandbox.Take(version, @event);
        Requirements.Take(version, @event);
        Auctions.Take(version, @event);
        Bundles.Take(@event);
        switch (@event)
        {
            case RightsCertified e:
                Of(e.Product).Certify(e.At, e.ValidUntil);
                break;
            case CertificateRenewed e:
                Of(e.Product).Certify(e.At, e.ValidUntil);
                break;
            case CertificateExpired e:
                Of(e.Product).Lapse(e.At);
                break;
            case CertificateRevoked e:
                Of(e.Product).Lapse(e.At);
                break;
            case RegistrationCancelled e:
                Of(e.Product).Lapse(e.At);
                break;
            case ProductRevised e:
                Of(e.Product).Revise(e.Version, e.At);
                break;
            case PriceSet e:
                Of(e.Product).Price(e.At);
                break;
            case ProductListed e:
                Of(e.Product).List(Venues.Of(e.Venue.Value), e.At, version);
                break;
            case ListingSuspended e:
                Of(e.Product).Put(Venues.Of(e.Venue.Value), e.At, ProductFacts.Shelf.Suspended);
                break;
            case ListingResumed e:
                Of(e.Product).Put(Venues.Of(e.Venue.Value), e.At, ProductFacts.Shelf.Listed);
                break;
            case ProductDelisted e:
                Of(e.Product).Put(Venues.Of(e.Venue.Value), e.At, ProductFacts.Shelf.None);
                break;
            default:
                TakeTrade(stream, version, @event, problems);
                break;
        }
    }

    internal void TakeBook(string stream, OrderBook? book) => OrderHolds.TakeBook(stream, book);

    internal MarketTotals Totals(long streams, long events)
    {
        var listed = new int[Venues.Count + 1];
        var registered = new long[Venues.Count + 1];
        var amounts = new long[Venues.Count + 1];
        var (productsListed, invoices) = (0, 0L);
        foreach (var product in _products)
        {
            productsListed += product.Listings.Count > 0 ? 1 : 0;
            foreach (var venue in product.VenuesListedAt)
            {
                listed[venue]++;
            }
        }

        for (var number = 1; number <= Deals.Count; number++)
        {
            invoices += Deals.At(number).InvoiceVersion != 0 ? 1 : 0;
            ref readonly var deal = ref Deals.At(number).Registration;
            if (deal.Exists)
            {
                registered[deal.Venue]++;
                amounts[deal.Venue] += deal.AmountFen;
            }
        }

        return new MarketTotals(streams, events, productsListed, registered.Sum(), amounts.Sum(), invoices,
        [
            .. Enumerable.Range(1, Venues.Count)
                .Select(venue => new VenueTotals(Venues[venue], listed[venue], registered[venue], amounts[venue]))
                .OrderBy(venue => venue.Venue, StringComparer.Ordinal),
        ]);
    }

    private ProductFacts Of(ProductId product) => Product(Products.Of(product.Value));

    private void TakeTrade(string stream, int version, Event @event, ProblemList problems)
    {
        switch (@event)
        {
            case LicenceGranted e:
                ref var granted = ref Deals[e.Deal].Licence;
                if (granted.Exists)
                {
                    problems.Add(stream, version, AuditRule.GrantedTwice,
                        $"{e.Deal} has a licence for {Products[granted.Product]} already, granted at {granted.At}");
                }

                granted = SideOf(version, e.At, e.Product, e.Venue, e.Buyer, e.Provider, e.Channel, e.AmountFen) with
                {
                    ProductVersion = ProductVersions.Of(e.ProductVersion),
                    InSandbox = e.InSandbox == true,
                    Price = SalePrices.Fold(e.Licence, e.Quantity, e.Units, e.UnitPriceFen, e.AmountFen, e.Tiers, e.MinimumFen, e.Degraded, e.Revenue),
                };
                break;
            case OrderMatched e:
                Deals[e.Deal].MatchedVersion = version;
                Deals[e.Deal].MatchedPrice = SalePrices.Fold(e.Licence, e.Quantity, e.Units, e.UnitPriceFen, e.AmountFen, e.Tiers, e.MinimumFen, e.Degraded, e.Revenue);
                break;
            case PacksTraded e:
                Deals[e.Deal].Licence = SideOf(version, e.At, e.Product, e.Venue, e.Buyer, e.Seller, TradeChannel.OrderBook, e.AmountFen) with
                {
                    ProductVersion = ProductVersions.Of(e.ProductVersion),
                };
                break;
            case PacksAllotted e:
                Of(e.Product).Series = (version, e.At, ProductVersions.Of(e.ProductVersion));
                break;
            case ContractAgreed e:
                Deals[e.Deal].AgreedVersion = version;
                Deals[e.Deal].AgreedProductVersion = ProductVersions.Of(e.ProductVersion);
                break;
            case TradeConfirmed e:
                Deals[e.Deal].AgreedVersion = version;
                Deals[e.Deal].AgreedProductVersion = ProductVersions.Of(e.ProductVersion);
                break;
            case LicenceRevoked e:
                Deals[e.Deal].LicenceRevokedVersion = version;
                Deals[e.Deal].LicenceRevokedAt = e.At;
                break;
            case TransactionRegistered e:
                Deals[e.Deal].Registration = SideOf(version, e.At, e.Product, e.Venue, e.Buyer, e.Provider, e.Channel, e.AmountFen) with
                {
                    Terms = Side.Fold(e.FeeBasisPoints, e.VatBasisPoints, e.Contributors, e.Fee, Parties),
                };
                break;
            case DealCancelled e:
                Deals[e.Deal].DecidedRefundFen += e.AmountFen;
                break;
            case DisputeUpheld e:
                Deals[e.Deal].DecidedRefundFen += e.RefundFen;
                break;
            case ClaimUpheld e:
                Deals[e.Deal].DecidedChargebackFen += e.AmountFen;
                break;
            case UsageReported e:
                Deals[e.Deal].UsageFen += e.AmountFen;
                break;
            case RevenueReported e:
                Deals[e.Deal].UsageFen += e.AmountFen;
                Deals[e.Deal].DecidedRefundFen += e.ReturnedFen;
                break;
            case RevenueOverdue e:
                Deals[e.Deal].UsageFen += e.AmountFen;
                break;
            case DeliveryAccepted { FixedFen: { } atOnce } e:
                Deals[e.Deal].UsageFen += atOnce;
                break;
            case AcceptanceTimedOut { FixedFen: { } atOnce } e:
                Deals[e.Deal].UsageFen += atOnce;
                break;
            case DisputeDismissed { FixedFen: { } atOnce } e:
                Deals[e.Deal].UsageFen += atOnce;
                break;
            case DealCompleted e:
                Deals[e.Deal].CompletedVersion = version;
                break;
            default:
                TakeMoney(stream, version, @event, problems);
                break;
        }
    }

    private void TakeMoney(string stream, int version, Event @event, ProblemList problems)
    {
        switch (@event)
        {
            case FundsHeld e:
                Deals[e.Deal].HoldParty = Parties.Of(e.Party.Value);
                Deals[e.Deal].HeldFen += e.AmountFen;
                break;
            case OrderFundsHeld e:
                OrderHolds.Add(e.Party, e.Product, e.Number, e.AmountFen);
                break;
            case OrderFundsReleased e:
                OrderHolds.Add(e.Party, e.Product, e.Number, -e.AmountFen);
                break;
            case OrderFundsAllotted e:
                OrderHolds.Add(e.Party, e.Product, e.Number, -e.AmountFen);
                Deals[e.Deal].HoldParty = Parties.Of(e.Party.Value);
                Deals[e.Deal].HeldFen += e.AmountFen;
                break;
            case HoldReleased e:
                Deals[e.Deal].HoldReleasedFen += e.AmountFen;
                break;
            case HoldCaptured e:
                Deals[e.Deal].CapturedFen += e.AmountFen;
                break;
            case RefundCredited e:
                Deals[e.Deal].CreditParty = Parties.Of(e.Party.Value);
                Deals[e.Deal].CreditedFen += e.AmountFen;
                break;
            case EscrowFunded e:
                Deals[e.Deal].Escrow = new Side
                {
                    Version = version,
                    At = e.At,
                    Venue = Venues.Of(e.Terms.Venue.Value),
                    Buyer = Parties.Of(e.Buyer.Value),
                    Provider = Parties.Of(e.Terms.Provider.Value),
                    AmountFen = e.AmountFen,
                    Terms = Side.Fold(e.Terms.FeeBasisPoints, e.Terms.VatBasisPoints, e.Terms.Contributors, e.Terms.Fee, Parties),
                };
                break;
            case FiledContractRecorded e:
                Deals[e.Deal].FiledFen += e.AmountFen;
                break;
            case DealSettled e:
                Deals[e.Deal].PaidOutFen += e.Postings.Sum(posting => posting.AmountFen);
                Payables.Credit(e.Postings, e.At);
                break;
            case PeriodSettled e:
                Payables.Credit(e.Postings, e.At);
                var paid = e.Postings.Sum(posting => posting.AmountFen);
                Deals[e.Deal].PaidOutFen += paid;
                Deals[e.Deal].PeriodsFen += paid;
                break;
            case DealRefunded e:
                Deals[e.Deal].RefundedFen += e.AmountFen;
                break;
            case DataInvoiceIssued e:
                Deals[e.Deal].InvoiceVersion = version;
                Deals[e.Deal].Invoice = Digest.Of(e.Digest);
                break;
            case InvoiceAnchored e:
                Anchor(stream, version, e, problems);
                break;
            default:
                TakePayable(version, @event);
                break;
        }
    }

    private void TakePayable(int version, Event @event)
    {
        switch (@event)
        {
            case DepositForfeited e:
                Payables.Credit(LedgerEntries.Of(e), e.At);
                break;
            case DealChargedBack e:
                ref var back = ref Deals[e.Deal].ChargedBack;
                back.AmountFen += e.AmountFen;
                back.TaxAndFeeFen += e.Postings.Sum(posting => posting.AmountFen);
                foreach (var share in e.Shares)
                {
                    back.Add(Parties.Of(share.Party.Value), share.AmountFen);
                }

                break;
            case ProceedsChargedBack e:
                Payables.Know(e.Party, version, e.At, e.ProceedsFen);
                Deals[e.Deal].Recovered.Add(Parties.Of(e.Party.Value), e.TakenFen + e.OwedFen);
                break;
            case ProceedsPaidOut e:
                Payables.Know(e.Party, version, e.At, e.ProceedsFen);
                break;
            case ProceedsOffset e:
                Payables.Know(e.Party, version, e.At, e.ProceedsFen);
                break;
        }
    }

    private void Anchor(string stream, int version, InvoiceAnchored e, ProblemList problems)
    {
        ref var deal = ref Deals[e.Deal];
        if (deal.AnchorVersion != 0)
        {
            problems.Add(stream, version, AuditRule.AnchoredTwice,
                $"the data invoice of {e.Deal} is link {deal.AnchorVersion} of chain {Chains[deal.Chain]} already");
            return;
        }

        deal.Chain = Chains.Of(e.Chain);
        deal.AnchorVersion = version;
        deal.Anchored = Digest.Of(e.Digest);
    }

    private Side SideOf(
        int version,
        SimulatedTime at,
        ProductId product,
        VenueId venue,
        PartyId buyer,
        PartyId provider,
        TradeChannel channel,
        long amountFen) => new()
        {
            Version = version,
            At = at,
            Product = Products.Of(product.Value),
            Venue = Venues.Of(venue.Value),
            Buyer = Parties.Of(buyer.Value),
            Provider = Parties.Of(provider.Value),
            Channel = channel,
            AmountFen = amountFen,
        };
}
