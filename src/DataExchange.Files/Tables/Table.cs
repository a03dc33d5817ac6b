namespace DataExchange.Files.Tables;

/// <summary>A table, as the dictionary describes it.</summary>
/// <param name="Name">Its name, which is that of its file.</param>
/// <param name="Zh">What a row is, in Chinese.</param>
/// <param name="En">The same in English.</param>
/// <param name="Key">The columns that together tell a row from all others.</param>
public abstract record Table(string Name, string Zh, string En, IReadOnlyList<string> Key)
{
    /// <summary>Its columns, in order.</summary>
    public abstract IReadOnlyList<Column> Columns { get; }
}

/// <summary>A table of rows of a type.</summary>
internal sealed record Table<TRow>(string Name, string Zh, string En, IReadOnlyList<string> Key, IReadOnlyList<Column<TRow>> Cells) : Table(Name, Zh, En, Key)
{
    public override IReadOnlyList<Column> Columns => Cells;
}
