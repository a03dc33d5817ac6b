using DataExchange.Domain;

namespace DataExchange.Reports.ReadModels;

/// <summary>
/// Equality of ids for the folds' dictionaries. The runtime's own hash of a text is made to withstand hostile keys, at three times the
/// price; these keys come from our own store.
/// </summary>
internal static class IdComparers
{
    internal static readonly IEqualityComparer<ProductId> Product = new By<ProductId>(id => id.Value, null);
    internal static readonly IEqualityComparer<DealId> Deal = new By<DealId>(id => id.Value, null);
    internal static readonly IEqualityComparer<RequirementId> Requirement = new By<RequirementId>(id => id.Value, null);
    internal static readonly IEqualityComparer<AuctionId> Auction = new By<AuctionId>(id => id.Value, null);
    internal static readonly IEqualityComparer<PartyId> Party = new By<PartyId>(id => id.Value, null);

    internal static readonly IEqualityComparer<(VenueId Venue, ProductId Product)> Shelf =
        new By<(VenueId Venue, ProductId Product)>(key => key.Product.Value, key => key.Venue.Value);

    internal static readonly IEqualityComparer<(string Venue, DateOnly Day)> Day = new ByDay();

    /// <summary>FNV-1a, 32 bits, over UTF-16 units.</summary>
    private static int Hash(string text)
    {
        unchecked
        {
            var hash = 2_166_136_261;
            foreach (var unit in text)
            {
                hash = (hash ^ unit) * 16_777_619;
            }

            return (int)hash;
        }
    }

    private sealed class By<TKey>(Func<TKey, string> first, Func<TKey, string>? second) : IEqualityComparer<TKey>
    {
        public bool Equals(TKey? x, TKey? y) =>
            string.Equals(first(x!), first(y!), StringComparison.Ordinal)
            && (second is null || string.Equals(second(x!), second(y!), StringComparison.Ordinal));

        public int GetHashCode(TKey key) => second is null ? Hash(first(key)) : Hash(first(key)) ^ Hash(second(key));
    }

    private sealed class ByDay : IEqualityComparer<(string Venue, DateOnly Day)>
    {
        public bool Equals((string Venue, DateOnly Day) x, (string Venue, DateOnly Day) y) =>
            x.Day == y.Day && string.Equals(x.Venue, y.Venue, StringComparison.Ordinal);

        public int GetHashCode((string Venue, DateOnly Day) key) => unchecked(Hash(key.Venue) + (key.Day.DayNumber * 31));
    }
}
