using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace DataExchange.Reports.Tests.Projections;

/// <summary>A PostgreSQL of one's own for the tests of this assembly, on a free loopback port, gone with the run.</summary>
public sealed class PrivatePostgres : IAsyncLifetime
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"dx-reports-{Guid.NewGuid():N}");
    private readonly int _port = FreePort();

    public string ConnectionString => $"Host=127.0.0.1;Port={_port};Username=postgres;Database=postgres;Include Error Detail=true";

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(_folder);
        if (!OperatingSystem.IsWindows())
        {
            // The server runs as another user.
            File.SetUnixFileMode(_folder, (UnixFileMode)0b111_111_111);
        }

        await RunAsync("initdb", "-D", $"{_folder}/data", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync");
        await RunAsync(
            "pg_ctl", "-D", $"{_folder}/data", "-o", $"-p {_port} -k {_folder} -c listen_addresses=127.0.0.1 -c fsync=off",
            "-l", $"{_folder}/log", "-w", "start");
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsync("pg_ctl", "-D", $"{_folder}/data", "-m", "immediate", "stop");
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        var path = Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Last() + "/bin/" + program;
        var start = Environment.IsPrivilegedProcess
            ? new ProcessStartInfo("runuser", ["-u", "postgres", "--", path, .. arguments])
            : new ProcessStartInfo(path, arguments);
        start.WorkingDirectory = Path.GetTempPath();
        start.RedirectStandardOutput = program != "pg_ctl";
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
