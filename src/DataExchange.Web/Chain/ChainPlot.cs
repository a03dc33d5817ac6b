using System.Globalization;
using System.Net;
using System.Text;
using DataExchange.Web.Frame;

namespace DataExchange.Web.Chain;

/// <summary>Drawings of the industry chain as SVG, made on the server. Every box leads to its page; what they say stands in tables beside them too.</summary>
internal static class ChainPlot
{
    private const double Tau = Math.PI * 2;

    /// <summary>The ecosystems in a ring, as large as their supply, with the flows between them and what is wanted of each.</summary>
    internal static string Ecosystems(ChainMarket market, PageFrame frame, string labelledBy)
    {
        const double width = 640, height = 430, centre = width / 2, middle = height / 2, far = 150;
        var nodes = market.Chain.Below("").ToArray();
        var most = Math.Max(1, nodes.Max(node => (double)market.At(node.Id).SalesFen));
        var places = nodes.Select((node, i) => (node.Id, X: centre + (1.35 * far * Math.Sin(Tau * i / nodes.Length)), Y: middle - (far * Math.Cos(Tau * i / nodes.Length))))
            .ToDictionary(place => place.Id, place => (place.X, place.Y), StringComparer.Ordinal);
        var svg = Begin(width, height, labelledBy, "chain");
        var flows = market.BetweenEcosystems.ToArray();
        var strongest = Math.Max(1, flows.Length == 0 ? 1 : flows[0].Flows);
        foreach (var (from, to, count) in flows)
        {
            // Each direction bends to its own side.
            var (a, b) = (places[from], places[to]);
            var (bendX, bendY) = (((a.X + b.X) / 2) + ((b.Y - a.Y) * .12), ((a.Y + b.Y) / 2) - ((b.X - a.X) * .12));
            svg.Append($"<path class=\"flow\" d=\"M{N(a.X)} {N(a.Y)}Q{N(bendX)} {N(bendY)} {N(b.X)} {N(b.Y)}\" stroke-width=\"{N(.6 + (4 * (double)count / strongest))}\"/>");
        }

        foreach (var node in nodes)
        {
            var (x, y) = places[node.Id];
            var sums = market.At(node.Id);
            var radius = 18 + (30 * Math.Sqrt(sums.SalesFen / most));
            svg.Append($"<a href=\"{frame.To("/chain#" + node.Id)}\"><circle class=\"node\" cx=\"{N(x)}\" cy=\"{N(y)}\" r=\"{N(radius)}\"/>");
            svg.Append($"<text class=\"name\" translate=\"no\" x=\"{N(x)}\" y=\"{N(y - 3)}\" text-anchor=\"middle\">{Escape(frame.Locale.Of(node.Name))}</text>");
            svg.Append($"<text x=\"{N(x)}\" y=\"{N(y + 12)}\" text-anchor=\"middle\">{Escape(frame.Locale.With("chain.short", Locale.Count(sums.Products), Locale.Count(sums.Wanted)))}</text></a>");
        }

        return svg.Append("</svg>").ToString();
    }

    /// <summary>A sub-track between those that supply it and those that it supplies.</summary>
    internal static string Around(ChainMarket market, ChainNodeFacts here, PageFrame frame, string labelledBy)
    {
        string[] suppliers = [.. market.Chain.Flows.Where(flow => flow.To == here.Id).Select(flow => flow.From)];
        string[] customers = [.. market.Chain.Flows.Where(flow => flow.From == here.Id).Select(flow => flow.To)];
        const double width = 900, box = 250, row = 56;
        var height = Math.Max(1, Math.Max(suppliers.Length, customers.Length)) * row;
        var svg = Begin(width, height, labelledBy, "chain");
        Column(suppliers, 0, isLeft: true);
        Column(customers, width - box, isLeft: false);
        Box(here.Id, (width - box) / 2, (height - 44) / 2, "node here");
        return svg.Append("</svg>").ToString();

        void Column(string[] ids, double x, bool isLeft)
        {
            var top = (height - (ids.Length * row)) / 2;
            for (var i = 0; i < ids.Length; i++)
            {
                var y = top + (i * row) + ((row - 44) / 2);
                var (from, to) = isLeft ? (x + box, (width - box) / 2) : ((width + box) / 2, x);
                var (start, end) = isLeft ? (y + 22, height / 2) : (height / 2, y + 22);
                svg.Append($"<path class=\"flow\" d=\"M{N(from)} {N(start)}C{N((from + to) / 2)} {N(start)} {N((from + to) / 2)} {N(end)} {N(to)} {N(end)}\" stroke-width=\"1.5\"/>");
                Box(ids[i], x, y, "node");
            }
        }

        void Box(string id, double x, double y, string kind)
        {
            var sums = market.At(id);
            svg.Append($"<a href=\"{frame.ToChain(id)}\"><rect class=\"{kind}\" x=\"{N(x)}\" y=\"{N(y)}\" width=\"{N(box)}\" height=\"44\" rx=\"4\"/>");
            svg.Append($"<text class=\"name\" translate=\"no\" x=\"{N(x + (box / 2))}\" y=\"{N(y + 18)}\" text-anchor=\"middle\">{Escape(Short(frame.Locale.Of(market.Chain.Find(id)!.Name)))}</text>");
            svg.Append($"<text x=\"{N(x + (box / 2))}\" y=\"{N(y + 35)}\" text-anchor=\"middle\">{Escape(frame.Locale.With("chain.short", Locale.Count(sums.Products), Locale.Count(sums.Wanted)))}</text></a>");
        }
    }

    internal static StringBuilder Begin(double width, double height, string labelledBy, string kind) =>
        new StringBuilder().Append($"<svg class=\"{kind}\" viewBox=\"0 0 {N(width)} {N(height)}\" role=\"group\" aria-labelledby=\"{labelledBy}\">");

    internal static string N(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);

    internal static string Escape(string text) => WebUtility.HtmlEncode(text);

    internal static string Short(string text) => text.Length > 34 ? text[..33] + "…" : text;
}
