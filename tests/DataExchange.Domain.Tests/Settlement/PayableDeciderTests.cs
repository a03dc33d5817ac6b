using CsCheck;
using DataExchange.Domain.Settlement;
using static DataExchange.Domain.Tests.Sample;

namespace DataExchange.Domain.Tests.Settlement;

public sealed class PayableDeciderTests : DeciderSpecification<PayableDecider, PayableCommand, PartyPayable>
{
    private static readonly Event Paid = new ProceedsPaidOut(Provider, 1_000, 1_000) { At = Day(1), By = Provider };
    private static readonly Event Owing = new ProceedsChargedBack(Provider, Deal, 1_000, 0, 400) { At = Day(2), By = Provider };

    /// <inheritdoc />
    protected override IReadOnlyDictionary<string, Event[]> Histories { get; } = new Dictionary<string, Event[]>
    {
        ["new"] = [],
        ["paid out"] = [Paid],
        ["owing"] = [Paid, Owing],
        ["owing (as much as can be counted)"] = [Paid, new ProceedsChargedBack(Provider, Deal, 1_000, 0, long.MaxValue) { At = Day(2), By = Provider }],
        ["some left"] = [new ProceedsChargedBack(Provider, Deal, 1_000, 700, 0) { At = Day(1), By = Provider }],
    };

    /// <inheritdoc />
    protected override IReadOnlyDictionary<string, PayableCommand> Commands { get; } = new Dictionary<string, PayableCommand>
    {
        ["PayOutProceeds"] = new PayOutProceeds(Provider, 100, 1_500) { At = Day(3), By = Buyer },
        ["PayOutProceeds:nothing new"] = new PayOutProceeds(Provider, 100, 1_000) { At = Day(3), By = Buyer },
        ["ChargeBackProceeds"] = new ChargeBackProceeds(Provider, OtherDeal, 200, 1_000) { At = Day(3), By = Buyer },
    };

    /// <inheritdoc />
    protected override string Decisions => """
        command                    | new                 | paid out            | owing                          | some left
        PayOutProceeds             | ProceedsPaidOut     | ProceedsPaidOut     | ProceedsOffset+ProceedsPaidOut | ProceedsPaidOut
        PayOutProceeds:nothing new | ProceedsPaidOut     | !NothingPayable     | !NothingPayable                | ProceedsPaidOut
        ChargeBackProceeds         | ProceedsChargedBack | ProceedsChargedBack | ProceedsChargedBack            | ProceedsChargedBack
        """;

    /// <inheritdoc />
    protected override string Evolution => """
        ProceedsChargedBack: new, some left
        ProceedsOffset: owing
        ProceedsPaidOut: new
        """;

    /// <inheritdoc />
    protected override IReadOnlyList<Guard> Guards { get; } =
    [
        new("exactly the least", "paid out", new PayOutProceeds(Provider, 500, 1_500) { At = Day(3), By = Buyer }, "ProceedsPaidOut"),
        new("a fen below the least", "paid out", new PayOutProceeds(Provider, 501, 1_500) { At = Day(3), By = Buyer }, "!NothingPayable"),
        new("less than the least after what is owed", "owing", new PayOutProceeds(Provider, 101, 1_500) { At = Day(3), By = Buyer }, "ProceedsOffset"),
        new("less than is owed", "owing", new PayOutProceeds(Provider, 0, 1_399) { At = Day(3), By = Buyer }, "ProceedsOffset"),
        new("a negative least", "paid out", new PayOutProceeds(Provider, -1, 1_500) { At = Day(3), By = Buyer }, "!AmountInvalid"),
        new("proceeds that shrink", "paid out", new PayOutProceeds(Provider, 0, 999) { At = Day(3), By = Buyer }, "!AmountInvalid"),
        new("proceeds that shrink, taken back", "paid out", new ChargeBackProceeds(Provider, Deal, 1, 999) { At = Day(3), By = Buyer }, "!AmountInvalid"),
        new("nothing taken back", "paid out", new ChargeBackProceeds(Provider, Deal, 0, 1_000) { At = Day(3), By = Buyer }, "!AmountInvalid"),
        new("a debt beyond counting", "owing (as much as can be counted)", new ChargeBackProceeds(Provider, Deal, 1, 1_000) { At = Day(3), By = Buyer },
            "!AmountInvalid"),
    ];

    /// <inheritdoc />
    protected override IEnumerable<string> Stages => ["even", "payable", "owing"];

    /// <inheritdoc />
    protected override IEnumerable<string> StagesOf(PartyPayable state) =>
        [state.OwedFen > 0 ? "owing" : state.PayableFen > 0 ? "payable" : "even"];

    [Fact]
    public void What_was_paid_out_already_is_owed_and_kept_back_first()
    {
        var charged = Assert.IsType<ProceedsChargedBack>(Assert.Single(
            PayableDecider.Decide(new ChargeBackProceeds(Provider, Deal, 900, 1_500) { At = Day(3), By = Buyer }, Given("paid out")).Events));
        Assert.Equal((500L, 400L), (charged.TakenFen, charged.OwedFen));
        var paid = PayableDecider.Decide(new PayOutProceeds(Provider, 0, 2_100) { At = Day(4), By = Buyer }, PayableDecider.Evolve(Given("paid out"), charged)).Events;
        Assert.Equal((400L, 200L), (Assert.IsType<ProceedsOffset>(paid[0]).AmountFen, Assert.IsType<ProceedsPaidOut>(paid[1]).AmountFen));
    }

    [Fact]
    public void More_than_is_payable_is_an_impossible_history()
    {
        Event[] events =
        [
            new ProceedsPaidOut(Provider, 1_500, 501) { At = Day(3), By = Buyer },
            new ProceedsPaidOut(Provider, 999, 1) { At = Day(3), By = Buyer },
            new ProceedsPaidOut(Provider, 1_500, 0) { At = Day(3), By = Buyer },
            new ProceedsOffset(Provider, 2_000, 401) { At = Day(3), By = Buyer },
            new ProceedsChargedBack(Provider, Deal, 1_500, 501, 0) { At = Day(3), By = Buyer },
            new ProceedsChargedBack(Provider, Deal, 1_500, 0, 0) { At = Day(3), By = Buyer },
            new ProceedsChargedBack(Provider, Deal, 1_500, 499, 1) { At = Day(3), By = Buyer },
            new ProceedsChargedBack(Provider, Deal, 1_500, 600, -1) { At = Day(3), By = Buyer },
        ];
        Assert.All(events, e => Assert.Throws<ImpossibleHistoryException>(() => PayableDecider.Evolve(Given("owing"), e)));
    }

    /// <summary>Proceeds, payouts and chargebacks in any order: what came in is paid out, taken back, kept back or still there, and nothing is ever below zero.</summary>
    [Fact]
    public void Every_fen_of_the_proceeds_is_somewhere() =>
        Gen.Select(Gen.Int[0, 2], Gen.Long[1, 1_000], Gen.Long[0, 300]).Array[1, 60].Sample(steps =>
        {
            var state = PayableDecider.Initial;
            long proceeds = 0, paid = 0, taken = 0, owed = 0, offset = 0, charged = 0;
            foreach (var (kind, fen, least) in steps)
            {
                if (kind == 0)
                {
                    proceeds += fen;
                    continue;
                }

                PayableCommand command = kind == 1
                    ? new PayOutProceeds(Provider, least, proceeds) { At = Day(3), By = Buyer }
                    : new ChargeBackProceeds(Provider, Deal, fen, proceeds) { At = Day(3), By = Buyer };
                charged += kind == 2 ? fen : 0;
                foreach (var e in PayableDecider.Decide(command, state).Events)
                {
                    state = PayableDecider.Evolve(state, e);
                    paid += e is ProceedsPaidOut p ? p.AmountFen : 0;
                    offset += e is ProceedsOffset o ? o.AmountFen : 0;
                    taken += e is ProceedsChargedBack t ? t.TakenFen : 0;
                    owed += e is ProceedsChargedBack w ? w.OwedFen : 0;
                }

                Assert.Equal(proceeds - paid - taken - offset, state.PayableWith(proceeds));
                Assert.Equal(owed - offset, state.OwedFen);
                Assert.True(state.PayableFen >= 0 && state.OwedFen >= 0);
                Assert.Equal(charged, taken + owed);
            }
        });
}
