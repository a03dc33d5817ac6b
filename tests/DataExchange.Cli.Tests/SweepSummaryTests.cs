using System.Globalization;
using System.Text;
using DataExchange.Cli.Running.Sweeps;
using DataExchange.Scenarios;

namespace DataExchange.Cli.Tests;

public sealed class SweepSummaryTests
{
    private const string Sweep =
        """
        {"formatVersion": 1, "name": "sens", "scenario": "hangzhou-2025", "scale": 0.02, "seeds": [1, 2], "design": {"kind": "saltelli", "points": 256},
         "parameters": [{"path": "demand.level", "from": 0.5, "to": 1.5}, {"path": "deals.disputed", "from": 0, "to": 1}]}
        """;

    private static readonly SweepPlan Plan = SweepPlan.Of(Sweep, ScenarioCatalogue.TextOf("hangzhou-2025"), "here");

    /// <summary>A figure that is 3 x + y and what the seed adds: 9/10 and 1/10 of its variance, and nothing of the seed's.</summary>
    private static SweepRow RowOf(PlannedRun run)
    {
        var (x, y) = (double.Parse(run.Values[0], CultureInfo.InvariantCulture), double.Parse(run.Values[1], CultureInfo.InvariantCulture));
        return new(
            run.Run, run.Point, run.Seed, run.Values,
            [.. SweepFigures.All.Select((figure, i) => i == 0 ? (3 * x) + y + (run.Seed * 10.0) : figure.Name == "calibration_error" ? (double?)null : 5)], 100, "d", null);
    }

    private static SweepRow[] Rows => [.. Enumerable.Range(0, Plan.Runs).Select(run => RowOf(Plan.At(run)))];

    [Fact]
    public void A_Saltelli_sweep_tells_what_each_parameter_does_over_the_mean_of_the_seeds()
    {
        Assert.Equal((1024, 2048), (Plan.Points, Plan.Runs));
        var figures = SweepSummary.Of(Plan, Rows).Figures;
        var sensitivity = figures[0].Sensitivity!;
        Assert.Equal(["demand.level", "deals.disputed"], sensitivity.Parameters.Select(index => index.Path));
        Assert.InRange(sensitivity.Parameters[0].First.Estimate, 0.87, 0.93);
        Assert.InRange(sensitivity.Parameters[0].Total.Estimate, 0.87, 0.93);
        Assert.InRange(sensitivity.Parameters[1].Total.Estimate, 0.08, 0.12);
        Assert.Empty(figures[1].Sensitivity!.Parameters);
        Assert.Equal((2048, 5.0, 0.0), (figures[1].Runs, figures[1].Mean, figures[1].StandardDeviation));
        Assert.Equal((0, (double?)null), (figures[^1].Runs, figures[^1].Mean));
    }

    [Fact]
    public void A_failed_run_takes_its_base_point_out_and_is_counted()
    {
        var rows = Rows;
        rows[5] = rows[5] with { Figures = [], Events = null, Digest = null, Error = "no" };
        var summary = SweepSummary.Of(Plan, rows);
        Assert.Equal((1, 2047), (summary.Failed, summary.Figures[0].Runs));
        Assert.Equal((255, 1), (summary.Figures[0].Sensitivity!.Rows, summary.Figures[0].Sensitivity!.Missing));
    }

    [Fact]
    public void The_page_speaks_both_languages_has_a_bar_for_each_index_and_needs_nobody()
    {
        var page = SweepPage.Render(SweepSummary.Of(Plan, Rows));
        Assert.Contains("上架产品", page, StringComparison.Ordinal);
        Assert.Contains("Products ever listed", page, StringComparison.Ordinal);
        Assert.Equal(2, page.Split("<rect class=\"first\"").Length - 1);
        Assert.Equal(2, page.Split("<rect class=\"total\"").Length - 1);
        Assert.DoesNotContain("http", page, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Csv_has_exact_numbers_and_quotes_what_needs_it()
    {
        await using var stream = new MemoryStream();
        await new SweepCsv().WriteAsync(
            new([new("a", SweepColumnType.Real, "", ""), new("b,c", SweepColumnType.Text, "", ""), new("d", SweepColumnType.Whole, "", "")], [[0.1, "say \"no\",\nnow", 9_000_000_000_000_000_001], [null, "", null]]),
            stream, TestContext.Current.CancellationToken);
        Assert.Equal("a,\"b,c\",d\r\n0.1,\"say \"\"no\"\",\nnow\",9000000000000000001\r\n,,\r\n", Encoding.UTF8.GetString(stream.ToArray()));
    }

    [Fact]
    public async Task Parquet_of_the_same_table_is_the_same_bytes_and_a_failed_run_has_nothing_in_its_cells()
    {
        var rows = Rows[..3];
        rows[1] = rows[1] with { Figures = [], Events = null, Digest = null, Error = "no" };
        var (first, second) = (await BytesAsync(), await BytesAsync());
        Assert.Equal(first, second);
        await using var reader = await Parquet.ParquetReader.CreateAsync(new MemoryStream(first), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Contains("\"registered_amount_fen\"", reader.CustomMetadata[SweepParquet.DictionaryKey], StringComparison.Ordinal);
        Assert.Equal(SweepRow.Columns(Plan.File).Select(column => column.Name), reader.Schema.DataFields.Select(field => field.Name));
        Assert.Equal(3, reader.OpenRowGroupReader(0).RowCount);

        async Task<byte[]> BytesAsync()
        {
            await using var stream = new MemoryStream();
            await new SweepParquet().WriteAsync(new(SweepRow.Columns(Plan.File), rows.Select(row => row.Cells(Plan.File))), stream, TestContext.Current.CancellationToken);
            return stream.ToArray();
        }
    }

    [Fact]
    public void A_journal_keeps_finished_lines_and_refuses_what_does_not_belong_to_it()
    {
        var folder = Directory.CreateTempSubdirectory("dx-sweep-").FullName;
        try
        {
            var header = SweepHeader.Of(Plan, 1, 2);
            using (var journal = SweepJournal.Open(folder, header, false))
            {
                journal.Add(RowOf(Plan.At(3)));
                journal.Add(RowOf(Plan.At(1)));
            }

            File.AppendAllText(Path.Combine(folder, SweepJournal.FileName), "{\"run\":5");
            using (var journal = SweepJournal.Open(folder, header, true))
            {
                Assert.Equal([1, 3], journal.Rows.Select(row => row.Run));
                Assert.Equal(RowOf(Plan.At(3)).Figures, journal.Rows[1].Figures);
                Assert.Contains("cannot be used", Assert.Throws<Commands.WrongInputException>(() => SweepJournal.Open(folder, header, true)).Message, StringComparison.Ordinal);
            }

            Assert.EndsWith("}\n", File.ReadAllText(Path.Combine(folder, SweepJournal.FileName)), StringComparison.Ordinal);
            Refused("give --resume", () => SweepJournal.Open(folder, header, false));
            Refused("it is slice 1/2, asked for is 0/1", () => SweepJournal.Open(folder, SweepHeader.Of(Plan, 0, 1), true));
            Refused("it was made by version", () => SweepJournal.Open(folder, header with { Program = "9" }, true));
            File.AppendAllText(Path.Combine(folder, SweepJournal.FileName), System.Text.Json.JsonSerializer.Serialize(RowOf(Plan.At(2)), System.Text.Json.JsonSerializerOptions.Web) + "\n");
            Refused("line 4: run '2' is not allowed", () => SweepJournal.Open(folder, header, true));
        }
        finally
        {
            Directory.Delete(folder, true);
        }

        static void Refused(string told, Func<SweepJournal> open) => Assert.Contains(told, Assert.Throws<Commands.WrongInputException>(open).Message, StringComparison.Ordinal);
    }
}
