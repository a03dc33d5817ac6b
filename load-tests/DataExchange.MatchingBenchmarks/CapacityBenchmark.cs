using System.Diagnostics;
using DataExchange.Matching;
using DataExchange.Matching.Flow;

namespace DataExchange.MatchingBenchmarks;

/// <summary>What an engine reserves, and how it is with very many books.</summary>
internal static class CapacityBenchmark
{
    private const int Books = 100_000;
    private const int OrdersOfBook = 4;

    private static readonly EngineLimits Small = new()
    {
        Orders = 1 << 16, Instruments = 1, Products = 1, Accounts = 16, Positions = 1 << 12, PriceBlocks = 1 << 10,
    };

    /// <summary>Differences between engines that are larger in one respect.</summary>
    public static MemoryMeasure MeasureMemory()
    {
        var small = BytesOf(Small);
        return new MemoryMeasure(
            (double)(BytesOf(Small with { Orders = 1 << 20 }) - small) / ((1 << 20) - (1 << 16)),
            (double)(BytesOf(Small with { Positions = 1 << 16 }) - small) / ((1 << 16) - (1 << 12)),
            (double)(BytesOf(Small with { Instruments = 1 + Books, Products = 1 + Books }) - small) / Books,
            (double)(BytesOf(Small with { PriceBlocks = 1 << 14 }) - small) / ((1 << 14) - (1 << 10)));
    }

    /// <summary>Books with a bid and an ask on two levels each; then orders are taken out and put in, in books far apart.</summary>
    public static ManyBooksMeasure MeasureManyBooks(int rounds)
    {
        var limits = new EngineLimits
        {
            Orders = (Books * OrdersOfBook) + 64, Instruments = Books, Products = Books, Accounts = 2, Positions = (2 * Books) + 64, PriceBlocks = (2 * Books) + 64,
        };
        var before = GC.GetAllocatedBytesForCurrentThread();
        var engine = new MatchingEngine<ReportKeeper>(limits, new ReportKeeper());
        var reserved = GC.GetAllocatedBytesForCurrentThread() - before;
        Open(engine);
        engine.Prefault();
        if (engine.OrdersResting != Books * OrdersOfBook)
        {
            throw new InvalidOperationException($"{engine.OrdersResting} orders rest where {Books * OrdersOfBook} should.");
        }

        var next = ((long)Books * OrdersOfBook) + 1;
        var rates = new List<double>();
        for (var round = -1; round < rounds; round++)
        {
            var started = Stopwatch.GetTimestamp();
            for (var turn = 0; turn < 10; turn++)
            {
                Turn(engine, next);
                next += Books;
            }

            if (round >= 0)
            {
                rates.Add(20 * Books / Stopwatch.GetElapsedTime(started).TotalSeconds);
            }
        }

        return new ManyBooksMeasure(Books, MatchingBenchmark.Median(rates), reserved / 1_000_000);
    }

    private static void Open(MatchingEngine<ReportKeeper> engine)
    {
        engine.Apply(Command.OpenAccount(0, 0, 0, 0));
        engine.Apply(Command.OpenAccount(0, 1, 1, 0));
        engine.Apply(Command.Deposit(0, 0, 1L << 61));
        for (var book = 0; book < Books; book++)
        {
            engine.Apply(Command.DefineProduct(0, book, 0));
            engine.Apply(Command.DefineInstrument(0, book, book, 0, 1, 1, 1 << 30, 1, 1 << 30, resale: true));
            engine.Apply(Command.IssueUnits(0, 1, book, 1_000));
        }

        // Buy orders are numbered by turn and place, so that a turn can take out those of the turn before.
        for (var number = 0; number < Books * OrdersOfBook / 2; number++)
        {
            engine.Apply(Command.Limit(0, BookOf(number), 0, number + 1, Side.Buy, 10_000 - (number / Books), 1));
            engine.Apply(Command.Limit(0, BookOf(number), 1, number + 1, Side.Sell, 10_001 + (number / Books), 1));
        }

        for (var number = 0; number < Books; number++)
        {
            // Replaces the second bids by ones with the numbers that the first turn looks for.
            engine.Apply(Command.Cancel(0, BookOf(number), 0, Books + number + 1));
            engine.Apply(Command.Limit(0, BookOf(number), 0, (Books * (OrdersOfBook - 1)) + number + 1, Side.Buy, 9_999, 1));
        }
    }

    private static void Turn(MatchingEngine<ReportKeeper> engine, long first)
    {
        for (var number = 0; number < Books; number++)
        {
            engine.Apply(Command.Cancel(0, BookOf(number), 0, first - Books + number));
            engine.Apply(Command.Limit(0, BookOf(number), 0, first + number, Side.Buy, 9_999, 1));
        }
    }

    // 61,803 and the number of books have no common factor: each book comes once, far from the one before.
    private static int BookOf(int number) => (int)(number * 61_803L % Books);

    private static long BytesOf(EngineLimits limits)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var engine = new MatchingEngine<ReportKeeper>(limits, new ReportKeeper());
        var after = GC.GetAllocatedBytesForCurrentThread();
        GC.KeepAlive(engine);
        return after - before;
    }
}
