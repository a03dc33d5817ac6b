namespace DataExchange.Postgres;

/// <summary>Installs Debian's PostgreSQL as root, without the cluster the package would otherwise make and start.</summary>
internal static class PostgresPackage
{
    private const string ClusterSettings = "/etc/postgresql-common/createcluster.conf";

    /// <summary>Installs the package; null when it worked, otherwise why not.</summary>
    public static async Task<string?> InstallAsync(EmbeddedPostgresOptions options, CancellationToken ct)
    {
        if (!File.Exists(ClusterSettings))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(ClusterSettings)!);
            await File.WriteAllTextAsync(ClusterSettings, "# Written by dx, which makes its own cluster.\ncreate_main_cluster = false\n", ct);
        }

        return await AptPackage.InstallAsync("postgresql", "PostgreSQL", options.Report, ct);
    }
}
