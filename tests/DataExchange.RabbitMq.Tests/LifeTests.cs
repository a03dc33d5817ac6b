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
    public async Task A_start_that_is_cancelled_leaves_nothing_running()
    {
        using var folder = new DataFolder();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var starting = PrivateBroker.StartAsync(folder.Options, cancel.Token);
        RunningBroker? running = null;
        while (running is null || running.NodeProcessIds[0] == 0)
        {
            Assert.False(starting.IsCompleted);
            await Task.Delay(10, Ct);
            running = new BrokerFolder(folder.Path).FindRunning();
        }

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => starting);
        Assert.All(running.NodeProcessIds.Append(running.EpmdProcessId), pid => Assert.False(ProcessTable.IsAlive(pid)));
        Assert.Null(new BrokerFolder(folder.Path).FindRunning());
    }

    [Fact]
    public async Task What_a_killed_owner_leaves_ends_by_itself_or_at_the_next_start()
    {
        using var folder = new DataFolder();
        using var owner = await Owner.StartAsync(folder.Path);
        var running = new BrokerFolder(folder.Path).FindRunning()!;
        Assert.Equal(owner.NodeId, running.NodeProcessIds[0]);
        var refusal = await Assert.ThrowsAsync<BrokerUnavailableException>(() => PrivateBroker.StartAsync(folder.Options, Ct));
        Assert.Contains($"in use by another dx (process {owner.Process.Id})", refusal.Message, StringComparison.Ordinal);

        // The node's supervising shell is killed too, so that the node has nobody to end it; the port mapper still has its own.
        ProcessTable.Signal(await ParentAsync(owner.NodeId), ProcessTable.Kill);
        owner.Process.Kill();
        await owner.Process.WaitForExitAsync(Ct);
        Assert.True(await ProcessTable.WaitForEndAsync(() => ProcessTable.IsAlive(running.EpmdProcessId), TimeSpan.FromSeconds(20), Ct));
        Assert.True(ProcessTable.IsAlive(owner.NodeId));
        var next = await PrivateBroker.StartAsync(folder.Options with { StopTimeout = TimeSpan.FromSeconds(1) }, Ct);
        try
        {
            Assert.False(ProcessTable.IsAlive(owner.NodeId));
            await PublishAsync(next, 1);
        }
        finally
        {
            await next.DiscardAsync();
        }
    }

    // The fourth word of the line, counted behind the name in brackets, which may hold anything.
    private static async Task<int> ParentAsync(int pid)
    {
        var stat = await File.ReadAllTextAsync(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"), Ct);
        return int.Parse(stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
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
        private readonly string _broker;

        private Owner(Process process, int nodeId, string broker) => (Process, NodeId, _broker) = (process, nodeId, broker);

        public Process Process { get; }

        public int NodeId { get; }

        public static async Task<Owner> StartAsync(string folder)
        {
            var program = Path.Combine(AppContext.BaseDirectory, "DataExchange.RabbitMq.Starter.dll");
            var process = Process.Start(new ProcessStartInfo("dotnet", [program, folder]) { RedirectStandardOutput = true })!;
            var line = await process.StandardOutput.ReadLineAsync(Ct);
            return new Owner(process, int.Parse(line!, CultureInfo.InvariantCulture), new BrokerFolder(folder).Marker!.Id);
        }

        public void Dispose()
        {
            if (!Process.HasExited)
            {
                Process.Kill();
            }

            Process.Dispose();

            // Nobody else would, when a test fails after it has taken the node its supervisor.
            if (ProcessTable.IsServerOf(NodeId, _broker))
            {
                ProcessTable.Signal(NodeId, ProcessTable.Kill);
            }
        }
    }
}
