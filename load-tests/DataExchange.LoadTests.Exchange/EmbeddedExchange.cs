namespace DataExchange.LoadTests.Exchange;

/// <summary>An exchange made for a run.</summary>
public sealed class EmbeddedExchange
{
    /// <summary>Folder of its private servers in the run's folder.</summary>
    public const string ServerFolder = "data";
}
