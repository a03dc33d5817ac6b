namespace DataExchange.Vouchers.Documents;

/// <summary>A fact with its place in a venue's log.</summary>
/// <param name="Leaf">Its number there, from 0.</param>
/// <param name="Entry">What the leaf stands for: stream, version, type and canonical JSON, a line each.</param>
/// <param name="Path">Hashes beside the leaf's path in the tree of the checkpoint's size, lowest first, hexadecimal.</param>
public sealed record ProvedFact(long Leaf, string Entry, IReadOnlyList<string> Path);

/// <summary>What a document is proved with: facts in the log of the venue that issues it.</summary>
/// <param name="Origin">Name of the log.</param>
/// <param name="Checkpoint">The signed head, as a note.</param>
/// <param name="Facts">The facts; the one that the document stands for is among them.</param>
public sealed record VoucherEvidence(string Origin, string Checkpoint, IReadOnlyList<ProvedFact> Facts);

/// <summary>A name in both languages.</summary>
/// <param name="Zh">In Chinese.</param>
/// <param name="En">In English.</param>
public readonly record struct BilingualName(string Zh, string En);
