using DataExchange.Domain.Trading;
using static DataExchange.Domain.Tests.AuctionSample;
using static DataExchange.Domain.Tests.Sample;

namespace DataExchange.Domain.Tests.Trading;

public sealed class AuctionDeciderTests : DeciderSpecification<AuctionDecider, AuctionCommand, Auction>
{
    private static readonly PartyId Rival = Contributor;

    private static readonly AuctionAnnounced Announced = new(Product, Sale, Venue, Provider, SecurityClass.Important, SecondPrice) { At = Day(55), By = Provider };

    private static readonly CommitBid Commit = new(Sale, Buyer, SecurityClass.Important, Commitment, 100) { At = Day(60), By = Buyer };

    private static readonly RevealBid Reveal = new(Sale, Buyer, 1_500, Nonce, Commitment) { At = Day(72), By = Buyer };

    private static readonly PlaceBid Place = new(Sale, Buyer, 7, SecurityClass.Important, 2_000) { At = Day(60), By = Buyer };

    private static readonly CloseAuction Close = new(Sale, null, Nothing) { At = Day(80), By = new("venue") };

    /// <inheritdoc />
    protected override IReadOnlyDictionary<string, Event[]> Histories { get; } = MakeHistories();

    /// <inheritdoc />
    protected override IReadOnlyDictionary<string, AuctionCommand> Commands { get; } = new Dictionary<string, AuctionCommand>
    {
        ["OpenAuction"] = new OpenAuction(Announced) { At = Day(55), By = Provider },
        ["CommitBid"] = Commit,
        ["RevealBid"] = Reveal,
        ["PlaceBid"] = Place,
        ["CloseAuction"] = Close,
        ["CloseAuction:award"] = Close with { Outcome = Award((Buyer, 1_200)) },
        ["CancelAuction"] = new CancelAuction(Sale) { At = Day(60), By = Provider },
    };

    /// <inheritdoc />
    protected override string Decisions => """
        command            | none             | Open                   | Open:committed         | Open:revealed
        OpenAuction        | AuctionOpened    | !AuctionExists         | !AuctionExists         | !AuctionExists
        CommitBid          | !AuctionNotFound | BidCommitted           | !AlreadyCommitted      | !AlreadyCommitted
        RevealBid          | !AuctionNotFound | !NotCommitted          | BidRevealed            | !AlreadyRevealed
        PlaceBid           | !AuctionNotFound | !WrongAuctionFormat    | !WrongAuctionFormat    | !WrongAuctionFormat
        CloseAuction       | !AuctionNotFound | AuctionClosed          | AuctionClosed          | AuctionClosed
        CloseAuction:award | !AuctionNotFound | !AuctionOutcomeInvalid | !AuctionOutcomeInvalid | AuctionClosed
        CancelAuction      | !AuctionNotFound | AuctionCancelled       | !AuctionHasBids        | !AuctionHasBids

        command            | Open:english           | Open:bid               | Open:dutch             | Open:taken
        OpenAuction        | !AuctionExists         | !AuctionExists         | !AuctionExists         | !AuctionExists
        CommitBid          | !WrongAuctionFormat    | !WrongAuctionFormat    | !WrongAuctionFormat    | !WrongAuctionFormat
        RevealBid          | !WrongAuctionFormat    | !WrongAuctionFormat    | !WrongAuctionFormat    | !WrongAuctionFormat
        PlaceBid           | BidPlaced              | BidPlaced              | BidPlaced              | !LateBid
        CloseAuction       | AuctionClosed          | AuctionClosed          | AuctionClosed          | AuctionClosed
        CloseAuction:award | !AuctionOutcomeInvalid | !AuctionOutcomeInvalid | !AuctionOutcomeInvalid | !AuctionOutcomeInvalid
        CancelAuction      | AuctionCancelled       | !AuctionHasBids        | AuctionCancelled       | !AuctionHasBids

        command            | Closed         | Cancelled
        OpenAuction        | !AuctionExists | !AuctionExists
        CommitBid          | !AuctionOver   | !AuctionOver
        RevealBid          | !AuctionOver   | !AuctionOver
        PlaceBid           | !AuctionOver   | !AuctionOver
        CloseAuction       | !AuctionOver   | !AuctionOver
        CloseAuction:award | !AuctionOver   | !AuctionOver
        CancelAuction      | !AuctionOver   | !AuctionOver
        """;

    /// <inheritdoc />
    protected override string Evolution => """
        AuctionCancelled: Open, Open:english, Open:dutch
        AuctionClosed: Open, Open:english, Open:dutch
        AuctionOpened: none
        BidCommitted: Open
        BidPlaced: Open:english, Open:dutch
        BidRevealed: Open:committed
        """;

    /// <inheritdoc />
    protected override IReadOnlyList<Guard> Guards { get; } =
    [
        .. RulesThat("AuctionOpened", SecondPrice, UniformPrice, RandomSampling, English, Dutch, SecondPrice with { Format = AuctionFormat.FirstPrice },
            SecondPrice with { DepositFen = 0 }, SecondPrice with { ReserveFen = 1 }, English with { QuietSeconds = null }, Dutch with { StartFen = 1_000 }),
        .. RulesThat("!AuctionRulesInvalid", SecondPrice with { ReserveFen = 0 }, SecondPrice with { ReserveFen = -1 }, SecondPrice with { ReserveFen = AuctionRules.MostBidFen + 1 },
            SecondPrice with { DepositFen = -1 }, SecondPrice with { Copies = 2 }, SecondPrice with { Copies = null }, SecondPrice with { RevealUntil = null },
            SecondPrice with { RevealUntil = Day(70) }, SecondPrice with { BidUntil = Day(55) }, SecondPrice with { RevealUntil = Day(55 + 367) }, SecondPrice with { StepFen = 1 },
            SecondPrice with { CoinCommitment = Commitment }, UniformPrice with { Copies = 0 }, UniformPrice with { Copies = 1_001 }, RandomSampling with { Copies = 3 },
            RandomSampling with { CoinCommitment = null }, RandomSampling with { CoinCommitment = "heads" }, English with { DepositFen = 1 }, English with { StepFen = null },
            English with { StepFen = 0 }, English with { RevealUntil = Day(75) }, English with { StartFen = 1 }, English with { QuietSeconds = -1 }, Dutch with { StartFen = 999 },
            Dutch with { StartFen = null }, Dutch with { StepSeconds = 0 }, Dutch with { StepSeconds = null }, Dutch with { QuietSeconds = 1 }, Dutch with { Copies = 2 },
            SecondPrice with { Format = (AuctionFormat)99 }),
        new("the last moment of a commitment", "Open", Commit with { At = Day(70) }, "BidCommitted"),
        new("a late bid", "Open", Commit with { At = Day(70).AddSeconds(1) }, "!LateBid"),
        new("a second commitment", "Open:committed", Commit with { Commitment = Nonce }, "!AlreadyCommitted"),
        new("a deposit missing", "Open", Commit with { DepositFen = 99 }, "!DepositMissing"),
        new("a deposit below nothing", "Open", Commit with { DepositFen = -100 }, "!DepositMissing"),
        new("a deposit beyond counting", "Open", Commit with { DepositFen = AuctionRules.MostBidFen + 1 }, "!BidInvalid"),
        new("more than the deposit", "Open", Commit with { DepositFen = 5_000 }, "BidCommitted"),
        new("a commitment that is none", "Open", Commit with { Commitment = "1500" }, "!BidInvalid"),
        new("a commitment in large letters", "Open", Commit with { Commitment = new string('B', 64) }, "!BidInvalid"),
        new("a bidder who is not admitted", "Open", Commit with { AdmittedFor = null }, "!BuyerNotAdmitted"),
        new("a bidder admitted for less", "Open", Commit with { AdmittedFor = SecurityClass.General }, "!BuyerNotAdmitted"),
        new("the provider bids for its own product", "Open", Commit with { Bidder = Provider }, "!OwnAuction"),
        new("the provider raises its own product", "Open:english", Place with { Bidder = Provider }, "!OwnAuction"),
        new("more bidders than it takes", "Open (full)", Commit, "!AuctionFull"),
        new("a bid opened before all are in", "Open:committed", Reveal with { At = Day(70) }, "!RevealTooEarly"),
        new("the first moment to open it", "Open:committed", Reveal with { At = Day(70).AddSeconds(1) }, "BidRevealed"),
        new("the last moment to open it", "Open:committed", Reveal with { At = Day(75) }, "BidRevealed"),
        new("a bid opened too late", "Open:committed", Reveal with { At = Day(75).AddSeconds(1) }, "!RevealTooLate"),
        new("a bid opened with another value", "Open:committed", Reveal with { Opens = Nonce }, "!BidValueDiffers"),
        new("a bid opened and nobody computed to what", "Open:committed", Reveal with { Opens = null }, "!BidValueDiffers"),
        new("a bid of nothing", "Open:committed", Reveal with { AmountFen = 0 }, "!BidInvalid"),
        new("a bid below nothing", "Open:committed", Reveal with { AmountFen = -1_500 }, "!BidInvalid"),
        new("a nonce that is none", "Open:committed", Reveal with { Nonce = "a" }, "!BidInvalid"),
        new("a bid below the reserve is opened, to get its deposit back", "Open:committed", Reveal with { AmountFen = 999 }, "BidRevealed"),
        new("somebody who did not commit", "Open:committed", Reveal with { Bidder = new("nobody") }, "!NotCommitted"),
        new("a sealed bid in an open auction", "Open:english", Reveal, "!WrongAuctionFormat"),
        new("an open bid at the reserve", "Open:english", Place with { AmountFen = 1_000 }, "BidPlaced"),
        new("an open bid below the reserve", "Open:english", Place with { AmountFen = 999 }, "!BidBelowReserve"),
        new("an open bid of nothing", "Open:english", Place with { AmountFen = 0 }, "!BidInvalid"),
        new("an open bid below nothing", "Open:english", Place with { AmountFen = -1 }, "!BidInvalid"),
        new("an open bid beyond counting", "Open:english", Place with { AmountFen = AuctionRules.MostBidFen + 1 }, "!BidInvalid"),
        new("a bid by the increment", "Open:bid", Place with { AmountFen = 1_250 }, "BidPlaced"),
        new("a bid below the increment", "Open:bid", Place with { AmountFen = 1_249 }, "!BidBelowIncrement"),
        new("the leader bids against itself", "Open:bid", Place with { Bidder = Rival, Number = 2, AmountFen = 1_250 }, "BidPlaced"),
        new("a number used", "Open:bid", Place with { Bidder = Rival, Number = 1 }, "!BidNumberUsed"),
        new("numbers begin with one", "Open:english", Place with { Number = 0 }, "!BidNumberUsed"),
        new("a late open bid", "Open:english", Place with { At = Day(70).AddSeconds(1) }, "!LateBid"),
        new("a bid near the close moves it", "Open (moved)", Place with { At = Day(70).AddSeconds(599) }, "BidPlaced"),
        new("but not for ever", "Open (moved)", Place with { At = Day(70).AddSeconds(600) }, "!LateBid"),
        new("the clock after five days stands at its last price", "Open:dutch", Place with { AmountFen = 1_100 }, "BidPlaced"),
        new("a fen below the clock", "Open:dutch", Place with { AmountFen = 1_099 }, "!BidBelowReserve"),
        new("a day earlier it stands higher", "Open:dutch", Place with { AmountFen = 1_400, At = Day(57).AddSeconds(-1) }, "!BidBelowReserve"),
        new("a Dutch auction ends with its bid", "Open:taken", Place, "!LateBid"),
        new("before bids can be opened no more", "Open:committed", Close with { At = Day(75) }, "!AuctionNotOver"),
        new("all open early ends early", "Open (all revealed)", Close with { At = Day(73), Outcome = Award((Buyer, 1_200)) }, "AuctionClosed"),
        new("an open auction runs to its end", "Open:bid", Close with { At = Day(70), Outcome = Award((Rival, 1_200)) }, "!AuctionNotOver"),
        new("an open auction at its end", "Open:bid", Close with { Outcome = Award((Rival, 1_200)) }, "AuctionClosed"),
        new("a Dutch auction is over at once", "Open:taken", Close with { At = Day(61), Outcome = Award((Rival, 1_100)) }, "AuctionClosed"),
        new("no outcome was computed", "Open", Close with { Outcome = null }, "!AuctionOutcomeInvalid"),
        new("an award to who did not open", "Open:revealed", Close with { Outcome = Award((Rival, 1_000)) }, "!AuctionOutcomeInvalid"),
        new("an award to who did not bid", "Open:revealed", Close with { Outcome = Award((new("nobody"), 1_000)) }, "!AuctionOutcomeInvalid"),
        new("an award above the bid", "Open:revealed", Close with { Outcome = Award((Buyer, 1_501)) }, "!AuctionOutcomeInvalid"),
        new("an award below the reserve", "Open:revealed", Close with { Outcome = Award((Buyer, 999)) }, "!AuctionOutcomeInvalid"),
        new("two awards of one copy", "Open (all revealed)", Close with { Outcome = Award((Buyer, 1_000), (Rival, 1_000)) }, "!AuctionOutcomeInvalid"),
        new("two awards of two copies", "Open (two copies)", Close with { Outcome = Award((Buyer, 1_000), (Rival, 1_000)) }, "AuctionClosed"),
        new("two awards to one", "Open (two copies)", Close with { Outcome = Award((Buyer, 1_000), (Buyer, 1_000)) }, "!AuctionOutcomeInvalid"),
        new("two prices for like copies", "Open (two copies)", Close with { Outcome = Award((Buyer, 1_000), (Rival, 1_100)) }, "!AuctionOutcomeInvalid"),
        new("no award and no reason", "Open", Close with { Outcome = new([], null) }, "!AuctionOutcomeInvalid"),
        new("a coin where none is tossed", "Open", Close with { Coin = Coin }, "!CoinDiffers"),
        new("the coin of a random sampling", "Open (coin)", Close with { At = Day(75).AddSeconds(1), Coin = Coin, Outcome = Award((Buyer, 1_000)) }, "AuctionClosed"),
        new("another coin", "Open (coin)", Close with { At = Day(75).AddSeconds(1), Coin = Nonce }, "!CoinDiffers"),
        new("the coin is awaited for a day", "Open (coin)", Close with { At = Day(76) }, "!CoinMissing"),
        new("and no longer", "Open (coin)", Close with { At = Day(76).AddSeconds(1), Outcome = new([], AuctionNoSale.CoinNotPublished) }, "AuctionClosed"),
    ];

    /// <inheritdoc />
    protected override IEnumerable<string> Stages => ["none", "Open", "Closed", "Cancelled"];

    /// <inheritdoc />
    protected override IEnumerable<string> StagesOf(Auction state) => [state.Stage == AuctionStage.None ? "none" : state.Stage.ToString()];

    [Fact]
    public void A_clock_falls_by_steps_and_stays_above_the_reserve()
    {
        long At(SimulatedTime at) => Dutch.ClockFen(Day(55), at);
        Assert.Equal([2_000, 2_000, 1_700, 1_400, 1_100, 1_100], [At(Day(55)), At(Day(56).AddSeconds(-1)), At(Day(56)), At(Day(57)), At(Day(58)), At(Day(4_000))]);
    }

    [Fact]
    public void A_bidder_pays_the_clock_though_it_would_have_paid_more()
    {
        var placed = Assert.IsType<BidPlaced>(Assert.Single(AuctionDecider.Decide(Place, Given("Open:dutch")).Events));
        Assert.Equal((1_100, 2_000, true), (placed.AmountFen, placed.HeldFen, placed.Ends));
    }

    [Fact]
    public void A_close_says_what_becomes_of_every_bid()
    {
        var closed = Assert.IsType<AuctionClosed>(Assert.Single(AuctionDecider.Decide(Commands["CloseAuction:award"], Given("Open:revealed")).Events));
        Assert.Equal([new AuctionAward(Buyer, new DealId("P000001-1-1"), SecurityClass.Important, 1_200)], closed.Awards);
        Assert.Empty(closed.Losers);
        Assert.Equal([new UnrevealedBid(Rival, 300)], closed.Unrevealed);
    }

    [Fact]
    public void A_close_that_forgets_a_bid_is_no_history()
    {
        var closed = (AuctionClosed)AuctionDecider.Decide(Commands["CloseAuction:award"], Given("Open:revealed")).Events[0];
        AuctionClosed[] wrong =
        [
            closed with { Unrevealed = [] }, closed with { Losers = [Rival] }, closed with { Unrevealed = [new(Rival, 200)] }, closed with { Provider = Rival },
            closed with { Awards = [closed.Awards[0] with { Deal = Deal }] }, closed with { NoSale = AuctionNoSale.NoBids }, closed with { At = Day(75) },
        ];
        Assert.All(wrong, e => Assert.Throws<ImpossibleHistoryException>(() => AuctionDecider.Evolve(Given("Open:revealed"), e)));
    }

    private static AuctionOutcome Award(params (PartyId Bidder, long PriceFen)[] awards) => new([.. awards.Select(award => new AuctionPrice(award.Bidder, award.PriceFen))], null);

    private static IEnumerable<Guard> RulesThat(string answer, params AuctionRules[] all) => all.Select((rules, i) =>
        new Guard($"rules {i + 1} that are {answer}: {rules}", "none", new OpenAuction(Announced with { Rules = rules }) { At = Day(55), By = Provider }, answer));

    private static Dictionary<string, Event[]> MakeHistories()
    {
        Event Opened(AuctionRules rules) => new AuctionOpened(Sale, Product, Venue, Provider, SecurityClass.Important, rules) { At = Day(55), By = Provider };
        Event Committed(PartyId bidder, long deposit) => new BidCommitted(Sale, bidder, SecurityClass.Important, Commitment, deposit) { At = Day(58), By = bidder };
        Event Revealed(PartyId bidder, long amount) => new BidRevealed(Sale, bidder, amount, Nonce, amount - 100) { At = Day(71), By = bidder };
        Event Placed(long fen, SimulatedTime at, bool? ends) => new BidPlaced(Sale, Rival, 1, SecurityClass.Important, fen, fen, null, ends) { At = at, By = Rival };
        Event[] committed = [Opened(SecondPrice), Committed(Buyer, 100), Committed(Rival, 300)];
        return new()
        {
            ["none"] = [],
            ["Open"] = [Opened(SecondPrice)],
            ["Open:committed"] = committed,
            ["Open:revealed"] = [.. committed, Revealed(Buyer, 1_500)],
            ["Open:english"] = [Opened(English)],
            ["Open:bid"] = [Opened(English), Placed(1_200, Day(58), null)],
            ["Open:dutch"] = [Opened(Dutch)],
            ["Open:taken"] = [Opened(Dutch), Placed(1_100, Day(58), true)],
            ["Closed"] = [Opened(English), new AuctionClosed(Sale, Product, Venue, Provider, [], AuctionNoSale.NoBids, [], []) { At = Day(71), By = Provider }],
            ["Cancelled"] = [Opened(English), new AuctionCancelled(Sale) { At = Day(56), By = Provider }],
            ["Open (all revealed)"] = [.. committed, Revealed(Buyer, 1_500), Revealed(Rival, 1_200)],
            ["Open (two copies)"] = [Opened(UniformPrice), .. committed.Skip(1), Revealed(Buyer, 1_500), Revealed(Rival, 1_200)],
            ["Open (coin)"] = [Opened(RandomSampling), .. committed.Skip(1), Revealed(Buyer, 1_500)],
            ["Open (moved)"] = [Opened(English), Placed(1_200, Day(70).AddSeconds(-1), null)],
            ["Open (full)"] = [Opened(SecondPrice), .. Enumerable.Range(0, Auction.MostBidders).Select(i => Committed(new($"b{i}"), 100))],
        };
    }
}
