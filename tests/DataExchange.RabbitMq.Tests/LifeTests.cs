using System.Diagnostics;
using System.Globalization;

namespace DataExchange.RabbitMq.Tests;

public sealed class LifeTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Durable_messages_survive_a_stop_and_a_kill_and_no_process_is_left()
    {
        using var folder = new DataFolder();
        var progress = new Texts();
        var broker = await PrivateBroker.StartAsync(folder.Options with { Progress = progress }, Ct);
        Assert.True(broker.IsNew);
        Assert.Matches(@"^Starting RabbitMQ \d+\.\d+\.\d+ … \d+\.\d s$", progress.All[^1]);
        await PublishAsync(broker, 1);
        var running = new BrokerFolder(folder.Path).FindRunning()!;
        var password = broker.Uri.UserInfo;
        await broker.StopAsync();
        Assert.All(running.NodeProcessIds.Append(running.EpmdProcessId), pid => Assert.False(ProcessTable.IsAlive(pid)));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => broker.StartNodeAsync(0, Ct));

        await using var again = await PrivateBroker.StartAsync(folder.Options, Ct);
        Assert.False(again.IsNew);
        Assert.Equal(password, again.Uri.UserInfo);
        await PublishAsync(again, 2);
        ProcessTable.Signal(again.Nodes[0].ProcessId, ProcessTable.Kill);
        Assert.True(await ProcessTable.WaitForEndAsync(() => again.Nodes[0].IsRunning, TimeSpan.FromSeconds(10), Ct));
        Assert.Contains("ended while it was in use", again.Diagnose(), StringComparison.Ordinal);
        await again.StartNodeAsync(0, Ct);
        Assert.Null(again.Diagnose());
        await using (var client = await Client.ConnectAsync(again.Uri))
        {
            Assert.Equal([1, 2], await client.TakeAllAsync("classic"));
            Assert.Equal([1, 2], await client.TakeAllAsync("quorum"));
        }

        await again.DiscardAsync();
        Assert.False(Directory.Exists(folder.Broker));
    }

    [Fact]
    public async Task A_broker_does_not_outlive_a_killed_owner_and_the_folder_is_free_again()
    {
        using var folder = new DataFolder();
        using var owner = await Owner.StartAsync(folder.Path);
        var running = new BrokerFolder(folder.Path).FindRunning()!;
        Assert.Equal(owner.NodeId, running.NodeProcessIds[0]);
        var refusal = await Assert.ThrowsAsync<BrokerUnavailableException>(() => PrivateBroker.StartAsync(folder.Options, Ct));
        Assert.Contains($"in use by another dx (process {owner.Process.Id})", refusal.Message, StringComparison.Ordinal);

        owner.Process.Kill();
        await owner.Process.WaitForExitAsync(Ct);
        var next = await PrivateBroker.StartAsync(folder.Options, Ct);
        try
        {
            Assert.All(running.NodeProcessIds.Append(running.EpmdProcessId), pid => Assert.False(ProcessTable.IsAlive(pid)));
            await PublishAsync(next, 1);
        }
        finally
        {
            await next.DiscardAsync();
        }
    }

    private static async Task PublishAsync(PrivateBroker broker, int number)
    {
        await using var client = await Client.ConnectAsync(broker.Uri);
        foreach (var type in new[] { "classic", "quorum" })
        {
            await client.DeclareAsync(type, type);
            await client.PublishAsync(type, number);
        }
    }

    private sealed class Texts : IProgress<string>
    {
        public List<string> All { get; } = [];

        public void Report(string value) => All.Add(value);
    }

    /// <summary>Another process that has started a broker and holds it.</summary>
    private sealed class Owner : IDisposable
    {
        private Owner(Process process, int nodeId) => (Process, NodeId) = (process, nodeId);

        public Process Process { get; }

        public int NodeId { get; }

        public static async Task<Owner> StartAsync(string folder)
        {
            var program = Path.Combine(AppContext.BaseDirectory, "DataExchange.RabbitMq.Starter.dll");
            var process = Process.Start(new ProcessStartInfo("dotnet", [program, folder]) { RedirectStandardOutput = true })!;
            var line = await process.StandardOutput.ReadLineAsync(Ct);
            return new Owner(process, int.Parse(line!, CultureInfo.InvariantCulture));
        }

        public void Dispose()
        {
            if (!Process.HasExited)
            {
                Process.Kill();
            }

            Process.Dispose();
        }
    }
}
