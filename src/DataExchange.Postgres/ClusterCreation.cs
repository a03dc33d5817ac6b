namespace DataExchange.Postgres;

/// <summary>Makes the data directory of a new cluster.</summary>
internal static class ClusterCreation
{
    /// <summary>Runs initdb beside the final place and renames it when complete, so that a killed dx leaves no half cluster.</summary>
    /// <exception cref="PostgresUnavailableException">initdb failed.</exception>
    public static async Task CreateAsync(ClusterFolder folder, PostgresBinaries binaries, ServerUser user, CancellationToken ct)
    {
        var work = folder.Data + ".new";
        if (Directory.Exists(work))
        {
            Directory.Delete(work, recursive: true);
        }

        if (Directory.Exists(folder.Data))
        {
            throw new PostgresUnavailableException(
                $"The folder {folder.Data} holds no readable PostgreSQL cluster (PG_VERSION is missing): 'dx db reset' starts anew.");
        }

        Directory.CreateDirectory(work);
        await user.TakeOverAsync(work, ct);
        var result = await Subprocess.RunAsync(
            user.Wrap(
                binaries.InitDb, "-D", work, "--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C",
                "--no-instructions", "--no-sync"),
            ct);
        if (!result.Succeeded)
        {
            throw new PostgresUnavailableException(
                result.Errors.Contains("No space left on device", StringComparison.Ordinal)
                    ? $"A PostgreSQL cluster cannot be made because the disk of {folder.Home} is full: free some space there."
                    : $"PostgreSQL {binaries.Version} could not make a cluster in {folder.Home}: {Reason(result)}.")
            {
                LogLines = result.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            };
        }

        // One flush of the whole file system instead of one per file, which takes seconds on a slow disk.
        await Subprocess.RunAsync(["sync", "-f", work], ct);
        Directory.Move(work, folder.Data);
    }

    private static string Reason(SubprocessResult result) =>
        (result.Errors.Split('\n').FirstOrDefault(line => line.Contains("error:") || line.Contains("FATAL:")) ?? result.LastLine).TrimEnd('.');
}
