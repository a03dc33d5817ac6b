namespace DataExchange.Postgres;

/// <summary>Finds PostgreSQL on the machine, or installs it.</summary>
/// <remarks>
/// DX_PG_BIN names a folder to use and nothing else. DX_PG_SOURCE restricts the search: <c>system</c> (what is installed),
/// <c>apt</c> (install the Debian package), <c>npm</c> (the npm package in the user's cache).
/// </remarks>
internal static class BinarySearch
{
    /// <summary>The binaries to use, preferring those that fit an existing cluster.</summary>
    /// <param name="major">The major version of the cluster there is, or null when any will do.</param>
    /// <param name="options">Receives progress texts when something is installed.</param>
    /// <param name="ct">Cancels the search or installation.</param>
    /// <exception cref="PostgresUnavailableException">There is none and none could be installed.</exception>
    public static async Task<PostgresBinaries> FindAsync(int? major, EmbeddedPostgresOptions options, CancellationToken ct)
    {
        if (Setting("DX_PG_BIN") is { } folder)
        {
            return await PostgresBinaries.InspectAsync(folder, ct) ?? throw new PostgresUnavailableException(
                $"DX_PG_BIN is {folder}, but no working initdb and postgres are in that folder.");
        }

        var source = Setting("DX_PG_SOURCE");
        if (source is not (null or "system" or "apt" or "npm"))
        {
            throw new PostgresUnavailableException($"DX_PG_SOURCE is {source}; allowed are system, apt and npm.");
        }

        var found = source is "npm" ? await NpmPackage.FindCachedAsync(ct) : await FindInstalledAsync(major, ct);
        if (found is null && source is null)
        {
            found = await NpmPackage.FindCachedAsync(ct);
        }

        return found ?? await InstallAsync(major, source, options, ct);
    }

    private static async Task<PostgresBinaries?> FindInstalledAsync(int? major, CancellationToken ct)
    {
        PostgresBinaries? first = null;
        foreach (var folder in InstalledFolders().Distinct())
        {
            if (await PostgresBinaries.InspectAsync(folder, ct) is { } binaries)
            {
                if (major is null || binaries.Major == major)
                {
                    return binaries;
                }

                first ??= binaries;
            }
        }

        return first;
    }

    private static IEnumerable<string> InstalledFolders()
    {
        if (Subprocess.Find("postgres") is { } onPath)
        {
            yield return Path.GetDirectoryName(onPath)!;
        }

        // Debian and Ubuntu, then Fedora and RHEL, each with a folder per major version that is not on PATH.
        foreach (var (parent, prefix) in new[] { ("/usr/lib/postgresql", ""), ("/usr", "pgsql-") })
        {
            var versions = Directory.Exists(parent)
                ? Directory.EnumerateDirectories(parent, prefix + "*").Where(path => VersionOf(path, prefix) > 0)
                : [];
            foreach (var version in versions.OrderByDescending(path => VersionOf(path, prefix)))
            {
                yield return Path.Combine(version, "bin");
            }
        }
    }

    private static int VersionOf(string path, string prefix) =>
        int.TryParse(Path.GetFileName(path)[prefix.Length..], out var version) ? version : 0;

    private static async Task<PostgresBinaries> InstallAsync(int? major, string? source, EmbeddedPostgresOptions options, CancellationToken ct)
    {
        var attempts = new List<string>();
        if (source is null or "apt" && Environment.IsPrivilegedProcess && AptPackage.IsUsable)
        {
            var problem = await PostgresPackage.InstallAsync(options, ct);
            if (problem is null && await FindInstalledAsync(major, ct) is { } installed)
            {
                return installed;
            }

            attempts.Add($"apt-get: {problem ?? "installed, but no server was found"}");
        }

        if (source is null or "npm" && NpmPackage.IsUsable)
        {
            var problem = await NpmPackage.InstallAsync(options, ct);
            if (problem is null && await NpmPackage.FindCachedAsync(ct) is { } installed)
            {
                return installed;
            }

            attempts.Add($"npm: {problem ?? "fetched, but its server does not run here"}");
        }

        var tried = attempts.Count == 0 ? "" : $" (tried {string.Join("; ", attempts)})";
        throw new PostgresUnavailableException(
            $"PostgreSQL was not found{tried}: run 'sudo apt-get install -y postgresql', or give a server with --postgres \"CONNECTION\".");
    }

    private static string? Setting(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
