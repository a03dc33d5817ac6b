using System.Text;

namespace DataExchange.Domain.Tests;

/// <summary>
/// A table as text: blocks separated by empty lines, the first line of each names the columns, every other line is a row;
/// cells are separated by bars. A row may go on in a later block with other columns.
/// </summary>
internal static class TextTable
{
    internal static Dictionary<(string Row, string Column), string> Read(string text)
    {
        var cells = new Dictionary<(string, string), string>();
        string[]? header = null;
        foreach (var line in text.Split('\n').Select(line => line.TrimEnd()))
        {
            if (line.Length == 0)
            {
                header = null;
                continue;
            }

            var parts = line.Split('|').Select(part => part.Trim()).ToArray();
            if (header is null)
            {
                header = parts;
                continue;
            }

            Assert.True(parts.Length == header.Length, $"'{line}' has {parts.Length - 1} cells, its block {header.Length - 1} columns.");
            for (var i = 1; i < parts.Length; i++)
            {
                Assert.True(cells.TryAdd((parts[0], header[i]), parts[i]), $"The cell {parts[0]} × {header[i]} is there twice.");
            }
        }

        return cells;
    }

    /// <summary>Writes a table in blocks that are not much wider than 130 characters, to be pasted into a test.</summary>
    internal static string Write(string corner, IReadOnlyList<string> rows, IReadOnlyList<string> columns, Func<string, string, string> cell)
    {
        var text = new StringBuilder();
        var first = rows.Append(corner).Max(row => row.Length);
        for (var from = 0; from < columns.Count;)
        {
            var widths = new List<int>();
            while (from + widths.Count < columns.Count)
            {
                var column = columns[from + widths.Count];
                var width = rows.Select(row => cell(row, column).Length).Append(column.Length).Max();
                if (widths.Count > 0 && first + widths.Sum(w => w + 3) + width > 130)
                {
                    break;
                }

                widths.Add(width);
            }

            var block = columns.Skip(from).Take(widths.Count).ToArray();
            Line(corner, block);
            foreach (var row in rows)
            {
                Line(row, [.. block.Select(column => cell(row, column))]);
            }

            text.AppendLine();
            from += widths.Count;

            void Line(string name, string[] cells) => text.AppendLine(
                (name.PadRight(first) + " | " + string.Join(" | ", cells.Select((value, i) => value.PadRight(widths[i])))).TrimEnd());
        }

        return text.ToString();
    }
}
