using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using DataExchange.EventStore;
using DataExchange.EventStore.Services;
using DataExchange.Exchange.Verification;
using DataExchange.Services.Messages;
using DataExchange.Services.Telemetry;
using MassTransit;
using Npgsql;

namespace DataExchange.Services.Auditing;

/// <summary>
/// One auditor of any number: it follows, without trusting whoever recorded them, the streams whose slots the broker hands to it. It owns nothing and decides
/// nothing: what it knows is a cache of the store, and two that have a slot for a moment find the same.
/// </summary>
internal sealed class AuditHost(ServiceContext context) : IAsyncDisposable
{
    private const int MostMessages = 64;
    private const int MostStreams = 500;
    private const int MostSequences = 20_000;
    private readonly Channel<AuditWork> _work = Channel.CreateUnbounded<AuditWork>(new UnboundedChannelOptions { SingleReader = true });
    private readonly AuditTable _table = new(context.Database);
    private readonly PartitionReader _reader = new(context.Database);
    private readonly QuarantineShelf _shelf = new(context.Database);
    private readonly Dictionary<string, StreamAudit> _known = new(StringComparer.Ordinal);
    private bool _isReceiving;

    /// <summary>Whether slots are handed to it.</summary>
    public bool IsReceiving => Volatile.Read(ref _isReceiving);

    public ValueTask DisposeAsync() => _reader.DisposeAsync();

    public async Task RunAsync(CancellationToken cancellation)
    {
        var begun = await UntilDoneAsync(() => ServiceTables.BegunAtAsync(context.Database, cancellation), cancellation).ConfigureAwait(false);
        await UntilDoneAsync(ShowAsync, cancellation).ConfigureAwait(false);
        HostReceiveEndpointHandle? endpoint = null;
        try
        {
            endpoint = await context.Bus.ReceiveShareAsync<StreamsGrew>(TakeAsync).ConfigureAwait(false);
            Volatile.Write(ref _isReceiving, true);
            Log(LogGrade.Info, "auditing", "streams are audited here");
            var showing = ShowNowAndThenAsync();
            while (await _work.Reader.WaitToReadAsync(cancellation).ConfigureAwait(false))
            {
                var taken = new List<AuditWork>();
                while (taken.Count < MostMessages && _work.Reader.TryRead(out var next))
                {
                    taken.Add(next);
                }

                await UntilDoneAsync(() => AuditAsync([.. taken.Select(work => work.Message)], cancellation), cancellation).ConfigureAwait(false);
                taken.ForEach(work => work.Audited.TrySetResult());
            }

            await showing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // What was taken and not noted is somebody else's.
        }
        finally
        {
            Volatile.Write(ref _isReceiving, false);
            _work.Writer.TryComplete();
            while (_work.Reader.TryRead(out var left))
            {
                left.Audited.TrySetResult();
            }

            if (endpoint is not null)
            {
                await endpoint.StopAsync(CancellationToken.None).ConfigureAwait(false);
            }
        }

        async Task<bool> ShowAsync()
        {
            await _table.ShowAsync(context.Options.Owner, begun, cancellation).ConfigureAwait(false);
            return true;
        }

        async Task ShowNowAndThenAsync()
        {
            while (!cancellation.IsCancellationRequested)
            {
                await Task.Delay(TimeSpan.FromSeconds(10), cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                await UntilDoneAsync(ShowAsync, cancellation).ConfigureAwait(false);
            }
        }
    }

    private async Task TakeAsync(ConsumeContext<StreamsGrew> message)
    {
        var work = new AuditWork(message.Message);
        if (ForeignMessage.Of(message, context.Bus.Store) is null && _work.Writer.TryWrite(work))
        {
            await work.Audited.Task.ConfigureAwait(false);
        }
    }

    // The server may be away for as long as it likes: what is to be audited is told again.
    private async Task<T> UntilDoneAsync<T>(Func<Task<T>> work, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return await work().ConfigureAwait(false);
            }
            catch (Exception failure) when (failure is EventStoreException or NpgsqlException && !cancellation.IsCancellationRequested)
            {
                Log(LogGrade.Warning, "store_unavailable", failure.Message);
                await Task.Delay(context.Options.LeaseTime / 5, cancellation).ConfigureAwait(false);
            }
        }
    }

    private async Task<bool> AuditAsync(IReadOnlyList<StreamsGrew> messages, CancellationToken cancellation)
    {
        if (_known.Count > context.Options.StreamsInMemory)
        {
            _known.Clear();
        }

        var audited = (await _table.ReadAsync(isThere: false, cancellation).ConfigureAwait(false))!;
        var missed = messages.Where(message => audited[message.Slot] < message.FromSequence).ToArray();
        if (missed.Length > 0)
        {
            // By messages that were lost, or that another auditor had and did not come to.
            var slots = missed.Select(message => message.Slot).ToHashSet();
            var to = missed.Max(message => message.FromSequence);
            for (var from = slots.Min(slot => audited[slot]) + 1; from <= to; from += MostSequences)
            {
                var grew = await _table.GrewAsync(from, Math.Min(to, from + MostSequences - 1), cancellation).ConfigureAwait(false);
                await FollowAsync(grew.Where(stream => slots.Contains(AuditTable.SlotOf(stream))), cancellation).ConfigureAwait(false);
            }
        }

        await FollowAsync(messages.SelectMany(message => message.Streams).Distinct(), cancellation).ConfigureAwait(false);
        await _table.NoteAsync(
            messages.GroupBy(message => message.Slot).ToDictionary(slot => slot.Key, slot => slot.Max(message => message.ToSequence)), context.Options.Owner, cancellation)
            .ConfigureAwait(false);
        return true;
    }

    private async Task FollowAsync(IEnumerable<string> streams, CancellationToken cancellation)
    {
        foreach (var some in streams.Chunk(MostStreams))
        {
            try
            {
                await ReadAndFollowAsync(some, cancellation).ConfigureAwait(false);
            }
            catch (Exception failure) when (IsUnreadable(failure))
            {
                foreach (var stream in some)
                {
                    await FollowOneAsync(stream, cancellation).ConfigureAwait(false);
                }
            }
        }
    }

    private async Task FollowOneAsync(string stream, CancellationToken cancellation)
    {
        try
        {
            await ReadAndFollowAsync([stream], cancellation).ConfigureAwait(false);
        }
        catch (Exception failure) when (IsUnreadable(failure))
        {
            await TellAsync(new Finding(stream, null, "Unreadable", $"{stream}: a fact cannot be read: {failure.Message}"), cancellation).ConfigureAwait(false);
        }
    }

    private static bool IsUnreadable(Exception failure) => failure is JsonException or InvalidOperationException or KeyNotFoundException or ArgumentException or FormatException;

    // What is stored counts, not what a message says of it.
    private async Task ReadAndFollowAsync(IReadOnlyCollection<string> streams, CancellationToken cancellation)
    {
        var found = await _reader.StreamsAsync([.. streams.Select(stream => (stream, _known.TryGetValue(stream, out var known) ? known.Version : 0))], cancellation).ConfigureAwait(false);
        foreach (var (stream, facts) in found)
        {
            if (!_known.TryGetValue(stream, out var audit))
            {
                _known.Add(stream, audit = new StreamAudit(stream));
            }

            var before = audit.ProblemCount;
            foreach (var fact in facts)
            {
                audit.Take(fact.Version, fact.Data);
            }

            context.Options.Audited(new StreamAudited(stream, facts[0].Version, facts[^1].Version));
            foreach (var problem in audit.ProblemCount > before ? audit.Problems : [])
            {
                await TellAsync(new Finding(stream, problem.Version, problem.Rule.ToString(), problem.ToString()), cancellation).ConfigureAwait(false);
            }
        }
    }

    private async Task TellAsync(Finding finding, CancellationToken cancellation)
    {
        var row = new QuarantineRow(
            DerivedId.Of(Guid.Empty, Encoding.UTF8.GetBytes($"finding {finding.Stream} {finding.Version} {finding.Rule}")), QuarantineShelf.FindingKind,
            JsonSerializer.Serialize(finding), finding.Text);
        if (await _shelf.PutAsideAsync(ServiceOptions.Audit, row, cancellation).ConfigureAwait(false))
        {
            context.Metrics.PutAside(ServiceOptions.Audit);
            Log(LogGrade.Error, "audit_finding", $"a stored fact breaks the rule {finding.Rule}; 'dx quarantine' shows which");
        }
    }

    private void Log(LogGrade grade, string what, string text) => context.Options.Log(new LogLine(grade, what, text, ServiceOptions.Audit));

    private sealed record Finding(string Stream, int? Version, string Rule, string Text);

    private sealed class AuditWork(StreamsGrew message)
    {
        public StreamsGrew Message => message;

        public TaskCompletionSource Audited { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
