using DataExchange.Domain.Trading;
using static DataExchange.Domain.Tests.Sample;

namespace DataExchange.Domain.Tests.Trading;

public sealed class OfferDeciderTests : DeciderSpecification<OfferDecider, OfferCommand, IssuanceRight>
{
    private static readonly OpenOffer Opening =
        new(Product, Venue, Provider, SecurityClass.Important, Day(400), 1, OpenEnded, []) { At = Day(50), By = Provider };

    private static readonly PlaceOrder Order =
        new(Product, Deal, Venue, Buyer, SecurityClass.Important, TradeChannel.Shelf, 1, null) { At = Day(60), By = Buyer };

    private static readonly PlaceOrder Contract =
        Order with { Channel = TradeChannel.RegisteredContract, ContractAmountFen = 5_000_000 };

    private static readonly OpenTrial Trial =
        new(Product, Venue, Provider, SecurityClass.Important, OpenEnded, [], OnTrial) { At = Day(50), By = Provider };

    private static readonly AllotPacks Allotment = new(Product, Venue, 500, Rules) { At = Day(70), By = Provider };

    private static readonly AnnounceAuction Announcement = new(Product, 1, Venue, AuctionSample.SecondPrice) { At = Day(60), By = Provider };

    private static readonly GrantAward Grant =
        new(Product, AuctionSample.Sale, Venue, new(Buyer, AuctionSample.Sale.DealOf(1), SecurityClass.Important, 1_200)) { At = Day(80), By = Provider };

    private static readonly BundleId Bundled = new("B000001");

    private static readonly JoinBundle Joining = new(Product, Bundled, Venue, 100_000) { At = Day(60), By = Provider };

    private static readonly GrantBundlePart BundlePart =
        new(Product, Bundled, Venue, Buyer, SecurityClass.Important, new(Product, BundleId.DealOf(Deal, 1), 70_001)) { At = Day(61), By = Buyer };

    /// <inheritdoc />
    protected override IReadOnlyDictionary<string, Event[]> Histories { get; } = MakeHistories();

    /// <inheritdoc />
    protected override IReadOnlyDictionary<string, OfferCommand> Commands { get; } = new Dictionary<string, OfferCommand>
    {
        ["OpenOffer"] = Opening,
        ["ChangeOfferTerms"] = new ChangeOfferTerms(Product, 2, TwoCopies) { At = Day(55), By = Provider },
        ["ExtendOffer"] = new ExtendOffer(Product, Day(700)) { At = Day(55), By = Provider },
        ["ChangeOfferVersion"] = new ChangeOfferVersion(Product, 2) { At = Day(55), By = Provider },
        ["OpenTrial"] = Trial,
        ["ExtendTrial"] = new ExtendTrial(Product, OnTrial with { MostBuyers = 3 }) { At = Day(55), By = Provider },
        ["CloseTrial"] = new CloseTrial(Product) { At = Day(56), By = Provider },
        ["PlaceOrder:filed"] = Contract with { Channel = TradeChannel.FiledContract },
        ["SuspendOffer"] = new SuspendOffer(Product, Venue) { At = Day(55), By = Provider },
        ["ResumeOffer"] = new ResumeOffer(Product, Venue) { At = Day(56), By = Provider },
        ["CloseOffer"] = new CloseOffer(Product, Venue) { At = Day(57), By = Provider },
        ["PlaceOrder:shelf"] = Order,
        ["PlaceOrder:contract"] = Contract,
        ["RevokeLicence"] = new RevokeLicence(Product, Deal, 0) { At = Day(70), By = Provider },
        ["AllotPacks"] = Allotment,
        ["AnnounceAuction"] = Announcement,
        ["GrantAward"] = Grant,
        ["JoinBundle"] = Joining,
        ["LeaveBundle"] = new LeaveBundle(Product, Bundled, BundleEnd.Withdrawn) { At = Day(62), By = Provider },
        ["GrantBundlePart"] = BundlePart,
    };

    /// <inheritdoc />
    protected override string Decisions => """
        command             | NotOffered               | Open                | Suspended                      | Closed
        OpenOffer           | OfferOpened              | !AlreadyOffered     | !AlreadyOffered                | OfferOpened
        ChangeOfferTerms    | !NotOffered              | OfferTermsChanged   | OfferTermsChanged              | OfferTermsChanged
        ExtendOffer         | !NotOffered              | OfferExtended       | OfferExtended                  | OfferExtended
        ChangeOfferVersion  | OfferVersionChanged      | OfferVersionChanged | OfferVersionChanged            | OfferVersionChanged
        OpenTrial           | TrialOpened              | !AlreadyOffered     | !AlreadyOffered                | !AlreadyOffered
        ExtendTrial         | !NotInSandbox            | !NotInSandbox       | !NotInSandbox                  | !NotInSandbox
        CloseTrial          | !NotInSandbox            | !NotInSandbox       | !NotInSandbox                  | !NotInSandbox
        PlaceOrder:filed    | OrderRejected!NotOffered | LicenceGranted      | OrderRejected!ProductSuspended | OrderRejected!NotOffered
        SuspendOffer        | !NotOffered              | OfferSuspended      | !ProductSuspended              | !NotOffered
        ResumeOffer         | !NotOffered              | !NotSuspended       | OfferResumed                   | !NotOffered
        CloseOffer          | !NotOffered              | OfferClosed         | OfferClosed                    | !NotOffered
        PlaceOrder:shelf    | OrderRejected!NotOffered | LicenceGranted      | OrderRejected!ProductSuspended | OrderRejected!NotOffered
        PlaceOrder:contract | OrderRejected!NotOffered | LicenceGranted      | OrderRejected!ProductSuspended | OrderRejected!NotOffered
        RevokeLicence       | !NoLicenceGranted        | !NoLicenceGranted   | !NoLicenceGranted              | !NoLicenceGranted
        AllotPacks          | !NotOffered              | !NotTradable        | !ProductSuspended              | !NotOffered
        AnnounceAuction     | !NotOffered              | AuctionAnnounced    | !ProductSuspended              | !NotOffered
        GrantAward          | OrderRejected!NotOffered | LicenceGranted      | OrderRejected!ProductSuspended | OrderRejected!NotOffered
        JoinBundle          | BundleLeft               | BundleJoined        | BundleLeft                     | BundleLeft
        LeaveBundle         | !NotInBundle             | !NotInBundle        | !NotInBundle                   | !NotInBundle
        GrantBundlePart     | OrderRejected!BundleOver | OrderRejected!BundleOver | OrderRejected!BundleOver  | OrderRejected!BundleOver

        command             | exclusive sold                     | Open:licensed          | trial open
        OpenOffer           | OfferOpened                        | !AlreadyOffered        | !AlreadyOffered
        ChangeOfferTerms    | OfferTermsChanged                  | OfferTermsChanged      | !NotOffered
        ExtendOffer         | OfferExtended                      | OfferExtended          | !NotOffered
        ChangeOfferVersion  | OfferVersionChanged                | OfferVersionChanged    | OfferVersionChanged
        OpenTrial           | !AlreadyOffered                    | !AlreadyOffered        | !AlreadyOffered
        ExtendTrial         | !NotInSandbox                      | !NotInSandbox          | TrialExtended
        CloseTrial          | !NotInSandbox                      | !NotInSandbox          | TrialClosed
        PlaceOrder:filed    | OrderRejected!ExclusiveLicenceSold | !LicenceAlreadyGranted | OrderRejected!SandboxAmountReached
        SuspendOffer        | !NotOffered                        | OfferSuspended         | !NotOffered
        ResumeOffer         | !NotOffered                        | !NotSuspended          | !NotOffered
        CloseOffer          | !NotOffered                        | OfferClosed            | !NotOffered
        PlaceOrder:shelf    | OrderRejected!ExclusiveLicenceSold | !LicenceAlreadyGranted | LicenceGranted
        PlaceOrder:contract | OrderRejected!ExclusiveLicenceSold | !LicenceAlreadyGranted | OrderRejected!SandboxAmountReached
        RevokeLicence       | !NoLicenceGranted                  | LicenceRevoked         | !NoLicenceGranted
        AllotPacks          | !NotOffered                        | !NotTradable           | !NoOrderBookInSandbox
        AnnounceAuction     | !ExclusiveLicenceSold              | AuctionAnnounced       | !NotOffered
        GrantAward          | OrderRejected!ExclusiveLicenceSold | LicenceGranted         | OrderRejected!NotOffered
        JoinBundle          | BundleLeft                         | BundleJoined           | BundleLeft
        LeaveBundle         | !NotInBundle                       | !NotInBundle           | !NotInBundle
        GrantBundlePart     | OrderRejected!BundleOver           | OrderRejected!BundleOver | OrderRejected!BundleOver

        command             | trial over
        OpenOffer           | OfferOpened
        ChangeOfferTerms    | !NotOffered
        ExtendOffer         | !NotOffered
        ChangeOfferVersion  | OfferVersionChanged
        OpenTrial           | !AlreadyOffered
        ExtendTrial         | !NotInSandbox
        CloseTrial          | !NotInSandbox
        PlaceOrder:filed    | OrderRejected!SandboxOver
        SuspendOffer        | !NotOffered
        ResumeOffer         | !NotOffered
        CloseOffer          | !NotOffered
        PlaceOrder:shelf    | OrderRejected!SandboxOver
        PlaceOrder:contract | OrderRejected!SandboxOver
        RevokeLicence       | !NoLicenceGranted
        AllotPacks          | !NotOffered
        AnnounceAuction     | !NotOffered
        GrantAward          | OrderRejected!NotOffered
        JoinBundle          | BundleLeft
        LeaveBundle         | !NotInBundle
        GrantBundlePart     | OrderRejected!BundleOver
        """;

    /// <inheritdoc />
    protected override string Evolution => """
        AuctionAnnounced: Open, Open:licensed
        BundleJoined: Open, Open:licensed
        BundleLeft: NotOffered, Open, Suspended, Closed, exclusive sold, Open:licensed, trial open, trial over
        LicenceGranted: Open
        LicenceRevoked: Open:licensed
        OfferClosed: Open, Suspended, Open:licensed
        OfferExtended: Open, Suspended, Closed, exclusive sold, Open:licensed
        OfferOpened: NotOffered, Closed, exclusive sold, trial over
        OfferResumed: Suspended
        OfferSuspended: Open, Open:licensed
        OfferTermsChanged: Open, Suspended, Closed, exclusive sold, Open:licensed
        OfferVersionChanged: NotOffered, Open, Suspended, Closed, exclusive sold, Open:licensed, trial open, trial over
        OfferWithdrawn: Open, Suspended, Open:licensed
        OrderRejected: NotOffered, Open, Suspended, Closed, exclusive sold, Open:licensed, trial open, trial over
        PacksAllotted: Open, Open:licensed
        TrialClosed: trial open
        TrialExtended: trial open
        TrialOpened: NotOffered
        """;

    /// <inheritdoc />
    protected override IReadOnlyList<Guard> Guards { get; } =
    [
        new("an auction numbered past the next", "Open", Announcement with { Number = 2 }, "!AuctionExists"),
        new("an auction of rules that are none", "Open", Announcement with { Rules = AuctionSample.SecondPrice with { ReserveFen = 0 } }, "!AuctionRulesInvalid"),
        new("an auction beyond the certificate", "Open", Announcement with { At = Day(390), Rules = AuctionSample.SecondPrice with { BidUntil = Day(395), RevealUntil = Day(400) } }, "!AuctionRulesInvalid"),
        new("an auction without a certificate", "Open", Announcement with { At = Day(400) }, "!CertificateExpired"),
        new("an auction at another venue", "Open", Announcement with { Venue = OtherVenue }, "!NotOffered"),
        new("any number of copies of what is open", "Open", Announcement with { Rules = AuctionSample.RandomSampling }, "AuctionAnnounced"),
        new("two of two copies", "Open (two copies)", Announcement with { Rules = AuctionSample.UniformPrice }, "AuctionAnnounced"),
        new("three of two copies", "Open (two copies)", Announcement with { Rules = AuctionSample.UniformPrice with { Copies = 3 } }, "!CapReached"),
        new("any number of copies of what is capped", "Open (two copies)", Announcement with { Rules = AuctionSample.RandomSampling }, "!AuctionRulesInvalid"),
        new("two copies of what is exclusive", "Open (exclusive)", Announcement with { Rules = AuctionSample.UniformPrice }, "!AuctionRulesInvalid"),
        new("an exclusive licence is auctioned", "Open (exclusive)", Announcement, "AuctionAnnounced"),
        new("an exclusive licence is awarded", "Open (exclusive)", Grant, "LicenceGranted+OfferWithdrawn"),
        new("an award to who is not admitted", "Open", Grant with { Award = Grant.Award with { AdmittedFor = null } }, "OrderRejected!BuyerNotAdmitted"),
        new("an award after the certificate", "Open", Grant with { At = Day(400) }, "OrderRejected!CertificateExpired"),
        new("an award for nothing", "Open", Grant with { Award = Grant.Award with { PriceFen = 0 } }, "OrderRejected!OrderInvalid"),
        new("an award of a deal that has a licence", "Open:licensed", Grant with { Award = Grant.Award with { Deal = Deal } }, "OrderRejected!LicenceAlreadyGranted"),
        new("an order that says it was auctioned", "Open", Order with { Channel = TradeChannel.Auction, ContractAmountFen = 1 }, "OrderRejected!OrderInvalid"),
        new("a shelf order on trial", "trial open", Order, "LicenceGranted"),
        new("at the last moment", "trial open", Order with { At = Day(90).AddSeconds(-1) }, "LicenceGranted"),
        new("at the end", "trial open", Order with { At = Day(90) }, "OrderRejected!SandboxOver"),
        new("a contract at the end", "trial open", Limited(100_000) with { At = Day(90) }, "OrderRejected!SandboxOver"),
        new("at another venue", "trial open", Order with { Venue = OtherVenue }, "OrderRejected!NotOffered"),
        new("not admitted for the class", "trial open", Order with { AdmittedFor = SecurityClass.General }, "OrderRejected!BuyerNotAdmitted"),
        new("a firm that is not named", "trial (named)", Order, "OrderRejected!BuyerNotInSandbox"),
        new("a contract of a firm that is not named", "trial (named)", Limited(100_000), "OrderRejected!BuyerNotInSandbox"),
        new("a firm that is named", "trial (named)", Order with { Buyer = Contributor }, "LicenceGranted"),
        new("no order on trial for nothing", "trial open", Order with { Quantity = 0 }, "OrderRejected!OrderInvalid"),
        new("the same firm again", "trial (one firm bought)", Order, "LicenceGranted"),
        new("a second firm", "trial (one firm bought)", Order with { Buyer = Contributor }, "LicenceGranted"),
        new("a third firm", "trial (two firms bought)", Order with { Buyer = Provider }, "OrderRejected!SandboxBuyersReached"),
        new("a third firm by contract", "trial (two firms bought)", Limited(1) with { Buyer = Provider }, "OrderRejected!SandboxBuyersReached"),
        new("a third firm that files", "trial (two firms bought)", Limited(1) with { Buyer = Provider, Channel = TradeChannel.FiledContract },
            "OrderRejected!SandboxBuyersReached"),
        new("one of the two", "trial (two firms bought)", Order, "LicenceGranted"),
        new("a fen too much", "trial (all but spent)", Order, "OrderRejected!SandboxAmountReached"),
        new("the last fen", "trial (all but spent)", Limited(99_999), "LicenceGranted"),
        new("a fen beyond it", "trial (all but spent)", Limited(100_000), "OrderRejected!SandboxAmountReached"),
        new("a fen beyond it, filed", "trial (all but spent)", Limited(100_000) with { Channel = TradeChannel.FiledContract }, "OrderRejected!SandboxAmountReached"),
        new("what was taken back still counts", "trial (taken back)", Order, "OrderRejected!SandboxAmountReached"),
        new("an extension of the trial counts", "trial (extended)", Order with { At = Day(99), Buyer = Contributor }, "LicenceGranted"),
        new("four packs on trial", "trial (call pack)", Order with { Quantity = 4 }, "LicenceGranted"),
        new("eleven packs on trial", "trial (call pack)", Order with { Quantity = 11 }, "OrderRejected!SandboxAmountReached"),
        new("no book for packs on trial", "trial (call pack)", Allotment, "!NoOrderBookInSandbox"),
        new("buying at once what is negotiated on trial", "trial (by contract)", Order, "OrderRejected!OrderInvalid"),
        new("a contract on what is negotiated on trial", "trial (by contract)", Limited(100_000), "LicenceGranted"),
        new("the same deal on trial again", "trial (one firm bought)", Order with { Deal = OtherDeal }, "!LicenceAlreadyGranted"),
        new("ordinary trade after the trial", "trial (over, listed)", Order, "LicenceGranted"),
        new("a trial to be sold on", "NotOffered", Trial with { Terms = CallPack }, "!SandboxConditionsInvalid"),
        new("a trial without time", "NotOffered", Trial with { Conditions = OnTrial with { Until = Day(50) } }, "!SandboxConditionsInvalid"),
        new("tightening a trial", "trial open", new ExtendTrial(Product, OnTrial with { MostBuyers = 1 }) { At = Day(55), By = Provider }, "!SandboxConditionsInvalid"),
        new("terms out of range are not offered", "NotOffered", Opening with { Terms = OpenEnded with { UnitPriceFen = 0 } }, "!PriceInvalid"),
        new("another venue is another offer", "Open", Opening with { Venue = OtherVenue }, "OfferOpened"),
        new("terms out of range do not replace others", "Open",
            new ChangeOfferTerms(Product, 2, TwoCopies with { Copies = -1 }) { At = Day(55), By = Provider }, "!PriceInvalid"),
        new("the same price version again", "Open", new ChangeOfferTerms(Product, 1, TwoCopies) { At = Day(55), By = Provider }, "!PriceVersionOutdated"),
        new("the first version is known", "Open", new ChangeOfferVersion(Product, 1) { At = Day(55), By = Provider }, "!ProductVersionOutdated"),
        new("a version known already", "Open (revised)", new ChangeOfferVersion(Product, 2) { At = Day(55), By = Provider }, "!ProductVersionOutdated"),
        new("the same end is no extension", "Open", new ExtendOffer(Product, Day(400)) { At = Day(55), By = Provider }, "!TermInvalid"),
        new("the last moment of the certificate", "Open", Order with { At = Day(400).AddSeconds(-1) }, "LicenceGranted"),
        new("the first moment without it", "Open", Order with { At = Day(400) }, "OrderRejected!CertificateExpired"),
        new("an extension counts", "Open (extended)", Order with { At = Day(400) }, "LicenceGranted"),
        new("not admitted at all", "Open", Order with { AdmittedFor = null }, "OrderRejected!BuyerNotAdmitted"),
        new("admitted for less", "Open", Order with { AdmittedFor = SecurityClass.General }, "OrderRejected!BuyerNotAdmitted"),
        new("admitted for more", "Open", Order with { AdmittedFor = SecurityClass.Core }, "LicenceGranted"),
        new("no copies", "Open", Order with { Quantity = 0 }, "OrderRejected!OrderInvalid"),
        new("more than can be counted", "Open (call pack)", Order with { Quantity = int.MaxValue }, "OrderRejected!OrderInvalid"),
        new("more than can be paid", "Open", Order with { Quantity = int.MaxValue }, "LicenceGranted"),
        new("a price out of range in sum", "Open (dear)", Order with { Quantity = 2 }, "OrderRejected!OrderInvalid"),
        new("the highest price there is", "Open (dear)", Order, "LicenceGranted"),
        new("naming an amount on the shelf", "Open", Order with { ContractAmountFen = 1 }, "OrderRejected!OrderInvalid"),
        new("buying from the shelf what is negotiated", "Open (by contract)", Order, "OrderRejected!OrderInvalid"),
        new("a contract on what is negotiated", "Open (by contract)", Contract, "LicenceGranted"),
        new("a filed contract", "Open (by contract)", Contract with { Channel = TradeChannel.FiledContract }, "LicenceGranted"),
        new("a contract without an amount", "Open", Contract with { ContractAmountFen = null }, "OrderRejected!OrderInvalid"),
        new("a contract for nothing", "Open", Contract with { ContractAmountFen = 0 }, "OrderRejected!OrderInvalid"),
        new("a contract out of range", "Open", Contract with { ContractAmountFen = Money.MostFen + 1 }, "OrderRejected!OrderInvalid"),
        new("a contract on two", "Open", Contract with { Quantity = 2 }, "OrderRejected!OrderInvalid"),
        new("all copies", "Open (two copies)", Order with { Quantity = 2 }, "LicenceGranted"),
        new("one copy too many", "Open (two copies)", Order with { Quantity = 3 }, "OrderRejected!CapReached"),
        new("the last copy", "Open (one copy left)", Order, "LicenceGranted"),
        new("two of the last copy", "Open (one copy left)", Order with { Quantity = 2 }, "OrderRejected!CapReached"),
        new("none left", "Open (no copy left)", Order, "OrderRejected!CapReached"),
        new("none left for a contract", "Open (no copy left)", Contract, "OrderRejected!CapReached"),
        new("a copy given back", "Open (copy given back)", Order, "LicenceGranted"),
        new("two exclusive licences", "Open (exclusive)", Order with { Quantity = 2 }, "OrderRejected!OrderInvalid"),
        new("an exclusive licence ends all offers", "Open (exclusive at both venues)", Order, "LicenceGranted+OfferWithdrawn+OfferWithdrawn"),
        new("an exclusive licence by contract, too", "Open (exclusive)", Contract, "LicenceGranted+OfferWithdrawn"),
        new("an exclusive licence sold, offered anew", "Open (exclusive sold)", Order, "OrderRejected!ExclusiveLicenceSold"),
        new("an exclusive licence given back", "Open (exclusive given back)", Order, "LicenceGranted+OfferWithdrawn"),
        new("the same deal again", "Open (one copy left)", Order with { Deal = OtherDeal }, "!LicenceAlreadyGranted"),
        new("copies given back twice", "Open (one copy left)", new RevokeLicence(Product, OtherDeal, 2) { At = Day(70), By = Provider }, "!OrderInvalid"),
        new("a bundle at another price than its own", "Open", Joining with { AloneFen = 99_999 }, "BundleLeft"),
        new("a bundle at another venue", "Open", Joining with { Venue = OtherVenue }, "BundleLeft"),
        new("a bundle without a certificate", "Open", Joining with { At = Day(400) }, "BundleLeft"),
        new("a bundle of calls", "Open (call pack)", Joining with { AloneFen = 30_000 }, "BundleLeft"),
        new("a bundle twice", "Open (bundled)", Joining, "!BundleExists"),
        new("a second bundle", "Open (bundled)", Joining with { Bundle = new("B000002") }, "BundleJoined"),
        new("a part of an order", "Open (bundled)", BundlePart, "LicenceGranted"),
        new("a part for who is not admitted", "Open (bundled)", BundlePart with { AdmittedFor = SecurityClass.General }, "OrderRejected!BuyerNotAdmitted"),
        new("a part for nothing", "Open (bundled)", BundlePart with { Part = BundlePart.Part with { AmountFen = 0 } }, "OrderRejected!OrderInvalid"),
        new("a part of another product", "Open (bundled)", BundlePart with { Part = BundlePart.Part with { Product = OtherProduct } }, "OrderRejected!OrderInvalid"),
        new("a part after the certificate", "Open (bundled)", BundlePart with { At = Day(400) }, "OrderRejected!CertificateExpired"),
        new("a part at a venue where it is not offered", "Open (bundled)", BundlePart with { Venue = OtherVenue }, "OrderRejected!NotOffered"),
        new("leaving a bundle", "Open (bundled)", new LeaveBundle(Product, Bundled, BundleEnd.Withdrawn) { At = Day(62), By = Provider }, "BundleLeft"),
        new("a part that is withdrawn", "Open (bundled)", new CloseOffer(Product, Venue) { At = Day(62), By = Provider }, "OfferClosed+BundleLeft"),
        new("a part that is suspended", "Open (bundled)", new SuspendOffer(Product, Venue) { At = Day(62), By = Provider }, "OfferSuspended+BundleLeft"),
        new("a part that has other terms", "Open (bundled)", new ChangeOfferTerms(Product, 2, TwoCopies) { At = Day(62), By = Provider }, "OfferTermsChanged+BundleLeft"),
        new("a part with another version of its content", "Open (bundled)", new ChangeOfferVersion(Product, 2) { At = Day(62), By = Provider }, "OfferVersionChanged"),
        new("a version of lower quality", "Open (versions)", Order with { Degraded = Degradation.Sampled }, "LicenceGranted"),
        new("a version that is not offered", "Open (versions)", Order with { Degraded = Degradation.Delayed }, "OrderRejected!VersionNotOffered"),
        new("a version where there is none", "Open", Order with { Degraded = Degradation.Sampled }, "OrderRejected!VersionNotOffered"),
        new("a version by contract", "Open (versions)", Contract with { Degraded = Degradation.Sampled }, "OrderRejected!OrderInvalid"),
        new("a version on trial where there is none", "trial open", Order with { Degraded = Degradation.Sampled }, "OrderRejected!VersionNotOffered"),
        new("call packs that may be sold on", "Open (call pack)", Allotment, "PacksAllotted"),
        new("one series a product", "Open (order book)", Allotment, "!OrderBookExists"),
        new("call packs of its holder alone", "Open (call pack, no resale)", Allotment, "!NotTradable"),
        new("an allotment at the certificate's end", "Open (call pack)", Allotment with { At = Day(400) }, "!CertificateExpired"),
        new("an allotment of nothing", "Open (call pack)", Allotment with { Packs = 0 }, "!OrderInvalid"),
        new("an allotment without end", "Open (call pack)", Allotment with { Packs = 1_000_001 }, "!OrderInvalid"),
        new("no tick", "Open (call pack)", Allotment with { Rules = Rules with { TickFen = 0 } }, "!OrderInvalid"),
        new("a price beyond the highest", "Open (call pack)", Allotment with { Rules = Rules with { HighestPriceFen = 29_900 } }, "!OrderInvalid"),
        new("the highest price itself", "Open (call pack)", Allotment with { Rules = Rules with { HighestPriceFen = 30_000 } }, "PacksAllotted"),
        new("orders that nobody could count", "Open (call pack)", Allotment with { Rules = Rules with { LargestQuantity = 1_000_001 } }, "!OrderInvalid"),
        new("a band of everything", "Open (call pack)", Allotment with { Rules = Rules with { BandBasisPoints = 10_000 } }, "!OrderInvalid"),
        new("no band", "Open (call pack)", Allotment with { Rules = Rules with { BandBasisPoints = 0 } }, "PacksAllotted"),
        new("a halt of no time", "Open (call pack)", Allotment with { Rules = Rules with { HaltSeconds = 0 } }, "!OrderInvalid"),
        new("a fee above the price", "Open (call pack)", Allotment with { Rules = Rules with { FeeBasisPoints = 10_001 } }, "!OrderInvalid"),
        new("no order through a book on the shelf", "Open", Order with { Channel = TradeChannel.OrderBook }, "OrderRejected!OrderInvalid"),
        new("negative copies", "Open (one copy left)", new RevokeLicence(Product, OtherDeal, -1) { At = Day(70), By = Provider }, "!OrderInvalid"),
    ];

    /// <inheritdoc />
    protected override IEnumerable<string> Stages => [.. Enum.GetNames<OfferStatus>(), "exclusive sold", "trial open", "trial over"];

    /// <inheritdoc />
    protected override IEnumerable<string> StagesOf(IssuanceRight state) =>
        state.Trial is { } trial ? [state.At(Venue).ToString(), trial.IsClosed ? "trial over" : "trial open"]
        : state.ExclusiveHolder is null ? [state.At(Venue).ToString()]
        : [state.At(Venue).ToString(), "exclusive sold"];

    [Fact]
    public void A_call_pack_grants_its_calls_at_the_price_of_them_all()
    {
        var granted = Granted(Order with { Quantity = 3 }, "Open (call pack)");
        Assert.Equal((LicenceKind.CallPack, 3, 3_000, 30, 90_000, true),
            (granted.Licence, granted.Quantity, granted.Units, granted.UnitPriceFen, granted.AmountFen, granted.ResaleAllowed));
    }

    [Fact]
    public void A_contract_grants_a_plain_licence_at_its_own_price_unless_copies_are_limited()
    {
        Assert.Equal((LicenceKind.OpenEnded, 0, 5_000_000), Of(Granted(Contract, "Open (call pack)")));
        Assert.Equal((LicenceKind.Capped, 0, 5_000_000), Of(Granted(Contract, "Open (two copies)")));
        Assert.Equal((LicenceKind.Exclusive, 0, 5_000_000), Of(Granted(Contract, "Open (exclusive)")));

        static (LicenceKind Licence, int Units, long AmountFen) Of(LicenceGranted granted) => (granted.Licence, granted.Units, granted.AmountFen);
    }

    [Fact]
    public void A_licence_says_the_version_in_force_and_nothing_of_the_first()
    {
        Assert.Null(Granted(Order, "Open").ProductVersion);
        Assert.Equal(2, Granted(Order, "Open (revised)").ProductVersion);
        Assert.Equal(2, Granted(Contract, "Open (revised)").ProductVersion);
    }

    private static PlaceOrder Limited(long fen) => Contract with { ContractAmountFen = fen };

    [Fact]
    public void What_is_granted_on_trial_says_so_and_is_sold_on_the_trials_terms()
    {
        var granted = Granted(Order, "trial open");
        Assert.Equal((true, 0, 100_000L, false), (granted.InSandbox == true, granted.PriceVersion, granted.AmountFen, granted.ResaleAllowed));
        Assert.Null(Granted(Order, "trial (over, listed)").InSandbox);
        Assert.Null(Granted(Order, "Open").InSandbox);
    }

    [Theory]
    [InlineData(2, 60, 1_000, 2_000)]
    [InlineData(3, 60, 920, 2_760)]
    [InlineData(3, 70, 736, 2_208)]
    [InlineData(3, 80, 920, 2_760)]
    public void An_order_costs_what_the_menu_says_for_its_size_at_its_time(int quantity, int day, long unitPrice, long amount)
    {
        var granted = Granted(Order with { Quantity = quantity, At = Day(day) }, "Open (menu)");
        Assert.Equal((unitPrice, amount), (granted.UnitPriceFen, granted.AmountFen));
    }

    [Theory]
    [InlineData(1, 60, 30, 40_000, 40_000L, false)]
    [InlineData(2, 60, 30, 57_000, null, false)]
    [InlineData(1, 70, 15, 40_000, 40_000L, true)]
    [InlineData(3, 70, 15, 42_000, null, true)]
    public void An_order_of_calls_costs_what_its_tiers_come_to_and_no_less_than_the_minimum(int quantity, int day, long unitPrice, long amount, long? minimum, bool isPromoted)
    {
        var granted = Granted(Order with { Quantity = quantity, At = Day(day) }, "Open (tiers)");
        Assert.Equal((unitPrice, amount, minimum), (granted.UnitPriceFen, granted.AmountFen, granted.MinimumFen));
        Assert.Equal([new CallTier(1_000, isPromoted ? 13_500 : 27_000)], granted.Tiers!);
        Assert.Null(Granted(Contract, "Open (tiers)").Tiers);
        Assert.Null(Granted(Contract, "Open (tiers)").MinimumFen);
    }

    [Fact]
    public void A_part_of_a_bundle_is_a_licence_at_its_share_that_names_the_bundle()
    {
        var granted = Assert.IsType<LicenceGranted>(Assert.Single(OfferDecider.Decide(BundlePart, Given("Open (bundled)")).Events));
        Assert.Equal((Bundled, BundlePart.Part.Deal, TradeChannel.Shelf, 1, 70_001L), (granted.Bundle!.Value, granted.Deal, granted.Channel, granted.Quantity, granted.AmountFen));
        Assert.Equal((granted.AmountFen, (long?)null), (granted.UnitPriceFen, granted.MinimumFen));
    }

    [Fact]
    public void A_version_of_lower_quality_is_granted_with_its_name_and_price()
    {
        var granted = Granted(Order with { Degraded = Degradation.Sampled, Quantity = 2 }, "Open (versions)");
        Assert.Equal((new DegradedVersion(Degradation.Sampled, 10, 3_333), 33_330L, 66_660L), (granted.Degraded!.Value, granted.UnitPriceFen, granted.AmountFen));
        Assert.Null(Granted(Order, "Open (versions)").Degraded);
    }

    private LicenceGranted Granted(PlaceOrder order, string state) =>
        Assert.IsType<LicenceGranted>(OfferDecider.Decide(order, Given(state)).Events[0]);

    private static Dictionary<string, Event[]> MakeHistories()
    {
        Event Opened(LicenceTerms terms, VenueId venue) => new OfferOpened(
            Product, venue, Provider, SecurityClass.Important, Day(400), 1, terms, []) { At = Day(50), By = Provider };
        Event Sold(LicenceTerms terms, int quantity) => new LicenceGranted(
            Product, OtherDeal, Venue, Buyer, Provider, TradeChannel.Shelf, terms.Licence, quantity, 0, terms.UnitPriceFen,
            terms.AmountFor(quantity, Day(52)).Fen, 1, false, []) { At = Day(52), By = Buyer };
        Event Back(int copies) => new LicenceRevoked(Product, OtherDeal, copies) { At = Day(54), By = Provider };
        var trial = new TrialOpened(Product, Venue, Provider, SecurityClass.Important, OpenEnded, [], OnTrial) { At = Day(48), By = Provider };
        LicenceGranted Tried(PartyId buyer, long fen) => new(
            Product, OtherDeal, Venue, buyer, Provider, TradeChannel.RegisteredContract, LicenceKind.OpenEnded, 1, 0, fen, fen, 0, false, [], null, true)
            { At = Day(52), By = buyer };
        Event withdrawn = new OfferWithdrawn(Product, Venue) { At = Day(52), By = Buyer };
        Event[] open = [Opened(OpenEnded, Venue)];
        Event[] exclusive = [Opened(Exclusive, Venue)];
        Event[] exclusiveSold = [.. exclusive, Sold(Exclusive, 1), withdrawn];
        return new()
        {
            ["NotOffered"] = [],
            ["Open"] = open,
            ["Suspended"] = [.. open, new OfferSuspended(Product, Venue) { At = Day(55), By = Provider }],
            ["Closed"] = [.. open, new OfferClosed(Product, Venue) { At = Day(57), By = Provider }],
            ["exclusive sold"] = exclusiveSold,
            ["Open (menu)"] = [Opened(OpenEnded with { UnitPriceFen = 1_000, Steps = [new(3, 920)], Promotion = new(2_000, Day(70), Day(80)) }, Venue)],
            ["Open (bundled)"] = [.. open, new BundleJoined(Product, Bundled, Venue, 100_000) { At = Day(60), By = Provider }],
            ["Open (versions)"] = [Opened(OpenEnded with { Degraded = [new(Degradation.Sampled, 10, 3_333)] }, Venue)],
            ["Open (tiers)"] = [Opened(CallPack with { Tiers = [new(1_000, 27_000)], MinimumFen = 40_000, Promotion = new(5_000, Day(70), Day(80)) }, Venue)],
            ["Open:licensed"] =
            [
                .. open,
                new LicenceGranted(Product, Deal, Venue, Buyer, Provider, TradeChannel.Shelf, LicenceKind.OpenEnded, 1, 0, 100_000, 100_000, 1,
                    false, []) { At = Day(52), By = Buyer },
            ],
            ["Open (extended)"] = [.. open, new OfferExtended(Product, Day(700)) { At = Day(300), By = Provider }],
            ["trial open"] = [trial],
            ["trial over"] = [trial, new TrialClosed(Product, Venue) { At = Day(58), By = Provider }],
            ["trial (named)"] = [trial with { Conditions = OnTrial with { Buyers = [Contributor] } }],
            ["trial (call pack)"] = [trial with { Terms = CallPack with { ResaleAllowed = false } }],
            ["trial (by contract)"] = [trial with { Terms = ByContract }],
            ["trial (one firm bought)"] = [trial, Tried(Buyer, 100_000)],
            ["trial (two firms bought)"] = [trial, Tried(Buyer, 100_000), Tried(Contributor, 100_000) with { Deal = new("D0000003") }],
            ["trial (all but spent)"] = [trial, Tried(Buyer, 200_001)],
            ["trial (taken back)"] = [trial, Tried(Buyer, 300_000), new LicenceRevoked(Product, OtherDeal, 0) { At = Day(54), By = Provider }],
            ["trial (extended)"] = [trial, Tried(Buyer, 300_000), new TrialExtended(Product, new(3, 700_000, Day(100), [])) { At = Day(55), By = Provider }],
            ["trial (over, listed)"] = [trial, new TrialClosed(Product, Venue) { At = Day(49), By = Provider }, Opened(OpenEnded, Venue)],
            ["Open (revised)"] = [.. open, new OfferVersionChanged(Product, 2) { At = Day(55), By = Provider }],
            ["Open (dear)"] = [Opened(OpenEnded with { UnitPriceFen = Money.MostFen }, Venue)],
            ["Open (call pack)"] = [Opened(CallPack, Venue)],
            ["Open (call pack, no resale)"] = [Opened(CallPack with { ResaleAllowed = false }, Venue)],
            ["Open (order book)"] = [Opened(CallPack, Venue), BookDeciderTests.Series],
            ["Open (by contract)"] = [Opened(ByContract, Venue)],
            ["Open (two copies)"] = [Opened(TwoCopies, Venue)],
            ["Open (one copy left)"] = [Opened(TwoCopies, Venue), Sold(TwoCopies, 1)],
            ["Open (no copy left)"] = [Opened(TwoCopies, Venue), Sold(TwoCopies, 2)],
            ["Open (copy given back)"] = [Opened(TwoCopies, Venue), Sold(TwoCopies, 2), Back(2)],
            ["Open (exclusive)"] = exclusive,
            ["Open (exclusive at both venues)"] = [.. exclusive, Opened(Exclusive, OtherVenue)],
            ["Open (exclusive sold)"] = [.. exclusiveSold, Opened(Exclusive, Venue)],
            ["Open (exclusive given back)"] = [.. exclusiveSold, Opened(Exclusive, Venue), Back(0)],
        };
    }
}
