namespace DataExchange.Files.Tables;

/// <summary>What the description of an exported data set says.</summary>
/// <param name="Source">The run.</param>
/// <param name="Digest">The digest of the events that were exported (docs/digest.md), 64 small hexadecimal digits.</param>
/// <param name="Published">The day of the export.</param>
/// <param name="Version">The version of the program that wrote the files.</param>
public sealed record DataSet(RunSource Source, string Digest, DateOnly Published, string Version);
