using DataExchange.Domain.Listing;
using DataExchange.Domain.Pricing;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Trading;
using static DataExchange.Domain.Tests.Exchange.MarketWalk;
using static DataExchange.Domain.Tests.Sample;

namespace DataExchange.Domain.Tests.Exchange;

public sealed class ProductWalkTests
{
    private readonly RecordedMarket _market = new();

    [Fact]
    public void An_exclusive_licence_sold_at_one_venue_leaves_both_shelves()
    {
        _market.OpenMarket(Exclusive, Venue, OtherVenue);
        _market.Do(Order());
        Assert.Equal([DelistingReason.ExclusiveLicenceSold, DelistingReason.ExclusiveLicenceSold],
            _market.Facts.OfType<ProductDelisted>().Select(delisted => delisted.Reason));
        Assert.Equal(Rejection.ExclusiveLicenceSold, _market.Submit(Order(1, 31) with { Deal = OtherDeal, Venue = OtherVenue }).Rejection);
        _market.Do(new ListProduct(Product, Venue, []) { At = Day(32), By = Provider });
        Assert.Equal(Rejection.ExclusiveLicenceSold, _market.Submit(Order(1, 33) with { Deal = OtherDeal }).Rejection);
    }

    [Fact]
    public void An_exclusive_licence_comes_back_when_its_deal_is_cancelled()
    {
        _market.OpenMarket(Exclusive);
        _market.Buy(LicenceKind.Exclusive);
        _market.Submit(new ReportLateDelivery(Deal) { At = Day(41), By = Buyer });
        _market.Do(new CancelDeal(Deal) { At = Day(42), By = Buyer });
        Assert.Equal(Rejection.NotOffered, _market.Submit(Order(1, 43) with { Deal = OtherDeal }).Rejection);
        _market.Do(new ListProduct(Product, Venue, []) { At = Day(44), By = Provider });
        _market.Do(Order(1, 45) with { Deal = OtherDeal });
    }

    [Fact]
    public void A_certificate_that_ends_stops_sales_at_once_and_clears_the_shelves_when_recorded()
    {
        _market.OpenMarket(OpenEnded, Venue, OtherVenue);
        _market.Do(Order(1, 399));
        Assert.Equal(Rejection.CertificateExpired, _market.Submit(Order(1, 400) with { Deal = OtherDeal }).Rejection);
        _market.Do(new ExpireCertificate(Product) { At = Day(400), By = Operator });
        Assert.Equal([DelistingReason.CertificateLapsed, DelistingReason.CertificateLapsed],
            _market.Facts.OfType<ProductDelisted>().Select(delisted => delisted.Reason));
        Assert.Equal(Rejection.NotOffered, _market.Submit(Order(1, 401) with { Deal = OtherDeal }).Rejection);
        Assert.Equal(Rejection.CertificateExpired, _market.Submit(new ListProduct(Product, Venue, []) { At = Day(402), By = Provider }).Rejection);
        Assert.Equal(Rejection.PricingClosed, _market.Submit(new SetPrice(Product, OpenEnded, null) { At = Day(402), By = Provider }).Rejection);
    }

    [Fact]
    public void A_renewed_certificate_keeps_the_product_on_sale()
    {
        _market.OpenMarket(OpenEnded);
        _market.Do(new RenewCertificate(Product, Day(700)) { At = Day(390), By = Operator });
        _market.Do(Order(1, 450));
        Assert.Equal(Rejection.CertificateStillValid, _market.Submit(new ExpireCertificate(Product) { At = Day(500), By = Operator }).Rejection);
        Assert.Equal(Rejection.CertificateExpired, _market.Submit(Order(1, 700) with { Deal = OtherDeal }).Rejection);
    }

    [Fact]
    public void A_revoked_certificate_clears_the_shelves_but_leaves_deals_alone()
    {
        _market.OpenMarket(OpenEnded);
        _market.Buy(LicenceKind.OpenEnded);
        _market.Do(new RevokeCertificate(Product, "fraud") { At = Day(33), By = Operator });
        Assert.Equal(Rejection.NotOffered, _market.Submit(Order(1, 34) with { Deal = OtherDeal }).Rejection);
        _market.Deliver();
        _market.Do(new AcceptDelivery(Deal) { At = Day(36), By = Buyer });
        Assert.Equal("DealCompleted", _market.Happened("deal/D0000001").Last());
    }

    [Fact]
    public void A_new_holder_lists_anew_and_is_paid()
    {
        _market.OpenMarket(OpenEnded);
        _market.Do(new TransferRights(Product, Contributor) { At = Day(25), By = Provider });
        Assert.Equal(DelistingReason.HolderChanged, Assert.Single(_market.Facts.OfType<ProductDelisted>()).Reason);
        Assert.Equal(Rejection.NotOffered, _market.Submit(Order(1, 26)).Rejection);
        _market.Do(new ListProduct(Product, Venue, []) { At = Day(27), By = Contributor });
        _market.Do(Order());
        Assert.Equal(Contributor, Assert.Single(_market.Facts.OfType<LicenceGranted>()).Provider);
    }

    [Fact]
    public void A_suspended_product_is_not_sold_until_it_is_resumed()
    {
        _market.OpenMarket(OpenEnded);
        _market.Do(new SuspendListing(Product, Venue, "complaint") { At = Day(25), By = Operator });
        Assert.Equal(Rejection.ProductSuspended, _market.Submit(Order(1, 26)).Rejection);
        _market.Do(new ResumeListing(Product, Venue) { At = Day(27), By = Operator });
        _market.Do(Order());
    }

    [Fact]
    public void A_new_price_holds_for_the_next_order_at_once()
    {
        _market.OpenMarket(OpenEnded);
        _market.Do(new SetPrice(Product, OpenEnded with { UnitPriceFen = 70_000 }, "clearance") { At = Day(25), By = Provider });
        _market.Do(Order());
        var granted = Assert.Single(_market.Facts.OfType<LicenceGranted>());
        Assert.Equal((70_000L, 2), (granted.AmountFen, granted.PriceVersion));
    }

    [Fact]
    public void What_is_sold_is_the_version_in_force_and_deals_under_way_keep_theirs()
    {
        _market.OpenMarket(OpenEnded);
        _market.Do(new ReviseProduct(Product, "better content", "more fields", null) { At = Day(25), By = Provider });
        _market.Buy(LicenceKind.OpenEnded);
        _market.Do(new ReviseProduct(Product, "the best content", "all fields", null) { At = Day(33), By = Provider });
        _market.Deliver();
        Assert.Equal([2, 3], _market.Facts.OfType<OfferVersionChanged>().Select(changed => changed.Version));
        Assert.Equal(2, Assert.Single(_market.Facts.OfType<LicenceGranted>()).ProductVersion);
        Assert.Equal(2, Assert.Single(_market.Facts.OfType<OrderMatched>()).ProductVersion);
        Assert.Equal(2, Assert.Single(_market.Facts.OfType<ContractAgreed>()).ProductVersion);
    }

    [Fact]
    public void A_version_registered_before_the_product_is_listed_is_the_one_sold()
    {
        _market.Certify();
        _market.Do(new ReviseProduct(Product, "better content", "more fields", null) { At = Day(21), By = Provider });
        Assert.Equal(2, Assert.Single(_market.Facts.OfType<OfferVersionChanged>()).Version);
    }

    [Fact]
    public void Content_of_any_product_or_version_is_registered_once()
    {
        _market.OpenMarket(OpenEnded);
        Assert.Equal(Rejection.FingerprintAlreadyClaimed, Revise("content of P000001"));
        Assert.Null(Revise("better content"));
        Assert.Equal(Rejection.FingerprintAlreadyClaimed, Revise("better content"));
        var copy = Application(new ProductId("P000002"), Contributor, SecurityClass.General, Day(28)) with { Fingerprint = "better content" };
        Assert.Equal(Rejection.DuplicateOfEarlierRegistration, _market.Submit(copy).Rejection);
        _market.Do(copy with { Product = new("P000003"), Fingerprint = "other content" });
        Assert.Equal(Rejection.DuplicateOfEarlierRegistration, Revise("other content"));

        Rejection? Revise(string fingerprint) =>
            _market.Submit(new ReviseProduct(Product, fingerprint, "more fields", null) { At = Day(28), By = Provider }).Rejection;
    }

    [Fact]
    public void Content_registered_before_is_refused_whoever_brings_it()
    {
        _market.Certify();
        var copy = Application(new ProductId("P000002"), Contributor, SecurityClass.General, Day(30)) with { Fingerprint = "content of P000001" };
        Assert.Equal(Rejection.DuplicateOfEarlierRegistration, _market.Submit(copy).Rejection);
        Assert.Equal(Rejection.DuplicateOfEarlierRegistration, Assert.Single(_market.Facts.OfType<RegistrationRefused>()).Reason);
    }

    [Fact]
    public void What_has_ended_does_not_begin_again()
    {
        _market.OpenMarket(OpenEnded);
        _market.Do(new CancelRegistration(Product) { At = Day(30), By = Provider });
        Assert.Equal(Rejection.ProductAlreadyRegistered, _market.Submit(Application(Product, Provider, SecurityClass.General, Day(31))).Rejection);
        Assert.Equal(Rejection.RegistrationCancelled, _market.Submit(new RenewCertificate(Product, Day(900)) { At = Day(31), By = Provider }).Rejection);
        Assert.Equal(Rejection.RegistrationCancelled, _market.Submit(new ListProduct(Product, Venue, []) { At = Day(31), By = Provider }).Rejection);
        Assert.Equal(Rejection.RegistrationCancelled, _market.Submit(new ListProduct(Product, Venue, []) { At = Day(32), By = Provider }).Rejection);
    }
}
