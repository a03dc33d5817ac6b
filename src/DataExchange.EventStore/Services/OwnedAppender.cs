using System.Collections.Frozen;
using DataExchange.Domain;
using DataExchange.EventStore.Appending;
using DataExchange.EventStore.Postgres;
using DataExchange.EventStore.Schema;
using Npgsql;
using NpgsqlTypes;

namespace DataExchange.EventStore.Services;

/// <summary>What a partition commits at once: facts, and what it thereby has handled.</summary>
/// <param name="Events">Facts in their order; may be empty.</param>
/// <param name="Handled">Commands that were handled.</param>
/// <param name="Cursor">How far the facts of others are handled with it.</param>
/// <param name="PutAside">Messages that could not be handled.</param>
/// <param name="LastAt">Time of the partition's last fact, Unix seconds.</param>
public sealed record PartitionCommit(
    EventBatch Events, IReadOnlyList<InboxRow> Handled, FeedPosition Cursor, IReadOnlyList<QuarantineRow> PutAside, long LastAt);

/// <summary>
/// The one way in which services append: many commands' facts in one transaction, with the record of the messages that they came of. A transaction
/// proves that its writer still owns the partition, refuses streams of other services, and waits for its turn: facts get their places in the global
/// order in the order of commits, without gaps, so that whoever reads in that order misses nothing.
/// </summary>
public sealed class OwnedAppender : IAsyncDisposable
{
    private const string Doing = "a partition's facts were being written";
    private readonly NpgsqlConnection _connection;
    private readonly BatchCommit _write;
    private readonly PartitionLease _lease;
    private readonly FrozenSet<string> _kinds;
    private readonly string _prove;
    private readonly string _takeTurn;
    private readonly string _noteHandled;
    private readonly string _putAside;

    private OwnedAppender(NpgsqlConnection connection, PartitionLease lease, IEnumerable<string> streamKinds, BulkEventWriterOptions options, bool skipForeignKeyChecks)
    {
        (_connection, _lease) = (connection, lease);
        _kinds = streamKinds.ToFrozenSet(StringComparer.Ordinal);
        _write = new BatchCommit(connection, options, skipForeignKeyChecks);
        _prove =
            $"""
            UPDATE {options.Schema}.service_partition SET cursor_sequence = $3, cursor_index = $4, last_at = greatest(last_at, $5) WHERE name = $1 AND epoch = $2
            """;
        // The second statement sees what was committed while the first one waited.
        _takeTurn = $"SELECT pg_advisory_xact_lock(hashtext('dataexchange append {options.Schema}'))";
        LastSequenceSql = $"SELECT coalesce(max(seq_id), 0) FROM {options.Schema}.mt_events";
        _noteHandled =
            $"""
            INSERT INTO {options.Schema}.service_inbox (id, partition, stream, first_version, last_version, rejection)
            SELECT id, $6, stream, first_version, last_version, rejection
            FROM unnest($1::uuid[], $2::text[], $3::integer[], $4::integer[], $5::text[]) AS row(id, stream, first_version, last_version, rejection)
            """;
        _putAside =
            $"""
            INSERT INTO {options.Schema}.service_quarantine (id, partition, kind, content, reason)
            SELECT id, $5, kind, content::jsonb, reason FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) AS row(id, kind, content, reason)
            ON CONFLICT (id) DO NOTHING
            """;
    }

    private string LastSequenceSql { get; }

    /// <summary>Opens the way for the holder of a lease.</summary>
    /// <param name="database">The database.</param>
    /// <param name="lease">The lease.</param>
    /// <param name="streamKinds">The kinds of stream that the partition's service owns; it appends to no other.</param>
    /// <param name="runKey">What the ids of events are made with, see <see cref="EventIds"/>.</param>
    /// <param name="schema">The schema that holds the store.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="StoreSchemaMismatchException">The tables are not those this version knows.</exception>
    /// <exception cref="EventConcurrencyException">A simulation or an import is writing to the store.</exception>
    /// <exception cref="EventStoreUnavailableException">The server cannot be reached.</exception>
    public static Task<OwnedAppender> OpenAsync(
        NpgsqlDataSource database, PartitionLease lease, IEnumerable<string> streamKinds, ulong runKey, string schema = Schemas.Default,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(lease);
        ArgumentNullException.ThrowIfNull(streamKinds);
        SqlName.Checked(schema);
        return ServerErrors.GuardAsync(Doing, async () =>
        {
            var connection = await database.OpenConnectionAsync(cancellation).ConfigureAwait(false);
            try
            {
                await MartenTableLayout.CheckAsync(connection, schema, cancellation).ConfigureAwait(false);
                await StoreLock.TakeSharedAsync(connection, schema, cancellation).ConfigureAwait(false);
                var skip = await StoreLock.IsSuperuserAsync(connection, cancellation).ConfigureAwait(false);
                return new OwnedAppender(connection, lease, streamKinds, new BulkEventWriterOptions { RunKey = runKey, Schema = schema }, skip);
            }
            catch
            {
                await connection.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        });
    }

    /// <summary>Commits. When it returns, everything is on the server's disk; when it throws, nothing is written, unless the connection was lost in between.</summary>
    /// <param name="commit">What to commit; its batch gets its places in the global order.</param>
    /// <param name="cancellation">Stops it, which undoes it.</param>
    /// <returns>The place of the last fact in the global order; of the last one before, when there are none.</returns>
    /// <exception cref="OwnershipException">Another process owns the partition, or a stream belongs to another service.</exception>
    /// <exception cref="EventConcurrencyException">A stream is not at the version that the facts continue from, or a command was handled before.</exception>
    /// <exception cref="EventStoreUnavailableException">The server went away.</exception>
    public Task<long> CommitAsync(PartitionCommit commit, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(commit);
        CheckKinds(commit.Events);
        return ServerErrors.GuardAsync(Doing, async () =>
        {
            var transaction = await _connection.BeginTransactionAsync(cancellation).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                await ProveAsync(commit, cancellation).ConfigureAwait(false);
                var last = commit.Events.Count > 0 ? await TakeTurnAsync(cancellation).ConfigureAwait(false) : 0;
                commit.Events.FirstSequence = last + 1;
                await NoteAsync(commit, cancellation).ConfigureAwait(false);
                await _write.WriteAndNotifyAsync(commit.Events, cancellation).ConfigureAwait(false);
                await transaction.CommitAsync(cancellation).ConfigureAwait(false);
                return last + commit.Events.Count;
            }
        });
    }

    /// <summary>Closes the way; the lease stays.</summary>
    public async ValueTask DisposeAsync()
    {
        await StoreLock.ReleaseAsync(_connection).ConfigureAwait(false);
        await _connection.DisposeAsync().ConfigureAwait(false);
    }

    private void CheckKinds(EventBatch batch)
    {
        var kinds = _kinds.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var i = 0; i < batch.Count; i++)
        {
            var stream = batch.PlaceOf(i).StreamId;
            if (!kinds.Contains(StreamId.KindOf(stream)))
            {
                throw new OwnershipException(
                    $"Partition {_lease.Partition} wanted to append to stream {stream}; it owns streams of the kinds {string.Join(", ", _kinds.Order(StringComparer.Ordinal))} alone.");
            }
        }
    }

    private async Task ProveAsync(PartitionCommit commit, CancellationToken cancellation)
    {
        await using var prove = new NpgsqlCommand(_prove, _connection);
        prove.Parameters.Add(new() { Value = _lease.Partition });
        prove.Parameters.Add(new() { Value = _lease.Epoch });
        prove.Parameters.Add(new() { Value = commit.Cursor.Sequence });
        prove.Parameters.Add(new() { Value = commit.Cursor.Index });
        prove.Parameters.Add(new() { Value = commit.LastAt });
        if (await prove.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false) != 1)
        {
            throw new OwnershipException($"Partition {_lease.Partition} has a later owner than epoch {_lease.Epoch}: this one writes no more.");
        }
    }

    private async Task<long> TakeTurnAsync(CancellationToken cancellation)
    {
        await using var turn = new NpgsqlBatch(_connection) { BatchCommands = { new(_takeTurn), new(LastSequenceSql) } };
        await using var results = await turn.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        await results.NextResultAsync(cancellation).ConfigureAwait(false);
        await results.ReadAsync(cancellation).ConfigureAwait(false);
        return results.GetInt64(0);
    }

    private async Task NoteAsync(PartitionCommit commit, CancellationToken cancellation)
    {
        if (commit.Handled.Count > 0)
        {
            await using var note = new NpgsqlCommand(_noteHandled, _connection);
            Add(note, NpgsqlDbType.Uuid, commit.Handled.Select(row => row.Id).ToArray());
            Add(note, NpgsqlDbType.Text, commit.Handled.Select(row => row.Stream).ToArray());
            Add(note, NpgsqlDbType.Integer, commit.Handled.Select(row => row.FirstVersion).ToArray());
            Add(note, NpgsqlDbType.Integer, commit.Handled.Select(row => row.LastVersion).ToArray());
            Add(note, NpgsqlDbType.Text, commit.Handled.Select(row => row.Rejection).ToArray());
            note.Parameters.Add(new() { Value = _lease.Partition });
            await note.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
        }

        if (commit.PutAside.Count > 0)
        {
            await using var aside = new NpgsqlCommand(_putAside, _connection);
            Add(aside, NpgsqlDbType.Uuid, commit.PutAside.Select(row => row.Id).ToArray());
            Add(aside, NpgsqlDbType.Text, commit.PutAside.Select(row => row.Kind).ToArray());
            Add(aside, NpgsqlDbType.Text, commit.PutAside.Select(row => row.Content).ToArray());
            Add(aside, NpgsqlDbType.Text, commit.PutAside.Select(row => row.Reason).ToArray());
            aside.Parameters.Add(new() { Value = _lease.Partition });
            await aside.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
        }
    }

    private static void Add(NpgsqlCommand command, NpgsqlDbType type, object values) =>
        command.Parameters.Add(new() { Value = values, NpgsqlDbType = NpgsqlDbType.Array | type });
}
