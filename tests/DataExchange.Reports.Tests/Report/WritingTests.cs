using System.Diagnostics;
using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Domain.Trading;
using DataExchange.Reports.Figures;
using DataExchange.Reports.Html.Sections;
using DataExchange.Reports.ReadModels;
using DataExchange.Reports.Words;

namespace DataExchange.Reports.Tests.Report;

public sealed class WritingTests
{
    [Fact]
    public void A_folder_that_is_a_file_is_named_with_its_cause()
    {
        var file = Path.GetTempFileName();

        var error = Assert.Throws<ReportWriteException>(() => new MarketReport(file));

        Assert.Contains(file, error.Message, StringComparison.Ordinal);
        File.Delete(file);
    }

    [Fact]
    public void A_report_that_is_given_up_leaves_nothing()
    {
        using var folder = new Folder();
        using (var report = new MarketReport(folder.Path))
        {
            report.Add(new DealEntry { Id = "D1" });
        }

        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_name_taken_by_a_folder_is_named_and_the_temporary_file_removed()
    {
        using var folder = new Folder();
        Directory.CreateDirectory(Path.Combine(folder.Path, MarketReport.PageName));
        using (var report = new MarketReport(folder.Path))
        {
            var error = Assert.Throws<ReportWriteException>(() => report.Complete(SampleReport.Facts, new([], [], [], [])));
            Assert.EndsWith(MarketReport.PageName, error.Path, StringComparison.Ordinal);
        }

        Assert.Equal([MarketReport.PageName], Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void A_full_disk_is_said_so_and_leaves_no_half_file()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "needs root to mount a small disk");
        using var folder = new Folder();
        Assert.SkipUnless(Run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", folder.Path) == 0, "cannot mount a small disk here");
        try
        {
            using (var report = new MarketReport(folder.Path))
            {
                var error = Assert.Throws<ReportWriteException>(() =>
                {
                    for (var i = 0; i < 100_000; i++)
                    {
                        report.Add(new DealEntry { Id = $"D{i:0000000}" });
                    }
                });
                Assert.Contains("deals.csv", error.Message, StringComparison.Ordinal);
                Assert.Contains("space", error.Message, StringComparison.OrdinalIgnoreCase);
            }

            Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
        }
        finally
        {
            Run("umount", folder.Path);
        }
    }

    [Fact]
    public void An_empty_market_has_a_report_too()
    {
        using var folder = new Folder();
        using var report = new MarketReport(folder.Path);

        var result = report.Complete(SampleReport.Facts, new([], [], [], []));

        Assert.Equal(0, result.Figures.Deals);
        Assert.Null(result.Figures.OrderBooks);
        Assert.DoesNotContain("id=\"books\"", File.ReadAllText(result.Files[0]), StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"#books\"", File.ReadAllText(result.Files[0]), StringComparison.Ordinal);
        Assert.All(result.Files, file => Assert.True(File.Exists(file), file));
    }

    [Fact]
    public void Every_term_has_words_in_both_languages()
    {
        List<Text> words =
        [
            .. Enum.GetValues<Rejection>().Select(RejectionWords.Of), .. Enum.GetValues<ProductForm>().Select(Terms.Of),
            .. Enum.GetValues<LicenceKind>().Select(Terms.Of), .. Enum.GetValues<PriceUnit>().Select(Terms.Of),
            .. Enum.GetValues<TradeChannel>().Select(Terms.Of), .. Enum.GetValues<SecurityClass>().Select(Terms.Of),
            .. Enum.GetValues<DelistingReason>().Select(Terms.Of), .. Enum.GetValues<ShelfStatus>().Select(Terms.Of),
            .. Enum.GetValues<DealStage>().Select(Terms.Of), .. Enum.GetValues<ProductStage>().Select(PathToSale.Of),
            .. Enum.GetValues<BookSide>().Select(BookWords.Of), .. Enum.GetValues<BookOrderKind>().Select(BookWords.Of),
            .. Enum.GetValues<BookOrderLife>().Select(BookWords.Of), .. Enum.GetValues<PackSupply>().Select(BookWords.Of),
            .. Enum.GetValues<SelfTradePolicy>().Select(BookWords.Of), .. Enum.GetValues<TradingPhase>().Select(BookWords.Of),
            .. Enum.GetValues<BookCancelCause>().Select(BookWords.Of),
            .. Enum.GetValues<RefusalKind>().Select(PathToSale.Of), .. Enum.GetValues<Provenance>().Select(Comparison.Of),
        ];

        Assert.All(words, text => Assert.Matches(@"[\u3400-\u9fff]", text.Zh));
        Assert.All(words, text => Assert.Matches("^[A-Za-z '’,.-]+$", text.En));
        Assert.Equal(Enum.GetValues<Rejection>().Length, Enum.GetValues<Rejection>().Select(reason => RejectionWords.Of(reason).En).Distinct().Count());
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        return process.ExitCode;
    }

    private sealed class Folder : IDisposable
    {
        internal string Path { get; } = Directory.CreateTempSubdirectory("dx-writing-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
