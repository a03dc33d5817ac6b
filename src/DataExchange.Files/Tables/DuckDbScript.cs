using System.Text;

namespace DataExchange.Files.Tables;

/// <summary>
/// SQL that makes one DuckDB file of the Parquet files: the same tables with types, keys and comments, and views that save the first steps of an analysis. A script
/// and not the file itself, so that nobody carries DuckDB's library who does not use it (docs/decisions/0037).
/// </summary>
internal static class DuckDbScript
{
    internal const string Name = "duckdb.sql";

    private const string Views =
        """

        CREATE VIEW registered_deals AS FROM deals WHERE registered_at IS NOT NULL;
        CREATE VIEW price_now AS FROM prices QUALIFY row_number() OVER (PARTITION BY product ORDER BY price_version DESC) = 1;
        CREATE VIEW provider_sales AS SELECT provider, count(*) AS products, sum(deals)::BIGINT AS deals, sum(sales_fen - resales_fen)::BIGINT AS sold_fen FROM products WHERE listed_at IS NOT NULL GROUP BY provider;
        CREATE VIEW channel_months AS SELECT date_trunc('month', registered_day)::DATE AS month, venue, channel, count(*) AS deals, sum(amount_fen)::BIGINT AS amount_fen FROM registered_deals GROUP BY ALL;

        """;

    internal static void Write(DataSet about, Stream output)
    {
        var text = new StringBuilder("-- In this folder:  duckdb market.duckdb < duckdb.sql\n");
        text.Append($"-- Simulated: scenario {about.Source.Scenario}, seed {about.Source.Seed}, digest {about.Digest}. None of it is a record of real trade.\n");
        foreach (var table in MarketTables.All)
        {
            text.Append($"\nCREATE TABLE {table.Name} (\n");
            foreach (var column in table.Columns)
            {
                text.Append($"  {column.Name} {TypeOf(column.Type)}{(column.IsNullable ? "" : " NOT NULL")},\n");
            }

            text.Append($"  PRIMARY KEY ({string.Join(", ", table.Key)})\n);\n");
            text.Append($"INSERT INTO {table.Name} FROM '{table.Name}.parquet';\n");
            text.Append($"COMMENT ON TABLE {table.Name} IS {Literal($"{table.En} / {table.Zh}")};\n");
            foreach (var column in table.Columns)
            {
                text.Append($"COMMENT ON COLUMN {table.Name}.{column.Name} IS {Literal($"{column.En} / {column.Zh}")};\n");
            }
        }

        text.Append(Views);
        text.Append($"CREATE VIEW about AS SELECT 'simulated' AS provenance, {Literal(about.Source.Scenario)} AS scenario, {Literal(about.Source.ScenarioHash)} AS scenario_sha256, ");
        text.Append(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{about.Source.Seed} AS seed, {about.Source.Scale} AS scale, {Literal(about.Digest)} AS digest, {(about.Source.IsWhole ? "true" : "false")} AS is_whole_run;\n"));
        output.Write(Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static string TypeOf(ColumnType type) => type switch
    {
        ColumnType.Text or ColumnType.Word => "VARCHAR",
        ColumnType.Integer => "BIGINT",
        ColumnType.Truth => "BOOLEAN",
        ColumnType.Moment => "TIMESTAMPTZ",
        ColumnType.Day => "DATE",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };

    // A semicolon ends a statement for those who split the script at it.
    private static string Literal(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal).Replace(";", ",", StringComparison.Ordinal) + "'";
}
