using DataExchange.EventStore;
using DataExchange.EventStore.Services;
using DataExchange.Reports.Projections;
using DataExchange.Services.Telemetry;
using JasperFx.Events.Daemon;

namespace DataExchange.Services;

/// <summary>Runs the feed, and the read models beside it, in one process at a time.</summary>
internal sealed class FeedHost(ServiceContext context)
{
    private const int FirstAnalysed = 2_000;

    // In patiences: a partition that changes hands answers within a few.
    private const int LongestStandstill = 6;
    private static readonly TimeSpan TidyEvery = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LongestDrain = TimeSpan.FromSeconds(20);
    private long _analysed;
    private long _tidied;
    private IProjectionDaemon? _readModels;
    private FactFeed? _feed;
    private bool _isStandingBy;

    /// <summary>Whether this process runs it now.</summary>
    public bool IsOwner => Volatile.Read(ref _feed) is not null;

    /// <summary>Whether another process runs it.</summary>
    public bool IsStandingBy => Volatile.Read(ref _isStandingBy);

    /// <summary>Waits until every committed fact was sent and is in the read models, if this process sees to that.</summary>
    /// <param name="cancellation">Stops the waiting.</param>
    public async Task DrainAsync(CancellationToken cancellation)
    {
        await using var reader = new PartitionReader(context.Database);
        if (Volatile.Read(ref _feed) is not { } feed)
        {
            return;
        }

        try
        {
            for (long last = -1, now = await reader.LastSequenceAsync(cancellation).ConfigureAwait(false); last != now || feed.Position < now;)
            {
                last = now;
                await Task.Delay(200, cancellation).ConfigureAwait(false);
                now = await reader.LastSequenceAsync(cancellation).ConfigureAwait(false);
            }

            await feed.NoteAsync(cancellation).ConfigureAwait(false);
            if (feed.Position > 0 && Volatile.Read(ref _readModels) is { } readModels)
            {
                // In an empty store there is nothing that Marten could wait for.
                await readModels.WaitForNonStaleData(LongestDrain).ConfigureAwait(false);
            }
        }
        catch (Exception failure) when (failure is TimeoutException or EventStoreException or Npgsql.NpgsqlException or OperationCanceledException)
        {
            Log(LogGrade.Warning, "feed_behind", $"the read models are not up to date and will be at the next start ({failure.Message})");
        }
    }

    public async Task RunAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                var lease = await PartitionLease.TryTakeAsync(
                    context.Database, ServiceOptions.Feed, context.Options.Owner, context.Options.LeaseTime, cancellation: cancellation).ConfigureAwait(false);
                Volatile.Write(ref _isStandingBy, lease is null);
                if (lease is not null)
                {
                    await OwnAsync(lease, cancellation).ConfigureAwait(false);
                }
            }
            catch (Exception failure) when (failure is EventStoreException or Npgsql.NpgsqlException)
            {
                Volatile.Write(ref _isStandingBy, false);
                Log(LogGrade.Warning, "store_unavailable", failure.Message);
            }

            await Task.Delay(context.Options.LeaseTime / 5, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task OwnAsync(PartitionLease lease, CancellationToken cancellation)
    {
        // In simulated time the books are made at the end of the run.
        var ledger = context.Options.IsLockstep ? null : new LedgerWatch(context.Database, () => context.Metrics.IsWatched);
        using var feed = new FactFeed(context, ledger);
        await using var reader = new PartitionReader(context.Database);
        var begun = await ServiceTables.BegunAtAsync(context.Database, cancellation).ConfigureAwait(false);
        using var store = MarketStore.Over(context.Database, context.Options.WithProjections, options =>
        {
            options.Events.UseListenNotifyForEventAppends = true;
            options.Projections.AsyncMode = DaemonMode.Solo;
        });
        using var readModels = context.Options.WithProjections ? await store.BuildProjectionDaemonAsync().ConfigureAwait(false) : null;
        await feed.PrepareAsync(await feed.ProgressAsync(begun, cancellation).ConfigureAwait(false), cancellation).ConfigureAwait(false);
        if (readModels is not null)
        {
            await readModels.StartAllAsync().ConfigureAwait(false);
        }

        Volatile.Write(ref _readModels, readModels);
        Volatile.Write(ref _feed, feed);
        context.Metrics.Own(ServiceOptions.Feed, true);
        Log(LogGrade.Info, "partition_taken", "runs here now");
        await using var watch = FeedWatch.Start(context, store, feed, ledger);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var (sending, catchingUp, telling) = (feed.RunAsync(ended.Token), Task.CompletedTask, Task.CompletedTask);
        var (position, moved) = (feed.Position, TimeProvider.System.GetTimestamp());
        try
        {
            while (!cancellation.IsCancellationRequested
                && await lease.RenewAsync(context.Database, context.Options.LeaseTime, cancellation: cancellation).ConfigureAwait(false))
            {
                // The lease is renewed meanwhile: a broker that does not answer is no reason to lose it.
                catchingUp = catchingUp.IsCompleted ? feed.CatchUpAsync(ended.Token) : catchingUp;
                telling = telling.IsCompleted ? feed.TellAsync() : telling;
                await feed.NoteAsync(cancellation).ConfigureAwait(false);
                var last = await reader.LastSequenceAsync(cancellation).ConfigureAwait(false);
                if (feed.Position != position || last <= feed.Position)
                {
                    (position, moved) = (feed.Position, TimeProvider.System.GetTimestamp());
                }

                // Marten's daemon pauses what has failed some times, as when the server is away for longer, and nobody but us starts it again.
                if (sending.IsCompleted || readModels?.HasAnyPaused() == true || TimeProvider.System.GetElapsedTime(moved) > context.Options.Patience * LongestStandstill)
                {
                    Log(LogGrade.Warning, "feed_stands_still", $"it stands still at {feed.Position} of {last} and is started again{(sending.Exception is { } failed ? $": {failed.GetBaseException().Message}" : "")}");
                    return;
                }

                await TidyAsync(last, cancellation).ConfigureAwait(false);
                await Task.Delay(context.Options.LeaseTime / 10, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        finally
        {
            Volatile.Write(ref _feed, null);
            Volatile.Write(ref _readModels, null);
            context.Metrics.Own(ServiceOptions.Feed, false);
            Log(LogGrade.Info, "partition_left", "runs here no longer");
            await ended.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(sending, catchingUp, telling).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (readModels is not null)
            {
                await readModels.StopAllAsync().ConfigureAwait(false);
            }

            if (cancellation.IsCancellationRequested)
            {
                await feed.NoteAsync(CancellationToken.None).ConfigureAwait(false);
                await lease.ReleaseAsync(context.Database, cancellation: CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private async Task TidyAsync(long last, CancellationToken cancellation)
    {
        var now = TimeProvider.System.GetTimestamp();
        if ((_tidied == 0 || TimeProvider.System.GetElapsedTime(_tidied, now) > TidyEvery)
            && await ServiceTables.ForgetAnswersAsync(context.Database, context.Options.KeepAnswers, cancellation).ConfigureAwait(false) == 0)
        {
            _tidied = now;
        }

        if (last > (_analysed * 2) + FirstAnalysed)
        {
            // Until the server knows how many facts there are, Marten's search for gaps reads all of them each time. It looks by itself once a minute at most.
            await using var analyse = context.Database.CreateCommand($"ANALYZE {Schemas.Default}.mt_events");
            await analyse.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
            _analysed = last;
        }
    }

    private void Log(LogGrade grade, string what, string text) => context.Options.Log(new LogLine(grade, what, text, ServiceOptions.Feed));
}
