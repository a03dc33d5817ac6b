using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace DataExchange.RabbitMq.Tests;

/// <summary>The proxy before a server that sends back what it gets.</summary>
public sealed class FaultProxyTests : IAsyncDisposable
{
    // Long enough that what does not come in it is not on its way, on a machine that does other things too.
    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(300);

    private readonly Echo _echo = new();
    private readonly FaultProxy _proxy;

    public FaultProxyTests() => _proxy = FaultProxy.To(_echo.Port);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Bytes_come_through_as_they_are()
    {
        using var client = await ConnectAsync();
        var sent = new byte[3_000_000];
        new Random(7).NextBytes(sent);
        var sending = Task.Run(async () =>
        {
            await client.GetStream().WriteAsync(sent, Ct);
            client.Client.Shutdown(SocketShutdown.Send);
        }, Ct);
        using var received = new MemoryStream();
        await client.GetStream().CopyToAsync(received, Ct);
        await sending;
        Assert.Equal(sent, received.ToArray());
        await EventuallyAsync(() => _proxy.Connections == 0);
        Assert.Equal(1, _proxy.Accepted);
    }

    [Fact]
    public async Task A_cut_resets_connections_and_refuses_new_ones_until_healed()
    {
        using var client = await ConnectAsync();
        Assert.Equal(1, await SendAsync(client, 1));
        _proxy.Cut();
        await Assert.ThrowsAnyAsync<IOException>(() => SendAsync(client, 2));
        var refusal = await Assert.ThrowsAsync<SocketException>(ConnectAsync);
        Assert.Equal(SocketError.ConnectionRefused, refusal.SocketErrorCode);
        await EventuallyAsync(() => _proxy.Connections == 0 && _echo.Connections == 0);

        _proxy.Cut();
        _proxy.Heal();
        using var again = await ConnectAsync();
        Assert.Equal(3, await SendAsync(again, 3));
    }

    [Fact]
    public async Task Broken_connections_are_reset_and_new_ones_taken_at_once()
    {
        using var client = await ConnectAsync();
        Assert.Equal(1, await SendAsync(client, 1));
        _proxy.BreakAll();
        await Assert.ThrowsAnyAsync<IOException>(() => SendAsync(client, 2));
        using var again = await ConnectAsync();
        Assert.Equal(3, await SendAsync(again, 3));
    }

    [Fact]
    public async Task A_freeze_holds_bytes_and_lets_them_go_in_order()
    {
        using var client = await ConnectAsync();
        Assert.Equal(1, await SendAsync(client, 1));
        _proxy.Freeze();
        await client.GetStream().WriteAsync(new byte[] { 2, 3 }, Ct);
        await client.GetStream().WriteAsync(new byte[] { 4 }, Ct);
        using var late = await ConnectAsync();
        await late.GetStream().WriteAsync(new byte[] { 9 }, Ct);
        await Task.Delay(Silence, Ct);
        Assert.Equal(0, client.Available);
        Assert.Equal(0, late.Available);
        Assert.Equal(1, _echo.Bytes);

        _proxy.Heal();
        Assert.Equal([2, 3, 4], await ReadAsync(client, 3));
        Assert.Equal([9], await ReadAsync(late, 1));
    }

    [Fact]
    public async Task Frozen_to_the_client_the_server_does_what_nobody_hears_of()
    {
        using var client = await ConnectAsync();
        _proxy.Freeze(Directions.ToClient);
        await client.GetStream().WriteAsync(new byte[] { 5 }, Ct);
        await EventuallyAsync(() => _echo.Bytes == 1);
        await Task.Delay(Silence, Ct);
        Assert.Equal(0, client.Available);
        _proxy.Cut();
        await Assert.ThrowsAnyAsync<IOException>(() => ReadAsync(client, 1));
    }

    [Fact]
    public async Task A_freeze_hides_that_an_end_has_gone()
    {
        using var client = await ConnectAsync();
        Assert.Equal(1, await SendAsync(client, 1));
        _proxy.Freeze();
        _echo.BreakAll();
        var reading = ReadAsync(client, 1);
        await Task.Delay(Silence, Ct);
        Assert.False(reading.IsCompleted);
        _proxy.Heal();
        await Assert.ThrowsAnyAsync<IOException>(() => reading);
    }

    [Fact]
    public async Task A_delay_is_added_in_each_direction_and_not_for_each_piece()
    {
        using var client = await ConnectAsync();
        _proxy.Delay(TimeSpan.FromMilliseconds(200));
        var watch = Stopwatch.StartNew();
        for (byte number = 0; number < 50; number++)
        {
            await client.GetStream().WriteAsync(new[] { number }, Ct);
            await Task.Delay(2, Ct);
        }

        var sending = watch.Elapsed;
        Assert.Equal(Enumerable.Range(0, 50).Select(number => (byte)number), await ReadAsync(client, 50));

        // One after the other the pieces would take ten seconds in each direction.
        Assert.InRange(watch.Elapsed, TimeSpan.FromMilliseconds(400), sending + TimeSpan.FromSeconds(8));
        _proxy.Heal();
        Assert.Equal(TimeSpan.Zero, _proxy.Latency);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_a_connection_that_breaks()
    {
        await using var proxy = FaultProxy.To(1);
        using var client = new TcpClient();

        // The proxy has taken it before it learns that there is no server; the client may see the end already while it connects.
        var seen = await Record.ExceptionAsync(async () =>
        {
            await client.ConnectAsync(IPAddress.Loopback, proxy.Port, Ct);
            await SendAsync(client, 1);
        });
        Assert.True(seen is IOException or SocketException, $"{seen}");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(70_000)]
    public void What_is_no_port_is_refused(int port) => Assert.Throws<ArgumentOutOfRangeException>(() => FaultProxy.To(port));

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        _echo.Dispose();
    }

    private static async Task<byte[]> ReadAsync(TcpClient client, int count)
    {
        var bytes = new byte[count];
        await client.GetStream().ReadExactlyAsync(bytes, Ct);
        return bytes;
    }

    private static async Task<byte> SendAsync(TcpClient client, byte number)
    {
        await client.GetStream().WriteAsync(new[] { number }, Ct);
        return (await ReadAsync(client, 1))[0];
    }

    private static async Task EventuallyAsync(Func<bool> isSo)
    {
        for (var tries = 0; !isSo(); tries++)
        {
            Assert.True(tries < 1000, "It has not become so within ten seconds.");
            await Task.Delay(10, Ct);
        }
    }

    private async Task<TcpClient> ConnectAsync()
    {
        var client = new TcpClient { NoDelay = true };
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, _proxy.Port, Ct);
            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }
}
