using System.Text.Encodings.Web;
using System.Text.Json;

namespace DataExchange.Files.Tables;

/// <summary>The data dictionary: every table and column with type, unit, meaning, keys, made from the very columns that are written.</summary>
internal static class DataDictionary
{
    internal static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static void Write(DataSet about, TableFormat format, Stream output)
    {
        using var json = new Utf8JsonWriter(output, Options);
        json.WriteStartObject();
        json.WriteString("provenance", "simulated");
        json.WriteString("note", "Made by a simulation; none of it is a record of real trade. 由仿真生成，不是真实交易记录。");
        WriteSource(json, about);
        json.WriteStartArray("tables");
        foreach (var table in MarketTables.All)
        {
            Write(table, format, json);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    internal static void WriteSource(Utf8JsonWriter json, DataSet about)
    {
        json.WriteString("scenario", about.Source.Scenario);
        json.WriteString("scenarioSha256", about.Source.ScenarioHash);
        json.WriteNumber("seed", about.Source.Seed);
        json.WriteNumber("scale", about.Source.Scale);
        json.WriteString("digest", about.Digest);
        json.WriteBoolean("isWholeRun", about.Source.IsWhole);
    }

    private static void Write(Table table, TableFormat format, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("name", table.Name);
        json.WriteString("file", table.Name + (format == TableFormat.Parquet ? ".parquet" : ".csv"));
        json.WriteString("zh", table.Zh);
        json.WriteString("en", table.En);
        json.WriteStartArray("key");
        foreach (var column in table.Key)
        {
            json.WriteStringValue(column);
        }

        json.WriteEndArray();
        json.WriteStartArray("columns");
        foreach (var column in table.Columns)
        {
            json.WriteStartObject();
            json.WriteString("name", column.Name);
            json.WriteString("type", TypeOf(column.Type));
            json.WriteBoolean("nullable", column.IsNullable);
            if (column.Unit is { } unit)
            {
                json.WriteString("unit", unit);
            }

            json.WriteString("zh", column.Zh);
            json.WriteString("en", column.En);
            if (column.References is { } references)
            {
                json.WriteStartObject("references");
                json.WriteString("table", references);
                json.WriteString("column", KeyOf(references));
                json.WriteEndObject();
            }

            if (column.Words.Count > 0)
            {
                json.WriteStartArray("words");
                foreach (var word in column.Words)
                {
                    json.WriteStringValue(word);
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>The one column that tells the rows of a table apart.</summary>
    internal static string KeyOf(string table) => MarketTables.All.Single(one => one.Name == table).Key.Single();

    private static string TypeOf(ColumnType type) => type switch
    {
        ColumnType.Text or ColumnType.Word => "string",
        ColumnType.Integer => "int64",
        ColumnType.Truth => "boolean",
        ColumnType.Moment => "timestamp (UTC)",
        ColumnType.Day => "date",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };
}
