using DataExchange.Web.Chain;
using DataExchange.Web.Frame;
using DataExchange.Web.Shelf;

namespace DataExchange.Web.Overview;

/// <summary>A category in sums.</summary>
/// <param name="Category">The category.</param>
/// <param name="Products">Products ever listed.</param>
/// <param name="Deals">Transactions.</param>
/// <param name="SalesFen">Their amount, fen.</param>
public sealed record CategorySums(string Category, int Products, int Deals, long SalesFen);

/// <summary>The categories as a treemap of what they sold.</summary>
internal static class CategoryMap
{
    /// <summary>The categories, the best sold first.</summary>
    /// <param name="shelf">The shelves.</param>
    internal static IReadOnlyList<CategorySums> Of(ShelfIndex shelf) =>
    [
        .. shelf.Products.GroupBy(product => product.Category)
            .Select(group => new CategorySums(group.Key, group.Count(), group.Sum(product => product.Deals), group.Sum(product => product.SalesFen)))
            .OrderByDescending(category => category.SalesFen).ThenBy(category => category.Category, StringComparer.Ordinal),
    ];

    internal static string Draw(IReadOnlyList<CategorySums> categories, PageFrame frame, string labelledBy)
    {
        const double width = 1_000, height = 420, least = 64;
        var svg = ChainPlot.Begin(width, height, labelledBy, "treemap");
        foreach (var cell in Treemap.Of([.. categories.Select(category => (double)category.SalesFen)], width, height))
        {
            var category = categories[cell.Index];
            var name = frame.Locale.Of(frame.Market.Facts.CategoryOf(category.Category));
            var amount = frame.Locale.Amount(category.SalesFen);
            svg.Append($"<a href=\"{frame.To("/shelf")}?category={Uri.EscapeDataString(category.Category)}\" aria-label=\"{ChainPlot.Escape(name + ", " + amount)}\">");
            svg.Append($"<rect class=\"cell t{cell.Index % 4}\" x=\"{ChainPlot.N(cell.X)}\" y=\"{ChainPlot.N(cell.Y)}\" width=\"{ChainPlot.N(cell.Width)}\" height=\"{ChainPlot.N(cell.Height)}\"/>");
            if (cell.Width >= least && cell.Height >= 40)
            {
                var most = (int)(cell.Width / (frame.Locale == Locale.Zh ? 16 : 8.5));
                svg.Append($"<text class=\"name\" x=\"{ChainPlot.N(cell.X + 8)}\" y=\"{ChainPlot.N(cell.Y + 20)}\">{ChainPlot.Escape(name.Length > most ? name[..Math.Max(1, most - 1)] + "…" : name)}</text>");
                svg.Append($"<text x=\"{ChainPlot.N(cell.X + 8)}\" y=\"{ChainPlot.N(cell.Y + 37)}\">{ChainPlot.Escape(amount)}</text>");
            }

            svg.Append("</a>");
        }

        return svg.Append("</svg>").ToString();
    }
}
