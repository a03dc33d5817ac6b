namespace DataExchange.Domain.Listing;

/// <summary>Keeps what buyers ask the shelves for, from the posting until it is met, lapses or is taken back.</summary>
public sealed class RequirementDecider : IDecider<RequirementCommand, BuyerRequirement>
{
    private RequirementDecider()
    {
    }

    /// <inheritdoc />
    public static string StreamKind => "requirement";

    /// <inheritdoc />
    public static string Capability => "Listing";

    /// <inheritdoc />
    public static BuyerRequirement Initial { get; } = new();

    /// <inheritdoc />
    public static Decision Decide(RequirementCommand command, BuyerRequirement state) => command switch
    {
        PostRequirement c => c.Decide(state),
        AnswerRequirement c => c.Decide(state),
        MeetRequirement c => c.Decide(state),
        LapseRequirement c => c.Decide(state),
        WithdrawRequirement c => c.Decide(state),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "no rule for this command"),
    };

    /// <inheritdoc />
    public static BuyerRequirement Evolve(BuyerRequirement state, Event @event)
    {
        ArgumentNullException.ThrowIfNull(state);
        var isOpen = state.WhyClosed is null;
        return @event switch
        {
            RequirementPosted e when state.Stage == RequirementStage.None => state with
            {
                Stage = RequirementStage.Posted, Buyer = e.Buyer, Venue = e.Venue, NeededUntil = e.NeededUntil,
            },
            RequirementAnswered e when isOpen && e.At < state.NeededUntil => state with
            {
                Stage = RequirementStage.Answered,
                Proposed = [.. e.Ranking.Select(ranked => ranked.Product)],
                Shortfall = BuyerRequirement.ShortfallOf(e),
            },
            RequirementMet e when isOpen && state.Proposed.IndexOf(e.Product) == e.Rank - 1 => state with { Stage = RequirementStage.Met },
            RequirementLapsed e when isOpen && e.At >= state.NeededUntil => state with { Stage = RequirementStage.Lapsed },
            RequirementWithdrawn when isOpen => state with { Stage = RequirementStage.Withdrawn },
            _ => throw new ImpossibleHistoryException(@event, state.Stage),
        };
    }

    /// <inheritdoc />
    public static bool IsTerminal(BuyerRequirement state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.IsClosed;
    }

    /// <inheritdoc />
    public static BuyerRequirement Condense(BuyerRequirement state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.IsClosed ? new BuyerRequirement { Stage = state.Stage } : state;
    }
}
