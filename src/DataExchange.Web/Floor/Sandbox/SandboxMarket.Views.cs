using DataExchange.Matching;

namespace DataExchange.Web.Floor.Sandbox;

/// <content>Looking in: what is drawn, what a party has. None of it changes the market.</content>
internal sealed partial class SandboxMarket
{
    private const int MostSeen = 512;
    private static readonly string[] MostTelling = ["halted", "halt", "uncrossed", "traded", "phase", "entered", "cancelled", ""];

    private readonly List<FloorTrade>[] _trades = [[], [], []];
    private readonly string[] _whats = ["", "", ""];
    private readonly long[] _toldAt = new long[Places];
    private readonly BookOrder[] _seen = new BookOrder[MostSeen];

    /// <summary>A place as it is drawn.</summary>
    internal FloorFrame Frame(SandboxPlace place)
    {
        var phase = _engine.PhaseOf((int)place);
        return new FloorFrame
        {
            Time = TextOf(Now),
            Phase = phase.ToString(),
            Until = phase == Phase.Halted && place == SandboxPlace.Book && _haltEnds > 0 ? TextOf(_haltEnds)
                : phase == Phase.Auction ? TextOf(((Now / Second / AuctionSeconds) + 1) * AuctionSeconds * Second) : null,
            What = _whats[(int)place],
            Bids = Levels(place, Side.Buy),
            Asks = Levels(place, Side.Sell),
            Trades = [.. _trades[(int)place].AsEnumerable().Reverse()],
        };
    }

    /// <summary>A party's orders that rest, by place and number.</summary>
    internal IReadOnlyList<SandboxOrder> OrdersOf(SandboxRole role)
    {
        var (account, found) = (AccountOf(role), new List<SandboxOrder>());
        foreach (var place in Enum.GetValues<SandboxPlace>())
        {
            foreach (var side in new[] { Side.Buy, Side.Sell })
            {
                found.AddRange(Resting(place, side).Where(order => order.Account == account).Select(order => new SandboxOrder(
                    place, order.ClientOrderId, side == Side.Buy, (long)order.Price * TickFen, place == SandboxPlace.Offer ? null : order.Leaves)));
            }
        }

        return [.. found.OrderBy(order => order.Place).ThenBy(order => order.Number)];
    }

    /// <summary>A party's money, free and held for bids, fen.</summary>
    internal (long Free, long Held) FundsOf(SandboxRole role)
    {
        var funds = _engine.FundsOf(AccountOf(role));
        return (funds.Available, funds.Held);
    }

    /// <summary>What a party has of a place's product: free, and held for asks.</summary>
    internal (long Free, long Held) PiecesOf(SandboxRole role, SandboxPlace place)
    {
        var units = _engine.UnitsOf(AccountOf(role), (int)place);
        return (units.Available, units.Held);
    }

    private FloorLevel[] Levels(SandboxPlace place, Side side)
    {
        Span<DepthLevel> levels = stackalloc DepthLevel[FloorFrame.MostLevels];
        var count = _engine.Depth((int)place, side, levels);
        var issued = side == Side.Sell
            ? Resting(place, side).Where(order => order.Account == Provider).GroupBy(order => order.Price).ToDictionary(level => level.Key, level => level.Sum(order => (long)order.Leaves))
            : [];
        var shown = new FloorLevel[count];
        for (var i = 0; i < count; i++)
        {
            var isOffer = place == SandboxPlace.Offer && side == Side.Sell;
            shown[i] = new FloorLevel((long)levels[i].Price * TickFen, isOffer ? null : levels[i].Quantity, levels[i].Orders, issued.GetValueOrDefault(levels[i].Price));
        }

        return shown;
    }

    private ArraySegment<BookOrder> Resting(SandboxPlace place, Side side) => new(_seen, 0, _engine.Orders((int)place, side, _seen));

    private void Note(in ExecutionReport report)
    {
        if (report.Instrument < 0 || report.Kind is ReportKind.Done or ReportKind.Rejected)
        {
            return;
        }

        var place = report.Instrument;
        switch (report.Kind)
        {
            case ReportKind.Filled:
                var seller = report.Side == Side.Sell ? report.Account : report.OtherAccount;
                if (_trades[place].Count == FloorFrame.MostTrades)
                {
                    _trades[place].RemoveAt(0);
                }

                _trades[place].Add(new FloorTrade(
                    TextOf(report.Time), (long)report.Price * TickFen, report.Quantity, report.Phase == Phase.Continuous ? report.Side.ToString() : null, seller == Provider));
                break;
            case ReportKind.Halted:
                _haltEnds = report.Time + ((long)HaltSeconds * Second);
                break;
            case ReportKind.PhaseChanged when place == (int)SandboxPlace.Book && report.Phase != Phase.Halted:
                _haltEnds = 0;
                break;
        }

        Tell(place, report.Kind switch
        {
            ReportKind.Filled => report.Phase == Phase.Continuous ? "traded" : "uncrossed",
            ReportKind.Halted => "halted",
            ReportKind.Uncrossed => "uncrossed",
            ReportKind.Accepted => "entered",
            ReportKind.PhaseChanged => "phase",
            _ => "cancelled",
        });
    }

    // Of what happens within a second the most telling is told.
    private void Tell(int place, string what)
    {
        if (_toldAt[place] != Steps || Array.IndexOf(MostTelling, what) < Array.IndexOf(MostTelling, _whats[place]))
        {
            (_whats[place], _toldAt[place]) = (what, Steps);
        }
    }
}
