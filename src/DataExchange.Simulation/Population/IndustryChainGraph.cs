using System.Collections.Frozen;

namespace DataExchange.Simulation.Population;

/// <summary>Level of a node in the industry chain graph.</summary>
public enum ChainLevel
{
    /// <summary>生态圈.</summary>
    Ecosystem,

    /// <summary>产业链.</summary>
    Chain,

    /// <summary>产业赛道.</summary>
    Track,

    /// <summary>产业细分赛道.</summary>
    SubTrack,
}

/// <summary>A node of the graph.</summary>
/// <param name="Index">Position among all nodes.</param>
/// <param name="Id">Readable id; a child's begins with its parent's and a dot.</param>
/// <param name="Name">Its name.</param>
/// <param name="Level">Its level.</param>
/// <param name="Parent">Index of the parent; its own index for an ecosystem.</param>
/// <param name="Ecosystem">Number of its ecosystem, from 0.</param>
/// <param name="Output">What its track makes; <see cref="TrackOutput.Mixed"/> above the tracks.</param>
public sealed record ChainNode(int Index, string Id, Label Name, ChainLevel Level, int Parent, int Ecosystem, TrackOutput Output);

/// <summary>One end of an edge, seen from the other end.</summary>
/// <param name="SubTrack">Number of the sub-track at that end.</param>
/// <param name="DataKinds">Numbers of the kinds of data that flow, at least one.</param>
public sealed record SupplyLink(int SubTrack, IReadOnlyList<int> DataKinds);

/// <summary>
/// The industry chain graph: ecosystems → chains → tracks → sub-tracks, and which sub-track supplies which with data. Immutable.
/// Sub-tracks go by their number in <see cref="SubTracks"/>, ecosystems by theirs in <see cref="Ecosystems"/>.
/// </summary>
public sealed class IndustryChainGraph
{
    private readonly FrozenDictionary<string, int> _subTrackById;
    private readonly SupplyLink[][] _suppliers;
    private readonly SupplyLink[][] _customers;

    /// <summary>Builds the graph and checks it: ids, parents, edges, and the published counts.</summary>
    /// <param name="data">The graph as its file has it.</param>
    /// <exception cref="PopulationDataException">Something is wrong; every problem is named.</exception>
    public IndustryChainGraph(IndustryChainData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        var problems = new List<string>();
        Nodes = BuildNodes(data.Nodes, problems);
        Ecosystems = [.. Nodes.Where(node => node.Level == ChainLevel.Ecosystem)];
        SubTracks = [.. Nodes.Where(node => node.Level == ChainLevel.SubTrack)];
        DataKinds = data.DataKinds;
        _subTrackById = SubTracks.Select((node, number) => KeyValuePair.Create(node.Id, number)).ToFrozenDictionary();
        Expect(problems, "ecosystems", data.Published.Ecosystems, Ecosystems.Count);
        Expect(problems, "sub-tracks", data.Published.SubTracks, SubTracks.Count);

        var links = BuildLinks(data, problems);
        _suppliers = Group(links, link => link.To, link => new SupplyLink(link.From, link.Kinds));
        _customers = Group(links, link => link.From, link => new SupplyLink(link.To, link.Kinds));
        for (var number = 0; number < SubTracks.Count; number++)
        {
            AddIf(problems, _suppliers[number].Length == 0, $"Sub-track '{SubTracks[number].Id}' has no supplier.");
            AddIf(problems, _customers[number].Length == 0, $"Sub-track '{SubTracks[number].Id}' has no customer.");
        }

        PopulationDataException.ThrowIfAny("industry chain graph", problems);
    }

    /// <summary>All nodes, parents before children.</summary>
    public IReadOnlyList<ChainNode> Nodes { get; }

    /// <summary>The ecosystems.</summary>
    public IReadOnlyList<ChainNode> Ecosystems { get; }

    /// <summary>The sub-tracks; a sub-track's number is its position here.</summary>
    public IReadOnlyList<ChainNode> SubTracks { get; }

    /// <summary>Kinds of data that flow along the edges.</summary>
    public IReadOnlyList<CodedLabel> DataKinds { get; }

    /// <summary>The sub-tracks from which a sub-track buys data: at least one.</summary>
    /// <param name="subTrack">Number of the sub-track.</param>
    public IReadOnlyList<SupplyLink> SuppliersOf(int subTrack) => _suppliers[subTrack];

    /// <summary>The sub-tracks to which a sub-track supplies data: at least one.</summary>
    /// <param name="subTrack">Number of the sub-track.</param>
    public IReadOnlyList<SupplyLink> CustomersOf(int subTrack) => _customers[subTrack];

    /// <summary>The neighbours of each sub-track, by number: its suppliers, its customers and the others of its track, each once in ascending order.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Neighbours()
    {
        var tracks = Enumerable.Range(0, SubTracks.Count).ToLookup(number => SubTracks[number].Parent);
        return
        [
            .. Enumerable.Range(0, SubTracks.Count).Select(number => (IReadOnlyList<int>)
            [
                .. _suppliers[number].Concat(_customers[number]).Select(link => link.SubTrack).Concat(tracks[SubTracks[number].Parent])
                    .Where(other => other != number).Distinct().Order(),
            ]),
        ];
    }

    /// <summary>The number of the sub-track with an id.</summary>
    /// <param name="id">E.g. <c>smart-iot.chips.design.eda</c>.</param>
    /// <exception cref="ArgumentException">There is no such sub-track.</exception>
    public int SubTrackNumber(string id) =>
        _subTrackById.TryGetValue(id, out var number)
            ? number
            : throw new ArgumentException($"'{id}' is not a sub-track of the industry chain graph.", nameof(id));

    /// <summary>The nodes from a sub-track up to its ecosystem: sub-track, track, chain, ecosystem.</summary>
    /// <param name="subTrack">Number of the sub-track.</param>
    public IReadOnlyList<ChainNode> Ancestry(int subTrack)
    {
        var node = SubTracks[subTrack];
        var track = Nodes[node.Parent];
        var chain = Nodes[track.Parent];
        return [node, track, chain, Nodes[chain.Parent]];
    }

    private static ChainNode[] BuildNodes(IReadOnlyList<ChainNodeData> data, List<string> problems)
    {
        var nodes = new List<ChainNode>();
        var byId = new Dictionary<string, ChainNode>();
        var ecosystems = 0;
        foreach (var item in data)
        {
            var level = item.Id.Count(character => character == '.');
            var parentId = level == 0 ? null : item.Id[..item.Id.LastIndexOf('.')];
            ChainNode? parent = null;
            AddIf(problems, item.Zh.Length == 0 || item.En.Length == 0, $"Node '{item.Id}' lacks a Chinese or an English name.");
            AddIf(problems, (level == (int)ChainLevel.Track) != item.Output.HasValue,
                $"Node '{item.Id}': tracks, and only tracks, say what they make ('output').");
            if (level > (int)ChainLevel.SubTrack)
            {
                problems.Add($"Node '{item.Id}' is deeper than the four levels.");
            }
            else if (byId.ContainsKey(item.Id))
            {
                problems.Add($"Node '{item.Id}' appears twice.");
            }
            else if (parentId is not null && !byId.TryGetValue(parentId, out parent))
            {
                problems.Add($"Node '{item.Id}' has no parent '{parentId}' before it.");
            }
            else
            {
                var node = new ChainNode(
                    nodes.Count, item.Id, new Label(item.Zh, item.En), (ChainLevel)level, parent?.Index ?? nodes.Count,
                    parent?.Ecosystem ?? ecosystems++, item.Output ?? parent?.Output ?? TrackOutput.Mixed);
                nodes.Add(node);
                byId.Add(node.Id, node);
            }
        }

        return [.. nodes];
    }

    private List<(int From, int To, int[] Kinds)> BuildLinks(IndustryChainData data, List<string> problems)
    {
        var links = new List<(int From, int To, int[] Kinds)>();
        var kinds = data.DataKinds.Select((kind, number) => (kind.Id, number)).ToDictionary(pair => pair.Id, pair => pair.number);
        var seen = new HashSet<(int, int)>();
        foreach (var edge in data.Edges)
        {
            var name = $"Edge '{edge.From}' → '{edge.To}'";
            var known = _subTrackById.TryGetValue(edge.From, out var from) & _subTrackById.TryGetValue(edge.To, out var to);
            AddIf(problems, !known, $"{name} does not join two sub-tracks.");
            AddIf(problems, known && from == to, $"{name} leads back to itself.");
            AddIf(problems, known && !seen.Add((from, to)), $"{name} appears twice.");
            AddIf(problems, edge.Kinds.Count == 0, $"{name} carries no kind of data.");
            foreach (var kind in edge.Kinds.Where(kind => !kinds.ContainsKey(kind)))
            {
                problems.Add($"{name} carries '{kind}', which is not a kind of data; known are {string.Join(", ", kinds.Keys)}.");
            }

            if (known)
            {
                links.Add((from, to, [.. edge.Kinds.Where(kinds.ContainsKey).Select(kind => kinds[kind])]));
            }
        }

        return links;
    }

    private SupplyLink[][] Group(
        List<(int From, int To, int[] Kinds)> links,
        Func<(int From, int To, int[] Kinds), int> end,
        Func<(int From, int To, int[] Kinds), SupplyLink> seen)
    {
        var byEnd = links.ToLookup(end, seen);
        return [.. Enumerable.Range(0, SubTracks.Count).Select(number => byEnd[number].ToArray())];
    }

    private static void Expect(List<string> problems, string what, int expected, int found) =>
        AddIf(problems, expected != found, $"{expected} {what} are published, the file has {found}.");

    private static void AddIf(List<string> problems, bool wrong, string problem)
    {
        if (wrong)
        {
            problems.Add(problem);
        }
    }
}
