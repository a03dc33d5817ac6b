namespace DataExchange.Matching.Tests.Model;

/// <summary>Orders, and commands that name them.</summary>
internal sealed partial class CommandGenerator
{
    private Command NewOrder()
    {
        var instrument = Instrument();
        var account = Trader(instrument);
        var side = (Side)_random.Next(2);
        if (side == Side.Sell && _state.UnitsOf(account, instrument).Available == 0 && Chance(800))
        {
            side = Side.Buy;
        }

        var order = Command.Limit(0, instrument, account, NewId(account), side, Price(), Quantity(instrument), Life());
        order.SelfTrade = (SelfTradePrevention)_random.Next(4);
        _named.Add((instrument, account, order.ClientOrderId));
        if (_world.IsExclusive && instrument >= 2 && Chance(80))
        {
            // Whether such an order could be filled depends on which offers to issue stand before which.
            return order with { Side = Side.Buy, TimeInForce = TimeInForce.FillOrKill };
        }

        switch (_world.IsExclusive && instrument >= 2 && Chance(150) ? 40 : _random.Next(100))
        {
            case < 8:
                order.TimeInForce = OneOf(TimeInForce.ImmediateOrCancel, TimeInForce.FillOrKill);
                order.Supply = side == Side.Sell && Chance(200) ? Supply.Issue : Supply.Transfer;
                order.Quantity = Chance(300) ? Lots(instrument, 12) : order.Quantity;
                break;
            case < 18:
                order.Order = OrderKind.Market;
                order.Price = 0;
                order.TimeInForce = OneOf(TimeInForce.ImmediateOrCancel, TimeInForce.FillOrKill);
                order.Supply = side == Side.Sell && Chance(150) ? Supply.Issue : Supply.Transfer;
                break;
            case < 24:
                order.Order = OrderKind.Stop;
                (order.StopPrice, order.Price) = (Price(), 0);
                break;
            case < 30:
                order.Order = OrderKind.StopLimit;
                order.StopPrice = Price();
                break;
            case < 36:
                order.Order = OrderKind.Budget;
                (order.Side, order.Quantity, order.TimeInForce) = (Side.Buy, 0, TimeInForce.ImmediateOrCancel);
                order.Price = Chance(500) ? 0 : order.Price;
                order.Amount = Chance(30) ? OneOf(0, -1, long.MaxValue) : _world.Money(1, 600);
                break;
            case < 46:
                order = Offered(order);
                break;
            case < 60:
                order.Display = Lots(instrument, 2);
                order.Quantity = Chance(20) ? order.Quantity : order.Display * _random.Next(1, 5);
                break;
            case < 66:
                order.Flag = 1;
                break;
            case < 73 when side == Side.Sell:
                order = IssuedBy(order);
                break;
        }

        if (order.TimeInForce == TimeInForce.GoodTillDate)
        {
            order.Until = Chance(20) ? 0 : _random.Next(1, 300);
        }

        return order;
    }

    private TimeInForce Life() => Chance(600) ? TimeInForce.GoodTillCancel : Chance(400) ? TimeInForce.Day : TimeInForce.GoodTillDate;

    /// <summary>A Posted or Exclusive offer, mostly of the issuer.</summary>
    private Command Offered(Command order)
    {
        order = IssuedBy(order);
        order.Side = Side.Sell;
        order.Order = Chance(_world.IsExclusive ? 450 : 600) ? OrderKind.Posted : OrderKind.Exclusive;
        if (order.Order == OrderKind.Exclusive)
        {
            order.Instrument = _world.IsExclusive || Chance(200) ? order.Instrument : 3;
            order.Quantity = Chance(980) && order.Instrument is >= 0 and < World.Instruments ? _world.Lots[order.Instrument]
                : order.Quantity;
        }
        else
        {
            order.Quantity = Chance(400) ? 0 : order.Quantity;
        }

        return order;
    }

    private Command IssuedBy(Command order)
    {
        order.Supply = Supply.Issue;
        if (Chance(900))
        {
            // Issuers: participant 0 of product 0, 1 of product 1, 2 of product 2.
            order.Account = order.Instrument switch
            {
                0 => OneOf(0, 1),
                1 => OneOf(2, 3),
                2 when !_world.IsExclusive => OneOf(2, 3),
                _ => 4,
            };
            order.ClientOrderId = NewId(order.Account);
            _named.Add((order.Instrument, order.Account, order.ClientOrderId));
        }

        return order;
    }

    private Command Cancel()
    {
        var (instrument, account, id) = Named();
        return Command.Cancel(0, instrument, account, id);
    }

    private Command Reduce()
    {
        var (instrument, account, id) = Named();
        return Command.Reduce(0, instrument, account, id, Chance(100) ? Quantity(instrument) : Lots(instrument, 3));
    }

    private Command Replace()
    {
        var (instrument, account, id) = Named();
        var here = _state.OrdersOf(instrument, Side.Buy).Concat(_state.OrdersOf(instrument, Side.Sell))
            .FirstOrDefault(order => order.Account == account && order.ClientOrderId == id);
        var display = here.Shown < here.Leaves || Chance(30) ? Lots(instrument, 2) : 0;
        var price = here.Price > 0 && Chance(500) ? here.Price : Price();
        var quantity = here.Leaves > 0 && Chance(300) ? here.Leaves : Quantity(instrument);
        var next = NewId(account);
        _named.Add((instrument, account, next));
        quantity = display > 0 && Chance(900) ? Math.Max(quantity, display) : quantity;
        return Command.Replace(0, instrument, account, id, next, price, quantity, display);
    }

    /// <summary>Mostly an order of the book, otherwise one of the last named (a waiting stop, or one that is gone), or none.</summary>
    private (int Instrument, int Account, long Id) Named()
    {
        var instrument = Instrument();
        var side = (Side)_random.Next(2);
        var orders = _state.OrdersOf(instrument, side);
        orders = orders.Count > 0 ? orders : _state.OrdersOf(instrument, 1 - side);
        if (orders.Count > 0 && Chance(850))
        {
            var order = orders[_random.Next(orders.Count)];
            return (Chance(990) ? instrument : Instrument(), order.Account, order.ClientOrderId);
        }

        return _named.Count > 0 && Chance(980) ? _named[^_random.Next(1, Math.Min(_named.Count, 12) + 1)]
            : (instrument, Account(), _random.Next(-1, 50));
    }
}
