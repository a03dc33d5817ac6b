using System.Security.Cryptography;

namespace DataExchange.MerkleLog.Tests;

/// <summary>The definitions of RFC 9162 as they stand there, over lists of leaves: MTH, PATH and SUBPROOF.</summary>
internal static class NaiveTree
{
    internal static byte[] Head(IReadOnlyList<byte[]> leaves) => leaves.Count switch
    {
        0 => SHA256.HashData([]),
        1 => SHA256.HashData([0, .. leaves[0]]),
        _ => SHA256.HashData([1, .. Head(Left(leaves)), .. Head(Right(leaves))]),
    };

    internal static IEnumerable<byte[]> Path(int index, IReadOnlyList<byte[]> leaves)
    {
        if (leaves.Count == 1)
        {
            return [];
        }

        var k = Split(leaves.Count);
        return index < k
            ? Path(index, Left(leaves)).Append(Head(Right(leaves)))
            : Path(index - k, Right(leaves)).Append(Head(Left(leaves)));
    }

    internal static IEnumerable<byte[]> Consistency(int first, IReadOnlyList<byte[]> leaves) =>
        first == 0 || first == leaves.Count ? [] : Subproof(first, leaves, true);

    private static IEnumerable<byte[]> Subproof(int first, IReadOnlyList<byte[]> leaves, bool isWhole)
    {
        if (first == leaves.Count)
        {
            return isWhole ? [] : [Head(leaves)];
        }

        var k = Split(leaves.Count);
        return first <= k
            ? Subproof(first, Left(leaves), isWhole).Append(Head(Right(leaves)))
            : Subproof(first - k, Right(leaves), false).Append(Head(Left(leaves)));
    }

    private static List<byte[]> Left(IReadOnlyList<byte[]> leaves) => [.. leaves.Take(Split(leaves.Count))];

    private static List<byte[]> Right(IReadOnlyList<byte[]> leaves) => [.. leaves.Skip(Split(leaves.Count))];

    private static int Split(int count)
    {
        var k = 1;
        while (k * 2 < count)
        {
            k *= 2;
        }

        return k;
    }
}
