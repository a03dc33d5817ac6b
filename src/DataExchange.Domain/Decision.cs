namespace DataExchange.Domain;

/// <summary>
/// A decider's answer: facts to record, a typed rejection, or both where the domain records a refusal as a fact
/// (a refused listing is in the ledger, with its reason).
/// </summary>
/// <param name="Events">The facts to append, in order; empty when nothing is to be recorded.</param>
/// <param name="Rejection">Why the command was refused; null when it was accepted.</param>
public readonly record struct Decision(IReadOnlyList<Event> Events, Rejection? Rejection)
{
    /// <summary>Accepted: these facts are recorded.</summary>
    public static Decision Accept(params Event[] events) => new(events, null);

    /// <summary>Refused, and the refusal is itself a recorded fact.</summary>
    public static Decision Refuse(Rejection rejection, Event refusal) => new([refusal], rejection);

    /// <summary>Refused: the state forbids it, nothing is recorded.</summary>
    public static Decision Reject(Rejection rejection) => new([], rejection);
}

/// <summary>What the exchange answers to a command.</summary>
/// <param name="Events">The facts recorded for this command itself, without what other capabilities recorded in consequence.</param>
/// <param name="Rejection">Why it was refused; null when accepted.</param>
public readonly record struct Outcome(IReadOnlyList<Event> Events, Rejection? Rejection)
{
    /// <summary>Whether the command was accepted.</summary>
    public bool Accepted => Rejection is null;
}

/// <summary>The one way into the exchange, whether it runs in this process or as services.</summary>
public interface IExchange
{
    /// <summary>Has a command decided and its facts recorded.</summary>
    /// <param name="command">The command; its time must not be before that of an earlier one.</param>
    /// <param name="cancellation">Stops waiting; what was recorded stays.</param>
    ValueTask<Outcome> SubmitAsync(Command command, CancellationToken cancellation);
}

/// <summary>A decider of one kind of stream: pure functions over its own state.</summary>
/// <typeparam name="TCommand">The closed family of commands.</typeparam>
/// <typeparam name="TState">The immutable state.</typeparam>
public interface IDecider<in TCommand, TState>
    where TCommand : Command
{
    /// <summary>The kind of stream, what stands before the slash of its id.</summary>
    static abstract string StreamKind { get; }

    /// <summary>The capability that owns the kind of stream.</summary>
    static abstract string Capability { get; }

    /// <summary>The state of a stream without events.</summary>
    static abstract TState Initial { get; }

    /// <summary>What the state makes of a command.</summary>
    static abstract Decision Decide(TCommand command, TState state);

    /// <summary>What an event makes of the state.</summary>
    /// <exception cref="ImpossibleHistoryException">The event cannot follow this state: the stream is corrupt.</exception>
    static abstract TState Evolve(TState state, Event @event);

    /// <summary>Whether nothing can happen to the stream any more.</summary>
    static abstract bool IsTerminal(TState state);

    /// <summary>What of a state must be kept in memory to answer every command alike; less than all of it when it is terminal.</summary>
    static virtual TState Condense(TState state) => state;
}

/// <summary>A stored event does not fit the state before it: the stream was altered, or written by another program.</summary>
/// <param name="event">The event.</param>
/// <param name="state">A word for the state it met.</param>
public sealed class ImpossibleHistoryException(Event @event, object state)
    : Exception($"{@event.GetType().Name} at {@event.At} cannot follow the state {state}.");
