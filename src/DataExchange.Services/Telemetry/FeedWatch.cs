using Marten;

namespace DataExchange.Services.Telemetry;

/// <summary>
/// What the owner of the feed looks at beside its work, as long as anybody asks: read models, queues, books. One process does it for all, and a look
/// that fails is no reason to stop anything.
/// </summary>
internal sealed class FeedWatch : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly ServiceContext _context;
    private readonly DocumentStore _store;
    private readonly FactFeed _feed;
    private readonly LedgerWatch? _ledger;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _looking;
    private int _told;
    private string? _complained;

    private FeedWatch(ServiceContext context, DocumentStore store, FactFeed feed, LedgerWatch? ledger)
    {
        (_context, _store, _feed, _ledger) = (context, store, feed, ledger);
        _looking = Task.Run(LookAsync);
    }

    /// <summary>Begins to look.</summary>
    /// <param name="context">What the process shares.</param>
    /// <param name="store">The store that the daemon works on.</param>
    /// <param name="feed">The feed.</param>
    /// <param name="ledger">The books; null where they are not kept, as in simulated time, whose books are made at its end.</param>
    public static FeedWatch Start(ServiceContext context, DocumentStore store, FactFeed feed, LedgerWatch? ledger) => new(context, store, feed, ledger);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _looking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _context.Metrics.Feed = null;
        _stop.Dispose();
    }

    private async Task LookAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                _context.Metrics.Feed = _context.Metrics.IsWatched ? await FiguresAsync(_stop.Token).ConfigureAwait(false) : null;
                Tell();
            }
            catch (Exception failure)
            {
                // Nothing is known, which is not the same as all being well: what is not seen is absent, and an alert says so.
                _context.Metrics.Feed = null;
                Complain(failure);
            }

            await Task.Delay(Pause, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<FeedFigures> FiguresAsync(CancellationToken cancellation)
    {
        var progress = (await _store.Advanced.AllProjectionProgress(token: cancellation).ConfigureAwait(false)).ToDictionary(shard => shard.ShardName, shard => shard.Sequence);
        var sent = _feed.Position;
        await using var reader = new PartitionReader(_context.Database);
        var last = await reader.LastSequenceAsync(cancellation).ConfigureAwait(false);
        var figures = new FeedFigures(Math.Max(0, last - sent))
        {
            Projections =
            [
                // One that has not begun is behind by everything.
                .. from shard in _store.Options.Projections.AllShards()
                   select KeyValuePair.Create(shard.Name.Name, Math.Max(0, last - progress.GetValueOrDefault(shard.Name.Identity))),
            ],
            Queues = await _context.Bus.DepthsAsync(_context.Map.All, cancellation).ConfigureAwait(false),
        };
        if (_ledger is null)
        {
            return figures;
        }

        await _ledger.TakeAsync(sent, cancellation).ConfigureAwait(false);
        return figures with { ImbalanceFen = _ledger.ImbalanceFen(), RefusedFacts = _ledger.Refused };
    }

    // The same again is said once.
    private void Complain(Exception failure)
    {
        if (failure is not OperationCanceledException && _complained != failure.Message)
        {
            _complained = failure.Message;
            _context.Options.Log(new LogLine(
                LogGrade.Warning, "watch_failed", $"store, queues and books cannot be looked at: {failure.GetType().Name}: {failure.Message}", ServiceOptions.Feed));
        }
    }

    private void Tell()
    {
        if (_ledger is { } ledger && ledger.Refused > _told)
        {
            _told = ledger.Refused;
            _context.Options.Log(new LogLine(
                LogGrade.Error, "books_refuse", $"the books do not take the fact at {ledger.LastRefused} of the global order; 'dx verify' says why", ServiceOptions.Feed));
        }
    }
}
