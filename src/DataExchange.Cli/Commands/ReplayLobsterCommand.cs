using System.Globalization;
using System.Text.Json;
using DataExchange.Cli.Running;
using DataExchange.Cli.Running.Replay;
using DataExchange.Lobster;

namespace DataExchange.Cli.Commands;

/// <summary>What <c>dx replay --format lobster --json</c> prints; sizes in shares, prices in 1/10,000 dollar.</summary>
/// <param name="IsEqual">Whether the book made of the messages is the given one after every message.</param>
/// <param name="Levels">Levels compared.</param>
/// <param name="LevelsInFile">Levels of the given book.</param>
/// <param name="Rows">Rows of each file.</param>
/// <param name="Messages">Messages taken: up to the first difference.</param>
/// <param name="Submissions">Of these, limit orders submitted.</param>
/// <param name="PartialCancellations">Partial cancellations.</param>
/// <param name="Deletions">Deletions.</param>
/// <param name="VisibleExecutions">Executions of visible orders.</param>
/// <param name="HiddenExecutions">Executions of hidden orders.</param>
/// <param name="CrossTrades">Cross trades.</param>
/// <param name="Halts">Halts and resumptions.</param>
/// <param name="VisibleShares">Shares executed of visible orders.</param>
/// <param name="HiddenShares">Shares executed of hidden orders.</param>
/// <param name="CrossShares">Shares traded in crosses.</param>
/// <param name="Revealed">Levels that came in from outside the window and were taken from the given book.</param>
/// <param name="Outside">Messages about prices outside the window.</param>
/// <param name="OfUnknownOrders">Messages about orders that were there before the first message.</param>
/// <param name="OfUncertainOrders">Messages about orders that had left the window in between.</param>
/// <param name="AwayFromBest">Visible executions at another price than the best.</param>
/// <param name="Difference">The first difference; null without one.</param>
/// <param name="Priority">The executions asked of the matching core.</param>
internal sealed record LobsterOutput(
    bool IsEqual,
    int Levels,
    int LevelsInFile,
    long Rows,
    long Messages,
    long Submissions,
    long PartialCancellations,
    long Deletions,
    long VisibleExecutions,
    long HiddenExecutions,
    long CrossTrades,
    long Halts,
    long VisibleShares,
    long HiddenShares,
    long CrossShares,
    long Revealed,
    long Outside,
    long OfUnknownOrders,
    long OfUncertainOrders,
    long AwayFromBest,
    LobsterDifferenceOutput? Difference,
    LobsterPriorityOutput Priority);

/// <summary>Visible executions as the matching core would make them by price and time.</summary>
/// <param name="First">Of orders known one by one that are the core's first too.</param>
/// <param name="NotFirst">That the core would not have made: another order is before it.</param>
/// <param name="OfLevels">Of what is known by its level only, which stands first: which order it was cannot be checked.</param>
/// <param name="Stopped">Why the core was not asked any more; null when it was to the end.</param>
internal sealed record LobsterPriorityOutput(long First, long NotFirst, long OfLevels, string? Stopped);

/// <summary>The first difference.</summary>
/// <param name="Message">Number of the message and of the book's row, from 1.</param>
/// <param name="Mismatch">What does not fit.</param>
/// <param name="Side">ask or bid.</param>
/// <param name="Level">Level from 1; null where it is about an order.</param>
/// <param name="ExpectedPrice">Price of the given book, or of what is known of the order; null where nothing is.</param>
/// <param name="ExpectedSize">Its size.</param>
/// <param name="GotPrice">Price that the messages lead to, or of the message; null where nothing is.</param>
/// <param name="GotSize">Its size.</param>
/// <param name="Told">It in words.</param>
internal sealed record LobsterDifferenceOutput(
    long Message, string Mismatch, string Side, int? Level, long? ExpectedPrice, long ExpectedSize, long? GotPrice, long GotSize, string Told);

/// <summary>Reconstructs an order book from LOBSTER files.</summary>
internal static class ReplayLobsterCommand
{
    /// <summary>Reconstructs it, compares it, and says what came of it.</summary>
    /// <param name="messages">The message file.</param>
    /// <param name="book">The orderbook file.</param>
    /// <param name="levels">Levels to compare; null for all.</param>
    /// <param name="json">Whether to print JSON.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<int> RunAsync(string messages, string book, int? levels, bool json, CancellationToken cancellation)
    {
        var result = await new Terminal(json).StepAsync(
            "Reconstruct the book", progress => Task.Run(() => new LobsterFiles(messages, book).CompareAsync(levels, share => progress(share, ""), cancellation), cancellation))
            .ConfigureAwait(false);
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(Output(result), ReplayJson.Readable.LobsterOutput));
        }
        else
        {
            Print(result);
        }

        return result.Difference is null ? 0 : 1;
    }

    private static LobsterOutput Output(LobsterResult result)
    {
        var counts = result.Counts;
        return new LobsterOutput(
            result.Difference is null, result.Levels, result.FileLevels, result.Rows, counts.Messages, counts.Of(LobsterKind.Submission), counts.Of(LobsterKind.PartialCancellation),
            counts.Of(LobsterKind.Deletion), counts.Of(LobsterKind.VisibleExecution), counts.Of(LobsterKind.HiddenExecution), counts.Of(LobsterKind.CrossTrade),
            counts.Of(LobsterKind.Halt), counts.VisibleShares, counts.HiddenShares, counts.CrossShares, counts.Revealed, counts.Outside, counts.OfUnknownOrders,
            counts.OfUncertainOrders, counts.AwayFromBest, result.Difference is { } difference ? Of(difference) : null,
            new LobsterPriorityOutput(result.Priority.First, result.Priority.NotFirst, result.Priority.OfLevels, result.Priority.Stopped));
    }

    private static LobsterDifferenceOutput Of(LobsterDifference difference) => new(
        difference.Message, difference.Mismatch.ToString(), NameOf(difference.Side), difference.Level == 0 ? null : difference.Level,
        difference.Expected.IsEmpty ? null : difference.Expected.Price, difference.Expected.Size, difference.Got.IsEmpty ? null : difference.Got.Price, difference.Got.Size,
        Told(difference));

    private static string Told(LobsterDifference difference) => difference.Mismatch switch
    {
        LobsterMismatch.Level => $"{NameOf(difference.Side)} level {difference.Level}: expected {difference.Expected}, got {difference.Got}",
        LobsterMismatch.NothingThere => $"{NameOf(difference.Side)}: {difference.Got} is said to change, but nothing rests there",
        LobsterMismatch.TooMuch => $"{NameOf(difference.Side)}: {difference.Got} is taken, but there is {difference.Expected}",
        LobsterMismatch.OtherOrder => $"{NameOf(difference.Side)}: the order is said to be {difference.Got}, but it is {difference.Expected}, or on the other side",
        LobsterMismatch.OtherRest => $"{NameOf(difference.Side)}: {difference.Got} is deleted, but of the order {difference.Expected} is left",
        _ => $"{NameOf(difference.Side)}: {difference.Got} is submitted under the number of an order of which {difference.Expected} may still rest",
    };

    private static string NameOf(LobsterSide side) => side == LobsterSide.Ask ? "ask" : "bid";

    private static void Print(LobsterResult result)
    {
        var counts = result.Counts;
        Console.WriteLine($"LOBSTER: {Number(result.Rows)} messages, {result.Levels} of {result.FileLevels} levels compared after each"
            + (result.Difference is null ? "" : $", up to the first difference at message {Number(result.Difference.Message)}"));
        var table = new TextTable(new("类型 type"), new("条数 messages", true), new("股数 shares", true));
        table.Add("1 提交 submission", Number(counts.Of(LobsterKind.Submission)), "");
        table.Add("2 部分撤单 partial cancellation", Number(counts.Of(LobsterKind.PartialCancellation)), "");
        table.Add("3 全部撤单 deletion", Number(counts.Of(LobsterKind.Deletion)), "");
        table.Add("4 可见成交 visible execution", Number(counts.Of(LobsterKind.VisibleExecution)), Number(counts.VisibleShares));
        table.Add("5 隐藏成交 hidden execution", Number(counts.Of(LobsterKind.HiddenExecution)), Number(counts.HiddenShares));
        table.Add("6 集合交叉 cross trade", Number(counts.Of(LobsterKind.CrossTrade)), Number(counts.CrossShares));
        table.Add("7 停牌 halt", Number(counts.Of(LobsterKind.Halt)), "");
        table.WriteTo(Console.Out, StandardOutput.Width);
        Console.WriteLine($"自外部显露 revealed: {Number(counts.Revealed)} levels came in from outside the window and were taken from the given book, not checked");
        Console.WriteLine($"窗外 outside: {Number(counts.Outside)} messages about prices that the window does not show");
        Console.WriteLine($"未知委托 unknown orders: {Number(counts.OfUnknownOrders)} messages about orders from before the first, {Number(counts.OfUncertainOrders)} about orders that had left the window");
        if (counts.AwayFromBest > 0)
        {
            Console.WriteLine($"非最优价 away from the best: {Number(counts.AwayFromBest)} visible executions");
        }

        var asked = result.Priority;
        Console.WriteLine($"价格时间优先 price and time: {Number(asked.First)} executions of known orders are those of the matching core too, {Number(asked.NotFirst)} are not; "
            + $"{Number(asked.OfLevels)} of levels cannot be checked{(asked.Stopped is { } reason ? $"; the core was asked up to where {reason}" : "")}");
        Console.WriteLine(result.Difference is { } difference
            ? $"不同 DIFFERENT: message {Number(difference.Message)}, {Told(difference)}"
            : "一致 equal: after every message the book made of the messages is the given one");
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
