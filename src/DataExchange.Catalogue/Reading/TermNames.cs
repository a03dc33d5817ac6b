using System.Text.Json;

namespace DataExchange.Catalogue.Reading;

/// <summary>
/// What the names of members mean, whatever style a catalogue writes them in: <c>title</c>, <c>dct:title</c>, <c>dcterms:title</c>, a whole IRI, or an alias of
/// its own context. A name becomes the last part of the term in lower case, of our own terms with <c>dx:</c> before it; a term of a vocabulary that is not
/// known means nothing here. Contexts that stand elsewhere are not fetched.
/// </summary>
internal sealed class TermNames
{
    private static readonly string[] Known =
    [
        "http://purl.org/dc/terms/", "http://purl.org/dc/elements/1.1/", "http://www.w3.org/ns/dcat#", "http://xmlns.com/foaf/0.1/", "http://schema.org/",
        "http://www.w3.org/2006/vcard/ns#", "http://www.w3.org/2004/02/skos/core#", "http://www.w3.org/2000/01/rdf-schema#", "http://www.w3.org/ns/adms#",
        "http://project-open-data.cio.gov/v1.1/schema#", "http://resources.data.gov/ontology/dcat-us#", "http://data.europa.eu/r5r/",
    ];

    private static readonly Dictionary<string, string> Usual = new(StringComparer.Ordinal)
    {
        ["dct"] = Known[0],
        ["dcterms"] = Known[0],
        ["terms"] = Known[0],
        ["dc"] = Known[0],
        ["dc11"] = Known[1],
        ["dcat"] = Known[2],
        ["foaf"] = Known[3],
        ["schema"] = Known[4],
        ["sdo"] = Known[4],
        ["vcard"] = Known[5],
        ["skos"] = Known[6],
        ["rdfs"] = Known[7],
        ["adms"] = Known[8],
        ["pod"] = Known[9],
        ["dcat-us"] = Known[10],
        ["dcatap"] = Known[11],
        ["dx"] = Iris.Terms,
    };

    private readonly Dictionary<string, string> _context = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string?> _resolved = new(StringComparer.Ordinal);

    /// <summary>Takes the contexts that stand in a document.</summary>
    /// <param name="root">The document.</param>
    internal TermNames(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Object && Texts.TryGet(root, "@context", out var context))
        {
            Take(context);
        }
        else if (root.ValueKind == JsonValueKind.Array)
        {
            foreach (var node in root.EnumerateArray().Where(node => node.ValueKind == JsonValueKind.Object).Take(1))
            {
                if (Texts.TryGet(node, "@context", out context))
                {
                    Take(context);
                }
            }
        }
    }

    /// <summary>What a name means; null when nothing here.</summary>
    internal string? Of(string name)
    {
        if (!_resolved.TryGetValue(name, out var meaning))
        {
            meaning = Resolve(name, 0);
            // A file may have any number of names of its own making.
            if (_resolved.Count < 10_000)
            {
                _resolved.Add(name, meaning);
            }
        }

        return meaning;
    }

    private string? Resolve(string name, int depth)
    {
        if (name.Length == 0 || name[0] == '@')
        {
            return name;
        }

        // An alias of an alias is as far as anyone goes; a circle ends here.
        if (depth < 4 && _context.TryGetValue(name, out var alias) && alias != name)
        {
            return Resolve(alias, depth + 1);
        }

        if (name.Contains("://", StringComparison.Ordinal))
        {
            return TermOf(name);
        }

        var colon = name.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            return name.ToLowerInvariant();
        }

        var prefix = name[..colon];
        return _context.TryGetValue(prefix, out var iri) || Usual.TryGetValue(prefix, out iri) ? TermOf(iri + name[(colon + 1)..]) : null;
    }

    private static string? TermOf(string iri)
    {
        if (iri.StartsWith(Iris.Terms, StringComparison.Ordinal))
        {
            return "dx:" + iri[Iris.Terms.Length..];
        }

        var plain = iri.StartsWith("https://", StringComparison.Ordinal) ? "http://" + iri["https://".Length..] : iri;
        foreach (var known in Known)
        {
            if (plain.StartsWith(known, StringComparison.Ordinal))
            {
                return plain[known.Length..].ToLowerInvariant();
            }
        }

        return null;
    }

    private void Take(JsonElement context)
    {
        switch (context.ValueKind)
        {
            case JsonValueKind.Array:
                foreach (var part in context.EnumerateArray())
                {
                    Take(part);
                }

                break;
            case JsonValueKind.Object:
                foreach (var term in context.EnumerateObject())
                {
                    var value = term.Value.ValueKind == JsonValueKind.Object && Texts.TryGet(term.Value, "@id", out var id) ? id : term.Value;
                    if (value.ValueKind == JsonValueKind.String && Texts.Of(value) is { } iri)
                    {
                        _context[Texts.NameOf(term)] = iri;
                    }
                }

                break;
        }
    }
}
