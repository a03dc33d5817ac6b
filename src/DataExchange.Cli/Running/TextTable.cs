using System.Text;

namespace DataExchange.Cli.Running;

/// <summary>A column of a <see cref="TextTable"/>.</summary>
internal sealed record TextColumn(string Title, bool IsNumber = false);

/// <summary>
/// Rows in aligned columns, two spaces apart, one line each: fit for a terminal, a pipe and grep. Chinese characters count as two cells.
/// </summary>
internal sealed class TextTable(params TextColumn[] columns)
{
    private const int Gap = 2;
    private const int LeastOfLast = 20;
    private readonly List<string[]> _rows = [];

    /// <summary>Adds a row.</summary>
    /// <param name="cells">As many as there are columns.</param>
    public void Add(params string[] cells)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(cells.Length, columns.Length);
        _rows.Add(cells);
    }

    /// <summary>Writes the titles and the rows.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="width">
    /// Cells of a line; the last column is cut to fit. Where it would all but vanish nothing is cut, and the terminal wraps the line. Null for
    /// no limit.
    /// </param>
    public void WriteTo(TextWriter output, int? width = null)
    {
        string[] titles = [.. columns.Select(column => column.Title)];
        var widths = new int[columns.Length];
        foreach (var row in _rows.Prepend(titles))
        {
            for (var i = 0; i < row.Length; i++)
            {
                widths[i] = Math.Max(widths[i], CellsOf(row[i]));
            }
        }

        var most = width >= widths[..^1].Sum(cells => cells + Gap) + Math.Min(widths[^1], LeastOfLast) ? width : null;
        foreach (var row in _rows.Prepend(titles))
        {
            var line = new StringBuilder();
            for (var i = 0; i < row.Length; i++)
            {
                var space = new string(' ', widths[i] - CellsOf(row[i]));
                line.Append(i == 0 ? "" : new string(' ', Gap)).Append(columns[i].IsNumber ? space + row[i] : row[i] + space);
            }

            output.WriteLine(Cut(line.ToString().TrimEnd(), most));
        }
    }

    /// <summary>How many cells of a terminal a text takes.</summary>
    public static int CellsOf(string text)
    {
        var cells = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            cells += CellsOf(rune);
        }

        return cells;
    }

    /// <summary>The text, cut so that it takes no more cells than given.</summary>
    /// <param name="text">One line.</param>
    /// <param name="width">Cells; null for no limit.</param>
    public static string Cut(string text, int? width)
    {
        if (width is not { } most || CellsOf(text) <= most)
        {
            return text;
        }

        var kept = new StringBuilder();
        var cells = 1;
        foreach (var rune in text.EnumerateRunes())
        {
            cells += CellsOf(rune);
            if (cells > most)
            {
                break;
            }

            kept.Append(rune);
        }

        return kept.Append('…').ToString();
    }

    // The wide ranges of Unicode's East Asian Width that Chinese text uses.
    private static int CellsOf(Rune rune) => rune.Value is
        (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF)
        or (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF00 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6) or (>= 0x1F300 and <= 0x1FAFF)
        or (>= 0x20000 and <= 0x3FFFD) ? 2 : 1;
}
