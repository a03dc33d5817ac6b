using System.Globalization;
using System.Text;

namespace DataExchange.RabbitMq;

/// <summary>Starts the process of one node; ready it is later.</summary>
internal sealed class NodeLaunch(BrokerFolder folder, BrokerBinaries binaries, PrivateBrokerOptions options, int epmdPort)
{
    /// <summary>Writes the node's settings and starts it.</summary>
    /// <exception cref="BrokerUnavailableException">The process could not be started.</exception>
    public async Task StartAsync(BrokerNode node, CancellationToken ct)
    {
        Directory.CreateDirectory(node.Folder);
        await WriteSettingsAsync(node, ct);

        // Shows what this start said, not all that were before.
        File.Delete(node.ConsoleFile);
        try
        {
            (node.ProcessId, node.Process) = await LeashedProcess.StartAsync(
                new Leash(folder.Supervisor, node.ConsoleFile, Stay: false, "TERM", "KILL", options.StopTimeout),
                [binaries.Server], ct, Environment(node));
        }
        catch (InvalidOperationException failed)
        {
            throw new BrokerUnavailableException($"The process of node {node.Name} could not be started ({failed.Message}).", failed);
        }
    }

    private async Task WriteSettingsAsync(BrokerNode node, CancellationToken ct)
    {
        var text = new StringBuilder(Resource("private.conf"));
        text.Append(CultureInfo.InvariantCulture, $"\nlisteners.tcp.1 = 127.0.0.1:{node.Port}\n");
        text.Append(CultureInfo.InvariantCulture, $"management.tcp.ip = 127.0.0.1\nmanagement.tcp.port = {node.ManagementPort}\n");
        text.Append(CultureInfo.InvariantCulture, $"prometheus.tcp.ip = 127.0.0.1\nprometheus.tcp.port = {node.PrometheusPort}\n");
        text.Append(CultureInfo.InvariantCulture, $"default_user = {BrokerNode.UserName}\ndefault_pass = {folder.Password}\n");

        // The default for one node is 40% of the memory; all nodes of a cluster here share one machine.
        text.Append(CultureInfo.InvariantCulture, $"vm_memory_high_watermark.relative = {0.4 / options.Nodes:0.00}\n");
        if (options.Nodes > 1)
        {
            text.Append("cluster_formation.peer_discovery_backend = classic_config\n");
            for (var index = 0; index < options.Nodes; index++)
            {
                text.Append(CultureInfo.InvariantCulture, $"cluster_formation.classic_config.nodes.{index + 1} = {BrokerNode.ShortName(index)}@localhost\n");
            }
        }

        // The settings hold the password.
        var file = In(node, "rabbitmq.conf");
        await File.WriteAllTextAsync(file, "", ct);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        await File.WriteAllTextAsync(file, text.ToString(), ct);
        await File.WriteAllTextAsync(In(node, "advanced.config"), Resource("advanced.config"), ct);
        await File.WriteAllTextAsync(
            In(node, "enabled_plugins"), "[rabbitmq_consistent_hash_exchange,rabbitmq_management,rabbitmq_prometheus].\n", ct);
    }

    private Dictionary<string, string> Environment(BrokerNode node) => new()
    {
        // Erlang reads the cookie, which the nodes of a cluster share, from the home folder.
        ["HOME"] = folder.Root,

        // RabbitMQ 3.10 does not start below a folder whose name has letters beyond Latin-1; in this locale it takes names byte by byte.
        ["LC_ALL"] = "C",
        ["RABBITMQ_NODENAME"] = node.Name,
        ["RABBITMQ_NODE_IP_ADDRESS"] = "127.0.0.1",
        ["RABBITMQ_NODE_PORT"] = Text(node.Port),
        ["RABBITMQ_DIST_PORT"] = Text(node.DistributionPort),
        ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
        ["ERL_EPMD_PORT"] = Text(epmdPort),
        ["RABBITMQ_MNESIA_BASE"] = In(node, "data"),
        ["RABBITMQ_LOG_BASE"] = node.LogFolder,
        ["RABBITMQ_ENABLED_PLUGINS_FILE"] = In(node, "enabled_plugins"),
        ["RABBITMQ_CONFIG_FILE"] = In(node, "rabbitmq.conf"),
        ["RABBITMQ_ADVANCED_CONFIG_FILE"] = In(node, "advanced.config"),

        // Neither is there: the machine's own, for a broker that somebody else set up, are not read.
        ["RABBITMQ_CONF_ENV_FILE"] = In(node, "rabbitmq-env.conf"),
        ["RABBITMQ_CONFIG_FILES"] = In(node, "conf.d"),

        // "Allow input" makes the script become the node instead of waiting for it, so that the process we know is the node's.
        // The node then is told by arguments what the script would have: no input, no answer to an interrupt.
        ["RABBITMQ_ALLOW_INPUT"] = "1",
        ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = $"-noinput +B i -dx_broker {folder.Marker!.Id}",

        // Bound to cores, the first scheduler of every node would be on the same one.
        ["RABBITMQ_SCHEDULER_BIND_TYPE"] = "u",
    };

    private static string In(BrokerNode node, string name) => Path.Combine(node.Folder, name);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(NodeLaunch).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
