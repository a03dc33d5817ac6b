using System.CommandLine;
using System.Text.Json;
using DataExchange.Cli.Running;
using DataExchange.Discovery;
using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Reports.ReadModels;
using DataExchange.Reports.Words;
using Marten;
using Command = System.CommandLine.Command;
using Terms = DataExchange.Reports.Words.Terms;

namespace DataExchange.Cli.Commands;

/// <summary><c>dx demand</c>: what buyers look for, and why a venue proposed what it did.</summary>
internal static class DemandCommand
{
    public static Command Create()
    {
        var requirement = new Argument<string?>("REQUIREMENT")
        {
            Description = "One requirement with the venue's ranking explained, e.g. R000042 [default: all]",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var stage = new Option<RequirementStage?>("--stage")
        {
            Description = "Only requirements that have come so far: Posted, Answered, Met, Lapsed or Withdrawn [default: all]",
            HelpName = "STAGE",
            CustomParser = result => CommonOptions.Parse<RequirementStage>(result, "--stage", "one of Posted, Answered, Met, Lapsed, Withdrawn", text =>
                Enum.TryParse<RequirementStage>(text, ignoreCase: true, out var named) && named != RequirementStage.None && !int.TryParse(text, out _) ? named : null),
        };
        var (data, postgres, json) = (CommonOptions.Data(), CommonOptions.Postgres(), CommonOptions.Json());
        var command = new Command(
            "demand",
            "Show what buyers look for (需求) and what became of it; one requirement with the scores of the products that the venue proposed, part by part\n\n"
            + "  ./dx demand\n  ./dx demand --stage Lapsed\n  ./dx demand R000042\n  ./dx demand --json | jq '.requirements[] | [.requirement, .stage, .lapseReason]'")
        {
            requirement, stage, data, postgres, json,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetValue(requirement), parsed.GetValue(stage), parsed.GetValue(data)!, parsed.GetValue(postgres), parsed.GetValue(json), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        string? requirement, RequirementStage? stage, string data, string? postgres, bool json, CancellationToken cancellation)
    {
        if (requirement is not null && stage is not null)
        {
            throw new WrongInputException($"--stage '{stage}' is not allowed with REQUIREMENT '{requirement}': it chooses among all");
        }

        await using var opened = await OpenedStore.OpenAsync(data, postgres, true, cancellation).ConfigureAwait(false);
        await using var session = opened.Store.QuerySession();
        var all = await session.Query<RequirementView>().ToListAsync(cancellation).ConfigureAwait(false);
        var views = requirement is null
            ? all.Where(view => stage is null || view.Stage == stage).OrderBy(view => view.PostedAt).ThenBy(view => view.Id, StringComparer.Ordinal).ToArray()
            : [Find(requirement, all)];
        var ids = views.SelectMany(view => view.Ranking.Select(ranked => ranked.Product)).Distinct(StringComparer.Ordinal).ToArray();
        var titles = json || requirement is not null
            ? (await session.LoadManyAsync<ProductTimeline>(cancellation, ids).ConfigureAwait(false)).ToDictionary(timeline => timeline.Id, StringComparer.Ordinal)
            : [];
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(
                new DemandOutput(views.Length, [.. views.Select(view => Output(view, titles))]), CommandJson.Readable.DemandOutput));
        }
        else if (requirement is null)
        {
            Print(views);
        }
        else
        {
            Print(views[0], titles, await PartyNames.LoadAsync(opened.Store, cancellation).ConfigureAwait(false));
        }

        return 0;
    }

    private static RequirementView Find(string requirement, IReadOnlyList<RequirementView> all)
    {
        var name = requirement.StartsWith("requirement/", StringComparison.Ordinal) ? requirement["requirement/".Length..] : requirement;
        return all.FirstOrDefault(view => view.Id == name) ?? throw new WrongInputException(
            $"REQUIREMENT '{requirement}' was never posted; "
            + (all.Count == 0 ? "no requirement was in this store." : $"posted are {all.Count:N0}, nearest are {string.Join(", ", NearestIds.Of(name, all.Select(view => view.Id)))}."));
    }

    private static RequirementOutput Output(RequirementView view, Dictionary<string, ProductTimeline> titles) => new(
        view.Id, view.Venue, view.Buyer, view.Text, view.SubTrack, view.Category, view.Form?.ToString(), view.Licence?.ToString(), view.LeastQuality, view.BudgetFen,
        Time(view.PostedAt), Time(view.NeededUntil), view.Stage.ToString(), view.LapseReason?.ToString(), view.AnsweredAt is { } answered ? Time(answered) : null, view.Algorithm,
        view.Searched, view.Fitting, view.Affordable, view.GoodEnough,
        [
            .. view.Ranking.Select(ranked => new ProposalOutput(
                ranked.Product, titles.GetValueOrDefault(ranked.Product)?.Title, titles.GetValueOrDefault(ranked.Product)?.TitleEn, ranked.Score, ranked.Text, ranked.Chain,
                ranked.Category, ranked.Quality, ranked.Price)),
        ],
        view.Product, view.Rank, view.Deal, view.EndedAt is { } ended ? Time(ended) : null);

    private static void Print(RequirementView[] views)
    {
        var table = new TextTable(
            new("发布 posted"), new("requirement"), new("venue"), new("类别 category"), new("预算 budget, yuan", true), new("推荐 proposed", true), new("结果 stage"), new("内容 text"));
        foreach (var view in views)
        {
            table.Add(
                $"{view.PostedAt:yyyy-MM-dd}", "requirement/" + view.Id, view.Venue, view.Category, new Money(view.BudgetFen).ToString(), $"{view.Ranking.Count:N0}",
                Stage(view), view.Text);
        }

        table.WriteTo(Console.Out, StandardOutput.Width);
        Console.WriteLine($"{views.Length:N0} in all (./dx demand REQUIREMENT for one with the ranking explained)");
    }

    private static void Print(RequirementView view, Dictionary<string, ProductTimeline> titles, PartyNames names)
    {
        Console.WriteLine($"requirement/{view.Id}  {view.Text}");
        Line("买方 buyer", names.Show(view.Buyer));
        Line("场所 venue", view.Venue);
        Line("赛道 sub-track", $"{view.SubTrack}，类别 category {view.Category}");
        Line("条件 conditions", $"{(view.Form is { } form ? Both(Terms.Of(form)) : "任何形态 any form")}; "
            + $"{(view.Licence is { } licence ? Both(Terms.Of(licence)) : "任何许可 any licence")}; 质量 quality ≥ {view.LeastQuality}; 预算 budget {new Money(view.BudgetFen)} yuan");
        Line("期限 needed until", $"{view.NeededUntil:yyyy-MM-dd}，发布 posted {view.PostedAt:yyyy-MM-dd HH:mm:ss}");
        Line("结果 stage", Stage(view) + (view.EndedAt is { } ended ? $", {ended:yyyy-MM-dd HH:mm:ss}" : ""));
        if (view.Product is not null)
        {
            Line("达成 met by", $"product/{view.Product}, 第 place {view.Rank}, deal/{view.Deal}");
        }

        if (view.AnsweredAt is not { } answered)
        {
            Line("答复 answer", "尚无 none");
            return;
        }

        Line("答复 answer", $"{answered:yyyy-MM-dd HH:mm:ss}, {view.Algorithm}: 检索 {view.Searched:N0} searched, 相符 {view.Fitting:N0} fitting, "
            + $"预算内 {view.Affordable:N0} affordable, 质量达标 {view.GoodEnough:N0} good enough");
        Console.WriteLine();
        PrintRanking(view, titles);
    }

    private static void PrintRanking(RequirementView view, Dictionary<string, ProductTimeline> titles)
    {
        var table = new TextTable(
            new("#", true), new("product"), new("得分 score", true), new("文本 text", true), new("产业链 chain", true), new("类别 category", true), new("质量 quality", true),
            new("价格 price", true), new("标题 title"));
        foreach (var (ranked, place) in view.Ranking.Select((ranked, index) => (ranked, index + 1)))
        {
            table.Add(
                $"{place}", "product/" + ranked.Product, $"{ranked.Score:N0}", $"{ranked.Text:N0}", $"{ranked.Chain:N0}", $"{ranked.Category:N0}", $"{ranked.Quality:N0}",
                $"{ranked.Price:N0}", titles.GetValueOrDefault(ranked.Product) is { } title ? $"{title.Title} | {title.TitleEn}" : "");
        }

        table.WriteTo(Console.Out, StandardOutput.Width);
        if (view.Algorithm == RankingWeights.Algorithm)
        {
            var weights = RankingWeights.Assumed;
            Console.WriteLine(
                $"得分 score = ({weights.Text:N0}·text + {weights.Chain:N0}·chain + {weights.Category:N0}·category + {weights.Quality:N0}·quality + {weights.Price:N0}·price) / 10,000, "
                + "rounded down; all in 1/10,000; the weights are assumed (docs/demand.md)");
        }
    }

    private static string Stage(RequirementView view) => Both(Terms.Of(view.Stage)) + (view.LapseReason is { } reason ? $": {Both(Terms.Of(reason))}" : "");

    private static string Time(DateTimeOffset time) => new SimulatedTime(time.ToUnixTimeSeconds()).ToString();

    private static string Both(Text text) => $"{text.Zh} {text.En}";

    private static void Line(string title, string text) =>
        Console.WriteLine($"  {title}{new string(' ', Math.Max(1, 20 - TextTable.CellsOf(title)))}{text}");
}
