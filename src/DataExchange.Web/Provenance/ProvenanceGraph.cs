using DataExchange.Web.Frame;
using DataExchange.Web.Market;

namespace DataExchange.Web.Provenance;

/// <summary>Something in a product's provenance.</summary>
/// <param name="Layer">How far from the origin, from 0.</param>
/// <param name="Role">What it is.</param>
/// <param name="Name">Which one.</param>
public sealed record ProvenanceNode(int Layer, string Role, string Name);

/// <summary>How one thing came from another, with the word of PROV-O for it.</summary>
/// <param name="From">The earlier, by number.</param>
/// <param name="To">The later, by number.</param>
/// <param name="Relation">PROV-O's word, said of the later.</param>
public sealed record ProvenanceEdge(int From, int To, string Relation);

/// <summary>Where a product comes from and where it went: who made it, who looked at it, what was certified, where it is sold, to how many.</summary>
/// <remarks>Relations are those of PROV-O (W3C Recommendation of 30 April 2013); a quotation from it in no way.</remarks>
public sealed class ProvenanceGraph
{
    private const int FingerprintShown = 12;
    private readonly List<ProvenanceNode> _nodes = [];
    private readonly List<ProvenanceEdge> _edges = [];

    private ProvenanceGraph()
    {
    }

    /// <summary>What there is, the earlier layers first.</summary>
    public IReadOnlyList<ProvenanceNode> Nodes => _nodes;

    /// <summary>How it came from each other.</summary>
    public IReadOnlyList<ProvenanceEdge> Edges => _edges;

    /// <summary>Makes the graph.</summary>
    /// <param name="facts">The product.</param>
    /// <param name="frame">In which language.</param>
    public static ProvenanceGraph Of(ProductFacts facts, PageFrame frame)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(frame);
        var (graph, words) = (new ProvenanceGraph(), frame.Locale);
        var provider = graph.Add(0, words["provenance.provider"], Named(facts.Timeline.Provider));
        int[] makers = [provider, .. facts.Shares.Where(share => !share.IsHolder && share.Party != facts.Timeline.Provider).Select(share => graph.Add(0, words["provenance.contributor"], Named(share.Party)))];
        if (facts.Certificate is not { } certified)
        {
            return graph;
        }

        var content = graph.Add(1, words.With("provenance.content", certified.Version), certified.Fingerprint[..FingerprintShown] + "…");
        graph.Link(makers, content, "wasAttributedTo");
        int[] assessed =
        [
            .. certified.Compliance is { } compliance ? [graph.Add(2, words["provenance.compliance"], Named(compliance.By.Value))] : (int[])[],
            .. certified.Quality is { } quality ? [graph.Add(2, words["provenance.quality"], Named(quality.By.Value))] : (int[])[],
        ];
        graph.Link([content], assessed, "used");
        var certificate = graph.Add(3, words["provenance.certificate"], certified.Certificate!.Value.ToString());
        graph.Link(assessed.Length > 0 ? assessed : [content], certificate, "wasGeneratedBy");
        foreach (var place in facts.Places)
        {
            var shelf = graph.Add(4, words["provenance.shelf"], words.Of(frame.Market.Facts.VenueOf(place.Venue)));
            graph.Link([certificate], shelf, "wasDerivedFrom");
            if (place.Deals > 0)
            {
                graph.Link([shelf], graph.Add(5, words["provenance.sold"], words.With("provenance.deals", Locale.Count(place.Deals), words.Amount(place.SalesFen))), "wasDerivedFrom");
            }
        }

        return graph;

        string Named(string party) => words.Of(frame.Market.NameOf(party));
    }

    private int Add(int layer, string role, string name)
    {
        _nodes.Add(new ProvenanceNode(layer, role, name));
        return _nodes.Count - 1;
    }

    private void Link(int[] from, int to, string relation) => _edges.AddRange(from.Select(one => new ProvenanceEdge(one, to, relation)));

    private void Link(int[] from, int[] to, string relation)
    {
        foreach (var one in to)
        {
            Link(from, one, relation);
        }
    }
}
