using System.Net;
using System.Net.Sockets;

namespace DataExchange.PrivateServers;

/// <summary>Finds ports of 127.0.0.1 that nobody listens on.</summary>
internal static class LoopbackPorts
{
    // Below the ports that Linux gives to outgoing connections (32768 and up), which could take that of a server that is down for a moment.
    private const int First = 15_000;
    private const int End = 32_000;

    /// <summary>Different free ports. Another program may take one before it is used: try again then.</summary>
    public static int[] Find(int count)
    {
        var found = new HashSet<int>();
        while (found.Count < count)
        {
            var port = Random.Shared.Next(First, End);
            if (IsFree(port))
            {
                found.Add(port);
            }
        }

        return [.. found];
    }

    public static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
