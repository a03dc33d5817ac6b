namespace DataExchange.Matching.Tests.Naive;

/// <summary>Sections "Phases" and "Time".</summary>
internal sealed partial class NaiveEngine
{
    private Reason SetPhase(in Command command)
    {
        if (command.Instrument != Command.All && !_instruments.ContainsKey(command.Instrument))
        {
            return Reason.UnknownInstrument;
        }

        var phase = (Phase)command.Level;
        foreach (var instrument in Named(command.Instrument).Where(instrument => instrument.Phase != phase))
        {
            instrument.HaltEnds = null;
            Change(instrument, phase);
        }

        return Done(command);
    }

    private void Change(NaiveInstrument instrument, Phase phase)
    {
        if ((instrument.Phase is Phase.PreOpen or Phase.Auction or Phase.Halted) && (phase is Phase.Continuous or Phase.Closed))
        {
            Uncross(instrument);
        }

        instrument.Phase = phase;
        Report(instrument, new() { Kind = ReportKind.PhaseChanged });
        if (phase == Phase.Closed)
        {
            instrument.Live().Where(order => order.Life == TimeInForce.Day).ToList().ForEach(order =>
                End(order, Reason.None, ReportKind.Expired));
        }

        LookAtStops(instrument);
    }

    private void Halt(NaiveInstrument instrument, int price)
    {
        instrument.Phase = Phase.Halted;
        instrument.HaltEnds = AtMostEver((Int128)_now + instrument.HaltLength);
        Report(instrument, new() { Kind = ReportKind.Halted, Price = price });
        Report(instrument, new() { Kind = ReportKind.PhaseChanged });
    }

    private void Uncross(NaiveInstrument instrument)
    {
        var chosen = ChoosePrice(instrument);
        if (chosen is not var (price, volume))
        {
            return;
        }

        Report(instrument, new() { Kind = ReportKind.Uncrossed, Price = price, Quantity = (int)Math.Min(int.MaxValue, volume) });
        var traded = new HashSet<NaiveOrder>();
        for (var left = volume; left > 0;)
        {
            var bid = instrument.Bids[0];
            var ask = instrument.Asks.First(ask => ask.Kind != OrderKind.Exclusive && CanGive(ask) > 0);
            var q = Math.Min(left, Math.Min(bid.Leaves, CanGive(ask)));
            Fill(bid, ask, price, q);
            left -= q;
            traded.UnionWith([bid, ask]);
        }

        foreach (var order in traded)
        {
            order.Shown = (int)Math.Min(order.Display, order.Leaves);
        }

        instrument.Reference = price;
    }

    /// <summary>The auction's price and volume; null when nothing can trade.</summary>
    private static (int Price, long Volume)? ChoosePrice(NaiveInstrument instrument)
    {
        var prices = instrument.Bids.Concat(instrument.Asks).Select(order => order.Price).Distinct().Order()
            .Select(price => (Price: price, B: Bid(instrument, price), A: Asked(instrument, price)))
            .Select(at => (at.Price, Volume: Math.Min(at.A, at.B), Surplus: at.B - at.A))
            .Where(at => at.Volume > 0).ToList();
        if (prices.Count == 0)
        {
            return null;
        }

        var volume = prices.Max(at => at.Volume);
        prices.RemoveAll(at => at.Volume < volume);
        var surplus = prices.Min(at => Math.Abs(at.Surplus));
        prices.RemoveAll(at => Math.Abs(at.Surplus) > surplus);
        if (prices.TrueForAll(at => at.Surplus > 0))
        {
            return (prices[^1].Price, volume);
        }

        if (prices.TrueForAll(at => at.Surplus < 0))
        {
            return (prices[0].Price, volume);
        }

        var reference = instrument.LastPrice != 0 ? instrument.LastPrice
            : instrument.Reference != 0 ? instrument.Reference
            : prices[0].Price;
        return (prices.OrderBy(at => Math.Abs(at.Price - reference)).ThenByDescending(at => at.Price).First().Price, volume);
    }

    /// <summary>B(p).</summary>
    private static long Bid(NaiveInstrument instrument, int price) =>
        instrument.Bids.Where(bid => bid.Price >= price).Sum(bid => bid.Leaves);

    /// <summary>A(p), from F(p) and N(p).</summary>
    private static long Asked(NaiveInstrument instrument, int price)
    {
        var asks = instrument.Asks.Where(ask => ask.Price <= price).ToList();
        var firm = asks.Where(ask => !ask.IsOffer).Sum(ask => ask.Leaves);
        var copies = asks.Where(ask => ask.Kind == OrderKind.Posted).Sum(ask => ask.Unlimited ? 1L << 50 : ask.Leaves);
        var posted = Math.Min(copies, instrument.InLots(instrument.Product.RightLeft));
        return firm + Math.Min(posted, Math.Max(0, Bid(instrument, price) - firm));
    }

    private void HappenUpTo(long time)
    {
        while (NextDue() is var (due, what) && due <= time)
        {
            _now = due;
            what();
        }
    }

    /// <summary>The next thing that comes due: at one time expiries, then halts, then batches.</summary>
    private (long Time, Action What)? NextDue()
    {
        var expiring = _instruments.Values.SelectMany(instrument => instrument.Bids.Concat(instrument.Asks).Concat(instrument.Waiting))
            .Where(order => order.Life == TimeInForce.GoodTillDate).OrderBy(order => order.Until).ThenBy(order => order.Accepted)
            .Select(order => (order.Until, (Action)(() => End(order, Reason.None, ReportKind.Expired)))).Take(1);
        var ending = _instruments.Values.Where(instrument => instrument.HaltEnds is not null).OrderBy(instrument => instrument.HaltEnds)
            .Select(instrument => (instrument.HaltEnds!.Value, (Action)(() => EndHalt(instrument)))).Take(1);
        var batches = _instruments.Values.Where(instrument => instrument.NextBatch is not null).OrderBy(instrument => instrument.NextBatch)
            .Select(instrument => (instrument.NextBatch!.Value, (Action)(() => Batch(instrument)))).Take(1);
        var next = expiring.Concat(ending).Concat(batches).OrderBy(due => due.Item1).ToList();
        return next.Count == 0 ? null : next[0];
    }

    private void EndHalt(NaiveInstrument instrument)
    {
        instrument.HaltEnds = null;
        Change(instrument, Phase.Continuous);
    }

    private void Batch(NaiveInstrument instrument)
    {
        instrument.NextBatch = AtMostEver((Int128)_now + instrument.BatchInterval);
        if (instrument.Phase == Phase.Auction)
        {
            Uncross(instrument);
        }
    }
}
