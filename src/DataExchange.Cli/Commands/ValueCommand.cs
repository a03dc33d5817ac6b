using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using DataExchange.Cli.Running;
using DataExchange.Domain;
using DataExchange.Domain.Pricing;
using DataExchange.Reports.Words;
using Command = System.CommandLine.Command;

namespace DataExchange.Cli.Commands;

/// <summary><c>dx value</c>: how a product was valued, from the inputs of each approach to the band and the prices.</summary>
internal static class ValueCommand
{
    private const int Decimals = 10_000;

    public static Command Create()
    {
        var product = new Argument<string>("PRODUCT") { Description = "The product, e.g. P000042" };
        var (data, postgres, json) = (CommonOptions.Data(), CommonOptions.Postgres(), CommonOptions.Json());
        var command = new Command(
            "value",
            "Explain a product's valuation (估值): the inputs of each approach, what follows from them, weights, the value band, and the prices that were set or refused (docs/valuation.md)\n\n"
            + "  ./dx value P000042\n  ./dx value P000042 --json | jq '.valuations[-1].estimates'")
        {
            product, data, postgres, json,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetValue(product)!, parsed.GetValue(data)!, parsed.GetValue(postgres), parsed.GetValue(json), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string name, string data, string? postgres, bool json, CancellationToken cancellation)
    {
        await using var opened = await OpenedStore.OpenAsync(data, postgres, false, cancellation).ConfigureAwait(false);
        var events = new StoredEvents(opened.Database);
        var stream = await new StoredPolicies(events).FindAsync(name, "PRODUCT", ["product"], cancellation).ConfigureAwait(false);
        var id = new ProductId(stream["product/".Length..]);
        var (valuations, prices) = (new List<ProductValued>(), new List<PriceOutput>());
        await foreach (var stored in events.OfStreamAsync(StreamId.Pricing(id), null, cancellation).ConfigureAwait(false))
        {
            switch (stored.Data)
            {
                case ProductValued valued:
                    valuations.Add(valued);
                    break;
                case PriceSet set:
                    prices.Add(new PriceOutput(set.At.ToString(), set.Terms.UnitPriceFen, set.Version, set.OverrideReason, null));
                    break;
                case PriceRefused refused:
                    prices.Add(new PriceOutput(refused.At.ToString(), refused.UnitPriceFen, null, null, refused.Reason.ToString()));
                    break;
            }
        }

        if (valuations.Count == 0)
        {
            throw new CommandFailedException($"{id} was never valued; './dx show {stream}' tells how far it came.");
        }

        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new ValueOutput(id.Value, [.. valuations.Select(Output)], prices), CommandJson.Readable.ValueOutput));
            return 0;
        }

        foreach (var valued in valuations)
        {
            Print(id, valued);
        }

        Print(prices);
        return 0;
    }

    private static ValuationOutput Output(ProductValued e)
    {
        var (low, high) = Valuation.Band(e.Estimates, e.ToleranceBasisPoints);
        return new ValuationOutput(
            e.At.ToString(), e.By.Value, e.Unit.ToString(),
            [
                .. e.Estimates.Select(estimate => new EstimateOutput(
                    estimate.Approach.ToString(), Valuation.ValueOf(estimate).Fen, estimate.WeightBasisPoints, estimate.UnitValueFen is not null, estimate.Cost, estimate.Income,
                    estimate.Market?.Comparables.Select(one => new ComparableOutput(
                        one.Deal.Value, one.Product.Value, one.UnitPriceFen, (long)one.AdjustedFen(), one.QualityBasisPoints, one.VolumeBasisPoints,
                        one.TimelinessBasisPoints, one.LicenceBasisPoints, one.SimilarityBasisPoints)).ToArray())),
            ],
            Valuation.Reconcile(e.Estimates).Fen, e.ToleranceBasisPoints, low.Fen, high.Fen);
    }

    private static void Print(ProductId product, ProductValued e)
    {
        var unit = Terms.Of(e.Unit);
        Console.WriteLine($"{product}  估值 valued {EventFields.Show(e.At)} · {e.By} · {unit.Zh} {unit.En}");
        foreach (var estimate in e.Estimates)
        {
            var approach = Terms.Of(estimate.Approach);
            Console.WriteLine();
            Console.WriteLine($"{approach.Zh} {approach.En}: {Valuation.ValueOf(estimate)} 元 yuan, 权重 weight {Percent(estimate.WeightBasisPoints)}");
            foreach (var line in Explained(estimate))
            {
                Console.WriteLine("    " + line);
            }
        }

        var (low, high) = Valuation.Band(e.Estimates, e.ToleranceBasisPoints);
        Console.WriteLine();
        Console.WriteLine($"加权 reconciled: {Valuation.Reconcile(e.Estimates)} 元 yuan; 区间 band {low}–{high} 元 yuan (± {Percent(e.ToleranceBasisPoints)})");
        Console.WriteLine();
    }

    private static IEnumerable<string> Explained(ValueEstimate estimate)
    {
        if (estimate.Cost is { } cost)
        {
            yield return $"历史成本 historical cost {new Money(cost.HistoricalCostFen)} × 价格指数 price index {Factor(cost.PriceIndexBasisPoints)}"
                + $" × (1 + 利润 margin {Percent(cost.MarginBasisPoints)}) × (1 − 贬值 obsolescence {Percent(cost.ObsolescenceBasisPoints)})"
                + $" × 质量 quality {Factor(cost.QualityBasisPoints)} ÷ 预计份数 expected units {cost.ExpectedUnits:N0}";
        }
        else if (estimate.Income is { } income)
        {
            yield return $"现金流 cash flows {string.Join(", ", income.CashFlowsFen.Select(flow => new Money(flow)))}; 期末 terminal {new Money(income.TerminalFen)}";
            yield return $"× 数据贡献 share {Percent(income.ShareBasisPoints)}, 折现率 discount rate {Percent(income.DiscountBasisPoints)} 年 a year"
                + $" ÷ 预计份数 expected units {income.ExpectedUnits:N0}";
        }
        else if (estimate.Market is { } market)
        {
            foreach (var one in market.Comparables)
            {
                yield return $"{one.Deal} · {one.Product}: {new Money(one.UnitPriceFen)} × 质量 quality {Factor(one.QualityBasisPoints)} × 规模 volume {Factor(one.VolumeBasisPoints)}"
                    + $" × 期日 timeliness {Factor(one.TimelinessBasisPoints)} × 许可 licence {Factor(one.LicenceBasisPoints)} = {new Money((long)one.AdjustedFen())},"
                    + $" 相似度 similarity {Percent(one.SimilarityBasisPoints)}";
            }
        }
        else
        {
            yield return "由估值方直接给出 stated by the valuer, without inputs";
        }
    }

    private static void Print(IEnumerable<PriceOutput> prices)
    {
        foreach (var price in prices)
        {
            var verdict = price.Refused is { } refused && RejectionWords.Of(Enum.Parse<Rejection>(refused)) is var words ? $"拒绝 refused: {words.Zh} {words.En}"
                : price.OverrideReason is { } reason ? $"第 {price.Version} 版 version {price.Version}, 超出区间，理由 outside the band because: {reason}"
                : $"第 {price.Version} 版 version {price.Version}, 区间内 within the band";
            Console.WriteLine($"{price.At[..10]}  定价 price {new Money(price.UnitPriceFen)} 元 yuan: {verdict}");
        }
    }

    private static string Factor(int basisPoints) => ((decimal)basisPoints / Decimals).ToString("0.####", CultureInfo.InvariantCulture);

    private static string Percent(int basisPoints) => ((decimal)basisPoints / 100).ToString("0.##", CultureInfo.InvariantCulture) + " %";
}
