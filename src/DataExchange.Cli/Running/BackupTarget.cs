using DataExchange.Cli.Commands;
using DataExchange.EventStore.Sorting;

namespace DataExchange.Cli.Running;

/// <summary>The folder that a backup is written into: new or empty before, and as it was before when the writing fails.</summary>
internal static class BackupTarget
{
    /// <summary>Checks that nothing is in the folder, if it is there.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="option">The option that named it.</param>
    /// <exception cref="WrongInputException">It cannot take a backup.</exception>
    public static void EnsureEmpty(string folder, string option)
    {
        if (File.Exists(folder))
        {
            throw new WrongInputException($"{option} '{folder}' is a file; a folder is needed");
        }

        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new WrongInputException($"{option} '{folder}' is not empty; a backup is written into a new or an empty folder");
        }
    }

    /// <summary>Makes the folder, writes into it, and deletes what was written when that does not come to its end.</summary>
    /// <param name="folder">The folder, new or empty.</param>
    /// <param name="option">The option that named it.</param>
    /// <param name="write">Writes the backup.</param>
    /// <exception cref="CommandFailedException">It cannot be written.</exception>
    public static async Task<T> WriteAsync<T>(string folder, string option, Func<Task<T>> write)
    {
        var isNew = !Directory.Exists(folder);
        try
        {
            Directory.CreateDirectory(folder);
            return await write().ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            Remove(folder, isNew);
            if (failure is IOException or UnauthorizedAccessException)
            {
                throw new CommandFailedException($"{option} '{folder}' cannot be written: {failure.Message}", failure);
            }

            if (failure is OperationCanceledException stopped)
            {
                throw new CommandStoppedException($"nothing of the backup is left in '{folder}'.", stopped);
            }

            throw;
        }
    }

    /// <summary>Sorts events in a temporary folder beside a backup, on the disk that has the room.</summary>
    /// <param name="backup">The backup's folder.</param>
    public static EventSorter SorterBeside(string backup) => new(
        $"{Path.TrimEndingDirectorySeparator(Path.GetFullPath(backup))}.sorting-{Environment.ProcessId}");

    private static void Remove(string folder, bool isNew)
    {
        if (isNew && Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
            return;
        }

        // The folder was empty before: what is in it is ours.
        foreach (var file in Directory.Exists(folder) ? Directory.GetFiles(folder) : [])
        {
            File.Delete(file);
        }
    }
}
