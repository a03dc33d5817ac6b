using System.Globalization;
using System.Text.Json;
using DataExchange.Catalogue.Shelf;
using DataExchange.Domain;
using DataExchange.Domain.Rights;
using DataExchange.Policies;

namespace DataExchange.Catalogue.Writing;

/// <summary>One product as DCAT 3.</summary>
internal static class DcatProduct
{
    internal static bool IsService(CatalogueProduct product) => Kinds.KindOf(product.Registration.Form) == ProductKind.DataService;

    internal static void Write(Utf8JsonWriter json, CatalogueFold fold, CatalogueHeader header, CatalogueProduct product, string venue)
    {
        var facts = product.Registration;
        var handle = Handle.OfProduct(product.Product);
        var iri = Iris.Of(handle);
        json.WriteStartObject();
        json.WriteString("@id", iri);
        json.WriteString("@type", IsService(product) ? "dcat:DataService" : "dcat:Dataset");
        json.WriteString("dct:identifier", handle.Value);
        json.WriteLabel("dct:title", new(product.Title, product.TitleEn));
        json.WriteLabel("dct:description", new($"{product.Title}。应用场景：{facts.UseScenario}", $"{product.TitleEn}. Use scenario: {facts.UseScenario}"));
        WriteParty(json, "dct:publisher", product.Holder, fold.NameOf(product.Holder));
        WriteParty(json, "dct:creator", facts.Provider, fold.NameOf(facts.Provider));
        json.WriteString("dct:issued", facts.At.ToString());
        json.WriteString("dct:modified", product.ModifiedAt.ToString());
        json.WriteString("dcat:version", product.Version.ToString(CultureInfo.InvariantCulture));
        WriteConcept(json, "dct:type", "form", facts.Form.ToString(), header);
        WriteThemes(json, header, facts);
        json.WriteReference("dct:accessRights", Iris.AccessRights + (facts.SecurityClass == SecurityClass.General ? "RESTRICTED" : "NON_PUBLIC"));
        WriteStatus(json, header, product);
        WriteOffer(json, header, product, iri);
        WriteQuality(json, product.Quality);
        WriteProvenance(json, fold, product);
        WriteCertificate(json, product);
        WriteOwn(json, product);
        if (IsService(product))
        {
            json.WriteReference("dcat:endpointURL", iri);
        }
        else
        {
            WriteDistribution(json, product, iri, venue);
        }

        json.WriteEndObject();
    }

    internal static void WriteParty(Utf8JsonWriter json, string property, PartyId party, Label name)
    {
        json.WriteStartObject(property);
        WritePartyMembers(json, party, name);
        json.WriteEndObject();
    }

    private static void WritePartyMembers(Utf8JsonWriter json, PartyId party, Label name)
    {
        json.WriteString("@id", Iris.Of(Handle.OfParty(party)));
        json.WriteStartArray("@type");
        json.WriteStringValue("foaf:Agent");
        json.WriteStringValue("foaf:Organization");
        json.WriteEndArray();
        json.WriteLabel("foaf:name", name);
    }

    private static void WriteThemes(Utf8JsonWriter json, CatalogueHeader header, ProductRegistered facts)
    {
        json.WriteStartArray("dcat:theme");
        WriteConceptValue(json, "category", facts.Category, header);
        if (facts.SubTrack.Length > 0)
        {
            WriteConceptValue(json, "subTrack", facts.SubTrack, header);
        }

        json.WriteEndArray();
    }

    private static void WriteStatus(Utf8JsonWriter json, CatalogueHeader header, CatalogueProduct product)
    {
        json.WriteStartArray("adms:status");
        foreach (var status in product.Places.Select(place => place.Status).Distinct().Order())
        {
            WriteConceptValue(json, "status", status.ToString(), header);
        }

        json.WriteEndArray();
    }

    // DCAT has no word for a price. schema.org's Offer has one, with a currency and what it is for, and search engines read it.
    private static void WriteOffer(Utf8JsonWriter json, CatalogueHeader header, CatalogueProduct product, string iri)
    {
        if (product.Terms is not { } terms)
        {
            return;
        }

        WriteConcept(json, "dct:license", "licence", terms.Licence.ToString(), header);
        json.WritePropertyName("odrl:hasPolicy");
        PolicyWriter.ToJson(MarketPolicies.OfferOf(product.Product, product.Holder, product.PriceVersion, terms, product.Registration.SecurityClass)).WriteTo(json);
        json.WriteStartObject("schema:offers");
        json.WriteString("@type", "schema:Offer");
        json.WriteReference("schema:itemOffered", iri);
        json.WriteStartObject("schema:priceSpecification");
        json.WriteString("@type", "schema:UnitPriceSpecification");
        json.WriteString("schema:price", string.Create(CultureInfo.InvariantCulture, $"{terms.UnitPriceFen / 100}.{terms.UnitPriceFen % 100:00}"));
        json.WriteString("schema:priceCurrency", "CNY");
        json.WriteString("schema:unitText", terms.Unit.ToString());
        json.WriteEndObject();
        json.WriteNumber("dx:priceVersion", product.PriceVersion);
        if (terms.Copies is { } copies)
        {
            json.WriteNumber("dx:copies", copies);
        }

        json.WriteNumber("dx:unitsPerPack", terms.UnitsPerPack);
        json.WriteBoolean("dx:resaleAllowed", terms.ResaleAllowed);
        json.WriteEndObject();
    }

    private static void WriteQuality(Utf8JsonWriter json, QualityEvaluated? quality)
    {
        if (quality is null)
        {
            return;
        }

        json.WriteStartArray("dqv:hasQualityMeasurement");
        Measure("completeness", quality.Completeness);
        Measure("accuracy", quality.Accuracy);
        Measure("timeliness", quality.Timeliness);
        Measure("consistency", quality.Consistency);
        json.WriteEndArray();

        void Measure(string metric, int points)
        {
            json.WriteStartObject();
            json.WriteString("@type", "dqv:QualityMeasurement");
            json.WriteReference("dqv:isMeasurementOf", Iris.OfConcept("metric", metric));
            json.WriteNumber("dqv:value", points);
            json.WriteEndObject();
        }
    }

    private static void WriteProvenance(Utf8JsonWriter json, CatalogueFold fold, CatalogueProduct product)
    {
        if (product.Contributors.Count == 0)
        {
            return;
        }

        json.WriteStartArray("prov:wasDerivedFrom");
        foreach (var share in product.Contributors)
        {
            json.WriteStartObject();
            json.WriteString("@type", "prov:Entity");
            WriteParty(json, "prov:wasAttributedTo", share.Party, fold.NameOf(share.Party));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("prov:qualifiedAttribution");
        foreach (var share in product.Contributors)
        {
            json.WriteStartObject();
            json.WriteString("@type", "prov:Attribution");
            json.WriteReference("prov:agent", Iris.Of(Handle.OfParty(share.Party)));
            json.WriteReference("dcat:hadRole", Iris.OfConcept("role", "contributor"));
            json.WriteNumber("dx:shareBasisPoints", share.ShareBasisPoints);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteCertificate(Utf8JsonWriter json, CatalogueProduct product)
    {
        if (product.Certificate is not { } certificate)
        {
            return;
        }

        json.WriteStartObject("dcat:qualifiedRelation");
        json.WriteString("@type", "dcat:Relationship");
        json.WriteReference("dct:relation", Iris.Of(certificate));
        json.WriteReference("dcat:hadRole", Iris.OfConcept("role", "rightsCertificate"));
        json.WriteString("dx:rights", product.Rights.ToString());
        if (product.ValidUntil is { } until)
        {
            json.WriteString("dx:validUntil", until.ToString());
        }

        json.WriteEndObject();
    }

    // What DCAT has no words for, and what an import needs to make the same product again.
    private static void WriteOwn(Utf8JsonWriter json, CatalogueProduct product)
    {
        var facts = product.Registration;
        json.WriteString("dx:form", facts.Form.ToString());
        json.WriteString("dx:category", facts.Category);
        json.WriteString("dx:subTrack", facts.SubTrack);
        json.WriteString("dx:securityClass", facts.SecurityClass.ToString());
        json.WriteBoolean("dx:isPublicData", facts.IsPublicData);
        json.WriteBoolean("dx:containsPersonalInformation", facts.ContainsPersonalInformation);
        json.WriteString("dx:useScenario", facts.UseScenario);
        json.WriteString("dx:fingerprint", product.Fingerprint);
        if (product.Source is { } source)
        {
            json.WriteString("dx:sourceCatalogue", source.Catalogue);
            json.WriteString("dx:sourceIdentifier", source.Identifier);
        }
    }

    private static void WriteDistribution(Utf8JsonWriter json, CatalogueProduct product, string iri, string venue)
    {
        json.WriteStartArray("dcat:distribution");
        json.WriteStartObject();
        json.WriteString("@id", iri + "#distribution");
        json.WriteString("@type", "dcat:Distribution");
        json.WriteLabel("dct:title", new("场所交付", "Delivered by the venue"));
        json.WriteReference("dcat:accessURL", iri);
        json.WriteReference("dcat:accessService", DcatWriter.DeliveryOf(venue));
        if (product.Terms is { } terms)
        {
            json.WriteReference("dct:license", Iris.OfConcept("licence", terms.Licence.ToString()));
        }

        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteConcept(Utf8JsonWriter json, string property, string scheme, string id, CatalogueHeader header)
    {
        json.WritePropertyName(property);
        WriteConceptValue(json, scheme, id, header);
    }

    private static void WriteConceptValue(Utf8JsonWriter json, string scheme, string id, CatalogueHeader header)
    {
        json.WriteStartObject();
        json.WriteString("@id", Iris.OfConcept(scheme, id));
        json.WriteString("@type", "skos:Concept");
        json.WriteString("skos:notation", id);
        json.WriteLabel("skos:prefLabel", header.WordsOf(scheme, id));
        json.WriteReference("skos:inScheme", "dx:" + scheme);
        json.WriteEndObject();
    }
}
