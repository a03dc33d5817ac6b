using System.Collections.Immutable;

namespace DataExchange.Domain.Settlement;

/// <summary>A party's money at the exchange, as its stream tells it.</summary>
public sealed record PartyAccount
{
    /// <summary>Money free to use. Never below zero.</summary>
    public Money Available { get; init; }

    /// <summary>Money held for orders, by deal.</summary>
    public ImmutableDictionary<DealId, long> Holds { get; init; } = ImmutableDictionary<DealId, long>.Empty;
}

/// <summary>A command to Settlement about one party's money.</summary>
/// <param name="Party">The party.</param>
public abstract record AccountCommand(PartyId Party) : Command
{
    /// <inheritdoc />
    public sealed override string Stream => StreamId.Account(Party);
}

/// <summary>Keeps parties' money: never overdrawn, nothing held twice.</summary>
public sealed class AccountDecider : IDecider<AccountCommand, PartyAccount>
{
    private AccountDecider()
    {
    }

    /// <inheritdoc />
    public static string StreamKind => "account";

    /// <inheritdoc />
    public static string Capability => "Settlement";

    /// <inheritdoc />
    public static PartyAccount Initial { get; } = new();

    /// <inheritdoc />
    public static Decision Decide(AccountCommand command, PartyAccount state) => command switch
    {
        DepositFunds c => c.Decide(),
        HoldFunds c => c.Decide(state),
        ReleaseHold c => c.Decide(state),
        CaptureHold c => c.Decide(state),
        CreditRefund c => c.Decide(),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "no rule for this command"),
    };

    /// <inheritdoc />
    public static PartyAccount Evolve(PartyAccount state, Event @event) => @event switch
    {
        FundsDeposited e => state with { Available = state.Available + new Money(e.AmountFen) },
        FundsHeld e when state.Available.Fen >= e.AmountFen && !state.Holds.ContainsKey(e.Deal) => state with
        {
            Available = state.Available - new Money(e.AmountFen),
            Holds = state.Holds.Add(e.Deal, e.AmountFen),
        },
        HoldRefused => state,
        HoldReleased e when state.Holds.GetValueOrDefault(e.Deal) == e.AmountFen => state with
        {
            Available = state.Available + new Money(e.AmountFen),
            Holds = state.Holds.Remove(e.Deal),
        },
        HoldCaptured e when state.Holds.GetValueOrDefault(e.Deal) == e.AmountFen => state with { Holds = state.Holds.Remove(e.Deal) },
        RefundCredited e => state with { Available = state.Available + new Money(e.AmountFen) },
        _ => throw new ImpossibleHistoryException(@event, state.Available),
    };

    /// <inheritdoc />
    public static bool IsTerminal(PartyAccount state) => false;
}
