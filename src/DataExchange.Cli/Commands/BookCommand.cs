using System.CommandLine;
using System.Text.Json;
using DataExchange.Cli.Running;
using DataExchange.Domain;
using DataExchange.Domain.Trading;
using DataExchange.Reports.ReadModels;
using DataExchange.Reports.Words;
using Command = System.CommandLine.Command;

namespace DataExchange.Cli.Commands;

/// <summary><c>dx book</c>: a product's order book at a moment, rebuilt from its events.</summary>
internal static class BookCommand
{
    private const int LevelsShown = 10;
    private const int TradesShown = 10;

    public static Command Create()
    {
        var product = new Argument<string>("PRODUCT")
        {
            Description = "Whose order book: a product's id, e.g. P000042; the order book of product/P000042 is the stream book/P000042",
        };
        var at = CommonOptions.At("The book as it stood then (simulated time, China), e.g. --at 2025-03-31T09:30; a date alone is the end of that day [default: the last event]");
        var (data, postgres, json) = (CommonOptions.Data(), CommonOptions.Postgres(), CommonOptions.Json());
        var command = new Command(
            "book",
            "Print the order book of a product's call packs, rebuilt from its events: phase, best bid and ask, depth by price, last trades\n\n"
            + "  ./dx book P000042\n  ./dx book P000042 --at 2025-03-31T10:00 --json | jq .bestBidFen")
        {
            product, at, data, postgres, json,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetValue(product)!, parsed.GetValue(at), parsed.GetValue(data)!, parsed.GetValue(postgres), parsed.GetValue(json), cancellation));
        return command;
    }

    /// <summary>Finds the book of a product and rebuilds it.</summary>
    /// <param name="product">What was typed: a product's id, with or without the kind of stream before it.</param>
    /// <param name="at">The moment asked for; null for the last.</param>
    /// <param name="events">The store.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="WrongInputException">There is no such product, it has no book, or the book was not open by then.</exception>
    internal static async Task<BookSnapshot> FindAsync(string product, SimulatedTime? at, StoredEvents events, CancellationToken cancellation)
    {
        var name = NameOf(product);
        if (name.Length > 0 && await BookSnapshot.OfAsync(events.OfStreamAsync(StreamId.Book(new(name)), null, cancellation), at).ConfigureAwait(false) is { } book)
        {
            return book;
        }

        var books = await events.StreamsAsync("book", cancellation).ConfigureAwait(false);
        string[] products = [.. books.Select(NameOf)];
        if (products.Contains(name))
        {
            var whole = await BookSnapshot.OfAsync(events.OfStreamAsync(StreamId.Book(new(name)), null, cancellation), null).ConfigureAwait(false);
            throw new WrongInputException($"--at '{EventFields.Show(at!.Value)}' is not allowed: the order book of {name} opened on {EventFields.Show(whole!.Opened.At)}");
        }

        var isProduct = name.Length > 0 && await ExistsAsync(events, StreamId.Product(new(name)), cancellation).ConfigureAwait(false);
        throw new WrongInputException(
            (isProduct ? $"PRODUCT '{product}' has no order book; " : $"PRODUCT '{product}' is no product of this store; ")
            + (products.Length == 0
                ? "no product of this store has one."
                : $"products with an order book: {products.Length}, nearest are {string.Join(", ", NearestIds.Of(name, products))}."));
    }

    private static async Task<bool> ExistsAsync(StoredEvents events, string stream, CancellationToken cancellation)
    {
        await foreach (var _ in events.OfStreamAsync(stream, null, cancellation).ConfigureAwait(false))
        {
            return true;
        }

        return false;
    }

    private static string NameOf(string product) =>
        product.StartsWith("book/", StringComparison.Ordinal) || product.StartsWith("product/", StringComparison.Ordinal)
            ? product[(product.IndexOf('/', StringComparison.Ordinal) + 1)..]
            : product;

    private static async Task<int> RunAsync(
        string product, SimulatedTime? at, string data, string? postgres, bool json, CancellationToken cancellation)
    {
        await using var opened = await OpenedStore.OpenAsync(data, postgres, true, cancellation).ConfigureAwait(false);
        var book = await FindAsync(product, at, new StoredEvents(opened.Database), cancellation).ConfigureAwait(false);
        await using var session = opened.Store.QuerySession();
        var title = await session.LoadAsync<ProductTimeline>(book.Opened.Product.Value, cancellation).ConfigureAwait(false);
        var output = Output(book, at, title);
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(output, CommandJson.Readable.BookOutput));
        }
        else
        {
            Print(output, book, await PartyNames.LoadAsync(opened.Store, cancellation).ConfigureAwait(false));
        }

        return 0;
    }

    /// <summary>What is to be said of a book.</summary>
    internal static BookOutput Output(BookSnapshot book, SimulatedTime? at, ProductTimeline? title)
    {
        var state = book.State;
        return new BookOutput(
            book.Opened.Product.Value, title?.Title, title?.TitleEn, state.Venue.Value, (at ?? book.LastAt).ToString(), state.Phase.ToString(),
            state.IsSuspended, state.IsClosed, book.HaltUntil?.ToString(), book.BestBidFen, book.BestAskFen,
            book.Trades.Count > 0 ? book.Trades[^1].PriceFen : null, book.Opened.ReferencePriceFen, state.Packs, state.Issued, state.Redeemed,
            state.UnitsPerPack, state.Trades, book.WaitingStops, book.Bids, book.Asks,
            [
                .. book.Trades.TakeLast(TradesShown).Reverse().Select(trade => new BookTradeOutput(
                    trade.At.ToString(), trade.Deal.Value, trade.PriceFen, trade.Quantity, trade.AmountFen, trade.IsIssue, trade.Taker?.ToString(),
                    trade.Buyer.Value, trade.Seller.Value)),
            ]);
    }

    private static void Print(BookOutput output, BookSnapshot book, PartyNames names)
    {
        var phase = BookWords.Of(book.State.Phase);
        Console.WriteLine($"book/{output.Product}  {output.TitleZh} | {output.TitleEn}");
        Line("时刻 at", output.At[..19].Replace('T', ' '));
        Line("阶段 phase", $"{phase.Zh} {phase.En}{(book.HaltUntil is { } until ? $", until {EventFields.Show(until)}" : "")}"
            + (output.IsClosed ? "；已关闭 closed for good" : output.IsSuspended ? "；产品暂停 product suspended" : ""));
        Line("最优 best", $"买 bid {Yuan(output.BestBidFen)}   卖 ask {Yuan(output.BestAskFen)}   (yuan a pack of {output.UnitsPerPack} calls)");
        Line("最新 last", $"{Yuan(output.LastPriceFen)}, {output.TradeCount:N0} trades; shelf price at the opening of the book {Yuan(output.ReferencePriceFen)}");
        Line("份额 packs", $"{output.PacksIssued:N0} of {output.Packs:N0} issued, {output.PacksRedeemed:N0} redeemed");
        if (output.WaitingStops > 0)
        {
            Line("止损 stops", $"{output.WaitingStops:N0} waiting");
        }

        PrintDepth(output);
        PrintTrades(output, names);
    }

    private static void PrintDepth(BookOutput output)
    {
        Console.WriteLine();
        var table = new TextTable(
            new("买单 orders", true), new("包 packs", true), new("买价 bid", true), new("卖价 ask", true), new("包 packs", true), new("待发行 to issue", true),
            new("卖单 orders", true));
        var rows = Math.Min(LevelsShown, Math.Max(output.Bids.Count, output.Asks.Count));
        for (var i = 0; i < rows; i++)
        {
            var (bid, ask) = (output.Bids.ElementAtOrDefault(i), output.Asks.ElementAtOrDefault(i));
            table.Add(
                Number(bid?.Orders), Number(bid?.Packs), Price(bid), Price(ask), Number(ask?.Packs), Number(ask?.PacksToIssue), Number(ask?.Orders));
        }

        if (rows == 0)
        {
            Console.WriteLine("无委托 no orders");
            return;
        }

        table.WriteTo(Console.Out, StandardOutput.Width);
        if (Math.Max(output.Bids.Count, output.Asks.Count) > rows)
        {
            Console.WriteLine($"{rows} of {output.Bids.Count:N0} bid and {output.Asks.Count:N0} ask prices (--json for all)");
        }

        static string Number(long? number) => number is { } known ? $"{known:N0}" : "";

        static string Price(BookLevel? level) => level is null ? "" : level.PriceFen == 0 ? "市价 any" : Yuan(level.PriceFen);
    }

    private static void PrintTrades(BookOutput output, PartyNames names)
    {
        Console.WriteLine();
        if (output.Trades.Count == 0)
        {
            Console.WriteLine("尚无成交 no trades yet");
            return;
        }

        var table = new TextTable(
            new("成交 traded at"), new("价格 price", true), new("包 packs", true), new("市场 market"), new("主动方 taker"), new("deal"), new("买方 buyer"), new("卖方 seller"));
        foreach (var trade in output.Trades)
        {
            var taker = trade.Taker is { } side ? BookWords.Of(Enum.Parse<BookSide>(side)) : BookWords.Of(TradingPhase.Auction);
            table.Add(
                trade.At[..19].Replace('T', ' '), Yuan(trade.PriceFen), $"{trade.Packs:N0}", trade.IsIssue ? "发行 issue" : "转售 resale", $"{taker.Zh} {taker.En}",
                "deal/" + trade.Deal, names.Show(trade.Buyer), names.Show(trade.Seller));
        }

        table.WriteTo(Console.Out, StandardOutput.Width);
    }

    private static void Line(string title, string text) =>
        Console.WriteLine($"  {title}{new string(' ', Math.Max(1, 14 - TextTable.CellsOf(title)))}{text}");

    private static string Yuan(long? fen) => fen is { } known ? new Money(known).ToString() : "–";
}
