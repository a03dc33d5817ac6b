using System.Text.Json;
using DataExchange.Files.Tables;

namespace DataExchange.Cli.Running.Sweeps;

/// <summary>The results as Parquet: the columns of the CSV with their types; the footer has their units and meanings as JSON, under the key <see cref="DictionaryKey"/>.</summary>
internal sealed class SweepParquet : ISweepResultWriter
{
    /// <summary>Name of the file.</summary>
    public const string Name = "results.parquet";

    /// <summary>Where the footer has the columns, as the manifest has them.</summary>
    public const string DictionaryKey = "columns";

    public string FileName => Name;

    public Task WriteAsync(SweepTable table, Stream output, CancellationToken cancellation) => TidyParquet.WriteAsync(
        [.. table.Columns.Select(column => new TidyColumn(column.Name, column.Type switch
        {
            SweepColumnType.Whole => typeof(long),
            SweepColumnType.Real => typeof(double),
            _ => typeof(string),
        }))],
        table.Rows, new Dictionary<string, string> { [DictionaryKey] = JsonSerializer.Serialize(table.Columns, SweepManifestJson.Readable.IReadOnlyListSweepColumn) },
        output, cancellation);
}
