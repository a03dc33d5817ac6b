using System.Buffers;
using System.Text.Json;
using System.Threading.Channels;
using DataExchange.Domain;
using DataExchange.EventStore;
using DataExchange.EventStore.Reading;
using DataExchange.EventStore.Serialization;
using DataExchange.Exchange.Verification;

namespace DataExchange.Cli.Running;

/// <summary>What verification found.</summary>
/// <param name="Events">Events read.</param>
/// <param name="Digest">SHA-256 over all streams; see docs/digest.md.</param>
/// <param name="Totals">Totals rebuilt from the events.</param>
/// <param name="Problems">What is wrong, the first offending stream first; at most so many as the audit keeps.</param>
/// <param name="ProblemCount">How many problems there are.</param>
/// <param name="RunDigest">The same over the events of the run alone, where others were added to them; null otherwise.</param>
internal sealed record VerificationResult(
    long Events, string Digest, MarketTotals Totals, IReadOnlyList<string> Problems, long ProblemCount, string? RunDigest = null)
{
    public bool IsVerified => ProblemCount == 0;

    /// <summary>The plain books of the market's money.</summary>
    public required MoneyTotals Money { get; init; }
}

/// <summary>
/// The check of all events stream by stream, wherever they come from: states, invariants between streams, money, digest. Reading, parsing and the
/// digest are done on one thread, the audit on another.
/// </summary>
internal static class StreamVerification
{
    private const int ChunkEvents = 1_024;
    private const int ChunksAhead = 8;

    /// <summary>Checks the events.</summary>
    /// <param name="events">All of them, in the order of stream ids by their UTF-8 bytes, then of version.</param>
    /// <param name="runEvents">Events of the run, where others were added to them; null where there are no others.</param>
    /// <param name="onEvents">Told now and then how many events were read; null for nobody.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<VerificationResult> RunAsync(
        IAsyncEnumerable<RawEvent> events, long? runEvents, Action<long>? onEvents, CancellationToken cancellation)
    {
        var chunks = Channel.CreateBounded<List<AuditedEvent>>(new BoundedChannelOptions(ChunksAhead) { SingleReader = true, SingleWriter = true });
        var empty = Channel.CreateUnbounded<List<AuditedEvent>>();
        var auditing = Task.Run(() => AuditAsync(chunks, empty.Writer), CancellationToken.None);
        try
        {
            var read = await Task.Run(() => ReadAsync(events, runEvents, onEvents, chunks.Writer, empty.Reader, cancellation), cancellation).ConfigureAwait(false);
            chunks.Writer.TryComplete();
            var findings = await auditing.ConfigureAwait(false);
            string[] problems = [.. read.Unreadable.Concat(findings.Problems.Select(problem => problem.ToString()))
                .Order(StringComparer.Ordinal).Take(MarketAudit.MostProblems)];
            return new VerificationResult(read.Events, read.Digest, findings.Totals, problems, findings.ProblemCount + read.Unreadable.Count, read.RunDigest) { Money = findings.Money };
        }
        catch (ChannelClosedException)
        {
            // Only a failure of the audit closes the channel before its end; say that one.
            await auditing.ConfigureAwait(false);
            throw;
        }
        finally
        {
            chunks.Writer.TryComplete();
            await ((Task)auditing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task<Reading> ReadAsync(
        IAsyncEnumerable<RawEvent> events, long? runEvents, Action<long>? onEvents, ChannelWriter<List<AuditedEvent>> chunks,
        ChannelReader<List<AuditedEvent>> empty, CancellationToken cancellation)
    {
        using var digest = new StoreDigest();
        using var ofRun = runEvents > 0 ? new StoreDigest() : null;
        string? streamOfRun = null;
        var unreadable = new List<string>();
        var buffer = new ArrayBufferWriter<byte>(1_024);
        var chunk = new List<AuditedEvent>(ChunkEvents);
        string? stream = null;
        var count = 0L;
        await foreach (var raw in events.WithCancellation(cancellation).ConfigureAwait(false))
        {
            if (raw.StreamId != stream)
            {
                stream = raw.StreamId;
                digest.BeginStream(stream);
            }

            count++;
            Event? data = null;
            try
            {
                data = EventJson.Read(raw.TypeName, raw.Json.Span);
                buffer.ResetWrittenCount();
                EventJson.Write(buffer, data);
                digest.Append(raw.TypeName, buffer.WrittenSpan);
                if (ofRun is not null && raw.Sequence <= runEvents)
                {
                    if (streamOfRun != stream)
                    {
                        ofRun.BeginStream(streamOfRun = stream);
                    }

                    ofRun.Append(raw.TypeName, buffer.WrittenSpan);
                }
            }
            catch (JsonException failure)
            {
                data = null;
                unreadable.Add($"{raw.StreamId} version {raw.Version}: Unreadable: {failure.Message}");
            }

            chunk.Add(new AuditedEvent(stream, (int)raw.Version, data));
            if (chunk.Count == ChunkEvents)
            {
                await chunks.WriteAsync(chunk, cancellation).ConfigureAwait(false);
                chunk = empty.TryRead(out var used) ? used : new List<AuditedEvent>(ChunkEvents);
            }

            if ((count & 0xFFFF) == 0)
            {
                onEvents?.Invoke(count);
            }
        }

        await chunks.WriteAsync(chunk, cancellation).ConfigureAwait(false);
        return new Reading(count, digest.Finish(), ofRun?.Finish(), unreadable);
    }

    private static async Task<AuditFindings> AuditAsync(Channel<List<AuditedEvent>> chunks, ChannelWriter<List<AuditedEvent>> empty)
    {
        try
        {
            var audit = new MarketAudit();
            string? stream = null;
            await foreach (var chunk in chunks.Reader.ReadAllAsync().ConfigureAwait(false))
            {
                foreach (var one in chunk)
                {
                    if (one.Stream != stream)
                    {
                        if (stream is not null)
                        {
                            audit.EndStream();
                        }

                        audit.BeginStream(stream = one.Stream);
                    }

                    if (one.Data is not null)
                    {
                        audit.Apply(one.Version, one.Data);
                    }
                }

                chunk.Clear();
                empty.TryWrite(chunk);
            }

            if (stream is not null)
            {
                audit.EndStream();
            }

            return audit.Complete();
        }
        catch
        {
            // The reading side may be waiting for room that will never come.
            chunks.Writer.TryComplete();
            throw;
        }
    }

    private sealed record Reading(long Events, string Digest, string? RunDigest, IReadOnlyList<string> Unreadable);

    // An event that cannot be read is null: its stream is begun all the same.
    private readonly record struct AuditedEvent(string Stream, int Version, Event? Data);
}
