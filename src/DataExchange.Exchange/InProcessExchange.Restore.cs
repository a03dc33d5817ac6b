using System.Runtime.CompilerServices;
using DataExchange.Domain;
using DataExchange.Domain.Trading;
using DataExchange.Exchange.Books;

namespace DataExchange.Exchange;

/// <summary>The way back into memory: an exchange goes on where its recorded facts end.</summary>
public sealed partial class InProcessExchange
{
    private readonly Dictionary<ProductId, BookReplay> _replays = [];
    private string? _restoring;

    /// <summary>
    /// Takes a recorded fact: its stream moves on, a book's core is fed. Nothing is decided, no reaction follows, nothing goes to the sink. Facts come in the
    /// order in which they were recorded, all of them, before the first command; then <see cref="CompleteRestore"/>.
    /// </summary>
    /// <param name="fact">The fact with its place.</param>
    /// <exception cref="ImpossibleHistoryException">It cannot follow what was before: the record was altered.</exception>
    /// <exception cref="InvalidOperationException">Its version does not follow, or the matching core says otherwise than what is recorded.</exception>
    public void Restore(RecordedEvent fact)
    {
        if (fact.Stream != _restoring)
        {
            // What has ended is condensed only when the stream is left: a command may record two facts, the first of which is the end.
            CondenseRestored();
            _restoring = fact.Stream;
        }

        var kind = StreamKind.Of(fact.Stream);
        ref var stream = ref Started(fact.Stream, kind);
        if (fact.Version != stream.Version + 1)
        {
            throw new InvalidOperationException($"version {fact.Version} of {fact.Stream} follows version {stream.Version}");
        }

        stream.State = kind.Evolve(stream.State, fact.Data);
        stream.Version++;
        // As Record does, but for what follows from the fact: that is recorded too, and comes by itself.
        _proceeds.Take(fact.Data);
        if (kind.Decider == typeof(BookDecider))
        {
            Replay(fact);
        }
    }

    /// <summary>Ends the restoring; from here on commands are taken.</summary>
    /// <exception cref="InvalidOperationException">A book's record ends before what follows from its orders.</exception>
    public void CompleteRestore()
    {
        CondenseRestored();
        _restoring = null;
        foreach (var (product, replay) in _replays)
        {
            if (replay.End() is { } problem)
            {
                throw new InvalidOperationException($"book/{product}: {problem}");
            }

            _books.Add(product, replay.Core ?? throw new InvalidOperationException($"book/{product} never opened"));
        }

        _replays.Clear();
    }

    private void CondenseRestored()
    {
        if (_restoring is { } left)
        {
            ref var stream = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrNullRef(_streams, left);
            if (!Unsafe.IsNullRef(ref stream))
            {
                stream.State = StreamKind.Of(left).Condense(stream.State);
            }
        }
    }

    private void Replay(RecordedEvent fact)
    {
        var product = new ProductId(fact.Stream[(StreamId.KindOf(fact.Stream).Length + 1)..]);
        if (!_replays.TryGetValue(product, out var replay))
        {
            _replays.Add(product, replay = new BookReplay());
        }

        if (replay.Take(fact.Data) is { } problem)
        {
            throw new InvalidOperationException($"event {fact.Version} of {fact.Stream}: {problem}");
        }
    }
}
