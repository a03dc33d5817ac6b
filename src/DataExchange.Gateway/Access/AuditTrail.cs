using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace DataExchange.Gateway.Access;

/// <summary>The record of refused attempts: who, what, why.</summary>
internal sealed class AuditTrail(NpgsqlDataSource database)
{
    private const int LongestText = 500;

    internal async Task RefusedAsync(HttpContext context, Caller? caller, Problem problem)
    {
        await using var insert = database.CreateCommand(
            $"INSERT INTO {GatewayTables.Schema}.gateway_audit (party, role, key, method, path, status, reason) VALUES ($1, $2, $3, $4, $5, $6, $7)");
        insert.Parameters.Add(new() { Value = (object?)caller?.Party.Value ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        insert.Parameters.Add(new() { Value = (object?)caller?.Role.ToString() ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        insert.Parameters.Add(new() { Value = (object?)caller?.Key ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid });
        insert.Parameters.Add(new() { Value = context.Request.Method });
        insert.Parameters.Add(new() { Value = Storable(context.Request.Path.Value ?? "") });
        insert.Parameters.Add(new() { Value = problem.Status });
        insert.Parameters.Add(new() { Value = Storable(problem.Detail) });

        // Hanging up does not keep an attempt out of the record.
        await insert.ExecuteNonQueryAsync(CancellationToken.None).ConfigureAwait(false);
    }

    internal async Task<JsonArray> ReadAsync(long after, int limit, CancellationToken cancellation)
    {
        await using var read = database.CreateCommand(
            $"SELECT number, at, party, role, key, method, path, status, reason FROM {GatewayTables.Schema}.gateway_audit WHERE number > $1 ORDER BY number LIMIT $2");
        read.Parameters.Add(new() { Value = after });
        read.Parameters.Add(new() { Value = limit });
        await using var row = await read.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        var rows = new JsonArray();
        while (await row.ReadAsync(cancellation).ConfigureAwait(false))
        {
            rows.Add(new JsonObject
            {
                ["number"] = row.GetInt64(0),
                ["at"] = row.GetFieldValue<DateTimeOffset>(1),
                ["party"] = row.IsDBNull(2) ? null : row.GetString(2),
                ["role"] = row.IsDBNull(3) ? null : row.GetString(3),
                ["key"] = row.IsDBNull(4) ? null : row.GetGuid(4),
                ["method"] = row.GetString(5),
                ["path"] = row.GetString(6),
                ["status"] = row.GetInt32(7),
                ["reason"] = row.GetString(8),
            });
        }

        return rows;
    }

    // PostgreSQL stores no zero in a text, and no half of a character: those become signs that say so.
    private static string Storable(string text)
    {
        var stored = new System.Text.StringBuilder(Math.Min(text.Length, LongestText));
        foreach (var rune in text.EnumerateRunes())
        {
            if (stored.Length + rune.Utf16SequenceLength > LongestText)
            {
                break;
            }

            stored.Append(rune.Value == 0 ? "␀" : rune.ToString());
        }

        return stored.ToString();
    }
}
