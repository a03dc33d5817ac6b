namespace DataExchange.Domain;

/// <summary>Identity of a data product, readable: <c>P000042</c>.</summary>
/// <param name="Value">Its text, never empty, without a slash.</param>
public readonly record struct ProductId(string Value)
{
    /// <inheritdoc />
    public override string ToString() => Value;
}

/// <summary>Identity of a party: a provider, buyer, assessor, venue operator or authority.</summary>
/// <param name="Value">Its text, never empty, without a slash.</param>
public readonly record struct PartyId(string Value)
{
    /// <inheritdoc />
    public override string ToString() => Value;
}

/// <summary>Identity of a deal, readable: <c>D0000042</c>.</summary>
/// <param name="Value">Its text, never empty, without a slash.</param>
public readonly record struct DealId(string Value)
{
    /// <inheritdoc />
    public override string ToString() => Value;
}

/// <summary>Identity of a buyer's requirement, readable: <c>R000042</c>.</summary>
/// <param name="Value">Its text, never empty, without a slash.</param>
public readonly record struct RequirementId(string Value)
{
    /// <inheritdoc />
    public override string ToString() => Value;
}

/// <summary>Identity of an auction: the product's, and its number among the product's auctions: <c>P000042-1</c>.</summary>
/// <param name="Value">Its text, never empty, without a slash.</param>
public readonly record struct AuctionId(string Value)
{
    /// <summary>The auction of a product with a number.</summary>
    /// <param name="product">The product.</param>
    /// <param name="number">1 for its first auction.</param>
    public static AuctionId Of(ProductId product, int number) => new(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{product.Value}-{number}"));

    /// <summary>The deal of an award: <c>P000042-1-1</c>.</summary>
    /// <param name="award">1 for the first award.</param>
    public DealId DealOf(int award) => new(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Value}-{award}"));

    /// <inheritdoc />
    public override string ToString() => Value;
}

/// <summary>Identity of a bundle of a provider's products: <c>B000042</c>.</summary>
/// <param name="Value">Its text, never empty, without a slash.</param>
public readonly record struct BundleId(string Value)
{
    /// <summary>The deal of a part of an order: <c>firm-0012-0003-1</c>.</summary>
    /// <param name="order">The order.</param>
    /// <param name="part">1 for the first part.</param>
    public static DealId DealOf(DealId order, int part) => new(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{order.Value}-{part}"));

    /// <inheritdoc />
    public override string ToString() => Value;
}

/// <summary>Identity of a data trading venue: <c>zjbdec</c> or <c>hzdex</c> in the Hangzhou scenario.</summary>
/// <param name="Value">Its text, never empty, without a slash.</param>
public readonly record struct VenueId(string Value)
{
    /// <inheritdoc />
    public override string ToString() => Value;
}

/// <summary>
/// A resolvable name in the Internet of Data (数联网), after the Digital Object Architecture: prefix, slash, local name.
/// The prefix <c>86.dex</c> is made up for the model, not registered.
/// </summary>
/// <param name="Value">The whole handle: <c>86.dex/cert.P000042.1</c>.</param>
public readonly record struct Handle(string Value)
{
    private const string Prefix = "86.dex/";

    /// <summary>Handle of a product.</summary>
    /// <param name="product">The product.</param>
    public static Handle OfProduct(ProductId product) => new($"{Prefix}product.{product.Value}");

    /// <summary>Handle of one version of a product's registration.</summary>
    /// <param name="product">The product.</param>
    /// <param name="number">1 as first registered, one more for each change of its content; a correction of words makes none.</param>
    public static Handle OfVersion(ProductId product, int number) => new($"{Prefix}version.{product.Value}.{number}");

    /// <summary>Handle of a party.</summary>
    /// <param name="party">The party.</param>
    public static Handle OfParty(PartyId party) => new($"{Prefix}party.{party.Value}");

    /// <summary>Handle of a deal.</summary>
    /// <param name="deal">The deal.</param>
    public static Handle OfDeal(DealId deal) => new($"{Prefix}deal.{deal.Value}");

    /// <summary>Handle of a product's certificate.</summary>
    /// <param name="product">The product.</param>
    /// <param name="number">1 for the first certificate, one more for each renewal.</param>
    public static Handle OfCertificate(ProductId product, int number) => new($"{Prefix}cert.{product.Value}.{number}");

    /// <summary>Handle of a deal's data invoice.</summary>
    public static Handle OfInvoice(DealId deal) => new($"{Prefix}invoice.{deal.Value}");

    /// <inheritdoc />
    public override string ToString() => Value;
}

/// <summary>The readable ids of event streams: kind, slash, local name. Each kind belongs to one capability.</summary>
public static class StreamId
{
    /// <summary>Rights: a party's registration.</summary>
    public static string Party(PartyId party) => "party/" + party.Value;

    /// <summary>Rights: a product's registration and certificate.</summary>
    public static string Product(ProductId product) => "product/" + product.Value;

    /// <summary>Rights: who registered a content fingerprint first.</summary>
    public static string Fingerprint(string fingerprint) => "fingerprint/" + fingerprint;

    /// <summary>Pricing: a product's valuation and price versions.</summary>
    public static string Pricing(ProductId product) => "pricing/" + product.Value;

    /// <summary>Listing: a product's place on the shelves.</summary>
    public static string Listing(ProductId product) => "listing/" + product.Value;

    /// <summary>Listing: what a buyer asks the shelves for.</summary>
    public static string Requirement(RequirementId requirement) => "requirement/" + requirement.Value;

    /// <summary>Trading: a product's issuance right, what may be sold and what was.</summary>
    public static string Offer(ProductId product) => "offer/" + product.Value;

    /// <summary>Trading: the order book of a product's call packs.</summary>
    public static string Book(ProductId product) => "book/" + product.Value;

    /// <summary>Trading: an auction of licences.</summary>
    public static string Auction(AuctionId auction) => "auction/" + auction.Value;

    /// <summary>Trading: products of a provider that are sold together.</summary>
    public static string Bundle(BundleId bundle) => "bundle/" + bundle.Value;

    /// <summary>Trading: a buyer's admission.</summary>
    public static string Buyer(PartyId party) => "buyer/" + party.Value;

    /// <summary>Trading: a deal from request to completion.</summary>
    public static string Deal(DealId deal) => "deal/" + deal.Value;

    /// <summary>Settlement: a party's funds at the exchange.</summary>
    public static string Account(PartyId party) => "account/" + party.Value;

    /// <summary>Settlement: a deal's escrow, distribution and data invoice.</summary>
    public static string Settlement(DealId deal) => "settlement/" + deal.Value;

    /// <summary>Settlement: what a party's proceeds came to, what was paid out, and what it owes.</summary>
    public static string Payable(PartyId party) => "payable/" + party.Value;

    /// <summary>Settlement: the chain that data invoices are anchored in.</summary>
    public static string Chain(string name) => "chain/" + name;

    /// <summary>Trust: the heads of a venue's log, published, and anchored in the logs of the others.</summary>
    public static string Log(VenueId venue) => "log/" + venue.Value;

    /// <summary>The kind of stream: what stands before the slash.</summary>
    public static ReadOnlySpan<char> KindOf(ReadOnlySpan<char> streamId)
    {
        var slash = streamId.IndexOf('/');
        return slash < 0 ? streamId : streamId[..slash];
    }
}
