using System.Buffers.Text;
using System.Security.Cryptography;
using DataExchange.Domain;
using Npgsql;

namespace DataExchange.Gateway.Access;

/// <summary>A key as it is shown, once.</summary>
/// <param name="Id">Its id, by which it is revoked.</param>
/// <param name="Text">What its holder sends.</param>
public sealed record IssuedKey(Guid Id, string Text);

/// <summary>API keys. The store has only the hash of their secret, which has 256 random bits: nothing slower than SHA-256 is needed against guessing.</summary>
/// <param name="database">The database.</param>
public sealed class ApiKeys(NpgsqlDataSource database)
{
    private const string Prefix = "dxk_";
    private const int SecretBytes = 32;
    private readonly Together<Guid, Found?> _load = new(ids => LoadAsync(database, ids));

    /// <summary>Makes a key.</summary>
    /// <param name="party">The party that its holder acts as.</param>
    /// <param name="role">What the party is.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <param name="show">Shown the key before it is good, where it must not be lost in between; null for nobody.</param>
    public async Task<IssuedKey> IssueAsync(PartyId party, Role role, CancellationToken cancellation, Action<IssuedKey>? show = null)
    {
        var id = Guid.CreateVersion7();
        var secret = RandomNumberGenerator.GetBytes(SecretBytes);
        var key = new IssuedKey(id, $"{Prefix}{id:N}_{Base64Url.EncodeToString(secret)}");
        show?.Invoke(key);
        await using var insert = database.CreateCommand($"INSERT INTO {GatewayTables.Schema}.gateway_key (id, secret_hash, party, role) VALUES ($1, $2, $3, $4)");
        insert.Parameters.Add(new() { Value = id });
        insert.Parameters.Add(new() { Value = SHA256.HashData(secret) });
        insert.Parameters.Add(new() { Value = party.Value });
        insert.Parameters.Add(new() { Value = role.ToString() });
        await insert.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
        return key;
    }

    /// <summary>Takes a key back, and the tokens that were made with it.</summary>
    /// <returns>Whether there was one that was good.</returns>
    public async Task<bool> RevokeAsync(Guid id, CancellationToken cancellation)
    {
        await using var revoke = database.CreateCommand($"UPDATE {GatewayTables.Schema}.gateway_key SET revoked_at = now() WHERE id = $1 AND revoked_at IS NULL");
        revoke.Parameters.Add(new() { Value = id });
        return await revoke.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false) == 1;
    }

    /// <summary>Whose key a text is; null when it is none that is good.</summary>
    public async Task<Caller?> FindAsync(string text, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.StartsWith(Prefix, StringComparison.Ordinal) || text.Length < Prefix.Length + 34 || text[Prefix.Length + 32] != '_'
            || !Guid.TryParseExact(text.AsSpan(Prefix.Length, 32), "N", out var id))
        {
            return null;
        }

        var secret = new byte[SecretBytes];
        return Base64Url.TryDecodeFromChars(text.AsSpan(Prefix.Length + 33), secret, out var length) && length == SecretBytes
            && await _load.AskAsync(id, cancellation).ConfigureAwait(false) is var (caller, hash)
            && CryptographicOperations.FixedTimeEquals(hash, SHA256.HashData(secret))
            ? caller
            : null;
    }

    /// <summary>Whose key has an id; null when there is none that is good.</summary>
    public async Task<Caller?> FindAsync(Guid id, CancellationToken cancellation) => (await _load.AskAsync(id, cancellation).ConfigureAwait(false))?.Caller;

    /// <summary>Whether anybody may give keys.</summary>
    internal async Task<bool> HasAdministratorAsync(CancellationToken cancellation)
    {
        await using var any = database.CreateCommand(
            $"SELECT EXISTS (SELECT FROM {GatewayTables.Schema}.gateway_key WHERE role = '{nameof(Role.Administrator)}' AND revoked_at IS NULL)");
        return (bool)(await any.ExecuteScalarAsync(cancellation).ConfigureAwait(false))!;
    }

    // Nothing is remembered: a key that was taken back is good nowhere from then on.
    private static async Task<IReadOnlyList<Found?>> LoadAsync(NpgsqlDataSource database, IReadOnlyList<Guid> ids)
    {
        await using var read = database.CreateCommand(
            $"SELECT id, party, role, secret_hash FROM {GatewayTables.Schema}.gateway_key WHERE id = ANY($1) AND revoked_at IS NULL");
        read.Parameters.Add(new() { Value = ids.Distinct().ToArray() });
        var found = new Dictionary<Guid, Found>();
        await using var rows = await read.ExecuteReaderAsync().ConfigureAwait(false);
        while (await rows.ReadAsync().ConfigureAwait(false))
        {
            var id = rows.GetGuid(0);
            found.Add(id, new Found(new Caller(new PartyId(rows.GetString(1)), Enum.Parse<Role>(rows.GetString(2)), id), rows.GetFieldValue<byte[]>(3)));
        }

        return [.. ids.Select(id => found.GetValueOrDefault(id))];
    }

    private sealed record Found(Caller Caller, byte[] Hash);
}
