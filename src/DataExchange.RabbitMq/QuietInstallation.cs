namespace DataExchange.RabbitMq;

/// <summary>Installs Debian's RabbitMQ as root, without the server that the package would otherwise start, now and at every boot.</summary>
internal static class QuietInstallation
{
    private const string Policy = "/usr/sbin/policy-rc.d";

    /// <summary>Installs the package; null when it worked, otherwise why not.</summary>
    public static async Task<string?> RunAsync(string package, PrivateBrokerOptions options, CancellationToken ct)
    {
        // Debian asks this file before a package starts its service; a machine that has one has its own wishes.
        var isOurs = !File.Exists(Policy);
        if (isOurs)
        {
            await File.WriteAllTextAsync(Policy, "#!/bin/sh\n# Written by dx for one installation.\nexit 101\n", ct);
            SetMode(Policy, 0b111_101_101);
        }

        try
        {
            if (await AptPackage.InstallAsync(package, "RabbitMQ", options.Report, ct) is { } problem)
            {
                return problem;
            }
        }
        finally
        {
            if (isOurs)
            {
                File.Delete(Policy);
            }
        }

        if (Directory.Exists("/run/systemd/system"))
        {
            await Subprocess.RunAsync(["systemctl", "disable", "--quiet", package], ct);
        }

        return null;
    }

    private static void SetMode(string path, int mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, (UnixFileMode)mode);
        }
    }
}
