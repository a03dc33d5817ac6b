using System.Net;
using System.Net.Sockets;

namespace DataExchange.PrivateServers;

/// <summary>A TCP connection's two directions, as <see cref="FaultProxy"/> sees them.</summary>
[Flags]
public enum Directions
{
    /// <summary>From the client to the server.</summary>
    ToServer = 1,

    /// <summary>From the server to the client.</summary>
    ToClient = 2,

    /// <summary>Both.</summary>
    Both = ToServer | ToClient,
}

/// <summary>Stands between clients and a server of this machine, and breaks the network between them when told to.</summary>
/// <remarks>
/// It passes bytes on as they are. Faults can be made and changed at any time, from any thread; they hold for connections that are there and
/// for those to come. Its port stays the same, also while it refuses connections.
/// </remarks>
public sealed class FaultProxy : IAsyncDisposable
{
    private readonly IPEndPoint _server;
    private readonly Lock _guard = new();
    private readonly HashSet<ProxiedConnection> _connections = [];
    private readonly Gate _toServer = new();
    private readonly Gate _toClient = new();
    private Socket _socket;
    private Task _accepting;
    private bool _isCut;
    private bool _isDisposed;
    private long _delayTicks;
    private int _accepted;

    private FaultProxy(int serverPort)
    {
        _server = new IPEndPoint(IPAddress.Loopback, serverPort);
        Port = LoopbackPorts.Find(1)[0];
        _socket = Bound(Port);
        _accepting = Listen();
    }

    /// <summary>The loopback port that clients connect to instead of the server's, 1–65535.</summary>
    public int Port { get; }

    /// <summary>How many connections are open through it now.</summary>
    public int Connections
    {
        get
        {
            lock (_guard)
            {
                return _connections.Count;
            }
        }
    }

    /// <summary>How many connections it has taken since it was made.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>How long bytes are on their way, in each direction; zero unless <see cref="Delay"/> was called.</summary>
    public TimeSpan Latency => new(Interlocked.Read(ref _delayTicks));

    /// <summary>Makes a proxy to a port of 127.0.0.1; the server need not be there yet.</summary>
    /// <param name="serverPort">The server's port, 1–65535.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is no port.</exception>
    public static FaultProxy To(int serverPort)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(serverPort, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(serverPort, IPEndPoint.MaxPort);
        return new FaultProxy(serverPort);
    }

    /// <summary>The same address by way of this proxy: <c>amqp://user:password@127.0.0.1:OURS/</c>.</summary>
    /// <param name="server">The server's address.</param>
    public Uri Through(Uri server) => new UriBuilder(server) { Host = "127.0.0.1", Port = Port }.Uri;

    /// <summary>Breaks every connection (both ends see it reset, bytes on their way are lost) and refuses new ones until <see cref="Heal"/>.</summary>
    public void Cut()
    {
        lock (_guard)
        {
            if (_isCut || _isDisposed)
            {
                return;
            }

            _isCut = true;
            _socket.Dispose();

            // Bound without listening: the port stays ours and whoever connects is refused.
            _socket = Bound(Port);
        }

        BreakAll();
    }

    /// <summary>Breaks every connection that is there; new ones are taken.</summary>
    public void BreakAll()
    {
        ProxiedConnection[] all;
        lock (_guard)
        {
            all = [.. _connections];
        }

        foreach (var connection in all)
        {
            connection.Break();
        }
    }

    /// <summary>
    /// Holds all bytes, and the news that an end has closed, until <see cref="Heal"/>, as a network that is parted does. Connections stay open and new
    /// ones are taken, since this machine answers for the proxy, but nothing comes through them.
    /// </summary>
    /// <param name="directions">Which bytes: held to the client only, the server does what it is asked and nobody hears of it.</param>
    public void Freeze(Directions directions = Directions.Both)
    {
        if (directions.HasFlag(Directions.ToServer))
        {
            _toServer.Close();
        }

        if (directions.HasFlag(Directions.ToClient))
        {
            _toClient.Close();
        }
    }

    /// <summary>Lets bytes that are sent from now on take longer; how many come through a second stays the same.</summary>
    /// <param name="latency">How much longer, in each direction; from zero to a minute.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is less or more.</exception>
    public void Delay(TimeSpan latency)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(latency, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(latency, TimeSpan.FromMinutes(1));
        Interlocked.Exchange(ref _delayTicks, latency.Ticks);
    }

    /// <summary>Ends all faults: held bytes go on their way in order, new connections are taken, nothing is delayed.</summary>
    public void Heal()
    {
        Delay(TimeSpan.Zero);
        _toServer.Open();
        _toClient.Open();
        lock (_guard)
        {
            if (_isCut && !_isDisposed)
            {
                _isCut = false;
                _accepting = Listen();
            }
        }
    }

    /// <summary>Breaks every connection and gives the port back.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_guard)
        {
            _isDisposed = true;
            _socket.Dispose();
        }

        BreakAll();
        _toServer.Open();
        _toClient.Open();
        await _accepting;
    }

    private static Socket Bound(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

        // Without it the port is not free for a while after connections through it were closed.
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        return socket;
    }

    private Task Listen()
    {
        var listener = _socket;
        listener.Listen();
        return Task.Run(() => AcceptAsync(listener));
    }

    private async Task AcceptAsync(Socket listener)
    {
        while (true)
        {
            Socket client;
            try
            {
                client = await listener.AcceptAsync();
            }
            catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
            {
                return;
            }

            Interlocked.Increment(ref _accepted);
            var connection = new ProxiedConnection(client, _toServer, _toClient, () => Latency);
            lock (_guard)
            {
                // Taken in the moment of a cut, it would otherwise outlive it.
                if (_isCut || _isDisposed)
                {
                    connection.Break();
                    connection.Dispose();
                    continue;
                }

                _connections.Add(connection);
            }

            _ = Task.Run(() => ServeAsync(connection));
        }
    }

    private async Task ServeAsync(ProxiedConnection connection)
    {
        using var ended = connection;
        await connection.RunAsync(_server);
        lock (_guard)
        {
            _connections.Remove(connection);
        }
    }
}
