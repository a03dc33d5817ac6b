namespace DataExchange.RabbitMq;

/// <summary>An installed RabbitMQ with the Erlang it runs on.</summary>
/// <param name="Home">The folder with its folders <c>sbin</c> and <c>plugins</c>.</param>
/// <param name="Version">The version, such as 3.10.8.</param>
/// <param name="Epmd">The Erlang port mapper, by which nodes find each other.</param>
internal sealed record BrokerBinaries(string Home, string Version, string Epmd)
{
    private const string Variable = "DX_RABBITMQ_HOME";
    private const string Package = "rabbitmq-server";
    private const string Parent = "/usr/lib/rabbitmq/lib";

    /// <summary>The script that becomes the node.</summary>
    // That of the release itself: Debian's command of the same name insists on the user rabbitmq.
    public string Server => Path.Combine(Home, "sbin", "rabbitmq-server");

    /// <summary>Finds RabbitMQ on the machine, or installs Debian's package when we are root. DX_RABBITMQ_HOME names a release to use and nothing else.</summary>
    /// <exception cref="BrokerUnavailableException">There is none and none could be installed.</exception>
    public static async Task<BrokerBinaries> FindAsync(PrivateBrokerOptions options, CancellationToken ct)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } home)
        {
            return Inspect(home) ?? throw new BrokerUnavailableException(
                $"{Variable} is {home}, but there is no sbin/rabbitmq-server in that folder, or no Erlang (erl, epmd) on PATH.");
        }

        if (FindInstalled() is { } installed)
        {
            return installed;
        }

        var tried = "";
        if (Environment.IsPrivilegedProcess && AptPackage.IsUsable)
        {
            var problem = await QuietInstallation.RunAsync(Package, options, ct);
            if (problem is null && FindInstalled() is { } now)
            {
                return now;
            }

            tried = $" (tried apt-get: {problem ?? "installed, but no release was found"})";
        }

        throw new BrokerUnavailableException(
            $"RabbitMQ was not found{tried}: run 'sudo apt-get install -y {Package}', or name a release with {Variable}.");
    }

    private static BrokerBinaries? FindInstalled() =>
        Directory.Exists(Parent)
            ? Directory.EnumerateDirectories(Parent, "rabbitmq_server-*").Select(Inspect).OfType<BrokerBinaries>()
                .MaxBy(found => System.Version.TryParse(found.Version, out var version) ? version : new Version(0, 0))
            : null;

    private static BrokerBinaries? Inspect(string home)
    {
        var plugins = Path.Combine(home, "plugins");
        if (!File.Exists(Path.Combine(home, "sbin", "rabbitmq-server")) || !Directory.Exists(plugins)
            || Subprocess.Find("erl") is null || Subprocess.Find("epmd") is not { } epmd)
        {
            return null;
        }

        // The plugin named rabbit is the broker itself; what its folder (or archive) is called has the version.
        var broker = Directory.EnumerateFileSystemEntries(plugins, "rabbit-*").Select(path => Path.GetFileName(path)).FirstOrDefault();
        return broker is null ? null : new BrokerBinaries(home, broker["rabbit-".Length..].Replace(".ez", "", StringComparison.Ordinal), epmd);
    }
}
