using System.Globalization;
using System.Text.Json;

namespace DataExchange.Files.Tables;

/// <summary>
/// The data set described in Croissant 1.0 (MLCommons), JSON-LD over schema.org. The context stands in the file, as Croissant asks for; the words of our own for the run
/// are under a name that never resolves.
/// </summary>
internal static class Croissant
{
    private const string Context =
        """
        {
          "@language": "en", "@vocab": "https://schema.org/", "sc": "https://schema.org/", "cr": "http://mlcommons.org/croissant/", "rai": "http://mlcommons.org/croissant/RAI/",
          "dct": "http://purl.org/dc/terms/", "dx": "https://dataexchange.invalid/ns#", "citeAs": "cr:citeAs", "column": "cr:column", "conformsTo": "dct:conformsTo",
          "data": {"@id": "cr:data", "@type": "@json"}, "dataType": {"@id": "cr:dataType", "@type": "@vocab"}, "examples": {"@id": "cr:examples", "@type": "@json"},
          "extract": "cr:extract", "field": "cr:field", "fileProperty": "cr:fileProperty", "fileObject": "cr:fileObject", "fileSet": "cr:fileSet", "format": "cr:format",
          "includes": "cr:includes", "isLiveDataset": "cr:isLiveDataset", "jsonPath": "cr:jsonPath", "key": "cr:key", "md5": "cr:md5", "parentField": "cr:parentField", "path": "cr:path",
          "recordSet": "cr:recordSet", "references": "cr:references", "regex": "cr:regex", "repeated": "cr:repeated", "replace": "cr:replace", "separator": "cr:separator",
          "source": "cr:source", "subField": "cr:subField", "transform": "cr:transform"
        }
        """;

    internal static void Write(DataSet about, TableFormat format, IReadOnlyList<WrittenFile> files, Stream output)
    {
        var run = about.Source;
        var asked = string.Create(CultureInfo.InvariantCulture, $"{run.Scenario}, seed {run.Seed}, scale {run.Scale:R}");
        using var json = new Utf8JsonWriter(output, DataDictionary.Options);
        json.WriteStartObject();
        json.WritePropertyName("@context");
        using (var context = JsonDocument.Parse(Context))
        {
            json.WriteStartObject();
            // Files, tables and columns are named relative to the run, so that those of two runs are not one.
            json.WriteString("@base", run.Uri + "/");
            foreach (var term in context.RootElement.EnumerateObject())
            {
                term.WriteTo(json);
            }

            json.WriteEndObject();
        }

        json.WriteString("@type", "sc:Dataset");
        json.WriteString("conformsTo", "http://mlcommons.org/croissant/1.0");
        json.WriteString("name", "dataexchange-" + run.Scenario);
        json.WriteString("description", $"A simulated data-trading market: {asked}. Events, deals, orders, trades, prices, balances and products. None of it is a record of real trade.");
        json.WriteString("license", "https://spdx.org/licenses/Apache-2.0.html");
        json.WriteString("url", run.Uri);
        json.WriteString("version", about.Version);
        json.WriteString("datePublished", about.Published.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        json.WriteString("citeAs", $"DataExchange {run.CreatedWith}: {asked}, digest {about.Digest}");
        json.WriteStartObject("creator");
        json.WriteString("@type", "sc:Organization");
        json.WriteString("name", "The DataExchange authors");
        json.WriteEndObject();
        json.WriteBoolean("isLiveDataset", false);
        json.WriteString("dx:provenance", "simulated");
        json.WriteString("dx:scenario", run.Scenario);
        json.WriteString("dx:scenarioSha256", run.ScenarioHash);
        // Text: JSON-LD reads large numbers as floating point.
        json.WriteString("dx:seed", run.Seed.ToString(CultureInfo.InvariantCulture));
        json.WriteString("dx:scale", run.Scale.ToString("R", CultureInfo.InvariantCulture));
        json.WriteString("dx:digest", about.Digest);
        json.WriteBoolean("dx:isWholeRun", run.IsWhole);
        json.WriteStartArray("distribution");
        foreach (var file in files)
        {
            WriteFile(file, json);
        }

        json.WriteEndArray();
        json.WriteStartArray("recordSet");
        foreach (var table in MarketTables.All)
        {
            WriteTable(table, table.Name + (format == TableFormat.Parquet ? ".parquet" : ".csv"), json);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteFile(WrittenFile file, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("@type", "cr:FileObject");
        json.WriteString("@id", file.Name);
        json.WriteString("name", file.Name);
        json.WriteString("contentUrl", file.Name);
        json.WriteString("contentSize", string.Create(CultureInfo.InvariantCulture, $"{file.Bytes} B"));
        json.WriteString("encodingFormat", Path.GetExtension(file.Name) switch
        {
            ".parquet" => "application/vnd.apache.parquet",
            ".csv" => "text/csv",
            ".sql" => "application/sql",
            _ => "application/json",
        });
        json.WriteString("sha256", file.Sha256);
        json.WriteEndObject();
    }

    private static void WriteTable(Table table, string file, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("@type", "cr:RecordSet");
        json.WriteString("@id", table.Name);
        json.WriteString("name", table.Name);
        json.WriteString("description", $"{table.En} / {table.Zh}");
        json.WriteStartArray("key");
        foreach (var column in table.Key)
        {
            WriteId(json, $"{table.Name}/{column}");
        }

        json.WriteEndArray();
        json.WriteStartArray("field");
        foreach (var column in table.Columns)
        {
            json.WriteStartObject();
            json.WriteString("@type", "cr:Field");
            json.WriteString("@id", $"{table.Name}/{column.Name}");
            json.WriteString("name", column.Name);
            json.WriteString("description", column.Unit is { } unit ? $"{column.En} / {column.Zh} [{unit}]" : $"{column.En} / {column.Zh}");
            json.WriteString("dataType", column.Type switch
            {
                ColumnType.Integer => "sc:Integer",
                ColumnType.Truth => "sc:Boolean",
                ColumnType.Moment => "sc:DateTime",
                ColumnType.Day => "sc:Date",
                _ => "sc:Text",
            });
            if (column.References is { } references)
            {
                json.WriteStartObject("references");
                json.WritePropertyName("field");
                WriteId(json, $"{references}/{DataDictionary.KeyOf(references)}");
                json.WriteEndObject();
            }

            json.WriteStartObject("source");
            json.WritePropertyName("fileObject");
            WriteId(json, file);
            json.WriteStartObject("extract");
            json.WriteString("column", column.Name);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteId(Utf8JsonWriter json, string id)
    {
        json.WriteStartObject();
        json.WriteString("@id", id);
        json.WriteEndObject();
    }
}
