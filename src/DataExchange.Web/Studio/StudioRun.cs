using DataExchange.Web.Overview;

namespace DataExchange.Web.Studio;

/// <summary>How far a run is.</summary>
public enum StudioStage
{
    /// <summary>Others are before it.</summary>
    Waiting,
    /// <summary>It runs.</summary>
    Running,
    /// <summary>It is done.</summary>
    Done,
    /// <summary>It was cancelled.</summary>
    Cancelled,
    /// <summary>It failed.</summary>
    Failed,
}

/// <summary>What is kept of a run.</summary>
/// <param name="Events">Events recorded.</param>
/// <param name="Digest">Their digest.</param>
/// <param name="Market">The market in sums.</param>
/// <param name="Requirements">Requirements posted.</param>
/// <param name="RequirementsMet">Of these, met.</param>
/// <param name="Auctions">Auctions held.</param>
/// <param name="AuctionRevenueFen">What they came to, fen.</param>
/// <param name="Providers">Providers with any sales.</param>
/// <param name="Gini">Gini coefficient of providers' sales, 0 for all alike.</param>
public sealed record StudioFigures(
    long Events, string Digest, MarketOverview Market, int Requirements, int RequirementsMet, int Auctions, long AuctionRevenueFen, int Providers, double Gini);

/// <summary>A run of the studio: what was ordered, and how far it is.</summary>
public sealed class StudioRun : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private StudioStage _stage;
    private (double Share, int Pass, DateOnly Day) _progress;
    private StudioFigures? _figures;
    private string? _failure;

    internal StudioRun(int number, StudioOrder order) => (Number, Order) = (number, order);

    /// <summary>Its number, from 1.</summary>
    public int Number { get; }

    /// <summary>What was ordered.</summary>
    public StudioOrder Order { get; }

    /// <summary>How far it is.</summary>
    public StudioStage Stage { get { lock (_lock) { return _stage; } } }

    /// <summary>How far the pass is that is under way, 0 to 1; its number; the simulated day.</summary>
    public (double Share, int Pass, DateOnly Day) Progress { get { lock (_lock) { return _progress; } } }

    /// <summary>What it came to; null before.</summary>
    public StudioFigures? Figures { get { lock (_lock) { return _figures; } } }

    /// <summary>Why it failed; null when it did not.</summary>
    public string? Failure { get { lock (_lock) { return _failure; } } }

    /// <summary>Whether it can come to something yet.</summary>
    public bool IsAlive => Stage is StudioStage.Waiting or StudioStage.Running;

    internal CancellationToken Stopping => _stop.Token;

    /// <summary>Cancels it; one that has ended stays as it is.</summary>
    public void Cancel()
    {
        lock (_lock)
        {
            if (_stage is StudioStage.Waiting or StudioStage.Running)
            {
                _stage = StudioStage.Cancelled;
                _stop.Cancel();
            }
        }
    }

    /// <inheritdoc />
    public void Dispose() => _stop.Dispose();

    internal bool Begin()
    {
        lock (_lock)
        {
            if (_stage == StudioStage.Waiting)
            {
                _stage = StudioStage.Running;
            }

            return _stage == StudioStage.Running;
        }
    }

    internal void Tell(double share, int pass, DateOnly day)
    {
        lock (_lock)
        {
            _progress = (share, pass, day);
        }
    }

    internal void End(StudioFigures? figures, string? failure)
    {
        lock (_lock)
        {
            if (_stage == StudioStage.Running)
            {
                (_stage, _figures, _failure) = (figures is null ? StudioStage.Failed : StudioStage.Done, figures, failure);
            }
        }
    }
}
