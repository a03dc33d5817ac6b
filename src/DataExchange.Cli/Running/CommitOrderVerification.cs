using System.Buffers;
using System.Text.Json;
using DataExchange.Domain;
using DataExchange.EventStore.Reading;
using DataExchange.EventStore.Serialization;
using DataExchange.Exchange.Accounts;
using DataExchange.Trust.Logs;
using Npgsql;

namespace DataExchange.Cli.Running;

/// <summary>What follows from the events in the order of commits: the venues' logs are made again and compared with what is kept, the ledger is posted anew.</summary>
internal static class CommitOrderVerification
{
    /// <summary>Checks every leaf, tile, head and signature, and every transfer of the ledger.</summary>
    /// <param name="database">The store's database.</param>
    /// <param name="checkpoint">A signed head that was kept outside the store; null for none.</param>
    /// <param name="isCompleted">Whether the run came to its end: then every log has a signed head of all its leaves.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>What is wrong.</returns>
    public static Task<IReadOnlyList<string>> RunAsync(NpgsqlDataSource database, string? checkpoint, bool isCompleted, CancellationToken cancellation) => RunAsync(
        new RawEventReader(database).ReadBySequenceAsync(cancellation: cancellation), new StoredLogs(database), checkpoint, isCompleted, cancellation);

    /// <summary>The same for events and logs that are kept elsewhere.</summary>
    /// <param name="events">All events, in the order of commits.</param>
    /// <param name="shelf">What is kept of the logs.</param>
    /// <param name="checkpoint">A signed head that was kept outside; null for none.</param>
    /// <param name="isCompleted">Whether the run came to its end.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>What is wrong.</returns>
    public static async Task<IReadOnlyList<string>> RunAsync(
        IAsyncEnumerable<RawEvent> events, ILogShelf shelf, string? checkpoint, bool isCompleted, CancellationToken cancellation)
    {
        var audit = await LogAudit.StartAsync(shelf, cancellation).ConfigureAwait(false);
        var ledger = new LedgerAudit();
        var buffer = new ArrayBufferWriter<byte>(1_024);
        await foreach (var raw in events.WithCancellation(cancellation).ConfigureAwait(false))
        {
            buffer.ResetWrittenCount();
            Event? fact = null;
            try
            {
                fact = EventJson.Read(raw.TypeName, raw.Json.Span);
                EventJson.Write(buffer, fact);
                ledger.Take(raw.Sequence, raw.StreamId, (int)raw.Version, fact);
            }
            catch (JsonException)
            {
                // Told by the check of events; here it is a leaf that differs.
                buffer.ResetWrittenCount();
                buffer.Write(raw.Json.Span);
            }

            await audit.AppendAsync(raw.StreamId, raw.Version, raw.TypeName, buffer.WrittenMemory, fact, cancellation).ConfigureAwait(false);
        }

        string[] problems = [.. ledger.Complete(), .. await audit.CompleteAsync(checkpoint, cancellation).ConfigureAwait(false)];
        if (!isCompleted)
        {
            return problems;
        }

        var signed = (await shelf.HeadsAsync(cancellation).ConfigureAwait(false)).Select(head => (head.Venue, head.Size)).ToHashSet();
        return
        [
            .. problems,
            .. audit.Heads.Where(log => !signed.Contains((log.Venue, log.Head.Size)))
                .Select(log => $"log {log.Venue}: CheckpointMissing: no signed head covers all its {log.Head.Size} leaves"),
        ];
    }
}
