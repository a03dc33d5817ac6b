using System.Diagnostics;
using System.Globalization;

namespace DataExchange.PrivateServers;

/// <summary>Installs a Debian package as root.</summary>
internal static class AptPackage
{
    public static bool IsUsable => Subprocess.Find("apt-get") is not null;

    /// <summary>Installs the package; null when it worked, otherwise why not.</summary>
    /// <param name="package">The package's name.</param>
    /// <param name="what">What it is called in progress texts.</param>
    /// <param name="report">Receives progress texts.</param>
    /// <param name="ct">Cancels the installation.</param>
    public static async Task<string?> InstallAsync(string package, string what, Action<string> report, CancellationToken ct)
    {
        report($"Installing {what} with apt-get (once) …");
        var watch = Stopwatch.StartNew();

        // Both keep settings files that are there already: ucf asks by its own variable, dpkg by its option.
        var environment = new Dictionary<string, string> { ["DEBIAN_FRONTEND"] = "noninteractive", ["UCF_FORCE_CONFFOLD"] = "1" };
        string[] install =
            ["apt-get", "install", "-y", "-q", "--no-install-recommends", "-o", "Dpkg::Options::=--force-confold", package];
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

        report(string.Create(CultureInfo.InvariantCulture, $"Installed {what} with apt-get … {watch.Elapsed.TotalSeconds:0.0} s"));
        return null;
    }
}
