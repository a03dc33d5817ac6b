using System.Runtime.CompilerServices;
using DataExchange.Domain;
using DataExchange.Domain.Trading;
using DataExchange.Exchange.Books;

namespace DataExchange.Exchange;

/// <summary>A stream at one version. It follows from the facts up to there, and says nothing that they do not.</summary>
/// <param name="Version">Version of its last fact.</param>
/// <param name="State">Its state.</param>
/// <param name="Book">The matching core behind an order book; null for every other stream.</param>
public sealed record StreamSnapshot(int Version, object State, BookSnapshot? Book = null);

/// <content>The way back into memory: streams go on where their recorded facts end.</content>
public sealed partial class StreamTable
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

    /// <summary>
    /// Takes a whole stream that is not known yet: what it once recorded, as <see cref="Restore"/> does, but for what settlements credited (see
    /// <see cref="Credit"/>).
    /// </summary>
    /// <param name="id">The stream's id.</param>
    /// <param name="facts">All its facts, from the first.</param>
    /// <exception cref="ImpossibleHistoryException">A fact cannot follow what was before.</exception>
    /// <exception cref="InvalidOperationException">A version does not follow, or the matching core says otherwise than what is recorded.</exception>
    public void Load(string id, IReadOnlyList<RecordedEvent> facts) => Load(id, null, facts);

    /// <summary>Takes a stream that is not known yet, from a snapshot and the facts behind it.</summary>
    /// <param name="id">The stream's id.</param>
    /// <param name="snapshot">What <see cref="SnapshotOf"/> gave; null for none.</param>
    /// <param name="facts">Its facts behind the snapshot, all of them.</param>
    /// <exception cref="ImpossibleHistoryException">A fact cannot follow what was before.</exception>
    /// <exception cref="InvalidOperationException">A version does not follow, or the matching core says otherwise than what is recorded.</exception>
    public void Load(string id, StreamSnapshot? snapshot, IReadOnlyList<RecordedEvent> facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var kind = StreamKind.Of(id);
        var state = snapshot?.State ?? kind.Initial;
        var version = snapshot?.Version ?? 0;
        var replay = kind.Decider != typeof(BookDecider) ? null
            : snapshot?.Book is { } core ? new BookReplay(BookCore.Restore(new ProductId(id[(kind.Name.Length + 1)..]), core)) : new BookReplay();
        for (var i = 0; i < facts.Count; i++)
        {
            if (facts[i].Version != version + i + 1)
            {
                throw new InvalidOperationException($"version {facts[i].Version} of {id} follows version {version + i}");
            }

            state = kind.Evolve(state, facts[i].Data);
            if (replay?.Take(facts[i].Data) is { } problem)
            {
                throw new InvalidOperationException($"event {facts[i].Version} of {id}: {problem}");
            }
        }

        ref var stream = ref Started(id, kind);
        (stream.State, stream.Version) = (kind.Condense(state), version + facts.Count);
        if (replay is not null && stream.Version > 0)
        {
            var product = new ProductId(id[(kind.Name.Length + 1)..]);
            if (replay.End() is { } problem)
            {
                throw new InvalidOperationException($"{id}: {problem}");
            }

            _books[product] = replay.Core ?? throw new InvalidOperationException($"{id} never opened");
        }
    }

    /// <summary>A stream as it is between two commands, to go on from without its facts; null of one without facts.</summary>
    /// <param name="id">The stream's id.</param>
    public StreamSnapshot? SnapshotOf(string id)
    {
        var kind = StreamKind.Of(id);
        return VersionOf(id) is > 0 and var version
            ? new(version, StateOf(id), kind.Decider == typeof(BookDecider) ? _books[new ProductId(id[(kind.Name.Length + 1)..])].Save() : null)
            : null;
    }

    /// <summary>Forgets a stream, so that it is loaded again when it is needed.</summary>
    /// <param name="id">The stream's id; unknown ones are none the worse.</param>
    public void Unload(string id)
    {
        _streams.Remove(id);
        if (StreamId.KindOf(id) is "book")
        {
            _books.Remove(new ProductId(id[(StreamId.KindOf(id).Length + 1)..]));
        }
    }

    /// <summary>Forgets all streams but some.</summary>
    /// <param name="kept">Those that stay.</param>
    public void UnloadAllBut(IReadOnlySet<string> kept)
    {
        ArgumentNullException.ThrowIfNull(kept);
        foreach (var id in _streams.Keys.Where(id => !kept.Contains(id)).ToList())
        {
            Unload(id);
        }
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
