using System.Diagnostics;
using System.Globalization;
using DataExchange.Cli.Commands;
using DataExchange.Domain;
using DataExchange.EventStore.Reading;
using DataExchange.EventStore.Schema;
using DataExchange.EventStore.Serialization;
using DataExchange.Exchange.Accounts;
using DataExchange.Services;
using DataExchange.Simulation;

namespace DataExchange.Cli.Running.Chaos;

/// <summary>What became of one schedule of faults.</summary>
/// <param name="Seed">The seed that makes it again; null for one of the catalogue.</param>
/// <param name="Faults">What went wrong.</param>
/// <param name="AtCommand">The command at which it was due.</param>
/// <param name="RecoverySeconds">The longest that a command waited for its outcome, and the consequences of it, from the first fault on.</param>
/// <param name="Remarks">What was measured, or why a fault cannot be made on this machine.</param>
/// <param name="Problem">What is wrong with the store afterwards; null when nothing is.</param>
internal sealed record ChaosResult(
    int? Seed, IReadOnlyList<ChaosFault> Faults, long AtCommand, double RecoverySeconds, IReadOnlyList<string> Remarks, string? Problem)
{
    /// <summary>Whether many commands were under way at once, and not one after the other.</summary>
    public bool IsLive { get; init; }
}

/// <summary>
/// One market, driven through the services while faults are made on schedule. After each schedule the store must hold, fact for fact and in the same
/// order, what one process records where nothing goes wrong: so nothing that was acknowledged is lost and nothing is doubled; and the books must balance.
/// </summary>
internal sealed class ChaosRun(ChaosMarket market, ChaosStage stage, IReadOnlyList<(int? Seed, IReadOnlyList<ChaosFault> Faults)> schedules, Action<ChaosResult> onResult) : IExchange
{
    private const int MostAwaited = 500;

    // Many times what the slowest recovery takes: what is not answered by then never will be.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(8);
    private static readonly PartitionMap Partitions = new(1);
    private readonly List<ChaosResult> _results = [];
    private readonly MarketLedger _ledger = new();
    private ServicesExchange _exchange = null!;
    private InMemoryMarket _before = null!;
    private long _commands;
    private int _next;
    private int _checked;
    private (int? Seed, IReadOnlyList<ChaosFault> Faults) _current;
    private Task<string?[]> _breaking = Task.FromResult<string?[]>([]);
    private TaskCompletionSource _isOver = new();
    private long _began;
    private double _longest;
    private bool _isUnderWay;

    /// <summary>What became of the schedules, so far.</summary>
    public IReadOnlyList<ChaosResult> Results => _results;

    private long CommandOf(int schedule) => market.Eventful[(int)((long)market.Eventful.Count * (schedule + 1) / (schedules.Count + 2))];

    /// <summary>Runs the market to its end.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await using var exchange = await ServicesExchange.OpenAsync(stage.Sender, stage.Bus, Guid.NewGuid()).ConfigureAwait(false);
        _exchange = exchange;
        using var keys = ChaosMarket.Keys();
        _before = new InMemoryMarket(keys);
        await SimulationRun.ExecuteAsync(market.Scenario, market.Source, ChaosMarket.Seed, this, null, cancellation).ConfigureAwait(false);
        await EndScheduleAsync(cancellation).ConfigureAwait(false);
        await exchange.SealAsync(cancellation).ConfigureAwait(false);
        await new StoreIdentityTable(stage.Database).MarkCompletedAsync(cancellation).ConfigureAwait(false);
    }

    public async ValueTask<Outcome> SubmitAsync(Command command, CancellationToken cancellation)
    {
        _commands++;
        if (_commands <= market.CommandsBefore)
        {
            return await _before.SubmitAsync(command, cancellation).ConfigureAwait(false);
        }

        if (_next < schedules.Count && _commands >= CommandOf(_next) && Meets(schedules[_next].Faults[0], command) && !IsAwaited())
        {
            await EndScheduleAsync(cancellation).ConfigureAwait(false);
            _current = schedules[_next++];
            _isUnderWay = true;
            (_began, _longest) = (_commands, 0);
            _isOver = new TaskCompletionSource();
            var over = _isOver.Task;
            _breaking = Task.WhenAll(_current.Faults.Select(fault => Task.Run(() => stage.BreakAsync(fault, _current.Faults.Count == 1, over, cancellation), cancellation)));
        }

        var started = Stopwatch.GetTimestamp();
        try
        {
            return await _exchange.SubmitAsync(command, cancellation).AsTask().WaitAsync(Longest, cancellation).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new CommandFailedException(string.Create(CultureInfo.InvariantCulture,
                $"{command.GetType().Name}, command {_commands}, was not answered within {Longest.TotalSeconds:0} s, after {string.Join("; ", _current.Faults)}. {stage.SayEnded()}"));
        }
        finally
        {
            _longest = Math.Max(_longest, Stopwatch.GetElapsedTime(started).TotalSeconds);
        }
    }

    // A process dies at a step when work takes it there, which may be some commands later.
    private bool IsAwaited() => _isUnderWay && !_breaking.IsCompleted && _commands - _began < MostAwaited
        && _current.Faults.Any(fault => fault.ComesAbout);

    // A process that has nothing to do does not mind being killed: the fault waits for a command that the process has to decide.
    private static bool Meets(ChaosFault fault, Command command)
    {
        var services = fault.Kind switch
        {
            FaultKind.KillServices or FaultKind.SkewClock => ChaosStage.Plan[fault.Target % ChaosStage.Plan.Count].Services,
            FaultKind.PauseServices => "trading",
            FaultKind.DieBetweenSteps when CrashPoint.All[fault.Target % CrashPoint.All.Count] == CrashPoint.Held => "trading",
            FaultKind.DieBetweenSteps => "settlement",
            _ => ServiceOptions.Feed,
        };
        return services.Contains(ServiceOptions.Feed, StringComparison.Ordinal)
            || Array.Exists(services.Split(','), service => service == Partitions.OwnerOf(command.Stream).Split('-')[0]);
    }

    private async Task EndScheduleAsync(CancellationToken cancellation)
    {
        if (!_isUnderWay)
        {
            return;
        }

        _isUnderWay = false;
        _isOver.TrySetResult();
        string? problem = null;
        var remarks = Array.Empty<string?>();
        try
        {
            remarks = await _breaking.ConfigureAwait(false);
            // Connections that a killed server left behind.
            stage.Database.Clear();
            problem = stage.SayEnded() ?? await CheckAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            problem = $"the fault could not be made or mended: {failure.Message}";
        }

        var result = new ChaosResult(_current.Seed, _current.Faults, _began, _longest, [.. remarks.OfType<string>()], problem);
        _results.Add(result);
        onResult(result);
    }

    private async Task<string?> CheckAsync(CancellationToken cancellation)
    {
        await foreach (var raw in new RawEventReader(stage.Database).ReadBySequenceAsync(_checked + 1, cancellation: cancellation).ConfigureAwait(false))
        {
            var fact = EventJson.Read(raw.TypeName, raw.Json.Span);
            var line = ChaosMarket.Line(raw.StreamId, raw.Version, fact);
            if (raw.Sequence != _checked + 1 || _checked >= market.Facts.Count || market.LineOf(_checked) != line)
            {
                return $"fact {raw.Sequence} is '{line}'; in one process it is '{(_checked < market.Facts.Count ? market.LineOf(_checked) : "not there")}'";
            }

            _checked++;
            if (_ledger.Take(raw.Sequence, raw.StreamId, (int)raw.Version, fact) is { } defect)
            {
                return $"fact {raw.Sequence} does not fit the books: {defect}";
            }
        }

        var balance = LedgerTotals.Of(_ledger).TrialBalanceFen;
        return balance == 0 ? null : $"the trial balance is {balance} fen";
    }
}
