using DataExchange.Testing;

namespace DataExchange.Services.Tests;

/// <summary>When a process of services says that it can serve.</summary>
public sealed class ReadinessTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_process_is_ready_when_its_partitions_have_owners_here_or_elsewhere()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var options = RunningServices.Options(services: ["settlement", ServiceOptions.Feed]) with { LeaseTime = TimeSpan.FromSeconds(1) };
        await using var services = await RunningServices.PrepareAsync(postgres, true, cancellation);
        await services.StartAsync(options, cancellation);
        await ReadyAsync(() => services.Hindrance);

        var second = await services.StartAnotherAsync(options with { Owner = "second" }, cancellation);
        await using (second)
        {
            // It stands by, and when the owner goes it takes over. It is ready all the same.
            await ReadyAsync(() => second.Hindrance);
            Assert.False(second.OwnsAll);
            await services.StopAsync();
            await second.WaitUntilOwnerAsync(cancellation);
            await ReadyAsync(() => second.Hindrance);
        }

        Assert.Equal("a service has ended", second.Hindrance);
    }

    private static async Task ReadyAsync(Func<string?> hindrance)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        late.CancelAfter(TimeSpan.FromSeconds(20));
        while (hindrance() is { } lacking)
        {
            Assert.False(late.IsCancellationRequested, lacking);
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }
}
