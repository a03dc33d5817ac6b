namespace DataExchange.Domain.Listing;

/// <summary>
/// What a product's holder and its upstream contributors would be worth without some of them: the game from which their shares follow. Player 0 is the
/// holder, player i the i-th contributor.
/// </summary>
/// <param name="Contributors">Upstream contributors, each once and none the holder; at most <see cref="MostContributors"/>, none where the holder made it alone.</param>
/// <param name="CoalitionValuesFen">
/// Fen, at index S for the coalition whose player i takes part where bit i of S is set: 2ⁿ values for n players, the first 0, each within ±10¹⁵.
/// </param>
public sealed record ContributionGame(IReadOnlyList<PartyId> Contributors, IReadOnlyList<long> CoalitionValuesFen)
{
    /// <summary>Most contributors: 1,024 values are as many as people and an event can bear.</summary>
    public const int MostContributors = 9;

    /// <summary>What all are worth together, fen; 0 where no value is given.</summary>
    public long WholeFen => CoalitionValuesFen.Count == 0 ? 0 : CoalitionValuesFen[^1];

    /// <summary>Whether contributors and values are in range and go together.</summary>
    public bool IsSound =>
        Contributors.Count <= MostContributors
        && Contributors.Distinct().Count() == Contributors.Count
        && CoalitionValuesFen.Count == 2 << Contributors.Count
        && CoalitionValuesFen[0] == 0
        && CoalitionValuesFen.All(value => value is >= -Money.MostFen and <= Money.MostFen);

    /// <summary>What is wrong with it; null when nothing is.</summary>
    /// <param name="holder">Who sells the product.</param>
    /// <returns>
    /// <see cref="Rejection.ContributionGameInvalid"/>: contributors or values are out of range or do not go together, or the holder is a contributor.
    /// <see cref="Rejection.ContributionsWorthNothing"/>: all together are worth nothing, so no shares follow.
    /// </returns>
    public Rejection? Problem(PartyId holder) =>
        !IsSound || Contributors.Contains(holder) ? Rejection.ContributionGameInvalid
        : WholeFen <= 0 ? Rejection.ContributionsWorthNothing
        : null;
}
