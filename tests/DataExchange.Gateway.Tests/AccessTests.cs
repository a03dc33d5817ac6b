using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using DataExchange.Domain;
using DataExchange.Domain.Trust;
using DataExchange.EventStore.Serialization;
using DataExchange.Gateway.Access;
using DataExchange.Gateway.Commands;

namespace DataExchange.Gateway.Tests;

public sealed class AccessTests(RunningGateway gateway)
{
    /// <summary>The table is in the documentation, where a change of it is seen. DX_UPDATE=1 renews it.</summary>
    [Fact]
    public async Task Every_command_has_its_row_and_the_documentation_shows_it()
    {
        Assert.Equal(
            CommandBodies.Types.Keys.Order(StringComparer.Ordinal), CommandAccess.Commands.Select(type => type.Name).Order(StringComparer.Ordinal));
        var table = new StringBuilder("| Command |");
        foreach (var role in Enum.GetValues<Role>())
        {
            table.Append($" {role} |");
        }

        table.Append("\n|---|").Append(string.Concat(Enum.GetValues<Role>().Select(_ => "---|"))).Append('\n');
        foreach (var (name, type) in CommandBodies.Types.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            table.Append($"| `{name}` |");
            foreach (var role in Enum.GetValues<Role>())
            {
                table.Append($" {CommandAccess.For(type, role)?.ToString().ToLowerInvariant() ?? "—"} |");
            }

            table.Append('\n');
        }

        var text = await Repository.ReadAsync("docs/gateway.md");
        var (begin, end) = (text.IndexOf("<!-- matrix -->\n", StringComparison.Ordinal) + "<!-- matrix -->\n".Length, text.IndexOf("<!-- /matrix -->", StringComparison.Ordinal));
        if (Repository.IsRenewing)
        {
            await Repository.RenewAsync("docs/gateway.md", text[..begin] + table + text[end..]);
            return;
        }

        Assert.Equal(table.ToString(), text[begin..end]);
    }

    /// <summary>The server takes so many connections and no more: who comes while all are used waits for one.</summary>
    [Fact]
    public async Task However_many_ask_at_once_all_are_answered()
    {
        using var administrator = await gateway.AsAsync("administrator", Role.Administrator);
        var answers = await Task.WhenAll(Enumerable.Range(0, 300).Select(async number =>
        {
            using var made = await administrator.PostAsJsonAsync("/v1/keys", new { party = gateway.Name("many"), role = nameof(Role.Buyer) }, TestContext.Current.CancellationToken);
            return made.StatusCode;
        }));

        Assert.Equal([HttpStatusCode.Created], answers.Distinct());
    }

    [Fact]
    public async Task A_venue_anchors_no_head_that_the_other_has_not_published()
    {
        using var venue = await gateway.AsAsync("venue-hzdex", Role.Venue);
        var forged = new TreeHeadPublished(new VenueId("zjbdec"), "log/zjbdec", new TreeHead(1_000_000, new string('a', 64)))
        {
            At = SimulatedTime.On(new(2025, 1, 2)),
            By = new PartyId("venue-zjbdec"),
        };

        using var refused = await venue.GiveAsync("AnchorTreeHead", $$"""{"venue":"hzdex","published":{{Encoding.UTF8.GetString(EventJson.Write(forged))}}}""");

        Assert.Contains("has published no such head", (string?)(await refused.AsProblemAsync(403, "not-permitted"))["detail"]);
    }

    [Fact]
    public async Task Each_command_is_refused_to_each_role_that_has_no_grant_and_gets_past_the_gate_for_each_that_has()
    {
        foreach (var role in Enum.GetValues<Role>())
        {
            using var client = await gateway.AsAsync(gateway.Name("matrix"), role);
            foreach (var (name, type) in CommandBodies.Types)
            {
                // Without a body that could be executed: whoever may give it is told of the body.
                using var response = await client.GiveAsync(name, "[]");
                Assert.Equal(
                    (name, role, CommandAccess.For(type, role) is null ? 403 : 400), (name, role, (int)response.StatusCode));
            }
        }
    }

    [Fact]
    public async Task What_is_refused_is_recorded_and_the_auditor_alone_reads_it()
    {
        var party = gateway.Name("venue-refused");
        using var venue = await gateway.AsAsync(party, Role.Venue);
        using var auditor = await gateway.AsAsync(gateway.Name("auditor"), Role.Auditor);
        var before = await LastAsync(auditor);

        using var ofRole = await venue.GiveAsync("DepositFunds", "{}");
        using var ofExchange = await venue.GiveAsync("SettleDeal", """{"deal":"D1"}""");
        using var ofOther = await venue.GiveAsync("OpenLog", """{"venue":"another"}""");
        using var notAuditor = await venue.GetAsync(new Uri("/v1/audit", UriKind.Relative), TestContext.Current.CancellationToken);
        await ofRole.AsProblemAsync(403, "not-permitted");
        await ofExchange.AsProblemAsync(403, "not-permitted");
        await ofOther.AsProblemAsync(403, "not-permitted");
        await notAuditor.AsProblemAsync(403, "not-permitted");

        var rows = (await auditor.GetFromJsonAsync<JsonObject>($"/v1/audit?after={before}&limit=200", TestContext.Current.CancellationToken))!["items"]!.AsArray()
            .Where(row => (string?)row!["party"] == party).ToArray();
        Assert.Equal(
            ["/v1/commands/DepositFunds", "/v1/commands/SettleDeal", "/v1/commands/OpenLog", "/v1/audit"], rows.Select(row => (string?)row!["path"]));
        Assert.All(rows, row => Assert.Equal((403, "Venue"), ((int)row!["status"]!, (string?)row["role"])));
    }

    [Fact]
    public async Task Without_a_good_key_there_is_no_way_in()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var keys = new ApiKeys(gateway.Database);
        var key = await keys.IssueAsync(new PartyId("good"), Role.Buyer, cancellation);
        var wrongSecret = key.Text[..^4] + (key.Text.EndsWith("AAAA", StringComparison.Ordinal) ? "BBBB" : "AAAA");
        foreach (var text in (string?[])[null, "", "dxk_", wrongSecret, key.Text + "x", $"dxk_{Guid.NewGuid():N}_{key.Text[37..]}"])
        {
            using var client = gateway.Anonymous;
            if (text is not null)
            {
                client.DefaultRequestHeaders.TryAddWithoutValidation("X-Api-Key", text);
            }

            using var response = await client.GiveAsync("DepositFunds", "{}");
            await response.AsProblemAsync(401, "not-authenticated");
        }

        Assert.Equal(Role.Buyer, (await keys.FindAsync(key.Text, cancellation))?.Role);
        await using var stored = gateway.Database.CreateCommand("SELECT count(*) FROM dataexchange.gateway_key WHERE encode(secret_hash, 'escape') LIKE '%dxk%'");
        Assert.Equal(0L, await stored.ExecuteScalarAsync(cancellation));
    }

    [Fact]
    public async Task A_token_serves_as_its_key_and_ends_with_it()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var party = gateway.Name("buyer");
        using var administrator = await gateway.AsAsync("administrator", Role.Administrator);
        using var made = await administrator.PostAsJsonAsync("/v1/keys", new { party, role = "Buyer" }, cancellation);
        var key = await made.JsonAsync();
        using var client = gateway.Anonymous;
        client.DefaultRequestHeaders.Add("X-Api-Key", (string?)key["key"]);
        using var answer = await client.PostAsync(new Uri("/v1/tokens", UriKind.Relative), null, cancellation);
        var token = (string)(await answer.JsonAsync())["token"]!;
        client.DefaultRequestHeaders.Remove("X-Api-Key");
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

        using var good = await client.GiveAsync("DepositFunds", $$"""{"party":"{{party}}","amountFen":5}""");
        using var prolonged = await client.PostAsync(new Uri("/v1/tokens", UriKind.Relative), null, cancellation);
        using var revoked = await administrator.DeleteAsync(new Uri($"/v1/keys/{key["id"]}", UriKind.Relative), cancellation);
        using var after = await client.GiveAsync("DepositFunds", $$"""{"party":"{{party}}","amountFen":5}""");
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token[..^3] + "abc");
        using var forged = await client.GiveAsync("DepositFunds", "{}");

        Assert.Equal((201, 200, 204), ((int)made.StatusCode, (int)good.StatusCode, (int)revoked.StatusCode));
        await prolonged.AsProblemAsync(403, "not-permitted");
        await after.AsProblemAsync(401, "not-authenticated");
        await forged.AsProblemAsync(401, "not-authenticated");
    }

    [Fact]
    public void The_signing_key_and_the_first_administrators_key_are_for_nobody_else_to_read()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes.");
        foreach (var name in (string[])["token-signing.key", "administrator.key", "demo-buyer.key", "venue-demo.key"])
        {
            var mode = OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(Path.Combine(gateway.Folder, name));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, mode);
        }
    }

    [Fact]
    public async Task Who_asks_too_often_waits()
    {
        await using var slow = await GatewayServer.StartAsync(gateway.Database, gateway.Sender, gateway.Options(3), TestContext.Current.CancellationToken);
        using var client = await gateway.AsAsync(gateway.Name("buyer"), Role.Buyer);
        using var direct = new HttpClient { BaseAddress = new Uri(slow.Urls[0]) };
        direct.DefaultRequestHeaders.Add("X-Api-Key", client.DefaultRequestHeaders.GetValues("X-Api-Key"));
        for (var i = 0; i < 3; i++)
        {
            using var response = await direct.GiveAsync("DepositFunds", "[]");
            Assert.Equal(400, (int)response.StatusCode);
        }

        using var tooMany = await direct.GiveAsync("DepositFunds", "[]");

        await tooMany.AsProblemAsync(429, "too-many-requests");
        Assert.NotNull(tooMany.Headers.RetryAfter);
    }

    private static async Task<long> LastAsync(HttpClient auditor)
    {
        for (var last = 0L; ;)
        {
            var page = (await auditor.GetFromJsonAsync<JsonObject>($"/v1/audit?after={last}&limit=200", TestContext.Current.CancellationToken))!;
            if (page["items"]!.AsArray() is not { Count: > 0 } items)
            {
                return last;
            }

            last = (long)items[^1]!["number"]!;
        }
    }
}
