namespace DataExchange.Lobster;

/// <summary>A row cannot be read.</summary>
/// <param name="row">The row, from 1.</param>
/// <param name="column">The column, from 1; 0 for the row as a whole.</param>
/// <param name="told">What is wrong and what is allowed.</param>
public sealed class LobsterFormatException(long row, int column, string told)
    : Exception(column == 0 ? $"row {row}: {told}" : $"row {row}, column {column}: {told}")
{
    /// <summary>The row, from 1.</summary>
    public long Row => row;

    /// <summary>The column, from 1; 0 for the row as a whole.</summary>
    public int Column => column;
}
