using DataExchange.Domain.Settlement;
using static DataExchange.Domain.Tests.Sample;

namespace DataExchange.Domain.Tests.Settlement;

public sealed class SettlementDeciderTests : DeciderSpecification<SettlementDecider, SettlementCommand, DealSettlement>
{
    private static readonly DistributionTerms Terms = new(Venue, Provider, 250, 600, [new(Contributor, 1_000)]);

    private static readonly FundEscrow Funding = new(Deal, Buyer, 100_000, Terms) { At = Day(64), By = Buyer };

    private static readonly SettlePeriod Period = new(Deal, 40_000, false) { At = Day(90), By = Provider };

    /// <inheritdoc />
    protected override IReadOnlyDictionary<string, Event[]> Histories { get; } = MakeHistories();

    /// <inheritdoc />
    protected override IReadOnlyDictionary<string, SettlementCommand> Commands { get; } = new Dictionary<string, SettlementCommand>
    {
        ["FundEscrow"] = Funding,
        ["RecordFiledContract"] = new RecordFiledContract(Deal, Provider, 100_000) { At = Day(64), By = Provider },
        ["SettleDeal"] = new SettleDeal(Deal) { At = Day(76), By = Buyer },
        ["SettlePeriod"] = Period,
        ["RefundDeal:in part"] = new RefundDeal(Deal, Buyer, 10_000) { At = Day(78), By = Provider },
        ["RefundDeal:in full"] = new RefundDeal(Deal, Buyer, 100_000) { At = Day(78), By = Provider },
        ["IssueDataInvoice"] = new IssueDataInvoice(Deal) { At = Day(80), By = Provider },
        ["ChargeBackDeal:in part"] = new ChargeBackDeal(Deal, Buyer, 10_000) { At = Day(110), By = Provider },
        ["ChargeBackDeal:in full"] = new ChargeBackDeal(Deal, Buyer, 100_000) { At = Day(110), By = Provider },
    };

    /// <inheritdoc />
    protected override string Decisions => """
        command             | None                  | Funded               | Funded:period settled | Funded:refunded in part
        FundEscrow          | EscrowFunded          | !EscrowAlreadyFunded | !EscrowAlreadyFunded  | !EscrowAlreadyFunded
        RecordFiledContract | FiledContractRecorded | !EscrowAlreadyFunded | !EscrowAlreadyFunded  | !EscrowAlreadyFunded
        SettleDeal          | !EscrowNotFunded      | DealSettled          | DealSettled           | DealSettled
        SettlePeriod        | !EscrowNotFunded      | PeriodSettled        | PeriodSettled         | PeriodSettled
        RefundDeal:in part  | !EscrowNotFunded      | DealRefunded         | DealRefunded          | DealRefunded
        RefundDeal:in full  | !EscrowNotFunded      | DealRefunded         | !EscrowExceeded       | !EscrowExceeded
        IssueDataInvoice    | !EscrowNotFunded      | !NotSettled          | !NotSettled           | !NotSettled
        ChargeBackDeal:in part | !EscrowNotFunded   | !NotSettled          | !NotSettled           | !NotSettled
        ChargeBackDeal:in full | !EscrowNotFunded   | !NotSettled          | !NotSettled           | !NotSettled

        command             | Settled              | Settled:filed        | Invoiced              | Refunded
        FundEscrow          | !EscrowAlreadyFunded | !EscrowAlreadyFunded | !EscrowAlreadyFunded  | !EscrowAlreadyFunded
        RecordFiledContract | !EscrowAlreadyFunded | !EscrowAlreadyFunded | !EscrowAlreadyFunded  | !EscrowAlreadyFunded
        SettleDeal          | !AlreadySettled      | !AlreadySettled      | !InvoiceAlreadyIssued | !DealRefunded
        SettlePeriod        | !AlreadySettled      | !AlreadySettled      | !InvoiceAlreadyIssued | !DealRefunded
        RefundDeal:in part  | !AlreadySettled      | !AlreadySettled      | !InvoiceAlreadyIssued | !DealRefunded
        RefundDeal:in full  | !AlreadySettled      | !AlreadySettled      | !InvoiceAlreadyIssued | !DealRefunded
        IssueDataInvoice    | DataInvoiceIssued    | DataInvoiceIssued    | !InvoiceAlreadyIssued | !DealRefunded
        ChargeBackDeal:in part | !NotSettled       | !NotSettled          | DealChargedBack       | !DealRefunded
        ChargeBackDeal:in full | !NotSettled       | !NotSettled          | DealChargedBack       | !DealRefunded

        command                | Invoiced:filed        | ChargedBack
        FundEscrow             | !EscrowAlreadyFunded  | !EscrowAlreadyFunded
        RecordFiledContract    | !EscrowAlreadyFunded  | !EscrowAlreadyFunded
        SettleDeal             | !InvoiceAlreadyIssued | !AlreadyChargedBack
        SettlePeriod           | !InvoiceAlreadyIssued | !AlreadyChargedBack
        RefundDeal:in part     | !InvoiceAlreadyIssued | !AlreadyChargedBack
        RefundDeal:in full     | !InvoiceAlreadyIssued | !AlreadyChargedBack
        IssueDataInvoice       | !InvoiceAlreadyIssued | !AlreadyChargedBack
        ChargeBackDeal:in part | !FiledOffVenue        | !AlreadyChargedBack
        ChargeBackDeal:in full | !FiledOffVenue        | !AlreadyChargedBack
        """;

    /// <inheritdoc />
    protected override string Evolution => """
        DataInvoiceIssued: Settled, Settled:filed
        DealChargedBack: Invoiced
        DealRefunded: Funded, Funded:period settled, Funded:refunded in part
        DealSettled: Funded
        EscrowFunded: None
        FiledContractRecorded: None
        PeriodSettled: Funded, Funded:period settled, Funded:refunded in part
        """;

    /// <inheritdoc />
    protected override IReadOnlyList<Guard> Guards { get; } =
    [
        new("an escrow of nothing", "None", Funding with { AmountFen = 0 }, "!AmountInvalid"),
        new("an escrow out of range", "None", Funding with { AmountFen = Money.MostFen + 1 }, "!AmountInvalid"),
        new("a fee above the whole", "None", Funding with { Terms = Terms with { FeeBasisPoints = 10_001 } }, "!TermsInvalid"),
        new("a negative tax", "None", Funding with { Terms = Terms with { VatBasisPoints = -1 } }, "!TermsInvalid"),
        new("tiers that do not rise", "None", Funding with { Terms = Terms with { Fee = new([new(9, 1), new(8, 1)], 0, null) } }, "!FeeTiersNotRising"),
        new("a least fee above the most", "None", Funding with { Terms = Terms with { Fee = new([], 2, 1) } }, "!FeeBoundsInvalid"),
        new("nothing taken back", "Invoiced", new ChargeBackDeal(Deal, Buyer, 0) { At = Day(110), By = Provider }, "!AmountInvalid"),
        new("more taken back than was shared out", "Invoiced", new ChargeBackDeal(Deal, Buyer, 100_001) { At = Day(110), By = Provider },
            "!ChargebackExceeded"),
        new("shares of everything", "None", Funding with { Terms = Terms with { Contributors = [new(Contributor, 10_000)] } }, "!TermsInvalid"),
        new("a share of nothing", "None", Funding with { Terms = Terms with { Contributors = [new(Contributor, 0)] } }, "!TermsInvalid"),
        new("a filed contract for nothing", "None", new RecordFiledContract(Deal, Provider, 0) { At = Day(64), By = Provider }, "!AmountInvalid"),
        new("a period of nothing", "Funded", Period with { AmountFen = 0 }, "!AmountInvalid"),
        new("a period above the escrow", "Funded", Period with { AmountFen = 100_001 }, "!EscrowExceeded"),
        new("a last period that leaves money", "Funded", Period with { IsLast = true }, "!EscrowExceeded"),
        new("a period that takes all and is not last", "Funded", Period with { AmountFen = 100_000 }, "!EscrowExceeded"),
        new("the last period", "Funded:period settled", Period with { AmountFen = 60_000, IsLast = true }, "PeriodSettled"),
        new("a refund of nothing", "Funded", new RefundDeal(Deal, Buyer, 0) { At = Day(78), By = Provider }, "!AmountInvalid"),
        new("a refund above what is left", "Funded:period settled", new RefundDeal(Deal, Buyer, 60_001) { At = Day(78), By = Provider }, "!EscrowExceeded"),
    ];

    /// <inheritdoc />
    protected override IEnumerable<string> Stages => Enum.GetNames<SettlementStage>();

    /// <inheritdoc />
    protected override IEnumerable<string> StagesOf(DealSettlement state) => [state.Stage.ToString()];

    [Fact]
    public void Tax_fee_and_shares_come_out_of_what_was_paid()
    {
        // 100,000 at 6 %: tax 5,660 (5,660.38); fee 2.5 %: 2,500; of the other 91,840 a tenth goes to the contributor.
        var settled = Assert.IsType<DealSettled>(Assert.Single(SettlementDecider.Decide(Commands["SettleDeal"], Given("Funded")).Events));
        Assert.Equal(
            [
                new(LedgerAccount.Escrow, LedgerAccount.Vat, 5_660),
                new(LedgerAccount.Escrow, LedgerAccount.Fees(Venue), 2_500),
                new(LedgerAccount.Escrow, LedgerAccount.Payable(Contributor), 9_184),
                new(LedgerAccount.Escrow, LedgerAccount.Payable(Provider), 82_656),
            ], settled.Postings);
    }

    [Fact]
    public void What_is_left_after_shares_goes_back_and_the_deal_is_settled()
    {
        var rest = Assert.Single(SettlementDecider.Decide(new RefundDeal(Deal, Buyer, 60_000) { At = Day(170), By = Provider }, Given("Funded:period settled")).Events);
        Assert.Equal((SettlementStage.Settled, Money.Zero), SettlementDecider.Evolve(Given("Funded:period settled"), rest) is var state ? (state.Stage, state.InEscrow) : default);
        Assert.Equal(SettlementStage.Refunded, SettlementDecider.Evolve(Given("Funded"), new DealRefunded(Deal, Buyer, 100_000) { At = Day(76), By = Buyer }).Stage);
    }

    [Fact]
    public void Postings_that_do_not_fit_the_escrow_are_an_impossible_history()
    {
        Posting[] Of(long fen) => [new(LedgerAccount.Escrow, LedgerAccount.Vat, fen)];
        Event[] events =
        [
            new DealSettled(Deal, Of(99_999)) { At = Day(76), By = Buyer },
            new DealSettled(Deal, Of(100_001)) { At = Day(76), By = Buyer },
            new PeriodSettled(Deal, Of(100_001), true) { At = Day(76), By = Buyer },
            new PeriodSettled(Deal, Of(100_000), false) { At = Day(76), By = Buyer },
            new PeriodSettled(Deal, Of(99_999), true) { At = Day(76), By = Buyer },
            new DealRefunded(Deal, Buyer, 100_001) { At = Day(76), By = Buyer },
            new DealRefunded(Deal, Buyer, 0) { At = Day(76), By = Buyer },
        ];
        Assert.All(events, e => Assert.Throws<ImpossibleHistoryException>(() => SettlementDecider.Evolve(Given("Funded"), e)));
    }

    private static Dictionary<string, Event[]> MakeHistories()
    {
        Posting[] Of(long fen) => [new(LedgerAccount.Escrow, LedgerAccount.Payable(Provider), fen)];
        Event funded = new EscrowFunded(Deal, Buyer, 100_000, Terms) { At = Day(64), By = Buyer };
        Event settled = new DealSettled(Deal, Of(100_000)) { At = Day(76), By = Buyer };
        Event filed = new FiledContractRecorded(Deal, 100_000, []) { At = Day(64), By = Provider };
        return new()
        {
            ["None"] = [],
            ["Funded"] = [funded],
            ["Funded:period settled"] = [funded, new PeriodSettled(Deal, Of(40_000), false) { At = Day(76), By = Buyer }],
            ["Funded:refunded in part"] = [funded, new DealRefunded(Deal, Buyer, 10_000) { At = Day(76), By = Buyer }],
            ["Settled"] = [funded, settled],
            ["Settled:filed"] = [filed],
            ["Invoiced"] = [funded, settled, new DataInvoiceIssued(Deal, Handle.OfInvoice(Deal), 100_000, "d") { At = Day(77), By = Buyer }],
            ["Invoiced:filed"] = [filed, new DataInvoiceIssued(Deal, Handle.OfInvoice(Deal), 100_000, "d") { At = Day(77), By = Buyer }],
            ["ChargedBack"] =
            [
                funded, settled, new DataInvoiceIssued(Deal, Handle.OfInvoice(Deal), 100_000, "d") { At = Day(77), By = Buyer },
                new DealChargedBack(Deal, Venue, Buyer, 100_000, [], [new(Provider, 100_000)]) { At = Day(110), By = Provider },
            ],
            ["Refunded"] = [funded, new DealRefunded(Deal, Buyer, 100_000) { At = Day(76), By = Buyer }],
        };
    }
}
