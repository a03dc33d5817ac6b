using System.Text.Json;
using DataExchange.Catalogue.Shelf;
using DataExchange.Domain;

namespace DataExchange.Catalogue.Writing;

/// <summary>
/// Writes the market's shelves as a DCAT 3 catalogue in JSON-LD: one <c>dcat:Catalog</c> for the market, one for each venue in it, and in these the
/// products. The same products give the same bytes.
/// </summary>
public static class DcatWriter
{
    /// <summary>Writes a catalogue.</summary>
    /// <param name="fold">The products and the parties' names.</param>
    /// <param name="header">What it is a catalogue of.</param>
    /// <param name="withUnlisted">Whether products that stand on no shelf are described too, at the venue that registered them.</param>
    /// <param name="output">Where it goes, UTF-8.</param>
    /// <param name="cancellation">Stops it.</param>
    public static WrittenCatalogue Write(CatalogueFold fold, CatalogueHeader header, bool withUnlisted, Stream output, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(fold);
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(output);
        using var json = JsonFile.Begin(output);
        var products = fold.Products;
        var described = new HashSet<ProductId>();
        var places = 0;
        json.WriteStartObject();
        DcatContext.Write(json);
        json.WriteString("@id", header.Iri);
        json.WriteString("@type", "dcat:Catalog");
        json.WriteLabel("dct:title", header.Title);
        json.WriteReference("dct:conformsTo", "http://www.w3.org/ns/dcat#");
        if (header.At is { } at)
        {
            json.WriteString("dct:modified", at.ToString());
        }

        json.WriteStartArray("dcat:catalog");
        foreach (var venue in header.Venues)
        {
            CatalogueProduct[] here = [.. products.Where(product => IsAt(product, venue, withUnlisted))];
            places += here.Length;
            WriteVenue(json, fold, header, venue, here, described, cancellation);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        JsonFile.End(json, output);
        return new WrittenCatalogue(described.Count, places);
    }

    /// <summary>Whether a product belongs in a venue's catalogue.</summary>
    internal static bool IsAt(CatalogueProduct product, VenueId venue, bool withUnlisted) =>
        product.On(venue) is not null || (withUnlisted && !product.IsOnShelf && product.Registration.Venue == venue);

    private static void WriteVenue(
        Utf8JsonWriter json, CatalogueFold fold, CatalogueHeader header, VenueId venue, CatalogueProduct[] here, HashSet<ProductId> described,
        CancellationToken cancellation)
    {
        var iri = $"{header.Iri}/{Uri.EscapeDataString(venue.Value)}";
        var name = fold.NameOf(venue);
        json.WriteStartObject();
        json.WriteString("@id", iri);
        json.WriteString("@type", "dcat:Catalog");
        json.WriteString("dct:identifier", venue.Value);
        json.WriteLabel("dct:title", name);
        DcatProduct.WriteParty(json, "dct:publisher", new PartyId("venue-" + venue.Value), name);
        WriteDelivery(json, iri, name);
        Write("dcat:dataset", here.Where(product => !DcatProduct.IsService(product)));
        Write("dcat:service", here.Where(DcatProduct.IsService));
        json.WriteEndObject();

        void Write(string property, IEnumerable<CatalogueProduct> products)
        {
            json.WriteStartArray(property);
            foreach (var product in products)
            {
                cancellation.ThrowIfCancellationRequested();
                if (described.Add(product.Product))
                {
                    DcatProduct.Write(json, fold, header, product, iri);
                }
                else
                {
                    json.WriteStartObject();
                    json.WriteString("@id", Iris.Of(Handle.OfProduct(product.Product)));
                    json.WriteEndObject();
                }

                json.FlushWhenFull();
            }

            json.WriteEndArray();
        }
    }

    // Not one of the catalogue's services: it is how a venue delivers, and nothing that is sold.
    private static void WriteDelivery(Utf8JsonWriter json, string venue, Label name)
    {
        json.WriteStartArray("@included");
        json.WriteStartObject();
        json.WriteString("@id", DeliveryOf(venue));
        json.WriteString("@type", "dcat:DataService");
        json.WriteLabel("dct:title", new($"{name.Zh}交付服务", $"Delivery service of {name.En}"));
        json.WriteReference("dcat:endpointURL", venue);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    internal static string DeliveryOf(string venue) => venue + "#delivery";
}
