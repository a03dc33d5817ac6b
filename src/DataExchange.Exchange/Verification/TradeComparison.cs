using DataExchange.Domain;

namespace DataExchange.Exchange.Verification;

/// <summary>
/// Compares sales with what may be sold: certificate, price, shelf, licence. Deals under way are not touched by what ends later.
/// </summary>
internal sealed class TradeComparison(MarketFacts facts, ProblemList problems)
{
    internal void Run()
    {
        for (var number = 1; number <= facts.Products.Count; number++)
        {
            CompareListings(number);
            CompareSeries(number);
        }

        for (var number = 1; number <= facts.Deals.Count; number++)
        {
            ref readonly var deal = ref facts.Deals.At(number);
            var name = facts.Deals.NameOf(number);
            if (deal.Licence.Exists)
            {
                CompareGrant(name, deal.Licence);
            }

            if (deal.AgreedVersion != 0 && deal.Licence.Exists && deal.AgreedProductVersion != deal.Licence.ProductVersion)
            {
                problems.Add(StreamId.Deal(new(name)), deal.AgreedVersion, AuditRule.SoldVersionDiffers,
                    $"version {deal.AgreedProductVersion} of the product is agreed; the licence is for version {deal.Licence.ProductVersion}");
            }

            if (deal.MatchedVersion != 0 && deal.Licence.Exists && deal.MatchedPrice != deal.Licence.Price)
            {
                problems.Add(StreamId.Deal(new(name)), deal.MatchedVersion, AuditRule.MatchDiffers,
                    $"what the deal says of licence, quantity, price, tiers or minimum is not what the offer granted at {deal.Licence.At}");
            }

            if (deal.Registration.Exists)
            {
                CompareRegistration(name, in deal);
            }
        }
    }

    private void CompareListings(int number)
    {
        var product = facts.Product(number);
        foreach (var (version, at) in product.Listings)
        {
            var stream = StreamId.Listing(new(facts.Products[number]));
            if (!product.IsValidAt(at))
            {
                problems.Add(stream, version, AuditRule.ListedWithoutCertificate, $"listed at {at}, when no certificate was valid");
            }

            if (!product.IsPricedBy(at))
            {
                problems.Add(stream, version, AuditRule.ListedWithoutPrice, $"listed at {at}, when no price was set");
            }
        }
    }

    private void CompareSeries(int number)
    {
        var product = facts.Product(number);
        if (product.Series is { } series && product.VersionAt(series.At, series.ProductVersion) is var inForce && inForce != series.ProductVersion)
        {
            problems.Add(StreamId.Offer(new(facts.Products[number])), series.Version, AuditRule.SoldVersionDiffers,
                $"packs of version {series.ProductVersion} are set aside at {series.At}; in force was version {inForce}");
        }
    }

    private void CompareGrant(string deal, Side licence)
    {
        var product = facts.Product(licence.Product);
        var name = new ProductId(facts.Products[licence.Product]);
        var stream = licence.Channel == TradeChannel.OrderBook ? StreamId.Book(name) : StreamId.Offer(name);
        if (licence.InSandbox)
        {
            // On trial a product is sold without certificate, price and place on a shelf: see SandboxFacts.
            return;
        }

        if (!product.IsCertifiedBy(licence.At))
        {
            Add(AuditRule.SoldWithoutCertificate, "before the product was certified");
        }
        else if (!product.IsValidAt(licence.At))
        {
            Add(AuditRule.SoldAfterCertificateEnd, "when the certificate had ended");
        }

        if (!product.IsPricedBy(licence.At))
        {
            Add(AuditRule.SoldWithoutPrice, "before the product was priced");
        }

        var place = product.PlaceAt(licence.Venue, licence.At);
        if (place != ProductFacts.Shelf.Listed)
        {
            var isSuspended = place == ProductFacts.Shelf.Suspended;
            Add(isSuspended ? AuditRule.SoldWhileSuspended : AuditRule.SoldWithoutListing,
                $"when the listing at {facts.Venues[licence.Venue]} was {(isSuspended ? "suspended" : "not there")}");
        }

        var version = licence.Channel == TradeChannel.OrderBook && product.Series is { } series
            ? series.ProductVersion
            : product.VersionAt(licence.At, licence.ProductVersion);
        if (version != licence.ProductVersion)
        {
            Add(AuditRule.SoldVersionDiffers, $"for version {licence.ProductVersion} of the product; in force was version {version}");
        }

        void Add(AuditRule rule, string when) =>
            problems.Add(stream, licence.Version, rule, $"{deal} is granted a licence at {licence.At}, {when}");
    }

    private void CompareRegistration(string deal, ref readonly DealFacts found)
    {
        var stream = StreamId.Deal(new(deal));
        var registration = found.Registration;
        var product = facts.Product(registration.Product);
        var isOnTrial = found.Licence.InSandbox;
        if (!isOnTrial && !product.IsCertifiedBy(registration.At))
        {
            Add(AuditRule.SoldWithoutCertificate, $"registered at {registration.At}, before the product was certified");
        }

        if (!isOnTrial && !product.IsPricedBy(registration.At))
        {
            Add(AuditRule.SoldWithoutPrice, $"registered at {registration.At}, before the product was priced");
        }

        if (!isOnTrial && !product.WasListedBy(registration.Venue, registration.At))
        {
            Add(AuditRule.SoldWithoutListing,
                $"registered at {registration.At}, before the product was listed at {facts.Venues[registration.Venue]}");
        }

        if (registration.AmountFen <= 0)
        {
            Add(AuditRule.AmountNotPositive, $"registered at {registration.AmountFen} fen; every amount is above 0");
        }

        var licence = found.Licence;
        if (!licence.Exists || licence.At > registration.At)
        {
            Add(AuditRule.RegisteredWithoutLicence,
                licence.Exists
                    ? $"registered at {registration.At}; the licence is of {licence.At}"
                    : "no offer granted the deal a licence");
        }
        else if (found.LicenceRevokedVersion > licence.Version && found.LicenceRevokedAt < registration.At)
        {
            Add(AuditRule.RegisteredWithoutLicence,
                $"registered at {registration.At}; the licence was taken back at {found.LicenceRevokedAt}");
        }
        else if (Difference(licence, registration) is { } difference)
        {
            Add(AuditRule.RegistrationDiffers, difference);
        }

        void Add(AuditRule rule, string detail) => problems.Add(stream, registration.Version, rule, detail);
    }

    private string? Difference(Side licence, Side registration) =>
        licence.Product != registration.Product
            ? $"product is {facts.Products[registration.Product]}; the licence is for {facts.Products[licence.Product]}"
        : licence.Venue != registration.Venue
            ? $"venue is {facts.Venues[registration.Venue]}; the licence's is {facts.Venues[licence.Venue]}"
        : licence.Buyer != registration.Buyer
            ? $"buyer is {facts.Parties[registration.Buyer]}; the licence's is {facts.Parties[licence.Buyer]}"
        : licence.Provider != registration.Provider
            ? $"provider is {facts.Parties[registration.Provider]}; the licence's is {facts.Parties[licence.Provider]}"
        : licence.Channel != registration.Channel
            ? $"channel is {registration.Channel}; the licence's is {licence.Channel}"
        : licence.AmountFen != registration.AmountFen
            ? $"amount is {registration.AmountFen} fen; the licence's is {licence.AmountFen} fen"
        : null;
}
