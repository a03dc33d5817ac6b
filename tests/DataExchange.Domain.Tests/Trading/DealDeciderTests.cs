using CsCheck;
using DataExchange.Domain.Trading;
using static DataExchange.Domain.Tests.Sample;
using static DataExchange.Domain.Tests.Trading.DealHistories;

namespace DataExchange.Domain.Tests.Trading;

public sealed class DealDeciderTests : DeciderSpecification<DealDecider, DealCommand, DealState>
{
    private static readonly RequestContract Request =
        new(Deal, Product, Venue, Buyer, Provider, TradeChannel.RegisteredContract, 80_000) { At = Day(58), By = Buyer };

    private static readonly MatchOrder MatchShelf = new(Deal, Granted(TradeChannel.Shelf, OpenEnded)) { At = Day(60), By = Buyer };

    private static readonly MatchOrder MatchContract =
        new(Deal, Granted(TradeChannel.RegisteredContract, OpenEnded)) { At = Day(60), By = Buyer };

    private static readonly ConfirmTrade Confirmation = new(Deal, Trade) { At = Day(60), By = Buyer };

    private static readonly AgreeContract Agreement =
        new(Deal, LicenceKind.OpenEnded, 1, Policy, Day(70), [.. Contributors]) { At = Day(61), By = Buyer };

    private static readonly RegisterTransaction Registration = new(Deal, 250, 600) { At = Day(64), By = Provider };

    private static readonly RaiseClaim Claim = new(Deal, "hidden defect") { At = Day(100), By = Buyer };

    private static readonly FeeSchedule Tiers = new([new(50_000, 100), new(80_000, 50)], 100, 2_000);

    private static readonly ReportRevenue Report = new(Deal, 1, 100_000) { At = Day(106), By = Buyer };

    private static readonly ReportUsage Usage = new(Deal, 400, "credit scoring") { At = Day(120), By = Provider };

    /// <inheritdoc />
    protected override IReadOnlyDictionary<string, Event[]> Histories { get; } = DealHistories.All();

    /// <inheritdoc />
    protected override IReadOnlyDictionary<string, DealCommand> Commands { get; } = new Dictionary<string, DealCommand>
    {
        ["RequestContract"] = Request,
        ["OfferContract"] = new OfferContract(Deal, 100_000) { At = Day(59), By = Provider },
        ["AcceptContract"] = new AcceptContract(Deal) { At = Day(59), By = Buyer },
        ["TerminateNegotiation"] = new TerminateNegotiation(Deal, null) { At = Day(59), By = Buyer },
        ["MatchOrder:shelf"] = MatchShelf,
        ["MatchOrder:contract"] = MatchContract,
        ["ConfirmTrade"] = Confirmation,
        ["AgreeContract"] = Agreement,
        ["VerifyContract"] = new VerifyContract(Deal) { At = Day(62), By = Buyer },
        ["FinalizeContract"] = new FinalizeContract(Deal) { At = Day(63), By = Provider },
        ["RegisterTransaction"] = Registration,
        ["CompleteTransfer"] = new CompleteTransfer(Deal, Day(80)) { At = Day(69), By = Provider },
        ["ReportLateDelivery"] = new ReportLateDelivery(Deal) { At = Day(71), By = Buyer },
        ["CancelDeal"] = new CancelDeal(Deal) { At = Day(72), By = Buyer },
        ["AcceptDelivery"] = new AcceptDelivery(Deal) { At = Day(76), By = Buyer },
        ["TimeOutAcceptance"] = new TimeOutAcceptance(Deal) { At = Day(80), By = Provider },
        ["RaiseDispute"] = new RaiseDispute(Deal, "incomplete") { At = Day(75), By = Buyer },
        ["DecideDispute:dismiss"] = new DecideDispute(Deal, 0) { At = Day(78), By = Provider },
        ["DecideDispute:in part"] = new DecideDispute(Deal, 10_000) { At = Day(78), By = Provider },
        ["DecideDispute:in full"] = new DecideDispute(Deal, 100_000) { At = Day(78), By = Provider },
        ["ReportUsage"] = Usage,
        ["ReportRevenue"] = Report,
        ["ChargeOverdueRevenue"] = new ChargeOverdueRevenue(Deal) { At = Day(121), By = Provider },
        ["CompleteDeal"] = new CompleteDeal(Deal) { At = Day(79), By = Provider },
        ["RaiseClaim"] = Claim,
        ["DecideClaim:dismiss"] = new DecideClaim(Deal, 0) { At = Day(110), By = Provider },
        ["DecideClaim:in part"] = new DecideClaim(Deal, 10_000) { At = Day(110), By = Provider },
        ["DecideClaim:in full"] = new DecideClaim(Deal, 100_000) { At = Day(110), By = Provider },
    };

    /// <inheritdoc />
    protected override string Decisions => DealDecisions.Table;

    /// <inheritdoc />
    protected override string Evolution => """
        AcceptanceTimedOut: Delivered, Delivered:filed
        ClaimDismissed: Claimed
        ClaimRaised: Completed:claimable
        ClaimUpheld: Claimed
        ContractAccepted: Offered
        ContractAgreed: Matched, Matched:contract
        ContractFinalized: Verified
        ContractOffered: Requested
        ContractRequested: None, Offered
        ContractVerified: Agreed, Agreed:contract, Agreed:traded
        DealCancelled: Overdue
        DealCompleted: Accepted, Accepted:call pack, Accepted:revenue
        DeliveryAccepted: Delivered, Delivered:filed
        DeliveryLate: Registered
        DisputeDismissed: Disputed, Disputed:call pack
        DisputeRaised: Delivered
        DisputeUpheld: Disputed, Disputed:call pack
        NegotiationTerminated: Requested, Offered, ContractAccepted
        OrderMatched: None, ContractAccepted
        RevenueOverdue: Accepted:revenue
        RevenueReported: Accepted:revenue
        TradeConfirmed: None
        TransactionRegistered: Agreed, Agreed:traded, Finalized
        TransferCompleted: Registered, Overdue, Overdue:filed
        UsageRefused: Accepted:call pack
        UsageReported: Accepted:call pack
        """;

    /// <inheritdoc />
    protected override IReadOnlyList<Guard> Guards { get; } =
    [
        new("a contract for nothing", "None", Request with { AmountFen = 0 }, "!OrderInvalid"),
        new("a contract out of range", "None", Request with { AmountFen = Money.MostFen + 1 }, "!OrderInvalid"),
        new("a contract from the shelf", "None", Request with { Channel = TradeChannel.Shelf }, "!OrderInvalid"),
        new("a contract to be filed", "None", Request with { Channel = TradeChannel.FiledContract }, "ContractRequested"),
        new("a counter-offer on another product", "Offered", Request with { Product = new("P000002") }, "!OrderInvalid"),
        new("a counter-offer by another buyer", "Offered", Request with { Buyer = Contributor }, "!OrderInvalid"),
        new("a counter-offer to another provider", "Offered", Request with { Provider = Contributor }, "!OrderInvalid"),
        new("a counter-offer at another venue", "Offered", Request with { Venue = OtherVenue }, "!OrderInvalid"),
        new("a counter-offer by another channel", "Offered", Request with { Channel = TradeChannel.FiledContract }, "!OrderInvalid"),
        new("an offer for nothing", "Requested", new OfferContract(Deal, 0) { At = Day(59), By = Provider }, "!OrderInvalid"),
        new("an offer out of range", "Requested", new OfferContract(Deal, long.MaxValue) { At = Day(59), By = Provider }, "!OrderInvalid"),
        new("an offer that is over as it is made", "Requested", new OfferContract(Deal, 100_000, Day(59)) { At = Day(59), By = Provider }, "!TermInvalid"),
        new("an offer for some time", "Requested", new OfferContract(Deal, 100_000, Day(60)) { At = Day(59), By = Provider }, "ContractOffered"),
        new("at the last moment of an offer", "Offered (until day 70)", new AcceptContract(Deal) { At = Day(70).AddSeconds(-1), By = Buyer }, "ContractAccepted"),
        new("when an offer has run out", "Offered (until day 70)", new AcceptContract(Deal) { At = Day(70), By = Buyer }, "!OfferExpired"),
        new("a counter-offer when an offer has run out", "Offered (until day 70)", Request with { At = Day(70) }, "ContractRequested"),
        new("another offer before that", "Offered (until day 70)", new OfferContract(Deal, 90_000) { At = Day(70).AddSeconds(-1), By = Provider }, "!NotYourTurn"),
        new("another offer in its place", "Offered (until day 70)", new OfferContract(Deal, 90_000) { At = Day(70), By = Provider }, "ContractOffered"),
        new("leaving an offer that has run out", "Offered (until day 70)", new TerminateNegotiation(Deal, null) { At = Day(71), By = Buyer }, "NegotiationTerminated"),
        new("another deal's licence", "None", MatchShelf with { Granted = MatchShelf.Granted with { Deal = OtherDeal } }, "!OrderInvalid"),
        new("a licence for nothing", "None", MatchShelf with { Granted = MatchShelf.Granted with { AmountFen = 0 } }, "!OrderInvalid"),
        new("a licence on nothing", "None", MatchShelf with { Granted = MatchShelf.Granted with { Quantity = 0 } }, "!OrderInvalid"),
        new("calls of what is not metered", "None", MatchShelf with { Granted = MatchShelf.Granted with { Units = 1 } }, "!OrderInvalid"),
        new("a share of revenue", "None", MatchOf(Granted(TradeChannel.Shelf, Shared)), "OrderMatched"),
        new("a share whose cap is all of it", "None", MatchOf(Granted(TradeChannel.Shelf, Shared) with { AmountFen = 60_000 }), "!OrderInvalid"),
        new("a share of nothing", "None", MatchOf(Granted(TradeChannel.Shelf, Shared) with { Revenue = Shared.Revenue!.Value with { ShareBasisPoints = 0 } }), "!OrderInvalid"),
        new("a share of what is metered", "None", MatchOf(Granted(TradeChannel.Shelf, CallPack) with { Revenue = new(1_000, 3, 1, 15) }), "!OrderInvalid"),
        new("a report of a period that is not over", "Accepted:revenue", Report with { At = Day(106).AddSeconds(-1) }, "!RevenuePeriodNotOver"),
        new("a report of the period after the next", "Accepted:revenue", Report with { Period = 2, At = Day(120) }, "!RevenuePeriodNotOver"),
        new("a report at the last moment", "Accepted:revenue", Report with { At = Day(121).AddSeconds(-1) }, "RevenueReported"),
        new("a report that is overdue", "Accepted:revenue", Report with { At = Day(121) }, "!RevenueReportOverdue"),
        new("a charge before that", "Accepted:revenue", new ChargeOverdueRevenue(Deal) { At = Day(121).AddSeconds(-1), By = Provider }, "!RevenuePeriodNotOver"),
        new("a report by the provider", "Accepted:revenue", Report with { By = Provider }, "!RevenueReportForeign"),
        new("negative revenue", "Accepted:revenue", Report with { RevenueFen = -1 }, "!OrderInvalid"),
        new("revenue out of range", "Accepted:revenue", Report with { RevenueFen = Money.MostFen + 1 }, "!OrderInvalid"),
        new("no revenue", "Accepted:revenue", Report with { RevenueFen = 0 }, "RevenueReported"),
        new("a period before the first", "Accepted:revenue", Report with { Period = 0 }, "!RevenuePeriodBeyondTerms"),
        new("a period after the last", "Accepted:revenue", Report with { Period = 4 }, "!RevenuePeriodBeyondTerms"),
        new("a period that was reported", "Accepted (two periods reported)", Report with { At = Day(170) }, "!RevenueAlreadyReported"),
        new("a period that was charged", "Accepted (two periods reported)", Report with { Period = 2, At = Day(170) }, "!RevenueAlreadyReported"),
        new("the last period", "Accepted (two periods reported)", Report with { Period = 3, At = Day(170) }, "RevenueReported"),
        new("a report when the cap is used up", "Accepted (cap used up)", Report with { Period = 2, At = Day(140) }, "!RevenuePeriodBeyondTerms"),
        new("a charge when the cap is used up", "Accepted (cap used up)", new ChargeOverdueRevenue(Deal) { At = Day(200), By = Provider }, "!RevenuePeriodBeyondTerms"),
        new("a refund in part where revenue is shared", "Disputed (revenue)", new DecideDispute(Deal, 10_000) { At = Day(78), By = Provider }, "!RefundInvalid"),
        new("a refund in full where revenue is shared", "Disputed (revenue)", new DecideDispute(Deal, 100_000) { At = Day(78), By = Provider }, "DisputeUpheld"),
        new("calls that do not add up to the price", "None",
            new MatchOrder(Deal, Granted(TradeChannel.Shelf, CallPack) with { Units = 999 }) { At = Day(60), By = Buyer }, "!OrderInvalid"),
        new("calls at their tiers", "None", MatchTiered(59_200, null), "OrderMatched"),
        new("a fen more than the tiers come to", "None", MatchTiered(59_201, null), "!OrderInvalid"),
        new("the minimum, where it is more", "None", MatchTiered(60_000, 60_000), "OrderMatched"),
        new("more than the minimum", "None", MatchTiered(60_001, 60_000), "!OrderInvalid"),
        new("a minimum that is not due", "None", MatchTiered(59_200, 59_200), "!OrderInvalid"),
        new("tiers that rise", "None", MatchOf(Pack() with { Tiers = [new(1_000, 31_000)], AmountFen = 61_000 }), "!OrderInvalid"),
        new("tiers of what is not metered", "None", MatchShelf with { Granted = MatchShelf.Granted with { Tiers = [new(1_000, 29_000)] } }, "!OrderInvalid"),
        new("a minimum that is not the price", "None", MatchShelf with { Granted = MatchShelf.Granted with { MinimumFen = 99_999 } }, "!OrderInvalid"),
        new("a version of calls", "None", MatchOf(Pack() with { Degraded = new(Degradation.Sampled, 10, 3_333) }), "!OrderInvalid"),
        new("a version of lower quality", "None", MatchShelf with { Granted = MatchShelf.Granted with { Degraded = new(Degradation.Sampled, 10, 3_333) } }, "OrderMatched"),
        new("a licence at another amount", "ContractAccepted",
            MatchContract with { Granted = MatchContract.Granted with { AmountFen = 99_999 } }, "!OrderInvalid"),
        new("a licence by another provider", "ContractAccepted",
            MatchContract with { Granted = MatchContract.Granted with { Provider = Contributor } }, "!OrderInvalid"),
        new("a licence to another buyer", "ContractAccepted",
            MatchContract with { Granted = MatchContract.Granted with { Buyer = Contributor } }, "!OrderInvalid"),
        new("a licence by another channel", "ContractAccepted",
            MatchContract with { Granted = MatchContract.Granted with { Channel = TradeChannel.FiledContract } }, "!OrderInvalid"),
        new("delivery due at once", "Matched", Agreement with { DeliveryDue = Day(61) }, "!TermInvalid"),
        new("another licence than granted", "Matched", Agreement with { Licence = LicenceKind.Exclusive }, "!OrderInvalid"),
        new("another quantity than granted", "Matched", Agreement with { Quantity = 2 }, "!OrderInvalid"),
        new("other contributors than listed", "Matched", Agreement with { Contributors = [] }, "!ContributorSharesInvalid"),
        new("a fee above the whole", "Agreed", Registration with { FeeBasisPoints = 10_001 }, "!TermsInvalid"),
        new("a negative fee", "Agreed", Registration with { FeeBasisPoints = -1 }, "!TermsInvalid"),
        new("a tax above the whole", "Agreed", Registration with { VatBasisPoints = 10_001 }, "!TermsInvalid"),
        new("a negative tax", "Agreed", Registration with { VatBasisPoints = -1 }, "!TermsInvalid"),
        new("no fee and no tax", "Agreed", Registration with { FeeBasisPoints = 0, VatBasisPoints = 0 }, "TransactionRegistered"),
        new("a fee in tiers", "Agreed", Registration with { Fee = Tiers }, "TransactionRegistered"),
        new("a tier's rate above the whole", "Agreed", Registration with { Fee = Tiers with { Above = [new(1, 10_001)] } }, "!TermsInvalid"),
        new("a negative rate of a tier", "Agreed", Registration with { Fee = Tiers with { Above = [new(1, -1)] } }, "!TermsInvalid"),
        new("a tier that begins at nothing", "Agreed", Registration with { Fee = Tiers with { Above = [new(0, 100)] } }, "!FeeTiersNotRising"),
        new("a tier that begins where the one before it does", "Agreed", Registration with { Fee = Tiers with { Above = [new(9, 100), new(9, 50)] } },
            "!FeeTiersNotRising"),
        new("33 tiers", "Agreed", Registration with { Fee = Tiers with { Above = [.. Enumerable.Range(1, 33).Select(i => new FeeTier(i, 1))] } },
            "!FeeTiersNotRising"),
        new("a negative least fee", "Agreed", Registration with { Fee = Tiers with { LeastFen = -1 } }, "!FeeBoundsInvalid"),
        new("a least fee above the most", "Agreed", Registration with { Fee = Tiers with { LeastFen = 2_001 } }, "!FeeBoundsInvalid"),
        new("a least fee out of range", "Agreed", Registration with { Fee = new([], Money.MostFen + 1, null) }, "!FeeBoundsInvalid"),
        new("no day for claims", "Agreed", Registration with { ClaimDays = 0 }, "!TermInvalid"),
        new("claims for more than ten years", "Agreed", Registration with { ClaimDays = 3_651 }, "!TermInvalid"),
        new("claims for ten years", "Agreed", Registration with { ClaimDays = 3_650 }, "TransactionRegistered"),
        new("a claim at the last moment", "Completed:claimable", Claim with { At = Day(166) }, "ClaimRaised"),
        new("a claim a second later", "Completed:claimable", Claim with { At = Day(166).AddSeconds(1) }, "!ClaimPeriodOver"),
        new("a claim on what was paid off the venue", "Completed (filed)", Claim, "!NoLateClaim"),
        new("a claim after one was dismissed", "Completed (claim dismissed)", Claim, "!NoLateClaim"),
        new("a claim after one was upheld in part", "Completed (claim upheld in part)", Claim, "!NoLateClaim"),
        new("more back than was paid", "Claimed", new DecideClaim(Deal, 100_001) { At = Day(110), By = Provider }, "!RefundInvalid"),
        new("less than nothing back", "Claimed", new DecideClaim(Deal, -1) { At = Day(110), By = Provider }, "!RefundInvalid"),
        new("what a dispute gave back already", "Claimed (after a refund in part)", new DecideClaim(Deal, 90_001) { At = Day(110), By = Provider },
            "!RefundInvalid"),
        new("all that a dispute left", "Claimed (after a refund in part)", new DecideClaim(Deal, 90_000) { At = Day(110), By = Provider }, "ClaimUpheld"),
        new("acceptance due at once", "Registered", new CompleteTransfer(Deal, Day(69)) { At = Day(69), By = Provider }, "!TermInvalid"),
        new("the moment delivery is due", "Registered", new ReportLateDelivery(Deal) { At = Day(70), By = Buyer }, "!DeliveryNotLate"),
        new("a second later", "Registered", new ReportLateDelivery(Deal) { At = Day(70).AddSeconds(1), By = Buyer }, "DeliveryLate!DeliveryLate"),
        new("before acceptance times out", "Delivered", new TimeOutAcceptance(Deal) { At = Day(80).AddSeconds(-1), By = Provider },
            "!AcceptancePeriodRunning"),
        new("a refund above the price", "Disputed", new DecideDispute(Deal, 100_001) { At = Day(78), By = Provider }, "!RefundInvalid"),
        new("a negative refund", "Disputed", new DecideDispute(Deal, -1) { At = Day(78), By = Provider }, "!RefundInvalid"),
        new("part of a call pack", "Disputed:call pack", new DecideDispute(Deal, 10_000) { At = Day(78), By = Provider }, "!RefundInvalid"),
        new("all of a call pack", "Disputed:call pack", new DecideDispute(Deal, 30_000) { At = Day(78), By = Provider }, "DisputeUpheld"),
        new("no calls", "Accepted:call pack", Usage with { Calls = 0 }, "!OrderInvalid"),
        new("all calls", "Accepted (400 calls left)", Usage, "UsageReported"),
        new("a call too many", "Accepted (400 calls left)", Usage with { Calls = 401 }, "UsageRefused!UsageOutsideLicence"),
        new("another purpose", "Accepted:call pack", Usage with { Purpose = "resale" }, "UsageRefused!UsageOutsideLicence"),
    ];

    private static LicenceGranted Pack() => Granted(TradeChannel.Shelf, CallPack, 2);

    private static MatchOrder MatchOf(LicenceGranted granted) => new(Deal, granted) { At = Day(60), By = Buyer };

    // 1,000 calls at 30 fen, 1,000 at 29.2.
    private static MatchOrder MatchTiered(long amountFen, long? minimumFen) =>
        MatchOf(Pack() with { Tiers = [new(1_000, 29_200)], AmountFen = amountFen, MinimumFen = minimumFen });

    /// <inheritdoc />
    protected override IEnumerable<string> Stages => Enum.GetNames<DealStage>();

    /// <inheritdoc />
    protected override IEnumerable<string> StagesOf(DealState state) => [state.Stage.ToString()];

    [Fact]
    public void The_last_calls_are_marked_and_priced_by_the_call()
    {
        Assert.Equal((12_000L, true), Reported(Usage));
        Assert.Equal((11_970L, false), Reported(Usage with { Calls = 399 }));

        (long, bool) Reported(ReportUsage usage)
        {
            var reported = Assert.IsType<UsageReported>(Assert.Single(DealDecider.Decide(usage, Given("Accepted (400 calls left)")).Events));
            return (reported.AmountFen, reported.IsLast);
        }
    }

    [Fact]
    public void Calls_reported_in_parts_cost_the_order_s_price_in_all_and_the_last_what_the_minimum_adds() =>
        Gen.Select(Gen.Long[2, 40], Gen.Int[1, 60], Gen.Int[1, 30].List[0, 3], Gen.Int[1, 20].List[1, 12], Gen.Int[0, 200]).Sample((price, first, gaps, parts, more) =>
        {
            var tiers = gaps.Select((_, i) => new CallTier(first + gaps.Take(i + 1).Sum(), Math.Max(1_000, (price * 1_000) - (311 * (i + 1))))).ToArray();
            var calls = parts.Sum();
            // By hand: call by call, in thousandths of a fen, rounded up at the end.
            var cost = (Enumerable.Range(0, calls).Sum(call => tiers.Where(tier => tier.AfterCalls <= call).Select(tier => tier.ThousandCallsFen).LastOrDefault(price * 1_000)) + 999) / 1_000;
            var state = new DealState { UnitPriceFen = price, Tiers = tiers.Length == 0 ? null : tiers, Units = calls, AmountFen = cost + more };
            long paid = 0;
            foreach (var part in parts.Take(parts.Count - 1))
            {
                var due = state.PriceOfNext(part);
                Assert.InRange(due, 1, price * part);
                (paid, state) = (paid + due, state with { UnitsUsed = state.UnitsUsed + part });
            }

            Assert.Equal(cost + more, paid + state.PriceOfNext(parts[^1]));
            Assert.True(state.PriceOfNext(parts[^1]) > more);
        }, iter: 5_000);

    [Fact]
    public void What_is_delivered_is_the_version_that_was_sold()
    {
        var version = new DegradedVersion(Degradation.Delayed, 90, 6_000);
        Assert.Equal(version, Delivered(version).Degraded);
        Assert.Null(Delivered(null).Degraded);
        Assert.Throws<ImpossibleHistoryException>(() => DealDecider.Evolve(new DealState { Stage = DealStage.Registered, Degraded = version }, Delivered(null)));

        TransferCompleted Delivered(DegradedVersion? sold) => Assert.IsType<TransferCompleted>(Assert.Single(
            DealDecider.Decide(new CompleteTransfer(Deal, Day(80)) { At = Day(69), By = Provider }, new DealState { Stage = DealStage.Registered, Degraded = sold }).Events));
    }

    [Fact]
    public void A_counter_offer_changes_the_amount_that_is_accepted()
    {
        var countered = DealDecider.Decide(Request with { AmountFen = 90_000 }, Given("Offered")).Events.Aggregate(Given("Offered"), DealDecider.Evolve);
        var offered = DealDecider.Decide(new OfferContract(Deal, 95_000) { At = Day(59), By = Provider }, countered).Events
            .Aggregate(countered, DealDecider.Evolve);
        var accepted = Assert.Single(DealDecider.Decide(new AcceptContract(Deal) { At = Day(59), By = Buyer }, offered).Events);
        Assert.Equal(95_000, Assert.IsType<ContractAccepted>(accepted).AmountFen);
    }

    [Fact]
    public void A_claim_upheld_in_full_ends_the_licence_and_frees_its_copies()
    {
        Assert.Equal((true, 1), Upheld("Claimed (two copies)", 100_000));
        Assert.Equal((false, 0), Upheld("Claimed (two copies)", 99_999));
        Assert.Equal((true, 0), Upheld("Claimed", 100_000));
        Assert.Equal((true, 0), Upheld("Claimed (after a refund in part)", 90_000));

        (bool, int) Upheld(string state, long fen)
        {
            var decision = DealDecider.Decide(new DecideClaim(Deal, fen) { At = Day(110), By = Provider }, Given(state));
            var upheld = Assert.IsType<ClaimUpheld>(Assert.Single(decision.Events));
            return (upheld.IsFull, upheld.Copies);
        }
    }

    [Fact]
    public void A_completed_deal_is_remembered_for_its_claim_and_forgotten_after_it()
    {
        Assert.False(DealDecider.IsTerminal(Given("Completed:claimable")));
        Assert.True(DealDecider.IsTerminal(Given("Completed")));
        Assert.Same(DealDecider.Condense(Given("Completed")), DealDecider.Condense(Given("Completed (claim dismissed)")));
    }

    [Fact]
    public void A_cancelled_deal_gives_back_the_copies_it_holds()
    {
        Assert.Equal(1, Cancelled("Overdue (two copies)").Copies);
        Assert.Equal(0, Cancelled("Overdue").Copies);

        DealCancelled Cancelled(string state) =>
            Assert.IsType<DealCancelled>(Assert.Single(DealDecider.Decide(new CancelDeal(Deal) { At = Day(72), By = Buyer }, Given(state)).Events));
    }
}
