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
            }

            Apply(commands[i]);
        }
    }

    private void AskForTables(in Command command)
    {
        if ((uint)command.Instrument >= (uint)_instruments.Length || (uint)command.Account >= (uint)_accounts.Length)
        {
            return;
        }

        _index.Prefetch(command.Account, command.ClientOrderId);
        Ask(ref _accounts[command.Account]);
        Ask(ref _instruments[command.Instrument].Bids);
        Ask(ref _instruments[command.Instrument].Product);
        _positions.Prefetch(command.Account, command.Instrument);
    }

    private void AskForLevels(in Command command)
    {
        if (command.Kind == CommandKind.NewOrder && (uint)command.Instrument < (uint)_instruments.Length)
        {
            ref var instrument = ref _instruments[command.Instrument];
            Ask(ref _levels[instrument.Bids.BestLevel]);
            Ask(ref _levels[instrument.Asks.BestLevel]);
            if (command.TimeInForce != TimeInForce.ImmediateOrCancel)
            {
                Ask(ref _levels[_prices.Guess(command.Side == Side.Buy ? instrument.Bids : instrument.Asks, command.Price)]);
            }
        }
        else if (command.Kind == CommandKind.Cancel)
        {
            Ask(ref _orders[_index.Guess(command.Account, command.ClientOrderId)]);
        }
    }

    private void AskForOrders(in Command command)
    {
        if (command.Kind == CommandKind.NewOrder && (uint)command.Instrument < (uint)_instruments.Length)
        {
            ref var instrument = ref _instruments[command.Instrument];
            Ask(ref _orders[_levels[(command.Side == Side.Buy ? instrument.Asks : instrument.Bids).BestLevel].Head]);
            Ask(ref _orders[_levels[_prices.Guess(command.Side == Side.Buy ? instrument.Bids : instrument.Asks, command.Price)].Tail]);
        }
        else if (command.Kind == CommandKind.Cancel)
        {
            ref var order = ref _orders[_index.Guess(command.Account, command.ClientOrderId)];
            Ask(ref _orders[order.Previous]);
            Ask(ref _orders[order.Next]);
            Ask(ref _levels[order.Level]);
        }
    }

    // The first order across is likely to be filled: then its account pays or is paid, and its entry in the index goes.
    private void AskForMaker(in Command command)
    {
        if (command.Kind != CommandKind.NewOrder || (uint)command.Instrument >= (uint)_instruments.Length)
        {
            return;
        }

        ref var instrument = ref _instruments[command.Instrument];
        if (Crosses(instrument, command.Side, command.Price))
        {
            ref var maker = ref _orders[_levels[(command.Side == Side.Buy ? instrument.Asks : instrument.Bids).BestLevel].Head];
            _index.Prefetch(maker.Account, maker.ClientOrderId);
            _positions.Prefetch(maker.Account, maker.Instrument);
            Ask(ref _accounts[maker.Account]);
            Ask(ref _orders[maker.Next]);
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
