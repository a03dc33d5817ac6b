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
    private const int Places = 16;

    /// <summary>
    /// Carries inputs out in order, exactly as one by one. While one is carried out, the memory that the next ones will need is asked for:
    /// with thousands of books most of the time would else go into waiting for it. What is asked for is chosen without branches: what an input is
    /// and whether it trades cannot be foretold, and a branch guessed wrong at each stage would cost more than the waiting.
    /// </summary>
    /// <param name="commands">The inputs.</param>
    [SkipLocalsInit]
    public void Apply(ReadOnlySpan<Command> commands)
    {
        Span<Sight> sights = stackalloc Sight[Places];
        sights.Clear();
        for (var i = 0; i < commands.Length; i++)
        {
            if (i + FarAhead < commands.Length)
            {
                AskForTables(commands[i + FarAhead]);
                AskForLevel(commands[i + Ahead], ref sights[(i + Ahead) & (Places - 1)]);
                AskForOrders(ref sights[(i + Near) & (Places - 1)]);
                AskForMaker(sights[(i + Next) & (Places - 1)]);
            }

            Apply(commands[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AskForTables(in Command command)
    {
        _index.Prefetch(command.Account, command.ClientOrderId);
        _positions.Prefetch(command.Account, command.Instrument);
        if ((uint)command.Instrument < (uint)_instruments.Length && (uint)command.Account < (uint)_accounts.Length)
        {
            Ask(ref _accounts[command.Account]);
            Ask(ref _instruments[command.Instrument].Bids);
            Ask(ref _instruments[command.Instrument].Sequence);
        }
    }

    // A new order: the level that it will meet, or else the one where it will rest. Anything else: the order that it names.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AskForLevel(in Command command, ref Sight sight)
    {
        if ((uint)command.Instrument >= (uint)_instruments.Length)
        {
            sight = default;
            return;
        }

        ref var instrument = ref _instruments[command.Instrument];
        var side = (int)command.Side & 1;
        ref var own = ref Unsafe.Add(ref instrument.Bids, side);
        ref var across = ref Unsafe.Add(ref instrument.Bids, 1 - side);
        var isNew = command.Kind == CommandKind.NewOrder ? -1 : 0;
        var price = (command.Price & isNew) | (own.BestPrice & ~isNew);
        var distance = ((price - across.BestPrice) ^ -side) + side;
        var takes = across.BestLevel != 0 & distance >= 0 ? isNew : 0;
        var rests = _prices.Guess(own, price) & isNew & ~takes;
        sight.Takes = takes;
        sight.Side = side;
        sight.Level = (across.BestLevel & takes) | rests;
        sight.Slot = _index.Guess(command.Account, command.ClientOrderId) & ~isNew;
        Ask(ref _levels[sight.Level]);
        Ask(ref _orders[sight.Slot]);
    }

    // First or last of the level, and the level after it; the neighbours of the order that is named.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AskForOrders(ref Sight sight)
    {
        ref var level = ref _levels[sight.Level];
        sight.NextLevel = _prices.GuessNext(sight.Level & sight.Takes, downwards: sight.Side == 1);
        Ask(ref _levels[sight.NextLevel]);
        Ask(ref _orders[(level.Head & sight.Takes) | (level.Tail & ~sight.Takes)]);
        ref var order = ref _orders[sight.Slot];
        Ask(ref _orders[order.Previous]);
        Ask(ref _orders[order.Next]);
        Ask(ref _levels[order.Level]);
    }

    // The first order across will be paid or pay, and who comes after it may be next.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AskForMaker(in Sight sight)
    {
        ref var maker = ref _orders[_levels[sight.Level & sight.Takes].Head];
        _positions.Prefetch(maker.Account, maker.Instrument);
        Ask(ref _accounts[maker.Account]);
        var none = maker.Next == 0 ? -1 : 0;
        Ask(ref _orders[maker.Next | (_levels[sight.NextLevel].Head & none)]);
    }

    /// <summary>What was seen of an input before its turn; all of it may have changed since.</summary>
    private struct Sight
    {
        /// <summary>The level that it meets or rests at; 0 for none.</summary>
        public int Level;

        /// <summary>The one beyond it; 0 for none.</summary>
        public int NextLevel;

        /// <summary>The order that it names; 0 for none.</summary>
        public int Slot;

        /// <summary>All bits when it will trade, none otherwise.</summary>
        public int Takes;

        /// <summary>0 for buy, 1 for sell.</summary>
        public int Side;
    }

    private static unsafe void Ask<T>(ref T place)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref place));
        }
    }
}
