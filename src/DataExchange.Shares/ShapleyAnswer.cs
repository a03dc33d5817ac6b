namespace DataExchange.Shares;

/// <summary>What is said to the question of who gets what of a value that contributors made together.</summary>
public abstract record ShapleyAnswer
{
    private ShapleyAnswer()
    {
    }

    /// <summary>Exact shares.</summary>
    /// <param name="Shares">As fractions.</param>
    /// <param name="Fen">In whole fen; they sum to the value of all together. A share below 0 is of one who makes others' work worth less.</param>
    public sealed record Shared(ExactShares Shares, IReadOnlyList<long> Fen) : ShapleyAnswer;

    /// <summary>Estimated shares.</summary>
    /// <param name="Shares">Means of the sampled marginal values, as fractions.</param>
    /// <param name="Fen">In whole fen; they sum to the value of all together.</param>
    /// <param name="HalfWidthFen">Half width of each share's confidence interval about the mean, fen.</param>
    /// <param name="Permutations">How many orders were sampled.</param>
    /// <param name="Stopped">Why no more.</param>
    public sealed record Estimated(
        ExactShares Shares, IReadOnlyList<long> Fen, IReadOnlyList<double> HalfWidthFen, int Permutations, SamplingStop Stopped) : ShapleyAnswer;

    /// <summary>There is one contributor: all of it is his.</summary>
    /// <param name="Fen">The value, fen.</param>
    public sealed record OneContributor(long Fen) : ShapleyAnswer;

    /// <summary>All together are worth nothing: nobody gets or pays anything.</summary>
    /// <param name="Contributors">How many they are.</param>
    public sealed record NothingToShare(int Contributors) : ShapleyAnswer;

    /// <summary>The question cannot be answered.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="Message">What was given and what is allowed.</param>
    public sealed record Refused(SharesRefusal Reason, string Message) : ShapleyAnswer;
}

/// <summary>Why shares cannot be computed.</summary>
public enum SharesRefusal
{
    /// <summary>There is no contributor.</summary>
    NoContributor,
    /// <summary>There are more than can be enumerated.</summary>
    TooManyContributors,
    /// <summary>Not every coalition has its value.</summary>
    ValuesMissing,
    /// <summary>The empty coalition is worth something.</summary>
    EmptyCoalitionHasValue,
    /// <summary>A coalition's value is not within ±10^15 fen.</summary>
    ValueNotAllowed,
    /// <summary>A marginal value is outside the range that was given.</summary>
    MarginalOutOfRange,
}

/// <summary>Why sampling ended.</summary>
public enum SamplingStop
{
    /// <summary>Every interval is as narrow as was asked for.</summary>
    Precise,
    /// <summary>The most permutations were sampled; the intervals are wider than was asked for.</summary>
    PermutationsUsedUp,
}
