using System.Diagnostics;
using DataExchange.Testing;

namespace DataExchange.RabbitMq.Tests;

public sealed class RefusalTests(RabbitMqFixture fixture)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task A_number_of_nodes_that_makes_no_majority_is_refused(int nodes)
    {
        var refusal = await RefusedAsync(new PrivateBrokerOptions { Folder = "/nowhere", Nodes = nodes });
        Assert.Contains($"Nodes is {nodes}; allowed are 1, and 3", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_folder_name_is_refused() =>
        Assert.Contains("Folder is empty", (await RefusedAsync(new PrivateBrokerOptions { Folder = " " })).Message, StringComparison.Ordinal);

    // Root may write everywhere but not below a file and not in /proc.
    [Theory]
    [InlineData("/etc/passwd/data")]
    [InlineData("/proc/data")]
    public async Task An_unwritable_data_folder_is_named(string path) =>
        Assert.Contains(
            $"The data folder {path} cannot be used", (await RefusedAsync(new PrivateBrokerOptions { Folder = path })).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_folder_that_dx_did_not_make_is_left_alone()
    {
        using var folder = new DataFolder();
        Directory.CreateDirectory(folder.Broker);
        var foreign = Path.Combine(folder.Broker, "thesis.txt");
        await File.WriteAllTextAsync(foreign, "five years of work", Ct);
        Assert.Contains("was not made by dx", (await RefusedAsync(folder.Options)).Message, StringComparison.Ordinal);
        new BrokerFolder(folder.Path).Delete();
        Assert.True(File.Exists(foreign));
    }

    [Fact]
    public async Task A_folder_with_another_number_of_nodes_is_refused()
    {
        using var folder = new DataFolder();
        var made = new BrokerFolder(folder.Path);
        made.MakeRoot();
        made.Settle(1);
        var refusal = await RefusedAsync(folder.Options with { Nodes = 3 });
        Assert.Contains("Nodes is 3, but the folder", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("holds a broker of 1", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_was_moved_is_refused_because_its_queues_would_be_lost()
    {
        using var folder = new DataFolder();
        using var moved = new DataFolder();
        var made = new BrokerFolder(folder.Path);
        made.MakeRoot();
        made.Settle(1);
        Directory.Move(folder.Path, moved.Path);
        var refusal = await RefusedAsync(moved.Options);
        Assert.Contains($"was made in {folder.Path} and does not run elsewhere", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_start_that_was_cut_off_left_is_begun_anew_and_what_has_been_up_is_kept()
    {
        using var folder = new DataFolder();
        var made = new BrokerFolder(folder.Path);
        made.MakeRoot();
        made.Settle(1);
        var half = Path.Combine(made.Node(0), "data");
        Directory.CreateDirectory(half);
        made.Settle(1);
        Assert.False(Directory.Exists(half));

        Directory.CreateDirectory(half);
        made.NoteFormed();
        made.Settle(1);
        Assert.True(Directory.Exists(half));
    }

    [Fact]
    public void Password_and_cookie_are_for_our_user_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "files have other rights there");
        using var folder = new DataFolder();
        var made = new BrokerFolder(folder.Path);
        made.MakeRoot();
        made.Settle(1);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, ModeOf("password"));
        Assert.Equal(UnixFileMode.UserRead, ModeOf(".erlang.cookie"));

        UnixFileMode ModeOf(string name) => OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(Path.Combine(folder.Broker, name));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task A_node_that_is_not_there_is_named(int index)
    {
        var refusal = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => fixture.Broker.KillNodeAsync(index, Ct));
        Assert.Contains("Allowed are 0 to 0", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_release_that_is_not_where_it_should_be_is_named()
    {
        using var folder = new DataFolder();
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "DataExchange.RabbitMq.Starter.dll"), folder.Path])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["DX_RABBITMQ_HOME"] = "/nowhere";
        using var process = Process.Start(start)!;
        Assert.Contains("DX_RABBITMQ_HOME is /nowhere, but there is no sbin/rabbitmq-server", await process.StandardError.ReadToEndAsync(Ct), StringComparison.Ordinal);
    }

    private static Task<BrokerUnavailableException> RefusedAsync(PrivateBrokerOptions options) =>
        Assert.ThrowsAsync<BrokerUnavailableException>(() => PrivateBroker.StartAsync(options, Ct));
}
