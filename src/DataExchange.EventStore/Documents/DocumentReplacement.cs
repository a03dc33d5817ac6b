using System.Transactions;
using DataExchange.EventStore.Postgres;
using Marten;
using Npgsql;
using Weasel.Core;

namespace DataExchange.EventStore.Documents;

/// <summary>Stores whole read models at once, as Marten's own documents.</summary>
public static class DocumentReplacement
{
    // Marten's bulk insert measured 134,000 documents a second at 5,000 and less at 1,000 and 20,000 (0004-bulk-append.md).
    private const int ChunkSize = 5_000;

    /// <summary>
    /// Replaces all documents of one type in one transaction: readers see the old ones until the new ones are all there, and after a
    /// crash either. Holds no more than 5,000 documents at a time.
    /// </summary>
    /// <typeparam name="T">The document type; it must be registered in the store.</typeparam>
    /// <param name="store">The store, as <see cref="Schema.StoreFactory"/> built it.</param>
    /// <param name="documents">The new documents, each id once.</param>
    /// <param name="cancellation">Stops the work, which then changes nothing.</param>
    /// <returns>How many documents there are now.</returns>
    /// <exception cref="EventConcurrencyException">An id comes twice.</exception>
    /// <exception cref="EventStoreUnavailableException">The server cannot be reached or went away.</exception>
    public static Task<long> ReplaceDocumentsAsync<T>(
        this IDocumentStore store, IAsyncEnumerable<T> documents, CancellationToken cancellation = default)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(documents);
        return ServerErrors.GuardAsync($"documents of type {typeof(T).Name} were being written", async () =>
        {
            using var transaction = new CommittableTransaction(
                new TransactionOptions { IsolationLevel = IsolationLevel.ReadCommitted, Timeout = TimeSpan.Zero });
            await DeleteAllAsync<T>(store, transaction, cancellation).ConfigureAwait(false);
            var written = 0L;
            await foreach (var chunk in documents.Chunk(ChunkSize).WithCancellation(cancellation).ConfigureAwait(false))
            {
                using var scope = Join(transaction);
                await store.BulkInsertEnlistTransactionAsync(chunk, transaction, BulkInsertMode.InsertsOnly, ChunkSize, cancellation)
                    .ConfigureAwait(false);
                scope.Complete();
                written += chunk.Length;
            }

            await Task.Factory.FromAsync(transaction.BeginCommit, transaction.EndCommit, null).ConfigureAwait(false);
            return written;
        });
    }

    /// <inheritdoc cref="ReplaceDocumentsAsync{T}(IDocumentStore, IAsyncEnumerable{T}, CancellationToken)"/>
    public static Task<long> ReplaceDocumentsAsync<T>(
        this IDocumentStore store, IEnumerable<T> documents, CancellationToken cancellation = default)
        where T : notnull =>
        store.ReplaceDocumentsAsync(documents.ToAsyncEnumerable(), cancellation);

    /// <summary>
    /// Replaces all documents of one type step by step, 5,000 in a transaction: for a source that takes as long as a run. One transaction over
    /// all of it would keep the server from clearing away what the run's other transactions have left behind, and each would cost more than
    /// the one before. Readers meanwhile see a part, and after a crash or an error a part is there: note only afterwards that they are whole.
    /// </summary>
    /// <typeparam name="T">The document type; it must be registered in the store.</typeparam>
    /// <param name="store">The store, as <see cref="Schema.StoreFactory"/> built it.</param>
    /// <param name="documents">The new documents, each id once.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>How many documents there are now.</returns>
    /// <exception cref="EventConcurrencyException">An id comes twice.</exception>
    /// <exception cref="EventStoreUnavailableException">The server cannot be reached or went away.</exception>
    public static Task<long> ReplaceDocumentsStepwiseAsync<T>(
        this IDocumentStore store, IAsyncEnumerable<T> documents, CancellationToken cancellation = default)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(documents);
        return ServerErrors.GuardAsync($"documents of type {typeof(T).Name} were being written", async () =>
        {
            using (var transaction = new CommittableTransaction())
            {
                await DeleteAllAsync<T>(store, transaction, cancellation).ConfigureAwait(false);
                await Task.Factory.FromAsync(transaction.BeginCommit, transaction.EndCommit, null).ConfigureAwait(false);
            }

            var written = 0L;
            await foreach (var chunk in documents.Chunk(ChunkSize).WithCancellation(cancellation).ConfigureAwait(false))
            {
                await store.BulkInsertAsync(chunk, BulkInsertMode.InsertsOnly, ChunkSize, cancellation).ConfigureAwait(false);
                written += chunk.Length;
            }

            return written;
        });
    }

    // While the transaction is the ambient one, the pool gives the connection back that is enlisted in it already, so that all is one
    // plain transaction; enlisted one by one, the connections would make a distributed one. The scope is not held over the source of
    // the documents, which may use the same database.
    private static TransactionScope Join(Transaction transaction) => new(transaction, TransactionScopeAsyncFlowOption.Enabled);

    private static async Task DeleteAllAsync<T>(IDocumentStore store, Transaction transaction, CancellationToken cancellation)
    {
        var table = store.Options.FindOrResolveDocumentType(typeof(T)).TableName.QualifiedName;
        using var scope = Join(transaction);
        var connection = store.Storage.Database.CreateConnection();
        await using (connection.ConfigureAwait(false))
        {
            await connection.OpenAsync(cancellation).ConfigureAwait(false);
            await using var delete = new NpgsqlCommand($"DELETE FROM {table}", connection);
            await delete.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
        }

        scope.Complete();
    }
}
