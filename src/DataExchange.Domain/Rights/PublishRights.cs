namespace DataExchange.Domain.Rights;

/// <summary>The rights were published for objection (公示).</summary>
/// <param name="Product">The product.</param>
/// <param name="ObjectionsUntil">Last moment for an objection.</param>
[EventName("rights_published")]
public sealed record RightsPublished(ProductId Product, SimulatedTime ObjectionsUntil) : Event;

/// <summary>Publishes the rights for objection.</summary>
/// <param name="Product">The product.</param>
/// <param name="ObjectionsUntil">Last moment for an objection, after the command's time.</param>
public sealed record PublishRights(ProductId Product, SimulatedTime ObjectionsUntil) : RightsCommand(Product)
{
    internal Decision Decide(ProductRights state) =>
        state.Stage != RightsStage.QualityEvaluated ? Decision.Reject(RightsDecider.Forbidden(state.Stage))
        : ObjectionsUntil <= At ? Decision.Reject(Rejection.TermInvalid)
        : Decision.Accept(new RightsPublished(Product, ObjectionsUntil) { At = At, By = By });
}

/// <summary>Somebody objected to the published rights.</summary>
/// <param name="Product">The product.</param>
/// <param name="Objector">Who.</param>
/// <param name="Ground">On what ground.</param>
[EventName("objection_raised")]
public sealed record ObjectionRaised(ProductId Product, PartyId Objector, string Ground) : Event;

/// <summary>Objects to the published rights.</summary>
/// <param name="Product">The product.</param>
/// <param name="Objector">Who.</param>
/// <param name="Ground">On what ground.</param>
public sealed record RaiseObjection(ProductId Product, PartyId Objector, string Ground) : RightsCommand(Product)
{
    internal Decision Decide(ProductRights state) =>
        state.Stage != RightsStage.Published ? Decision.Reject(RightsDecider.Forbidden(state.Stage))
        : At > state.ObjectionsUntil ? Decision.Reject(Rejection.ObjectionPeriodOver)
        : Decision.Accept(new ObjectionRaised(Product, Objector, Ground) { At = At, By = By });
}

/// <summary>The objection was upheld: the application ends.</summary>
/// <param name="Product">The product.</param>
[EventName("objection_upheld")]
public sealed record ObjectionUpheld(ProductId Product) : Event;

/// <summary>The objection was dismissed: the publication goes on.</summary>
/// <param name="Product">The product.</param>
[EventName("objection_dismissed")]
public sealed record ObjectionDismissed(ProductId Product) : Event;

/// <summary>Decides a pending objection.</summary>
/// <param name="Product">The product.</param>
/// <param name="IsUpheld">Whether the objector is right.</param>
public sealed record DecideObjection(ProductId Product, bool IsUpheld) : RightsCommand(Product)
{
    internal Decision Decide(ProductRights state) => state.Stage switch
    {
        RightsStage.Objected when IsUpheld =>
            Decision.Refuse(Rejection.ObjectionUpheld, new ObjectionUpheld(Product) { At = At, By = By }),
        RightsStage.Objected => Decision.Accept(new ObjectionDismissed(Product) { At = At, By = By }),
        RightsStage.Published => Decision.Reject(Rejection.NoObjectionPending),
        _ => Decision.Reject(RightsDecider.Forbidden(state.Stage)),
    };
}
