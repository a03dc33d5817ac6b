namespace DataExchange.Domain.Rights;

/// <summary>A provider applied to register a data product.</summary>
/// <param name="Product">The product.</param>
/// <param name="Provider">The applying data provider (数商).</param>
/// <param name="Venue">The venue that takes the application.</param>
/// <param name="Title">Title in Chinese.</param>
/// <param name="TitleEn">Title in English.</param>
/// <param name="Form">How it is delivered.</param>
/// <param name="Category">Category id, such as <c>industry</c>.</param>
/// <param name="SubTrack">Sub-track of the industry chain graph, by id.</param>
/// <param name="SecurityClass">How sensitive the data are.</param>
/// <param name="ContainsPersonalInformation">Whether they contain personal information.</param>
/// <param name="IsPublicData">Whether they are public data under authorised operation.</param>
/// <param name="UseScenario">What they are for: no scenario, no registration.</param>
/// <param name="Fingerprint">SHA-256 of the content, hexadecimal.</param>
[EventName("product_registered")]
public sealed record ProductRegistered(
    ProductId Product,
    PartyId Provider,
    VenueId Venue,
    string Title,
    string TitleEn,
    ProductForm Form,
    string Category,
    string SubTrack,
    SecurityClass SecurityClass,
    bool ContainsPersonalInformation,
    bool IsPublicData,
    string UseScenario,
    string Fingerprint) : Event;

/// <summary>The application was refused at the door.</summary>
/// <param name="Product">The product.</param>
/// <param name="Provider">The applying provider.</param>
/// <param name="Venue">The venue.</param>
/// <param name="Title">Title in Chinese.</param>
/// <param name="TitleEn">Title in English.</param>
/// <param name="Reason">Why.</param>
[EventName("registration_refused")]
public sealed record RegistrationRefused(
    ProductId Product, PartyId Provider, VenueId Venue, string Title, string TitleEn, Rejection Reason) : Event;

/// <summary>Applies to register a data product.</summary>
/// <param name="Product">The product.</param>
/// <param name="Provider">The applying data provider.</param>
/// <param name="Venue">The venue that takes the application.</param>
/// <param name="Title">Title in Chinese.</param>
/// <param name="TitleEn">Title in English.</param>
/// <param name="Form">How it is delivered.</param>
/// <param name="Category">Category id.</param>
/// <param name="SubTrack">Sub-track id.</param>
/// <param name="SecurityClass">How sensitive the data are.</param>
/// <param name="ContainsPersonalInformation">Whether they contain personal information.</param>
/// <param name="IsPublicData">Whether they are public data.</param>
/// <param name="UseScenario">What they are for; empty is refused.</param>
/// <param name="Fingerprint">SHA-256 of the content, hexadecimal.</param>
/// <param name="FingerprintIsTaken">Whether another product claimed the fingerprint first (read from Rights' own fingerprint stream).</param>
public sealed record RegisterProduct(
    ProductId Product,
    PartyId Provider,
    VenueId Venue,
    string Title,
    string TitleEn,
    ProductForm Form,
    string Category,
    string SubTrack,
    SecurityClass SecurityClass,
    bool ContainsPersonalInformation,
    bool IsPublicData,
    string UseScenario,
    string Fingerprint,
    bool FingerprintIsTaken) : RightsCommand(Product)
{
    /// <summary>The catalogue's record that it is registered from; null when the provider applied itself. Recorded also when it is refused.</summary>
    public ProductSource? Source { get; init; }

    internal Decision Decide(ProductRights state)
    {
        if (state.Stage != RightsStage.Unregistered)
        {
            return Decision.Reject(state.Stage == RightsStage.Refused
                ? Rejection.RegistrationWasRefused
                : Rejection.ProductAlreadyRegistered);
        }

        if (RefusalReason() is { } reason)
        {
            return new Decision(WithSource(new RegistrationRefused(Product, Provider, Venue, Title, TitleEn, reason) { At = At, By = By }), reason);
        }

        return Decision.Accept(WithSource(new ProductRegistered(
            Product, Provider, Venue, Title, TitleEn, Form, Category, SubTrack, SecurityClass,
            ContainsPersonalInformation, IsPublicData, UseScenario, Fingerprint) { At = At, By = By }));
    }

    private Event[] WithSource(Event first) => Source is { } source
        ? [first, new ProductImported(Product, source.Catalogue, source.Record, source.Identifier, source.Publisher, source.Format) { At = At, By = By }]
        : [first];

    private Rejection? RefusalReason() =>
        SecurityClass == SecurityClass.Core ? Rejection.NationalCoreData
        : string.IsNullOrWhiteSpace(UseScenario) ? Rejection.NoUseScenario
        : FingerprintIsTaken ? Rejection.DuplicateOfEarlierRegistration
        : null;
}
