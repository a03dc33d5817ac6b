using System.Globalization;
using System.Text;
using DataExchange.Matching.Tests.Naive;

namespace DataExchange.Matching.Tests.Model;

/// <summary>Plays commands on an engine and on the naive one, and makes sequences that tell them apart short.</summary>
internal static class Sequence
{
    /// <summary>What differs first, or null.</summary>
    public static string? Difference(IReadOnlyList<Command> commands, Func<IEngine> make)
    {
        var (naive, tested) = ((IEngine)new NaiveEngine(World.Limits), make());
        for (var i = 0; i < commands.Count; i++)
        {
            var expected = naive.Apply(commands[i]);
            string? difference;
            try
            {
                difference = Difference(expected, tested.Apply(commands[i])) ?? Difference(naive, tested);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                difference = e.ToString();
            }

            if (difference is not null)
            {
                return $"command {i}: {difference}";
            }
        }

        return null;
    }

    public static string? Difference(IReadOnlyList<ExecutionReport> expected, IReadOnlyList<ExecutionReport> actual)
    {
        for (var i = 0; i < Math.Max(expected.Count, actual.Count); i++)
        {
            if (i >= expected.Count || i >= actual.Count || !IsSame(expected[i], actual[i]))
            {
                return $"report {i} differs\nexpected {Text(expected)}\nactual   {Text(actual)}";
            }
        }

        return null;
    }

    /// <summary>What differs in what can be asked of two engines.</summary>
    public static string? Difference(IEngine expected, IEngine actual)
    {
        for (var i = 0; i < World.Limits.Products; i++)
        {
            if (expected.RightsOf(i) != actual.RightsOf(i))
            {
                return $"rights of product {i}: expected {expected.RightsOf(i)}, actual {actual.RightsOf(i)}";
            }
        }

        for (var i = 0; i < World.Limits.Accounts; i++)
        {
            if (expected.FundsOf(i) != actual.FundsOf(i))
            {
                return $"funds of account {i}: expected {expected.FundsOf(i)}, actual {actual.FundsOf(i)}";
            }
        }

        (actual as FastEngine)?.Engine.CheckInvariants();
        return Enumerable.Range(0, World.Limits.Instruments).Select(i => Difference(expected, actual, i))
            .FirstOrDefault(text => text is not null);
    }

    /// <summary>The shortest sequence found that still differs: drops ever smaller parts as long as that works.</summary>
    public static List<Command> Shrink(IReadOnlyList<Command> commands, Func<IReadOnlyList<Command>, bool> fails)
    {
        var shortest = commands.ToList();
        for (var size = Math.Max(1, shortest.Count / 2); ; size = Math.Max(1, size / 2))
        {
            var dropped = false;
            for (var start = 0; start < shortest.Count;)
            {
                var candidate = shortest.Where((_, i) => i < start || i >= start + size).ToList();
                if (candidate.Count < shortest.Count && fails(candidate))
                {
                    (shortest, dropped) = (candidate, true);
                }
                else
                {
                    start += size;
                }
            }

            if (size == 1 && !dropped)
            {
                return shortest;
            }
        }
    }

    /// <summary>Commands as C#, to be pasted into a test.</summary>
    public static string Source(IEnumerable<Command> commands)
    {
        var text = new StringBuilder();
        foreach (var command in commands)
        {
            var fields = typeof(Command).GetFields().Where(field => !field.IsStatic)
                .Select(field => (field.Name, Value: field.GetValue(command)!)).Where(field =>
                    Convert.ToInt64(field.Value, CultureInfo.InvariantCulture) != 0)
                .Select(field => $"{field.Name} = {Literal(field.Value)}");
            text.Append(CultureInfo.InvariantCulture, $"new() {{ {string.Join(", ", fields)} }},\n");
        }

        return text.ToString();
    }

    private static string Literal(object value) => value switch
    {
        Enum word when Enum.IsDefined(word.GetType(), word) => $"{word.GetType().Name}.{word}",
        Enum word => $"({word.GetType().Name}){Convert.ToInt64(word, CultureInfo.InvariantCulture)}",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string? Difference(IEngine expected, IEngine actual, int instrument)
    {
        if (expected.PhaseOf(instrument) != actual.PhaseOf(instrument)
            || expected.LastPriceOf(instrument) != actual.LastPriceOf(instrument))
        {
            return $"instrument {instrument}: expected {expected.PhaseOf(instrument)}, last {expected.LastPriceOf(instrument)}, "
                + $"actual {actual.PhaseOf(instrument)}, last {actual.LastPriceOf(instrument)}";
        }

        foreach (var side in Enum.GetValues<Side>())
        {
            if (!expected.OrdersOf(instrument, side).SequenceEqual(actual.OrdersOf(instrument, side)))
            {
                return $"instrument {instrument}, {side}: expected {Text(expected.OrdersOf(instrument, side))}"
                    + $"actual {Text(actual.OrdersOf(instrument, side))}";
            }

            if (!expected.DepthOf(instrument, side).SequenceEqual(actual.DepthOf(instrument, side)))
            {
                return $"instrument {instrument}, {side}: expected {Text(expected.DepthOf(instrument, side))}"
                    + $"actual {Text(actual.DepthOf(instrument, side))}";
            }
        }

        return Enumerable.Range(0, World.Limits.Accounts).Where(i => expected.UnitsOf(i, instrument) != actual.UnitsOf(i, instrument))
            .Select(i => $"units of account {i} in {instrument}: "
                + $"expected {expected.UnitsOf(i, instrument)}, actual {actual.UnitsOf(i, instrument)}")
            .FirstOrDefault();
    }

    private static bool IsSame(in ExecutionReport a, in ExecutionReport b) => a.Kind == ReportKind.Done
        ? (a.Kind, a.Reason, a.Instrument, a.Account) == (b.Kind, b.Reason, b.Instrument, b.Account) : a == b;

    private static string Text<T>(IEnumerable<T> things) => string.Concat(things.Select(thing => $"\n  {thing}")) + "\n";
}
