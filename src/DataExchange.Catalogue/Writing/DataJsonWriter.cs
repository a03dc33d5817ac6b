using System.Text.Json;
using DataExchange.Catalogue.Shelf;
using DataExchange.Domain;

namespace DataExchange.Catalogue.Writing;

/// <summary>
/// Writes the shelves as a <c>data.json</c> (DCAT-US 1.1). That has one language and no price; what it lacks stands in members of our own, <c>dx:…</c>,
/// which readers pass over.
/// </summary>
public static class DataJsonWriter
{
    private const string Schema = "https://project-open-data.cio.gov/v1.1/schema";

    /// <summary>Writes a catalogue. The parameters are those of <see cref="DcatWriter.Write"/>.</summary>
    /// <param name="fold">The products and the parties' names.</param>
    /// <param name="header">What it is a catalogue of.</param>
    /// <param name="withUnlisted">Whether products that stand on no shelf are described too.</param>
    /// <param name="output">Where it goes, UTF-8.</param>
    /// <param name="cancellation">Stops it.</param>
    public static WrittenCatalogue Write(CatalogueFold fold, CatalogueHeader header, bool withUnlisted, Stream output, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(fold);
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(output);
        using var json = JsonFile.Begin(output);
        json.WriteStartObject();
        json.WriteString("@context", Schema + "/catalog.jsonld");
        json.WriteString("@id", header.Iri);
        json.WriteString("@type", "dcat:Catalog");
        json.WriteString("conformsTo", Schema);
        json.WriteString("describedBy", Schema + "/catalog.json");
        json.WriteStartArray("dataset");
        var (count, places) = (0, 0);
        foreach (var product in fold.Products)
        {
            cancellation.ThrowIfCancellationRequested();
            VenueId[] venues = [.. header.Venues.Where(venue => DcatWriter.IsAt(product, venue, withUnlisted))];
            if (venues.Length > 0)
            {
                count++;
                places += venues.Length;
                Write(json, fold, header, product, venues);
                json.FlushWhenFull();
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
        JsonFile.End(json, output);
        return new WrittenCatalogue(count, places);
    }

    private static void Write(Utf8JsonWriter json, CatalogueFold fold, CatalogueHeader header, CatalogueProduct product, VenueId[] venues)
    {
        var facts = product.Registration;
        var publisher = fold.NameOf(product.Holder);
        json.WriteStartObject();
        json.WriteString("@type", "dcat:Dataset");
        json.WriteString("title", product.Title);
        json.WriteString("description", $"{product.Title}。应用场景：{facts.UseScenario}");
        json.WriteStartArray("keyword");
        json.WriteStringValue(header.WordsOf("category", facts.Category).Zh);
        json.WriteStringValue(header.WordsOf("form", facts.Form.ToString()).Zh);
        json.WriteEndArray();
        json.WriteString("modified", product.ModifiedAt.ToString());
        json.WriteString("issued", facts.At.ToString());
        json.WriteStartObject("publisher");
        json.WriteString("@type", "org:Organization");
        json.WriteString("name", publisher.Zh);
        json.WriteString("dx:nameEn", publisher.En);
        json.WriteEndObject();
        json.WriteStartObject("contactPoint");
        json.WriteString("@type", "vcard:Contact");
        json.WriteString("fn", fold.NameOf(venues[0]).Zh);
        json.WriteString("hasEmail", $"mailto:shelf@{venues[0].Value}.dataexchange.invalid");
        json.WriteEndObject();
        json.WriteString("identifier", Handle.OfProduct(product.Product).Value);
        // What is sold under a licence is public only in part; DCAT-US has no finer word.
        json.WriteString("accessLevel", facts.SecurityClass == SecurityClass.General ? "restricted public" : "non-public");
        json.WriteString("rights", "Sold under a licence of the data exchange");
        json.WriteStartArray("language");
        json.WriteStringValue("zh-CN");
        json.WriteEndArray();
        json.WriteStartArray("theme");
        json.WriteStringValue(facts.Category);
        json.WriteEndArray();
        if (product.Terms is { } terms)
        {
            json.WriteString("license", $"{Iris.Terms}licence/{terms.Licence}");
            json.WriteNumber("dx:unitPriceFen", terms.UnitPriceFen);
            json.WriteString("dx:priceUnit", terms.Unit.ToString());
        }

        WriteOwn(json, product, venues);
        json.WriteEndObject();
    }

    private static void WriteOwn(Utf8JsonWriter json, CatalogueProduct product, VenueId[] venues)
    {
        var facts = product.Registration;
        json.WriteString("dx:titleEn", product.TitleEn);
        json.WriteString("dx:form", facts.Form.ToString());
        json.WriteString("dx:category", facts.Category);
        json.WriteString("dx:subTrack", facts.SubTrack);
        json.WriteString("dx:securityClass", facts.SecurityClass.ToString());
        json.WriteBoolean("dx:isPublicData", facts.IsPublicData);
        json.WriteBoolean("dx:containsPersonalInformation", facts.ContainsPersonalInformation);
        json.WriteString("dx:useScenario", facts.UseScenario);
        json.WriteString("dx:fingerprint", facts.Fingerprint);
        json.WriteStartArray("dx:venues");
        foreach (var venue in venues)
        {
            json.WriteStringValue(venue.Value);
        }

        json.WriteEndArray();
    }
}
