using DataExchange.EventStore;
using DataExchange.EventStore.Services;
using DataExchange.Reports.Projections;

namespace DataExchange.Services;

/// <summary>Runs the feed, and the read models beside it, in one process at a time.</summary>
internal sealed class FeedHost(ServiceContext context)
{
    /// <summary>The name under which Marten keeps how far the feed got.</summary>
    internal const string Subscription = "fact-feed";

    private bool _runs;

    /// <summary>Whether this process runs it now.</summary>
    public bool IsOwner => Volatile.Read(ref _runs);

    public async Task RunAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                var lease = await PartitionLease.TryTakeAsync(
                    context.Database, ServiceOptions.Feed, context.Options.Owner, context.Options.LeaseTime, cancellation: cancellation).ConfigureAwait(false);
                if (lease is not null)
                {
                    await OwnAsync(lease, cancellation).ConfigureAwait(false);
                }
            }
            catch (Exception failure) when (failure is EventStoreException or Npgsql.NpgsqlException)
            {
                context.Options.Note($"feed: {failure.Message}");
            }

            await Task.Delay(context.Options.LeaseTime / 5, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task OwnAsync(PartitionLease lease, CancellationToken cancellation)
    {
        var feed = new FactFeed(context);
        var begun = await ServiceTables.BegunAtAsync(context.Database, cancellation).ConfigureAwait(false);
        using var store = MarketStore.Over(context.Database, context.Options.WithProjections, options =>
        {
            options.Events.UseListenNotifyForEventAppends = true;
            options.Projections.AsyncMode = JasperFx.Events.Daemon.DaemonMode.Solo;
            options.Projections.Subscribe(feed, subscription =>
            {
                subscription.Name = Subscription;
                subscription.Options.SubscribeFromSequence(begun);
            });
        });
        using var daemon = await store.BuildProjectionDaemonAsync().ConfigureAwait(false);
        var progress = (await store.Advanced.AllProjectionProgress(token: cancellation).ConfigureAwait(false))
            .FirstOrDefault(state => state.ShardName.StartsWith(Subscription, StringComparison.OrdinalIgnoreCase))?.Sequence ?? begun;
        await feed.PrepareAsync(progress, cancellation).ConfigureAwait(false);
        await daemon.StartAllAsync().ConfigureAwait(false);
        Volatile.Write(ref _runs, true);
        context.Metrics.Own(ServiceOptions.Feed, true);
        try
        {
            while (!cancellation.IsCancellationRequested
                && await lease.RenewAsync(context.Database, context.Options.LeaseTime, cancellation: cancellation).ConfigureAwait(false))
            {
                await feed.TellAsync().ConfigureAwait(false);
                var last = await new PartitionReader(context.Database).LastSequenceAsync(cancellation).ConfigureAwait(false);
                context.Metrics.FeedLag(Math.Max(0, last - feed.Position));
                await Task.Delay(context.Options.LeaseTime / 10, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        finally
        {
            Volatile.Write(ref _runs, false);
            context.Metrics.Own(ServiceOptions.Feed, false);
            await daemon.StopAllAsync().ConfigureAwait(false);
            if (cancellation.IsCancellationRequested)
            {
                await lease.ReleaseAsync(context.Database, cancellation: CancellationToken.None).ConfigureAwait(false);
            }
        }
    }
}
