using System.Globalization;

namespace DataExchange.RabbitMq;

/// <summary>One node of a private broker: its ports stay the same while the broker handle lives, also when the node is killed and started again.</summary>
public sealed class BrokerNode
{
    internal BrokerNode(int index, string folder, int port, int distributionPort, int managementPort, int prometheusPort, string password)
    {
        Index = index;
        Folder = folder;
        Port = port;
        DistributionPort = distributionPort;
        ManagementPort = managementPort;
        PrometheusPort = prometheusPort;
        Uri = new Uri(string.Create(CultureInfo.InvariantCulture, $"amqp://{UserName}:{password}@127.0.0.1:{port}/"));
        ManagementUri = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{managementPort}/"));
        PrometheusUri = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{prometheusPort}/metrics"));
    }

    /// <summary>The user that every private broker has, an administrator.</summary>
    public const string UserName = "dx";

    /// <summary>The node's place in <see cref="PrivateBroker.Nodes"/>, from 0.</summary>
    public int Index { get; }

    /// <summary>The node's name in the cluster, such as <c>dx1@localhost</c>.</summary>
    public string Name => ShortName(Index) + "@localhost";

    /// <summary>The loopback port for AMQP, 1–65535.</summary>
    public int Port { get; }

    /// <summary>Where clients connect, with user and password.</summary>
    public Uri Uri { get; }

    /// <summary>Its management pages and API: the user is <see cref="UserName"/>, the password that of <see cref="Uri"/>.</summary>
    public Uri ManagementUri { get; }

    /// <summary>Its metrics in Prometheus' format, open to this machine without a password.</summary>
    public Uri PrometheusUri { get; }

    /// <summary>The node's process, or the last one when it is down.</summary>
    public int ProcessId { get; internal set; }

    /// <summary>True while the node's process runs, ready or not.</summary>
    public bool IsRunning => Process is not null && ProcessTable.IsAlive(ProcessId);

    /// <summary>The node's log file.</summary>
    public string LogFile => Path.Combine(LogFolder, Name + ".log");

    internal int DistributionPort { get; }

    internal int ManagementPort { get; }

    internal int PrometheusPort { get; }

    internal string Folder { get; }

    internal string LogFolder => Path.Combine(Folder, "log");

    /// <summary>What the node prints, its reasons not to start among it.</summary>
    internal string ConsoleFile => Path.Combine(Folder, "console.log");

    /// <summary>The shell that ends the node when we end; null while the node is down.</summary>
    internal System.Diagnostics.Process? Process { get; set; }

    internal static string ShortName(int index) => string.Create(CultureInfo.InvariantCulture, $"dx{index + 1}");
}
