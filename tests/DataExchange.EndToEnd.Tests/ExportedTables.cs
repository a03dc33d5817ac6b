using System.Globalization;
using System.Text.Json;
using DuckDB.NET.Data;

namespace DataExchange.EndToEnd.Tests;

/// <summary>The tests that read the same exported tables.</summary>
[CollectionDefinition(nameof(ExportedTables))]
public sealed class ReadersOfTables : ICollectionFixture<ExportedTables>;

/// <summary>The small market as exported tables, in both forms.</summary>
public sealed class ExportedTables : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    internal SpareMarket Market { get; } = new();

    internal string Parquet => _folder.In("parquet");

    internal string Csv => _folder.In("csv");

    internal JsonElement Written { get; private set; }

    internal JsonElement WrittenCsv { get; private set; }

    /// <summary>The dictionary's tables.</summary>
    internal IReadOnlyList<JsonElement> Tables { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        await Market.InitializeAsync();
        Written = (await DxProgram.RunAsync("export", "--format", "parquet", "--out", Parquet, "--data", Market.Data, "--json")).WithExitCode(0).Json();
        WrittenCsv = (await DxProgram.RunAsync("export", "--format", "csv", "--out", Csv, "--data", Market.Data, "--json")).WithExitCode(0).Json();
        using var dictionary = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(Parquet, "dictionary.json")));
        Tables = [.. dictionary.RootElement.Clone().GetProperty("tables").EnumerateArray()];
    }

    /// <summary>DuckDB with a view of each Parquet file, its clock in China.</summary>
    internal DuckDb Open()
    {
        var database = new DuckDb();
        database.Run($"SET file_search_path = '{Parquet}'; SET TimeZone = 'Asia/Shanghai'");
        foreach (var table in Tables)
        {
            database.Run($"CREATE VIEW {table.GetProperty("name")} AS FROM '{table.GetProperty("file")}'");
        }

        return database;
    }

    public async ValueTask DisposeAsync()
    {
        await Market.DisposeAsync();
        await _folder.DisposeAsync();
    }
}

/// <summary>A DuckDB in memory, or in a file.</summary>
internal sealed class DuckDb : IDisposable
{
    private readonly DuckDBConnection _connection;

    public DuckDb(string file = ":memory:")
    {
        _connection = new DuckDBConnection($"Data Source={file}");
        _connection.Open();
    }

    public void Run(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>The names of the columns, then the rows, as text; nothing is ∅.</summary>
    public (string[] Columns, IReadOnlyList<string[]> Rows) Query(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string[]>();
        while (reader.Read())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "∅" : Text(reader.GetValue(i)))]);
        }

        return ([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)], rows);
    }

    public string One(string sql) => Assert.Single(Assert.Single(Query(sql).Rows));

    public long Number(string sql) => long.Parse(One(sql), CultureInfo.InvariantCulture);

    public double Real(string sql) => double.Parse(One(sql), CultureInfo.InvariantCulture);

    public void Dispose() => _connection.Dispose();

    private static string Text(object value) => value switch
    {
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        double real => real.ToString("R", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
