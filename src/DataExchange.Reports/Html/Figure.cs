using System.Text;
using DataExchange.Reports.Html.Plots;
using DataExchange.Reports.Words;

namespace DataExchange.Reports.Html;

/// <summary>A cell of a table.</summary>
/// <param name="Html">What is in it.</param>
/// <param name="IsNumber">Whether it is set to the right.</param>
/// <param name="Bar">Length of a bar behind it, 0 to 1; null for none.</param>
internal readonly record struct Cell(string Html, bool IsNumber = false, double? Bar = null)
{
    internal static Cell Of(Text text) => new(Markup.Span(text));

    internal static Cell Name(string text) => new(Markup.Name(text));

    internal static Cell Count(long number) => new(Numbers.Count(number), true);

    internal static Cell Number(Text number) => new(Markup.Span(number), true);

    internal static Cell BarOf(double share, int series = 1) => new($"<span class=\"bar s{series}\" style=\"width:{Markup.N(Math.Clamp(share, 0, 1) * 100)}%\"></span>", false, share);
}

/// <summary>A table with a caption.</summary>
internal sealed record DataTable(Text Caption, IReadOnlyList<(Text Name, bool IsNumber)> Columns, IReadOnlyList<IReadOnlyList<Cell>> Rows)
{
    internal string ToHtml(string kind = "")
    {
        var html = new StringBuilder($"<div class=\"scroll\" tabindex=\"0\"><table class=\"{kind}\"><caption>{Markup.Span(Caption)}</caption><thead><tr>");
        foreach (var (name, isNumber) in Columns)
        {
            html.Append($"<th scope=\"col\"{(isNumber ? " class=\"number\"" : "")}>{Markup.Span(name)}</th>");
        }

        html.Append("</tr></thead><tbody>");
        foreach (var row in Rows)
        {
            html.Append("<tr>");
            for (var i = 0; i < row.Count; i++)
            {
                var kindOfCell = row[i].Bar is not null ? " class=\"bars\"" : row[i].IsNumber ? " class=\"number\"" : "";
                html.Append(i == 0 ? $"<th scope=\"row\"{kindOfCell}>{row[i].Html}</th>" : $"<td{kindOfCell}>{row[i].Html}</td>");
            }

            html.Append("</tr>");
        }

        return html.Append("</tbody></table></div>").ToString();
    }
}

/// <summary>Figures and tables of the page, numbered in order.</summary>
internal sealed class FigureNumbering
{
    private static readonly PlotSize Wide = new(1_060, 380, false);
    private static readonly PlotSize Half = new(520, 330, false);
    private static readonly PlotSize Narrow = new(330, 270, true);
    private int _figures;

    /// <summary>A plot with its title, what it says, its key and its numbers as a table.</summary>
    internal string Plot(Text title, Text says, IReadOnlyList<Text> key, Func<PlotSize, Canvas> draw, DataTable table, bool isWide)
    {
        var id = $"f{++_figures}";
        var html = new StringBuilder($"<figure class=\"{(isWide ? "whole" : "half")}\" id=\"{id}\"><figcaption>");
        html.Append($"<h3 id=\"{id}t\"><span class=\"no\">{Markup.Span(new($"图 {_figures}", $"Figure {_figures}"))}</span> {Markup.Span(title)}</h3>");
        html.Append($"<p id=\"{id}d\">{Markup.Span(says)}</p>");
        if (key.Count > 0)
        {
            html.Append("<ul class=\"key\">");
            for (var i = 0; i < key.Count; i++)
            {
                html.Append($"<li><i class=\"s{i + 1}\"></i>{Markup.Span(key[i])}</li>");
            }

            html.Append("</ul>");
        }

        html.Append("</figcaption>")
            .Append(draw(isWide ? Wide : Half).ToSvg($"{id}t {id}d"))
            .Append(draw(Narrow).ToSvg($"{id}t {id}d"))
            .Append($"<details><summary>{Markup.Span(new("数据表", "Data table"))}</summary>{table.ToHtml("data")}</details></figure>");
        return html.ToString();
    }

    /// <summary>A table whose bars are the plot.</summary>
    internal string Bars(Text title, Text says, DataTable table, bool isWide = false)
    {
        var id = $"f{++_figures}";
        return $"<figure class=\"{(isWide ? "whole" : "half")}\" id=\"{id}\"><figcaption><h3><span class=\"no\">"
            + $"{Markup.Span(new($"图 {_figures}", $"Figure {_figures}"))}</span> {Markup.Span(title)}</h3><p>{Markup.Span(says)}</p></figcaption>"
            + $"{table.ToHtml("bartable")}</figure>";
    }
}
