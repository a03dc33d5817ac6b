namespace DataExchange.Lobster;

/// <summary>
/// Makes a book again from its messages and compares it with the given one, row by row. The first row is where it begins: what rests there is known by level
/// only, and messages about orders that are not known one by one act on the rest of their level. When a level of a full window is used up, another comes in
/// from outside; nothing tells what rests there, so it is taken from the given book, must only lie further out than the window did, and is counted.
/// docs/replay.md has the rules.
/// </summary>
/// <param name="levels">Levels of the window, 1 or more.</param>
/// <param name="listener">Hears what changes; null for nobody.</param>
public sealed class LobsterReconstruction(int levels, ILobsterBook? listener = null)
{
    private static readonly LobsterSide[] Sides = [LobsterSide.Ask, LobsterSide.Bid];

    private readonly Dictionary<long, KnownOrder> _orders = [];
    private readonly WindowSide _asks = new(LobsterSide.Ask, levels);
    private readonly WindowSide _bids = new(LobsterSide.Bid, levels);

    /// <summary>What was in the messages so far.</summary>
    public LobsterCounts Counts { get; } = new();

    /// <summary>A level of the book as it is made again, from the best on, from 0.</summary>
    public LobsterLevel At(LobsterSide side, int level) => Of(side).At(level);

    /// <summary>Takes the next message with the book as it is given after it.</summary>
    /// <param name="message">The message.</param>
    /// <param name="given">The row of the book, with as many levels as the window.</param>
    /// <returns>Null, or what does not fit; then there is no going on.</returns>
    public LobsterDifference? Take(in LobsterMessage message, LobsterBookRow given)
    {
        ArgumentNullException.ThrowIfNull(given);
        Counts.Count(message);
        if (Counts.Messages == 1)
        {
            return Begin(message, given);
        }

        var wrong = message.Kind switch
        {
            LobsterKind.Submission => Submit(message),
            LobsterKind.PartialCancellation or LobsterKind.Deletion or LobsterKind.VisibleExecution => Reduce(message, given),
            _ => null,
        };
        return wrong ?? Compare(given);
    }

    private WindowSide Of(LobsterSide side) => side == LobsterSide.Ask ? _asks : _bids;

    // The book before the first message is not given, so only a submission can be known from it.
    private LobsterDifference? Begin(in LobsterMessage message, LobsterBookRow given)
    {
        var isShown = message.Kind == LobsterKind.Submission;
        foreach (var side in Sides)
        {
            foreach (var level in given[side])
            {
                if (!level.IsEmpty)
                {
                    Of(side).Open(level.Price, out _).Size = level.Size;
                    var before = level.Size - (isShown && side == message.Side && level.Price == message.Price ? message.Size : 0);
                    if (before > 0)
                    {
                        listener?.Rest(null, side, level.Price, before);
                    }
                }
            }
        }

        if (!isShown || Of(message.Side).IsOutside(message.Price))
        {
            return null;
        }

        if (Of(message.Side).Find(message.Price) is not { } found)
        {
            return Differ(message, LobsterMismatch.NothingThere, 0);
        }

        if (found.Size < message.Size)
        {
            return Differ(message, LobsterMismatch.TooMuch, found.Size);
        }

        Know(message, found);
        return null;
    }

    private LobsterDifference? Submit(in LobsterMessage message)
    {
        var side = Of(message.Side);
        if (_orders.TryGetValue(message.OrderId, out var earlier))
        {
            return new LobsterDifference(
                Counts.Messages, LobsterMismatch.NumberTwice, message.Side, 0, new LobsterLevel(earlier.Price, earlier.Left), new LobsterLevel(message.Price, message.Size));
        }

        if (side.IsOutside(message.Price))
        {
            Counts.Outside++;
            _orders.Add(message.OrderId, new KnownOrder(message.Side, message.Price, message.Size, false));
            return null;
        }

        var level = side.Open(message.Price, out var left);
        level.Size += message.Size;
        if (left is not null)
        {
            listener?.Leave(message.Side, left.Price, left.Orders);
            foreach (var order in left.Orders)
            {
                _orders[order] = _orders[order] with { IsCertain = false };
            }
        }

        Know(message, level);
        return null;
    }

    private void Know(in LobsterMessage message, WindowLevel level)
    {
        level.KnownSize += message.Size;
        level.Orders.Add(message.OrderId);
        _orders.Add(message.OrderId, new KnownOrder(message.Side, message.Price, message.Size, true));
        listener?.Rest(message.OrderId, message.Side, message.Price, message.Size);
    }

    private LobsterDifference? Reduce(in LobsterMessage message, LobsterBookRow given)
    {
        var isKnown = _orders.TryGetValue(message.OrderId, out var order);
        if (isKnown && Contradicts(message, order) is { } wrong)
        {
            return wrong;
        }

        var side = Of(message.Side);
        if (side.IsOutside(message.Price))
        {
            Counts.Outside++;
            Shrink(message, order, isKnown);
            return null;
        }

        if (side.Find(message.Price) is not { } level)
        {
            return Differ(message, LobsterMismatch.NothingThere, 0);
        }

        var available = isKnown && order.IsCertain ? order.Left : level.Size - level.KnownSize;
        if (message.Size > available)
        {
            return Differ(message, LobsterMismatch.TooMuch, available);
        }

        Note(message, isKnown, order, side);
        listener?.Shrink(isKnown && order.IsCertain ? message.OrderId : null, message.Side, message.Price, message.Size, message.Kind == LobsterKind.VisibleExecution);
        if (isKnown && order.IsCertain)
        {
            level.KnownSize -= message.Size;
            if (message.Size == order.Left)
            {
                level.Orders.Remove(message.OrderId);
            }
        }

        Shrink(message, order, isKnown);
        level.Size -= message.Size;
        if (level.Size == 0)
        {
            Vanish(message.Side, level, given);
        }

        return null;
    }

    private void Note(in LobsterMessage message, bool isKnown, KnownOrder order, WindowSide side)
    {
        Counts.OfUnknownOrders += isKnown ? 0 : 1;
        Counts.OfUncertainOrders += isKnown && !order.IsCertain ? 1 : 0;
        Counts.AwayFromBest += message.Kind == LobsterKind.VisibleExecution && side.Best != message.Price ? 1 : 0;
    }

    // What is left of an order that rests outside the window is only known not to be more.
    private LobsterDifference? Contradicts(in LobsterMessage message, KnownOrder order)
    {
        var mismatch =
            order.Side != message.Side || order.Price != message.Price ? LobsterMismatch.OtherOrder
            : message.Size > order.Left ? LobsterMismatch.TooMuch
            : message.Kind == LobsterKind.Deletion && order.IsCertain && message.Size != order.Left ? LobsterMismatch.OtherRest
            : (LobsterMismatch?)null;
        return mismatch is { } wrong
            ? new LobsterDifference(Counts.Messages, wrong, message.Side, 0, new LobsterLevel(order.Price, order.Left), new LobsterLevel(message.Price, message.Size))
            : null;
    }

    private void Shrink(in LobsterMessage message, KnownOrder order, bool isKnown)
    {
        if (!isKnown)
        {
            return;
        }

        if (message.Kind == LobsterKind.Deletion || message.Size == order.Left)
        {
            _orders.Remove(message.OrderId);
        }
        else
        {
            _orders[message.OrderId] = order with { Left = order.Left - message.Size };
        }
    }

    private void Vanish(LobsterSide which, WindowLevel level, LobsterBookRow given)
    {
        var side = Of(which);
        var (wasFull, outermost) = (side.IsFull, side.Outermost!.Value);
        side.Close(level);
        if (wasFull && given[which][^1] is { IsEmpty: false } revealed && side.IsWorse(revealed.Price, outermost))
        {
            side.Open(revealed.Price, out _).Size = revealed.Size;
            listener?.Rest(null, which, revealed.Price, revealed.Size);
            Counts.Revealed++;
        }
    }

    private LobsterDifference? Compare(LobsterBookRow given)
    {
        for (var level = 0; level < levels; level++)
        {
            foreach (var side in Sides)
            {
                if (given[side][level] is var expected && At(side, level) is var got && expected != got)
                {
                    return new LobsterDifference(Counts.Messages, LobsterMismatch.Level, side, level + 1, expected, got);
                }
            }
        }

        return null;
    }

    private LobsterDifference Differ(in LobsterMessage message, LobsterMismatch mismatch, long available) => new(
        Counts.Messages, mismatch, message.Side, 0, available == 0 ? LobsterLevel.Empty : new LobsterLevel(message.Price, available), new LobsterLevel(message.Price, message.Size));

    private readonly record struct KnownOrder(LobsterSide Side, long Price, long Left, bool IsCertain);
}
