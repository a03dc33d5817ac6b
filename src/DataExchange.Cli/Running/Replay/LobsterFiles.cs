using System.Text;
using DataExchange.Cli.Commands;
using DataExchange.Lobster;

namespace DataExchange.Cli.Running.Replay;

/// <summary>What a pair of LOBSTER files came to.</summary>
/// <param name="Levels">Levels compared.</param>
/// <param name="FileLevels">Levels of the given book.</param>
/// <param name="Rows">Rows of each file.</param>
/// <param name="Counts">What was in the messages up to the first difference, all of them when there is none.</param>
/// <param name="Difference">The first difference; null when there is none.</param>
/// <param name="Priority">The same executions asked of the matching core.</param>
internal sealed record LobsterResult(int Levels, int FileLevels, long Rows, LobsterCounts Counts, LobsterDifference? Difference, LobsterPriority Priority);

/// <summary>Reads a message file and an orderbook file side by side, row by row, so that their length does not matter.</summary>
/// <param name="messages">The message file.</param>
/// <param name="book">The orderbook file.</param>
internal sealed class LobsterFiles(string messages, string book)
{
    /// <summary>Reconstructs the book and compares it. All rows are read, also those after a difference, so that a file that is no LOBSTER file is told in any case.</summary>
    /// <param name="levels">Levels to compare; null for all that the book has.</param>
    /// <param name="onRows">Hears now and then what share of the message file was read; null for nobody.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="WrongInputException">A file cannot be read, or a row is malformed.</exception>
    public async Task<LobsterResult> CompareAsync(int? levels, Action<double>? onRows, CancellationToken cancellation)
    {
        using var messageReader = Open(messages, "MESSAGES");
        using var bookReader = Open(book, "ORDERBOOK");
        var size = Math.Max(1, messageReader.BaseStream.Length);
        LobsterReconstruction? reconstruction = null;
        var priority = new LobsterPriority();
        LobsterBookRow? given = null;
        LobsterDifference? difference = null;
        var (row, fileLevels, last) = (0L, 0, 0L);
        while (true)
        {
            var message = await LineAsync(messageReader, messages, cancellation).ConfigureAwait(false);
            var bookLine = await LineAsync(bookReader, book, cancellation).ConfigureAwait(false);
            if (message is null && bookLine is null)
            {
                break;
            }

            row++;
            if (message is null || bookLine is null)
            {
                var (ended, other) = message is null ? (messages, book) : (book, messages);
                throw new WrongInputException($"'{ended}' ends after row {row - 1}, '{other}' has more: every message needs the book after it, row by row");
            }

            if (given is null)
            {
                fileLevels = Read(book, () => LobsterRows.LevelsOf(bookLine));
                if (levels > fileLevels)
                {
                    throw new WrongInputException($"--levels '{levels}' is not allowed: '{book}' has {fileLevels}");
                }

                given = new LobsterBookRow(levels ?? fileLevels);
                reconstruction = new LobsterReconstruction(given.Levels, priority);
            }

            var read = Read(messages, () => LobsterRows.Message(message, row));
            if (read.Nanoseconds < last)
            {
                throw new WrongInputException($"'{messages}', row {row}, column 1: time '{message[..message.IndexOf(',', StringComparison.Ordinal)]}' is not allowed: it is before that of the row above");
            }

            last = read.Nanoseconds;
            Read(book, () =>
            {
                LobsterRows.Book(bookLine, row, fileLevels, given);
                return true;
            });
            difference ??= reconstruction!.Take(read, given);
            if ((row & 0x3FFF) == 0)
            {
                onRows?.Invoke((double)messageReader.BaseStream.Position / size);
            }
        }

        return row == 0
            ? throw new WrongInputException($"'{messages}' and '{book}' have no rows: at least one is needed")
            : new LobsterResult(given!.Levels, fileLevels, row, reconstruction!.Counts, difference, priority);
    }

    private static StreamReader Open(string path, string name)
    {
        try
        {
            return new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16), Encoding.ASCII);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new WrongInputException($"{name} '{path}' cannot be read: {wrong.Message}");
        }
    }

    private static async ValueTask<string?> LineAsync(StreamReader reader, string path, CancellationToken cancellation)
    {
        try
        {
            return await reader.ReadLineAsync(cancellation).ConfigureAwait(false);
        }
        catch (IOException wrong)
        {
            throw new WrongInputException($"'{path}' cannot be read: {wrong.Message}");
        }
    }

    private static T Read<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (LobsterFormatException wrong)
        {
            throw new WrongInputException($"'{path}', {wrong.Message}");
        }
    }
}
