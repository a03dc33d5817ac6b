using DataExchange.Domain.Trading;

namespace DataExchange.Domain.Tests;

/// <summary>Names and figures that the tests share.</summary>
internal static class Sample
{
    internal static readonly ProductId Product = new("P000001");
    internal static readonly ProductId OtherProduct = new("P000002");
    internal static readonly RequirementId Requirement = new("R000001");
    internal static readonly DealId Deal = new("D0000001");
    internal static readonly DealId OtherDeal = new("D0000002");
    internal static readonly PartyId Provider = new("provider");
    internal static readonly PartyId Buyer = new("buyer");
    internal static readonly PartyId Contributor = new("contributor");
    internal static readonly VenueId Venue = new("zjbdec");
    internal static readonly VenueId OtherVenue = new("hzdex");
    internal static readonly Handle Certificate = Handle.OfCertificate(Product, 1);

    internal static readonly LicenceTerms OpenEnded = new(LicenceKind.OpenEnded, PriceUnit.PerLicence, 100_000, null, 1, false);
    internal static readonly LicenceTerms TwoCopies = new(LicenceKind.Capped, PriceUnit.PerLicence, 100_000, 2, 1, false);
    internal static readonly LicenceTerms Exclusive = new(LicenceKind.Exclusive, PriceUnit.PerLicence, 100_000, null, 1, false);
    internal static readonly LicenceTerms CallPack = new(LicenceKind.CallPack, PriceUnit.PerCall, 30, null, 1_000, true);
    internal static readonly LicenceTerms ByContract = new(LicenceKind.OpenEnded, PriceUnit.Negotiated, 100_000, null, 1, false);

    /// <summary>Two firms, 3,000 yuan, until day 90.</summary>
    internal static readonly SandboxConditions OnTrial = new(2, 300_000, Day(90), []);

    /// <summary>Prices by the yuan, at most 1,000 packs an order, 10 % band.</summary>
    internal static readonly BookRules Rules = new(100, 10_000_000, 1_000, 1_000, 300, 250, 600);

    /// <summary>Midnight in China, so many days after the first of 2024.</summary>
    internal static SimulatedTime Day(int days) => SimulatedTime.On(new DateOnly(2024, 1, 1)).AddDays(days);
}
