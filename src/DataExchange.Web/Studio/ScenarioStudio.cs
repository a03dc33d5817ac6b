using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Domain.Trading;
using DataExchange.Reports.Words;
using DataExchange.Web.Market;
using DataExchange.Web.Overview;
using DataExchange.Web.Shelf;

namespace DataExchange.Web.Studio;

/// <summary>The runs of the studio: one after the other, the last ones kept, all of them in memory.</summary>
/// <param name="engine">What runs them.</param>
/// <param name="facts">The market's words: names of venues and categories.</param>
public sealed class ScenarioStudio(IScenarioEngine engine, MarketFacts facts)
{
    /// <summary>Runs that are kept.</summary>
    public const int MostKept = 12;

    /// <summary>Runs that may wait for their turn.</summary>
    public const int MostWaiting = 4;

    /// <summary>The largest size: a run is in memory as a whole.</summary>
    public const double LargestScale = 0.2;

    /// <summary>The smallest size: below it the calibration reaches no target.</summary>
    public const double SmallestScale = 0.005;

    private readonly Lock _lock = new();
    private readonly List<StudioRun> _runs = [];
    private Task _working = Task.CompletedTask;
    private int _numbers;

    /// <summary>The scenario.</summary>
    public IScenarioEngine Engine => engine;

    /// <summary>The runs that are kept, the latest first.</summary>
    public IReadOnlyList<StudioRun> Runs { get { lock (_lock) { return [.. Enumerable.Reverse(_runs)]; } } }

    /// <summary>A run; null when there is none, or it is no longer kept.</summary>
    /// <param name="number">Its number.</param>
    public StudioRun? Find(int number) { lock (_lock) { return _runs.Find(run => run.Number == number); } }

    /// <summary>Starts a run, or has it wait for its turn.</summary>
    /// <param name="order">What is to be run.</param>
    /// <param name="stopping">Ends when the server does.</param>
    /// <returns>The run; null when too many wait already.</returns>
    /// <exception cref="StudioRefusedException">Something in it is not allowed.</exception>
    public StudioRun? Start(StudioOrder order, CancellationToken stopping)
    {
        ArgumentNullException.ThrowIfNull(order);
        engine.Check(order);
        lock (_lock)
        {
            if (_runs.Count(run => run.Stage == StudioStage.Waiting) >= MostWaiting)
            {
                return null;
            }

            var run = new StudioRun(++_numbers, order);
            _runs.Add(run);
            while (_runs.Count > MostKept && _runs.Find(old => !old.IsAlive) is { } oldest)
            {
                _runs.Remove(oldest);
            }

            var before = _working;
            _working = Task.Run(() => AfterAsync(before, run, stopping), CancellationToken.None);
            return run;
        }
    }

    /// <summary>The figures of an outcome.</summary>
    /// <param name="outcome">What a run came to.</param>
    public StudioFigures FiguresOf(StudioOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        var models = outcome.Models;
        var shelf = ShelfIndex.Of(models.Shelf, Text.Same, _ => DataRights.None);
        long[] sales = [.. shelf.Products.GroupBy(product => product.Provider).Select(group => group.Sum(product => product.SalesFen)).Where(sum => sum > 0).Order()];
        return new StudioFigures(
            outcome.Events, outcome.Digest, MarketOverview.Of(models.VenueDays, shelf, facts), models.Requirements.Count,
            models.Requirements.Count(one => one.Stage == RequirementStage.Met), models.Auctions.Count(one => one.Stage == AuctionStage.Closed),
            models.Auctions.Sum(one => one.RegisteredFen), sales.Length, GiniOf(sales));
    }

    // Of amounts in ascending order: 2 Σ i·x(i) / (n Σ x) − (n + 1) / n.
    private static double GiniOf(long[] ascending)
    {
        var total = ascending.Sum(amount => (double)amount);
        return total == 0 ? 0
            : (2 * ascending.Select((amount, i) => (i + 1d) * amount).Sum() / (ascending.Length * total)) - ((ascending.Length + 1d) / ascending.Length);
    }

    private async Task AfterAsync(Task before, StudioRun run, CancellationToken stopping)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (stopping.IsCancellationRequested || !run.Begin())
        {
            return;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, run.Stopping);
        try
        {
            run.End(FiguresOf(await engine.RunAsync(run.Order, run.Tell, either.Token).ConfigureAwait(false)), null);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            run.Cancel();
        }
#pragma warning disable CA1031 // Whatever it was, whoever waits for the run is told, and the next one has its turn.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            run.End(null, failure.Message);
        }
    }
}
