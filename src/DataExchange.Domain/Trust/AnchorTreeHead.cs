namespace DataExchange.Domain.Trust;

/// <summary>A venue anchored the head of another venue's log in its own: whoever alters that log must now alter this one too.</summary>
/// <param name="Venue">The venue that anchors.</param>
/// <param name="Other">The venue whose head it is.</param>
/// <param name="Origin">Name of that venue's log.</param>
/// <param name="Head">The head.</param>
[EventName("tree_head_anchored")]
public sealed record TreeHeadAnchored(VenueId Venue, VenueId Other, string Origin, TreeHead Head) : Event;

/// <summary>Anchors the head of another venue's log.</summary>
/// <param name="Venue">The venue that anchors.</param>
/// <param name="Published">What the other venue published.</param>
public sealed record AnchorTreeHead(VenueId Venue, TreeHeadPublished Published) : LogCommand(Venue)
{
    internal override Decision Decide(VenueLog state)
    {
        if (state.Key is null)
        {
            return Decision.Reject(Rejection.LogNotOpen);
        }

        if (Published.Venue == Venue)
        {
            return Decision.Reject(Rejection.OwnTreeHead);
        }

        var known = state.HeadOf(Published.Venue);
        return Published.Head.Size < known.Size ? Decision.Reject(Rejection.TreeHeadShrinks)
            : Published.Head.Size > known.Size
                ? Decision.Accept(new TreeHeadAnchored(Venue, Published.Venue, Published.Origin, Published.Head) { At = At, By = By })
            : Published.Head.Root == known.Root ? Decision.Reject(Rejection.TreeHeadUnchanged)
            : Decision.Reject(Rejection.TreeHeadForks);
    }
}
