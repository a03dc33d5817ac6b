using DataExchange.Domain.Rights;
using static DataExchange.Domain.Tests.Sample;

namespace DataExchange.Domain.Tests.Rights;

public sealed class RightsDeciderTests : DeciderSpecification<RightsDecider, RightsCommand, ProductRights>
{
    private const EvidenceKinds AllEvidence =
        EvidenceKinds.LawfulSource | EvidenceKinds.PersonalConsent | EvidenceKinds.SecurityAssessment | EvidenceKinds.OperationAuthorisation;

    private static readonly RegisterProduct Application = new(
        Product, Provider, Venue, "企业用电指数", "Power use index", ProductForm.Api, "industry", "T001", SecurityClass.Important,
        true, true, "credit scoring", "f00d", false) { At = Day(0), By = Provider };

    private static readonly AssessCompliance Assessment = new(Product, false, false, false) { At = Day(3), By = Operator };

    private static readonly CertifyRights Certification =
        new(Product, DataRights.ProductOperation | DataRights.ProcessingAndUse, Day(400), true) { At = Day(40), By = Operator };

    private static readonly ReviseProduct Revision = new(Product, "beef", "more fields", null) { At = Day(100), By = Provider };

    private static ProductSource Source => new("c0ffee", 7, "a-1", "County Office", "dcat");
    private static readonly AdmitToSandbox Admission = new(Product, Venue, OpenEnded, [], OnTrial) { At = Day(4), By = Operator };

    private static PartyId Operator => new("operator");

    /// <inheritdoc />
    protected override IReadOnlyDictionary<string, Event[]> Histories { get; } = MakeHistories();

    /// <inheritdoc />
    protected override IReadOnlyDictionary<string, RightsCommand> Commands { get; } = new Dictionary<string, RightsCommand>
    {
        ["RegisterProduct"] = Application,
        ["SubmitEvidence"] = new SubmitEvidence(Product, AllEvidence) { At = Day(1), By = Provider },
        ["AcceptApplication"] = new AcceptApplication(Product) { At = Day(2), By = Operator },
        ["AssessCompliance"] = Assessment,
        ["EvaluateQuality"] = new EvaluateQuality(Product, 90, 80, 70, 60) { At = Day(4), By = Operator },
        ["PublishRights"] = new PublishRights(Product, Day(30)) { At = Day(20), By = Operator },
        ["RaiseObjection"] = new RaiseObjection(Product, Buyer, "mine") { At = Day(25), By = Buyer },
        ["DecideObjection:dismiss"] = new DecideObjection(Product, false) { At = Day(26), By = Operator },
        ["DecideObjection:uphold"] = new DecideObjection(Product, true) { At = Day(26), By = Operator },
        ["CertifyRights"] = Certification,
        ["RenewCertificate"] = new RenewCertificate(Product, Day(700)) { At = Day(300), By = Operator },
        ["ExpireCertificate"] = new ExpireCertificate(Product) { At = Day(400), By = Operator },
        ["RevokeCertificate"] = new RevokeCertificate(Product, "fraud") { At = Day(100), By = Operator },
        ["TransferRights"] = new TransferRights(Product, Contributor) { At = Day(100), By = Provider },
        ["LicenseRights"] = new LicenseRights(Product, Contributor, DataRights.ProcessingAndUse, Day(200)) { At = Day(100), By = Provider },
        ["CorrectRegistration"] = new CorrectRegistration(Product, "企业用电指数 v2", "Power use index v2") { At = Day(100), By = Provider },
        ["ReviseProduct"] = Revision,
        ["AdmitToSandbox"] = Admission,
        ["ExtendSandbox"] = new ExtendSandbox(Product, OnTrial with { MostBuyers = 3 }) { At = Day(5), By = Operator },
        ["EndSandbox"] = new EndSandbox(Product, "doubts") { At = Day(6), By = Operator },
        ["CancelRegistration"] = new CancelRegistration(Product) { At = Day(100), By = Provider },
        ["WithdrawApplication"] = new WithdrawApplication(Product) { At = Day(5), By = Provider },
    };

    /// <inheritdoc />
    protected override IEnumerable<string> Stages => Enum.GetNames<RightsStage>();

    /// <inheritdoc />
    protected override IEnumerable<string> StagesOf(ProductRights state) => [state.Stage.ToString()];

    /// <inheritdoc />
    protected override IReadOnlyList<Guard> Guards { get; } =
    [
        new("core data are refused", "Unregistered", Application with { SecurityClass = SecurityClass.Core }, "RegistrationRefused!NationalCoreData"),
        new("no scenario, no registration", "Unregistered", Application with { UseScenario = " " }, "RegistrationRefused!NoUseScenario"),
        new("content registered before is refused", "Unregistered", Application with { FingerprintIsTaken = true },
            "RegistrationRefused!DuplicateOfEarlierRegistration"),
        new("what comes from a catalogue says so", "Unregistered", Application with { Source = Source }, "ProductRegistered+ProductImported"),
        new("what comes from a catalogue says so when it is refused", "Unregistered", Application with { Source = Source, UseScenario = "" },
            "RegistrationRefused+ProductImported!NoUseScenario"),
        new("a catalogue's product is registered once", "Registered", Application with { Source = Source }, "!ProductAlreadyRegistered"),
        new("an unlawful source is rejected", "ApplicationAccepted", Assessment with { SourceIsUnlawful = true },
            "ComplianceRejected!UnlawfulSource"),
        new("disputed ownership is rejected", "ApplicationAccepted", Assessment with { OwnershipIsDisputed = true },
            "ComplianceRejected!OwnershipDisputed"),
        new("public harm is rejected", "ApplicationAccepted", Assessment with { HarmsPublicInterest = true },
            "ComplianceRejected!HarmsPublicInterest"),
        new("no proof of the source is returned", "ApplicationAccepted (without evidence)", Assessment, "ComplianceReturned!EvidenceMissing"),
        new("no consent is returned", "ApplicationAccepted (without consent)", Assessment,
            "ComplianceReturned!PersonalInformationWithoutConsent"),
        new("no security assessment is returned", "ApplicationAccepted (without assessment)", Assessment,
            "ComplianceReturned!ImportantDataWithoutSecurityAssessment"),
        new("what was returned twice is rejected", "ApplicationAccepted (returned twice)", Assessment, "ComplianceRejected!EvidenceMissing"),
        new("a mended application passes", "ApplicationAccepted (mended)", Assessment, "CompliancePassed"),
        new("a grade above 100", "CompliancePassed", new EvaluateQuality(Product, 0, 100, 101, 0) { At = Day(4), By = Operator }, "!QualityOutOfRange"),
        new("a grade below 0", "CompliancePassed", new EvaluateQuality(Product, 0, -1, 100, 0) { At = Day(4), By = Operator }, "!QualityOutOfRange"),
        new("grades of 0 and 100", "CompliancePassed", new EvaluateQuality(Product, 0, 100, 100, 0) { At = Day(4), By = Operator }, "QualityEvaluated"),
        new("a publicity that ends at once", "QualityEvaluated", new PublishRights(Product, Day(20)) { At = Day(20), By = Operator }, "!TermInvalid"),
        new("an objection at the last moment", "Published", new RaiseObjection(Product, Buyer, "mine") { At = Day(30), By = Buyer }, "ObjectionRaised"),
        new("an objection too late", "Published", new RaiseObjection(Product, Buyer, "mine") { At = Day(30).AddSeconds(1), By = Buyer },
            "!ObjectionPeriodOver"),
        new("certifying at the last moment for objections", "Published", Certification with { At = Day(30) }, "!ObjectionPeriodRunning"),
        new("certifying right after it", "Published", Certification with { At = Day(30).AddSeconds(1) }, "RightsCertified"),
        new("a certificate of nothing", "Published", Certification with { Rights = DataRights.None }, "!NoRightNamed"),
        new("a certificate that ends at once", "Published", Certification with { ValidUntil = Day(40) }, "!TermInvalid"),
        new("renewing at the end", "Certified", new RenewCertificate(Product, Day(700)) { At = Day(400), By = Operator }, "!CertificateExpired"),
        new("renewing to the same end", "Certified", new RenewCertificate(Product, Day(400)) { At = Day(300), By = Operator }, "!TermInvalid"),
        new("renewing after a renewal", "Certified (renewed)", new RenewCertificate(Product, Day(701)) { At = Day(400), By = Operator },
            "CertificateRenewed"),
        new("expiring before the end", "Certified", new ExpireCertificate(Product) { At = Day(400).AddSeconds(-1), By = Operator },
            "!CertificateStillValid"),
        new("transferring to oneself", "Certified", new TransferRights(Product, Provider) { At = Day(100), By = Provider }, "!TermInvalid"),
        new("transferring what has ended", "Certified", new TransferRights(Product, Buyer) { At = Day(400), By = Provider }, "!CertificateExpired"),
        new("licensing a right one has not", "Certified",
            new LicenseRights(Product, Buyer, DataRights.ResourceHolding, Day(200)) { At = Day(100), By = Provider }, "!NoRightNamed"),
        new("licensing nothing", "Certified",
            new LicenseRights(Product, Buyer, DataRights.None, Day(200)) { At = Day(100), By = Provider }, "!NoRightNamed"),
        new("licensing beyond the certificate", "Certified",
            new LicenseRights(Product, Buyer, DataRights.ProductOperation, Day(401)) { At = Day(100), By = Provider }, "!TermInvalid"),
        new("content of another product", "Certified", Revision with { ClaimedBy = new("P000002") }, "RevisionRefused!DuplicateOfEarlierRegistration"),
        new("content of an earlier version", "Certified", Revision with { ClaimedBy = Product }, "RevisionRefused!FingerprintAlreadyClaimed"),
        new("changing what has ended", "Certified", Revision with { At = Day(400) }, "!CertificateExpired"),
        new("changing it again", "Certified (revised)", Revision, "ProductRevised"),
        new("no trial without a lawful source", "ApplicationAccepted (without evidence)", Admission, "!EvidenceMissing"),
        new("no trial without consent", "ApplicationAccepted (without consent)", Admission, "!PersonalInformationWithoutConsent"),
        new("a trial without a security assessment", "ApplicationAccepted (without assessment)", Admission, "SandboxAdmitted"),
        new("no buyers", "Published", Admission with { Conditions = OnTrial with { MostBuyers = 0 } }, "!SandboxConditionsInvalid"),
        new("no amount", "Published", Admission with { Conditions = OnTrial with { MostAmountFen = 0 } }, "!SandboxConditionsInvalid"),
        new("a trial that ends at once", "Published", Admission with { Conditions = OnTrial with { Until = Day(4) } }, "!SandboxConditionsInvalid"),
        new("a firm named twice", "Published", Admission with { Conditions = OnTrial with { Buyers = [Buyer, Buyer] } }, "!SandboxConditionsInvalid"),
        new("exclusive on trial", "Published", Admission with { Terms = Exclusive }, "!SandboxConditionsInvalid"),
        new("capped on trial", "Published", Admission with { Terms = TwoCopies }, "!SandboxConditionsInvalid"),
        new("to be sold on", "Published", Admission with { Terms = CallPack }, "!SandboxConditionsInvalid"),
        new("shares of more than all", "Published", Admission with { Contributors = [new(Contributor, 10_000)] }, "!ContributorSharesInvalid"),
        new("one trial a product", "Published (on trial)", Admission, "!AlreadyInSandbox"),
        new("no second trial", "Published (trial ended)", Admission, "!AlreadyInSandbox"),
        new("more buyers", "Published (on trial)", Loosening(OnTrial with { MostBuyers = 3 }), "SandboxExtended"),
        new("a larger amount", "Published (on trial)", Loosening(OnTrial with { MostAmountFen = 300_001 }), "SandboxExtended"),
        new("a later end", "Published (on trial)", Loosening(OnTrial with { Until = Day(91) }), "SandboxExtended"),
        new("the same conditions", "Published (on trial)", Loosening(OnTrial), "!SandboxConditionsInvalid"),
        new("fewer buyers", "Published (on trial)", Loosening(OnTrial with { MostBuyers = 1, Until = Day(91) }), "!SandboxConditionsInvalid"),
        new("an earlier end", "Published (on trial)", Loosening(OnTrial with { MostBuyers = 3, Until = Day(89) }), "!SandboxConditionsInvalid"),
        new("named firms where any could buy", "Published (on trial)", Loosening(OnTrial with { MostBuyers = 3, Buyers = [Buyer] }), "!SandboxConditionsInvalid"),
        new("one more named firm", "Published (on trial, named)", Loosening(OnTrial with { Buyers = [Buyer, Contributor] }), "SandboxExtended"),
        new("another named firm", "Published (on trial, named)", Loosening(OnTrial with { MostBuyers = 3, Buyers = [Contributor] }), "!SandboxConditionsInvalid"),
        new("loosening at the end", "Published (on trial)", Loosening(OnTrial with { Until = Day(91) }) with { At = Day(90) }, "!SandboxOver"),
        new("loosening at the last moment", "Published (on trial)", Loosening(OnTrial with { Until = Day(91) }) with { At = Day(90).AddSeconds(-1) }, "SandboxExtended"),
        new("loosening what ended", "Published (trial ended)", Loosening(OnTrial with { Until = Day(91) }), "!NotInSandbox"),
        new("the venue ends a trial", "Published (on trial)", new EndSandbox(Product, "doubts") { At = Day(50), By = Operator }, "SandboxEnded"),
        new("a trial ends once", "Published (trial ended)", new EndSandbox(Product, "doubts") { At = Day(50), By = Operator }, "!NotInSandbox"),
        new("the certificate ends a trial", "Published (on trial)", Certification, "SandboxEnded+RightsCertified"),
        new("a rejection ends a trial", "ApplicationAccepted (on trial)", Assessment with { SourceIsUnlawful = true }, "SandboxEnded+ComplianceRejected!UnlawfulSource"),
        new("a return does not", "ApplicationAccepted (on trial)", Assessment, "ComplianceReturned!ImportantDataWithoutSecurityAssessment"),
        new("an objection upheld ends a trial", "Objected (on trial)", new DecideObjection(Product, true) { At = Day(26), By = Operator },
            "SandboxEnded+ObjectionUpheld!ObjectionUpheld"),
        new("an objection dismissed does not", "Objected (on trial)", new DecideObjection(Product, false) { At = Day(26), By = Operator }, "ObjectionDismissed"),
        new("a withdrawal ends a trial", "Published (on trial)", new WithdrawApplication(Product) { At = Day(25), By = Provider }, "SandboxEnded+ApplicationWithdrawn"),
        new("a withdrawal after a trial", "Published (trial ended)", new WithdrawApplication(Product) { At = Day(25), By = Provider }, "ApplicationWithdrawn"),
        new("licensing for no time", "Certified",
            new LicenseRights(Product, Buyer, DataRights.ProductOperation, Day(100)) { At = Day(100), By = Provider }, "!TermInvalid"),
    ];

    /// <inheritdoc />
    protected override string Decisions => RightsDecisions.Table;

    /// <inheritdoc />
    protected override string Evolution => """
        ApplicationAccepted: EvidenceSubmitted
        ApplicationWithdrawn: Registered, EvidenceSubmitted, ApplicationAccepted, Returned, CompliancePassed, QualityEvaluated, Published, Objected
        CertificateExpired: Certified
        CertificateRenewed: Certified
        CertificateRevoked: Certified
        CompliancePassed: ApplicationAccepted
        ComplianceRejected: ApplicationAccepted
        ComplianceReturned: ApplicationAccepted
        EvidenceSubmitted: Registered, Returned
        ObjectionDismissed: Objected
        ObjectionRaised: Published
        ObjectionUpheld: Objected
        ProductImported: Refused, Registered
        ProductRegistered: Unregistered
        ProductRevised: Certified
        QualityEvaluated: CompliancePassed
        RegistrationCancelled: Certified
        RegistrationCorrected: Certified
        RegistrationRefused: Unregistered
        RevisionRefused: Certified
        RightsCertified: Published
        SandboxAdmitted: EvidenceSubmitted, ApplicationAccepted, Returned, CompliancePassed, QualityEvaluated, Published
        SandboxEnded: 
        SandboxExtended: 
        RightsLicensed: Certified
        RightsPublished: QualityEvaluated
        RightsTransferred: Certified
        """;

    [Theory]
    [InlineData("EvidenceSubmitted", Rejection.ApplicationNotAccepted)]
    [InlineData("Returned", Rejection.EvidenceMissing)]
    [InlineData("CompliancePassed", Rejection.QualityNotEvaluated)]
    [InlineData("Published", Rejection.ObjectionPeriodRunning)]
    public void An_admission_says_what_the_product_lacks(string state, Rejection lacks) =>
        Assert.Equal(lacks, Assert.IsType<SandboxAdmitted>(RightsDecider.Decide(Admission, Given(state)).Events[0]).Lacks);

    [Theory]
    [InlineData(89, SandboxEnd.VenueOrder, "doubts")]
    [InlineData(90, SandboxEnd.Expired, "")]
    public void A_trial_expires_at_its_end_and_before_it_only_the_venue_ends_it(int day, SandboxEnd end, string ground)
    {
        var ended = Assert.IsType<SandboxEnded>(
            RightsDecider.Decide(new EndSandbox(Product, "doubts") { At = Day(day), By = Operator }, Given("Published (on trial)")).Events[0]);
        Assert.Equal((end, ground), (ended.End, ended.Ground));
    }

    private static ExtendSandbox Loosening(SandboxConditions conditions) => new(Product, conditions) { At = Day(30), By = Operator };

    [Fact]
    public void Versions_are_counted_from_the_content_first_registered()
    {
        Assert.Equal(2, VersionAfter("Certified"));
        Assert.Equal(3, VersionAfter("Certified (revised)"));

        int VersionAfter(string state) => Assert.IsType<ProductRevised>(RightsDecider.Decide(Revision, Given(state)).Events[0]).Version;
    }

    [Fact]
    public void A_version_left_out_is_an_impossible_history() =>
        Assert.Throws<ImpossibleHistoryException>(() =>
            RightsDecider.Evolve(Given("Certified"), new ProductRevised(Product, 3, "beef", "more fields") { At = Day(100), By = Provider }));

    private static Dictionary<string, Event[]> MakeHistories()
    {
        Event registered = new ProductRegistered(Product, Provider, Venue, Application.Title, Application.TitleEn, ProductForm.Api, "industry",
            "T001", SecurityClass.Important, true, true, "credit scoring", "f00d") { At = Day(0), By = Provider };
        var admitted = new SandboxAdmitted(Product, Venue, Provider, SecurityClass.Important, Rejection.ObjectionPeriodRunning, OpenEnded, [], OnTrial)
            { At = Day(3), By = Operator };
        Event accepted = new ApplicationAccepted(Product) { At = Day(2), By = Operator };
        Event returned = new ComplianceReturned(Product, Rejection.EvidenceMissing) { At = Day(3), By = Operator };
        Event Evidence(EvidenceKinds kinds) => new EvidenceSubmitted(Product, kinds) { At = Day(1), By = Provider };
        Event[] evidence = [registered, Evidence(AllEvidence)];
        Event[] passed = [.. evidence, accepted, new CompliancePassed(Product) { At = Day(3), By = Operator }];
        Event[] graded = [.. passed, new QualityEvaluated(Product, 90, 80, 70, 60) { At = Day(4), By = Operator }];
        Event[] published = [.. graded, new RightsPublished(Product, Day(30)) { At = Day(20), By = Operator }];
        Event[] certified =
        [
            .. published,
            new RightsCertified(Product, Certificate, Provider, Certification.Rights, Day(400), true, SecurityClass.Important)
            {
                At = Day(40),
                By = Operator,
            },
        ];
        return new()
        {
            ["Unregistered"] = [],
            ["Refused"] = [new RegistrationRefused(Product, Provider, Venue, "", "", Rejection.NoUseScenario) { At = Day(0), By = Provider }],
            ["Registered"] = [registered],
            ["EvidenceSubmitted"] = evidence,
            ["ApplicationAccepted"] = [.. evidence, accepted],
            ["Returned"] = [.. evidence, accepted, returned],
            ["CompliancePassed"] = passed,
            ["QualityEvaluated"] = graded,
            ["Published"] = published,
            ["Objected"] = [.. published, new ObjectionRaised(Product, Buyer, "mine") { At = Day(25), By = Buyer }],
            ["Certified"] = certified,
            ["Published (on trial)"] = [.. published, admitted],
            ["Published (on trial, named)"] = [.. published, admitted with { Conditions = OnTrial with { Buyers = [Buyer] } }],
            ["Published (trial ended)"] = [.. published, admitted, new SandboxEnded(Product, Venue, SandboxEnd.VenueOrder, "doubts") { At = Day(22), By = Operator }],
            ["Objected (on trial)"] = [.. published, admitted, new ObjectionRaised(Product, Buyer, "mine") { At = Day(25), By = Buyer }],
            ["ApplicationAccepted (on trial)"] =
                [registered, Evidence(EvidenceKinds.LawfulSource | EvidenceKinds.PersonalConsent), accepted, admitted],
            ["Certified (revised)"] = [.. certified, new ProductRevised(Product, 2, "beef", "more fields") { At = Day(100), By = Provider }],
            ["Certified (renewed)"] =
            [
                .. certified,
                new CertificateRenewed(Product, Handle.OfCertificate(Product, 2), Provider, Certification.Rights, Day(700))
                {
                    At = Day(300),
                    By = Operator,
                },
            ],
            ["Rejected"] = [.. evidence, accepted, new ComplianceRejected(Product, Rejection.UnlawfulSource) { At = Day(3), By = Operator }],
            ["Withdrawn"] = [registered, new ApplicationWithdrawn(Product) { At = Day(1), By = Provider }],
            ["Expired"] = [.. certified, new CertificateExpired(Product) { At = Day(400), By = Operator }],
            ["Revoked"] = [.. certified, new CertificateRevoked(Product, "fraud") { At = Day(100), By = Operator }],
            ["Cancelled"] = [.. certified, new RegistrationCancelled(Product) { At = Day(100), By = Provider }],
            ["ApplicationAccepted (without evidence)"] = [registered, Evidence(EvidenceKinds.None), accepted],
            ["ApplicationAccepted (without consent)"] =
                [registered, Evidence(EvidenceKinds.LawfulSource | EvidenceKinds.SecurityAssessment), accepted],
            ["ApplicationAccepted (without assessment)"] =
                [registered, Evidence(EvidenceKinds.LawfulSource | EvidenceKinds.PersonalConsent), accepted],
            ["ApplicationAccepted (returned twice)"] =
            [
                registered, Evidence(EvidenceKinds.None), accepted, returned, Evidence(EvidenceKinds.None), accepted, returned,
                Evidence(EvidenceKinds.PersonalConsent), accepted,
            ],
            ["ApplicationAccepted (mended)"] =
            [
                registered, Evidence(EvidenceKinds.LawfulSource), accepted, returned,
                Evidence(EvidenceKinds.PersonalConsent | EvidenceKinds.SecurityAssessment), accepted,
            ],
        };
    }
}
