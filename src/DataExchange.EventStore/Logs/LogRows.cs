namespace DataExchange.EventStore.Logs;

/// <summary>A tile of a venue's log as a row: up to 256 hashes of 32 bytes. It replaces a shorter one at the same place.</summary>
/// <param name="Venue">The venue's id.</param>
/// <param name="Level">0 for leaves.</param>
/// <param name="Index">Its place in the level, from 0.</param>
/// <param name="Hashes">The hashes, one after the other.</param>
public sealed record LogTileRow(string Venue, int Level, long Index, byte[] Hashes);

/// <summary>A signed head of a venue's log as a row. One that is there stays: signatures differ each time.</summary>
/// <param name="Venue">The venue's id.</param>
/// <param name="Size">Leaves that it covers.</param>
/// <param name="Note">The signed note.</param>
public sealed record LogCheckpointRow(string Venue, long Size, string Note);
