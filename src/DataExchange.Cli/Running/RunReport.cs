using DataExchange.Cli.Running.Manifests;
using DataExchange.Domain;
using DataExchange.Reports;
using DataExchange.Reports.Figures;
using DataExchange.Reports.ReadModels;
using DataExchange.Reports.Words;
using DataExchange.Scenarios;
using DataExchange.Simulation.Agents;
using DataExchange.Simulation.Scenarios;
using Marten;
using Benchmark = DataExchange.Simulation.Scenarios.Benchmark;
using ReportProvenance = DataExchange.Reports.Provenance;
using ScenarioProvenance = DataExchange.Simulation.Scenarios.Provenance;

namespace DataExchange.Cli.Running;

/// <summary>Writes the report of a run from its read models, and says of the run what only the run knows.</summary>
internal sealed class RunReport(SimulationResult run, SimulationRequest request, PopulationSource source)
{
    private readonly HashSet<string> _soldFromShelf = new(StringComparer.Ordinal);

    /// <summary>Writes it and gives the path of its page.</summary>
    public async Task<string> WriteAsync(IDocumentStore store, string folder, CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        using var report = new MarketReport(folder, run.Measures);
        await foreach (var deal in session.Query<DealEntry>().OrderBy(deal => deal.Id).ToAsyncEnumerable(cancellation).ConfigureAwait(false))
        {
            report.Add(deal);
            if (deal is { Channel: TradeChannel.Shelf, RegisteredAt: not null })
            {
                _soldFromShelf.Add(deal.Product);
            }
        }

        var models = new ReadModelSet(
            await session.Query<ShelfEntry>().OrderBy(entry => entry.Id).ToListAsync(cancellation).ConfigureAwait(false),
            await session.Query<ProductTimeline>().OrderBy(product => product.Id).ToListAsync(cancellation).ConfigureAwait(false),
            await session.Query<VenueDay>().OrderBy(day => day.Id).ToListAsync(cancellation).ConfigureAwait(false),
            await session.Query<PartyAccountView>().OrderBy(party => party.Id).ToListAsync(cancellation).ConfigureAwait(false))
        {
            Books = await session.Query<BookSummary>().OrderBy(book => book.Id).ToListAsync(cancellation).ConfigureAwait(false),
            Auctions = await session.Query<AuctionSale>().OrderBy(sale => sale.Id).ToListAsync(cancellation).ConfigureAwait(false),
            Sandbox = await session.Query<SandboxProduct>().OrderBy(trial => trial.Id).ToListAsync(cancellation).ConfigureAwait(false),
            Requirements = await session.Query<RequirementView>().OrderBy(view => view.Id).ToListAsync(cancellation).ConfigureAwait(false),
            BookDays = await session.Query<BookDay>().OrderBy(day => day.Id).ToListAsync(cancellation).ConfigureAwait(false),
        };
        var page = Path.GetFullPath(report.Complete(figures => Facts(figures, models), models).Files[0]);
        report.WriteBeside(RunManifest.ScenarioFile, run.Scenario.Text);
        report.WriteBeside(RunManifest.FileName, RunManifest.Of(request, run, DateTimeOffset.UtcNow).ToJson());
        return page;
    }

    private RunFacts Facts(MarketFigures figures, ReadModelSet models)
    {
        var scenario = run.Scenario.Scenario;
        return new RunFacts
        {
            Scenario = scenario.Name,
            Title = Both(scenario.Title),
            Seed = (long)request.Seed,
            Scale = request.Scale,
            From = scenario.Venues.Min(venue => venue.Opens),
            To = scenario.Until,
            Digest = run.Verification.Digest,
            Events = run.Verification.Events,
            Seconds = run.Seconds,
            Versions = new Dictionary<string, string>
            {
                ["DataExchange"] = SimulationSession.ProgramVersion,
                [".NET"] = Environment.Version.ToString(),
                ["PostgreSQL"] = run.PostgresVersion,
                ["Marten"] = typeof(DocumentStore).Assembly.GetName().Version!.ToString(3),
            },
            Venues = [.. scenario.Venues.Select(venue => new VenueName(venue.Id, Both(venue.Name)))],
            Categories = source.Words.Categories.ToDictionary(category => category.Id, category => new Text(category.Name.Zh, category.Name.En)),
            Parties = models.Parties.Where(party => party.Name is not null)
                .ToDictionary(party => party.Id, party => new Text(party.Name!, party.NameEn!)),
            PublishedAmountFen = Published("registeredAmountYuan") is { } yuan ? (long)(yuan * 100) : null,
            PublishedProducts = Published("productsListed") is { } products ? (int)products : null,
            Calibration = [.. run.Calibrated.Results.Select(Row)],
            Comparisons = [.. scenario.Benchmarks.Select(benchmark => Compare(benchmark, figures, models))],
            Assumptions = [.. ScenarioFigures.Of(run.Scenario.Text)
                .Where(figure => figure.Figure.Provenance != ScenarioProvenance.Published).Select(Row)],
        };
    }

    // The published mark of a plot is where the published range begins: "past 9.3 bn", "nearly 4,000" is where it ends.
    private double? Published(string figure) =>
        run.Scenario.Scenario.Benchmarks.FirstOrDefault(benchmark =>
            benchmark.Figure == figure && benchmark.Provenance == ScenarioProvenance.Published) is { } found
            ? (figure == "productsListed" ? found.High : found.Low) * request.Scale
            : null;

    private CalibrationRow Row(Simulation.Calibration.CalibrationResult result) => new(
        result.Parameter,
        result.Measure switch
        {
            CalibrationMeasure.ProductsListed => new Text("累计上架产品", "Products listed"),
            CalibrationMeasure.RegisteredAmountYuan => new Text("登记交易额（元）", "Registered amount, yuan"),
            CalibrationMeasure.TransactionsRegistered => new Text("登记交易笔数", "Transactions registered"),
            _ => Text.Same(result.Measure.ToString()),
        },
        result.Target, result.Reached, result.Error, run.Calibrated.Trials, result.Solved);

    private static ScenarioNumber Row(ScenarioFigure figure) => new(
        figure.Path,
        Both(figure.Meaning),
        figure.Figure.Value.ToString("0.######", System.Globalization.CultureInfo.InvariantCulture),
        figure.Figure.Provenance switch
        {
            ScenarioProvenance.Published => ReportProvenance.Published,
            ScenarioProvenance.Elsewhere => ReportProvenance.MeasuredElsewhere,
            ScenarioProvenance.Calibrated => ReportProvenance.Calibrated,
            _ => ReportProvenance.Assumed,
        },
        figure.Figure.Note is { } note ? Both(note) : Text.Same(figure.Figure.Source ?? ""),
        figure.Figure.Assumption);

    private ComparisonRow Compare(Benchmark benchmark, MarketFigures figures, ReadModelSet models)
    {
        var factor = benchmark.Scales ? request.Scale : 1;
        var (low, high) = (benchmark.Low * factor, benchmark.High * factor);
        var reached = new BenchmarkFigures(figures, models, _soldFromShelf).Of(benchmark.Figure);
        // A range is met inside it; a single figure within a tenth of it.
        var margin = low == high ? Math.Abs(low) * 0.1 : 0;
        return new ComparisonRow(
            Both(benchmark.Label), UnitOf(benchmark.Unit), low, high, reached,
            benchmark.Provenance == ScenarioProvenance.Published ? ReportProvenance.Published : ReportProvenance.MeasuredElsewhere,
            Text.Same(benchmark.Source), reached >= low - margin && reached <= high + margin);
    }

    private static Text UnitOf(string unit) => unit switch
    {
        "yuan" => new Text("元", "yuan"),
        "share" => new Text("占比", "share"),
        "index" => new Text("指数", "index"),
        _ => new Text("", ""),
    };

    private static Text Both(Bilingual text) => new(text.Zh, text.En);
}
