using DataExchange.Exchange;
using DataExchange.Reports.Figures;
using DataExchange.Reports.ReadModels;
using DataExchange.Reports.Tests.Market;
using DataExchange.Reports.Words;

namespace DataExchange.Reports.Tests.Report;

/// <summary>A report of the test market, written to a folder of its own that goes with it.</summary>
public sealed class SampleReport : IDisposable
{
    public SampleReport()
    {
        // Kept for a look at it when DX_REPORT_SAMPLE names a folder.
        var keep = Environment.GetEnvironmentVariable("DX_REPORT_SAMPLE");
        Folder = keep ?? Directory.CreateTempSubdirectory("dx-report-").FullName;
        IsKept = keep is not null;
        Events = SmallMarket.Run(11, products: 400, buyers: 60, orders: 2_500);
        using var report = new MarketReport(Folder);
        var fold = new ReadModelFold(deal =>
        {
            Deals.Add(deal);
            report.Add(deal);
        });
        foreach (var (stream, version, data) in Events)
        {
            fold.Apply(stream, version, data);
        }

        Models = fold.Complete();
        Result = report.Complete(Facts, Models);
    }

    public string Folder { get; }

    public string Page => Path.Combine(Folder, MarketReport.PageName);

    internal IReadOnlyList<RecordedEvent> Events { get; }

    public List<DealEntry> Deals { get; } = [];

    public ReadModelSet Models { get; }

    public ReportResult Result { get; }

    public MarketFigures Figures => Result.Figures;

    private bool IsKept { get; }

    public static RunFacts Facts { get; } = new()
    {
        Scenario = "test-market",
        Title = new("杭州数据交易市场模拟 2016–2025", "The Hangzhou data market, simulated 2016–2025"),
        Seed = 20250531,
        Scale = 1,
        From = new(2016, 1, 4),
        To = new(2025, 5, 31),
        Digest = new string('a', 32) + new string('7', 32),
        Events = 1_234_567,
        Seconds = 41.25,
        Versions = new Dictionary<string, string> { ["DataExchange"] = "0.1.0", [".NET"] = "10.0.1", ["PostgreSQL"] = "15.14" },
        Venues = [new("zjbdec", new("浙江大数据交易中心", "Zhejiang Big Data Exchange Centre")), new("hzdex", new("杭州数据交易所", "Hangzhou Data Exchange"))],
        Categories = new Dictionary<string, Text>
        {
            ["industry"] = new("产业数据", "Industry"), ["finance"] = new("金融科技", "Finance"), ["health"] = new("医疗健康", "Health"), ["transport"] = new("交通出行", "Transport"),
        },
        Parties = new Dictionary<string, Text> { ["S001"] = new("杭州测试数据科技有限公司", "Hangzhou Test Data Technology Co., Ltd.") },
        PublishedAmountFen = 80_000_000_00,
        PublishedProducts = 290,
        Calibration = [new("demand.contractsPerYear", new("登记交易额（元）", "Registered amount (yuan)"), 9.35e9, 9.3512e9, 0.000128, 7, 412.5)],
        Comparisons =
        [
            new(new("累计登记交易额", "Registered amount"), new("亿元", "hundred million yuan"), 93, 94, 93.51, Provenance.Published, new("报纸专版，2025", "newspaper page, 2025"), true),
            new(new("数商 CR10", "CR10 of providers"), new("%", "%"), 55, 71, 48.2, Provenance.MeasuredElsewhere, new("公开挂牌抓取，2024-05", "crawl of public listings, 2024-05"), false),
        ],
        Assumptions =
        [
            new("shelf.ordersPerYear", new("货架年订单数", "orders from the shelf a year"), "21500", Provenance.Assumed, new("未公布", "not published"), "A17"),
            new("demand.contractsPerYear", new("年合同数", "contracts a year"), "412.5", Provenance.Calibrated, new("由交易额求解", "solved from the amount")),
        ],
    };

    public void Dispose()
    {
        if (!IsKept)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}
