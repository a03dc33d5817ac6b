using System.Text;
using DataExchange.Domain.Trust;
using DataExchange.Trust.Logs;

namespace DataExchange.Trust.Tests;

/// <summary>What is done to facts, tiles and heads is named, with the leaf. The same against a real store is in the tests from end to end.</summary>
public sealed partial class LogKeeperTests
{
    private const string Rewritten = "product/P1000";

    [Fact]
    public async Task A_rewritten_fact_is_named_by_its_leaf()
    {
        Play();
        var (venue, leaf) = Rewrite();
        Assert.Equal(
            $"log {venue} leaf {leaf} ({Rewritten} version 1): FactAltered: the log has another fact at this leaf, and the signed heads are those of the log",
            (await ProblemsAsync())[0]);
    }

    [Fact]
    public async Task A_rewritten_leaf_of_a_tile_is_named_by_its_number()
    {
        Play();
        _shelf.Tiles[("hzdex", 0, 2)][7] = MerkleLog.MerkleHash.Empty;
        var problem = Assert.Single(await ProblemsAsync());
        Assert.StartsWith("log hzdex leaf 519 (", problem, StringComparison.Ordinal);
        Assert.Contains("LogTileAltered", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_leaf_that_no_signed_head_speaks_for_differs_and_nobody_is_blamed()
    {
        Play();
        var (venue, leaf) = Rewrite();
        _shelf.Signed.RemoveAll(head => head.Venue == venue && head.Size > leaf);
        Assert.Contains(await ProblemsAsync(), problem => problem.StartsWith($"log {venue} leaf {leaf} ({Rewritten} version 1): LogLeafDiffers", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_truncated_log_is_named_by_the_first_leaf_that_is_gone()
    {
        Play();
        var last = _facts.FindLastIndex(one => one.Fact.By.Value == "venue-hzdex" && one.Stream.StartsWith("product/", StringComparison.Ordinal));
        var (venue, leaf) = _leaves[(_facts[last].Stream, 1)];
        _facts.RemoveAt(last);
        Assert.Equal(("hzdex", _keeper.HeadOf("hzdex").Size - 1), (venue, leaf));
        Assert.Contains(await ProblemsAsync(), problem => problem.StartsWith($"log hzdex leaf {leaf}: LogTruncated", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_fork_is_named_by_the_size_of_its_head()
    {
        Play();
        var at = LastPublished("hzdex");
        var published = (TreeHeadPublished)_facts[at].Fact;
        _facts[at] = _facts[at] with { Fact = published with { Head = published.Head with { Root = new string('0', 64) } } };
        Assert.Contains(await ProblemsAsync(), problem => problem.Contains($"a head of log hzdex with {published.Head.Size} leaves: LogForked", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_head_of_a_size_that_was_never_published_is_named()
    {
        Play();
        var at = LastPublished("hzdex");
        var published = (TreeHeadPublished)_facts[at].Fact;
        _facts[at] = _facts[at] with { Fact = published with { Head = published.Head with { Size = published.Head.Size - 1 } } };
        Assert.Contains(await ProblemsAsync(), problem => problem.Contains($"with {published.Head.Size - 1} leaves: TreeHeadUnknown", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("SignatureWrong")]
    [InlineData("KeyUnknown")]
    [InlineData("CheckpointUnreadable")]
    public async Task A_head_that_is_not_signed_as_it_should_be_is_named_by_its_size(string told)
    {
        Play();
        var at = _shelf.Signed.FindLastIndex(head => head.Venue == "hzdex");
        var head = _shelf.Signed[at];
        var lines = head.Note.Split('\n');
        var other = _shelf.Signed.Last(one => one.Venue == (told == "KeyUnknown" ? "zjbdec" : "hzdex") && one.Size != head.Size).Note.Split('\n');
        _shelf.Signed[at] = head with { Note = told == "CheckpointUnreadable" ? "nonsense" : string.Join('\n', [.. lines[..4], .. other[4..]]) };
        Assert.Contains(await ProblemsAsync(), problem => problem.StartsWith($"log hzdex, signed head of {head.Size} leaves", StringComparison.Ordinal)
            && problem.Contains(told, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Heads_of_a_log_that_no_fact_opens_and_keys_that_are_none_are_named()
    {
        Play();
        _shelf.Signed.Add(new SignedHead("mars", 1, _shelf.Signed[0].Note));
        var opened = (LogOpened)_facts[1].Fact;
        _facts[1] = _facts[1] with { Fact = opened with { Key = opened.Key with { PublicKey = "!" } } };
        var problems = await ProblemsAsync();
        Assert.Contains("log mars: LogMissing: there are signed heads of it, and no fact that opens it", problems);
        Assert.Contains(problems, problem => problem.StartsWith("log hzdex leaf 0: its key", StringComparison.Ordinal));
    }

    private (string Venue, long Leaf) Rewrite()
    {
        var at = _facts.FindIndex(one => one.Stream == Rewritten);
        _facts[at] = _facts[at] with { Json = Encoding.UTF8.GetBytes("another") };
        return _leaves[(Rewritten, 1)];
    }

    private int LastPublished(string venue) => _facts.FindLastIndex(one => one.Fact is TreeHeadPublished published && published.Venue.Value == venue);

    private async Task<IReadOnlyList<string>> ProblemsAsync() => (await AuditAsync()).Problems;
}
