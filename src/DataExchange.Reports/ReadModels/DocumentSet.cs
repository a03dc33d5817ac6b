using System.Runtime.InteropServices;

namespace DataExchange.Reports.ReadModels;

/// <summary>A document that a projection keeps.</summary>
public interface IReadModel
{
    /// <summary>Its identity, readable.</summary>
    string Id { get; }
}

/// <summary>Documents in the making, whatever their type.</summary>
internal abstract class DocumentSet
{
    /// <summary>Forgets what was folded and starts again from what the store had.</summary>
    internal abstract void StartFromStored();

    internal abstract Task<bool> VisitAsync(IDocumentSetVisitor visitor);
}

/// <summary>Does something with a set of documents of any type; true when it changed what the fold sees.</summary>
internal interface IDocumentSetVisitor
{
    Task<bool> VisitAsync<TKey, TDocument>(DocumentSet<TKey, TDocument> set)
        where TKey : notnull
        where TDocument : class, IReadModel;
}

/// <summary>
/// Documents in the making, by key. A bulk fold starts with none and keeps all; a projection starts each page with what the store had,
/// and can tell afterwards which keys were asked for and which documents changed (a change is a new object).
/// </summary>
/// <typeparam name="TKey">What the fold finds a document by.</typeparam>
/// <typeparam name="TDocument">The immutable document.</typeparam>
/// <param name="idOf">The document id that belongs to a key.</param>
/// <param name="keys">Equality of keys.</param>
internal sealed class DocumentSet<TKey, TDocument>(Func<TKey, string> idOf, IEqualityComparer<TKey> keys) : DocumentSet
    where TKey : notnull
    where TDocument : class, IReadModel
{
    private Dictionary<TKey, TDocument?> _documents = new(keys);
    private Dictionary<TKey, TDocument?>? _stored;

    /// <summary>The place of a document; null inside when there is none yet. Not to be used after another place was asked for.</summary>
    internal ref TDocument? this[TKey key] => ref CollectionsMarshal.GetValueRefOrAddDefault(_documents, key, out _);

    internal IReadOnlyDictionary<TKey, TDocument?> Documents => _documents;

    internal void Remove(TKey key)
    {
        if (_stored is null)
        {
            _documents.Remove(key);
        }
        else
        {
            _documents[key] = null;
        }
    }

    internal override Task<bool> VisitAsync(IDocumentSetVisitor visitor) => visitor.VisitAsync(this);

    internal override void StartFromStored() => _documents = new(_stored ??= new(keys), keys);

    /// <summary>Keys that the fold asked for and that nobody looked for in the store yet, with their document ids.</summary>
    internal Dictionary<string, TKey> NotLookedFor()
    {
        _stored ??= new(keys);
        var wanted = new Dictionary<string, TKey>(StringComparer.Ordinal);
        foreach (var key in _documents.Keys)
        {
            if (!_stored.ContainsKey(key))
            {
                wanted.Add(idOf(key), key);
            }
        }

        return wanted;
    }

    internal void SetStored(TKey key, TDocument? document) => (_stored ??= new(keys))[key] = document;

    /// <summary>Documents that differ from what the store had; null for one that is no longer wanted.</summary>
    internal IEnumerable<(string Id, TDocument? Document)> Changes()
    {
        foreach (var (key, document) in _documents)
        {
            if (!ReferenceEquals(document, _stored!.GetValueOrDefault(key)))
            {
                yield return (idOf(key), document);
            }
        }
    }
}
