using DataExchange.Reports.Words;

namespace DataExchange.Web.Chain;

/// <summary>A node of the industry chain graph.</summary>
/// <param name="Id">Its id; a child's begins with its parent's and a dot.</param>
/// <param name="Name">Its name.</param>
public sealed record ChainNodeFacts(string Id, Text Name)
{
    /// <summary>0 for an ecosystem, 1 for a chain, 2 for a track, 3 for a sub-track.</summary>
    public int Level { get; } = Id.Count(character => character == '.');

    /// <summary>Id of the node above; empty for an ecosystem.</summary>
    public string Parent { get; } = Id.LastIndexOf('.') is > 0 and var dot ? Id[..dot] : "";

    /// <summary>Id of its ecosystem.</summary>
    public string Ecosystem { get; } = Id.Split('.')[0];
}

/// <summary>Data flow from one sub-track to another.</summary>
/// <param name="From">The supplier.</param>
/// <param name="To">The customer.</param>
/// <param name="Kinds">Kinds of data.</param>
public sealed record ChainFlow(string From, string To, IReadOnlyList<Text> Kinds);

/// <summary>The industry chain graph: ecosystems, chains, tracks and sub-tracks, and which sub-track supplies which with data.</summary>
/// <param name="Nodes">All nodes, parents before children.</param>
/// <param name="Flows">All flows.</param>
public sealed record ChainFacts(IReadOnlyList<ChainNodeFacts> Nodes, IReadOnlyList<ChainFlow> Flows)
{
    private readonly Dictionary<string, ChainNodeFacts> _byId = Nodes.ToDictionary(node => node.Id, StringComparer.Ordinal);

    /// <summary>A node; null for none.</summary>
    /// <param name="id">Its id.</param>
    public ChainNodeFacts? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>The nodes right below one, in the order of the graph.</summary>
    /// <param name="id">Its id; empty for the ecosystems.</param>
    public IEnumerable<ChainNodeFacts> Below(string id) => Nodes.Where(node => node.Parent == id);
}
