using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Domain.Pricing;
using DataExchange.Domain.Rights;

namespace DataExchange.Catalogue.Shelf;

/// <summary>Folds the few events that a catalogue is made of, in the order of commits. It keeps the facts of each product, some hundred bytes, and no text of the catalogue.</summary>
public sealed class CatalogueFold
{
    private readonly Dictionary<ProductId, CatalogueProduct> _products = [];
    private readonly Dictionary<PartyId, PartyRegistered> _parties = [];

    /// <summary>The types of event that it takes; every other type is passed over.</summary>
    public static IReadOnlyCollection<Type> Types { get; } =
    [
        typeof(PartyRegistered), typeof(ProductRegistered), typeof(ProductImported), typeof(RegistrationCorrected), typeof(RightsTransferred),
        typeof(QualityEvaluated), typeof(RightsCertified), typeof(CertificateRenewed), typeof(CertificateExpired), typeof(CertificateRevoked),
        typeof(RegistrationCancelled), typeof(PriceSet), typeof(ProductListed), typeof(ListingSuspended), typeof(ListingResumed), typeof(ProductDelisted),
    ];

    /// <summary>The products by id.</summary>
    public IReadOnlyList<CatalogueProduct> Products =>
        [.. _products.Values.OrderBy(product => product.Product.Value, StringComparer.Ordinal)];

    /// <summary>Time of the last event taken; null without one.</summary>
    public SimulatedTime? At { get; private set; }

    /// <summary>Name of a party; its id in both languages when it was never registered.</summary>
    /// <param name="party">The party.</param>
    public Label NameOf(PartyId party) => _parties.TryGetValue(party, out var known) ? new(known.Name, known.NameEn) : Label.Same(party.Value);

    /// <summary>Name of a venue: that of its operator.</summary>
    /// <param name="venue">The venue.</param>
    public Label NameOf(VenueId venue) => NameOf(new PartyId("venue-" + venue.Value)) is var name && name.En == "venue-" + venue.Value ? Label.Same(venue.Value) : name;

    /// <summary>Takes the next event.</summary>
    /// <param name="event">The event.</param>
    public void Apply(Event @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        At = @event.At;
        switch (@event)
        {
            case PartyRegistered e:
                _parties[e.Party] = e;
                break;
            case ProductRegistered e:
                _products[e.Product] = new CatalogueProduct
                {
                    Registration = e,
                    Title = e.Title,
                    TitleEn = e.TitleEn,
                    Holder = e.Provider,
                    ModifiedAt = e.At,
                };
                break;
            case ProductImported e:
                Change(e.Product, e, product => product with { Source = e });
                break;
            case RegistrationCorrected e:
                Change(e.Product, e, product => product with { Title = e.Title, TitleEn = e.TitleEn, Version = product.Version + 1 });
                break;
            case RightsTransferred e:
                Change(e.Product, e, product => product with { Holder = e.NewHolder, Version = product.Version + 1 });
                break;
            case QualityEvaluated e:
                Change(e.Product, e, product => product with { Quality = e });
                break;
            case RightsCertified e:
                Change(e.Product, e, product => product with { Certificate = e.Certificate, Rights = e.Rights, ValidUntil = e.ValidUntil, Holder = e.Holder });
                break;
            case CertificateRenewed e:
                Change(e.Product, e, product => product with { Certificate = e.Certificate, ValidUntil = e.ValidUntil });
                break;
            case CertificateExpired e:
                Change(e.Product, e, product => product with { ValidUntil = null });
                break;
            case CertificateRevoked e:
                Change(e.Product, e, product => product with { ValidUntil = null });
                break;
            case RegistrationCancelled e:
                Change(e.Product, e, product => product with { ValidUntil = null });
                break;
            case PriceSet e:
                Change(e.Product, e, product => product with { PriceVersion = e.Version, Terms = e.Terms });
                break;
            default:
                ApplyListing(@event);
                break;
        }
    }

    private void ApplyListing(Event @event)
    {
        switch (@event)
        {
            case ProductListed e:
                Change(e.Product, e, product => Put(product, e.Venue, ShelfStatus.Listed, e.At) with { Contributors = e.Contributors });
                break;
            case ListingSuspended e:
                Change(e.Product, e, product => Put(product, e.Venue, ShelfStatus.Suspended, e.At));
                break;
            case ListingResumed e:
                Change(e.Product, e, product => Put(product, e.Venue, ShelfStatus.Listed, e.At));
                break;
            case ProductDelisted e:
                Change(e.Product, e, product => Put(product, e.Venue, ShelfStatus.Delisted, e.At));
                break;
        }
    }

    private void Change(ProductId product, Event e, Func<CatalogueProduct, CatalogueProduct> change)
    {
        // Of a refused application there is no product.
        if (_products.TryGetValue(product, out var known))
        {
            _products[product] = change(known) with { ModifiedAt = e.At };
        }
    }

    private static CatalogueProduct Put(CatalogueProduct product, VenueId venue, ShelfStatus status, SimulatedTime at) => product with
    {
        Places = product.Places.Any(place => place.Venue == venue)
            ? [.. product.Places.Select(place => place.Venue == venue ? place with { Status = status } : place)]
            : [.. product.Places, new ShelfPlace(venue, status, at)],
    };
}
