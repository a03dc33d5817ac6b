using Npgsql;

namespace DataExchange.EventStore.Schema;

/// <summary>
/// The tables of Marten 9.58 with string stream ids and without optional metadata, as the bulk writer fills them. Rows written past
/// Marten are right only while its tables are these: so they are compared, column by column, before the first row.
/// </summary>
internal static class MartenTableLayout
{
    private static readonly string[] EventColumns =
    [
        "seq_id int8 not null",
        "id uuid not null",
        "stream_id varchar null",
        "version int8 not null",
        "data jsonb not null",
        "bdata bytea null",
        "type varchar not null",
        "timestamp timestamptz not null",
        "tenant_id varchar null",
        "mt_dotnet_type varchar null",
        "is_archived bool null",
    ];

    private static readonly string[] StreamColumns =
    [
        "id varchar not null",
        "type varchar null",
        "version int8 null",
        "timestamp timestamptz not null",
        "created timestamptz not null",
        "tenant_id varchar null",
        "compacted_version int8 not null",
        "is_archived bool null",
    ];

    private static readonly string[] UniqueKeys =
    [
        "mt_events (seq_id)",
        "mt_events (stream_id, version)",
        "mt_streams (id)",
    ];

    /// <summary>Compares the tables in <paramref name="schema"/> with what is known.</summary>
    /// <exception cref="StoreSchemaMismatchException">They differ; the message names the table and the columns.</exception>
    public static async Task CheckAsync(NpgsqlConnection connection, string schema, CancellationToken cancellation)
    {
        await CheckColumnsAsync(connection, schema, "mt_events", EventColumns, cancellation).ConfigureAwait(false);
        await CheckColumnsAsync(connection, schema, "mt_streams", StreamColumns, cancellation).ConfigureAwait(false);

        var keys = await ReadKeysAsync(connection, schema, cancellation).ConfigureAwait(false);
        foreach (var key in UniqueKeys.Where(key => !keys.Contains(key)))
        {
            throw new StoreSchemaMismatchException(
                $"Schema '{schema}' has no unique index {key}, on which the bulk writer relies. Apply the schema again, or use --reset.");
        }
    }

    private static async Task CheckColumnsAsync(
        NpgsqlConnection connection, string schema, string table, string[] expected, CancellationToken cancellation)
    {
        var found = await ReadColumnsAsync(connection, schema, table, cancellation).ConfigureAwait(false);
        if (found.Count == 0)
        {
            throw new StoreSchemaMismatchException($"There is no table {schema}.{table}: apply the event store's schema first.");
        }

        var missing = expected.Except(found, StringComparer.Ordinal).ToArray();
        var unknown = found.Except(expected, StringComparer.Ordinal).ToArray();
        if (missing.Length > 0 || unknown.Length > 0)
        {
            throw new StoreSchemaMismatchException(
                $"Table {schema}.{table} is not the one this version fills (Marten 9.58, string stream ids): "
                + $"expected and not found: {Listed(missing)}; found and not known: {Listed(unknown)}. "
                + "Use the version that made the store, or --reset to start an empty one.");
        }
    }

    private static string Listed(string[] columns) => columns.Length == 0 ? "nothing" : string.Join(", ", columns);

    private static async Task<List<string>> ReadColumnsAsync(
        NpgsqlConnection connection, string schema, string table, CancellationToken cancellation)
    {
        const string sql =
            """
            SELECT column_name || ' ' || udt_name || CASE is_nullable WHEN 'YES' THEN ' null' ELSE ' not null' END
            FROM information_schema.columns WHERE table_schema = $1 AND table_name = $2
            """;
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = schema }, new() { Value = table } } };
        return await ReadTextsAsync(command, cancellation).ConfigureAwait(false);
    }

    private static async Task<List<string>> ReadKeysAsync(NpgsqlConnection connection, string schema, CancellationToken cancellation)
    {
        const string sql =
            """
            SELECT t.relname || ' (' || string_agg(a.attname, ', ' ORDER BY k.place) || ')'
            FROM pg_index i
            JOIN pg_class t ON t.oid = i.indrelid
            JOIN pg_namespace n ON n.oid = t.relnamespace
            CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY AS k(number, place)
            JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.number
            WHERE n.nspname = $1 AND i.indisunique AND i.indpred IS NULL
            GROUP BY t.relname, i.indexrelid
            """;
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = schema } } };
        return await ReadTextsAsync(command, cancellation).ConfigureAwait(false);
    }

    private static async Task<List<string>> ReadTextsAsync(NpgsqlCommand command, CancellationToken cancellation)
    {
        var texts = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
        {
            texts.Add(reader.GetString(0));
        }

        return texts;
    }
}
