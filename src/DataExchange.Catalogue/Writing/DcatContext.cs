using System.Text.Json;

namespace DataExchange.Catalogue.Writing;

/// <summary>The JSON-LD context of exported catalogues. It stands in the file itself, so that nothing has to be fetched to read it.</summary>
internal static class DcatContext
{
    internal static readonly IReadOnlyList<(string Prefix, string Iri)> Prefixes =
    [
        ("adms", "http://www.w3.org/ns/adms#"),
        ("dcat", "http://www.w3.org/ns/dcat#"),
        ("dct", "http://purl.org/dc/terms/"),
        ("dqv", "http://www.w3.org/ns/dqv#"),
        ("dx", Iris.Terms),
        ("foaf", "http://xmlns.com/foaf/0.1/"),
        ("hdl", "info:hdl/"),
        ("odrl", "http://www.w3.org/ns/odrl/2/"),
        ("prov", "http://www.w3.org/ns/prov#"),
        ("schema", "https://schema.org/"),
        ("skos", "http://www.w3.org/2004/02/skos/core#"),
        ("xsd", "http://www.w3.org/2001/XMLSchema#"),
    ];

    private static readonly string[] Times = ["dct:issued", "dct:modified", "dx:validUntil"];
    private static readonly string[] Decimals = ["schema:price"];

    internal static void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("@context");
        foreach (var (prefix, iri) in Prefixes)
        {
            json.WriteString(prefix, iri);
        }

        foreach (var term in Times)
        {
            WriteTyped(json, term, "xsd:dateTime");
        }

        foreach (var term in Decimals)
        {
            WriteTyped(json, term, "xsd:decimal");
        }

        json.WriteEndObject();
    }

    private static void WriteTyped(Utf8JsonWriter json, string term, string type)
    {
        json.WriteStartObject(term);
        json.WriteString("@type", type);
        json.WriteEndObject();
    }
}
