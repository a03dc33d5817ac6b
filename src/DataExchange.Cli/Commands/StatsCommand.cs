using System.Globalization;
using System.Text.Json;
using DataExchange.Cli.Running;
using DataExchange.Domain;
using DataExchange.Reports.ReadModels;
using Marten;
using Command = System.CommandLine.Command;

namespace DataExchange.Cli.Commands;

/// <summary><c>dx stats</c>: a store in figures.</summary>
internal static class StatsCommand
{
    public static Command Create()
    {
        var (data, postgres, json) = (CommonOptions.Data(), CommonOptions.Postgres(), CommonOptions.Json());
        var command = new Command(
            "stats",
            "Print a stored market in figures: which run it is, products and deals by venue and year, refusals by reason, streams, size\n\n"
            + "  ./dx stats\n  ./dx stats --json | jq .venues")
        {
            data, postgres, json,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetValue(data)!, parsed.GetValue(postgres), parsed.GetValue(json), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string data, string? postgres, bool json, CancellationToken cancellation)
    {
        await using var opened = await OpenedStore.OpenAsync(data, postgres, true, cancellation).ConfigureAwait(false);
        await using var session = opened.Store.QuerySession();
        var days = await session.Query<VenueDay>().ToListAsync(cancellation).ConfigureAwait(false);
        var shelf = await session.Query<ShelfEntry>().ToListAsync(cancellation).ConfigureAwait(false);
        var streams = await StoreStatistics.StreamsAsync(opened.Database, cancellation).ConfigureAwait(false);
        var run = opened.Identity;
        var stats = new StatsOutput(
            new RunOutput(run.ScenarioName, run.ScenarioHash, run.Seed, run.Scale, run.CreatedWith, run.FormatVersion, run.IsCompleted, run.RunEvents),
            shelf.Select(entry => entry.Product).Distinct().Count(),
            StoreStatistics.Years(days),
            StoreStatistics.Venues(days),
            StoreStatistics.Refusals(days),
            streams,
            streams.Sum(row => row.Streams),
            streams.Sum(row => row.Events),
            await StoreStatistics.BytesAsync(opened.Database, cancellation).ConfigureAwait(false));
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(stats, CommandJson.Readable.StatsOutput));
        }
        else
        {
            Print(stats);
        }

        return 0;
    }

    private static void Print(StatsOutput stats)
    {
        var run = stats.Run;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Run        {run.Scenario} · seed {run.Seed} · scale {run.Scale} · made with dx {run.ProgramVersion} · {(run.IsCompleted ? "completed" : "INTERRUPTED: a part of the history")}"));
        if (run.RunEvents is { } own)
        {
            Console.WriteLine($"Extended   {stats.EventCount - own:N0} events were added to the run's {own:N0}");
        }

        Console.WriteLine($"Scenario   SHA-256 {run.ScenarioHash}");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Store      {stats.EventCount:N0} events in {stats.StreamCount:N0} streams, {stats.DatabaseBytes / 1_048_576.0:N1} MiB on disk"));
        Console.WriteLine($"Products   {stats.ProductsListed:N0} listed (a product on two shelves counts once here, at each venue below)");
        Console.WriteLine();
        PrintYears(stats);
        PrintChannels(stats.Venues);
        PrintRefusals(stats.Refusals);

        Console.WriteLine();
        var streams = new TextTable(new("流 streams"), new("count", true), new("events", true));
        foreach (var row in stats.Streams)
        {
            streams.Add(row.Kind + "/…", $"{row.Streams:N0}", $"{row.Events:N0}");
        }

        streams.WriteTo(Console.Out, StandardOutput.Width);
    }

    private static void PrintYears(StatsOutput stats)
    {
        var table = new TextTable(
            new("场所 venue"), new("year"), new("申请 applied", true), new("确权 certified", true), new("上架 listed", true), new("交易 deals", true),
            new("金额 amount, yuan", true), new("费用 fees, yuan", true), new("退款 refunds, yuan", true));
        foreach (var row in stats.Venues.SelectMany(venue => stats.Years.Where(year => year.Venue == venue.Venue).Append(venue)))
        {
            table.Add(
                row.Venue, row.Year == 0 ? "all" : row.Year.ToString(CultureInfo.InvariantCulture), $"{row.Applications:N0}", $"{row.Certified:N0}",
                $"{row.Listed:N0}", $"{row.Deals:N0}", Yuan(row.AmountFen), Yuan(row.FeesFen), Yuan(row.RefundsFen));
        }

        table.WriteTo(Console.Out, StandardOutput.Width);
    }

    /// <summary>Prints deals and amounts by venue and channel.</summary>
    internal static void PrintChannels(IEnumerable<VenueYear> venues)
    {
        Console.WriteLine();
        var table = new TextTable(new("场所 venue"), new("渠道 channel"), new("交易 deals", true), new("金额 amount, yuan", true));
        foreach (var venue in venues)
        {
            Row(venue.Venue, TradeChannel.Shelf, venue.ShelfDeals, venue.ShelfAmountFen);
            Row(venue.Venue, TradeChannel.RegisteredContract, venue.RegisteredContracts, venue.RegisteredContractAmountFen);
            Row(venue.Venue, TradeChannel.FiledContract, venue.FiledContracts, venue.FiledContractAmountFen);
            Row(venue.Venue, TradeChannel.OrderBook, venue.OrderBookDeals, venue.OrderBookAmountFen);
            Row(venue.Venue, TradeChannel.Auction, venue.AuctionDeals, venue.AuctionAmountFen);
        }

        table.WriteTo(Console.Out, StandardOutput.Width);

        void Row(string venue, TradeChannel channel, long deals, long fen)
        {
            var words = Reports.Words.Terms.Of(channel);
            table.Add(venue, $"{words.Zh} {words.En}", $"{deals:N0}", Yuan(fen));
        }
    }

    /// <summary>Prints what was refused, and why.</summary>
    internal static void PrintRefusals(IEnumerable<ReasonCount> refusals)
    {
        Console.WriteLine();
        var table = new TextTable(new("拒绝 refused"), new("count", true), new("原因 reason"));
        foreach (var row in refusals)
        {
            table.Add(row.What, $"{row.Count:N0}", $"{row.Zh} {row.En}");
        }

        table.WriteTo(Console.Out, StandardOutput.Width);
    }

    private static string Yuan(long fen) => new Money(fen).ToString();
}
