using System.Text.Json;

namespace DataExchange.Catalogue.Reading;

/// <summary>An entry that is to become a record.</summary>
/// <param name="Element">What stands there.</param>
/// <param name="Unusable">Why it is none; null when it can be read.</param>
/// <param name="Catalogue">The catalogue that it stands in; null outside one.</param>
internal readonly record struct Entry(JsonElement Element, Unusable? Unusable, Node? Catalogue);

/// <summary>
/// Finds the records of a catalogue: first what catalogues hold or refer to, then datasets and services at the top of a graph. Each thing once, however often it
/// is referred to.
/// </summary>
internal sealed class RecordFinder(NodeIndex index)
{
    private static readonly string[] CatalogueTypes = ["catalog", "datacatalog"];
    private static readonly string[] RecordTypes = ["dataset", "dataservice", "datasetseries"];
    private static readonly string[] Containers = ["dataset", "service", "resource", "datasets", "services"];
    private static readonly string[] SubCatalogues = ["catalog", "catalogs"];

    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly HashSet<string> _catalogues = new(StringComparer.Ordinal);
    private readonly HashSet<int> _references = [];
    private List<Entry> _entries = [];

    internal IReadOnlyList<Entry> Entries => _entries;

    /// <summary>Finds them.</summary>
    /// <returns>What the file was taken for.</returns>
    /// <exception cref="CatalogueFormatException">It is no catalogue.</exception>
    internal string Find(JsonElement root)
    {
        var format = root.ValueKind switch
        {
            JsonValueKind.Array => FindInArray(root) ?? FindInBareList(root),
            JsonValueKind.Object => FindInObject(root),
            _ => null,
        };
        if (format is null)
        {
            throw new CatalogueFormatException(
                "the file is JSON but no catalogue: neither a dcat:Catalog, nor a list of datasets ('dataset', '@graph'), nor a dataset was found in it");
        }

        FollowReferences();
        return format;
    }

    private string? FindInObject(JsonElement root)
    {
        if (Texts.TryGet(root, "@graph", out var graph) && graph.ValueKind is JsonValueKind.Array or JsonValueKind.Object)
        {
            return graph.ValueKind == JsonValueKind.Array ? FindInArray(graph) ?? (graph.GetArrayLength() == 0 ? "DCAT (JSON-LD)" : null) : FindInObject(graph);
        }

        if (IsCatalogue(root))
        {
            WalkCatalogue(root);
            return IsDcatUs(root) ? "DCAT-US (data.json)" : "DCAT (JSON-LD)";
        }

        if (IsRecord(root))
        {
            Take(root, null);
            return "DCAT (JSON-LD)";
        }

        return FindInCkan(root);
    }

    private string? FindInArray(JsonElement nodes)
    {
        var objects = nodes.EnumerateArray().Where(node => node.ValueKind == JsonValueKind.Object).ToArray();
        var any = false;
        foreach (var node in objects.Where(IsCatalogue))
        {
            any = true;
            WalkCatalogue(node);
        }

        foreach (var node in objects.Where(node => IsRecord(node) && !IsCatalogue(node)))
        {
            any = true;
            Take(node, null);
        }

        if (!any)
        {
            return null;
        }

        // What stands between nodes and is none is told, not passed over.
        foreach (var other in nodes.EnumerateArray().Where(node => node.ValueKind != JsonValueKind.Object))
        {
            _entries.Add(new Entry(other, Unusable.NotAnObject, null));
        }

        return "DCAT (JSON-LD)";
    }

    // The first data.json files were a list of datasets and nothing else.
    private string? FindInBareList(JsonElement root)
    {
        if (!root.EnumerateArray().Any(entry => entry.ValueKind == JsonValueKind.Object && new Node(entry, index) is var node
            && node.Has("title") && (node.Has("identifier") || node.Has("description") || node.Has("distribution"))))
        {
            return root.GetArrayLength() == 0 ? "DCAT-US (data.json)" : null;
        }

        foreach (var entry in root.EnumerateArray())
        {
            Add(entry, null);
        }

        return "DCAT-US (data.json)";
    }

    // package_search, package_list with resources, package_show.
    private string? FindInCkan(JsonElement root)
    {
        if (!Texts.TryGet(root, "result", out var result))
        {
            return null;
        }

        if (result.ValueKind == JsonValueKind.Object && Texts.TryGet(result, "results", out var results))
        {
            result = results;
        }

        if (result.ValueKind == JsonValueKind.Object && Texts.TryGet(result, "title", out _))
        {
            Take(result, null);
            return "CKAN";
        }

        if (result.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        foreach (var entry in result.EnumerateArray())
        {
            Add(entry, null);
        }

        return "CKAN";
    }

    private void WalkCatalogue(JsonElement element)
    {
        if (NodeIndex.IdOf(element, index.Names) is { } id && !_catalogues.Add(id))
        {
            return;
        }

        var catalogue = new Node(element, index);
        foreach (var container in Containers)
        {
            foreach (var entry in catalogue.All(container))
            {
                Add(entry, catalogue);
            }
        }

        foreach (var inner in catalogue.Nodes(SubCatalogues))
        {
            WalkCatalogue(inner.Element);
        }
    }

    private void Add(JsonElement entry, Node? catalogue)
    {
        if (entry.ValueKind == JsonValueKind.String || (entry.ValueKind == JsonValueKind.Object && index.IsReference(entry)))
        {
            _references.Add(_entries.Count);
            _entries.Add(new Entry(entry, null, catalogue));
        }
        else if (entry.ValueKind == JsonValueKind.Object)
        {
            Take(entry, catalogue);
        }
        else
        {
            _entries.Add(new Entry(entry, Unusable.NotAnObject, catalogue));
        }
    }

    private void Take(JsonElement element, Node? catalogue)
    {
        if (NodeIndex.IdOf(element, index.Names) is { } id)
        {
            _taken.Add(id);
        }

        _entries.Add(new Entry(element, null, catalogue));
    }

    // Only now is it known what stands in the file itself: a reference to that is no record of its own.
    private void FollowReferences()
    {
        var found = new List<Entry>(_entries.Count);
        for (var i = 0; i < _entries.Count; i++)
        {
            var entry = _entries[i];
            if (!_references.Contains(i))
            {
                found.Add(entry);
                continue;
            }

            var name = entry.Element.ValueKind == JsonValueKind.String ? Texts.Of(entry.Element) : NodeIndex.IdOf(entry.Element, index.Names);
            if (name is null || _taken.Add(name))
            {
                found.Add(name is not null && index.Resolve(entry.Element) is { } element
                    ? entry with { Element = element }
                    : entry with { Unusable = Unusable.ReferenceUnresolved });
            }
        }

        _entries = found;
    }

    private bool IsCatalogue(JsonElement node) => Is(node, CatalogueTypes) || (!Is(node, RecordTypes) && new Node(node, index) is var read && (read.Has("dataset") || read.Has("datasets")));

    private bool IsRecord(JsonElement node) => Is(node, RecordTypes) && !index.IsReference(node);

    private bool Is(JsonElement node, string[] types) => NodeIndex.TypesOf(node, index.Names).Any(types.Contains);

    private bool IsDcatUs(JsonElement root) => new Node(root, index) is var node
        && (node.TextsOf("conformsto").Any(text => text.Value.Contains("project-open-data", StringComparison.OrdinalIgnoreCase)
            || text.Value.Contains("dcat-us", StringComparison.OrdinalIgnoreCase)) || Texts.TryGet(root, "dataset", out _));
}
