using System.Globalization;
using System.Text.RegularExpressions;

namespace DataExchange.Postgres;

/// <summary>An installed PostgreSQL: the folder with its programs, and its version.</summary>
/// <param name="Folder">The folder that holds initdb and postgres.</param>
/// <param name="Version">The version as PostgreSQL prints it, such as 15.18.</param>
/// <param name="Major">The major version: data directories of different major versions do not fit each other.</param>
public sealed partial record PostgresBinaries(string Folder, string Version, int Major)
{
    /// <summary>The path of psql beside the server or on PATH, or null: the npm package has none.</summary>
    public string? Psql =>
        File.Exists(Path.Combine(Folder, "psql")) ? Path.Combine(Folder, "psql") : Subprocess.Find("psql");

    internal string Server => Path.Combine(Folder, "postgres");

    internal string InitDb => Path.Combine(Folder, "initdb");

    /// <summary>Asks the programs in a folder for their version; null when they are not there or do not run.</summary>
    internal static async Task<PostgresBinaries?> InspectAsync(string folder, CancellationToken ct)
    {
        // initdb looks for its files relative to where it really lies, so follow a link on PATH.
        var server = Path.Combine(folder, "postgres");
        var target = File.Exists(server) ? File.ResolveLinkTarget(server, returnFinalTarget: true) : null;
        var real = target is null ? folder : Path.GetDirectoryName(target.FullName)!;
        if (!File.Exists(server) || !File.Exists(Path.Combine(real, "initdb")))
        {
            return null;
        }

        var answer = await Subprocess.RunAsync([Path.Combine(real, "postgres"), "--version"], ct);
        var match = VersionNumber().Match(answer.Output);
        return answer.Succeeded && match.Success
            ? new PostgresBinaries(real, match.Value, int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))
            : null;
    }

    [GeneratedRegex(@"(\d+)(?:\.\d+|beta\d+|rc\d+|devel)?")]
    private static partial Regex VersionNumber();
}
