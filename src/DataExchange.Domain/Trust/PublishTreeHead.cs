namespace DataExchange.Domain.Trust;

/// <summary>Head of a log's Merkle tree (RFC 9162): it stands for all its leaves.</summary>
/// <param name="Size">Number of leaves.</param>
/// <param name="Root">SHA-256, 64 hexadecimal digits.</param>
public sealed record TreeHead(long Size, string Root);

/// <summary>A venue published the head of its log: of everything recorded there before this fact.</summary>
/// <param name="Venue">The venue.</param>
/// <param name="Origin">Name of the log.</param>
/// <param name="Head">The head.</param>
[EventName("tree_head_published")]
public sealed record TreeHeadPublished(VenueId Venue, string Origin, TreeHead Head) : Event;

/// <summary>Publishes the head of a venue's log.</summary>
/// <param name="Venue">The venue.</param>
/// <param name="Head">The head as it is now; the exchange puts it in, null where no logs are kept.</param>
public sealed record PublishTreeHead(VenueId Venue, TreeHead? Head = null) : LogCommand(Venue)
{
    internal override Decision Decide(VenueLog state) =>
        state.Key is null ? Decision.Reject(Rejection.LogNotOpen)
        : Head is null ? Decision.Reject(Rejection.TreeHeadMissing)
        : Head.Size < state.Published.Size ? Decision.Reject(Rejection.TreeHeadShrinks)
        : Head.Size == state.Published.Size && Head.Root != state.Published.Root ? Decision.Reject(Rejection.TreeHeadForks)
        // Heads of nothing but heads are left out: otherwise two logs would keep each other awake.
        : Head.Size - state.Published.Size <= state.OwnLeaves ? Decision.Reject(Rejection.TreeHeadUnchanged)
        : Decision.Accept(new TreeHeadPublished(Venue, state.Origin, Head) { At = At, By = By });
}
