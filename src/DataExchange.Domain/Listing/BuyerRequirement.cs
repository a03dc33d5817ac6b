using System.Collections.Immutable;

namespace DataExchange.Domain.Listing;

/// <summary>How far a requirement has come.</summary>
public enum RequirementStage
{
    /// <summary>Not posted.</summary>
    None,
    /// <summary>Posted, not answered yet.</summary>
    Posted,
    /// <summary>Answered, not met yet.</summary>
    Answered,
    /// <summary>Met.</summary>
    Met,
    /// <summary>Lapsed unmet.</summary>
    Lapsed,
    /// <summary>Taken back.</summary>
    Withdrawn,
}

/// <summary>A buyer's requirement, as its stream tells it.</summary>
public sealed record BuyerRequirement
{
    /// <summary>How far it has come.</summary>
    public RequirementStage Stage { get; init; }

    /// <summary>Who looks for it.</summary>
    public PartyId Buyer { get; init; }

    /// <summary>The venue that is to answer.</summary>
    public VenueId Venue { get; init; }

    /// <summary>First moment at which it is of no use any more.</summary>
    public SimulatedTime NeededUntil { get; init; }

    /// <summary>The products of the last answer, the best one first.</summary>
    public ImmutableList<ProductId> Proposed { get; init; } = [];

    /// <summary>Why it would lapse as things stand.</summary>
    public LapseReason Shortfall { get; init; }

    /// <summary>Whether nothing can happen to it any more.</summary>
    internal bool IsClosed => Stage is RequirementStage.Met or RequirementStage.Lapsed or RequirementStage.Withdrawn;

    /// <summary>Why it takes no command but a posting; null when it is open.</summary>
    internal Rejection? WhyClosed => Stage switch
    {
        RequirementStage.None => Rejection.RequirementNotPosted,
        RequirementStage.Met => Rejection.RequirementWasMet,
        RequirementStage.Lapsed => Rejection.RequirementHasLapsed,
        RequirementStage.Withdrawn => Rejection.RequirementWasWithdrawn,
        _ => null,
    };

    /// <summary>Why it takes no answer at a moment; null when it does.</summary>
    internal Rejection? WhyNotOpen(SimulatedTime at) => WhyClosed ?? (at >= NeededUntil ? Rejection.RequirementOver : null);

    internal static LapseReason ShortfallOf(RequirementAnswered answer) =>
        answer.Fitting == 0 ? LapseReason.NothingFitting
        : answer.Affordable == 0 ? LapseReason.TooDear
        : answer.GoodEnough == 0 ? LapseReason.NothingGoodEnough
        : LapseReason.NotTaken;
}

/// <summary>A command about one requirement.</summary>
/// <param name="Requirement">The requirement.</param>
public abstract record RequirementCommand(RequirementId Requirement) : Command
{
    /// <inheritdoc />
    public sealed override string Stream => StreamId.Requirement(Requirement);
}
