using DataExchange.Cli.Running;
using DataExchange.Domain;
using DataExchange.Domain.Trading;
using DataExchange.Reports.Words;

namespace DataExchange.Cli.Commands;

/// <summary>Prints a market as it stood at a moment.</summary>
internal static class ReplayPrint
{
    private const int BooksShown = 10;

    public static void Print(ReplayOutput state, bool hasLines)
    {
        if (hasLines)
        {
            Console.WriteLine();
        }

        Console.WriteLine($"市场 market  {(state.To is { } to ? Local(to) : "at its last event")}: {state.Events:N0} of {state.EventsInStore:N0} events"
            + (state.At is { } at ? $", the last at {Local(at)}" : ""));
        if (Note(state) is { } note)
        {
            Console.WriteLine($"注意 note    {note}");
        }

        Console.WriteLine($"摘要 digest  {state.Digest}");
        Console.WriteLine($"产品 listed  {state.ProductsListed:N0} products (one on two shelves counts once here, at each venue below)");
        PrintVenues(state);
        if (state.Venues.Count > 0)
        {
            StatsCommand.PrintChannels(state.Venues);
        }

        PrintDeals(state);
        StatsCommand.PrintRefusals(state.Refusals);
        Console.WriteLine();
        LedgerOutput.Table(state.Money).WriteTo(Console.Out, StandardOutput.Width);
        Console.WriteLine(state.Balanced ? $"Balanced: debits less credits {state.TrialBalanceFen} fen" : $"NOT balanced: debits less credits {state.TrialBalanceFen} fen");
        PrintBooks(state);
        if (state.From is { } from)
        {
            Console.WriteLine();
            Console.WriteLine($"期间 since {Local(from)}: {state.SinceFrom.Events:N0} events"
                + string.Concat(state.SinceFrom.Venues.Select(venue =>
                    $"; {venue.Venue} listed {venue.Listed:N0}, deals {venue.Deals:N0}, amount {Yuan(venue.AmountFen)} yuan")));
        }
    }

    private static string? Note(ReplayOutput state) =>
        state.FirstAt is not { } first ? "the store has no event"
        : state.At is null ? $"the moment is before the first event, at {Local(first)}"
        : state.IsEnd && string.CompareOrdinal(state.To, state.At) > 0 ? $"the store has no later event than that at {Local(state.At)}"
        : null;

    private static void PrintVenues(ReplayOutput state)
    {
        Console.WriteLine();
        var table = new TextTable(
            new("场所 venue"), new("申请 applied", true), new("确权 certified", true), new("上架 listed", true), new("在架 on shelf", true), new("交易 deals", true),
            new("金额 amount, yuan", true), new("费用 fees, yuan", true), new("退款 refunds, yuan", true));
        foreach (var row in state.Venues)
        {
            table.Add(
                row.Venue, $"{row.Applications:N0}", $"{row.Certified:N0}", $"{row.Listed:N0}", $"{state.OnShelf.GetValueOrDefault(row.Venue):N0}", $"{row.Deals:N0}",
                Yuan(row.AmountFen), Yuan(row.FeesFen), Yuan(row.RefundsFen));
        }

        table.WriteTo(Console.Out, StandardOutput.Width);
    }

    private static void PrintDeals(ReplayOutput state)
    {
        Console.WriteLine();
        var table = new TextTable(new("场所 venue"), new("阶段 stage"), new("交易 deals", true));
        foreach (var row in state.Deals)
        {
            var words = Terms.Of(Enum.Parse<DealStage>(row.Stage));
            table.Add(row.Venue, $"{words.Zh} {words.En}", $"{row.Deals:N0}");
        }

        table.WriteTo(Console.Out, StandardOutput.Width);
        Console.WriteLine($"进行中 open: {state.OpenDeals:N0} deals");
    }

    private static void PrintBooks(ReplayOutput state)
    {
        Console.WriteLine();
        if (state.Books.Count == 0)
        {
            Console.WriteLine("订单簿 order books: none is open yet");
            return;
        }

        Console.WriteLine("订单簿 order books: " + string.Join(", ", state.Books.GroupBy(book => book.IsClosed ? "已关闭 closed for good" : $"{BookWords.Of(book.Phase).Zh} {BookWords.Of(book.Phase).En}")
            .OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => $"{group.Key} {group.Count():N0}")));
        var table = new TextTable(
            new("产品 product"), new("场所 venue"), new("阶段 phase"), new("买 bid", true), new("卖 ask", true), new("最新 last", true), new("成交 trades", true), new("委托 orders", true));
        foreach (var book in state.Books.OrderByDescending(book => book.Trades).ThenBy(book => book.Product, StringComparer.Ordinal).Take(BooksShown))
        {
            table.Add(
                book.Product, book.Venue, book.IsClosed ? "已关闭 closed" : $"{BookWords.Of(book.Phase).Zh} {BookWords.Of(book.Phase).En}", Price(book.BestBidFen),
                Price(book.BestAskFen), Price(book.LastPriceFen), $"{book.Trades:N0}", $"{book.Orders:N0}");
        }

        table.WriteTo(Console.Out, StandardOutput.Width);
        if (state.Books.Count > BooksShown)
        {
            Console.WriteLine($"{BooksShown} of {state.Books.Count:N0} books, those with most trades (--json for all; one whole: ./dx book PRODUCT --at DATE-TIME)");
        }

        static string Price(long? fen) => fen is { } known ? Yuan(known) : "–";
    }

    private static string Local(string moment) => moment[..19].Replace('T', ' ');

    private static string Yuan(long fen) => new Money(fen).ToString();
}
