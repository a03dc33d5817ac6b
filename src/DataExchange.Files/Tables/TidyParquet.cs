using Parquet;
using Parquet.Schema;

namespace DataExchange.Files.Tables;

/// <summary>A column of a table that has no type of its own in this project.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type"><see cref="string"/>, <see cref="long"/> or <see cref="double"/>; every column may have nothing in a row.</param>
public sealed record TidyColumn(string Name, Type Type);

/// <summary>Any table of texts, whole and real numbers as Parquet. The same table gives the same bytes.</summary>
public static class TidyParquet
{
    /// <summary>Writes it.</summary>
    /// <param name="columns">The columns, one at least, each name once.</param>
    /// <param name="rows">The rows: of each column a value of its type, or null for nothing.</param>
    /// <param name="metadata">Further pairs of key and value in the file's footer.</param>
    /// <param name="output">Where to; it can seek, and stays open.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="ArgumentException">A column has a type that is not allowed.</exception>
    /// <exception cref="InvalidCastException">A value is not of its column's type.</exception>
    public static async Task WriteAsync(
        IReadOnlyList<TidyColumn> columns, IEnumerable<IReadOnlyList<object?>> rows, IReadOnlyDictionary<string, string> metadata, Stream output, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(rows);
        DataField[] fields = [.. columns.Select(FieldOf)];
        await using var writer = await ParquetWriter.CreateAsync(
            new ParquetSchema(fields), output, new ParquetOptions { CompressionMethod = CompressionMethod.Snappy }, false, cancellation).ConfigureAwait(false);
        writer.CustomMetadata = metadata.ToDictionary();
        foreach (var group in rows.Chunk(ParquetTableFile<object>.RowsOfGroup))
        {
            using var rowGroup = writer.CreateRowGroup();
            for (var i = 0; i < fields.Length; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                var (field, type, place) = (fields[i], columns[i].Type, i);
                if (type == typeof(string))
                {
                    await rowGroup.WriteAsync(field, group.Select(row => (string)row[place]!).ToList(), null).ConfigureAwait(false);
                }
                else if (type == typeof(long))
                {
                    await rowGroup.WriteAsync<long>(field, group.Select(row => (long?)row[place]).ToArray(), null, null, cancellation).ConfigureAwait(false);
                }
                else
                {
                    await rowGroup.WriteAsync<double>(field, group.Select(row => (double?)row[place]).ToArray(), null, null, cancellation).ConfigureAwait(false);
                }
            }

            rowGroup.CompleteValidate();
        }
    }

    private static DataField FieldOf(TidyColumn column) => column.Type == typeof(string) || column.Type == typeof(long) || column.Type == typeof(double)
        ? new DataField(column.Name, column.Type, true)
        : throw new ArgumentException($"Column {column.Name}: type '{column.Type.Name}' is not allowed: String, Int64 or Double.", nameof(column));
}
