using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using DataExchange.Domain;

namespace DataExchange.Simulation.Kernel;

/// <summary>
/// Discrete events in simulated time. What agents do is written as processes: asynchronous methods that wait for a moment with
/// <see cref="Until"/>. One process runs at a time, in order of time, and at the same second in the order of scheduling, so that a run
/// depends on nothing but its inputs.
/// </summary>
/// <param name="exchange">The one way to the market.</param>
/// <param name="end">First moment that is not simulated any more.</param>
public sealed class EventKernel(IExchange exchange, SimulatedTime end)
{
    private readonly PriorityQueue<Action, (long Second, long Order)> _agenda = new();
    private readonly Lock _gate = new();
    private CancellationToken _cancellation;
    private ExceptionDispatchInfo? _failure;
    private TaskCompletionSource? _waiter;
    private bool _stepEnded;
    private long _scheduled;

    /// <summary>The present moment of the modelled world.</summary>
    public SimulatedTime Now { get; private set; } = new(long.MinValue / 4);

    /// <summary>First moment that is not simulated any more.</summary>
    public SimulatedTime End { get; } = end;

    /// <summary>Steps run so far.</summary>
    public long Steps { get; private set; }

    /// <summary>Has a process start at a moment; in the past means now, beyond the end means never.</summary>
    public void Start(SimulatedTime moment, Func<ValueTask> process) => Schedule(moment, () => _ = RunProcessAsync(process));

    /// <summary>Waits for a moment: <c>await kernel.Until(moment)</c>. One beyond the end never comes.</summary>
    public Moment Until(SimulatedTime moment) => new(this, moment);

    /// <summary>When a command can reach the exchange, null for at once: whoever gives it waits so long. Null when nothing is ever in the way.</summary>
    public Func<Command, SimulatedTime?>? OpensFor { get; set; }

    /// <summary>Submits a command at the present moment, or at the first one at which it gets through.</summary>
    public ValueTask<Outcome> SubmitAsync(Command command) =>
        OpensFor?.Invoke(command) is { } opens ? SubmitAtAsync(opens, command) : exchange.SubmitAsync(command, _cancellation);

    private async ValueTask<Outcome> SubmitAtAsync(SimulatedTime opens, Command command)
    {
        await Until(opens);
        return await SubmitAsync(command with { At = Now }).ConfigureAwait(true);
    }

    /// <summary>Runs until nothing is left.</summary>
    /// <param name="onDay">Called at each new day, for progress.</param>
    /// <param name="cancellation">Stops between two steps.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task RunAsync(Action<DateOnly>? onDay, CancellationToken cancellation)
    {
        _cancellation = cancellation;
        var nextDay = long.MinValue;
        while (_agenda.TryDequeue(out var step, out var when))
        {
            cancellation.ThrowIfCancellationRequested();
            Now = new SimulatedTime(when.Second);
            Steps++;
            if (when.Second >= nextDay)
            {
                nextDay = SimulatedTime.On(Now.Date).AddDays(1).UnixSeconds;
                onDay?.Invoke(Now.Date);
            }

            _stepEnded = false;
            step();
            if (UnfinishedStep() is { } unfinished)
            {
                // The process waits for the exchange: nobody else may run before it has its answer.
                await unfinished.ConfigureAwait(false);
            }

            _failure?.Throw();
        }
    }

    private async Task RunProcessAsync(Func<ValueTask> process)
    {
        try
        {
            await process().ConfigureAwait(false);
        }
        catch (Exception failure) when (_failure is null)
        {
            // It reaches the caller of RunAsync, which rethrows it.
            _failure = ExceptionDispatchInfo.Capture(failure);
        }

        EndStep();
    }

    private void Schedule(SimulatedTime moment, Action step)
    {
        var second = Math.Max(moment.UnixSeconds, Now.UnixSeconds);
        if (second < End.UnixSeconds)
        {
            _agenda.Enqueue(step, (second, _scheduled++));
        }
    }

    private Task? UnfinishedStep()
    {
        lock (_gate)
        {
            return _stepEnded ? null : (_waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    private void EndStep()
    {
        TaskCompletionSource? waiter;
        lock (_gate)
        {
            _stepEnded = true;
            (waiter, _waiter) = (_waiter, null);
        }

        waiter?.SetResult();
    }

    /// <summary>A moment that a process waits for.</summary>
    public readonly struct Moment(EventKernel kernel, SimulatedTime moment) : INotifyCompletion
    {
        /// <summary>Never: the process gives way even for the present moment, so that the order of scheduling holds.</summary>
        public bool IsCompleted => false;

        /// <summary>The awaiter.</summary>
        public Moment GetAwaiter() => this;

        /// <summary>Has the rest of the process run at the moment.</summary>
        public void OnCompleted(Action continuation)
        {
            kernel.Schedule(moment, continuation);
            kernel.EndStep();
        }

        /// <summary>Nothing comes of waiting but time.</summary>
        public void GetResult()
        {
        }
    }
}
