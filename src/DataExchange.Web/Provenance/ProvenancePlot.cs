using DataExchange.Web.Chain;

namespace DataExchange.Web.Provenance;

/// <summary>The provenance as SVG, layer by layer from left to right.</summary>
internal static class ProvenancePlot
{
    private const double Box = 158, Gap = 34, Row = 58, Tall = 46;

    internal static string Draw(ProvenanceGraph graph, string labelledBy)
    {
        var layers = graph.Nodes.Select(node => node.Layer).Distinct().Order().ToList();
        var rows = graph.Nodes.GroupBy(node => node.Layer).Max(group => group.Count());
        var (width, height) = ((layers.Count * (Box + Gap)) - Gap, rows * Row);
        var places = new (double X, double Y)[graph.Nodes.Count];
        foreach (var layer in graph.Nodes.Select((node, i) => (node.Layer, i)).GroupBy(node => node.Layer))
        {
            foreach (var (number, row) in layer.Select((node, row) => (node.i, row)))
            {
                places[number] = (layers.IndexOf(layer.Key) * (Box + Gap), ((height - (layer.Count() * Row)) / 2) + (row * Row) + ((Row - Tall) / 2));
            }
        }

        var svg = ChainPlot.Begin(width, height, labelledBy, "provenance");
        foreach (var edge in graph.Edges)
        {
            var (from, to) = (places[edge.From], places[edge.To]);
            var (start, end, middle) = (from.X + Box, to.X, (from.X + Box + to.X) / 2);
            svg.Append($"<path class=\"flow\" stroke-width=\"1.5\" d=\"M{ChainPlot.N(start)} {ChainPlot.N(from.Y + (Tall / 2))}C{ChainPlot.N(middle)} {ChainPlot.N(from.Y + (Tall / 2))} {ChainPlot.N(middle)} {ChainPlot.N(to.Y + (Tall / 2))} {ChainPlot.N(end)} {ChainPlot.N(to.Y + (Tall / 2))}\"/>");
        }

        for (var i = 0; i < graph.Nodes.Count; i++)
        {
            var (node, place) = (graph.Nodes[i], places[i]);
            svg.Append($"<rect class=\"node\" x=\"{ChainPlot.N(place.X)}\" y=\"{ChainPlot.N(place.Y)}\" width=\"{ChainPlot.N(Box)}\" height=\"{ChainPlot.N(Tall)}\" rx=\"4\"/>");
            svg.Append($"<text x=\"{ChainPlot.N(place.X + 8)}\" y=\"{ChainPlot.N(place.Y + 18)}\">{ChainPlot.Escape(node.Role)}</text>");
            svg.Append($"<text class=\"name\" x=\"{ChainPlot.N(place.X + 8)}\" y=\"{ChainPlot.N(place.Y + 36)}\">{ChainPlot.Escape(Fit(node.Name))}</text>");
        }

        return svg.Append("</svg>").ToString();
    }

    // As much of a name as fits a box: a Chinese character is about twice as wide as a letter.
    internal static string Fit(string name)
    {
        const int most = 21;
        var taken = 0;
        var runes = name.EnumerateRunes().TakeWhile(rune => (taken += rune.Value > 0x2E7F ? 2 : 1) <= most).ToArray();
        var fitting = string.Concat(runes);
        return fitting.Length == name.Length ? name : fitting + "…";
    }
}
