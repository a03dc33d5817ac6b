namespace DataExchange.StoreBenchmarks;

/// <summary>A synthetic document of about 300 bytes.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Data">What it holds.</param>
public sealed record SyntheticDocument(string Id, SyntheticEvent Data);
