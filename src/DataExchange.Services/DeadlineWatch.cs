using System.Text;
using DataExchange.Domain;
using DataExchange.EventStore;
using DataExchange.EventStore.Reading;
using DataExchange.EventStore.Serialization;
using DataExchange.EventStore.Services;
using DataExchange.Exchange;

namespace DataExchange.Services;

/// <summary>
/// Watches the deadlines of a partition while this process owns it, and has what is due said by a command. A command's id follows from its deadline, so
/// that the watch after this one does not say it twice; and the state refuses what comes too late.
/// </summary>
/// <param name="context">What all parts of the process share.</param>
/// <param name="partition">The partition.</param>
internal sealed class DeadlineWatch(ServiceContext context, string partition)
{
    private const int MostAtOnce = 200;
    private readonly DeadlineTable _table = new(context.Database, partition);

    /// <summary>Whether anything comes due in a partition's streams.</summary>
    public static bool IsNeededFor(string partition) => PartitionMap.StreamKindsOf(partition).Any(kind => Deadlines.MayBeIn(kind));

    public async Task RunAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                await PrepareAsync(cancellation).ConfigureAwait(false);
                while (!cancellation.IsCancellationRequested)
                {
                    if (await SayAsync(cancellation).ConfigureAwait(false) < MostAtOnce)
                    {
                        await Task.Delay(context.Options.LeaseTime / 5, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    }
                }
            }
            catch (Exception failure) when (failure is EventStoreException or OperationCanceledException or ObjectDisposedException)
            {
                // The server is away, or the partition is given up: the deadlines are where they were.
                await Task.Delay(context.Options.LeaseTime / 5, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    // What was there before services came to the store has deadlines that nobody wrote down.
    private async Task PrepareAsync(CancellationToken cancellation)
    {
        var begun = await ServiceTables.BegunAtAsync(context.Database, cancellation).ConfigureAwait(false);
        var setting = $"deadlines of {partition}";
        if (begun == 0 || await ServiceTables.SettingAsync(context.Database, setting, cancellation).ConfigureAwait(false) is not null)
        {
            return;
        }

        var found = new List<DeadlineRow>();
        var facts = new List<RecordedEvent>();
        await foreach (var raw in new RawEventReader(context.Database).ReadByStreamAsync(begun, cancellation).ConfigureAwait(false))
        {
            if (facts.Count > 0 && facts[0].Stream != raw.StreamId)
            {
                Find();
            }

            if (Deadlines.MayBeIn(StreamId.KindOf(raw.StreamId)) && context.Map.OwnerOf(raw.StreamId) == partition)
            {
                facts.Add(new RecordedEvent(raw.StreamId, (int)raw.Version, EventJson.Read(raw.TypeName, raw.Json.Span)));
            }
        }

        Find();
        await _table.AddAsync(found, cancellation).ConfigureAwait(false);
        await ServiceTables.FixAsync(context.Database, setting, "known", cancellation).ConfigureAwait(false);

        void Find()
        {
            if (facts.Count > 0)
            {
                var table = new StreamTable();
                table.Load(facts[0].Stream, facts);
                if (table.DeadlineOf(facts[0].Stream) is { } deadline)
                {
                    found.Add(RowOf(deadline));
                }

                facts.Clear();
            }
        }
    }

    private async Task<int> SayAsync(CancellationToken cancellation)
    {
        var (unixSeconds, due) = await _table.DueAsync(MostAtOnce, cancellation).ConfigureAwait(false);
        var now = new SimulatedTime(unixSeconds);
        var said = await Task.WhenAll(due.Select(SayOneAsync)).ConfigureAwait(false);
        await _table.DropAsync([.. said.OfType<DeadlineRow>()], cancellation).ConfigureAwait(false);
        return due.Count;

        async Task<DeadlineRow?> SayOneAsync(DeadlineRow row)
        {
            try
            {
                var answer = await context.Sender.SendAsync(
                    IdOf(row), Deadlines.CommandOf(new Deadline(row.Stream, new SimulatedTime(row.Due), row.Command), now), cancellation).ConfigureAwait(false);
                return answer.MovedOn ? null : row;
            }
            catch (CommandPutAsideException)
            {
                return row;
            }
        }
    }

    internal static DeadlineRow RowOf(Deadline deadline) => new(deadline.Stream, deadline.Due.UnixSeconds, deadline.Command);

    private static Guid IdOf(DeadlineRow row) => DerivedId.Of(Guid.Empty, Encoding.UTF8.GetBytes($"deadline {row.Stream} {row.Due} {row.Command}"));
}
