using DataExchange.Domain;
using DataExchange.Domain.Rights;
using DataExchange.Simulation.Kernel;

namespace DataExchange.Simulation.Tests.Kernel;

public sealed class EventKernelTests
{
    private static readonly SimulatedTime Zero = SimulatedTime.On(new DateOnly(2024, 1, 1));
    private readonly List<string> _log = [];

    [Fact]
    public async Task Steps_run_in_order_of_time_and_at_one_second_in_the_order_of_scheduling()
    {
        var kernel = Kernel(new Answering());
        foreach (var (name, second) in new[] { ("a", 5), ("b", 3), ("c", 5), ("d", 3), ("e", 4) })
        {
            Log(kernel, name, second);
        }

        await kernel.RunAsync(null, TestContext.Current.CancellationToken);
        Assert.Equal(["b@3", "d@3", "e@4", "a@5", "c@5"], _log);
        Assert.Equal(5, kernel.Steps);
    }

    [Fact]
    public async Task A_step_in_the_past_runs_now_after_what_was_scheduled_before()
    {
        var kernel = Kernel(new Answering());
        kernel.Start(Zero.AddSeconds(10), async () =>
        {
            Log(kernel, "late", 2);
            await kernel.Until(Zero);
            _log.Add("waiter@" + Seconds(kernel));
        });
        Log(kernel, "other", 10);
        await kernel.RunAsync(null, TestContext.Current.CancellationToken);
        Assert.Equal(["other@10", "late@10", "waiter@10"], _log);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_slow_exchange_gives_the_same_order_as_one_that_answers_at_once(ulong seed)
    {
        var quick = await ManyProcessesAsync(new Answering(), seed);
        var slow = await ManyProcessesAsync(new Slow(), seed);
        Assert.True(quick.Count > 300);
        Assert.Equal(quick, slow);
    }

    [Fact]
    public async Task Nobody_runs_while_a_process_waits_for_its_answer()
    {
        var exchange = new Held();
        var kernel = Kernel(exchange);
        kernel.Start(Zero, async () =>
        {
            _log.Add("asks");
            await Submit(kernel);
            _log.Add("has its answer");
        });
        Log(kernel, "next", 0);
        var run = kernel.RunAsync(null, TestContext.Current.CancellationToken);
        Assert.Equal(["asks"], _log);
        Assert.False(run.IsCompleted);
        exchange.Answer.SetResult(new Outcome([], null));
        await run;
        Assert.Equal(["asks", "has its answer", "next@0"], _log);
    }

    [Fact]
    public async Task A_failure_in_a_process_reaches_the_caller_and_ends_the_run()
    {
        foreach (IExchange exchange in new IExchange[] { new Answering(), new Slow() })
        {
            _log.Clear();
            var kernel = Kernel(exchange);
            kernel.Start(Zero.AddSeconds(1), async () =>
            {
                await kernel.Until(Zero.AddSeconds(2));
                await Submit(kernel);
                throw new InvalidOperationException("broken");
            });
            Log(kernel, "before", 1);
            Log(kernel, "after", 3);
            var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => kernel.RunAsync(null, TestContext.Current.CancellationToken));
            Assert.Equal("broken", failure.Message);
            Assert.Equal(["before@1"], _log);
        }
    }

    [Fact]
    public async Task A_failure_of_the_exchange_reaches_the_caller()
    {
        var exchange = new Held();
        exchange.Answer.SetException(new TimeoutException("no answer"));
        var kernel = Kernel(exchange);
        kernel.Start(Zero, async () => await Submit(kernel));
        await Assert.ThrowsAsync<TimeoutException>(() => kernel.RunAsync(null, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_lies_beyond_the_end_never_runs()
    {
        var kernel = new EventKernel(new Answering(), Zero.AddSeconds(10));
        Log(kernel, "last", 9);
        Log(kernel, "end", 10);
        Log(kernel, "beyond", 11);
        kernel.Start(Zero, async () =>
        {
            await kernel.Until(Zero.AddSeconds(10));
            _log.Add("never");
        });
        await kernel.RunAsync(null, TestContext.Current.CancellationToken);
        Assert.Equal(["last@9"], _log);
        Assert.Equal(10, (kernel.End.UnixSeconds - Zero.UnixSeconds));
    }

    [Fact]
    public async Task Stopping_ends_the_run_between_two_steps()
    {
        using var stop = new CancellationTokenSource();
        var kernel = Kernel(new Answering());
        kernel.Start(Zero.AddSeconds(1), () =>
        {
            stop.Cancel();
            _log.Add("finishes its step");
            return ValueTask.CompletedTask;
        });
        Log(kernel, "next", 1);
        await Assert.ThrowsAsync<OperationCanceledException>(() => kernel.RunAsync(null, stop.Token));
        Assert.Equal(["finishes its step"], _log);
    }

    [Fact]
    public async Task Each_day_with_a_step_is_told_once_and_in_order()
    {
        var kernel = new EventKernel(new Answering(), Zero.AddDays(10));
        foreach (var second in new[] { 0, 86_399, 86_400, 86_401, 5 * 86_400 })
        {
            Log(kernel, "x", second);
        }

        var days = new List<DateOnly>();
        await kernel.RunAsync(days.Add, TestContext.Current.CancellationToken);
        Assert.Equal([new(2024, 1, 1), new(2024, 1, 2), new(2024, 1, 6)], days);
    }

    private static EventKernel Kernel(IExchange exchange) => new(exchange, Zero.AddDays(1));

    private static long Seconds(EventKernel kernel) => kernel.Now.UnixSeconds - Zero.UnixSeconds;

    private static ValueTask<Outcome> Submit(EventKernel kernel) => kernel.SubmitAsync(
        new RegisterParty(new PartyId("firm-1"), "甲", "A", PartyRole.Buyer, null) { At = kernel.Now, By = new PartyId("firm-1") });

    private static async Task<List<string>> ManyProcessesAsync(IExchange exchange, ulong seed)
    {
        var log = new List<string>();
        var kernel = Kernel(exchange);
        for (var process = 0; process < 12; process++)
        {
            var name = $"process-{process}";
            var random = new Simulation.Randomness.RandomStream(seed, name);
            kernel.Start(Zero.AddSeconds(random.NextInt32(5)), async () =>
            {
                for (var i = 0; i < 30; i++)
                {
                    log.Add($"{name} {i} @{Seconds(kernel)}");
                    for (var asked = random.NextInt32(3); asked > 0; asked--)
                    {
                        await Submit(kernel);
                        log.Add($"{name} {i} answered @{Seconds(kernel)}");
                    }

                    await kernel.Until(kernel.Now.AddSeconds(random.NextInt32(4)));
                }
            });
        }

        await kernel.RunAsync(null, TestContext.Current.CancellationToken);
        return log;
    }

    private void Log(EventKernel kernel, string name, int second) => kernel.Start(Zero.AddSeconds(second), () =>
    {
        _log.Add($"{name}@{Seconds(kernel)}");
        return ValueTask.CompletedTask;
    });

    private sealed class Answering : IExchange
    {
        public ValueTask<Outcome> SubmitAsync(Command command, CancellationToken cancellation) => new(new Outcome([], null));
    }

    // Answers later, from another thread, as services would.
    private sealed class Slow : IExchange
    {
        private int _count;

        public async ValueTask<Outcome> SubmitAsync(Command command, CancellationToken cancellation)
        {
            if (_count++ % 20 == 0)
            {
                await Task.Delay(1, cancellation);
            }
            else
            {
                await Task.Yield();
            }

            return new Outcome([], null);
        }
    }

    private sealed class Held : IExchange
    {
        public TaskCompletionSource<Outcome> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async ValueTask<Outcome> SubmitAsync(Command command, CancellationToken cancellation) => await Answer.Task;
    }
}
