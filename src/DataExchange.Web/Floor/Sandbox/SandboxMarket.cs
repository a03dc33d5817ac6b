using DataExchange.Domain;
using DataExchange.Matching;
using Command = DataExchange.Matching.Command;

namespace DataExchange.Web.Floor.Sandbox;

/// <summary>
/// A small market in memory on the real matching core: an order book with market makers and noise, a posted offer, call auctions. It reads no clock and draws from
/// its seed alone: a step is a second, and the same seed with the same orders at the same steps gives the same market. One thread uses it.
/// </summary>
internal sealed partial class SandboxMarket
{
    /// <summary>Worth of a price step, fen.</summary>
    internal const int TickFen = 10;

    /// <summary>Highest price, fen.</summary>
    internal const long HighestPriceFen = 100_000;

    /// <summary>Most pieces of an order.</summary>
    internal const int MostPieces = 1_000;

    /// <summary>Prices leave the band of so many 1/10,000 around the reference for a halt.</summary>
    internal const int BandBasisPoints = 800;

    /// <summary>Seconds of such a halt.</summary>
    internal const int HaltSeconds = 20;

    /// <summary>Seconds from one auction to the next.</summary>
    internal const int AuctionSeconds = 60;

    /// <summary>What the demo buyer begins with, fen.</summary>
    internal const long BuyerFen = 10_000_000;

    /// <summary>Packs the demo buyer begins with.</summary>
    internal const int BuyerPacks = 20;

    private const int Second = 1_000_000;
    private const int Places = 3;
    private const int Provider = 0;
    private const int Buyer = 1;
    private static readonly SimulatedTime Opening = SimulatedTime.On(new DateOnly(2025, 6, 2), (9 * 3_600) + (30 * 60));

    private readonly MatchingEngine<Reports> _engine;
    private readonly List<ExecutionReport> _reports = [];
    private readonly long[] _numbers = new long[SandboxAgents.LastAccount + 1];
    private readonly SandboxAgents _agents;
    private long _haltEnds;

    /// <summary>Opens a market.</summary>
    /// <param name="seed">What its agents do follows from it.</param>
    internal SandboxMarket(ulong seed)
    {
        Seed = seed;
        _engine = new(
            new EngineLimits { Orders = 4_096, Instruments = Places, Products = Places, Accounts = 32, Positions = 128, PriceBlocks = 1_024 }, new Reports(_reports));
        for (var i = 0; i < Places; i++)
        {
            Run(Command.DefineProduct(Now, i, Provider));
            Run(Command.DefineInstrument(Now, i, i, 0, TickFen, 1, (int)(HighestPriceFen / TickFen), 1, MostPieces, resale: true));
        }

        for (var account = 0; account <= SandboxAgents.LastAccount; account++)
        {
            Run(Command.OpenAccount(Now, account, account, 0));
            if (account != Provider)
            {
                Run(Command.Deposit(Now, account, account == Buyer ? BuyerFen : SandboxAgents.FirstFen));
                Run(Command.IssueUnits(Now, account, (int)SandboxPlace.Book, account == Buyer ? BuyerPacks : SandboxAgents.FirstPacks));
                Run(Command.IssueUnits(Now, account, (int)SandboxPlace.Auction, account == Buyer ? BuyerPacks : SandboxAgents.FirstPacks));
            }
        }

        Run(Command.SetPriceBand(Now, (int)SandboxPlace.Book, SandboxAgents.FirstBookPrice, BandBasisPoints, (long)HaltSeconds * Second));
        Run(Command.SetPhase(Now, (int)SandboxPlace.Auction, Phase.Auction));
        Run(Command.SetBatchInterval(Now, (int)SandboxPlace.Auction, (long)AuctionSeconds * Second));
        _agents = new SandboxAgents(seed, this);
        Post(SandboxAgents.FirstOfferPrice * TickFen);
        Array.Fill(_whats, "");
    }

    /// <summary>The seed.</summary>
    internal ulong Seed { get; }

    /// <summary>Seconds since it opened.</summary>
    internal long Steps { get; private set; }

    /// <summary>Price of the posted offer, ticks; null while there is none.</summary>
    internal int? OfferPrice => _engine.TryGetTop((int)SandboxPlace.Offer, Side.Sell, out var price, out _) ? price : null;

    /// <summary>Everything in the core as one number, to compare runs by.</summary>
    internal ulong StateHash => _engine.StateHash();

    private long Now => (Opening.UnixSeconds + Steps) * Second;

    /// <summary>Lets a second pass: what is due comes, then the agents do what they do.</summary>
    internal void Step()
    {
        Steps++;
        Run(Command.AdvanceTime(Now));
        _agents.Act();
    }

    /// <summary>Whether a role trades: it has an account.</summary>
    internal static bool Trades(SandboxRole role) => role is SandboxRole.Buyer or SandboxRole.Provider;

    /// <summary>Places a limit order that stays until it is cancelled. The provider's asks issue what they sell.</summary>
    /// <param name="role">Who, one that <see cref="Trades"/>.</param>
    /// <param name="place">The book or the auction.</param>
    /// <param name="isBid">Whether it buys.</param>
    /// <param name="priceFen">A multiple of <see cref="TickFen"/>, to <see cref="HighestPriceFen"/>.</param>
    /// <param name="pieces">1 to <see cref="MostPieces"/>.</param>
    internal SandboxAnswer Order(SandboxRole role, SandboxPlace place, bool isBid, long priceFen, int pieces) =>
        Enter(AccountOf(role), place, isBid ? Side.Buy : Side.Sell, (int)(priceFen / TickFen), pieces, isNow: false);

    /// <summary>Buys licences from the posted offer at its price, as many as asked for: it never runs out.</summary>
    /// <param name="role">Who.</param>
    /// <param name="pieces">1 to <see cref="MostPieces"/>.</param>
    internal SandboxAnswer Take(SandboxRole role, int pieces) =>
        OfferPrice is { } price ? Enter(AccountOf(role), SandboxPlace.Offer, Side.Buy, price, pieces, isNow: true) : new SandboxAnswer(0, 0, Reason.NothingLeftToTake);

    /// <summary>Takes an order out.</summary>
    /// <returns>The reason is <see cref="Reason.UnknownOrder"/> where the party has no such order there.</returns>
    internal SandboxAnswer Cancel(SandboxRole role, SandboxPlace place, long number)
    {
        var reason = Run(Command.Cancel(Now, (int)place, AccountOf(role), number), reports => reports.FirstOrDefault(report => report.Kind == ReportKind.Rejected).Reason);
        return new SandboxAnswer(reason == Reason.None ? number : 0, 0, reason);
    }

    /// <summary>The provider posts its offer, in place of the one before.</summary>
    /// <param name="priceFen">A multiple of <see cref="TickFen"/>, to <see cref="HighestPriceFen"/>.</param>
    internal SandboxAnswer Post(long priceFen)
    {
        Withdraw();
        return Entered(Provider, new Command
        {
            Kind = CommandKind.NewOrder, Time = Now, Instrument = (int)SandboxPlace.Offer, Account = Provider, ClientOrderId = ++_numbers[Provider], Side = Side.Sell,
            Order = OrderKind.Posted, Supply = Supply.Issue, Price = (int)(priceFen / TickFen),
        });
    }

    /// <summary>The provider withdraws its offer.</summary>
    /// <returns>Whether there was one.</returns>
    internal bool Withdraw()
    {
        var had = OfferPrice is not null;
        Run(Command.CancelAll(Now, Provider, (int)SandboxPlace.Offer));
        return had;
    }

    /// <summary>Halts a place until it is resumed.</summary>
    /// <returns>Whether it was not halted for good already.</returns>
    internal bool Halt(SandboxPlace place)
    {
        var phase = _engine.PhaseOf((int)place);
        if (phase == Phase.Halted && !(place == SandboxPlace.Book && _haltEnds > 0))
        {
            return false;
        }

        if (phase == Phase.Halted)
        {
            // A halt that would end by itself goes over into one that does not; without an auction in between.
            Run(Command.SetPhase(Now, (int)place, Phase.Auction));
        }

        Run(Command.SetPhase(Now, (int)place, Phase.Halted));
        _haltEnds = place == SandboxPlace.Book ? 0 : _haltEnds;
        Tell((int)place, "halt");
        return true;
    }

    /// <summary>Ends a halt; book and offer begin with an auction of what has gathered.</summary>
    /// <returns>Whether it was halted.</returns>
    internal bool Resume(SandboxPlace place)
    {
        if (_engine.PhaseOf((int)place) != Phase.Halted)
        {
            return false;
        }

        Run(Command.SetPhase(Now, (int)place, place == SandboxPlace.Auction ? Phase.Auction : Phase.Continuous));
        return true;
    }

    /// <summary>Ends the round of the auction at once.</summary>
    /// <returns>Whether it was gathering orders.</returns>
    internal bool Uncross()
    {
        const int Place = (int)SandboxPlace.Auction;
        if (_engine.PhaseOf(Place) != Phase.Auction)
        {
            return false;
        }

        Run(Command.SetPhase(Now, Place, Phase.Continuous));
        Run(Command.SetPhase(Now, Place, Phase.Auction));
        return true;
    }

    /// <summary>An agent's order.</summary>
    internal long Enter(int account, SandboxPlace place, bool isBid, int price, int pieces, bool isNow) =>
        Enter(account, place, isBid ? Side.Buy : Side.Sell, price, pieces, isNow).Number;

    /// <summary>An agent takes an order back, or all that it has at a place.</summary>
    internal void Recall(int account, SandboxPlace place, long? number) =>
        Run(number is { } one ? Command.Cancel(Now, (int)place, account, one) : Command.CancelAll(Now, account, (int)place));

    private static int AccountOf(SandboxRole role) => role switch
    {
        SandboxRole.Provider => Provider,
        SandboxRole.Buyer => Buyer,
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "has no account"),
    };

    private static string TextOf(long microseconds) => BookMoment.TextOf(new SimulatedTime(microseconds / Second));

    private SandboxAnswer Enter(int account, SandboxPlace place, Side side, int price, int pieces, bool isNow)
    {
        var order = Command.Limit(
            Now, (int)place, account, ++_numbers[account], side, price, pieces, isNow ? TimeInForce.ImmediateOrCancel : TimeInForce.GoodTillCancel);
        order.Supply = account == Provider && side == Side.Sell ? Supply.Issue : Supply.Transfer;
        return Entered(account, order);
    }

    private SandboxAnswer Entered(int account, Command order) => Run(order, reports =>
    {
        var own = reports.Where(report => report.Account == account && report.ClientOrderId == order.ClientOrderId).ToList();
        var traded = own.Where(report => report.Kind == ReportKind.Filled).Sum(report => report.Quantity);
        var rejected = own.FirstOrDefault(report => report.Kind == ReportKind.Rejected);
        return rejected.Kind == ReportKind.Rejected
            ? new SandboxAnswer(0, 0, rejected.Reason)
            : new SandboxAnswer(order.ClientOrderId, traded, own.FirstOrDefault(report => report.Kind == ReportKind.Cancelled).Reason);
    });

    private void Run(Command command) => Run(command, _ => 0);

    private T Run<T>(Command command, Func<List<ExecutionReport>, T> ask)
    {
        _engine.Apply(command);
        foreach (var report in _reports)
        {
            Note(report);
        }

        var answer = ask(_reports);
        _reports.Clear();
        return answer;
    }

    private readonly struct Reports(List<ExecutionReport> all) : IReportHandler
    {
        public void OnReport(in ExecutionReport report) => all.Add(report);
    }
}
