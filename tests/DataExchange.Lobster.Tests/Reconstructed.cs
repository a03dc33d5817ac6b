namespace DataExchange.Lobster.Tests;

/// <summary>Rows of files, reconstructed.</summary>
internal static class Reconstructed
{
    /// <summary>Takes rows up to the first difference.</summary>
    public static (LobsterCounts Counts, LobsterDifference? Difference) Of(
        IReadOnlyList<string> messages, IReadOnlyList<string> book, int? levels = null, ILobsterBook? listener = null)
    {
        var fileLevels = LobsterRows.LevelsOf(book[0]);
        var given = new LobsterBookRow(levels ?? fileLevels);
        var reconstruction = new LobsterReconstruction(given.Levels, listener);
        for (var row = 0; row < messages.Count; row++)
        {
            LobsterRows.Book(book[row], row + 1, fileLevels, given);
            if (reconstruction.Take(LobsterRows.Message(messages[row], row + 1), given) is { } difference)
            {
                return (reconstruction.Counts, difference);
            }
        }

        return (reconstruction.Counts, null);
    }
}
