using System.Text.Json;
using DataExchange.Domain;
using DataExchange.Domain.Trading;
using DataExchange.EventStore.Services;
using DataExchange.Exchange;

namespace DataExchange.Services;

/// <content>Facts of others: in order, once, and what follows from them.</content>
internal sealed partial class Partition
{
    private void React(StreamTable table, Reaction meant)
    {
        var reaction = meant with { Command = InTime(meant.Command) };
        if (reaction.Command is BookCommand ofBook && table.DueBefore(ofBook) is { } due)
        {
            table.Handle(due);
        }

        var outcome = table.Handle(reaction.Command);
        Take(table);
        if (outcome.Rejection is { } rejection && !Reactions.IsExpected(reaction.Command, rejection))
        {
            throw new InvalidOperationException($"{reaction.Command.GetType().Name} on {reaction.Command.Stream} was refused: {rejection}.");
        }
    }

    // Facts are handled in order, whatever the order in which messages bring them. In lockstep the feed itself waits, and skips what concerns others.
    private async ValueTask<List<FactsWork>> NextFactsAsync(FeedPosition cursor, CancellationToken cancellation)
    {
        var next = new List<FactsWork>();
        _early.Sort((left, right) => left.From.CompareTo(right.From));
        foreach (var facts in _early)
        {
            if (facts.From > cursor && !_isLockstep)
            {
                // What lies between was lost on the way, or is late: the store has it.
                var first = cursor.Index == FeedPosition.Whole ? cursor.Sequence + 1 : cursor.Sequence;
                var missed = await _reader.FactsAsync(first, facts.From.Sequence, cancellation).ConfigureAwait(false);
                next.Add(new FactsWork(new Messages.ApplyFacts(cursor.Sequence, cursor.Index, facts.From.Sequence, facts.From.Index, [.. missed])));
                _metrics.Missed(_name);
            }

            next.Add(facts);
            cursor = facts.To > cursor ? facts.To : cursor;
        }

        return next;
    }

    private IEnumerable<Reaction> ReactionsIn(FactsWork work, FeedPosition cursor)
    {
        foreach (var envelope in work.Facts)
        {
            if (FeedPosition.Behind(envelope.Sequence) <= cursor)
            {
                continue;
            }

            var fact = Facts.Read(envelope);
            if (_map.ObserversOf(fact.Stream).Contains(_name))
            {
                _table?.Unload(fact.Stream);
            }

            var reactions = Reactions.To(fact.Data);
            for (var index = 0; index < reactions.Count; index++)
            {
                var at = new FeedPosition(envelope.Sequence, index);
                if (at > cursor && at > work.From && at <= work.To && _map.OwnerOf(reactions[index].Stream) == _name)
                {
                    yield return new Reaction(at, reactions[index], envelope);
                }
            }
        }
    }

    private async Task ReactOneByOneAsync(FactsWork work, CancellationToken cancellation)
    {
        foreach (var reaction in ReactionsIn(work, _cursor).ToList())
        {
            var putAside = new List<QuarantineRow>();
            _batch.Clear();
            try
            {
                var table = _table ??= await OpenTableAsync(cancellation).ConfigureAwait(false);
                table.Forget();
                await LoadAsync(table, [.. Needs(reaction.Command)], cancellation).ConfigureAwait(false);
                await BeginAsync(cancellation).ConfigureAwait(false);
                React(table, reaction);
                _metrics.Recorded(_name, table.Recorded);
            }
            catch (Exception failure) when (failure is InvalidOperationException or ImpossibleHistoryException or JsonException or KeyNotFoundException)
            {
                _table = null;
                _batch.Clear();
                putAside.Add(Quarantine.Of(reaction, failure));
                _metrics.PutAside(_name);
            }

            await CommitAsync([], putAside, reaction.At, cancellation).ConfigureAwait(false);
        }

        _batch.Clear();
        var sequence = await CommitAsync([], [], work.To > _cursor ? work.To : _cursor, cancellation).ConfigureAwait(false);
        work.Complete(sequence);
    }
}
