namespace DataExchange.EventStore;

/// <summary>Names of database schemas.</summary>
public static class Schemas
{
    /// <summary>Where Marten's tables are unless said otherwise.</summary>
    public const string Default = "dataexchange";
}
