namespace DataExchange.Domain.Trading;

/// <summary>A venue admitted a buyer up to a security class.</summary>
/// <param name="Buyer">The buyer.</param>
/// <param name="AdmittedFor">Highest security class of data it may buy.</param>
[EventName("buyer_admitted")]
public sealed record BuyerAdmitted(PartyId Buyer, SecurityClass AdmittedFor) : Event;

/// <summary>Admits a buyer, or raises its class.</summary>
/// <param name="Buyer">The buyer.</param>
/// <param name="AdmittedFor">Highest security class, above the one it has.</param>
public sealed record AdmitBuyer(PartyId Buyer, SecurityClass AdmittedFor) : Command
{
    /// <inheritdoc />
    public override string Stream => StreamId.Buyer(Buyer);
}

/// <summary>A buyer's admission.</summary>
/// <param name="AdmittedFor">Highest security class; null when not admitted.</param>
public sealed record BuyerAdmission(SecurityClass? AdmittedFor);

/// <summary>Keeps who may buy what.</summary>
public sealed class BuyerDecider : IDecider<AdmitBuyer, BuyerAdmission>
{
    private BuyerDecider()
    {
    }

    /// <inheritdoc />
    public static string StreamKind => "buyer";

    /// <inheritdoc />
    public static string Capability => "Trading";

    /// <inheritdoc />
    public static BuyerAdmission Initial { get; } = new((SecurityClass?)null);

    /// <inheritdoc />
    public static Decision Decide(AdmitBuyer command, BuyerAdmission state) =>
        state.AdmittedFor >= command.AdmittedFor
            ? Decision.Reject(Rejection.BuyerAlreadyAdmitted)
            : Decision.Accept(new BuyerAdmitted(command.Buyer, command.AdmittedFor) { At = command.At, By = command.By });

    /// <inheritdoc />
    public static BuyerAdmission Evolve(BuyerAdmission state, Event @event) => @event switch
    {
        BuyerAdmitted e when state.AdmittedFor is null || e.AdmittedFor > state.AdmittedFor => new(e.AdmittedFor),
        _ => throw new ImpossibleHistoryException(@event, state),
    };

    /// <inheritdoc />
    public static bool IsTerminal(BuyerAdmission state) => false;
}
