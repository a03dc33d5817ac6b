using System.Text;
using DataExchange.Reports.Csv;
using DataExchange.Reports.Figures;
using DataExchange.Reports.Html;
using DataExchange.Reports.ReadModels;

namespace DataExchange.Reports;

/// <summary>
/// Writes a report: one HTML page and CSV files beside it. Deals are taken one by one as they end, so that they need not be in memory.
/// Every file is written under a temporary name and renamed when it is whole; disposing of an incomplete report leaves nothing behind.
/// </summary>
public sealed class MarketReport : IDisposable
{
    /// <summary>Name of the page.</summary>
    public const string PageName = "report.html";

    private readonly string _folder;
    private readonly MarketFiguresBuilder _figures = new();
    private readonly RunMeasures _measures;
    private readonly WelfareBuilder _welfare;
    private readonly CsvTable<DealEntry> _deals;

    /// <summary>Begins a report.</summary>
    /// <param name="folder">Where the files go; made when it is missing.</param>
    /// <param name="measures">What was measured beside the read models; null for nothing.</param>
    /// <exception cref="ReportWriteException">The folder or a file in it cannot be written.</exception>
    public MarketReport(string folder, RunMeasures? measures = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        (_folder, _measures) = (folder, measures ?? new());
        _welfare = new(_measures.Opportunities);
        WholeFile.Guard(folder, () => Directory.CreateDirectory(folder));
        _deals = new(folder, "deals.csv", Columns.Deals);
    }

    /// <summary>Takes a deal, each once.</summary>
    /// <exception cref="ReportWriteException">deals.csv cannot be written on.</exception>
    public void Add(DealEntry deal)
    {
        _figures.Add(deal);
        _welfare.Add(deal);
        _deals.Write(deal);
    }

    /// <summary>Writes all files.</summary>
    /// <param name="facts">What is to be said of the run.</param>
    /// <param name="models">The other read models.</param>
    /// <returns>What the page shows, and the files written, the page first.</returns>
    /// <exception cref="ReportWriteException">A file cannot be written: the message names it and the cause. No half file is left.</exception>
    public ReportResult Complete(RunFacts facts, ReadModelSet models) => Complete(_ => facts, models);

    /// <summary>Writes all files, with facts that need the figures: what was reached beside what is published.</summary>
    /// <param name="factsOf">What is to be said of the run.</param>
    /// <param name="models">The other read models.</param>
    /// <returns>What the page shows, and the files written, the page first.</returns>
    /// <exception cref="ReportWriteException">A file cannot be written: the message names it and the cause. No half file is left.</exception>
    public ReportResult Complete(Func<MarketFigures, RunFacts> factsOf, ReadModelSet models)
    {
        ArgumentNullException.ThrowIfNull(factsOf);
        ArgumentNullException.ThrowIfNull(models);
        var figures = _figures.Complete(models) with { Welfare = _welfare.Complete(), Liquidity = _measures.Liquidity, Demand = DemandFigures.Of(models, _measures.Demand) };
        var facts = factsOf(figures);
        List<string> files = [Path.Combine(_folder, PageName)];
        using (var page = new WholeFile(files[0]))
        {
            page.Write(Encoding.UTF8.GetBytes(ReportPage.Render(facts, figures)));
            page.Keep();
        }

        files.Add(_deals.Keep());
        files.Add(CsvTable<ShelfEntry>.WriteAll(_folder, "shelf.csv", Columns.Shelf, models.Shelf));
        files.Add(CsvTable<ProductTimeline>.WriteAll(_folder, "products.csv", Columns.Products, models.Timelines));
        files.Add(CsvTable<(ProductTimeline, TimelineEntry)>.WriteAll(
            _folder, "timeline.csv", Columns.Timeline, models.Timelines.SelectMany(product => product.Entries.Select(entry => (product, entry)))));
        files.Add(CsvTable<VenueDay>.WriteAll(_folder, "venue-days.csv", Columns.VenueDays, models.VenueDays));
        files.Add(CsvTable<PartyAccountView>.WriteAll(_folder, "parties.csv", Columns.Parties, models.Parties));
        files.Add(CsvTable<BookDay>.WriteAll(_folder, "order_books.csv", Columns.OrderBooks, models.BookDays));
        files.Add(CsvTable<AuctionSale>.WriteAll(_folder, "auctions.csv", Columns.Auctions, models.Auctions));
        files.Add(CsvTable<SandboxProduct>.WriteAll(_folder, "sandbox.csv", Columns.Sandbox, models.Sandbox));
        files.Add(CsvTable<RequirementView>.WriteAll(_folder, "requirements.csv", Columns.Requirements, models.Requirements));
        files.Add(CsvTable<RequirementMonth>.WriteAll(_folder, "requirement_months.csv", Columns.RequirementMonths, figures.Demand?.Months ?? []));
        files.Add(CsvTable<RankingQuality>.WriteAll(_folder, "requirement_rankings.csv", Columns.Rankings, figures.Demand?.Rankings ?? []));
        files.Add(CsvTable<SignalFigures>.WriteAll(_folder, "supply_signals.csv", Columns.Signals, figures.Demand?.Signals is { } signals ? [signals] : []));
        files.Add(CsvTable<MarketQuality>.WriteAll(_folder, "market_quality.csv", Columns.Quality, figures.Quality.Markets));
        files.Add(CsvTable<PriceDispersion>.WriteAll(_folder, "price_dispersion.csv", Columns.Dispersion, figures.Quality.Prices));
        files.Add(CsvTable<BookLiquidity>.WriteAll(_folder, "book_liquidity.csv", Columns.Liquidity, figures.Liquidity));
        files.Add(CsvTable<Welfare>.WriteAll(_folder, "welfare.csv", Columns.Welfare, figures.Welfare?.Rows ?? []));
        files.Add(CsvTable<MonthFigures>.WriteAll(_folder, "months.csv", Columns.Months, figures.Months));
        files.Add(CsvTable<RefusalFigures>.WriteAll(_folder, "refusals.csv", Columns.Refusals, figures.Refusals));
        files.Add(CsvTable<FunnelStep>.WriteAll(_folder, "funnel.csv", Columns.Funnel, figures.Funnel));
        files.Add(CsvTable<ComparisonRow>.WriteAll(_folder, "comparison.csv", Columns.Comparison, facts.Comparisons));
        files.Add(CsvTable<CalibrationRow>.WriteAll(_folder, "calibration.csv", Columns.Calibration, facts.Calibration));
        var readme = Path.Combine(_folder, "README.txt");
        using (var file = new WholeFile(readme))
        {
            file.Write(Encoding.UTF8.GetBytes(CsvReadme.Text()));
            file.Keep();
        }

        return new(figures, [.. files, readme]);
    }

    /// <summary>Writes a text of somebody else's into the report's folder.</summary>
    /// <param name="name">The file's name, without a folder.</param>
    /// <param name="text">What is in it.</param>
    /// <exception cref="ReportWriteException">It cannot be written; what was there before stays.</exception>
    public void WriteBeside(string name, string text)
    {
        using var file = new WholeFile(Path.Combine(_folder, name));
        file.Write(Encoding.UTF8.GetBytes(text));
        file.Keep();
    }

    /// <inheritdoc />
    public void Dispose() => _deals.Dispose();
}

/// <summary>A report that is written.</summary>
/// <param name="Figures">What the page shows.</param>
/// <param name="Files">Paths of the files, the page first.</param>
public sealed record ReportResult(MarketFigures Figures, IReadOnlyList<string> Files);
