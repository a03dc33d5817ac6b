using DataExchange.EventStore;
using Npgsql;

namespace DataExchange.Gateway;

/// <summary>The tables that the gateway keeps beside the store: keys, requests by their idempotency key, refused attempts.</summary>
internal static class GatewayTables
{
    internal const string Schema = Schemas.Default;

    internal static async Task CreateAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var create = database.CreateCommand(
            $"""
            BEGIN;
            SELECT pg_advisory_xact_lock(hashtext('dataexchange gateway tables {Schema}'));
            CREATE TABLE IF NOT EXISTS {Schema}.gateway_key (
                id uuid PRIMARY KEY, secret_hash bytea NOT NULL, party text NOT NULL, role text NOT NULL,
                made_at timestamptz NOT NULL DEFAULT now(), revoked_at timestamptz NULL);
            CREATE TABLE IF NOT EXISTS {Schema}.gateway_request (
                id uuid PRIMARY KEY, content_hash bytea NOT NULL, at bigint NOT NULL, made_at timestamptz NOT NULL DEFAULT now());
            CREATE TABLE IF NOT EXISTS {Schema}.gateway_audit (
                number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at timestamptz NOT NULL DEFAULT now(),
                party text NULL, role text NULL, key uuid NULL, method text NOT NULL, path text NOT NULL, status integer NOT NULL, reason text NOT NULL);
            COMMIT
            """);
        await create.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
    }
}
