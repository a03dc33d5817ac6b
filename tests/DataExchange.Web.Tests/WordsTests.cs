using System.Text.RegularExpressions;
using DataExchange.Exchange.Accounts;
using DataExchange.Scenarios;
using DataExchange.Vouchers.Facts;
using DataExchange.Web.Frame;
using DataExchange.Web.Lessons;
using DataExchange.Web.Lessons.Topics;
using DataExchange.Web.Market;
using DataExchange.Web.Shelf;
using DataExchange.Web.Studio;

namespace DataExchange.Web.Tests;

/// <summary>Every word of the pages is in both resource files, translated, and used.</summary>
public sealed partial class WordsTests
{
    [Fact]
    public void Both_languages_have_the_same_keys() =>
        Assert.Equal(Locale.Zh.Words.Keys.Order(StringComparer.Ordinal), Locale.En.Words.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void No_text_is_empty_or_the_same_in_both_languages() => Assert.DoesNotContain(Locale.Zh.Words.Keys, key =>
        string.IsNullOrWhiteSpace(Locale.Zh[key]) || string.IsNullOrWhiteSpace(Locale.En[key]) || Locale.Zh[key] == Locale.En[key]);

    [Fact]
    public void Chinese_is_Chinese_and_English_is_not() => Assert.DoesNotContain(Locale.Zh.Words.Keys, key =>
        !Chinese().IsMatch(Locale.Zh[key]) || Chinese().IsMatch(Locale.En[key]));

    [Fact]
    public void A_text_has_the_same_values_in_both_languages() => Assert.DoesNotContain(Locale.Zh.Words.Keys, key =>
        !ValuesOf(Locale.Zh[key]).SequenceEqual(ValuesOf(Locale.En[key])));

    [Fact]
    public void The_sources_use_every_key_and_no_other()
    {
        string[] used =
        [
            .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "DataExchange.Web"), "*", SearchOption.AllDirectories)
                .Where(path => path.EndsWith(".razor", StringComparison.Ordinal) || path.EndsWith(".cs", StringComparison.Ordinal))
                .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal))
                .SelectMany(path => Key().Matches(File.ReadAllText(path)).Select(match => match.Groups[1].Value)).Distinct(),
        ];
        // Of these the last part is a value of an enumeration.
        string[] made =
        [
            .. Enum.GetNames<PriceBand>().Select(name => "price." + name), .. Enum.GetNames<ShelfOrder>().Select(name => "order." + name),
            .. Enum.GetNames<LedgerCode>().Select(name => "code." + name), .. Enum.GetNames<CertificateStatus>().Select(name => "certificate." + name),
            .. Enum.GetNames<SharesOrigin>().Select(name => "shares." + name), .. Lesson.All.SelectMany(lesson => lesson.Keys()), .. RightsLesson.WishKeys,
            .. Enum.GetNames<StudioStage>().Select(name => "studio.stage." + name),
            .. ScenarioFigures.Of(ScenarioCatalogue.TextOf("hangzhou-2025")).Where(figure => !figure.Path.StartsWith("benchmarks", StringComparison.Ordinal))
                .SelectMany(figure => new[] { "studio.group." + figure.Path.Split('.', '[')[0], "provenance." + figure.Figure.Provenance.ToString().ToLowerInvariant() }).Distinct(),
        ];
        var expected = used.Where(Locale.En.Words.ContainsKey).Concat(made).ToHashSet();
        // The ledger's codes may have words before they are there.
        Assert.DoesNotContain(Locale.En.Words.Keys.Except(expected), key => !key.StartsWith("code.", StringComparison.Ordinal));
        Assert.Empty(made.Except(Locale.En.Words.Keys));
        Assert.Empty(used.Where(key => Group().IsMatch(key)).Except(Locale.En.Words.Keys));
    }

    [Theory]
    [InlineData(0, "¥0.00", "¥0.00")]
    [InlineData(86_050, "¥860.50", "¥860.50")]
    [InlineData(1_234_567, "1.23 万元", "¥12.35 k")]
    [InlineData(930_000_000_000, "93 亿元", "¥9.3 bn")]
    [InlineData(-450_000_000, "−450 万元", "−¥4.5 M")]
    public void Amounts_are_written_as_each_language_counts(long fen, string zh, string en) =>
        Assert.Equal((zh, en), (Locale.Zh.Amount(fen), Locale.En.Amount(fen)));

    [Fact]
    public void Dates_are_of_China_and_written_in_each_language()
    {
        var moment = new DateTimeOffset(2025, 2, 28, 17, 5, 0, TimeSpan.Zero);
        Assert.Equal(("2025年3月1日 01:05", "1 Mar 2025 01:05"), (Locale.Zh.Time(moment), Locale.En.Time(moment)));
    }

    private static IEnumerable<string> ValuesOf(string text) => Value().Matches(text).Select(match => match.Value).Order(StringComparer.Ordinal).Distinct();

    [GeneratedRegex(@"[\u3400-\u9fff]|^¥[\d,]+ ?[\u3400-\u9fff]")]
    private static partial Regex Chinese();

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Value();

    [GeneratedRegex("\"([a-z]+(?:\\.[A-Za-z0-9]+)+)\"")]
    private static partial Regex Key();

    // A text that looks like a key and is none: the names of files and of what is measured.
    [GeneratedRegex(@"^(nav|shelf|facet|product|dcat|certificate|price|value|shares|story|proof|overview|ledger|journal|deal|log|leaf|lesson|message|pages|label|footer|app|word)\.(?!css|js|svg)")]
    private static partial Regex Group();
}
