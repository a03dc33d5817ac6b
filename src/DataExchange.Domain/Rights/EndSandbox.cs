namespace DataExchange.Domain.Rights;

/// <summary>How a trial in the sandbox ended.</summary>
public enum SandboxEnd
{
    /// <summary>Its time was over.</summary>
    Expired,
    /// <summary>The venue ended it before its time.</summary>
    VenueOrder,
    /// <summary>The application was rejected or withdrawn.</summary>
    ApplicationEnded,
    /// <summary>The product was certified: it leaves the sandbox for ordinary trade.</summary>
    Graduated,
}

/// <summary>A trial in the sandbox ended: nothing more is sold on it. Deals under way are not touched.</summary>
/// <param name="Product">The product.</param>
/// <param name="Venue">The venue that had admitted it.</param>
/// <param name="End">How it ended.</param>
/// <param name="Ground">Why the venue ended it; empty for every other end.</param>
[EventName("sandbox_ended")]
public sealed record SandboxEnded(ProductId Product, VenueId Venue, SandboxEnd End, string Ground) : Event;

/// <summary>Ends a trial in the sandbox: records that its time is over, or ends it before.</summary>
/// <param name="Product">The product.</param>
/// <param name="Ground">Why, when its time is not over.</param>
public sealed record EndSandbox(ProductId Product, string Ground) : RightsCommand(Product)
{
    internal Decision Decide(ProductRights state) =>
        state.Sandbox is not { IsOver: false } trial ? Decision.Reject(Rejection.NotInSandbox)
        : Decision.Accept(At >= trial.Conditions.Until
            ? new SandboxEnded(Product, trial.Venue, SandboxEnd.Expired, "") { At = At, By = By }
            : new SandboxEnded(Product, trial.Venue, SandboxEnd.VenueOrder, Ground) { At = At, By = By });

    /// <summary>What else a decision means for a trial that is running: with its certificate the product leaves the sandbox, with its application the trial ends.</summary>
    internal static Decision Follow(Decision decision, RightsCommand command, ProductRights state)
    {
        if (state.Sandbox is not { IsOver: false } trial)
        {
            return decision;
        }

        SandboxEnd? end = decision.Events is not [var only] ? null : only switch
        {
            RightsCertified => SandboxEnd.Graduated,
            ComplianceRejected or ObjectionUpheld or ApplicationWithdrawn => SandboxEnd.ApplicationEnded,
            _ => null,
        };
        return end is not { } how ? decision : decision with
        {
            Events = [new SandboxEnded(command.Product, trial.Venue, how, "") { At = command.At, By = command.By }, .. decision.Events],
        };
    }
}
