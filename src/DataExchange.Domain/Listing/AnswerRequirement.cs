namespace DataExchange.Domain.Listing;

/// <summary>A product that a venue proposes for a requirement, with its score and the parts of it, each in 1/10,000.</summary>
/// <param name="Product">The product.</param>
/// <param name="ScoreBasisPoints">Its score, 0 to 10,000: the parts, weighted.</param>
/// <param name="TextBasisPoints">How much of the requirement's words its title has.</param>
/// <param name="ChainBasisPoints">How near its sub-track is on the industry chain graph.</param>
/// <param name="CategoryBasisPoints">Whether it is of the category asked for.</param>
/// <param name="QualityBasisPoints">How good it was evaluated to be.</param>
/// <param name="PriceBasisPoints">How much of the budget it leaves.</param>
public sealed record RankedProduct(
    ProductId Product,
    int ScoreBasisPoints,
    int TextBasisPoints,
    int ChainBasisPoints,
    int CategoryBasisPoints,
    int QualityBasisPoints,
    int PriceBasisPoints)
{
    internal bool IsSound =>
        IsShare(ScoreBasisPoints) && IsShare(TextBasisPoints) && IsShare(ChainBasisPoints)
        && IsShare(CategoryBasisPoints) && IsShare(QualityBasisPoints) && IsShare(PriceBasisPoints);

    private static bool IsShare(int basisPoints) => basisPoints is >= 0 and <= (int)Money.BasisPoints;
}

/// <summary>A venue answered a requirement with the products that fit it best.</summary>
/// <param name="Requirement">The requirement.</param>
/// <param name="Algorithm">Name and version of the ranking: <c>bm25-chain.1</c>.</param>
/// <param name="Ranking">The best products, the best one first; empty when nothing fits.</param>
/// <param name="Searched">Products on the shelf that were looked at.</param>
/// <param name="Fitting">Of these: in subject, form and licence what was asked for.</param>
/// <param name="Affordable">Of the fitting ones: within the budget.</param>
/// <param name="GoodEnough">Of the affordable ones: of the quality asked for.</param>
[EventName("requirement_answered")]
public sealed record RequirementAnswered(
    RequirementId Requirement,
    string Algorithm,
    IReadOnlyList<RankedProduct> Ranking,
    int Searched,
    int Fitting,
    int Affordable,
    int GoodEnough) : Event;

/// <summary>Answers a requirement, or answers it anew as the shelf has changed.</summary>
/// <param name="Requirement">The requirement.</param>
/// <param name="Algorithm">Name and version of the ranking, not empty.</param>
/// <param name="Ranking">The best products, the best one first, at most <see cref="MostProducts"/>.</param>
/// <param name="Searched">Products on the shelf that were looked at.</param>
/// <param name="Fitting">Of these: in subject, form and licence what was asked for.</param>
/// <param name="Affordable">Of the fitting ones: within the budget.</param>
/// <param name="GoodEnough">Of the affordable ones: of the quality asked for; at least as many as are ranked.</param>
public sealed record AnswerRequirement(
    RequirementId Requirement,
    string Algorithm,
    IReadOnlyList<RankedProduct> Ranking,
    int Searched,
    int Fitting,
    int Affordable,
    int GoodEnough) : RequirementCommand(Requirement)
{
    /// <summary>Most products of an answer.</summary>
    public const int MostProducts = 20;

    internal Decision Decide(BuyerRequirement state) =>
        state.WhyNotOpen(At) is { } reason ? Decision.Reject(reason)
        : !IsSound ? Decision.Reject(Rejection.RankingInvalid)
        : Decision.Accept(new RequirementAnswered(Requirement, Algorithm, Ranking, Searched, Fitting, Affordable, GoodEnough) { At = At, By = By });

    private bool IsSound =>
        !string.IsNullOrWhiteSpace(Algorithm)
        && Ranking.Count <= MostProducts
        && Ranking.All(ranked => ranked.IsSound)
        && Ranking.Zip(Ranking.Skip(1)).All(pair => pair.First.ScoreBasisPoints >= pair.Second.ScoreBasisPoints)
        && Ranking.Select(ranked => ranked.Product).Distinct().Count() == Ranking.Count
        && Ranking.Count <= GoodEnough
        && GoodEnough <= Affordable
        && Affordable <= Fitting
        && Fitting <= Searched;
}
