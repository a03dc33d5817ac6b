namespace DataExchange.Files.Tables;

/// <summary>Takes the values of a row, each by its type: a column hands over exactly one value a row.</summary>
internal interface ICellSink
{
    void Text(string? value);

    void Integer(long? value);

    void Truth(bool? value);

    /// <summary>A moment, UTC.</summary>
    void Moment(DateTime? value);

    /// <summary>A calendar day in China.</summary>
    void Day(DateOnly? value);
}
