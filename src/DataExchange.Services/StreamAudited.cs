namespace DataExchange.Services;

/// <summary>A part of a stream that an auditor followed.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="FirstVersion">Version of the first fact of it.</param>
/// <param name="LastVersion">Version of the last.</param>
public sealed record StreamAudited(string Stream, int FirstVersion, int LastVersion);
