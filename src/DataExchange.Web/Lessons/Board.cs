using DataExchange.Exchange.Accounts;

namespace DataExchange.Web.Lessons;

/// <summary>What a sandbox shows.</summary>
/// <param name="Summary">The outcome in a sentence, told by a reader of screens whenever it changes.</param>
/// <param name="Blocks">The rest, one after the other.</param>
public sealed record Board(string Summary, params Block[] Blocks);

/// <summary>A part of what a sandbox shows.</summary>
public abstract record Block;

/// <summary>A paragraph.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Holds">Whether it is good or bad news; null for neither.</param>
public sealed record SaysBlock(string Text, bool? Holds = null) : Block;

/// <summary>Some figures side by side.</summary>
/// <param name="Figures">Name and value of each.</param>
public sealed record TilesBlock(params (string Name, string Value)[] Figures) : Block;

/// <summary>A table.</summary>
/// <param name="Caption">What it is.</param>
/// <param name="Heads">Heads of the columns.</param>
/// <param name="Rows">Cells of each row, the first its head.</param>
/// <param name="Texts">So many columns on the left are text, the others numbers.</param>
/// <param name="Marked">Rows to stand out.</param>
/// <param name="Codes">Columns of ids or hashes.</param>
public sealed record TableBlock(string Caption, IReadOnlyList<string> Heads, IReadOnlyList<string[]> Rows, int Texts = 1, IReadOnlySet<int>? Marked = null, params IReadOnlyList<int> Codes) : Block;

/// <summary>Bars, one below the other.</summary>
/// <param name="Caption">What they are.</param>
/// <param name="Bars">Name, shown value, and length in thousandths of the longest.</param>
public sealed record BarsBlock(string Caption, IReadOnlyList<(string Name, string Shown, int Length)> Bars) : Block;

/// <summary>What may be chosen to happen next: each changes an input.</summary>
/// <param name="Caption">What is to be chosen.</param>
/// <param name="Field">The input.</param>
/// <param name="Moves">Words, and what the input is then.</param>
public sealed record MovesBlock(string Caption, string Field, IReadOnlyList<(string Words, string Value)> Moves) : Block;

/// <summary>Entries as T-accounts.</summary>
/// <param name="Entries">The entries.</param>
public sealed record AccountsBlock(IReadOnlyList<JournalEntry> Entries) : Block;

/// <summary>A tree as a picture, for the eye only: a table says the same.</summary>
/// <param name="Nodes">Place of each node and of the one above it, and whether it stands out.</param>
/// <param name="Width">Width of the picture.</param>
/// <param name="Height">Height of the picture.</param>
public sealed record TreeBlock(IReadOnlyList<TreeNode> Nodes, int Width, int Height) : Block;

/// <summary>A node of a drawn tree.</summary>
/// <param name="X">From the left.</param>
/// <param name="Y">From the top.</param>
/// <param name="AboveX">Of the node above it, from the left; its own for the root.</param>
/// <param name="AboveY">Of the node above it, from the top; its own for the root.</param>
/// <param name="IsMarked">Whether it stands out.</param>
/// <param name="Label">What stands in it.</param>
public sealed record TreeNode(int X, int Y, int AboveX, int AboveY, bool IsMarked, string Label);

/// <summary>An inclusion proof that the browser checks.</summary>
/// <param name="Entry">The text of the leaf.</param>
/// <param name="Index">Its number from 0.</param>
/// <param name="Size">How many leaves.</param>
/// <param name="Path">Hashes from the leaf's neighbour up, hexadecimal.</param>
/// <param name="Root">The root, hexadecimal.</param>
public sealed record ProofBlock(string Entry, int Index, int Size, IReadOnlyList<string> Path, string Root) : Block;
