using DataExchange.Domain;

namespace DataExchange.Reports.ReadModels;

/// <summary>
/// What a read model makes of every event: an arm, or an explicit word that the event does not concern it. There is no catch-all, so a
/// new kind of event cannot vanish in silence.
/// </summary>
/// <typeparam name="TFold">The fold whose working state the arms change.</typeparam>
internal sealed class FoldTable<TFold>
{
    private readonly Dictionary<Type, Action<TFold, Event>> _arms = [];
    private readonly HashSet<Type> _ignored = [];

    internal IReadOnlyCollection<Type> Handled => _arms.Keys;

    internal IReadOnlyCollection<Type> Ignored => _ignored;

    internal FoldTable<TFold> On<TEvent>(Action<TFold, TEvent> arm)
        where TEvent : Event
    {
        _arms.Add(typeof(TEvent), (fold, @event) => arm(fold, (TEvent)@event));
        return this;
    }

    internal FoldTable<TFold> Ignore(params ReadOnlySpan<Type> types)
    {
        foreach (var type in types)
        {
            if (_arms.ContainsKey(type) || !_ignored.Add(type))
            {
                throw new InvalidOperationException($"{type.Name} is named twice in the table of {typeof(TFold).Name}.");
            }
        }

        return this;
    }

    /// <summary>The arm of a type of event; null when the read model ignores it.</summary>
    /// <exception cref="UnknownEventException">The type is neither handled nor ignored.</exception>
    internal Action<TFold, Event>? ArmFor(Type type) =>
        _arms.TryGetValue(type, out var arm) ? arm
        : _ignored.Contains(type) ? null
        : throw new UnknownEventException(type, typeof(TFold).Name);
}

/// <summary>A read model knows nothing of a type of event: neither what to make of it, nor that it may be ignored.</summary>
/// <param name="type">The type of event.</param>
/// <param name="fold">The fold of the read model.</param>
public sealed class UnknownEventException(Type type, string fold)
    : Exception($"{fold} has no arm for {type?.Name} and does not list it as ignored.");
