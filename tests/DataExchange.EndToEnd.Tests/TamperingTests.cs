using DataExchange.EventStore;

namespace DataExchange.EndToEnd.Tests;

/// <summary>What <c>dx verify</c> makes of a store that somebody changed behind the program's back.</summary>
public sealed class TamperingTests(MarketToSpoil market)
{
    private const string Events = $"{Schemas.Default}.mt_events";
    private const string Streams = $"{Schemas.Default}.mt_streams";

    // A deal whose sale was registered: each of its rows is known to be there.
    private const string Deal = $"(SELECT stream_id FROM {Events} WHERE type LIKE 'transaction_registered%' ORDER BY stream_id COLLATE \"C\" OFFSET 5 LIMIT 1)";

    private const string Book = $"(SELECT min(stream_id COLLATE \"C\") FROM {Events} WHERE stream_id LIKE 'book/%')";

    [Fact]
    public async Task An_untouched_copy_is_verified()
    {
        var verified = (await DxProgram.RunAsync("verify", "--json", "--postgres", await market.UntouchedAsync())).WithExitCode(0).Json();
        Assert.True(verified.GetProperty("verified").GetBoolean());
        Assert.Equal(market.Digest, verified.GetProperty("digest").GetString());
    }

    [Fact]
    public Task An_altered_amount() => NamesFirstAsync(
        Deal, $"UPDATE {Events} SET data = jsonb_set(data, '{{amountFen}}', to_jsonb((data->>'amountFen')::bigint + 1)) "
        + $"WHERE stream_id = {Deal} AND type LIKE 'transaction_registered%'", changesDigest: true);

    [Fact]
    public Task An_altered_party_name() => NamesFirstAsync(
        "(SELECT 'party/firm-0003')", $"UPDATE {Events} SET data = jsonb_set(data, '{{nameZh}}', '\"别的公司\"') WHERE stream_id = 'party/firm-0003'",
        changesDigest: true);

    [Fact]
    public Task A_removed_event() => NamesFirstAsync(
        Deal, $"DELETE FROM {Events} WHERE stream_id = {Deal} AND version = 2", changesDigest: true);

    [Fact]
    public Task A_removed_last_event() => NamesFirstAsync(
        Deal, $"DELETE FROM {Events} e WHERE stream_id = {Deal} AND version = (SELECT max(version) FROM {Events} WHERE stream_id = e.stream_id)",
        changesDigest: true);

    [Fact]
    public Task A_duplicated_event() => NamesFirstAsync(
        Deal, DuplicateLast(), changesDigest: true);

    [Fact]
    public Task A_duplicated_event_with_the_stream_moved_on() => NamesFirstAsync(
        Deal, $"{DuplicateLast()}; UPDATE {Streams} SET version = version + 1 WHERE id = {Deal}", changesDigest: true);

    [Fact]
    public async Task An_event_moved_to_another_stream()
    {
        const string other = $"(SELECT stream_id FROM {Events} WHERE type LIKE 'transaction_registered%' ORDER BY stream_id COLLATE \"C\" OFFSET 9 LIMIT 1)";
        await NamesFirstAsync(
            Deal, $"UPDATE {Events} e SET stream_id = {other}, version = 900 WHERE stream_id = {Deal} AND version = "
            + $"(SELECT max(version) FROM {Events} WHERE stream_id = e.stream_id)", changesDigest: true);
    }

    [Fact]
    public Task An_event_moved_to_a_stream_of_no_known_kind() => NamesFirstAsync(
        "(SELECT 'aaa/1')", $"INSERT INTO {Streams} (id, version) VALUES ('aaa/1', 1); "
        + $"UPDATE {Events} SET stream_id = 'aaa/1', version = 1 WHERE stream_id = {Deal} AND version = 2", changesDigest: true);

    [Fact]
    public Task An_event_of_a_type_that_is_not_known() => NamesFirstAsync(
        Deal, $"UPDATE {Events} SET type = 'never_heard_of.v9' WHERE stream_id = {Deal} AND version = 1", changesDigest: true);

    [Fact]
    public Task An_event_without_one_of_its_fields() => NamesFirstAsync(
        Deal, $"UPDATE {Events} SET data = data - 'amountFen' WHERE stream_id = {Deal} AND type LIKE 'transaction_registered%'", changesDigest: true);

    [Fact]
    public Task An_event_with_a_field_more() => NamesFirstAsync(
        Deal, $"UPDATE {Events} SET data = data || '{{\"extra\": 1}}' WHERE stream_id = {Deal} AND version = 1", changesDigest: true);

    [Fact]
    public Task An_event_that_is_no_object() => NamesFirstAsync(
        Deal, $"UPDATE {Events} SET data = '[1]' WHERE stream_id = {Deal} AND version = 1", changesDigest: true);

    [Fact]
    public Task A_trade_in_an_order_book_that_its_orders_do_not_lead_to() => NamesFirstAsync(
        Book, $"UPDATE {Events} SET data = jsonb_set(data, '{{taker}}', to_jsonb(CASE data->>'taker' WHEN 'Buy' THEN 'Sell' ELSE 'Buy' END)) "
        + $"WHERE seq_id = (SELECT min(seq_id) FROM {Events} WHERE stream_id = {Book} AND type LIKE 'packs_traded%' AND data->>'taker' IS NOT NULL)", changesDigest: true);

    [Fact]
    public Task An_order_taken_out_of_an_order_book() => NamesFirstAsync(
        Book, $"DELETE FROM {Events} WHERE seq_id = (SELECT min(seq_id) FROM {Events} WHERE stream_id = {Book} AND type LIKE 'book_order_entered%'); "
        + $"UPDATE {Events} e SET version = renumbered.version FROM (SELECT seq_id, row_number() OVER (ORDER BY version) AS version FROM {Events} WHERE stream_id = {Book}) renumbered "
        + $"WHERE e.seq_id = renumbered.seq_id; UPDATE {Streams} SET version = version - 1 WHERE id = {Book}", changesDigest: true);

    [Fact]
    public Task Another_number_in_a_stream_head() => NamesFirstAsync(
        Deal, $"UPDATE {Streams} SET version = version + 1 WHERE id = {Deal}", changesDigest: false);

    [Fact]
    public Task A_read_model_altered() => NamesFirstAsync(
        "(SELECT split_part(id, ' ', 1) FROM documents_spoiled)",
        Document("UPDATE {0} SET data = jsonb_set(data, '{{amountFen}}', '77') WHERE id = (SELECT id FROM documents_spoiled)"), changesDigest: false);

    [Fact]
    public Task A_read_model_removed() => NamesFirstAsync(
        "(SELECT id FROM documents_spoiled)", Document("DELETE FROM {0} WHERE id = (SELECT id FROM documents_spoiled)"), changesDigest: false);

    [Fact]
    public async Task Verify_of_a_spoiled_data_folder_says_so_to_people_and_ends_with_1()
    {
        var connection = await market.SpoiledAsync($"UPDATE {Events} SET version = version + 100 WHERE stream_id = {Deal} AND version = 3");
        var stream = await MarketToSpoil.ReadAsync<string>(connection, $"SELECT {Deal}");
        var told = (await DxProgram.RunAsync("verify", "--postgres", connection)).WithExitCode(1);
        Assert.StartsWith(stream, told.Output, StringComparison.Ordinal);
        Assert.Contains("NOT verified", told.Output, StringComparison.Ordinal);
    }

    private static string DuplicateLast() =>
        $"INSERT INTO {Events} (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type, is_archived) "
        + $"SELECT (SELECT max(seq_id) + 1 FROM {Events}), gen_random_uuid(), stream_id, version + 1, data, type, timestamp, tenant_id, mt_dotnet_type, is_archived "
        + $"FROM {Events} WHERE stream_id = {Deal} ORDER BY version DESC LIMIT 1";

    private static string Document(string sql) =>
        $"CREATE TABLE documents_spoiled AS SELECT id FROM {Schemas.Default}.mt_doc_dealentry ORDER BY id COLLATE \"C\" OFFSET 3 LIMIT 1; "
        + sql.Replace("{0}", $"{Schemas.Default}.mt_doc_dealentry", StringComparison.Ordinal)
            .Replace("{{", "{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal);

    private async Task NamesFirstAsync(string streamQuery, string sql, bool changesDigest)
    {
        // The offender is looked up before it may be gone.
        var untouched = await market.UntouchedAsync();
        var offender = streamQuery.Contains("documents_spoiled", StringComparison.Ordinal) ? null
            : await MarketToSpoil.ReadAsync<string>(untouched, $"SELECT {streamQuery}");
        var spoiled = await market.SpoiledAsync(sql);
        offender ??= await MarketToSpoil.ReadAsync<string>(spoiled, $"SELECT {streamQuery}");

        var verified = (await DxProgram.RunAsync("verify", "--json", "--postgres", spoiled)).WithExitCode(1);
        Assert.Equal("", verified.Errors);
        var json = verified.Json();
        Assert.False(json.GetProperty("verified").GetBoolean());
        var first = json.GetProperty("problems")[0].GetString()!;
        Assert.True(first.Contains(offender, StringComparison.Ordinal), $"The first problem should name {offender}.\n{verified}");
        Assert.Equal(changesDigest, market.Digest != json.GetProperty("digest").GetString());
    }
}
