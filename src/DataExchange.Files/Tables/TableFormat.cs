namespace DataExchange.Files.Tables;

/// <summary>The form of exported tables.</summary>
public enum TableFormat
{
    /// <summary>Apache Parquet.</summary>
    Parquet,

    /// <summary>CSV after RFC 4180.</summary>
    Csv,
}
