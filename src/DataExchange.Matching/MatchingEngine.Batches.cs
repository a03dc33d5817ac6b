using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace DataExchange.Matching;

/// <content>Many inputs at a time.</content>
public sealed partial class MatchingEngine<THandler>
{
    /// <summary>Inputs that are looked at together.</summary>
    private const int Block = 8;

    private const int Places = 8 * Block;

    /// <summary>With no more instruments than this, their books' ends and their holders stay in the processor's near memory by themselves.</summary>
    private const int FewInstruments = 32;

    private interface IBreadth
    {
        static abstract bool ManyBooks { get; }
    }

    private readonly struct Few : IBreadth
    {
        public static bool ManyBooks => false;
    }

    private readonly struct Many : IBreadth
    {
        public static bool ManyBooks => true;
    }

    /// <summary>
    /// Carries inputs out in order, exactly as one by one. While some are carried out, the memory that the next ones will need is asked for:
    /// with many orders most of the time would else go into waiting for it. It is done for eight inputs at a time, in three steps that each lie
    /// eight inputs apart: where an order is found, the order, its neighbours. What is asked for is chosen without branches: what an input is and whether it
    /// trades cannot be foretold, and a branch guessed wrong at each step would cost more than the waiting.
    /// </summary>
    /// <param name="commands">The inputs.</param>
    public void Apply(ReadOnlySpan<Command> commands)
    {
        if (_instrumentsUsed > FewInstruments)
        {
            ApplyAhead<Many>(commands);
        }
        else
        {
            ApplyAhead<Few>(commands);
        }
    }

    [SkipLocalsInit]
    private void ApplyAhead<TBreadth>(ReadOnlySpan<Command> commands)
        where TBreadth : struct, IBreadth
    {
        Span<Sight> sights = stackalloc Sight[Places];
        for (var at = -4 * Block; at < commands.Length; at += Block)
        {
            for (int i = Math.Max(0, at + (4 * Block)), end = Math.Min(commands.Length, at + (5 * Block)); i < end; i++)
            {
                AskForTables<TBreadth>(in commands[i], ref sights[i & (Places - 1)]);
            }

            for (int i = Math.Max(0, at + (3 * Block)), end = Math.Min(commands.Length, at + (4 * Block)); i < end; i++)
            {
                AskForOrder<TBreadth>(in commands[i], ref sights[i & (Places - 1)]);
            }

            for (int i = Math.Max(0, at + (2 * Block)), end = Math.Min(commands.Length, at + (3 * Block)); i < end; i++)
            {
                AskForNeighbours<TBreadth>(ref sights[i & (Places - 1)]);
            }

            if (TBreadth.ManyBooks)
            {
                for (int i = Math.Max(0, at + Block), end = Math.Min(commands.Length, at + (2 * Block)); i < end; i++)
                {
                    AskForMaker(in sights[i & (Places - 1)]);
                }
            }

            for (int i = Math.Max(0, at), end = Math.Min(commands.Length, at + Block); i < end; i++)
            {
                ref readonly var command = ref commands[i];
                ref var sight = ref sights[i & (Places - 1)];
                if (!IsDoneQuickly(in command, sight.Home, sight.PositionHome))
                {
                    ApplyAny(in command);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AskForTables<TBreadth>(in Command command, ref Sight sight)
        where TBreadth : struct, IBreadth
    {
        sight.Home = _index.Home(command.Account, command.ClientOrderId);
        sight.PositionHome = _positions.Home(command.Account, command.Instrument);
        _index.Prefetch(sight.Home);
        if (TBreadth.ManyBooks && (uint)command.Instrument < (uint)_instruments.Length && (uint)command.Account < (uint)_accounts.Length)
        {
            _positions.Prefetch(sight.PositionHome);
            Ask(ref _accounts[command.Account]);
            Ask(ref _instruments[command.Instrument].Bids);
            Ask(ref _instruments[command.Instrument].Sequence);
        }
    }

    // The order that the input names. With many books, of a new order also the level that it will meet, or else the one where it will rest.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AskForOrder<TBreadth>(in Command command, ref Sight sight)
        where TBreadth : struct, IBreadth
    {
        // All bits when it is a new order, none otherwise: the compiler would make a branch of a choice between the two.
        var isNew = (((int)command.Kind ^ (int)CommandKind.NewOrder) - 1) >> 31;
        sight.Slot = _index.Guess(sight.Home) & ~isNew;
        Ask(ref _orders[sight.Slot]);
        if (!TBreadth.ManyBooks)
        {
            return;
        }

        sight.Level = sight.Takes = 0;
        if ((uint)command.Instrument < (uint)_instruments.Length)
        {
            ref var instrument = ref _instruments[command.Instrument];
            var side = (int)command.Side & 1;
            ref var own = ref Unsafe.Add(ref instrument.Bids, side);
            ref var across = ref Unsafe.Add(ref instrument.Bids, 1 - side);
            var price = (command.Price & isNew) | (own.BestPrice & ~isNew);
            var takes = ((-across.BestLevel & ~Ahead(side, price, across.BestPrice)) >> 31) & isNew;
            var rests = _prices.Guess(own, price) & isNew & ~takes;
            sight.Takes = takes;
            sight.Level = (across.BestLevel & takes) | rests;
            Ask(ref _levels[sight.Level]);
        }
    }

    // The neighbours of the order that is named; with many books, also first or last of the level.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AskForNeighbours<TBreadth>(ref Sight sight)
        where TBreadth : struct, IBreadth
    {
        ref var order = ref _orders[sight.Slot];
        Ask(ref _orders[order.Previous]);
        Ask(ref _orders[order.Next]);
        if (TBreadth.ManyBooks)
        {
            Ask(ref _levels[order.Level]);
            ref var level = ref _levels[sight.Level];
            Ask(ref _orders[(level.Head & sight.Takes) | (level.Tail & ~sight.Takes)]);
        }
    }

    // The first order across will be paid or pay, and who comes after it may be next.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AskForMaker(in Sight sight)
    {
        ref var maker = ref _orders[_levels[sight.Level & sight.Takes].Head];
        _positions.Prefetch(_positions.Home(maker.Account, maker.Instrument));
        Ask(ref _accounts[maker.Account]);
        Ask(ref _orders[maker.Next]);
    }

    /// <summary>What was seen of an input before its turn; all but the homes may have changed since.</summary>
    private struct Sight
    {
        /// <summary>Its order's home in the index.</summary>
        public uint Home;

        /// <summary>Its account's and instrument's home among the positions.</summary>
        public uint PositionHome;

        /// <summary>The order that it names; 0 for none.</summary>
        public int Slot;

        /// <summary>The level that it meets or rests at; 0 for none.</summary>
        public int Level;

        /// <summary>All bits when it will trade, none otherwise.</summary>
        public int Takes;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Ask<T>(ref T place)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref place));
        }
    }
}
