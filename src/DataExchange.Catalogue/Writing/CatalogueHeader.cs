using DataExchange.Domain;

namespace DataExchange.Catalogue.Writing;

/// <summary>What a catalogue is of.</summary>
/// <param name="Iri">Its name, an absolute IRI.</param>
/// <param name="Title">Its title.</param>
/// <param name="At">Time of the last event that it shows; null for an empty market.</param>
/// <param name="Venues">The venues, by id.</param>
/// <param name="Words">Words for concepts: <c>category/industry</c>, <c>subTrack/…</c>, <c>form/Api</c>, <c>status/Listed</c>, <c>licence/Capped</c>, <c>unit/PerCall</c>. A missing one is shown by its id.</param>
public sealed record CatalogueHeader(
    string Iri, Label Title, SimulatedTime? At, IReadOnlyList<VenueId> Venues, IReadOnlyDictionary<string, Label> Words)
{
    /// <summary>Words for a concept.</summary>
    /// <param name="scheme">Its scheme.</param>
    /// <param name="id">Its id there.</param>
    public Label WordsOf(string scheme, string id) => Words.TryGetValue($"{scheme}/{id}", out var label) ? label : Label.Same(id);
}

/// <summary>What was written.</summary>
/// <param name="Products">Products described.</param>
/// <param name="Places">Entries in the venues' catalogues: a product on two shelves is described once and named in both.</param>
public sealed record WrittenCatalogue(int Products, int Places);
