using DataExchange.Domain;

namespace DataExchange.Exchange.Verification;

/// <summary>What the streams say of one product: from when until when certified, since when priced, when on which shelf.</summary>
internal sealed class ProductFacts
{
    private readonly List<(SimulatedTime From, SimulatedTime Until)> _certificates = [];
    private readonly List<(int Venue, SimulatedTime At, Shelf Status)> _shelves = [];
    private readonly List<(int Version, SimulatedTime At)> _listings = [];
    private readonly List<(int Version, SimulatedTime At)> _revisions = [];
    private SimulatedTime? _lapsedAt;
    private SimulatedTime? _pricedAt;

    /// <summary>A product's place on a shelf.</summary>
    internal enum Shelf
    {
        None,
        Listed,
        Suspended,
    }

    internal IReadOnlyList<(int Version, SimulatedTime At)> Listings => _listings;

    internal IEnumerable<int> VenuesListedAt =>
        _shelves.Where(shelf => shelf.Status == Shelf.Listed).Select(shelf => shelf.Venue).Distinct();

    internal void Certify(SimulatedTime from, SimulatedTime until) => _certificates.Add((from, until));

    internal void Lapse(SimulatedTime at) => _lapsedAt ??= at;

    /// <summary>The series set aside for an order book: version of the event, when, and of which version of the content; null for none.</summary>
    internal (int Version, SimulatedTime At, int ProductVersion)? Series { get; set; }

    internal void Revise(int version, SimulatedTime at) => _revisions.Add((version, at));

    /// <summary>The version in force at a time. Within the second of a change both the one before and the one after it count, and the one asked for goes first.</summary>
    internal int VersionAt(SimulatedTime at, int asked)
    {
        var known = ProductVersions.First;
        foreach (var revision in _revisions)
        {
            if (revision.At > at || (revision.At == at && known == asked))
            {
                break;
            }

            known = revision.Version;
        }

        return known;
    }

    internal void Price(SimulatedTime at) => _pricedAt ??= at;

    internal void List(int venue, SimulatedTime at, int version)
    {
        _listings.Add((version, at));
        Put(venue, at, Shelf.Listed);
    }

    internal void Put(int venue, SimulatedTime at, Shelf status) => _shelves.Add((venue, at, status));

    internal bool IsCertifiedBy(SimulatedTime at) => _certificates.Exists(certificate => certificate.From <= at);

    /// <summary>
    /// Whether a certificate known at a time was still valid then. A lapse in the very second is taken as later: which of two facts of one
    /// second in two streams came first, the streams do not say.
    /// </summary>
    internal bool IsValidAt(SimulatedTime at) =>
        _certificates.Exists(certificate => certificate.From <= at && at < certificate.Until) && !(_lapsedAt < at);

    internal bool IsPricedBy(SimulatedTime at) => _pricedAt <= at;

    internal bool WasListedBy(int venue, SimulatedTime at) =>
        _shelves.Exists(shelf => shelf.Venue == venue && shelf.Status == Shelf.Listed && shelf.At <= at);

    /// <summary>
    /// The place on a venue's shelf at a time. Within the second of a change both the places before and after it count, and for sale
    /// goes before any other.
    /// </summary>
    internal Shelf PlaceAt(int venue, SimulatedTime at)
    {
        var place = Shelf.None;
        var wasListed = false;
        foreach (var shelf in _shelves)
        {
            if (shelf.Venue != venue)
            {
                continue;
            }

            if (shelf.At > at)
            {
                break;
            }

            wasListed |= shelf.At == at && place == Shelf.Listed;
            place = shelf.Status;
        }

        return wasListed ? Shelf.Listed : place;
    }
}
