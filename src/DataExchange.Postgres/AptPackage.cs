using System.Diagnostics;
using System.Globalization;

namespace DataExchange.Postgres;

/// <summary>Installs Debian's PostgreSQL as root, without the cluster the package would otherwise make and start.</summary>
internal static class AptPackage
{
    private const string ClusterSettings = "/etc/postgresql-common/createcluster.conf";

    public static bool IsUsable => Subprocess.Find("apt-get") is not null;

    /// <summary>Installs the package; null when it worked, otherwise why not.</summary>
    public static async Task<string?> InstallAsync(EmbeddedPostgresOptions options, CancellationToken ct)
    {
        options.Report("Installing PostgreSQL with apt-get (once) …");
        var watch = Stopwatch.StartNew();
        if (!File.Exists(ClusterSettings))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(ClusterSettings)!);
            await File.WriteAllTextAsync(ClusterSettings, "# Written by dx, which makes its own cluster.\ncreate_main_cluster = false\n", ct);
        }

        // Both keep the file above: ucf asks by its own variable, dpkg by its option.
        var environment = new Dictionary<string, string> { ["DEBIAN_FRONTEND"] = "noninteractive", ["UCF_FORCE_CONFFOLD"] = "1" };
        string[] install =
            ["apt-get", "install", "-y", "-q", "--no-install-recommends", "-o", "Dpkg::Options::=--force-confold", "postgresql"];
        var result = await Subprocess.RunAsync(install, ct, environment: environment);
        if (!result.Succeeded)
        {
            // A fresh container has no package lists yet.
            await Subprocess.RunAsync(["apt-get", "update", "-q"], ct, environment: environment);
            result = await Subprocess.RunAsync(install, ct, environment: environment);
        }

        if (!result.Succeeded)
        {
            return result.LastLine;
        }

        options.Report(string.Create(CultureInfo.InvariantCulture, $"Installed PostgreSQL with apt-get … {watch.Elapsed.TotalSeconds:0.0} s"));
        return null;
    }
}
