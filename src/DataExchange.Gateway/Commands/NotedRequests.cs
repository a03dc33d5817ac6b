using DataExchange.Domain;
using Npgsql;

namespace DataExchange.Gateway.Commands;

/// <summary>A request as it was first made.</summary>
/// <param name="Content">SHA-256 of what was asked for.</param>
/// <param name="At">When.</param>
internal sealed record NotedRequest(byte[] Content, SimulatedTime At);

/// <summary>Requests by their idempotency key, as they were first made.</summary>
/// <param name="database">The database.</param>
internal sealed class NotedRequests(NpgsqlDataSource database)
{
    private readonly Together<Guid, NotedRequest?> _find = new(ids => ReadAsync(database, ids));
    private readonly Together<(Guid Id, NotedRequest Request), NotedRequest> _note = new(requests => WriteAsync(database, requests));

    /// <summary>A request that was made before; null when there was none.</summary>
    public Task<NotedRequest?> FindAsync(Guid id, CancellationToken cancellation) => _find.AskAsync(id, cancellation);

    /// <summary>Notes a request.</summary>
    /// <returns>The request as it was noted first: of two that come at once, one is first.</returns>
    public Task<NotedRequest> NoteAsync(Guid id, NotedRequest request, CancellationToken cancellation) => _note.AskAsync((id, request), cancellation);

    private static async Task<IReadOnlyList<NotedRequest?>> ReadAsync(NpgsqlDataSource database, IReadOnlyList<Guid> ids)
    {
        await using var connection = await database.OpenConnectionAsync().ConfigureAwait(false);
        return await ReadAsync(connection, ids).ConfigureAwait(false);
    }

    private static async Task<IReadOnlyList<NotedRequest?>> ReadAsync(NpgsqlConnection connection, IReadOnlyList<Guid> ids)
    {
        await using var read = new NpgsqlCommand($"SELECT id, content_hash, at FROM {GatewayTables.Schema}.gateway_request WHERE id = ANY($1)", connection);
        read.Parameters.Add(new() { Value = ids.ToArray() });
        var found = new Dictionary<Guid, NotedRequest>();
        await using var rows = await read.ExecuteReaderAsync().ConfigureAwait(false);
        while (await rows.ReadAsync().ConfigureAwait(false))
        {
            found.Add(rows.GetGuid(0), new NotedRequest(rows.GetFieldValue<byte[]>(1), new SimulatedTime(rows.GetInt64(2))));
        }

        return [.. ids.Select(id => found.GetValueOrDefault(id))];
    }

    private static async Task<IReadOnlyList<NotedRequest>> WriteAsync(NpgsqlDataSource database, IReadOnlyList<(Guid Id, NotedRequest Request)> requests)
    {
        // The same key may be there twice. In the order of their ids, so that two gateways never wait for each other.
        var first = requests.DistinctBy(one => one.Id).OrderBy(one => one.Id).ToArray();
        await using var connection = await database.OpenConnectionAsync().ConfigureAwait(false);
        await using var write = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                // A note counts for nothing unless its command is committed, and that commit puts all before it on the disk, the note included.
                new("SELECT set_config('synchronous_commit', 'off', true)"),
                new(
                    $"""
                    INSERT INTO {GatewayTables.Schema}.gateway_request (id, content_hash, at)
                    SELECT * FROM unnest($1::uuid[], $2::bytea[], $3::bigint[]) ON CONFLICT DO NOTHING
                    """)
                {
                    Parameters =
                    {
                        new() { Value = (Guid[])[.. first.Select(one => one.Id)] }, new() { Value = (byte[][])[.. first.Select(one => one.Request.Content)] },
                        new() { Value = (long[])[.. first.Select(one => one.Request.At.UnixSeconds)] },
                    },
                },
            },
        };
        await write.ExecuteNonQueryAsync().ConfigureAwait(false);
        // A statement after it sees what another gateway noted in the meantime.
        var noted = await ReadAsync(connection, [.. requests.Select(one => one.Id)]).ConfigureAwait(false);
        return [.. noted.Select((one, index) => one ?? requests[index].Request)];
    }
}
