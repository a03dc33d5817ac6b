using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace DataExchange.RabbitMq;

/// <summary>The Erlang port mapper of one broker, started by us so that it ends with us: one that a node starts outlives it.</summary>
internal sealed class Epmd(int processId, int port, Process shell)
{
    public int ProcessId => processId;

    public int Port => port;

    /// <summary>Starts it and waits until it answers; null when another program took the port.</summary>
    public static async Task<Epmd?> StartAsync(BrokerFolder folder, BrokerBinaries binaries, int port, CancellationToken ct)
    {
        string[] command = [binaries.Epmd, "-address", "127.0.0.1", "-port", port.ToString(CultureInfo.InvariantCulture)];
        var leash = new Leash(folder.Supervisor, folder.EpmdLog, Stay: false, "TERM", "KILL", TimeSpan.FromSeconds(5));
        var (pid, shell) = await LeashedProcess.StartAsync(leash, command, ct);
        var epmd = new Epmd(pid, port, shell!);
        try
        {
            while (!await AnswersAsync(port, ct))
            {
                if (!ProcessTable.IsAlive(pid))
                {
                    await epmd.EndAsync();
                    return null;
                }

                await Task.Delay(20, ct);
            }

            return epmd;
        }
        catch
        {
            await epmd.EndAsync();
            throw;
        }
    }

    public async Task EndAsync()
    {
        shell.StandardInput.Close();
        await shell.WaitForExitAsync();
        shell.Dispose();
    }

    private static async Task<bool> AnswersAsync(int port, CancellationToken ct)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port, ct);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
