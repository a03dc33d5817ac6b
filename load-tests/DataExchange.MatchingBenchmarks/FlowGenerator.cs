using DataExchange.Matching;
using DataExchange.Matching.Flow;

namespace DataExchange.MatchingBenchmarks;

/// <summary>
/// Makes an order flow, the same for the same arguments: about 60 % adds around a mid that walks at random, 30 % cancels of an earlier add (which
/// may have traded since), 10 % immediate-or-cancel orders that reach 20 ticks beyond the mid. Low book numbers are busier.
/// </summary>
public static class FlowGenerator
{
    /// <summary>Makes the records.</summary>
    /// <param name="operations">How many.</param>
    /// <param name="books">How many books; 1 to 65,536.</param>
    /// <param name="seed">Decides every draw.</param>
    /// <param name="meanDistance">Mean distance of an add from the mid, in ticks.</param>
    /// <param name="resting">So many adds must have come before cancels begin.</param>
    public static FlowRecord[] Make(int operations, int books, ulong seed, double meanDistance = 8, int resting = 1_000)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(operations);
        ArgumentOutOfRangeException.ThrowIfLessThan(books, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(books, FlowFile.MostBooks);
        var random = new MersenneTwister(seed);
        var mid = new int[books];
        Array.Fill(mid, 10_000);
        var live = new List<(ushort Book, uint Order)>();
        var records = new FlowRecord[operations];
        var next = 1U;
        for (var index = 0; index < operations; index++)
        {
            var book = books == 1 ? 0 : Math.Min(books - 1, (int)(books * Math.Pow(random.NextDouble(), 3)));
            var draw = random.NextDouble();
            if (random.NextDouble() < 0.02)
            {
                mid[book] += random.Below(2) == 0 ? -1 : 1;
            }

            if (draw < 0.30 && live.Count > resting)
            {
                records[index] = Cancel(live, random.Below(live.Count));
                continue;
            }

            var side = (Side)random.Below(2);
            var isImmediate = draw < 0.40;
            var distance = isImmediate ? -20 : (int)random.Exponential(1 / meanDistance) - 1;
            records[index] = new FlowRecord
            {
                Operation = isImmediate ? FlowOperation.ImmediateOrCancel : FlowOperation.Add,
                Side = side,
                Book = (ushort)book,
                Price = side == Side.Buy ? mid[book] - distance : mid[book] + distance,
                Quantity = 1 + random.Below(FlowFile.LargestQuantity),
                Order = next,
            };
            if (!isImmediate)
            {
                live.Add(((ushort)book, next));
            }

            next++;
        }

        return records;
    }

    private static FlowRecord Cancel(List<(ushort Book, uint Order)> live, int chosen)
    {
        var (book, order) = live[chosen];
        live[chosen] = live[^1];
        live.RemoveAt(live.Count - 1);
        return new FlowRecord { Operation = FlowOperation.Cancel, Book = book, Order = order };
    }
}
