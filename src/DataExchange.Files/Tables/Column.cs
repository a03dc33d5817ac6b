using System.Text.Json;

namespace DataExchange.Files.Tables;

/// <summary>What a column holds.</summary>
public enum ColumnType
{
    /// <summary>Text, UTF-8.</summary>
    Text,

    /// <summary>One of an enumeration's words, as in the events.</summary>
    Word,

    /// <summary>A whole number, 64 bits with sign.</summary>
    Integer,

    /// <summary>True or false.</summary>
    Truth,

    /// <summary>A moment, UTC, microseconds in Parquet.</summary>
    Moment,

    /// <summary>A calendar day in China.</summary>
    Day,
}

/// <summary>A column of a table, as the dictionary describes it.</summary>
/// <param name="Name">Its name, snake_case; a unit ends it: <c>_fen</c>.</param>
/// <param name="Type">What it holds.</param>
/// <param name="IsNullable">Whether a row may have nothing there.</param>
/// <param name="Zh">What it means in Chinese.</param>
/// <param name="En">The same in English.</param>
public record Column(string Name, ColumnType Type, bool IsNullable, string Zh, string En)
{
    /// <summary>The unit: fen, packs, calls, or null for what has none.</summary>
    public string? Unit { get; init; }

    /// <summary>The table whose key it names; null for a column that refers to nothing.</summary>
    public string? References { get; init; }

    /// <summary>The words that may stand there; none for other types.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];
}

/// <summary>A column with the way to its values.</summary>
internal sealed record Column<TRow>(string Name, ColumnType Type, bool IsNullable, string Zh, string En, Action<TRow, ICellSink> Write)
    : Column(Name, Type, IsNullable, Zh, En);

/// <summary>Makes columns. A name that ends in <c>_fen</c> has its unit from there.</summary>
internal static class Columns
{
    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    public static Column<TRow> Text<TRow>(string name, Func<TRow, string> value, string zh, string en, string? references = null) =>
        new(name, ColumnType.Text, false, zh, en, (row, sink) => sink.Text(value(row))) { References = references };

    public static Column<TRow> TextOrNone<TRow>(string name, Func<TRow, string?> value, string zh, string en, string? references = null) =>
        new(name, ColumnType.Text, true, zh, en, (row, sink) => sink.Text(value(row))) { References = references };

    public static Column<TRow> Word<TRow, TWord>(string name, Func<TRow, TWord> value, string zh, string en)
        where TWord : struct, Enum =>
        new(name, ColumnType.Word, false, zh, en, (row, sink) => sink.Text(Named(value(row)))) { Words = Enum.GetNames<TWord>() };

    public static Column<TRow> WordOrNone<TRow, TWord>(string name, Func<TRow, TWord?> value, string zh, string en)
        where TWord : struct, Enum =>
        new(name, ColumnType.Word, true, zh, en, (row, sink) => sink.Text(value(row) is { } word ? Named(word) : null)) { Words = Enum.GetNames<TWord>() };

    public static Column<TRow> Integer<TRow>(string name, Func<TRow, long> value, string zh, string en, string? unit = null) =>
        new(name, ColumnType.Integer, false, zh, en, (row, sink) => sink.Integer(value(row))) { Unit = unit ?? UnitOf(name) };

    public static Column<TRow> IntegerOrNone<TRow>(string name, Func<TRow, long?> value, string zh, string en, string? unit = null) =>
        new(name, ColumnType.Integer, true, zh, en, (row, sink) => sink.Integer(value(row))) { Unit = unit ?? UnitOf(name) };

    public static Column<TRow> Truth<TRow>(string name, Func<TRow, bool> value, string zh, string en) =>
        new(name, ColumnType.Truth, false, zh, en, (row, sink) => sink.Truth(value(row)));

    public static Column<TRow> Moment<TRow>(string name, Func<TRow, DateTimeOffset> value, string zh, string en) =>
        new(name, ColumnType.Moment, false, zh, en, (row, sink) => sink.Moment(value(row).UtcDateTime));

    public static Column<TRow> MomentOrNone<TRow>(string name, Func<TRow, DateTimeOffset?> value, string zh, string en) =>
        new(name, ColumnType.Moment, true, zh, en, (row, sink) => sink.Moment(value(row)?.UtcDateTime));

    public static Column<TRow> Day<TRow>(string name, Func<TRow, DateOnly> value, string zh, string en) =>
        new(name, ColumnType.Day, false, zh, en, (row, sink) => sink.Day(value(row)));

    /// <summary>The day in China of a moment that has its offset.</summary>
    public static Column<TRow> DayOrNone<TRow>(string name, Func<TRow, DateTimeOffset?> value, string zh, string en) =>
        new(name, ColumnType.Day, true, zh, en, (row, sink) => sink.Day(value(row) is { } moment ? DateOnly.FromDateTime(moment.ToOffset(China).DateTime) : null));

    private static string Named<TWord>(TWord word)
        where TWord : struct, Enum =>
        Enum.GetName(word) ?? throw new JsonException($"{typeof(TWord).Name} has no word for {word:D}.");

    private static string? UnitOf(string name) => name.EndsWith("_fen", StringComparison.Ordinal) ? "fen" : null;
}
