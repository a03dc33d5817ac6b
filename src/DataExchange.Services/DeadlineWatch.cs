using System.Text;
using DataExchange.Domain;
using DataExchange.EventStore;
using DataExchange.EventStore.Services;
using DataExchange.Exchange;

namespace DataExchange.Services;

/// <summary>
/// Watches the deadlines of a partition while this process owns it, and has what is due said by a command. A command's id follows from its deadline, so
/// that the watch after this one does not say it twice; and the state refuses what comes too late. What a simulation left behind has no deadlines here:
/// its time is not ours, and opening its store to look at it must not let everything in it lapse. A stream has them again once something happens in it.
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
