using System.Text;
using DataExchange.Domain;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Trust;
using DataExchange.Exchange.Logs;
using DataExchange.MerkleLog;
using DataExchange.Trust.Logs;

namespace DataExchange.Trust.Tests;

/// <summary>Logs as they are kept, and audited again: without a store.</summary>
public sealed partial class LogKeeperTests
{
    private static readonly VenueId A = new("zjbdec");
    private static readonly VenueId B = new("hzdex");
    private readonly Shelf _shelf = new();
    private readonly VenueKeys _keys = VenueKeys.Derive("test", 7, 1);
    private readonly List<(string Stream, long Version, string Type, byte[] Json, Event Fact)> _facts = [];
    private readonly Dictionary<string, long> _versions = [];
    private readonly Dictionary<(string Stream, long Version), (string Venue, long Leaf)> _leaves = [];
    private readonly Dictionary<string, long> _sizes = [];
    private readonly LogRouting _routing = new();
    private readonly LogKeeper _keeper;

    public LogKeeperTests() => _keeper = new LogKeeper(_keys);

    [Fact]
    public async Task What_was_kept_is_found_again()
    {
        Play();
        var (problems, audit) = await AuditAsync();
        Assert.Empty(problems);
        Assert.Equal(0, audit.Outside);
        Assert.Equal(_facts.Count, audit.Heads.Sum(log => log.Head.Size));
        Assert.Equal(audit.Heads.Single(log => log.Venue == "hzdex").Head, _keeper.HeadOf("hzdex"));
    }

    [Fact]
    public void The_head_after_a_change_of_keys_is_signed_with_both()
    {
        Play();
        var rotated = _facts.Index().First(one => one.Item.Fact is LogKeyRotated).Index;
        var (old, next) = (_keys.Of("zjbdec").Public, _keys.Of("zjbdec", 1).Public);
        var heads = _shelf.Signed.Where(head => head.Venue == "zjbdec").OrderBy(head => head.Size).Select(head => Note(head.Note)).ToArray();
        var first = Array.FindIndex(heads, note => note.IsSignedBy(next));
        Assert.True(rotated > 0 && first > 0);
        Assert.All(heads[..first], note => Assert.True(note.IsSignedBy(old)));
        Assert.True(heads[first].IsSignedBy(old));
        Assert.All(heads[(first + 1)..], note => Assert.True(note.IsSignedBy(next) && !note.IsSignedBy(old)));
    }

    [Fact]
    public async Task A_rewritten_log_with_heads_signed_anew_is_shown_by_the_other_log()
    {
        Play();
        var honest = _facts.ToArray();
        // The first venue alters a fact of its own and makes its log and all its signed heads again; what the other anchored it cannot alter.
        var other = new LogKeeperTests();
        foreach (var (stream, version, type, json, fact) in honest)
        {
            var changed = stream == "product/P4" && version == 1 ? Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(json).Replace("P4", "P5", StringComparison.Ordinal)) : json;
            var said = fact is TreeHeadPublished { Venue.Value: "zjbdec" } published ? published with { Head = other._keeper.HeadOf("zjbdec") } : fact;
            other.Record(stream, version, type, changed, said);
        }

        other.Store();
        var (problems, _) = await other.AuditAsync();
        Assert.Contains(problems, problem => problem.Contains("anchored a head of log zjbdec", StringComparison.Ordinal) && problem.Contains("LogForked", StringComparison.Ordinal));
    }

    [Fact]
    public void A_fact_belongs_to_the_venue_that_it_names_or_its_subject_was_at_first_or_to_the_register()
    {
        var routing = new LogRouting();
        var at = SimulatedTime.On(new(2024, 1, 2), 0);
        Assert.Null(routing.LogOf("party/x", Party("x", at)));
        Assert.Equal(0, routing.LogOf("log/zjbdec", new LogOpened(A, "a", new(0, "1", "k")) { At = at, By = new("venue-zjbdec") }));
        Assert.Equal(1, routing.LogOf("log/hzdex", new LogOpened(B, "b", new(0, "2", "k")) { At = at, By = new("venue-hzdex") }));
        Assert.Equal(0, routing.LogOf("party/x", Party("x", at)));
        Assert.Equal(0, routing.LogOf("product/P1", Party("x", at)));
        Assert.Equal(1, routing.LogOf("product/P2", Party("x", at) with { By = new("venue-hzdex") }));
        Assert.Equal(1, routing.LogOf("offer/P2", Party("x", at)));
        Assert.Equal(0, routing.LogOf("product/P2", Party("x", at) with { By = new("venue-zjbdec") }));
        Assert.Equal(1, routing.LogOf("pricing/P2", Party("x", at)));
        Assert.Equal(1, routing.LogOf("product/P2", null));
    }

    [Fact]
    public void A_proof_stands_for_itself()
    {
        Play();
        var tree = new MerkleTree();
        foreach (var hash in _shelf.Tiles.Where(tile => tile.Key is ("zjbdec", 0, _)).OrderBy(tile => tile.Key.Item3).SelectMany(tile => tile.Value))
        {
            tree.Append(hash);
        }

        var head = _shelf.Signed.Where(one => one.Venue == "zjbdec").MaxBy(one => one.Size)!;
        var (stream, version, type, json, _) = _facts[0];
        var entry = LogEntry.Text(stream, version, type, json);
        var proof = new LogProof(
            LogProof.CurrentFormat, _keys.Origin("zjbdec"), "zjbdec", 0, entry, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(entry))),
            [.. tree.ProveInclusion(0, head.Size).Select(hash => hash.ToString())], head.Note, _keys.Of("zjbdec", 1).PublicKey);
        var key = _keys.Of("zjbdec", 1).Public.SubjectPublicKeyInfo.ToArray();
        Assert.Null(proof.FindProblem(key));
        Assert.Null(proof.FindProblem(null));
        Assert.Null(LogProof.Parse(proof.ToJson()).FindProblem(key));
        Assert.Equal(proof.ToJson(), LogProof.Parse(proof.ToJson(isIndented: false)).ToJson());

        Refuses("checkpoint", proof, _keys.Of("hzdex").Public.SubjectPublicKeyInfo.ToArray());
        Refuses("publicKey", proof, [1, 2, 3]);
        Refuses("publicKey", proof with { PublicKey = "!" }, null);
        Refuses("origin", proof with { Origin = "elsewhere" }, key);
        Refuses("digest", proof with { Entry = entry + " " }, key);
        Refuses("path", proof with { Leaf = 1 }, key);
        Refuses("path", proof with { Path = [.. proof.Path.Skip(1)] }, key);
        Refuses("path[0]", proof with { Path = ["zz", .. proof.Path.Skip(1)] }, key);
        Refuses("checkpoint", proof with { Checkpoint = proof.Checkpoint.Replace("\n", "", StringComparison.Ordinal) }, key);
        foreach (var text in new[] { "", "null", "[]", "{}", proof.ToJson().Replace("log-proof/1", "log-proof/2", StringComparison.Ordinal), proof.ToJson().Replace("\"leaf\"", "\"leef\"", StringComparison.Ordinal) })
        {
            Assert.Throws<LogProofException>(() => LogProof.Parse(text));
        }

        static void Refuses(string field, LogProof altered, byte[]? key) => Assert.StartsWith(field + ":", altered.FindProblem(key), StringComparison.Ordinal);
    }

    private static SignedNote Note(string text)
    {
        Assert.True(SignedNote.TryParse(text, out var note));
        return note;
    }

    private static PartyRegistered Party(string name, SimulatedTime at) => new(new(name), "名", name, PartyRole.Buyer, null) { At = at, By = new(name) };

    private void Play()
    {
        var at = SimulatedTime.On(new(2024, 1, 2), 0);
        Say(new LogOpened(A, _keys.Origin("zjbdec"), Key("zjbdec", 0)) { At = at, By = new("venue-zjbdec") }, "log/zjbdec");
        Say(new LogOpened(B, _keys.Origin("hzdex"), Key("hzdex", 0)) { At = at, By = new("venue-hzdex") }, "log/hzdex");
        for (var i = 0; i < 3_000; i++)
        {
            var by = i % 3 == 0 ? "venue-hzdex" : i % 3 == 1 ? "venue-zjbdec" : "someone";
            Say(Party("P" + i, at.AddSeconds(i)) with { By = new(by) }, "product/P" + i);
            if (i % 500 == 250)
            {
                foreach (var (venue, other) in new[] { (A, B), (B, A) })
                {
                    var published = new TreeHeadPublished(venue, _keys.Origin(venue.Value), _keeper.HeadOf(venue.Value)) { At = at.AddSeconds(i), By = new("venue-" + venue.Value) };
                    Say(published, "log/" + venue.Value);
                    Say(new TreeHeadAnchored(other, venue, published.Origin, published.Head) { At = at.AddSeconds(i), By = new("venue-" + other.Value) }, "log/" + other.Value);
                }
            }

            if (i == 1_600)
            {
                Say(new LogKeyRotated(A, Key("zjbdec", 1)) { At = at.AddSeconds(i), By = new("venue-zjbdec") }, "log/zjbdec");
            }
        }

        Store();
    }

    private LogKey Key(string venue, int generation) => new(generation, _keys.Of(venue, generation).KeyId, _keys.Of(venue, generation).PublicKey);

    private void Say(Event fact, string stream)
    {
        var version = _versions[stream] = _versions.GetValueOrDefault(stream) + 1;
        Record(stream, version, fact.GetType().Name, Encoding.UTF8.GetBytes(fact.ToString()!), fact);
    }

    private void Record(string stream, long version, string type, byte[] json, Event fact)
    {
        _facts.Add((stream, version, type, json, fact));
        _keeper.Append(stream, version, type, json, fact);
        var venue = _routing.Venues[_routing.LogOf(stream, fact)!.Value];
        _sizes[venue] = _sizes.GetValueOrDefault(venue) + 1;
        _leaves[(stream, version)] = (venue, _sizes[venue] - 1);
        if (_facts.Count % 700 == 0)
        {
            Keep();
        }
    }

    private void Store()
    {
        _keeper.SignAll();
        Keep();
    }

    private void Keep()
    {
        foreach (var (venue, tile) in _keeper.TakeTiles())
        {
            _shelf.Tiles[(venue, tile.Level, tile.Index)] = [.. tile.Hashes];
        }

        _shelf.Signed.AddRange(_keeper.TakeSigned());
    }

    private async Task<(IReadOnlyList<string> Problems, LogAudit Audit)> AuditAsync()
    {
        var audit = await LogAudit.StartAsync(_shelf, TestContext.Current.CancellationToken);
        foreach (var (stream, version, type, json, fact) in _facts)
        {
            await audit.AppendAsync(stream, version, type, json, fact, TestContext.Current.CancellationToken);
        }

        return (await audit.CompleteAsync(null, TestContext.Current.CancellationToken), audit);
    }

    private sealed class Shelf : ILogShelf
    {
        internal Dictionary<(string, int, long), Hash256[]> Tiles { get; } = [];

        internal List<SignedHead> Signed { get; } = [];

        public ValueTask<Hash256[]?> TileAsync(string venue, int level, long index, CancellationToken cancellation) =>
            ValueTask.FromResult(Tiles.GetValueOrDefault((venue, level, index)));

        public IAsyncEnumerable<(int Level, long Index, Hash256[]? Hashes)> TilesAsync(string venue, CancellationToken cancellation) =>
            Tiles.Where(tile => tile.Key.Item1 == venue).Select(tile => (tile.Key.Item2, tile.Key.Item3, (Hash256[]?)tile.Value)).ToAsyncEnumerable();

        public ValueTask<IReadOnlyList<SignedHead>> HeadsAsync(CancellationToken cancellation) => ValueTask.FromResult<IReadOnlyList<SignedHead>>(Signed);
    }
}
