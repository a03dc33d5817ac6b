using System.Diagnostics;
using DataExchange.EventStore;

namespace DataExchange.EndToEnd.Tests;

/// <summary>The venues' logs: what <c>dx log</c> hands out holds for others, and what is done to a store behind the program's back is named by its leaf.</summary>
public sealed class LogTests(MarketToSpoil market)
{
    private const string Events = $"{Schemas.Default}.mt_events";
    private const string Streams = $"{Schemas.Default}.mt_streams";
    private const string Tiles = $"{Schemas.Default}.log_tiles";
    private const string Heads = $"{Schemas.Default}.log_checkpoints";
    private const string Fact = "product/P000012@2";

    [Fact]
    public async Task Proofs_hold_for_a_verifier_in_another_language()
    {
        await using var folder = new TemporaryFolder();
        var store = await market.UntouchedAsync();
        var (file, pem) = (folder.In("proof.json"), folder.In("key.pem"));
        var proof = (await DxProgram.RunAsync("log", "prove", Fact, "--out", file, "--json", "--postgres", store)).WithExitCode(0).Json();
        Assert.StartsWith("product/P000012\n2\n", proof.GetProperty("entry").GetString(), StringComparison.Ordinal);
        var key = proof.GetProperty("publicKey").GetString()!;
        await File.WriteAllTextAsync(pem, $"-----BEGIN PUBLIC KEY-----\n{key}\n-----END PUBLIC KEY-----\n", TestContext.Current.CancellationToken);
        Assert.Contains("proved", (await DxProgram.RunAsync("log", "check", file, "--key", pem)).WithExitCode(0).Output, StringComparison.Ordinal);
        Assert.Contains("by the key in the file itself", (await DxProgram.RunAsync("log", "check", file)).WithExitCode(0).Output, StringComparison.Ordinal);
        Assert.Equal(0, await NodeAsync(file, pem));

        // The other venue's key, a leaf's number changed, an entry changed.
        var leaf = proof.GetProperty("leaf").GetInt64();
        var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        foreach (var altered in new[]
        {
            text.Replace($"\"leaf\": {leaf}", $"\"leaf\": {leaf + 1}", StringComparison.Ordinal),
            text.Replace("product/P000012", "product/P000013", StringComparison.Ordinal),
        })
        {
            Assert.NotEqual(text, altered);
            await File.WriteAllTextAsync(file, altered, TestContext.Current.CancellationToken);
            Assert.Contains("NOT proved", (await DxProgram.RunAsync("log", "check", file, "--key", pem)).WithExitCode(1).Output, StringComparison.Ordinal);
            Assert.Equal(1, await NodeAsync(file, pem));
        }

        foreach (var (m, n) in new[] { ("0", "700"), ("700", "700"), ("512", "700"), ("511", "11000"), ("1", "11000") })
        {
            var consistency = (await DxProgram.RunAsync("log", "consistency", m, n, "--json", "--postgres", store)).WithExitCode(0);
            await File.WriteAllTextAsync(file, consistency.Output, TestContext.Current.CancellationToken);
            Assert.True(consistency.Json().GetProperty("consistent").GetBoolean());
            Assert.Equal(0, await NodeAsync(file));
            await File.WriteAllTextAsync(file, consistency.Output.Replace("\"n\":", "\"n\":1", StringComparison.Ordinal), TestContext.Current.CancellationToken);
            Assert.Equal(m == "0" ? 0 : 1, await NodeAsync(file));
        }
    }

    [Fact]
    public async Task Heads_are_those_of_the_run_and_cover_every_event()
    {
        var store = await market.UntouchedAsync();
        var all = (await DxProgram.RunAsync("log", "head", "--json", "--postgres", store)).WithExitCode(0).Json();
        var heads = all.GetProperty("logs").EnumerateArray().ToArray();
        Assert.Equal(heads.Sum(head => head.GetProperty("size").GetInt64()), all.GetProperty("logSize").GetInt64());
        Assert.Matches("^[0-9a-f]{64}$", all.GetProperty("logRoot").GetString());
        Assert.Equal(["zjbdec", "hzdex"], heads.Select(head => head.GetProperty("venue").GetString()));
        Assert.Equal(await MarketToSpoil.ReadAsync<long>(store, $"SELECT count(*) FROM {Events}"), heads.Sum(head => head.GetProperty("size").GetInt64()));
        var one = (await DxProgram.RunAsync("log", "head", "--venue", "hzdex", "--postgres", store)).WithExitCode(0).Output;
        Assert.Equal(heads[1].GetProperty("note").GetString(), one);
    }

    [Theory]
    [InlineData("LEAF '99999999' is not in the log of zjbdec", "log", "prove", "99999999")]
    [InlineData("LEAF 'product/P000012@999': there is no version 999", "log", "prove", "product/P000012@999")]
    [InlineData("LEAF 'nonsense' is not allowed", "log", "prove", "nonsense")]
    [InlineData("LEAF '-1' is not allowed", "log", "prove", "-1")]
    [InlineData("--out '/' is a folder; a file is needed", "log", "prove", "1", "--out", "/")]
    [InlineData("--out '/proc/none/proof.json' cannot be written", "log", "prove", "1", "--out", "/proc/none/proof.json")]
    [InlineData("M '3' and N '99999999' are not allowed: 0 ≤ M ≤ N ≤ ", "log", "consistency", "3", "99999999")]
    [InlineData("N 'x' is not allowed: a whole number of leaves from 0", "log", "consistency", "3", "x")]
    [InlineData("--venue 'mars' has no log; the logs are of zjbdec, hzdex", "log", "head", "--venue", "mars")]
    [InlineData("M '5' and N '3' are not allowed", "log", "consistency", "5", "3")]
    [InlineData("M '-5' is not allowed: a whole number of leaves from 0", "log", "consistency", "-5", "3")]
    public async Task Wrong_input_is_named(string told, params string[] arguments) =>
        BadInputTests.Refuses(await DxProgram.RunAsync([.. arguments, "--postgres", await market.UntouchedAsync()]), 2, told);

    [Fact]
    public Task A_fact_that_nothing_else_attests_altered() => NamesAsync(
        $"UPDATE {Events} SET data = jsonb_set(data, '{{at}}', '\"2024-10-25T16:59:37+08:00\"') WHERE stream_id = 'product/P000012' AND version = 2",
        "(product/P000012 version 2): FactAltered");

    [Fact]
    public async Task A_fact_taken_out_with_everything_renumbered_behind_it()
    {
        // The last views counted of a product: no other fact follows from them.
        const string last = $"(SELECT seq_id FROM {Events} WHERE type LIKE 'views_recorded%' ORDER BY seq_id DESC LIMIT 1 OFFSET 3)";
        var store = await market.UntouchedAsync();
        var (seq, stream, version) = (
            await MarketToSpoil.ReadAsync<long>(store, $"SELECT {last}"),
            await MarketToSpoil.ReadAsync<string>(store, $"SELECT stream_id FROM {Events} WHERE seq_id = {last}"),
            await MarketToSpoil.ReadAsync<long>(store, $"SELECT version::bigint FROM {Events} WHERE seq_id = {last}"));
        await NamesAsync(
            $"DELETE FROM {Events} WHERE seq_id = {seq}; UPDATE {Events} SET seq_id = -(seq_id - 1) WHERE seq_id > {seq}; UPDATE {Events} SET seq_id = -seq_id WHERE seq_id < 0; "
            + $"UPDATE {Events} SET version = -(version - 1) WHERE stream_id = '{stream}' AND version > {version}; UPDATE {Events} SET version = -version WHERE version < 0; "
            + $"UPDATE {Streams} SET version = version - 1 WHERE id = '{stream}'",
            ": FactAltered: the log has another fact at this leaf", "LogTruncated");
    }

    [Fact]
    public Task A_hash_in_a_tile_of_leaves_altered() => NamesAsync(
        $"UPDATE {Tiles} SET hashes = set_byte(hashes, 32 * 7 + 3, 255 - get_byte(hashes, 32 * 7 + 3)) WHERE venue = 'hzdex' AND level = 0 AND index = 2",
        "log hzdex leaf 519 (", "LogTileAltered");

    [Fact]
    public Task A_hash_in_an_upper_tile_altered() => NamesAsync(
        $"UPDATE {Tiles} SET hashes = set_byte(hashes, 3, 255 - get_byte(hashes, 3)) WHERE venue = 'zjbdec' AND level = 1", "log zjbdec: LogTileAltered: tile 0 of level 1");

    [Fact]
    public Task A_tile_taken_out() => NamesAsync($"DELETE FROM {Tiles} WHERE venue = 'zjbdec' AND level = 0 AND index = 3", "log zjbdec leaf 768 (");

    [Fact]
    public async Task The_end_of_the_market_cut_off()
    {
        const string cut = $"(SELECT max(seq_id) - 500 FROM {Events})";
        var found = await NamesAsync(
            $"CREATE TABLE kept AS SELECT {cut} AS seq; DELETE FROM {Events} WHERE seq_id > (SELECT seq FROM kept); DELETE FROM {Streams} s WHERE NOT EXISTS (SELECT 1 FROM {Events} WHERE stream_id = s.id); "
            + $"UPDATE {Streams} s SET version = (SELECT max(version) FROM {Events} WHERE stream_id = s.id)",
            "LogTruncated: the log has");
        Assert.True(found.Count(problem => problem.Contains("LogTruncated", StringComparison.Ordinal)) >= 2);
    }

    [Fact]
    public async Task The_end_cut_off_with_its_tiles_and_heads_shows_when_a_head_was_kept_outside()
    {
        await using var folder = new TemporaryFolder();
        var untouched = await market.UntouchedAsync();
        var file = folder.In("checkpoint");
        await File.WriteAllTextAsync(file, (await DxProgram.RunAsync("log", "head", "--venue", "zjbdec", "--postgres", untouched)).WithExitCode(0).Output, TestContext.Current.CancellationToken);
        Assert.True((await DxProgram.RunAsync("verify", "--json", "--checkpoint", file, "--postgres", untouched)).WithExitCode(0).Json().GetProperty("verified").GetBoolean());

        await NamesAsync($"DELETE FROM {Events} WHERE seq_id = (SELECT max(seq_id) FROM {Events}); DELETE FROM {Tiles}; DELETE FROM {Heads}", "--checkpoint: LogTruncated", "--checkpoint", file);
        await NamesAsync("SELECT 1", null, "--checkpoint", await Altered(note => note.Replace(note.Split('\n')[2], "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", StringComparison.Ordinal)));

        async Task<string> Altered(Func<string, string> change)
        {
            var other = folder.In("other");
            await File.WriteAllTextAsync(other, change(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)), TestContext.Current.CancellationToken);
            return other;
        }
    }

    [Fact]
    public Task A_head_that_was_published_forged() => NamesAsync(
        $"UPDATE {Events} SET data = jsonb_set(data, '{{head,root}}', '\"{new string('0', 64)}\"') WHERE stream_id = 'log/hzdex' AND type LIKE 'tree_head_published%' AND version > 40", "LogForked");

    [Fact]
    public Task A_head_that_was_anchored_forged() => NamesAsync(
        $"UPDATE {Events} SET data = jsonb_set(data, '{{head,root}}', '\"{new string('0', 64)}\"') "
        + $"WHERE seq_id = (SELECT max(seq_id) FROM {Events} WHERE stream_id = 'log/zjbdec' AND type LIKE 'tree_head_anchored%')", "anchored a head of log hzdex", "LogForked");

    [Fact]
    public Task A_signature_of_another_head() => NamesAsync(
        $"UPDATE {Heads} c SET note = split_part(c.note, E'\\n\\n', 1) || E'\\n\\n' || split_part((SELECT note FROM {Heads} WHERE venue = c.venue AND size < c.size ORDER BY size DESC LIMIT 1), E'\\n\\n', 2) "
        + $"WHERE venue = 'hzdex' AND size = (SELECT max(size) FROM {Heads} WHERE venue = 'hzdex')", "SignatureWrong");

    [Fact]
    public Task A_signature_of_another_key() => NamesAsync(
        $"UPDATE {Heads} c SET note = split_part(c.note, E'\\n\\n', 1) || E'\\n\\n' || split_part((SELECT note FROM {Heads} WHERE venue = 'zjbdec' ORDER BY size DESC LIMIT 1), E'\\n\\n', 2) "
        + $"WHERE venue = 'hzdex' AND size = (SELECT max(size) FROM {Heads} WHERE venue = 'hzdex')", "KeyUnknown");

    [Fact]
    public Task The_last_head_taken_out() => NamesAsync(
        $"DELETE FROM {Heads} WHERE venue = 'hzdex' AND size = (SELECT max(size) FROM {Heads} WHERE venue = 'hzdex')", "log hzdex: CheckpointMissing");

    private async Task<IReadOnlyList<string>> NamesAsync(string sql, string? told, params string[] more)
    {
        var options = more.Length > 0 && more[0].StartsWith("--", StringComparison.Ordinal) ? more : [];
        var verified = (await DxProgram.RunAsync(["verify", "--json", "--postgres", await market.SpoiledAsync(sql), .. options])).WithExitCode(1);
        Assert.Equal("", verified.Errors);
        string[] problems = [.. verified.Json().GetProperty("problems").EnumerateArray().Select(problem => problem.GetString()!)];
        Assert.NotEmpty(problems);
        foreach (var expected in (string?[])[told, .. options.Length > 0 ? [] : more])
        {
            Assert.True(expected is null || problems.Any(problem => problem.Contains(expected, StringComparison.Ordinal)), $"No problem tells '{expected}'.\n{verified}");
        }

        return problems;
    }

    private static async Task<int> NodeAsync(params string[] arguments)
    {
        using var node = Process.Start(new ProcessStartInfo("node", [Path.Combine(AppContext.BaseDirectory, "verify-log.mjs"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        await node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);
        return node.ExitCode;
    }
}
