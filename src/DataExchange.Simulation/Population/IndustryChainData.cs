namespace DataExchange.Simulation.Population;

/// <summary>What a track mostly makes; it decides which measures make sense for it.</summary>
public enum TrackOutput
{
    /// <summary>Things: capacity, product prices and factories can be measured.</summary>
    Goods,

    /// <summary>Services: users, clients and service prices can be measured.</summary>
    Services,

    /// <summary>Both.</summary>
    Mixed,
}

/// <summary>The industry chain graph as its file has it.</summary>
/// <param name="Title">What the file is.</param>
/// <param name="Provenance">Which parts are published and which assumed.</param>
/// <param name="Published">The published counts, which the content must match.</param>
/// <param name="DataKinds">Kinds of data that flow along the edges.</param>
/// <param name="Nodes">Every node of the four levels, parents before children.</param>
/// <param name="Edges">Which sub-track supplies which with data.</param>
public sealed record IndustryChainData(
    string Title,
    IReadOnlyDictionary<string, string> Provenance,
    PublishedChainCounts Published,
    IReadOnlyList<CodedLabel> DataKinds,
    IReadOnlyList<ChainNodeData> Nodes,
    IReadOnlyList<SupplyEdgeData> Edges);

/// <summary>The counts that are published of the graph.</summary>
/// <param name="Ecosystems">Ecosystems (生态圈).</param>
/// <param name="SubTracks">Sub-tracks (产业细分赛道).</param>
public sealed record PublishedChainCounts(int Ecosystems, int SubTracks);

/// <summary>A node of the tree; the number of dots in its id is its level, and the id before the last dot is its parent.</summary>
/// <param name="Id">E.g. <c>smart-iot.chips.design.eda</c>.</param>
/// <param name="Zh">Chinese name.</param>
/// <param name="En">English name.</param>
/// <param name="Output">What a track makes; for tracks only.</param>
public sealed record ChainNodeData(string Id, string Zh, string En, TrackOutput? Output = null);

/// <summary>Data flowing from one sub-track to another.</summary>
/// <param name="From">Id of the supplying sub-track.</param>
/// <param name="To">Id of the buying sub-track.</param>
/// <param name="Kinds">Ids of the kinds of data; at least one.</param>
public sealed record SupplyEdgeData(string From, string To, IReadOnlyList<string> Kinds);
