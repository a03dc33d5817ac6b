using System.Text;

namespace DataExchange.Cli.Running.Replay.Deals;

/// <summary>A record of a CSV file.</summary>
/// <param name="Row">The line that it begins in, from 1.</param>
/// <param name="Cells">Its fields.</param>
internal sealed record CsvRecord(int Row, IReadOnlyList<string> Cells);

/// <summary>A file is no CSV.</summary>
internal sealed class CsvFormatException(int row, string told) : Exception($"row {row}: {told}");

/// <summary>Reads CSV after RFC 4180: commas, quotes doubled within quotes, line feeds with or without a carriage return. Empty lines are passed over.</summary>
internal static class CsvRecords
{
    /// <summary>The records of a text.</summary>
    /// <param name="text">The text, with or without a byte order mark.</param>
    /// <exception cref="CsvFormatException">A quote stands where none may, or is not closed.</exception>
    public static IEnumerable<CsvRecord> Of(string text)
    {
        var (place, row) = (text.StartsWith('\uFEFF') ? 1 : 0, 1);
        while (place < text.Length)
        {
            var began = row;
            var cells = new List<string>();
            do
            {
                cells.Add(Cell(text, ref place, ref row));
            }
            while (place < text.Length && text[place++] == ',');

            if (cells is not [""])
            {
                yield return new CsvRecord(began, cells);
            }
        }
    }

    // Leaves the place at the comma after the cell, or at the line feed, which is counted.
    private static string Cell(string text, ref int place, ref int row)
    {
        var cell = new StringBuilder();
        if (place < text.Length && text[place] == '"')
        {
            Quoted(text, ref place, ref row, cell);
        }
        else
        {
            while (place < text.Length && text[place] is not (',' or '\n'))
            {
                if (text[place] == '"')
                {
                    throw new CsvFormatException(row, "a quote stands within a field that does not begin with one; it is written as two quotes within quotes");
                }

                cell.Append(text[place++]);
            }

            if (cell.Length > 0 && cell[^1] == '\r' && (place == text.Length || text[place] == '\n'))
            {
                cell.Length--;
            }
        }

        if (place < text.Length && text[place] == '\n')
        {
            row++;
        }

        return cell.ToString();
    }

    private static void Quoted(string text, ref int place, ref int row, StringBuilder cell)
    {
        var began = row;
        for (place++; place < text.Length; place++)
        {
            if (text[place] == '\n')
            {
                row++;
            }

            if (text[place] != '"')
            {
                cell.Append(text[place]);
                continue;
            }

            if (place + 1 < text.Length && text[place + 1] == '"')
            {
                cell.Append(text[place++]);
                continue;
            }

            place++;
            if (place < text.Length && text[place] == '\r')
            {
                place++;
            }

            if (place < text.Length && text[place] is not (',' or '\n'))
            {
                throw new CsvFormatException(row, "after a closing quote comes neither a comma nor the end of the line");
            }

            return;
        }

        throw new CsvFormatException(began, "a quote is not closed");
    }
}
