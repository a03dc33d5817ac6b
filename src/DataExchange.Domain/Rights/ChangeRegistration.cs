namespace DataExchange.Domain.Rights;

/// <summary>The certified rights passed to another holder (转让登记).</summary>
/// <param name="Product">The product.</param>
/// <param name="Certificate">Handle of the certificate.</param>
/// <param name="NewHolder">Who holds them now.</param>
/// <param name="Rights">Which of the three rights.</param>
/// <param name="ValidUntil">First moment at which the certificate is no longer valid.</param>
[EventName("rights_transferred")]
public sealed record RightsTransferred(
    ProductId Product, Handle Certificate, PartyId NewHolder, DataRights Rights, SimulatedTime ValidUntil) : Event;

/// <summary>Transfers the certified rights.</summary>
/// <param name="Product">The product.</param>
/// <param name="NewHolder">Another party than the present holder.</param>
public sealed record TransferRights(ProductId Product, PartyId NewHolder) : RightsCommand(Product)
{
    internal Decision Decide(ProductRights state) =>
        state.Stage != RightsStage.Certified ? Decision.Reject(RightsDecider.Forbidden(state.Stage))
        : At >= state.ValidUntil ? Decision.Reject(Rejection.CertificateExpired)
        : NewHolder == state.Holder ? Decision.Reject(Rejection.TermInvalid)
        : Decision.Accept(new RightsTransferred(
            Product, Handle.OfCertificate(Product, state.Certificates), NewHolder, state.Rights, state.ValidUntil) { At = At, By = By });
}

/// <summary>The holder licensed rights to another party (许可登记).</summary>
/// <param name="Product">The product.</param>
/// <param name="Licensee">Who may use them.</param>
/// <param name="Rights">Which rights.</param>
/// <param name="Until">First moment at which the licence is over.</param>
[EventName("rights_licensed")]
public sealed record RightsLicensed(ProductId Product, PartyId Licensee, DataRights Rights, SimulatedTime Until) : Event;

/// <summary>Licenses certified rights to another party.</summary>
/// <param name="Product">The product.</param>
/// <param name="Licensee">Who may use them.</param>
/// <param name="Rights">Which rights, all of them certified to the holder.</param>
/// <param name="Until">End of the licence, not after the certificate's.</param>
public sealed record LicenseRights(ProductId Product, PartyId Licensee, DataRights Rights, SimulatedTime Until) : RightsCommand(Product)
{
    internal Decision Decide(ProductRights state) =>
        state.Stage != RightsStage.Certified ? Decision.Reject(RightsDecider.Forbidden(state.Stage))
        : Rights == DataRights.None || (Rights & ~state.Rights) != DataRights.None ? Decision.Reject(Rejection.NoRightNamed)
        : Until <= At || Until > state.ValidUntil ? Decision.Reject(Rejection.TermInvalid)
        : Decision.Accept(new RightsLicensed(Product, Licensee, Rights, Until) { At = At, By = By });
}

/// <summary>What the registration says was corrected (更正登记): the earlier words stay in the ledger.</summary>
/// <param name="Product">The product.</param>
/// <param name="Title">Corrected title in Chinese.</param>
/// <param name="TitleEn">Corrected title in English.</param>
[EventName("registration_corrected")]
public sealed record RegistrationCorrected(ProductId Product, string Title, string TitleEn) : Event;

/// <summary>Corrects the title of a certified product.</summary>
/// <param name="Product">The product.</param>
/// <param name="Title">Corrected title in Chinese.</param>
/// <param name="TitleEn">Corrected title in English.</param>
public sealed record CorrectRegistration(ProductId Product, string Title, string TitleEn) : RightsCommand(Product)
{
    internal Decision Decide(ProductRights state) =>
        state.Stage != RightsStage.Certified ? Decision.Reject(RightsDecider.Forbidden(state.Stage))
        : Decision.Accept(new RegistrationCorrected(Product, Title, TitleEn) { At = At, By = By });
}
