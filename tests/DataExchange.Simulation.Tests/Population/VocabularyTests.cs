using System.Diagnostics;
using System.Text.RegularExpressions;
using DataExchange.Domain;
using DataExchange.Scenarios.Population;
using DataExchange.Simulation.Population;
using DataExchange.Simulation.Randomness;

namespace DataExchange.Simulation.Tests.Population;

public sealed partial class VocabularyTests
{
    private static readonly PopulationData Data = PopulationData.Load();
    private static readonly Vocabulary Vocabulary = Data.Vocabulary;
    private static readonly DateOnly Day = new(2024, 5, 9);

    // About the mix of Zhejiang's shelf: 82.6 % industry, half of it in batches of twenty.
    private static List<ProductTitle> DrawShelf(ulong seed, int count)
    {
        var random = new RandomStream(seed, "titles");
        var titles = new List<ProductTitle>();
        while (titles.Count < count)
        {
            var form = random.Pick(Enum.GetValues<ProductForm>());
            var category = random.NextBoolean(0.826) ? "industry" : random.Pick(Vocabulary.Categories).Id;
            var subTrack = random.Pick(Vocabulary.SubTracksNear(category));
            if (random.NextBoolean(0.05) && category == "industry")
            {
                var series = Vocabulary.StartSeries(random, subTrack, category, random.NextBoolean(0.7) ? ProductForm.Report : ProductForm.Dataset);
                titles.AddRange(Enumerable.Range(0, 20).Select(i => series.TitleAt(i, Day)));
            }
            else
            {
                titles.Add(Vocabulary.MakeTitle(random, subTrack, category, form, -1, Day));
            }
        }

        return titles[..count];
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Four_thousand_titles_have_under_five_percent_repeats_and_none_after_registering(ulong seed)
    {
        var register = new TitleRegister();
        var titles = DrawShelf(seed, 4_000).ConvertAll(register.Register);
        TestContext.Current.TestOutputHelper?.WriteLine($"{4_000 - register.DistinctTitles} of 4,000 titles were repeats");
        Assert.InRange(register.DistinctTitles, 3_801, 4_000);
        Assert.Equal(4_000, titles.Select(title => title.Zh).Distinct().Count());
    }

    [Fact]
    public void A_title_that_comes_again_gets_its_edition()
    {
        var register = new TitleRegister();
        var title = new ProductTitle("杭州市低空气象网格实况接口", "Hangzhou low-altitude weather grid, live API");
        Assert.Equal(title, register.Register(title));
        Assert.Equal(
            new ProductTitle("杭州市低空气象网格实况接口（第2版）", "Hangzhou low-altitude weather grid, live API (edition 2)"), register.Register(title));
        Assert.EndsWith("（第3版）", register.Register(title).Zh);
    }

    [Fact]
    public void Every_category_form_and_sub_track_has_titles_in_both_languages_without_stutter()
    {
        var random = new RandomStream(4, "all");
        foreach (var category in Vocabulary.Categories)
        {
            foreach (var form in Enum.GetValues<ProductForm>())
            {
                for (var subTrack = 0; subTrack < 197; subTrack++)
                {
                    var title = Vocabulary.MakeTitle(random, subTrack, category.Id, form, (subTrack % 8) - 1, Day);
                    Assert.DoesNotMatch(Stutter(), title.Zh);
                    Assert.Matches("\\p{IsCJKUnifiedIdeographs}{4}", title.Zh);
                    Assert.DoesNotMatch("\\p{IsCJKUnifiedIdeographs}|  |, ,|,$| $", title.En);
                }
            }
        }
    }

    [Fact]
    public void The_example_of_the_shelf_can_be_made()
    {
        var drones = Data.Graph.SubTrackNumber("smart-iot.equipment.low-altitude.drones");
        var random = new RandomStream(5, "example");
        var titles = Enumerable.Range(0, 3_000)
            .Select(_ => Vocabulary.MakeTitle(random, drones, "city-governance", ProductForm.Api, -1, Day)).ToHashSet();
        Assert.Contains(new ProductTitle("杭州市低空气象网格实况接口", "Hangzhou low-altitude weather grid, live API"), titles);
    }

    [Fact]
    public void A_batch_goes_back_through_the_periods_of_one_region_and_then_to_the_next()
    {
        var random = new RandomStream(6, "batch");
        var series = Enumerable.Range(0, 50)
            .Select(_ => Vocabulary.StartSeries(random, 0, "industry", ProductForm.Report))
            .First(drawn => drawn.TitleAt(0, Day).Zh.EndsWith(" 2024年第1季度", StringComparison.Ordinal));
        var titles = Enumerable.Range(0, 60).Select(i => series.TitleAt(i, Day)).ToList();
        var stem = titles[0].Zh[..titles[0].Zh.IndexOf(' ', StringComparison.Ordinal)];
        Assert.Contains("EDA工具", stem);
        Assert.EndsWith("指数", stem);
        Assert.Equal(stem + " 2023年第4季度", titles[1].Zh);
        Assert.EndsWith(", 2023 Q4", titles[1].En);
        Assert.Equal(20, titles.Count(title => title.Zh.StartsWith(stem + ' ', StringComparison.Ordinal)));
        Assert.Equal(60, titles.Distinct().Count());
    }

    [Theory]
    [InlineData("smart-iot.sensing.vision.cameras", " smart cameras ")]
    [InlineData("smart-iot.chips.design.eda", " EDA tools ")]
    [InlineData("smart-iot.network.iot-platform.iot-modules", " IoT modules ")]
    [InlineData("life-health.devices.imaging.x-ray", " digital X-ray machines ")]
    [InlineData("life-health.biomedicine.chinese-medicine.herbs", " Zhejiang authentic herbs ")]
    [InlineData("digital-content.commerce.e-commerce.cross-border", " cross-border e-commerce ")]
    public void English_names_keep_only_the_capitals_they_own(string subTrack, string expected) =>
        Assert.Contains(expected, Vocabulary.MakeTitle(
            new RandomStream(14, "capitals"), Data.Graph.SubTrackNumber(subTrack), "industry", ProductForm.Model, -1, Day).En);

    [Fact]
    public void A_batch_can_be_made_title_by_title_from_the_same_stream()
    {
        var series = Vocabulary.StartSeries(new RandomStream(7, "provider/1/batch/1"), 40, "industry", ProductForm.Dataset);
        for (var i = 0; i < 30; i++)
        {
            Assert.Equal(
                series.TitleAt(i, Day),
                Vocabulary.MakeTitle(new RandomStream(7, "provider/1/batch/1"), 40, "industry", ProductForm.Dataset, i, Day));
        }
    }

    [Fact]
    public void No_title_names_a_period_that_is_not_over()
    {
        var random = new RandomStream(8, "periods");
        var title = Enumerable.Range(0, 500).Select(i => Vocabulary.MakeTitle(
            random, i % 197, "industry", ProductForm.Report, -1, new DateOnly(2017, 1, 1)).Zh).ToList();
        Assert.Contains(title, zh => zh.EndsWith("2016年12月", StringComparison.Ordinal));
        Assert.Contains(title, zh => zh.EndsWith("2016年第4季度", StringComparison.Ordinal));
        Assert.DoesNotContain(title, zh => zh.Contains("2017年", StringComparison.Ordinal));
    }

    [Fact]
    public void Sub_tracks_and_categories_know_each_other()
    {
        Assert.All(Vocabulary.Categories, category => Assert.NotEmpty(Vocabulary.SubTracksNear(category.Id)));
        for (var subTrack = 0; subTrack < 197; subTrack++)
        {
            Assert.Contains("industry", Vocabulary.CategoriesNear(subTrack));
            Assert.All(Vocabulary.CategoriesNear(subTrack), id => Assert.Contains(subTrack, Vocabulary.SubTracksNear(id)));
        }

        var broker = Data.Graph.SubTrackNumber("data-ai.data-services.circulation.brokerage");
        Assert.Equal(Vocabulary.Categories.Count, Vocabulary.CategoriesNear(broker).Count);
        Assert.DoesNotContain("agriculture", Vocabulary.CategoriesNear(Data.Graph.SubTrackNumber("smart-iot.chips.design.eda")));
    }

    [Fact]
    public void Twelve_thousand_firms_have_different_names_in_both_languages()
    {
        var random = new RandomStream(9, "firms");
        var taken = new HashSet<string>();
        var firms = Enumerable.Range(0, 12_000).Select(i => Vocabulary.MakeFirm(random, i % 197, taken)).ToList();
        Assert.Equal(12_000, firms.Select(firm => firm.Zh).Distinct().Count());
        Assert.All(firms, firm => Assert.Matches("^\\p{IsCJKUnifiedIdeographs}{8,20}$", firm.Zh));
        Assert.All(firms, firm => Assert.Matches("^[A-Z][A-Za-z-]+( [A-Z][A-Za-z-]+)+ (Co|Corp)\\., Ltd\\.$", firm.En));
        Assert.InRange(firms.Count(firm => firm.Zh.StartsWith("杭州", StringComparison.Ordinal)), 9_100, 9_700);
    }

    [Fact]
    public void Brands_of_existing_companies_are_never_made()
    {
        string[] known = ["海康", "大华", "宇视", "安恒", "澜起", "禾迈", "岚图", "曜石", "溯源"];
        var random = new RandomStream(10, "brands");
        var brands = Enumerable.Range(0, 50_000).Select(i => Vocabulary.MakeFirm(random, i % 197).Brand).ToHashSet();
        Assert.InRange(brands.Count, 1_500, 3_000);
        Assert.Empty(brands.Intersect(known));
    }

    [Fact]
    public void Firms_of_the_data_market_are_named_after_their_profession()
    {
        var random = new RandomStream(11, "professions");
        Assert.Equal(["assessor", "data-merchant", "public-data-operator", "valuer"], Vocabulary.Professions.Order());
        Assert.Matches("公共数据运营|数据发展|城市数据运营", Vocabulary.MakeProfessional(random, "public-data-operator").Zh);
        Assert.Contains("'broker' is not a profession", Assert.Throws<ArgumentException>(() => Vocabulary.MakeProfessional(random, "broker")).Message);
    }

    [Fact]
    public void Names_run_out_with_a_clear_error()
    {
        var random = new RandomStream(12, "exhausted");
        Assert.Contains("No free firm name", Assert.Throws<InvalidOperationException>(() =>
            Vocabulary.MakeFirm(random, 0, new EverythingTaken())).Message);
    }

    [Fact]
    public void Purposes_assessors_and_evidence_have_both_languages()
    {
        var labels = Vocabulary.Categories.SelectMany(category => category.UsePurposes.Concat(category.ContractPurposes).Append(category.Name))
            .Concat(Vocabulary.Assessors).Concat(Vocabulary.EvidenceKinds.Select(kind => new Label(kind.Zh, kind.En))).ToList();
        Assert.All(labels, label => Assert.Matches("\\p{IsCJKUnifiedIdeographs}", label.Zh));
        Assert.All(labels, label => Assert.Matches("^[A-Za-z][ -~]+$", label.En));
        Assert.InRange(Vocabulary.Assessors.Count, 10, 30);
        Assert.All(Vocabulary.Categories, category => Assert.True(category is { UsePurposes.Count: >= 4, ContractPurposes.Count: >= 3 }));
    }

    [Fact]
    public void An_unknown_category_is_named_with_the_known_ones() =>
        Assert.Contains("'weather' is not a category of products; known are agriculture, city-governance",
            Assert.Throws<ArgumentException>(() => Vocabulary.Category("weather")).Message);

    [Fact]
    public void A_title_and_a_name_cost_microseconds()
    {
        DrawShelf(13, 20_000);
        var random = new RandomStream(13, "speed");
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 50_000; i++)
        {
            Vocabulary.MakeTitle(random, i % 197, "industry", ProductForm.Report, -1, Day);
            Vocabulary.MakeFirm(random, i % 197);
        }

        var each = watch.Elapsed.TotalMicroseconds / 100_000;
        TestContext.Current.TestOutputHelper?.WriteLine($"{each:F2} microseconds each");
        Assert.True(each < 50, $"{each:F2} microseconds each"); // Ten times what a busy machine needs.
    }

    [GeneratedRegex("(\\p{IsCJKUnifiedIdeographs}{2,})\\1")]
    private static partial Regex Stutter();

    private sealed class EverythingTaken : HashSet<string>, ISet<string>
    {
        bool ISet<string>.Add(string item) => false;
    }
}
