using System.Numerics;
using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Exchange;
using DataExchange.Reports.ReadModels;
using DataExchange.Shares;

namespace DataExchange.Cli.Running;

/// <summary>Where the shares of a listing come from.</summary>
internal enum SharesBasis
{
    /// <summary>The holder made it alone, and nothing was computed.</summary>
    NoContributors,
    /// <summary>Holder and contributors agreed on them.</summary>
    Agreed,
    /// <summary>They follow from recorded values of coalitions.</summary>
    ShapleyValue,
    /// <summary>Values were recorded, of the holder alone: all of it is his.</summary>
    OneContributor,
}

/// <summary>What somebody is to a product.</summary>
internal enum ShareRole
{
    /// <summary>Sells it.</summary>
    Holder,
    /// <summary>Contributed to it.</summary>
    Contributor,
    /// <summary>Was paid from its deals without a share today: by an earlier listing or a trial, or as one who sold packs on.</summary>
    Other,
}

/// <summary>What one party is due and was paid.</summary>
/// <param name="Party">The party.</param>
/// <param name="Role">What it is to the product.</param>
/// <param name="ShareBasisPoints">Its share of the proceeds, 1/10,000; 0 for none.</param>
/// <param name="Value">Its Shapley value in fen, as a fraction; null where none was computed.</param>
/// <param name="PaidFen">What settlements credited to it from the product's deals, less what was taken back, fen.</param>
internal sealed record PartyShare(string Party, ShareRole Role, int ShareBasisPoints, (BigInteger Numerator, BigInteger Denominator)? Value, long PaidFen);

/// <summary>The shares of a product's proceeds by its latest listing, and what was paid so far.</summary>
/// <param name="Listed">The latest listing.</param>
/// <param name="Listings">How many there were.</param>
/// <param name="Basis">Where the shares come from.</param>
/// <param name="Parties">The holder, the contributors in the order of the listing, then others by name. What they were paid sums to <paramref name="PaidFen"/>.</param>
/// <param name="Deals">Deals of which something was shared out on the venue.</param>
/// <param name="AmountFen">Their price together, fen.</param>
/// <param name="FeeFen">Of it fees.</param>
/// <param name="VatFen">Of it tax.</param>
/// <param name="PaidFen">Of it paid to all parties together, less what was taken back.</param>
/// <param name="ReturnedFen">Of it what went back to buyers.</param>
/// <param name="OffVenueFen">What filed contracts pay the holder off the venue, fen: nobody shares it out here.</param>
internal sealed record ProductShares(
    ProductListed Listed, int Listings, SharesBasis Basis, IReadOnlyList<PartyShare> Parties, int Deals, long AmountFen, long FeeFen, long VatFen, long PaidFen,
    long ReturnedFen, long OffVenueFen)
{
    /// <summary>Of the price what is in escrow still.</summary>
    public long InEscrowFen => AmountFen - FeeFen - VatFen - PaidFen - ReturnedFen;

    /// <summary>Explains a product's shares.</summary>
    /// <param name="listings">Its listings in order, at least one.</param>
    /// <param name="deals">Its deals.</param>
    public static ProductShares Of(IReadOnlyList<ProductListed> listings, IEnumerable<DealEntry> deals)
    {
        var listed = listings[^1];
        DealEntry[] all = [.. deals];
        DealEntry[] shared = [.. all.Where(deal => deal.Channel != TradeChannel.FiledContract && deal.SettledFen() > 0)];
        var paid = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var deal in shared)
        {
            paid[deal.Provider] = paid.GetValueOrDefault(deal.Provider) + deal.ProviderShareFen;
            foreach (var share in deal.ContributorShares)
            {
                paid[share.Party] = paid.GetValueOrDefault(share.Party) + share.AmountFen;
            }
        }

        var value = listed.Game is { } game ? FairShares.Value(game) : null;
        List<PartyShare> parties = [.. Players(listed, value, paid)];
        parties.AddRange(paid.Where(other => parties.All(party => party.Party != other.Key)).Select(other => new PartyShare(other.Key, ShareRole.Other, 0, null, other.Value)).ToArray());
        return new(
            listed, listings.Count, BasisOf(listed, value), parties, shared.Length, shared.Sum(deal => deal.AmountFen), shared.Sum(deal => deal.FeeFen),
            shared.Sum(deal => deal.VatFen), paid.Values.Sum(), shared.Sum(deal => deal.RefundFen + deal.ChargedBackFen),
            all.Where(deal => deal.Channel == TradeChannel.FiledContract).Sum(deal => deal.ProviderShareFen));
    }

    private static SharesBasis BasisOf(ProductListed listed, ShapleyAnswer? value) =>
        value is ShapleyAnswer.OneContributor ? SharesBasis.OneContributor
        : value is not null ? SharesBasis.ShapleyValue
        : listed.Contributors.Count == 0 ? SharesBasis.NoContributors
        : SharesBasis.Agreed;

    // Who is due nothing has no share in the listing; the game names him all the same.
    private static IEnumerable<PartyShare> Players(ProductListed listed, ShapleyAnswer? value, SortedDictionary<string, long> paid)
    {
        var shares = listed.Contributors.GroupBy(share => share.Party.Value, StringComparer.Ordinal).ToDictionary(of => of.Key, of => of.Sum(share => share.ShareBasisPoints), StringComparer.Ordinal);
        var contributors = (listed.Game?.Contributors ?? [.. listed.Contributors.Select(share => share.Party)]).Select(party => party.Value).Distinct(StringComparer.Ordinal).ToArray();
        yield return Player(listed.Holder.Value, ShareRole.Holder, (int)Money.BasisPoints - shares.Values.Sum(), 0);
        for (var i = 0; i < contributors.Length; i++)
        {
            yield return Player(contributors[i], ShareRole.Contributor, shares.GetValueOrDefault(contributors[i]), i + 1);
        }

        PartyShare Player(string party, ShareRole role, int basisPoints, int player) => new(
            party, role, basisPoints,
            value switch
            {
                ShapleyAnswer.Shared shared => Reduced(shared.Shares.Numerators[player], shared.Shares.Denominator),
                ShapleyAnswer.OneContributor one => (one.Fen, 1),
                _ => null,
            },
            paid.GetValueOrDefault(party));
    }

    private static (BigInteger, BigInteger) Reduced(BigInteger numerator, BigInteger denominator)
    {
        var common = BigInteger.GreatestCommonDivisor(numerator, denominator);
        return (numerator / common, denominator / common);
    }
}

/// <summary>What of a deal's price was shared out.</summary>
file static class SharedOut
{
    /// <summary>Fen, with what was taken back.</summary>
    public static long SettledFen(this DealEntry deal) =>
        deal.FeeFen + deal.VatFen + deal.ProviderShareFen + deal.ContributorShares.Sum(share => share.AmountFen) + deal.ChargedBackFen;
}
