using System.Globalization;

namespace DataExchange.MerkleLog;

/// <summary>A tree head as text, in the checkpoint format that witnesses of transparency logs use: origin, size, root, a line each.</summary>
/// <param name="Origin">Unique name of the log: no line break, space or plus sign in it.</param>
/// <param name="Size">Number of leaves.</param>
/// <param name="Root">The head.</param>
public sealed record Checkpoint(string Origin, long Size, Hash256 Root)
{
    private const int FewestLines = 3;

    /// <summary>The text that is signed; it ends with a line feed.</summary>
    /// <exception cref="InvalidOperationException">The origin cannot be written in one line, or the size is negative.</exception>
    public string ToText() => NoteKey.IsName(Origin) && Size >= 0
        ? string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Convert.ToBase64String(Root.Bytes)}\n")
        : throw new InvalidOperationException($"A checkpoint of log '{Origin}' at size {Size} cannot be written: a name without spaces and plus signs and a size of 0 or more are needed.");

    /// <summary>Reads a checkpoint. Lines after the third are extensions, and are passed over.</summary>
    /// <param name="text">The text of a note, without its signatures.</param>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <returns>Whether it is one, written as it should be: no sign, no leading zero, no empty line.</returns>
    public static bool TryParse(string text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Checkpoint? checkpoint)
    {
        ArgumentNullException.ThrowIfNull(text);
        checkpoint = null;
        if (!text.EndsWith('\n'))
        {
            return false;
        }

        var lines = text[..^1].Split('\n');
        Span<byte> root = stackalloc byte[Hash256.Size + 1];
        if (lines.Length < FewestLines
            || lines.Any(line => line.Length == 0)
            || !NoteKey.IsName(lines[0])
            || !long.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            || size.ToString(CultureInfo.InvariantCulture) != lines[1]
            || !Convert.TryFromBase64String(lines[2], root, out var written)
            || written != Hash256.Size
            || Convert.ToBase64String(root[..written]) != lines[2])
        {
            return false;
        }

        checkpoint = new Checkpoint(lines[0], size, Hash256.Of(root[..written]));
        return true;
    }
}
