using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using DataExchange.Cli.Running;
using DataExchange.Domain;
using DataExchange.Domain.Pricing;
using DataExchange.Domain.Trading;
using DataExchange.Menus.Checking;
using DataExchange.Reports.Words;
using Command = System.CommandLine.Command;

namespace DataExchange.Cli.Commands;

/// <summary><c>dx menu</c>: what larger orders and promotions cost, and whether anything is sold dearer than it can be put together.</summary>
internal static class MenuCommand
{
    private const int Most = 100;

    public static Command Create() => new("menu", "Show a product's prices by quantity and time, and look for arbitrage in them or in a menu of one's own (docs/menus.md)") { Show(), Check() };

    private static Command Show()
    {
        var product = new Argument<string>("PRODUCT") { Description = "The product, e.g. P000042" };
        var at = CommonOptions.At("The moment whose prices are shown, e.g. 2025-03-01 [default: when the last price was set]");
        var (data, postgres, json) = (CommonOptions.Data(), CommonOptions.Postgres(), CommonOptions.Json());
        var command = new Command(
            "show",
            "Show what orders of each size cost, with steps (量大从优), prices of further calls (阶梯计价), minimum (包底), versions of lower quality (降质版), promotion (限时优惠) and bundles (组合包), and check that none costs more than what it can be put together from\n\n"
            + "  ./dx menu show P000042\n  ./dx menu show P000042 --at 2025-03-01 --json | jq '.prices[] | [.quantity, .amountFen]'")
        {
            product, at, data, postgres, json,
        };
        command.SetAction((parsed, cancellation) => ShowAsync(
            parsed.GetValue(product)!, parsed.GetValue(at), parsed.GetValue(data)!, parsed.GetValue(postgres), parsed.GetValue(json), cancellation));
        return command;
    }

    private static Command Check()
    {
        var file = new Argument<string>("FILE") { Description = "A menu in JSON: {\"items\": [{\"name\": \"…\", \"priceFen\": 1000, \"quality\": 1, \"units\": {\"P000042\": 5}}]}" };
        var json = CommonOptions.Json();
        var command = new Command(
            "check",
            "Find what a menu sells dearer than it can be put together from its other items, with the cheapest assembly; exit code 1 when there is any\n\n  ./dx menu check menu.json")
        {
            file, json,
        };
        command.SetAction((parsed, cancellation) => CheckAsync(parsed.GetValue(file)!, parsed.GetValue(json), cancellation));
        return command;
    }

    private static async Task<int> ShowAsync(string name, SimulatedTime? at, string data, string? postgres, bool json, CancellationToken cancellation)
    {
        await using var opened = await OpenedStore.OpenAsync(data, postgres, false, cancellation).ConfigureAwait(false);
        var events = new StoredEvents(opened.Database);
        var stream = await new StoredPolicies(events).FindAsync(name, "PRODUCT", ["product"], cancellation).ConfigureAwait(false);
        var id = new ProductId(stream["product/".Length..]);
        PriceSet? price = null;
        var first = default(SimulatedTime?);
        await foreach (var stored in events.OfStreamAsync(StreamId.Pricing(id), null, cancellation).ConfigureAwait(false))
        {
            if (stored.Data is PriceSet set)
            {
                first ??= set.At;
                price = at is { } moment && set.At > moment ? price : set;
            }
        }

        if (price is null)
        {
            throw first is { } later
                ? new WrongInputException($"--at '{at}' is not allowed: {id} had its first price on {later.Date:yyyy-MM-dd}")
                : new CommandFailedException($"{id} never had a price; './dx show {stream}' tells how far it came.");
        }

        var output = Output(id, price, at ?? price.At) with { Bundles = await BundlesAsync(events, id, at, cancellation).ConfigureAwait(false) };
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(output, CommandJson.Readable.MenuOutput));
        }
        else
        {
            Print(output, price.Terms);
        }

        return 0;
    }

    private static async Task<List<MenuBundleOutput>> BundlesAsync(StoredEvents events, ProductId product, SimulatedTime? at, CancellationToken cancellation)
    {
        var joined = new List<BundleId>();
        await foreach (var stored in events.OfStreamAsync(StreamId.Offer(product), null, cancellation).ConfigureAwait(false))
        {
            if (stored.Data is BundleJoined join && !(join.At > at))
            {
                joined.Add(join.Bundle);
            }
            else if (stored.Data is BundleLeft left && !(left.At > at))
            {
                joined.Remove(left.Bundle);
            }
        }

        var bundles = new List<MenuBundleOutput>();
        foreach (var bundle in joined)
        {
            await foreach (var stored in events.OfStreamAsync(StreamId.Bundle(bundle), null, cancellation).ConfigureAwait(false))
            {
                if (stored.Data is BundleOffered offered)
                {
                    bundles.Add(new(bundle.Value, offered.Venue.Value, offered.PriceFen, [.. offered.Parts.Select(part => new MenuPartOutput(part.Product.Value, part.AloneFen, part.ShareFen))]));
                }
            }
        }

        return bundles;
    }

    private static MenuOutput Output(ProductId product, PriceSet price, SimulatedTime at)
    {
        var terms = price.Terms;
        var most = terms.Licence == LicenceKind.Exclusive || terms.Unit == PriceUnit.Negotiated ? 1 : Math.Clamp((terms.Steps is [.., var last] ? last.FromQuantity : 1) + 4, 12, Most);
        var prices = Enumerable.Range(1, most).Where(terms.CanSell)
            .Select(quantity => new MenuPriceOutput(quantity, terms.UnitPriceFor(quantity, at), terms.AmountFor(quantity, at).Fen)).ToList();
        // A version is a good of its own, which the full product and any quantity of it includes.
        var versions = (terms.Degraded ?? []).Select(version => new MenuVersionOutput(
            version.Degradation.ToString(), version.Degree,
            [.. Enumerable.Range(1, most).Where(terms.CanSell)
                .Select(quantity => new MenuPriceOutput(quantity, terms.UnitPriceFor(quantity, at, version), terms.AmountFor(quantity, at, version).Fen))])).ToList();
        return new(
            product.Value, at.ToString(), price.Version, terms.Licence.ToString(), terms.Unit.ToString(), terms.UnitsPerPack,
            terms.Promotion is { } promotion && at < promotion.Until ? new(promotion.DiscountBasisPoints, promotion.From.ToString(), promotion.Until.ToString()) : null, prices,
            versions.Count == 0 ? ArbitrageChecker.Check([null, .. prices.Select(one => (long?)one.AmountFen)]) : ArbitrageOf(prices, versions), terms.MinimumFen,
            [.. (terms.TiersAt(at) ?? []).Select(tier => new MenuTierOutput(tier.AfterCalls, tier.ThousandCallsFen))], versions, [],
            terms.Revenue is { } revenue ? new(revenue.ShareBasisPoints, revenue.Periods, revenue.CapFen, revenue.ReportDays) : null);
    }

    private static List<Arbitrage> ArbitrageOf(IReadOnlyList<MenuPriceOutput> full, IReadOnlyList<MenuVersionOutput> versions) =>
    [
        .. versions.SelectMany(version => ArbitrageChecker.Check(
        [
            .. full.Select(one => Item($"{one.Quantity}", one, 2)), .. version.Prices.Select(one => Item($"{one.Quantity} {version.Degradation}", one, 1)),
        ]).Found).DistinctBy(found => found.Name),
    ];

    private static MenuItem Item(string name, MenuPriceOutput price, int quality) => new(name, price.AmountFen, quality, new Dictionary<string, int> { ["product"] = price.Quantity });

    private static void Print(MenuOutput output, LicenceTerms terms)
    {
        Console.WriteLine($"{output.Product}  {Both(Terms.Of(terms.Licence))}, {Both(Terms.Of(terms.Unit))}, 价格版本 price version {output.Version}, {output.At}");
        if (output.Promotion is { } promotion)
        {
            Console.WriteLine($"限时优惠 promotion: {promotion.DiscountBasisPoints / 100.0:0.##} % off, {promotion.From} – {promotion.Until}");
        }

        foreach (var tier in output.Tiers)
        {
            Console.WriteLine($"阶梯计价 calls beyond {tier.AfterCalls} of an order: {new Money(tier.ThousandCallsFen)} yuan a thousand");
        }

        if (output.MinimumFen is { } minimum)
        {
            Console.WriteLine($"包底 minimum of an order: {new Money(minimum)} yuan");
        }

        if (terms.Revenue is { } revenue)
        {
            Console.WriteLine($"{Both(Terms.Of(revenue))}");
            Console.WriteLine("金额含分成上限，下单时一并冻结 amounts include that most, which is held with the order");
        }

        Console.WriteLine();
        var table = new TextTable(
        [
            new("数量 quantity", true), new("单价 unit price, yuan", true), new("金额 amount, yuan", true),
            .. (terms.Degraded ?? []).Select(version => new TextColumn($"{Both(Terms.Of(version))}, yuan", true)),
        ]);
        foreach (var price in output.Prices)
        {
            table.Add(
            [
                price.Quantity.ToString(CultureInfo.InvariantCulture), new Money(price.UnitPriceFen).ToString(), new Money(price.AmountFen).ToString(),
                .. output.Versions.Select(version => new Money(version.Prices.First(one => one.Quantity == price.Quantity).AmountFen).ToString()),
            ]);
        }

        table.WriteTo(Console.Out);
        foreach (var bundle in output.Bundles)
        {
            Console.WriteLine();
            Console.WriteLine(
                $"组合包 bundle {bundle.Bundle}, {bundle.Venue}: {new Money(bundle.PriceFen)} yuan for {string.Join(" + ", bundle.Parts.Select(part => $"{part.Product} ({new Money(part.AloneFen)} alone)"))}");
        }

        Console.WriteLine();
        Print(output.Arbitrage);
    }

    private static async Task<int> CheckAsync(string path, bool json, CancellationToken cancellation)
    {
        var menu = await MenuDocument.ReadAsync(path, cancellation).ConfigureAwait(false);
        var answer = ArbitrageChecker.Check(menu);
        if (answer.Problem is { } problem)
        {
            throw new WrongInputException($"FILE '{path}': {problem.Message}");
        }

        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new(menu.Count, answer.Found.Count == 0, answer.Found), CommandJson.Readable.MenuCheckOutput));
        }
        else
        {
            Print(answer.Found);
        }

        return answer.Found.Count == 0 ? 0 : 1;
    }

    private static void Print(IReadOnlyList<Arbitrage> found)
    {
        Console.WriteLine(found.Count == 0 ? "无套利 no arbitrage: nothing is sold dearer than it can be put together." : $"套利 arbitrage: {found.Count}");
        foreach (var one in found)
        {
            Console.WriteLine(
                $"  {one.Name}: {new Money(one.PriceFen)} yuan, but {new Money(one.CheapestFen)} yuan as {string.Join(" + ", one.Assembly.Select(part => $"{part.Count} × {part.Name}"))} "
                + (one.Kind == ArbitrageKind.NotMonotone ? "(更多反而更便宜 more costs less)" : "(拆买更便宜 parts cost less)"));
        }
    }

    private static string Both(Text text) => $"{text.Zh} {text.En}";
}
