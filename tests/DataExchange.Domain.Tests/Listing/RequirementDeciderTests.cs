using DataExchange.Domain.Listing;
using static DataExchange.Domain.Tests.Sample;

namespace DataExchange.Domain.Tests.Listing;

public sealed class RequirementDeciderTests : DeciderSpecification<RequirementDecider, RequirementCommand, BuyerRequirement>
{
    private static readonly RankedProduct Best = new(Product, 8_000, 9_000, 10_000, 10_000, 5_000, 2_000);
    private static readonly RankedProduct Second = new(OtherProduct, 4_000, 3_000, 6_000, 10_000, 5_000, 1_000);

    private static readonly RequirementPosted Posted = new(
        Requirement, Venue, Buyer, "杭州市智能摄像头出货量", "smart-iot.vision.camera.smart", "industry", ProductForm.Dataset, null, 80, 500_000, Day(60))
        { At = Day(0), By = Buyer };

    private static readonly RequirementAnswered Answered = new(Requirement, "bm25-chain.1", [Best, Second], 900, 12, 8, 5) { At = Day(2), By = Provider };
    private static readonly RequirementMet Met = new(Requirement, Product, 1, Deal) { At = Day(9), By = Buyer };
    private static readonly PostRequirement Post = new(
        Requirement, Venue, Buyer, "杭州市智能摄像头出货量", "smart-iot.vision.camera.smart", "industry", ProductForm.Dataset, null, 80, 500_000, Day(60))
        { At = Day(3), By = Buyer };

    private static readonly AnswerRequirement Answer = new(Requirement, "bm25-chain.1", [Best, Second], 900, 12, 8, 5) { At = Day(3), By = Provider };
    private static readonly LapseRequirement Lapse = new(Requirement) { At = Day(60), By = Provider };
    private static readonly MeetRequirement Meet = new(Requirement, OtherProduct, Deal) { At = Day(3), By = Buyer };

    /// <inheritdoc />
    protected override IReadOnlyDictionary<string, Event[]> Histories { get; } = new Dictionary<string, Event[]>
    {
        ["new"] = [],
        ["posted"] = [Posted],
        ["answered"] = [Posted, Answered],
        ["met"] = [Posted, Answered, Met],
        ["lapsed"] = [Posted, Answered, new RequirementLapsed(Requirement, 2, LapseReason.NotTaken) { At = Day(60), By = Provider }],
        ["withdrawn"] = [Posted, new RequirementWithdrawn(Requirement) { At = Day(1), By = Buyer }],
        ["(nothing fits)"] = [Posted, Answered with { Ranking = [], Fitting = 0, Affordable = 0, GoodEnough = 0 }],
        ["(too dear)"] = [Posted, Answered with { Ranking = [], Affordable = 0, GoodEnough = 0 }],
        ["(too bad)"] = [Posted, Answered with { Ranking = [], GoodEnough = 0 }],
    };

    /// <inheritdoc />
    protected override IReadOnlyDictionary<string, RequirementCommand> Commands { get; } = new Dictionary<string, RequirementCommand>
    {
        ["PostRequirement"] = Post,
        ["AnswerRequirement"] = Answer,
        ["MeetRequirement"] = Meet,
        ["LapseRequirement"] = Lapse,
        ["WithdrawRequirement"] = new WithdrawRequirement(Requirement) { At = Day(3), By = Buyer },
    };

    /// <inheritdoc />
    protected override string Decisions => """
        command             | new                   | posted                    | answered                  | met                       | lapsed                    | withdrawn
        PostRequirement     | RequirementPosted     | !RequirementAlreadyPosted | !RequirementAlreadyPosted | !RequirementAlreadyPosted | !RequirementAlreadyPosted | !RequirementAlreadyPosted
        AnswerRequirement   | !RequirementNotPosted | RequirementAnswered       | RequirementAnswered       | !RequirementWasMet        | !RequirementHasLapsed     | !RequirementWasWithdrawn
        MeetRequirement     | !RequirementNotPosted | !ProductNotProposed       | RequirementMet            | !RequirementWasMet        | !RequirementHasLapsed     | !RequirementWasWithdrawn
        LapseRequirement    | !RequirementNotPosted | RequirementLapsed         | RequirementLapsed         | !RequirementWasMet        | !RequirementHasLapsed     | !RequirementWasWithdrawn
        WithdrawRequirement | !RequirementNotPosted | RequirementWithdrawn      | RequirementWithdrawn      | !RequirementWasMet        | !RequirementHasLapsed     | !RequirementWasWithdrawn
        """;

    /// <inheritdoc />
    protected override string Evolution => """
        RequirementAnswered: posted, answered
        RequirementLapsed: posted, answered
        RequirementMet: answered
        RequirementPosted: new
        RequirementWithdrawn: posted, answered
        """;

    /// <inheritdoc />
    protected override IReadOnlyList<Guard> Guards { get; } =
    [
        new("words are needed", "new", Post with { Text = " " }, "!RequirementInvalid"),
        new("five hundred characters are enough", "new", Post with { Text = new string('数', 500) }, "RequirementPosted"),
        new("more are too many", "new", Post with { Text = new string('数', 501) }, "!RequirementInvalid"),
        new("a quality is at most 100", "new", Post with { LeastQuality = 101 }, "!RequirementInvalid"),
        new("any quality may do", "new", Post with { LeastQuality = 0 }, "RequirementPosted"),
        new("a budget is above 0", "new", Post with { BudgetFen = 0 }, "!RequirementInvalid"),
        new("what is needed until now is needed no more", "new", Post with { NeededUntil = Day(3) }, "!RequirementInvalid"),
        new("an answer comes in time", "posted", Answer with { At = Day(60) }, "!RequirementOver"),
        new("nothing may fit", "posted", Answer with { Ranking = [], Fitting = 0, Affordable = 0, GoodEnough = 0 }, "RequirementAnswered"),
        new("a better product comes first", "posted", Answer with { Ranking = [Second, Best] }, "!RankingInvalid"),
        new("a product is proposed once", "posted", Answer with { Ranking = [Best, Best] }, "!RankingInvalid"),
        new("a score is a share", "posted", Answer with { Ranking = [Best with { ScoreBasisPoints = 10_001 }] }, "!RankingInvalid"),
        new("a part of a score is a share", "posted", Answer with { Ranking = [Best with { PriceBasisPoints = -1 }] }, "!RankingInvalid"),
        new("the ranking has a name", "posted", Answer with { Algorithm = "" }, "!RankingInvalid"),
        new("no more are proposed than fit", "posted", Answer with { GoodEnough = 1 }, "!RankingInvalid"),
        new("no more fit than were looked at", "posted", Answer with { Searched = 11 }, "!RankingInvalid"),
        new("twenty products are enough", "posted", Answer with { Ranking = Many(20), GoodEnough = 20, Affordable = 20, Fitting = 20 }, "RequirementAnswered"),
        new("more are too many", "posted", Answer with { Ranking = Many(21), GoodEnough = 21, Affordable = 21, Fitting = 21 }, "!RankingInvalid"),
        new("a requirement does not lapse before its time", "answered", Lapse with { At = Day(59) }, "!RequirementStillOpen"),
        new("a deal that took long may still meet it", "answered", Meet with { At = Day(70) }, "RequirementMet"),
        new("what was proposed before counts no more", "(nothing fits)", Meet, "!ProductNotProposed"),
    ];

    /// <inheritdoc />
    protected override IEnumerable<string> Stages => Enum.GetNames<RequirementStage>();

    /// <inheritdoc />
    protected override IEnumerable<string> StagesOf(BuyerRequirement state) => [state.Stage.ToString()];

    [Theory]
    [InlineData("posted", LapseReason.NotAnswered, 0)]
    [InlineData("answered", LapseReason.NotTaken, 2)]
    [InlineData("(nothing fits)", LapseReason.NothingFitting, 0)]
    [InlineData("(too dear)", LapseReason.TooDear, 0)]
    [InlineData("(too bad)", LapseReason.NothingGoodEnough, 0)]
    public void A_requirement_that_lapses_says_why(string state, LapseReason reason, int candidates) =>
        Assert.Equal(
            new RequirementLapsed(Requirement, candidates, reason) { At = Lapse.At, By = Lapse.By },
            Assert.Single(RequirementDecider.Decide(Lapse, Given(state)).Events));

    [Fact]
    public void What_was_met_says_by_which_place_of_the_answer() =>
        Assert.Equal(2, Assert.IsType<RequirementMet>(Assert.Single(RequirementDecider.Decide(Meet, Given("answered")).Events)).Rank);

    private static RankedProduct[] Many(int count) =>
        [.. Enumerable.Range(0, count).Select(number => Best with { Product = new ProductId($"P{number}") })];
}
