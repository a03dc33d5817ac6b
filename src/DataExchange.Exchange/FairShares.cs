using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Shares;

namespace DataExchange.Exchange;

/// <summary>The contributors' shares of a product's proceeds that follow from what coalitions of them would be worth.</summary>
public static class FairShares
{
    /// <summary>The Shapley value of a sound game: player 0 is the holder, player i the i-th contributor.</summary>
    public static ShapleyAnswer Value(ContributionGame game)
    {
        ArgumentNullException.ThrowIfNull(game);
        return Shapley.Exact([.. game.CoalitionValuesFen]);
    }

    /// <summary>
    /// Shares in 1/10,000 of the proceeds, in proportion to the Shapley values of all players, by largest remainder. Who is due nothing, or less, has no
    /// share and is left out; what is not a contributor's is the holder's.
    /// </summary>
    /// <returns>Empty as well where none follow: from a game that is not sound, or worth nothing, or of the holder alone.</returns>
    public static IReadOnlyList<ContributorShare> Of(ContributionGame game)
    {
        ArgumentNullException.ThrowIfNull(game);
        if (!game.IsSound || Value(game) is not ShapleyAnswer.Shared { Shares: var shares } || shares.InParts(Money.BasisPoints) is not { } parts)
        {
            return [];
        }

        return
        [
            .. game.Contributors.Select((party, i) => new ContributorShare(party, (int)parts[i + 1])).Where(share => share.ShareBasisPoints > 0),
        ];
    }
}
