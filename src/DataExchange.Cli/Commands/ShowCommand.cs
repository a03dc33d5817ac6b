using System.CommandLine;
using System.Text.Json;
using DataExchange.Cli.Running;
using DataExchange.Reports.ReadModels;
using DataExchange.Reports.Words;
using Marten;

namespace DataExchange.Cli.Commands;

/// <summary><c>dx show</c>: the timeline of a product, a deal or any stream, with who, when and what.</summary>
internal static class ShowCommand
{
    private const int DealsShown = 10;

    public static Command Create()
    {
        var stream = new Argument<string>("ID")
        {
            Description = "What to show: product/P000042 (all streams of a product), deal/C000001 or deal/firm-0012-0003 (all of a deal), "
                + "or any other stream, such as book/P000042, party/firm-0001, account/firm-0001 or chain/evidence",
        };
        var all = new Option<bool>("--all")
        {
            Description = "Also print what a product's timeline otherwise sums up: views, licences, rejected orders, orders and trades of its order book, every deal. E.g. dx show product/P000042 --all",
        };
        var (data, postgres, json) = (CommonOptions.Data(), CommonOptions.Postgres(), CommonOptions.Json());
        var command = new Command(
            "show",
            "Print the timeline of a product or a deal: who did what, and when (simulated time, China Standard Time)\n\n"
            + "  ./dx show product/P000042\n  ./dx show deal/C000001 --json")
        {
            stream, all, data, postgres, json,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetValue(stream)!, parsed.GetValue(all), parsed.GetValue(data)!, parsed.GetValue(postgres), parsed.GetValue(json), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        string id, bool all, string data, string? postgres, bool json, CancellationToken cancellation)
    {
        var kind = StreamLookup.KindOf(id);
        var name = id[(kind.Length + 1)..];
        await using var opened = await OpenedStore.OpenAsync(data, postgres, true, cancellation).ConfigureAwait(false);
        var events = new StoredEvents(opened.Database);
        var story = new StreamStory(events, opened.Store);
        var told = kind switch
        {
            "product" => await story.OfProductAsync(name, cancellation).ConfigureAwait(false),
            "deal" => await story.OfDealAsync(name, cancellation).ConfigureAwait(false),
            _ => await story.OfStreamAsync(id, cancellation).ConfigureAwait(false),
        };
        if (told.Count == 0)
        {
            throw await StreamLookup.UnknownAsync(id, events, cancellation).ConfigureAwait(false);
        }

        var names = await PartyNames.LoadAsync(opened.Store, cancellation).ConfigureAwait(false);
        await using var session = opened.Store.QuerySession();
        var product = kind == "product" ? await session.LoadAsync<ProductTimeline>(name, cancellation).ConfigureAwait(false) : null;
        var deal = kind == "deal" ? await session.LoadAsync<DealEntry>(name, cancellation).ConfigureAwait(false) : null;
        IReadOnlyList<DealEntry> deals = kind == "product"
            ? [.. (await session.Query<DealEntry>().Where(entry => entry.Product == name).ToListAsync(cancellation).ConfigureAwait(false))
                .OrderBy(entry => entry.OpenedAt).ThenBy(entry => entry.Id, StringComparer.Ordinal)]
            : [];
        if (json)
        {
            PrintJson(id, kind, told, names, product, deal, deals);
            return 0;
        }

        Console.WriteLine(id);
        if (product is not null)
        {
            PrintHead(product, names);
        }
        else if (deal is not null)
        {
            var title = await session.LoadAsync<ProductTimeline>(deal.Product, cancellation).ConfigureAwait(false);
            PrintHead(deal, title, names);
        }

        PrintEvents(told, kind == "product" && !all, names);
        if (product is not null)
        {
            PrintDeals(product, deals, all, names);
        }

        return 0;
    }

    private static void PrintHead(ProductTimeline product, PartyNames names)
    {
        Console.WriteLine($"  {product.Title} | {product.TitleEn}");
        var form = product.Form is { } is_ ? Terms.Of(is_) : new Text("—", "—");
        Line("形式 form", $"{form.Zh} {form.En}");
        Line("类别 category", product.Category.Length == 0 ? "—" : product.Category);
        Line("提供方 provider", names.Show(product.Provider));
        Line("场所 venue", product.Venue);
        Line("进展 furthest", $"{product.Furthest}, registration {product.Registration}");
        if (product.Refusal is { } reason)
        {
            Line("原因 reason", $"{RejectionWords.Of(reason).Zh} {RejectionWords.Of(reason).En}");
        }
    }

    private static void PrintHead(DealEntry deal, ProductTimeline? product, PartyNames names)
    {
        var (channel, stage) = (Terms.Of(deal.Channel), Terms.Of(deal.Status));
        Line("产品 product", $"product/{deal.Product} {product?.Title} | {product?.TitleEn}");
        Line("渠道 channel", $"{channel.Zh} {channel.En}, {deal.Venue}");
        Line("买方 buyer", names.Show(deal.Buyer));
        Line("卖方 seller", names.Show(deal.Provider));
        if (deal.Licence is { } licence)
        {
            Line("许可 licence", $"{Terms.Of(licence).Zh} {Terms.Of(licence).En} × {deal.Quantity}");
        }

        Line("金额 amount", Yuan(deal.AmountFen));
        Line("分配 shared out", $"provider {Yuan(deal.ProviderShareFen)}, contributors "
            + $"{Yuan(deal.ContributorShares.Sum(share => share.AmountFen))}, fee {Yuan(deal.FeeFen)}, VAT {Yuan(deal.VatFen)}, refund {Yuan(deal.RefundFen)}, charged back {Yuan(deal.ChargedBackFen)}");
        Line("状态 status", $"{stage.Zh} {stage.En}");
        if (deal.Reason is { } reason)
        {
            Line("原因 reason", $"{RejectionWords.Of(reason).Zh} {RejectionWords.Of(reason).En}");
        }
    }

    private static void PrintEvents(IReadOnlyList<StoredEvent> told, bool sumsUp, PartyNames names)
    {
        var fields = new EventFields(names);
        Console.WriteLine();
        foreach (var stored in told.Where(stored => !sumsUp || !StreamStory.IsRoutine(stored.Data)))
        {
            if (stored.Data is not { } data)
            {
                Console.WriteLine($"?  unreadable event {stored.Type}  {stored.Stream} #{stored.Version}: {stored.Json}");
                continue;
            }

            var words = EventWords.Of(data);
            Console.WriteLine($"{EventFields.Show(data.At)}  {words.Zh} {words.En}  [{stored.Type}, {stored.Stream} #{stored.Version}]");
            Console.WriteLine($"    by {names.Show(data.By.Value)}");
            var shown = fields.Of(stored.Stream, data);
            if (shown.Count > 0)
            {
                Console.WriteLine($"    {string.Join(" · ", shown)}");
            }
        }
    }

    private static void PrintDeals(ProductTimeline product, IReadOnlyList<DealEntry> deals, bool all, PartyNames names)
    {
        Console.WriteLine();
        Console.WriteLine($"交易 deals: {product.Deals:N0} registered, {Yuan(product.SalesFen)}; {product.OrdersRejected:N0} orders rejected, "
            + $"{product.LicencesRevoked:N0} licences taken back, {product.Views:N0} views");
        if (product.Resales > 0)
        {
            Console.WriteLine($"  转售 of them packs sold on: {product.Resales:N0}, {Yuan(product.ResalesFen)}; the order book: ./dx book {product.Id}");
        }

        foreach (var channel in deals.Where(deal => deal.RegisteredAt is not null).GroupBy(deal => deal.Channel).OrderBy(group => group.Key))
        {
            var words = Terms.Of(channel.Key);
            Console.WriteLine($"  {words.Zh} {words.En}: {channel.Count():N0}, {Yuan(channel.Sum(deal => deal.AmountFen))}");
        }

        if (deals.Count == 0)
        {
            return;
        }

        var table = new TextTable(new("opened"), new("deal"), new("yuan", IsNumber: true), new("status"), new("buyer"));
        var shown = all ? deals : [.. deals.TakeLast(DealsShown)];
        foreach (var deal in shown)
        {
            var stage = Terms.Of(deal.Status);
            table.Add($"{deal.OpenedAt:yyyy-MM-dd}", "deal/" + deal.Id, new Domain.Money(deal.AmountFen).ToString(), $"{stage.Zh} {stage.En}", names.Show(deal.Buyer));
        }

        if (shown.Count < deals.Count)
        {
            Console.WriteLine($"The last {shown.Count} of {deals.Count:N0} (--all for all):");
        }

        table.WriteTo(Console.Out, StandardOutput.Width);
    }

    private static void PrintJson(
        string id, string kind, IReadOnlyList<StoredEvent> told, PartyNames names, ProductTimeline? product, DealEntry? deal, IReadOnlyList<DealEntry> deals)
    {
        Console.WriteLine(JsonSerializer.Serialize(
            new ShowOutput(
                id,
                kind,
                product is null ? null : Document(product with { Entries = [] }),
                deal is null ? null : Document(deal),
                [.. told.Select(stored => Output(stored, names))],
                kind == "product" ? [.. deals.Select(Document)] : null),
            CommandJson.Readable.ShowOutput));

        static JsonElement Document<T>(T document) => JsonSerializer.SerializeToElement(document, ReadModelJson.StoreOptions);
    }

    private static ShownEventOutput Output(StoredEvent stored, PartyNames names)
    {
        var by = stored.Data?.By.Value;
        var name = by is null ? null : names.Of(by);
        Text? words = stored.Data is null ? null : EventWords.Of(stored.Data);
        return new ShownEventOutput(
            stored.Data?.At.ToString(), by, name?.Zh, name?.En, stored.Stream, stored.Version, stored.Type, words?.Zh, words?.En,
            stored.Sequence, stored.StoredAt, JsonElement.Parse(stored.Json));
    }

    private static void Line(string title, string text) =>
        Console.WriteLine($"  {title}{new string(' ', Math.Max(1, 18 - TextTable.CellsOf(title)))}{text}");

    private static string Yuan(long fen) => $"{new Domain.Money(fen)} yuan";
}
