using System.CommandLine;
using System.Text.Json;
using DataExchange.Cli.Running;
using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Reports.ReadModels;
using DataExchange.Reports.Words;
using Marten;
using Command = System.CommandLine.Command;

namespace DataExchange.Cli.Commands;

/// <summary><c>dx shelf</c>: what stands on the venues' shelves.</summary>
internal static class ShelfCommand
{
    private const int DefaultLimit = 30;

    public static Command Create()
    {
        var venue = new Option<string?>("--venue") { Description = "Only this venue, e.g. --venue hzdex [default: all]", HelpName = "V" };
        var category = new Option<string?>("--category") { Description = "Only this category by its id, e.g. --category fintech; a wrong one lists them [default: all]", HelpName = "C" };
        var all = new Option<bool>("--all") { Description = "Also products that left the shelf" };
        var limit = CommonOptions.Limit("At most so many rows; 0 for all. E.g. --limit 100", DefaultLimit);
        var (data, postgres, json) = (CommonOptions.Data(), CommonOptions.Postgres(), CommonOptions.Json());
        var command = new Command(
            "shelf",
            "List the products on the venues' shelves, those that sold most first; prices and sales in yuan\n\n"
            + "  ./dx shelf --venue hzdex --limit 10\n  ./dx shelf --all --limit 0 --json")
        {
            venue, category, all, limit, data, postgres, json,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            new Selection(parsed.GetValue(venue), parsed.GetValue(category), parsed.GetValue(all)),
            parsed.GetValue(limit) ?? DefaultLimit, parsed.GetValue(data)!, parsed.GetValue(postgres), parsed.GetValue(json), cancellation));
        return command;
    }

    /// <summary>What of the shelves is asked for.</summary>
    internal sealed record Selection(string? Venue, string? Category, bool WithDelisted)
    {
        /// <summary>The entries that match, those that sold most first.</summary>
        /// <exception cref="WrongInputException">No entry has that venue or category.</exception>
        public IReadOnlyList<ShelfEntry> Of(IReadOnlyList<ShelfEntry> entries)
        {
            Require("--venue", Venue, entries.Select(entry => entry.Venue));
            Require("--category", Category, entries.Select(entry => entry.Category));
            return
            [
                .. entries.Where(entry => (Venue is null || entry.Venue == Venue) && (Category is null || entry.Category == Category)
                        && (WithDelisted || entry.Status is ShelfStatus.Listed or ShelfStatus.Suspended))
                    .OrderByDescending(entry => entry.SalesFen).ThenBy(entry => entry.Id, StringComparer.Ordinal),
            ];
        }

        private static void Require(string option, string? value, IEnumerable<string> allowed)
        {
            string[] known = [.. allowed.Distinct().Order(StringComparer.Ordinal)];
            if (value is not null && !known.Contains(value))
            {
                throw new WrongInputException($"{option} '{value}' is not allowed: {(known.Length == 0 ? "the shelves are empty" : "one of " + string.Join(", ", known))}");
            }
        }
    }

    private static async Task<int> RunAsync(
        Selection selection, long limit, string data, string? postgres, bool json, CancellationToken cancellation)
    {
        await using var opened = await OpenedStore.OpenAsync(data, postgres, true, cancellation).ConfigureAwait(false);
        await using var session = opened.Store.QuerySession();
        var found = selection.Of(await session.Query<ShelfEntry>().ToListAsync(cancellation).ConfigureAwait(false));
        ShelfEntry[] shown = [.. limit == 0 ? found : found.Take((int)Math.Min(limit, int.MaxValue))];
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(
                new ShelfOutput(found.Count, [.. shown.Select(entry => JsonSerializer.SerializeToElement(entry, ReadModelJson.StoreOptions))]),
                CommandJson.Readable.ShelfOutput));
            return 0;
        }

        var table = new TextTable(
            new("venue"), new("product"), new("形式 form"), new("价格 price, yuan", true), new("单位 unit"), new("状态 status"), new("deals", true),
            new("sales, yuan", true), new("category"), new("标题 title"));
        foreach (var entry in shown)
        {
            table.Add(
                entry.Venue, "product/" + entry.Product, Both(Terms.Of(entry.Form)), new Money(entry.UnitPriceFen).ToString(),
                Both(Terms.Of(entry.Unit)), Both(Terms.Of(entry.Status)), $"{entry.Deals:N0}", new Money(entry.SalesFen).ToString(), entry.Category,
                $"{entry.Title} | {entry.TitleEn}");
        }

        table.WriteTo(Console.Out, StandardOutput.Width);
        Console.WriteLine(shown.Length < found.Count ? $"{shown.Length:N0} of {found.Count:N0} (--limit 0 for all)" : $"{found.Count:N0} in all");
        return 0;
    }

    private static string Both(Text text) => $"{text.Zh} {text.En}";
}
