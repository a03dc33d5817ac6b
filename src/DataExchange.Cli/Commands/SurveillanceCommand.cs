using System.Globalization;
using System.Text.Json;
using DataExchange.Cli.Running;
using DataExchange.Reports.ReadModels;
using DataExchange.Reports.Surveillance;
using Marten;
using Command = System.CommandLine.Command;

namespace DataExchange.Cli.Commands;

/// <summary><c>dx surveillance</c>: looks for manipulation in what the ledger says.</summary>
internal static class SurveillanceCommand
{
    private const int DealsNamed = 6;

    public static Command Create()
    {
        var (data, postgres, json) = (CommonOptions.Data(), CommonOptions.Postgres(), CommonOptions.Json());
        var command = new Command(
            "surveillance",
            "Look for manipulation (交易监察) from the ledger alone: pairs and circles that trade with themselves, filed contracts that are never delivered, filed again, or of buyers who do nothing else; "
            + "where the store is of a simulation, precision and recall (docs/surveillance.md)\n\n"
            + "  ./dx surveillance\n  ./dx surveillance --data /tmp/market --json | jq '.findings[] | [.rule, .parties]'")
        {
            data, postgres, json,
        };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(data)!, parsed.GetValue(postgres), parsed.GetValue(json), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string data, string? postgres, bool json, CancellationToken cancellation)
    {
        await using var opened = await OpenedStore.OpenAsync(data, postgres, true, cancellation).ConfigureAwait(false);
        await using var session = opened.Store.QuerySession();
        var deals = await session.Query<DealEntry>().Where(deal => deal.RegisteredAt != null).ToListAsync(cancellation).ConfigureAwait(false);
        // The history ends with what happened last.
        var end = deals.Count == 0 ? default : deals.Max(deal => deal.RegisteredAt!.Value);
        var findings = MarketSurveillance.Look(deals, end, new SurveillanceThresholds());
        var truth = await new ManipulationTruthTable(opened.Database).ReadAsync(cancellation).ConfigureAwait(false);
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(Output(deals.Count, findings, truth), CommandJson.Readable.SurveillanceOutput));
            return 0;
        }

        Print(findings);
        Console.WriteLine($"{CommandText.Number((long)findings.Count)} findings among {CommandText.Number((long)deals.Count)} registered deals. A finding is a reason to ask, not a proof.");
        if (truth is null)
        {
            Console.WriteLine("What was no business is not known of this store: no precision, no recall.");
            return 0;
        }

        PrintScores([.. SurveillanceScore.Of(findings, truth), SurveillanceScore.OfParties(findings, truth)]);
        return 0;
    }

    private static void Print(IReadOnlyList<SurveillanceFinding> findings)
    {
        var table = new TextTable(
            new("rule"), new("venue"), new("suspects"), new("products"), new("deals", true), new("yuan", true), new("price", true), new("evidence"));
        foreach (var one in findings)
        {
            table.Add(
                $"{Zh(one.Rule)} {one.Rule}", one.Venue, string.Join(" ", one.Parties), string.Join(" ", one.Products.Take(DealsNamed)), CommandText.Number((long)one.Deals.Count),
                new Domain.Money(one.AmountFen).ToString(), one.PriceChange is { } change ? (change * 100).ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture) + " %" : "",
                string.Join(" ", one.Deals.Take(DealsNamed)) + (one.Deals.Count > DealsNamed ? " …" : ""));
        }

        if (findings.Count > 0)
        {
            table.WriteTo(Console.Out);
        }
    }

    private static void PrintScores(IReadOnlyList<SurveillanceScore> scores)
    {
        var table = new TextTable(new("measured by the truth"), new("named", true), new("manipulated", true), new("hit", true), new("precision", true), new("recall", true));
        foreach (var one in scores)
        {
            table.Add(one.What, CommandText.Number((long)one.Flagged), CommandText.Number((long)one.Known), CommandText.Number((long)one.Hit), Share(one.Precision), Share(one.Recall));
        }

        table.WriteTo(Console.Out);
    }

    private static string Share(double? share) => share is { } known ? known.ToString("0.000", CultureInfo.InvariantCulture) : "—";

    private static string Zh(SurveillanceRule rule) => rule switch
    {
        SurveillanceRule.MatchedPair => "对倒",
        SurveillanceRule.ClosedCircle => "合谋",
        SurveillanceRule.NeverDelivered => "无交付备案",
        SurveillanceRule.OnlyFiles => "仅作备案的买方",
        _ => "重复备案",
    };

    private static SurveillanceOutput Output(int deals, IReadOnlyList<SurveillanceFinding> findings, IReadOnlyList<KnownManipulation>? truth) => new(
        deals,
        [.. findings.Select(one => new SurveillanceFindingOutput(one.Rule.ToString(), one.Parties, one.Venue, one.Products, one.Deals, one.AmountFen, one.PriceChange))],
        truth is not null,
        truth is null ? [] : [.. SurveillanceScore.Of(findings, truth).Select(Output)],
        truth is null ? null : Output(SurveillanceScore.OfParties(findings, truth)));

    private static SurveillanceScoreOutput Output(SurveillanceScore score) => new(score.What, score.Flagged, score.Known, score.Hit, score.Precision, score.Recall);
}
