namespace DataExchange.MechanismBenchmarks;

/// <summary>What <see cref="MechanismBenchmark"/> measured, on one thread; times are medians over the rounds.</summary>
/// <param name="Auctions">Each mechanism at each size.</param>
/// <param name="AuctionGrowth">Of each mechanism.</param>
/// <param name="Shapley">Exact Shapley values, by contributors.</param>
/// <param name="ShapleyGrowthPerContributor">How many times as long one contributor more takes, by least squares through all of them from 14 on; doubling the coalitions is 2.</param>
/// <param name="Knn">KNN-Shapley of one test point, by points of the dataset.</param>
/// <param name="KnnGrowth">Slope of the least-squares line through (log points, log seconds); 1 is linear. Absent for one size.</param>
public sealed record MechanismResults(
    IReadOnlyList<AuctionMeasure> Auctions, IReadOnlyList<AuctionGrowth> AuctionGrowth, IReadOnlyList<ShapleyMeasure> Shapley, double ShapleyGrowthPerContributor,
    IReadOnlyList<KnnMeasure> Knn, double? KnnGrowth);

/// <summary>A mechanism over bids.</summary>
/// <param name="Mechanism">Its name.</param>
/// <param name="Bids">How many bids.</param>
/// <param name="AuctionsPerSecond">The rate.</param>
/// <param name="BidsPerSecond">The same in bids.</param>
public sealed record AuctionMeasure(string Mechanism, int Bids, double AuctionsPerSecond, double BidsPerSecond);

/// <summary>How a mechanism's time grows.</summary>
/// <param name="Mechanism">Its name.</param>
/// <param name="Exponent">Slope of the least-squares line through (log bids, log seconds); 1 is linear.</param>
public sealed record AuctionGrowth(string Mechanism, double Exponent);

/// <summary>Exact Shapley values.</summary>
/// <param name="Contributors">How many; the coalitions are 2 to the power of it.</param>
/// <param name="Seconds">The time, with rounding to the fen, without making the values.</param>
public sealed record ShapleyMeasure(int Contributors, double Seconds);

/// <summary>KNN-Shapley of one test point, K = 5.</summary>
/// <param name="Points">Points of the dataset.</param>
/// <param name="Seconds">The time, without making the distances.</param>
/// <param name="SplitSeconds">To split an amount among them.</param>
public sealed record KnnMeasure(int Points, double Seconds, double SplitSeconds);
