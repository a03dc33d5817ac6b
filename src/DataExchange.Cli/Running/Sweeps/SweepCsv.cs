using System.Globalization;
using System.Text;

namespace DataExchange.Cli.Running.Sweeps;

/// <summary>The results as CSV after RFC 4180, UTF-8; an empty field means: none.</summary>
internal sealed class SweepCsv : ISweepResultWriter
{
    /// <summary>Name of the file.</summary>
    public const string Name = "results.csv";

    public string FileName => Name;

    public async Task WriteAsync(SweepTable table, Stream output, CancellationToken cancellation)
    {
        await using var writer = new StreamWriter(output, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\r\n" };
        await writer.WriteLineAsync(string.Join(",", table.Columns.Select(column => Field(column.Name)))).ConfigureAwait(false);
        foreach (var row in table.Rows)
        {
            cancellation.ThrowIfCancellationRequested();
            await writer.WriteLineAsync(string.Join(",", row.Select(Field))).ConfigureAwait(false);
        }
    }

    private static string Field(object? value)
    {
        var text = value switch
        {
            null => "",
            double real => real.ToString("R", CultureInfo.InvariantCulture),
            IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString()!,
        };
        return text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
