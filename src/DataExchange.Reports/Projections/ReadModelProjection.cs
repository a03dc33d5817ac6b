using DataExchange.Reports.ReadModels;
using JasperFx.Events;
using Marten;
using Marten.Events.Projections;
using Event = DataExchange.Domain.Event;

namespace DataExchange.Reports.Projections;

/// <summary>
/// Lets the event store's daemon run the very fold that a bulk run uses. A page of events is folded on what the store has; which
/// documents that takes is found by folding first without them, so no list of keys has to be kept beside the arms.
/// </summary>
/// <typeparam name="TFold">The fold.</typeparam>
internal abstract class ReadModelProjection<TFold> : IProjection
    where TFold : class, IFold<TFold>
{
    private protected abstract TFold Create();

    /// <inheritdoc />
    public async Task ApplyAsync(IDocumentOperations operations, IReadOnlyList<IEvent> events, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(operations);
        ArgumentNullException.ThrowIfNull(events);
        var fold = Create();
        var sets = fold.Sets;
        var loading = new Loading(operations, cancellation);
        bool foundMore;
        do
        {
            foreach (var set in sets)
            {
                set.StartFromStored();
            }

            foreach (var stored in events)
            {
                if (stored.Data is Event @event)
                {
                    TFold.Table.ArmFor(@event.GetType())?.Invoke(fold, @event);
                }
            }

            foundMore = false;
            foreach (var set in sets)
            {
                foundMore |= await set.VisitAsync(loading).ConfigureAwait(false);
            }
        }
        while (foundMore);

        var storing = new Storing(operations);
        foreach (var set in sets)
        {
            await set.VisitAsync(storing).ConfigureAwait(false);
        }
    }

    private sealed class Loading(IDocumentOperations operations, CancellationToken cancellation) : IDocumentSetVisitor
    {
        public async Task<bool> VisitAsync<TKey, TDocument>(DocumentSet<TKey, TDocument> set)
            where TKey : notnull
            where TDocument : class, IReadModel
        {
            var wanted = set.NotLookedFor();
            if (wanted.Count == 0)
            {
                return false;
            }

            var foundAny = false;
            foreach (var key in wanted.Values)
            {
                set.SetStored(key, null);
            }

            foreach (var document in await operations.LoadManyAsync<TDocument>(cancellation, [.. wanted.Keys]).ConfigureAwait(false))
            {
                set.SetStored(wanted[document.Id], document);
                foundAny = true;
            }

            return foundAny;
        }
    }

    private sealed class Storing(IDocumentOperations operations) : IDocumentSetVisitor
    {
        public Task<bool> VisitAsync<TKey, TDocument>(DocumentSet<TKey, TDocument> set)
            where TKey : notnull
            where TDocument : class, IReadModel
        {
            foreach (var (id, document) in set.Changes())
            {
                if (document is null)
                {
                    operations.Delete<TDocument>(id);
                }
                else
                {
                    operations.Store(document);
                }
            }

            return Task.FromResult(false);
        }
    }
}
