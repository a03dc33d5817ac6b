using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace DataExchange.PrivateServers;

/// <summary>One client's connection through a <see cref="FaultProxy"/>: a socket to either side and bytes carried both ways.</summary>
internal sealed class ProxiedConnection(Socket client, Gate toServer, Gate toClient, Func<TimeSpan> latency) : IDisposable
{
    // What is on its way at most in each direction: 4 MiB, as a long line with a large window.
    private const int ChunkBytes = 16 << 10;
    private const int MostChunks = 256;

    private readonly CancellationTokenSource _broken = new();
    private readonly Socket _server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    /// <summary>Connects to the server and carries bytes until both ends have closed or the connection is broken.</summary>
    public async Task RunAsync(IPEndPoint server)
    {
        try
        {
            client.NoDelay = true;
            _server.NoDelay = true;
            await _server.ConnectAsync(server, _broken.Token);
            await Task.WhenAll(CarryAsync(client, _server, toServer), CarryAsync(_server, client, toClient));
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            Break();
        }
    }

    /// <summary>Both ends see a reset; what was on its way is lost.</summary>
    public void Break()
    {
        try
        {
            _broken.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has just ended by itself.
        }

        Reset(client);
        Reset(_server);
    }

    public void Dispose()
    {
        client.Dispose();
        _server.Dispose();
        _broken.Dispose();
    }

    private static void Reset(Socket socket)
    {
        try
        {
            // Closing without lingering sends a reset instead of an orderly end.
            socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
        }

        socket.Dispose();
    }

    private async Task CarryAsync(Socket from, Socket to, Gate gate)
    {
        var way = Channel.CreateBounded<(long Due, byte[] Bytes)>(MostChunks);
        var reading = ReadAsync(from, way.Writer, gate);
        try
        {
            await foreach (var (due, bytes) in way.Reader.ReadAllAsync(_broken.Token))
            {
                var wait = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
                if (wait > TimeSpan.Zero)
                {
                    await Task.Delay(wait, _broken.Token);
                }

                await gate.PassAsync(_broken.Token);
                await SendAsync(to, bytes);
            }

            await gate.PassAsync(_broken.Token);
            to.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The other direction has to end too.
            Break();
            throw;
        }
        finally
        {
            await reading;
        }
    }

    /// <summary>Reads until the end; closing the way says so to the other side, in its turn.</summary>
    private async Task ReadAsync(Socket from, ChannelWriter<(long Due, byte[] Bytes)> way, Gate gate)
    {
        var buffer = new byte[ChunkBytes];
        try
        {
            while (await from.ReceiveAsync(buffer, _broken.Token) is > 0 and var count)
            {
                var due = Stopwatch.GetTimestamp() + (long)(latency().TotalSeconds * Stopwatch.Frequency);
                await way.WriteAsync((due, buffer[..count]), _broken.Token);
            }

            way.Complete();
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // An end that was reset: a parted network would not tell the other one.
            await PassUnlessBrokenAsync(gate);
            Break();
            way.Complete();
        }
    }

    private async Task PassUnlessBrokenAsync(Gate gate)
    {
        try
        {
            await gate.PassAsync(_broken.Token);
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task SendAsync(Socket to, ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[await to.SendAsync(bytes, _broken.Token)..];
        }
    }
}
