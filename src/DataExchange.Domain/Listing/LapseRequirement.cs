namespace DataExchange.Domain.Listing;

/// <summary>Why nobody met a requirement.</summary>
public enum LapseReason
{
    /// <summary>The venue did not answer.</summary>
    NotAnswered,
    /// <summary>Nothing on the shelf was what was asked for.</summary>
    NothingFitting,
    /// <summary>What was asked for was above the budget.</summary>
    TooDear,
    /// <summary>What was asked for and within the budget was not good enough.</summary>
    NothingGoodEnough,
    /// <summary>The buyer took none of the products proposed.</summary>
    NotTaken,
}

/// <summary>A requirement lapsed: it was not met in time. A signal to providers that something is missing.</summary>
/// <param name="Requirement">The requirement.</param>
/// <param name="Candidates">Products that the venue proposed last.</param>
/// <param name="Reason">Why, from the venue's last answer.</param>
[EventName("requirement_lapsed")]
public sealed record RequirementLapsed(RequirementId Requirement, int Candidates, LapseReason Reason) : Event;

/// <summary>Has a requirement lapse whose time is over.</summary>
/// <param name="Requirement">The requirement.</param>
public sealed record LapseRequirement(RequirementId Requirement) : RequirementCommand(Requirement)
{
    internal Decision Decide(BuyerRequirement state) =>
        state.WhyClosed is { } reason ? Decision.Reject(reason)
        : At < state.NeededUntil ? Decision.Reject(Rejection.RequirementStillOpen)
        : Decision.Accept(new RequirementLapsed(Requirement, state.Proposed.Count, state.Shortfall) { At = At, By = By });
}

/// <summary>A buyer took a requirement back.</summary>
/// <param name="Requirement">The requirement.</param>
[EventName("requirement_withdrawn")]
public sealed record RequirementWithdrawn(RequirementId Requirement) : Event;

/// <summary>Takes a requirement back.</summary>
/// <param name="Requirement">The requirement.</param>
public sealed record WithdrawRequirement(RequirementId Requirement) : RequirementCommand(Requirement)
{
    internal Decision Decide(BuyerRequirement state) =>
        state.WhyClosed is { } reason
            ? Decision.Reject(reason)
            : Decision.Accept(new RequirementWithdrawn(Requirement) { At = At, By = By });
}
