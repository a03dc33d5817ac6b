using System.Globalization;
using System.Reflection;
using System.Text;
using DataExchange.Reports.Figures;
using DataExchange.Reports.Words;

namespace DataExchange.Reports.Html;

/// <summary>Makes the page: one file that needs no other and no network.</summary>
public static class ReportPage
{
    /// <summary>The whole page.</summary>
    /// <param name="facts">What is to be said of the run.</param>
    /// <param name="figures">What is to be shown.</param>
    public static string Render(RunFacts facts, MarketFigures figures)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(figures);
        var numbering = new FigureNumbering();
        var names = new Names(facts);
        var page = new StringBuilder(400_000);
        page.Append("<!DOCTYPE html>\n<html lang=\"zh-CN\" data-lang=\"zh\"><head><meta charset=\"utf-8\">")
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta name=\"color-scheme\" content=\"light dark\">")
            .Append("<link rel=\"icon\" href=\"data:,\">")
            .Append($"<title data-zh=\"{Markup.Escape(facts.Title.Zh)}\" data-en=\"{Markup.Escape(facts.Title.En)}\">{Markup.Escape(facts.Title.Zh)}</title>")
            .Append($"<style>{Asset("report.css")}</style><script>{Asset("report.js")}</script></head><body>")
            .Append($"<a class=\"skip\" href=\"#main\">{Markup.Span(new("跳到正文", "Skip to content"))}</a>");
        Header(page, facts, figures);
        page.Append("<main id=\"main\">")
            .Append(Sections.Overview.Render(facts, figures))
            .Append(Section("growth", new("增长", "Growth"), Sections.Growth.Render(facts, figures, names, numbering)))
            .Append(Section("structure", new("结构", "Structure"), Sections.Structure.Render(figures, names, numbering)))
            .Append(Section("path", new("流程与拒绝", "Path and refusals"), Sections.PathToSale.Render(figures, numbering)))
            .Append(Section("leaders", new("集中度与头部", "Concentration and leaders"), Sections.Leaders.Render(figures, names, numbering)))
            .Append(Section("quality", new("市场质量", "Market quality"), Sections.Quality.Render(figures.Quality, figures.Liquidity, names)))
            .Append(figures.Welfare is { } welfare ? Section("welfare", new("福利", "Welfare"), Sections.Surplus.Render(welfare, names)) : "")
            .Append(figures.Demand is { } demand ? Section("demand", new("需求", "Demand"), Sections.Demand.Render(demand, names)) : "")
            .Append(figures.OrderBooks is { } books
                ? Section("books", new("订单簿", "Order books"), Sections.OrderBooks.Render(books, names, numbering)) : "")
            .Append(figures.Auctions.Count == 0
                ? "" : Section("auctions", new("竞价交易", "Auctions"), Sections.Auctions.Render(figures.Auctions)))
            .Append(figures.Sandbox.Count == 0
                ? "" : Section("sandbox", new("改革沙盒", "Reform sandbox"), Sections.Sandbox.Render(figures.Sandbox, names, numbering)))
            .Append(Section("check", new("公布数与模拟数对照", "Published beside reached"), Sections.Comparison.Render(facts)))
            .Append(Section("run", new("本次运行", "This run"), Sections.Run.Render(facts)))
            .Append("</main></body></html>\n");
        return page.ToString();
    }

    private static void Header(StringBuilder page, RunFacts facts, MarketFigures figures)
    {
        page.Append("<header><div class=\"bar-top\"><nav aria-label=\"目录 / Contents\">");
        foreach (var (id, name) in new (string, Text)[]
        {
            ("growth", new("增长", "Growth")), ("structure", new("结构", "Structure")), ("path", new("流程", "Path")),
            ("leaders", new("头部", "Leaders")), ("quality", new("质量", "Quality")), ("welfare", new("福利", "Welfare")), ("demand", new("需求", "Demand")), ("books", new("订单簿", "Books")),
            ("auctions", new("竞价", "Auctions")), ("sandbox", new("沙盒", "Sandbox")), ("check", new("对照", "Check")), ("run", new("运行", "Run")),
        })
        {
            page.Append(IsThere(figures, id) ? $"<a href=\"#{id}\">{Markup.Span(name)}</a>" : "");
        }

        page.Append("</nav><div class=\"switches\">")
            .Append("<button type=\"button\" id=\"theme\">").Append(Markup.Span(new("明暗", "Light/dark"))).Append("</button>")
            .Append("<button type=\"button\" id=\"language\"><span class=\"zh\" lang=\"en\">English</span><span class=\"en\" lang=\"zh-CN\">中文</span></button>")
            .Append("</div></div>")
            .Append($"<p class=\"eyebrow\">{Markup.Span(new("数据交易模拟年鉴", "A simulated yearbook of data trading"))}</p>")
            .Append($"<h1>{Markup.Span(facts.Title)}</h1>")
            .Append("<p class=\"lead\">")
            .Append(Markup.Span(new(
                $"模拟期 {Day(facts.From)} 至 {Day(facts.To)}。除标明“已公布”者外，本页全部数字均由模拟产生，并非真实交易记录。",
                $"Simulated from {Day(facts.From)} to {Day(facts.To)}. Unless marked as published, every number on this page was produced by the simulation; none is a record of real trade.")))
            .Append("</p></header>");
    }

    // A section without anything in it is left out.
    private static bool IsThere(MarketFigures figures, string section) => section switch
    {
        "welfare" => figures.Welfare is not null,
        "demand" => figures.Demand is not null,
        "books" => figures.OrderBooks is not null,
        "auctions" => figures.Auctions.Count > 0,
        "sandbox" => figures.Sandbox.Count > 0,
        _ => true,
    };

    private static string Section(string id, Text title, string content) =>
        $"<section id=\"{id}\" aria-labelledby=\"{id}-h\"><h2 id=\"{id}-h\">{Markup.Span(title)}</h2><div class=\"grid\">{content}</div></section>";

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Asset(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"DataExchange.Reports.Html.Assets.{name}")
            ?? throw new InvalidOperationException($"The assembly has no {name}.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}

/// <summary>Names of venues, categories and parties, as far as the run knows them.</summary>
internal sealed class Names(RunFacts facts)
{
    internal Text Venue(string id) => facts.Venues.FirstOrDefault(venue => venue.Id == id)?.Name ?? Text.Same(id);

    internal IReadOnlyList<string> Venues => [.. facts.Venues.Select(venue => venue.Id)];

    internal string Category(string id) => facts.Categories.TryGetValue(id, out var name) ? Markup.Span(name) : Markup.Name(id);

    internal string Party(string id) => facts.Parties.TryGetValue(id, out var name)
        ? $"{Markup.Span(name)} <small translate=\"no\">{Markup.Escape(id)}</small>"
        : Markup.Name(id);
}
