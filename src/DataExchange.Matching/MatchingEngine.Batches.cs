using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace DataExchange.Matching;

/// <content>Many inputs at a time.</content>
public sealed partial class MatchingEngine<THandler>
{
    private const int FarAhead = 12;
    private const int Ahead = 8;
    private const int Near = 4;
    private const int Next = 2;

    /// <summary>
    /// Carries inputs out in order, exactly as one by one. While one is carried out, the memory that the next ones will need is asked for:
    /// with thousands of books most of the time would else go into waiting for it.
    /// </summary>
    /// <param name="commands">The inputs.</param>
    public void Apply(ReadOnlySpan<Command> commands)
    {
        for (var i = 0; i < commands.Length; i++)
        {
            if (i + FarAhead < commands.Length)
            {
                AskForTables(commands[i + FarAhead]);
                AskForLevels(commands[i + Ahead]);
                AskForOrders(commands[i + Near]);
                AskForMaker(commands[i + Next]);
                AskForSecond(commands[i + 1]);
            }

            Apply(commands[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AskForTables(in Command command)
    {
        if ((uint)command.Instrument >= (uint)_instruments.Length || (uint)command.Account >= (uint)_accounts.Length)
        {
            return;
        }

        _index.Prefetch(command.Account, command.ClientOrderId);
        Ask(ref _accounts[command.Account]);
        ref var instrument = ref _instruments[command.Instrument];
        Ask(ref instrument.Bids);
        Ask(ref instrument.Sequence);
        if (command.Kind == CommandKind.NewOrder)
        {
            _positions.Prefetch(command.Account, command.Instrument);
        }
    }

    // An order that crosses will look at the best level across; one that does not, or may rest later, at its own.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AskForLevels(in Command command)
    {
        if (command.Kind == CommandKind.NewOrder && (uint)command.Instrument < (uint)_instruments.Length)
        {
            ref var instrument = ref _instruments[command.Instrument];
            ref var own = ref (command.Side == Side.Buy ? ref instrument.Bids : ref instrument.Asks);
            ref var across = ref (command.Side == Side.Buy ? ref instrument.Asks : ref instrument.Bids);
            Ask(ref _levels[Crosses(instrument, command.Side, command.Price) ? across.BestLevel : _prices.Guess(own, command.Price)]);
        }
        else if (command.Kind == CommandKind.Cancel)
        {
            Ask(ref _orders[_index.Guess(command.Account, command.ClientOrderId)]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AskForOrders(in Command command)
    {
        if (command.Kind == CommandKind.NewOrder && (uint)command.Instrument < (uint)_instruments.Length)
        {
            ref var instrument = ref _instruments[command.Instrument];
            ref var own = ref (command.Side == Side.Buy ? ref instrument.Bids : ref instrument.Asks);
            ref var across = ref (command.Side == Side.Buy ? ref instrument.Asks : ref instrument.Bids);
            if (Crosses(instrument, command.Side, command.Price))
            {
                Ask(ref _orders[_levels[across.BestLevel].Head]);
                Ask(ref _levels[_prices.GuessNext(across.BestLevel, command.Side == Side.Sell)]);
            }
            else
            {
                Ask(ref _orders[_levels[_prices.Guess(own, command.Price)].Tail]);
            }
        }
        else if (command.Kind == CommandKind.Cancel)
        {
            ref var order = ref _orders[_index.Guess(command.Account, command.ClientOrderId)];
            Ask(ref _orders[order.Previous]);
            Ask(ref _orders[order.Next]);
            Ask(ref _levels[order.Level]);
            if (order.Side == Side.Sell)
            {
                _positions.Prefetch(order.Account, order.Instrument);
            }
        }
    }

    // The first order across is likely to be filled: then its account pays or is paid, and its entry in the index goes.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AskForMaker(in Command command)
    {
        if (command.Kind != CommandKind.NewOrder || (uint)command.Instrument >= (uint)_instruments.Length)
        {
            return;
        }

        ref var instrument = ref _instruments[command.Instrument];
        if (Crosses(instrument, command.Side, command.Price))
        {
            var best = (command.Side == Side.Buy ? instrument.Asks : instrument.Bids).BestLevel;
            ref var maker = ref _orders[_levels[best].Head];
            _positions.Prefetch(maker.Account, maker.Instrument);
            Ask(ref _accounts[maker.Account]);
            if (maker.Leaves < command.Quantity)
            {
                Ask(ref _orders[maker.Next != 0 ? maker.Next : _levels[_prices.GuessNext(best, command.Side == Side.Sell)].Head]);
            }
        }
    }

    // Who is filled after the first; its own place was asked for before.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AskForSecond(in Command command)
    {
        if (command.Kind != CommandKind.NewOrder || (uint)command.Instrument >= (uint)_instruments.Length)
        {
            return;
        }

        ref var instrument = ref _instruments[command.Instrument];
        if (Crosses(instrument, command.Side, command.Price))
        {
            ref var maker = ref _orders[_levels[(command.Side == Side.Buy ? instrument.Asks : instrument.Bids).BestLevel].Head];
            if (maker.Leaves < command.Quantity && maker.Next != 0)
            {
                ref var second = ref _orders[maker.Next];
                _positions.Prefetch(second.Account, second.Instrument);
                Ask(ref _orders[second.Next]);
            }
        }
    }

    private static unsafe void Ask<T>(ref T place)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref place));
        }
    }
}
