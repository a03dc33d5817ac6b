namespace DataExchange.Domain.Settlement;

/// <summary>What the exchange owes a party for its deals, and the party the exchange, as its stream tells it.</summary>
public sealed record PartyPayable
{
    /// <summary>All proceeds that settlements ever credited to the party, as far as its stream knows, fen. They never shrink.</summary>
    public long ProceedsFen { get; init; }

    /// <summary>What of them is still to be paid out, fen. Never below zero.</summary>
    public long PayableFen { get; init; }

    /// <summary>What the party owes, as it was paid out before it was taken back, fen. Never below zero.</summary>
    public long OwedFen { get; init; }

    /// <summary>What is payable once the proceeds are known to be so much, fen.</summary>
    /// <param name="proceedsFen">At least <see cref="ProceedsFen"/>.</param>
    public long PayableWith(long proceedsFen) => PayableFen + (proceedsFen - ProceedsFen);
}

/// <summary>A command to Settlement about what is payable to a party.</summary>
/// <param name="Party">The party.</param>
/// <param name="ProceedsFen">
/// All proceeds that settlements ever credited to it, fen. Whoever gives the command leaves it at 0: the exchange puts in what its settlements came
/// to.
/// </param>
public abstract record PayableCommand(PartyId Party, long ProceedsFen) : Command
{
    /// <inheritdoc />
    public sealed override string Stream => StreamId.Payable(Party);
}

/// <summary>Pays proceeds out and takes them back: never more than there is, and what a party owes before anything else.</summary>
public sealed class PayableDecider : IDecider<PayableCommand, PartyPayable>
{
    private PayableDecider()
    {
    }

    /// <inheritdoc />
    public static string StreamKind => "payable";

    /// <inheritdoc />
    public static string Capability => "Settlement";

    /// <inheritdoc />
    public static PartyPayable Initial { get; } = new();

    /// <inheritdoc />
    public static Decision Decide(PayableCommand command, PartyPayable state) => command switch
    {
        PayOutProceeds c => c.Decide(state),
        ChargeBackProceeds c => c.Decide(state),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "no rule for this command"),
    };

    /// <inheritdoc />
    public static PartyPayable Evolve(PartyPayable state, Event @event) => @event switch
    {
        ProceedsPaidOut e when e.AmountFen > 0 && Covers(state, e.ProceedsFen, e.AmountFen) => Take(state, e.ProceedsFen, e.AmountFen),
        ProceedsOffset e when e.AmountFen > 0 && e.AmountFen <= state.OwedFen && Covers(state, e.ProceedsFen, e.AmountFen) =>
            Take(state, e.ProceedsFen, e.AmountFen) with { OwedFen = state.OwedFen - e.AmountFen },
        // Nothing is owed while something is payable.
        ProceedsChargedBack e when e.TakenFen >= 0 && e.OwedFen >= 0 && (Int128)e.TakenFen + e.OwedFen > 0
            && Covers(state, e.ProceedsFen, e.TakenFen) && (e.OwedFen == 0 || e.TakenFen == state.PayableWith(e.ProceedsFen))
            && CanOwe(state, e.OwedFen) =>
            Take(state, e.ProceedsFen, e.TakenFen) with { OwedFen = state.OwedFen + e.OwedFen },
        _ => throw new ImpossibleHistoryException(@event, state),
    };

    /// <inheritdoc />
    public static bool IsTerminal(PartyPayable state) => false;

    /// <summary>Whether the debt can still be counted when it grows by so much.</summary>
    internal static bool CanOwe(PartyPayable state, long fen) => (Int128)state.OwedFen + fen <= long.MaxValue;

    private static bool Covers(PartyPayable state, long proceedsFen, long fen) =>
        proceedsFen >= state.ProceedsFen && fen <= state.PayableWith(proceedsFen);

    private static PartyPayable Take(PartyPayable state, long proceedsFen, long fen) =>
        state with { ProceedsFen = proceedsFen, PayableFen = state.PayableWith(proceedsFen) - fen };
}
