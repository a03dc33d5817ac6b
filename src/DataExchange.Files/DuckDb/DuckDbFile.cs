using DataExchange.Files.Tables;

namespace DataExchange.Files.DuckDb;

/// <summary>One DuckDB file of exported Parquet tables: the same tables, keys, comments and views as <c>duckdb.sql</c> makes.</summary>
public static class DuckDbFile
{
    /// <summary>Makes it.</summary>
    /// <param name="library">DuckDB.</param>
    /// <param name="tables">The folder of a Parquet export.</param>
    /// <param name="file">The file; there is none of that name yet.</param>
    /// <param name="cancellation">Interrupts it.</param>
    /// <exception cref="DuckDbException">DuckDB refused.</exception>
    public static void Write(DuckDbLibrary library, string tables, string file, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(library);
        ArgumentNullException.ThrowIfNull(tables);
        var script = File.ReadAllText(Path.Combine(tables, DuckDbScript.Name));
        library.Run(file, $"SET file_search_path = '{tables.Replace("'", "''", StringComparison.Ordinal)}';\n{script}CHECKPOINT;\n", cancellation);
    }
}
