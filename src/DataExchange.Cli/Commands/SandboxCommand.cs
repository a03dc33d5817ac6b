using System.CommandLine;
using System.Text.Json;
using DataExchange.Cli.Running;
using DataExchange.Domain;
using DataExchange.Reports.ReadModels;
using DataExchange.Reports.Words;
using Marten;
using Command = System.CommandLine.Command;

namespace DataExchange.Cli.Commands;

/// <summary><c>dx sandbox</c>: the reform sandbox as the supervising authority sees it.</summary>
internal static class SandboxCommand
{
    public static Command Create()
    {
        var product = new Argument<string?>("PRODUCT")
        {
            Description = "One product's trial with its deals, e.g. P000042 [default: all]",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var at = CommonOptions.At("The trials as they stood then (simulated time, China), e.g. --at 2024-10-01; a date alone is the end of that day [default: the end of the run]");
        var (data, postgres, json) = (CommonOptions.Data(), CommonOptions.Postgres(), CommonOptions.Json());
        var command = new Command(
            "sandbox",
            "Show the reform sandbox (改革沙盒) as the supervising authority sees it: which products are on trial on what conditions, what use was made of them, what was refused and why\n\n"
            + "  ./dx sandbox\n  ./dx sandbox P000042 --at 2024-10-01\n  ./dx sandbox --json | jq '.trials[] | [.product, .state]'")
        {
            product, at, data, postgres, json,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetValue(product), parsed.GetValue(at), parsed.GetValue(data)!, parsed.GetValue(postgres), parsed.GetValue(json), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string? product, SimulatedTime? at, string data, string? postgres, bool json, CancellationToken cancellation)
    {
        await using var opened = await OpenedStore.OpenAsync(data, postgres, true, cancellation).ConfigureAwait(false);
        await using var session = opened.Store.QuerySession();
        var all = await session.Query<SandboxProduct>().ToListAsync(cancellation).ConfigureAwait(false);
        var wanted = Wanted(product, [.. all]);
        var trials = new List<SandboxProduct>();
        foreach (var trial in wanted)
        {
            if (at is null)
            {
                trials.Add(trial);
            }
            else if (await ThenAsync(trial, at.Value, new StoredEvents(opened.Database), cancellation).ConfigureAwait(false) is { } earlier)
            {
                trials.Add(earlier);
            }
        }

        if (product is not null && trials.Count == 0)
        {
            throw new WrongInputException(
                $"--at '{EventFields.Show(at!.Value)}' is not allowed: {wanted[0].Id} was admitted to the sandbox on {wanted[0].AdmittedAt:yyyy-MM-dd HH:mm:ss}");
        }

        var ids = trials.Select(trial => trial.Id).ToArray();
        var titles = (await session.LoadManyAsync<ProductTimeline>(cancellation, ids).ConfigureAwait(false)).ToDictionary(timeline => timeline.Id, StringComparer.Ordinal);
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(
                new SandboxOutput(at?.ToString(), trials.Count, [.. trials.Select(trial => Output(trial, titles.GetValueOrDefault(trial.Id)))]),
                CommandJson.Readable.SandboxOutput));
            return 0;
        }

        if (product is null)
        {
            Print(trials, titles);
        }
        else
        {
            Print(trials[0], titles.GetValueOrDefault(trials[0].Id), await PartyNames.LoadAsync(opened.Store, cancellation).ConfigureAwait(false));
        }

        return 0;
    }

    private static SandboxProduct[] Wanted(string? product, IReadOnlyList<SandboxProduct> all)
    {
        if (product is null)
        {
            return [.. all.OrderBy(trial => trial.AdmittedAt).ThenBy(trial => trial.Id, StringComparer.Ordinal)];
        }

        var name = product.StartsWith("product/", StringComparison.Ordinal) ? product["product/".Length..] : product;
        return all.Where(trial => trial.Id == name).ToArray() is [var found]
            ? [found]
            : throw new WrongInputException(
                $"PRODUCT '{product}' was never in the sandbox; "
                + (all.Count == 0 ? "no product of this store was." : $"products that were: {all.Count}, nearest are {string.Join(", ", NearestIds.Of(name, all.Select(trial => trial.Id)))}."));
    }

    // All that its read model is made of: the product's and its offer's streams, and those of its deals.
    private static async Task<SandboxProduct?> ThenAsync(SandboxProduct trial, SimulatedTime at, StoredEvents events, CancellationToken cancellation)
    {
        var found = new List<StoredEvent>();
        string[] streams = [StreamId.Product(new(trial.Id)), StreamId.Offer(new(trial.Id)), .. trial.Deals.Select(deal => StreamId.Deal(new(deal.Deal)))];
        foreach (var stream in streams)
        {
            await foreach (var stored in events.OfStreamAsync(stream, null, cancellation).ConfigureAwait(false))
            {
                if (stored.Data is { } e && e.At <= at)
                {
                    found.Add(stored);
                }
            }
        }

        return SandboxHistory.Of(new(trial.Id), found.OrderBy(stored => stored.Sequence).Select(stored => stored.Data!));
    }

    private static SandboxTrialOutput Output(SandboxProduct trial, ProductTimeline? title) => new(
        trial.Id, title?.Title, title?.TitleEn, trial.Venue, trial.Provider, trial.SecurityClass.ToString(), trial.Lacks.ToString(), trial.Licence.ToString(),
        trial.Unit.ToString(), trial.UnitPriceFen, Time(trial.AdmittedAt), trial.MostBuyers, trial.NamedBuyers, trial.MostAmountFen, Time(trial.Until), trial.Extensions,
        trial.Buyers(), trial.Deals.Count, trial.GrantedFen(), trial.RegisteredFen(),
        [
            .. trial.Deals.Select(deal => new SandboxDealOutput(
                deal.Deal, deal.Buyer, deal.Channel.ToString(), deal.AmountFen, Time(deal.GrantedAt), deal.RegisteredAt is { } at ? Time(at) : null, deal.WasTakenBack)),
        ],
        trial.Refused.ToDictionary(refused => refused.Key.ToString(), refused => refused.Value),
        trial.End?.ToString() ?? "OnTrial", trial.EndedAt is { } ended ? Time(ended) : null, trial.Ground);

    private static void Print(List<SandboxProduct> trials, Dictionary<string, ProductTimeline> titles)
    {
        var table = new TextTable(
            new("纳入 admitted"), new("product"), new("venue"), new("所缺 lacked"), new("至 until"), new("买方 buyers", true), new("金额 amount, yuan", true),
            new("上限 at most", true), new("deals", true), new("拒绝 refused", true), new("状态 state"), new("标题 title"));
        foreach (var trial in trials)
        {
            table.Add(
                $"{trial.AdmittedAt:yyyy-MM-dd}", "product/" + trial.Id, trial.Venue, Both(RejectionWords.Of(trial.Lacks)), $"{trial.Until:yyyy-MM-dd}",
                $"{trial.Buyers()}/{trial.MostBuyers}", new Money(trial.GrantedFen()).ToString(), new Money(trial.MostAmountFen).ToString(), $"{trial.Deals.Count:N0}",
                $"{trial.Refused.Values.Sum():N0}", Both(Terms.Of(trial.End)), titles.GetValueOrDefault(trial.Id) is { } title ? $"{title.Title} | {title.TitleEn}" : "");
        }

        table.WriteTo(Console.Out, StandardOutput.Width);
        Console.WriteLine($"{trials.Count:N0} in all (./dx sandbox PRODUCT for one with its deals)");
    }

    private static void Print(SandboxProduct trial, ProductTimeline? title, PartyNames names)
    {
        Console.WriteLine($"product/{trial.Id}  {title?.Title} | {title?.TitleEn}");
        Line("场所 venue", trial.Venue);
        Line("提供方 provider", names.Show(trial.Provider));
        Line("纳入 admitted", $"{trial.AdmittedAt:yyyy-MM-dd HH:mm:ss}，所缺 lacked: {Both(RejectionWords.Of(trial.Lacks))}");
        Line("许可 licence", $"{Both(Terms.Of(trial.Licence))}, {new Money(trial.UnitPriceFen)} yuan ({Both(Terms.Of(trial.Unit))})");
        Line("期限 until", $"{trial.Until:yyyy-MM-dd HH:mm:ss}，放宽 loosened {trial.Extensions} ×");
        Line("买方 buyers", $"{trial.Buyers()} of at most {trial.MostBuyers}"
            + (trial.NamedBuyers.Count == 0 ? "" : "; only " + string.Join(", ", trial.NamedBuyers.Select(names.Show))));
        Line("金额 amount", $"{new Money(trial.GrantedFen())} of at most {new Money(trial.MostAmountFen)} yuan, registered {new Money(trial.RegisteredFen())}");
        Line("状态 state", Both(Terms.Of(trial.End)) + (trial.EndedAt is { } ended ? $", {ended:yyyy-MM-dd HH:mm:ss}" : "") + (trial.Ground.Length > 0 ? $": {trial.Ground}" : ""));
        Line("拒绝 refused", trial.Refused.Count == 0 ? "—" : string.Join("; ", trial.Refused.Select(refused => $"{refused.Value} × {Both(RejectionWords.Of(refused.Key))}")));
        Console.WriteLine();
        if (trial.Deals.Count == 0)
        {
            Console.WriteLine("尚无交易 no deals");
            return;
        }

        var table = new TextTable(new("授予 granted"), new("deal"), new("yuan", true), new("渠道 channel"), new("登记 registered"), new("买方 buyer"));
        foreach (var deal in trial.Deals)
        {
            table.Add(
                $"{deal.GrantedAt:yyyy-MM-dd}", "deal/" + deal.Deal, new Money(deal.AmountFen).ToString(), Both(Terms.Of(deal.Channel)),
                deal.WasTakenBack ? "收回 taken back" : deal.RegisteredAt is { } at ? $"{at:yyyy-MM-dd}" : "—", names.Show(deal.Buyer));
        }

        table.WriteTo(Console.Out, StandardOutput.Width);
    }

    private static string Time(DateTimeOffset time) => new SimulatedTime(time.ToUnixTimeSeconds()).ToString();

    private static string Both(Text text) => $"{text.Zh} {text.En}";

    private static void Line(string title, string text) =>
        Console.WriteLine($"  {title}{new string(' ', Math.Max(1, 18 - TextTable.CellsOf(title)))}{text}");
}
