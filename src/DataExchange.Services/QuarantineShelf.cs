using System.Text.Json;
using DataExchange.Domain;
using DataExchange.EventStore;
using DataExchange.EventStore.Serialization;
using DataExchange.Exchange;
using DataExchange.Services.Messages;
using Npgsql;

namespace DataExchange.Services;

/// <summary>A message that was put aside.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Partition">The partition that could not handle it.</param>
/// <param name="Kind"><c>command</c>, <c>reaction</c>, <c>foreign</c> for a message of another store, or <c>finding</c> for a stored fact that an auditor found to break a rule.</param>
/// <param name="Content">What it says, JSON.</param>
/// <param name="Reason">Why it could not be handled.</param>
/// <param name="PutAsideAt">When.</param>
/// <param name="ReplayedAt">When it was handled after all; null while it was not.</param>
public sealed record PutAsideMessage(Guid Id, string Partition, string Kind, string Content, string Reason, DateTimeOffset PutAsideAt, DateTimeOffset? ReplayedAt);

/// <summary>What services put aside: to look at, and to try again when the cause is mended.</summary>
/// <param name="database">The store's database.</param>
public sealed class QuarantineShelf(NpgsqlDataSource database)
{
    internal const string FindingKind = "finding";
    private const string Table = Schemas.Default + ".service_quarantine";
    private static readonly JsonSerializerOptions AsWritten = new();

    /// <summary>All of them, the oldest first; none where no services ever ran.</summary>
    /// <param name="cancellation">Stops it.</param>
    public async Task<IReadOnlyList<PutAsideMessage>> ListAsync(CancellationToken cancellation)
    {
        await using (var exists = database.CreateCommand($"SELECT to_regclass('{Table}') IS NOT NULL"))
        {
            if (await exists.ExecuteScalarAsync(cancellation).ConfigureAwait(false) is not true)
            {
                return [];
            }
        }

        var found = new List<PutAsideMessage>();
        await using var read = database.CreateCommand($"SELECT id, partition, kind, content::text, reason, put_aside_at, replayed_at FROM {Table} ORDER BY put_aside_at, id");
        await using var rows = await read.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        while (await rows.ReadAsync(cancellation).ConfigureAwait(false))
        {
            found.Add(new PutAsideMessage(
                rows.GetGuid(0), rows.GetString(1), rows.GetString(2), rows.GetString(3), rows.GetString(4),
                new DateTimeOffset(rows.GetDateTime(5)), rows.IsDBNull(6) ? null : new DateTimeOffset(rows.GetDateTime(6))));
        }

        return found;
    }

    /// <summary>Puts one aside; once, however often it comes.</summary>
    /// <returns>Whether it was not there yet.</returns>
    internal async Task<bool> PutAsideAsync(string partition, EventStore.Services.QuarantineRow row, CancellationToken cancellation)
    {
        await using var put = database.CreateCommand(
            $"INSERT INTO {Table} (id, partition, kind, content, reason) VALUES ($1, $2, $3, $4::jsonb, $5) ON CONFLICT (id) DO NOTHING");
        foreach (var value in (object[])[row.Id, partition, row.Kind, row.Content, row.Reason])
        {
            put.Parameters.Add(new() { Value = value });
        }

        return await put.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false) > 0;
    }

    /// <summary>Has one tried again by running services, and notes it when it was handled.</summary>
    /// <param name="message">The message.</param>
    /// <param name="sender">Sends to the services.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The answer; a rejection is one too.</returns>
    /// <exception cref="CommandPutAsideException">It cannot be handled still.</exception>
    /// <exception cref="JsonException">It is no command: there is nothing to try.</exception>
    public async Task<CommandAnswer> ReplayAsync(PutAsideMessage message, ICommandSender sender, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(sender);
        var (command, expected) = CommandOf(message);
        var answer = await sender.SendAsync(message.Id, command, expected, cancellation).ConfigureAwait(false);
        await using var note = database.CreateCommand($"UPDATE {Table} SET replayed_at = now() WHERE id = $1");
        note.Parameters.Add(new() { Value = message.Id });
        await note.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
        return answer;
    }

    private static (Command Command, int? Expected) CommandOf(PutAsideMessage message)
    {
        if (message.Kind is ForeignMessage.Kind or FindingKind)
        {
            throw new JsonException(message.Kind == FindingKind ? "it is no message: the store itself is to be mended" : "it is of another store, and nothing in it is for this one");
        }

        if (message.Kind == "command")
        {
            var envelope = JsonSerializer.Deserialize<CommandEnvelope>(message.Content, AsWritten) ?? throw new JsonException("nothing is there");
            return (CommandCodec.Read(envelope.Type, envelope.Json.Utf8), envelope.Expected);
        }

        using var content = JsonDocument.Parse(message.Content);
        var fact = content.RootElement.GetProperty("Fact").Deserialize<FactEnvelope>(AsWritten) ?? throw new JsonException("no fact is there");
        return (Reactions.To(Facts.Read(fact).Data)[content.RootElement.GetProperty("Index").GetInt32()], null);
    }
}
