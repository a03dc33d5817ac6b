using System.Diagnostics.CodeAnalysis;
using DataExchange.Matching.Book;
using DataExchange.Matching.Snapshots;

namespace DataExchange.Matching;

/// <content>From a snapshot back to an engine.</content>
public sealed partial class MatchingEngine<THandler>
{
    private const int NumbersOfAnOrder = 15;

    /// <summary>The engine whose state was saved; it goes on as if it had never stopped.</summary>
    /// <param name="snapshot">What <see cref="Save"/> gave.</param>
    /// <param name="handler">Where reports go from now on.</param>
    /// <param name="most">Bounds that those of the snapshot may not pass, so that a forged one does not take all memory; null: any that an engine can have.</param>
    /// <exception cref="SnapshotException">The bytes are no snapshot of this version, or not a state an engine can be in.</exception>
    [SuppressMessage("Design", "CA1000", Justification = "It makes an engine of exactly this type.")]
    public static MatchingEngine<THandler> Restore(ReadOnlySpan<byte> snapshot, THandler handler, EngineLimits? most = null)
    {
        var from = new SnapshotReader(SnapshotFrame.Unwrap(snapshot));
        var limits = new EngineLimits
        {
            Orders = from.NextInt("the bound of orders", 16, most?.Orders ?? 1 << 26),
            Instruments = from.NextInt("the bound of instruments", 1, most?.Instruments ?? 1 << 20),
            Products = from.NextInt("the bound of products", 1, most?.Products ?? 1 << 20),
            Accounts = from.NextInt("the bound of accounts", 1, most?.Accounts ?? 1 << 22),
            Positions = from.NextInt("the bound of positions", 16, most?.Positions ?? 1 << 26),
            PriceBlocks = from.NextInt("the bound of price blocks", 16, most?.PriceBlocks ?? 1 << 22),
        };
        var engine = new MatchingEngine<THandler>(limits, handler)
        {
            _time = from.Next("the time", 0, long.MaxValue),
            _accepted = from.Next("the orders accepted", 0, long.MaxValue),
        };
        engine._now = engine._time;
        try
        {
            engine.Load(ref from);
            engine.CheckInvariants();
        }
        catch (InvalidOperationException wrong)
        {
            throw new SnapshotException($"The snapshot is not a state of the engine. {wrong.Message}", wrong);
        }

        return engine;
    }

    private void Load(ref SnapshotReader from)
    {
        for (var left = from.NextInt("the number of products", 0, _limits.Products); left > 0; left--)
        {
            LoadProduct(ref from);
        }

        for (var left = from.NextInt("the number of accounts", 0, _limits.Accounts); left > 0; left--)
        {
            LoadAccount(ref from);
        }

        for (var left = from.NextInt("the number of instruments", 0, _limits.Instruments); left > 0; left--)
        {
            LoadInstrument(ref from);
        }

        var last = 0L;
        for (var left = from.NextInt("the number of positions", 0, _limits.Positions); left > 0; left--)
        {
            last = LoadPosition(ref from, last);
        }

        for (var number = 0; number < _instrumentsUsed; number++)
        {
            if (_instruments[number].Defined)
            {
                LoadSide(ref from, number, Side.Buy, waits: false);
                LoadSide(ref from, number, Side.Sell, waits: false);
                LoadSide(ref from, number, Side.Buy, waits: true);
                LoadSide(ref from, number, Side.Sell, waits: true);
            }
        }

        NoteNextDue();
        if (!from.IsAtEnd)
        {
            throw new SnapshotException("The snapshot goes on after its end.");
        }
    }

    private void LoadProduct(ref SnapshotReader from)
    {
        var number = from.NextInt("a product's number", _productsUsed, _limits.Products - 1);
        _products[number] = new ProductState
        {
            Defined = true,
            Cap = from.Next("a cap", 0, long.MaxValue),
            Issued = from.Next("what is issued", 0, MostFen),
            Revoked = from.Next("what is revoked", 0, MostFen),
            Reserved = from.Next("what is reserved", 0, MostFen),
            Issuer = from.NextInt("an issuer", int.MinValue, int.MaxValue),
            SecurityClass = (byte)from.Next("a security class", 0, 255),
            Exclusive = from.NextBool("an exclusive licence"),
        };
        _productsUsed = number + 1;
    }

    private void LoadAccount(ref SnapshotReader from)
    {
        var number = from.NextInt("an account's number", _accountsUsed, _limits.Accounts - 1);
        _accounts[number] = new AccountState
        {
            Open = true,
            Available = from.Next("available funds", 0, MostFen),
            Held = from.Next("held funds", 0, MostFen),
            LastClientOrderId = from.Next("the last client order id", 0, long.MaxValue),
            Participant = from.NextInt("a participant", 0, int.MaxValue),
            Pool = from.NextInt("a pool", 0, int.MaxValue),
            AdmittedClass = (byte)from.Next("an admitted class", 0, 255),
        };
        _accountsUsed = number + 1;
    }

    private void LoadInstrument(ref SnapshotReader from)
    {
        var number = from.NextInt("an instrument's number", _instrumentsUsed, _limits.Instruments - 1);
        var product = from.NextInt("an instrument's product", 0, _limits.Products - 1);
        var state = new InstrumentState
        {
            Defined = true,
            Product = product,
            Pool = from.NextInt("an instrument's pool", 0, int.MaxValue),
            TickFen = from.Next("the value of a tick", 1, MostFen),
            LowestPrice = from.NextInt("the lowest price", 1, Most),
            HighestPrice = from.NextInt("the highest price", 1, Most),
            Lot = from.NextInt("a lot", 1, Most),
            LargestQuantity = from.NextInt("the largest quantity", 1, Most),
            Resale = from.NextBool("resale"),
            Phase = (Phase)from.Next("a phase", 0, (long)Phase.Halted),
            LastPrice = from.NextInt("the last price", 0, Most),
            Reference = from.NextInt("a reference price", 0, int.MaxValue),
            BandBasisPoints = from.NextInt("a price band", 0, 9_999),
            HaltLength = from.Next("a halt's length", long.MinValue, long.MaxValue),
            BatchInterval = from.Next("a batch interval", 0, long.MaxValue),
            Sequence = from.Next("a report sequence", 0, long.MaxValue),
            SecurityClass = _products[product].SecurityClass,
        };
        if (!_products[product].Defined || state.LowestPrice > state.HighestPrice || state.TickFen > MostFen / state.HighestPrice / state.LargestQuantity
            || state.Lot > state.LargestQuantity || (state.BandBasisPoints == 0 ? state.Reference != 0 : state.HaltLength < 1 || state.Reference < 1))
        {
            throw new SnapshotException($"The snapshot's instrument {number} cannot be.");
        }

        SetReference(ref state, state.Reference);
        _instruments[number] = state;
        _instrumentsUsed = number + 1;
        LinkToProduct(number, ref _instruments[number]);

        // Elsewhere the end of a halt would find nothing to end, and be due again for ever.
        SetTimer(_halts, number, from.Next("the end of a halt", 0, state.Phase == Phase.Halted ? long.MaxValue : 0), "the end of a halt");
        SetTimer(_batches, number, from.Next("the next batch", 0, long.MaxValue), "the next batch");
        LoadTicks(ref from, number);
    }

    private void SetTimer(DueHeap timers, int number, long time, string what)
    {
        if (time != 0)
        {
            if (time <= _time)
            {
                throw new SnapshotException($"The snapshot says {time} for {what}, which is past.");
            }

            timers.Set(number, time, number);
        }
    }

    private void LoadTicks(ref SnapshotReader from, int number)
    {
        var count = from.NextInt("the number of tick bands", 0, MostTickBands);
        var last = 0;
        for (var band = 0; band < count; band++)
        {
            var bands = _ticks[number] ??= new TickBand[MostTickBands];
            last = from.NextInt("where a tick band begins", last + 1L, int.MaxValue);
            bands[band] = new TickBand(last, from.NextInt("a tick", 1, int.MaxValue));
        }

        _instruments[number].TickBands = (byte)count;
    }

    private long LoadPosition(ref SnapshotReader from, long last)
    {
        // Rising numbers, and only where there are units: so that no state has two snapshots.
        var key = from.Next("a position", last + 1, long.MaxValue);
        var (account, instrument) = PositionTable.PlaceOf(new Position { Key = (ulong)key });
        if (!IsAccount(account) || !IsInstrument(instrument) || !_positions.Ensure(account, instrument))
        {
            throw new SnapshotException($"The snapshot has units of account {account} in instrument {instrument}, which cannot be.");
        }

        ref var position = ref _positions.Find(account, instrument);
        position.Available = from.Next("available units", 0, MostFen);
        position.Held = from.Next("held units", 0, MostFen);
        return (position.Available | position.Held) != 0
            ? key
            : throw new SnapshotException($"The snapshot's position of account {account} in instrument {instrument} has no units.");
    }

    private void LoadSide(ref SnapshotReader from, int number, Side side, bool waits)
    {
        var highestIsBest = (side == Side.Buy) != waits;
        var last = highestIsBest ? int.MaxValue : 0;
        for (var left = from.NextInt("the number of orders", 0, from.Left / NumbersOfAnOrder); left > 0; left--)
        {
            var price = LoadOrder(ref from, number, side, waits);
            if (highestIsBest ? price > last : price < last)
            {
                throw new SnapshotException($"The snapshot's orders of instrument {number} are not in the order of their prices: {price} after {last}.");
            }

            last = price;
        }
    }

    private int LoadOrder(ref SnapshotReader from, int number, Side side, bool waits)
    {
        var order = new OrderSlot
        {
            Instrument = number,
            Side = side,
            Waits = waits ? (byte)1 : (byte)0,
            Account = from.NextInt("an order's account", 0, _limits.Accounts - 1),
            ClientOrderId = from.Next("a client order id", 1, long.MaxValue),
            Accepted = from.Next("an order's place", 1, _accepted),
            Price = from.NextInt("a price", 0, Most),
            StopPrice = from.NextInt("a stop price", 0, Most),
            Leaves = from.NextInt("the units left", 0, Most),
            Shown = from.NextInt("the units shown", 0, Most),
            Display = from.NextInt("a slice", 0, Most),
            Kind = (OrderKind)from.Next("an order's kind", 0, (long)OrderKind.Exclusive),
            TimeInForce = (TimeInForce)from.Next("an order's life", 0, (long)TimeInForce.GoodTillDate),
            SelfTrade = (SelfTradePrevention)from.Next("a self-trade policy", 0, (long)SelfTradePrevention.DecrementAndCancel),
            Supply = (Supply)from.Next("an order's supply", 0, (long)Supply.Issue),
            PostOnly = (byte)from.Next("post-only", 0, 1),
            Unlimited = (byte)from.Next("an unlimited offer", 0, 1),
        };
        _until = from.Next("an expiry", 0, long.MaxValue);
        ref var instrument = ref _instruments[number];
        var stop = order.Kind is OrderKind.Stop or OrderKind.StopLimit;
        var issues = order.Supply == Supply.Issue;
        var fits = stop == waits && order.Kind is not (OrderKind.Market or OrderKind.Budget)
            && (order.Kind < OrderKind.Posted || issues) && (!issues || (side == Side.Sell && !stop))
            && (order.Unlimited == 0 || (order.Kind == OrderKind.Posted && order.Leaves == 0))
            && (order.Kind != OrderKind.Exclusive || order.Leaves == instrument.Lot) && (order.PostOnly == 0 || order.Kind == OrderKind.Limit)
            && (order.Kind == OrderKind.Stop ? order.Price == 0 : order.Price >= instrument.LowestPrice && order.Price <= instrument.HighestPrice)
            && (waits ? order.StopPrice >= instrument.LowestPrice && order.StopPrice <= instrument.HighestPrice : order.StopPrice == 0 || order.Kind == OrderKind.Limit)
            && order.Leaves <= instrument.LargestQuantity && order.Leaves % instrument.Lot == 0 && order.Shown % instrument.Lot == 0
            && (order.Display == 0 ? order.Shown == order.Leaves : order.Shown <= order.Display && order.Kind == OrderKind.Limit && !issues)
            && order.Display % instrument.Lot == 0
            && (order.TimeInForce == TimeInForce.GoodTillDate ? _until > _time : _until == 0);
        if (!fits || !IsAccount(order.Account) || _accounts[order.Account].Pool != instrument.Pool
            || order.ClientOrderId > _accounts[order.Account].LastClientOrderId || _index.Find(order.Account, order.ClientOrderId) != 0 || !HasRoomAgain(ref instrument, order) || !_positions.Ensure(order.Account, number))
        {
            throw new SnapshotException($"The snapshot has an order {order.ClientOrderId} of account {order.Account} that cannot be.");
        }

        var slot = TakeSlot();
        _orders[slot] = order;
        if (waits)
        {
            Wait(slot);
        }
        else
        {
            Rest(ref instrument, slot);
        }

        return waits ? order.StopPrice : order.Price;
    }

    // Exact, unlike the check of a new order: the book that was saved may have had no room for any more.
    private bool HasRoomAgain(ref InstrumentState instrument, in OrderSlot order)
    {
        ref var side = ref (order.Waits == 1
            ? ref (order.Side == Side.Buy ? ref instrument.StopBuys : ref instrument.StopSells)
            : ref (order.Side == Side.Buy ? ref instrument.Bids : ref instrument.Asks));
        return _live < _limits.Orders && _prices.HasRoomFor(side, order.Waits == 1 ? order.StopPrice : order.Price);
    }
}
