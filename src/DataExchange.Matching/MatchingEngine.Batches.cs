using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using DataExchange.Matching.Book;

namespace DataExchange.Matching;

/// <content>Many inputs at a time.</content>
public sealed partial class MatchingEngine<THandler>
{
    /// <summary>Inputs that are looked at together.</summary>
    private const int Block = 8;

    private const int Places = 8 * Block;

    /// <summary>With no more instruments than this, their books' ends and their holders stay in the processor's near memory by themselves.</summary>
    private const int FewInstruments = 32;

    /// <summary>With no more resting orders than this, their levels' last ones mostly are in near memory too.</summary>
    private const int FewOrders = 1 << 16;

    private interface IBreadth
    {
        static abstract bool ManyBooks { get; }

        static abstract bool ManyOrders { get; }
    }

    private readonly struct Few : IBreadth
    {
        public static bool ManyBooks => false;

        public static bool ManyOrders => false;
    }

    private readonly struct Deep : IBreadth
    {
        public static bool ManyBooks => false;

        public static bool ManyOrders => true;
    }

    private readonly struct Many : IBreadth
    {
        public static bool ManyBooks => true;

        public static bool ManyOrders => true;
    }

    /// <summary>
    /// Carries inputs out in order, exactly as one by one. While some are carried out, the memory that the next ones will need is asked for:
    /// with many orders most of the time would else go into waiting for it. It is done for eight inputs at a time, in steps that each lie
    /// eight inputs apart: where an order is found, the order, its neighbours and its level, who is met there. What is asked for is chosen without
    /// branches: what an input is and whether it trades cannot be foretold, and a branch guessed wrong at each step would cost more than the waiting.
    /// </summary>
    /// <param name="commands">The inputs.</param>
    public void Apply(ReadOnlySpan<Command> commands)
    {
        if (_instrumentsUsed > FewInstruments)
        {
            ApplyAhead<Many>(commands);
        }
        else if (_live > FewOrders)
        {
            ApplyAhead<Deep>(commands);
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
        for (var at = -5 * Block; at < commands.Length; at += Block)
        {
            for (int i = Math.Max(0, at + (5 * Block)), end = Math.Min(commands.Length, at + (6 * Block)); i < end; i++)
            {
                AskForTables<TBreadth>(in commands[i], ref sights[i & (Places - 1)]);
            }

            for (int i = Math.Max(0, at + (4 * Block)), end = Math.Min(commands.Length, at + (5 * Block)); i < end; i++)
            {
                AskForOrder<TBreadth>(in commands[i], ref sights[i & (Places - 1)]);
            }

            for (int i = Math.Max(0, at + (3 * Block)), end = Math.Min(commands.Length, at + (4 * Block)); i < end; i++)
            {
                AskForNeighbours<TBreadth>(in commands[i], ref sights[i & (Places - 1)]);
            }

            if (TBreadth.ManyOrders)
            {
                for (int i = Math.Max(0, at + (2 * Block)), end = Math.Min(commands.Length, at + (3 * Block)); i < end; i++)
                {
                    AskForFirstOrLast(in sights[i & (Places - 1)]);
                }
            }

            if (TBreadth.ManyBooks)
            {
                for (int i = Math.Max(0, at + Block), end = Math.Min(commands.Length, at + (2 * Block)); i < end; i++)
                {
                    AskForMaker(in sights[i & (Places - 1)]);
                }
            }
            else if (at >= 0)
            {
                AskForEnds(commands[at].Instrument);
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

    // One input among many books: there is nothing else to do meanwhile, but what it needs is asked for at once where it would be waited for one by one.
    [SkipLocalsInit]
    private void ApplyAmongMany(in Command command)
    {
        Sight sight;
        Unsafe.SkipInit(out sight);
        AskForTables<Many>(in command, ref sight);
        AskForOrder<Many>(in command, ref sight);
        AskForNeighbours<Many>(in command, ref sight);
        AskForFirstOrLast(in sight);
        AskForMaker(in sight);
        if (!IsDoneQuickly(in command, sight.Home, sight.PositionHome))
        {
            ApplyAny(in command);
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

    // The order that the input names. With many books, of a new order also the way to its level.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AskForOrder<TBreadth>(in Command command, ref Sight sight)
        where TBreadth : struct, IBreadth
    {
        sight.Slot = _index.Guess(sight.Home) & ~IsNew(command);
        Ask(ref _orders[sight.Slot]);
        if (TBreadth.ManyBooks && (uint)command.Instrument < (uint)_instruments.Length)
        {
            _prices.PrefetchRoot(Unsafe.Add(ref _instruments[command.Instrument].Bids, (int)command.Side & 1), command.Price);
        }
    }

    // All bits when it is a new order, none otherwise: the compiler would make a branch of a choice between the two.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int IsNew(in Command command) => (((int)command.Kind ^ (int)CommandKind.NewOrder) - 1) >> 31;

    // The neighbours of the order that is named; with many orders, of a new one the level that it will meet, or else the one where it will rest.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AskForNeighbours<TBreadth>(in Command command, ref Sight sight)
        where TBreadth : struct, IBreadth
    {
        ref var order = ref _orders[sight.Slot];
        Ask(ref _orders[order.Previous]);
        Ask(ref _orders[order.Next]);
        if (!TBreadth.ManyOrders)
        {
            return;
        }

        Ask(ref _levels[order.Level]);
        sight.Level = sight.Takes = 0;
        if ((uint)command.Instrument < (uint)_instruments.Length)
        {
            ref var instrument = ref _instruments[command.Instrument];
            var (isNew, side) = (IsNew(command), (int)command.Side & 1);
            ref var own = ref Unsafe.Add(ref instrument.Bids, side);
            ref var across = ref Unsafe.Add(ref instrument.Bids, 1 - side);
            var price = (command.Price & isNew) | (own.BestPrice & ~isNew);
            var takes = ((-across.BestLevel & ~Ahead(side, price, across.BestPrice)) >> 31) & isNew;
            var rests = _prices.Guess(own, price) & isNew & ~takes;
            sight.Takes = takes;
            sight.Level = (across.BestLevel & takes) | rests;
            Ask(ref _levels[sight.Level]);
            if (TBreadth.ManyBooks)
            {
                _prices.PrefetchBlock(sight.Level);
            }
        }
    }

    // The first order of the level that is met, the last one of that where it will rest.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AskForFirstOrLast(in Sight sight)
    {
        ref var level = ref _levels[sight.Level];
        Ask(ref _orders[(level.Head & sight.Takes) | (level.Tail & ~sight.Takes)]);
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

    // With few books, who is second at both ends of one of them, and first at the next prices: at the time of its turn it has mostly waited for long.
    private void AskForEnds(int number)
    {
        if ((uint)number < (uint)_instruments.Length)
        {
            ref var instrument = ref _instruments[number];
            AskForEnd(instrument.Bids, upwards: false);
            AskForEnd(instrument.Asks, upwards: true);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AskForEnd(in BookSide side, bool upwards)
    {
        Ask(ref _orders[_orders[_levels[side.BestLevel].Head].Next]);
        Ask(ref _orders[_levels[_prices.GuessNext(side, upwards)].Head]);
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
