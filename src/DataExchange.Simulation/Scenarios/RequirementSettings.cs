namespace DataExchange.Simulation.Scenarios;

/// <summary>Requirements (需求) that firms post, and what providers make of those that nobody meets. Shares are from 0 to 1.</summary>
public sealed record RequirementSettings
{
    /// <summary>First day on which a requirement may be posted (A105 of docs/assumptions.md).</summary>
    public required DateOnly Opens { get; init; }

    /// <summary>Firms that post requirements, before scaling; they buy nothing else.</summary>
    public required Figure Firms { get; init; }

    /// <summary>Requirements from then on, before scaling; 0 for none.</summary>
    public required Figure Posted { get; init; }

    /// <summary>Working days until the venue answers, on average.</summary>
    public required Figure AnswerWorkingDays { get; init; }

    /// <summary>Days for which a requirement stands, on average.</summary>
    public required Figure NeededDays { get; init; }

    /// <summary>Of needs: of a kind as providers bring it; the others follow the firm's place in the industry chain.</summary>
    public required Figure CommonShare { get; init; }

    /// <summary>Of needs: for one form of delivery.</summary>
    public required Figure FormShare { get; init; }

    /// <summary>Of needs: for one kind of licence.</summary>
    public required Figure LicenceShare { get; init; }

    /// <summary>Of needs: of a least quality.</summary>
    public required Figure QualityShare { get; init; }

    /// <summary>Budget relative to a usual price: median.</summary>
    public required Figure BudgetMedian { get; init; }

    /// <summary>Standard deviation of the logarithm of that.</summary>
    public required Figure BudgetSigma { get; init; }

    /// <summary>Of requirements: name the firm's own sub-track instead of the one whose data it needs.</summary>
    public required Figure WrongSubTrack { get; init; }

    /// <summary>Of requirements: name another category.</summary>
    public required Figure WrongCategory { get; init; }

    /// <summary>Of the characters that would say it best: left out.</summary>
    public required Figure LostCharacters { get; init; }

    /// <summary>Of requirements: taken back before they are answered.</summary>
    public required Figure Withdrawn { get; init; }

    /// <summary>Of purchases: by contract; what is priced by negotiation always is.</summary>
    public required Figure ContractShare { get; init; }

    /// <summary>Of requirements that lapsed: posted again, in other words, for the same need.</summary>
    public required Figure PostedAgain { get; init; }

    /// <summary>Days until then, on average.</summary>
    public required Figure PostedAgainDays { get; init; }

    /// <summary>Probability that a provider near the sub-track brings a product for a requirement that lapsed.</summary>
    public required Figure Heard { get; init; }

    /// <summary>Weeks until it applies, on average.</summary>
    public required Figure HeardWeeks { get; init; }
}
