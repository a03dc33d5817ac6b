using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DataExchange.MerkleLog;
using DataExchange.Web.Frame;

namespace DataExchange.Web.Lessons.Topics;

/// <summary>Lesson 9: a Merkle tree of some entries, what an alteration changes in it, and an inclusion proof that the browser checks by the same functions as the log's pages.</summary>
internal sealed class LogLesson : Lesson
{
    private const int Most = 16;
    private const int Shortened = 12;
    // Sixteen lines of it, in letters of nine characters each in an address, fit into what a server takes as one.
    private const int Longest = 40;
    private const int Step = 60;
    private const string Altered = "D000003 1.00";
    private const string Entries = "D000001 5000.00\nD000002 800.00\nD000003 1500.00\nD000004 260.00\nD000005 990.00\nD000006 12000.00\nD000007 45.50\nD000008 300.00";

    private static readonly Lazy<(int OfThousand, int OfMany)> Paths = new(() => (PathIn(1_024), PathIn(65_536)));

    internal override string Id => "log";

    internal override string? InMarket => "/log";

    internal override int Minutes => 45;

    internal override int StepsBefore => 3;

    internal override int Steps => 5;

    internal override Prediction Asked => Prediction.Number(15);

    internal override int Exercises => 4;

    internal override IReadOnlyList<Field> Fields { get; } =
    [
        new TextField("entries", Most, Longest, Entries), new NumberField("number", 1, Most, 3), new TextField("altered", 1, Longest, Altered), new NumberField("proof", 1, Most, 3),
    ];

    internal override Truth Reveal(Locale locale)
    {
        var nodes = Compare(Entries.Split('\n'), 2, Altered);
        var changed = nodes.Count(node => node.Before != node.After);
        return new Truth(changed, changed, nodes.Count, Tree(Entries.Split('\n')).ProveInclusion(2, 8).Length);
    }

    internal override IReadOnlyList<object[]> Answers(Locale locale)
    {
        string[] sixteen = [.. Enumerable.Range(1, Most).Select(i => i.ToString(CultureInfo.InvariantCulture))];
        var nodes = Compare(sixteen, 0, "x");
        var five = Tree(sixteen[..5]);
        return
        [
            [nodes.Count(node => node.Before != node.After), nodes.Count],
            [Tree(sixteen).ProveInclusion(0, Most).Length],
            [five.ProveInclusion(4, 5).Length, five.ProveInclusion(0, 5).Length],
            [Paths.Value.OfThousand, Paths.Value.OfMany],
        ];
    }

    internal override Board Run(Inputs inputs, Locale locale)
    {
        var entries = inputs["entries"].Split('\n');
        var (number, proved) = (Within("number"), Within("proof"));
        var nodes = Compare(entries, number - 1, inputs["altered"]);
        var tree = Tree(entries);
        var changed = nodes.Index().Where(node => node.Item.Before != node.Item.After).Select(node => node.Index).ToHashSet();
        return new Board(
            locale.With("lesson.log.summary", changed.Count, nodes.Count, number),
            Drawn(nodes, entries.Length, changed),
            new TableBlock(
                locale["lesson.log.table"], [locale["lesson.log.node"], locale["lesson.log.before"], locale["lesson.log.after"], locale["lesson.log.changes"]],
                [.. nodes.Select((node, i) => new[] { NameOf(node, entries.Length, locale), Short(node.Before), Short(node.After), locale[changed.Contains(i) ? "lesson.log.yes" : "lesson.log.no"] })], 4, changed, 1, 2),
            new SaysBlock(locale.With("lesson.log.path", proved, tree.ProveInclusion(proved - 1, entries.Length).Length)),
            new ProofBlock(entries[proved - 1], proved - 1, entries.Length, [.. tree.ProveInclusion(proved - 1, entries.Length).Select(hash => hash.ToString())], tree.Root.ToString()));

        int Within(string name) =>
            inputs.Number(name) <= entries.Length ? (int)inputs.Number(name) : throw new WrongInputException(name, inputs[name], locale.With("lesson.allowed.number", 1, entries.Length));
    }

    private static int PathIn(int size)
    {
        var tree = new MerkleTree();
        tree.Append(Enumerable.Repeat(LeafOf("x"), size).ToArray());
        return tree.ProveInclusion(0, size).Length;
    }

    private static string NameOf(Node node, int size, Locale locale) =>
        node.Count == 1 ? locale.With("lesson.log.leaf", node.First + 1)
        : node.Count == size ? locale.With("lesson.log.top", 1, size)
        : locale.With("lesson.log.inner", node.First + 1, node.First + node.Count);

    // A leaf stands below its number, every other node between the ends of what it covers.
    private static TreeBlock Drawn(List<Node> nodes, int size, HashSet<int> changed)
    {
        var drawn = new TreeNode[nodes.Count];
        var above = new Stack<(int Node, int Depth)>();
        var deepest = 0;
        for (var i = 0; i < nodes.Count; i++)
        {
            while (above.TryPeek(out var last) && nodes[last.Node].First + nodes[last.Node].Count <= nodes[i].First)
            {
                above.Pop();
            }

            var depth = above.TryPeek(out var parent) ? parent.Depth + 1 : 0;
            var (x, y) = (((2 * nodes[i].First) + nodes[i].Count) * Step / 2, (depth * Step) + (Step / 2));
            deepest = Math.Max(deepest, depth);
            drawn[i] = new TreeNode(
                x, y, depth == 0 ? x : drawn[parent.Node].X, depth == 0 ? y : drawn[parent.Node].Y, changed.Contains(i),
                nodes[i].Count == 1 ? (nodes[i].First + 1).ToString(CultureInfo.InvariantCulture) : "");
            above.Push((i, depth));
        }

        return new TreeBlock(drawn, size * Step, (deepest + 1) * Step);
    }

    private static string Short(Hash256 hash) => hash.ToString()[..Shortened] + "…";

    // As in the venues' logs, what a leaf holds is the SHA-256 of its entry.
    private static Hash256 LeafOf(string entry) => MerkleHash.OfLeaf(SHA256.HashData(Encoding.UTF8.GetBytes(entry)));

    private static MerkleTree Tree(string[] entries)
    {
        var tree = new MerkleTree();
        foreach (var entry in entries)
        {
            tree.Append(LeafOf(entry));
        }

        return tree;
    }

    // Every node, the root first, before and after one entry is another.
    private static List<Node> Compare(string[] entries, int index, string altered)
    {
        string[] after = [.. entries];
        after[index] = altered;
        var nodes = new List<Node>();
        Hashes(0, entries.Length);
        return nodes;

        (Hash256 Before, Hash256 After) Hashes(int first, int count)
        {
            var place = nodes.Count;
            nodes.Add(new Node(first, count, default, default));
            (Hash256 Before, Hash256 After) hashes;
            if (count == 1)
            {
                hashes = (LeafOf(entries[first]), LeafOf(after[first]));
            }
            else
            {
                // RFC 9162, 2.1.1: on the left as many leaves as the largest power of two below their number.
                var left = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)count) / 2;
                var (one, other) = (Hashes(first, left), Hashes(first + left, count - left));
                hashes = (MerkleHash.OfNode(one.Before, other.Before), MerkleHash.OfNode(one.After, other.After));
            }

            nodes[place] = new Node(first, count, hashes.Before, hashes.After);
            return hashes;
        }
    }

    private readonly record struct Node(int First, int Count, Hash256 Before, Hash256 After);
}
