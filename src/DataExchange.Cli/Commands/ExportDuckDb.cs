using DataExchange.Cli.Running;
using DataExchange.Files.DuckDb;
using DataExchange.Files.Tables;

namespace DataExchange.Cli.Commands;

/// <summary>Exports a store as one DuckDB file: as Parquet into a folder beside it, from there by DuckDB into the file.</summary>
internal static class ExportDuckDb
{
    /// <summary>Does it.</summary>
    public static async Task<int> RunAsync(string path, string data, string? postgres, bool json, CancellationToken cancellation)
    {
        if (Directory.Exists(path) || Path.GetFileName(path).Length == 0)
        {
            throw new WrongInputException($"--out '{path}' is not allowed: the name of a file, such as market.duckdb");
        }

        var (target, terminal) = (Path.GetFullPath(path), new Terminal(json));
        var (partial, tables) = (target + ".partial", target + ".partial-tables");
        if (!Directory.Exists(Path.GetDirectoryName(target)))
        {
            throw new WrongInputException($"--out '{path}' cannot be used: there is no folder '{Path.GetDirectoryName(target)}'");
        }

        try
        {
            // Before anything is read: without it all the rest would be for nothing.
            var library = DuckDbLibrary.Load();
            await using var opened = await OpenedStore.OpenAsync(data, postgres, false, cancellation).ConfigureAwait(false);
            Remove();
            using (var folder = TableFolder.Create(tables))
            {
                var (files, digest) = await ExportTables.WriteAsync(opened, TableFormat.Parquet, folder, terminal, cancellation).ConfigureAwait(false);
                await terminal.StepAsync("DuckDB file written", _ => Task.Run(
                    () =>
                    {
                        DuckDbFile.Write(library, tables, partial, cancellation);
                        return true;
                    }, CancellationToken.None)).ConfigureAwait(false);
                File.Move(partial, target, overwrite: true);
                ExportTables.Print("duckdb", files, digest, new FileInfo(target).Length, path, terminal, json);
            }

            return 0;
        }
        catch (DuckDbException wrong)
        {
            throw new CommandFailedException(wrong.Message);
        }
        finally
        {
            Remove();
        }

        // What a killed export left, too.
        void Remove()
        {
            File.Delete(partial);
            File.Delete(partial + ".wal");
            if (Directory.Exists(tables))
            {
                Directory.Delete(tables, recursive: true);
            }
        }
    }
}
