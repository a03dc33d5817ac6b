using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Domain.Trading;

namespace DataExchange.Cli.Running.Replay;

/// <summary>What came about at a venue in some time.</summary>
/// <param name="Venue">The venue.</param>
/// <param name="Listed">Products that came on its shelf for the first time.</param>
/// <param name="Deals">Transactions registered.</param>
/// <param name="AmountFen">Their amount, fen.</param>
internal sealed record VenueTally(string Venue, long Listed, long Deals, long AmountFen);

/// <summary>Counts events as they come: listings and registered transactions by venue.</summary>
internal sealed class ReplayTally
{
    private readonly SortedDictionary<string, VenueTally> _venues = new(StringComparer.Ordinal);

    /// <summary>Events counted.</summary>
    public long Events { get; private set; }

    /// <summary>By venue, those at which nothing was listed or registered left out.</summary>
    public IReadOnlyList<VenueTally> Venues => [.. _venues.Values];

    /// <summary>Products that came on a shelf for the first time, at all venues.</summary>
    public long Listed => _venues.Values.Sum(venue => venue.Listed);

    /// <summary>Transactions registered, at all venues.</summary>
    public long Deals => _venues.Values.Sum(venue => venue.Deals);

    /// <summary>Their amount, fen.</summary>
    public long AmountFen => _venues.Values.Sum(venue => venue.AmountFen);

    /// <summary>Counts an event.</summary>
    /// <param name="fact">The event.</param>
    /// <param name="isFirstListing">Whether it is the first time that the product comes on this shelf.</param>
    public void Take(Event fact, bool isFirstListing)
    {
        Events++;
        if (fact is TransactionRegistered deal)
        {
            var venue = Of(deal.Venue);
            _venues[deal.Venue.Value] = venue with { Deals = venue.Deals + 1, AmountFen = venue.AmountFen + deal.AmountFen };
        }
        else if (fact is ProductListed listed && isFirstListing)
        {
            var venue = Of(listed.Venue);
            _venues[listed.Venue.Value] = venue with { Listed = venue.Listed + 1 };
        }
    }

    private VenueTally Of(VenueId venue) => _venues.GetValueOrDefault(venue.Value) ?? new VenueTally(venue.Value, 0, 0, 0);
}
