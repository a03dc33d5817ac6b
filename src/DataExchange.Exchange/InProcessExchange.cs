using DataExchange.Domain;
using DataExchange.Domain.Trading;
using DataExchange.Domain.Trust;
using DataExchange.Exchange.Logs;

namespace DataExchange.Exchange;

/// <summary>
/// The whole exchange in one process: the deciders that services would run, with states in memory and reactions followed at once.
/// It reads no clock and does no I/O; one caller at a time.
/// </summary>
/// <param name="sink">Where the facts go.</param>
/// <param name="logs">The venues' logs; null where none are kept, as in trial runs: commands to logs then record nothing.</param>
public sealed class InProcessExchange(IEventSink sink, IVenueLogs? logs = null) : IExchange
{
    private readonly StreamTable _table = new() { LetsClaimsLapse = true };
    private readonly Queue<Command> _pending = [];
    private int _followed;

    /// <inheritdoc />
    /// <exception cref="InvalidOperationException">A reaction was refused for a reason that only a defect explains.</exception>
    public async ValueTask<Outcome> SubmitAsync(Command command, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        _table.Forget();
        _table.LapseClaims(command.At);
        _followed = 0;
        var outcome = Handle(command is LogCommand log && logs is not null ? await log.AnsweredAsync(_table, logs, cancellation).ConfigureAwait(false) : command);
        FollowReactions();
        if (_table.Recorded.Count > 0)
        {
            await sink.AppendAsync(_table.Recorded, cancellation).ConfigureAwait(false);
        }

        return outcome;
    }

    /// <inheritdoc cref="StreamTable.Restore" />
    public void Restore(RecordedEvent fact) => _table.Restore(fact);

    /// <inheritdoc cref="StreamTable.CompleteRestore" />
    public void CompleteRestore() => _table.CompleteRestore();

    private void FollowReactions()
    {
        while (NextReaction() is { } reaction)
        {
            if (React(reaction).Rejection is { } rejection && !Reactions.IsExpected(reaction, rejection))
            {
                throw new InvalidOperationException($"{reaction.GetType().Name} on {reaction.Stream} was refused: {rejection}.");
            }
        }
    }

    private Command? NextReaction()
    {
        for (; _followed < _table.Recorded.Count; _followed++)
        {
            var reactions = Reactions.To(_table.Recorded[_followed].Data);
            for (var i = 0; i < reactions.Count; i++)
            {
                _pending.Enqueue(reactions[i]);
            }
        }

        return _pending.TryDequeue(out var next) ? next : null;
    }

    private Outcome Handle(Command command)
    {
        if (command is BookCommand ofBook && _table.DueBefore(ofBook) is { } due)
        {
            _table.Handle(due);
            // Money that is free again may be needed by the command itself.
            FollowReactions();
        }

        var prepared = _table.Prepare(command);
        if (prepared.Ended is { } ended)
        {
            return ended;
        }

        return prepared.First is { } first && _table.Handle(first) is { Accepted: false } refused ? refused : _table.Handle(prepared);
    }

    // A reaction asks for nobody's money: what is due in a book comes before it, and what follows from that in its turn.
    private Outcome React(Command reaction)
    {
        if (reaction is BookCommand ofBook && _table.DueBefore(ofBook) is { } due)
        {
            _table.Handle(due);
        }

        return _table.Handle(reaction);
    }
}
