using System.Text.Json;

namespace DataExchange.EndToEnd.Tests;

/// <summary>Handles of a stored market, resolved as a user does.</summary>
public sealed class HandleTests(SpareMarket market) : IClassFixture<SpareMarket>
{
    [Fact]
    public async Task From_a_product_its_links_lead_to_a_deal_and_from_there_to_its_invoice_and_the_parties()
    {
        var best = Text((await DxAsync("shelf", "--limit", "1", "--json")).Json().GetProperty("entries")[0], "product")!;
        var product = await ResolveAsync("86.dex/product." + best);
        Assert.Equal("Listed", Text(Data(product, "DX.STATE").Single(), "state"));
        Assert.True(Links(product, "soldAs").First().GetProperty("count").GetInt32() > 0);
        Assert.Equal(["86.dex/version." + best + ".1"], Links(product, "version").Take(1).Select(link => Text(link, "handle")));
        Assert.NotEmpty(Links(product, "certifiedBy"));

        var seen = new HashSet<string>();
        var ahead = new Queue<string>([Text(product, "handle")!]);
        while (ahead.TryDequeue(out var next) && seen.Count < 14)
        {
            if (seen.Add(next))
            {
                foreach (var link in Data(await ResolveAsync(next), "DX.LINK").Where(link => link.TryGetProperty("handle", out _)))
                {
                    ahead.Enqueue(Text(link, "handle")!);
                }
            }
        }

        Assert.Equal(["cert", "deal", "party", "product", "version"], seen.Select(handle => handle["86.dex/".Length..].Split('.')[0]).Distinct().Except(["invoice"]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_invoice_is_proved_to_be_a_leaf_of_its_venues_log_without_the_store()
    {
        await using var folder = new TemporaryFolder();
        var registered = (await DxAsync("events", "--limit", "0", "--json")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonElement.Parse(line)).First(e => Text(e, "type") == "data_invoice_issued.v1").GetProperty("data");
        var invoice = await ResolveAsync(Text(registered, "invoice")!, "--proof");
        Assert.Equal(Text(registered, "digest"), Text(Data(invoice, "DX.METADATA").Single(), "digest"));
        Assert.Equal("Anchored", Text(Data(invoice, "DX.STATE").Single(), "state"));
        var proofs = Data(invoice, "DX.PROOF").ToArray();
        Assert.Equal(["record", "state"], proofs.Select(proof => Text(proof, "of")));
        foreach (var proof in proofs)
        {
            Assert.Equal(Text(proof, "log"), Text(proof.GetProperty("proof"), "venue"));
            Assert.StartsWith(Text(proof, "fact")!.Split('@')[0] + "\n", Text(proof.GetProperty("proof"), "entry"), StringComparison.Ordinal);
            var file = Path.Combine(folder.Path, "proof.json");
            await File.WriteAllTextAsync(file, proof.GetProperty("proof").GetRawText(), TestContext.Current.CancellationToken);
            Assert.Contains("成立 proved", (await DxProgram.RunAsync("log", "check", file)).WithExitCode(0).Output, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(Data(await ResolveAsync(Text(registered, "invoice")!), "DX.PROOF"), proof => proof.TryGetProperty("proof", out _));
    }

    [Fact]
    public async Task A_party_is_counted_and_what_is_printed_is_in_both_languages()
    {
        var party = await ResolveAsync("86.dex/party.provider-0001");
        Assert.Equal(["products", "dealsAsBuyer", "dealsAsSeller"], Data(party, "DX.LINK").Select(link => Text(link, "relation")));
        Assert.Empty(Data((await DxAsync("resolve", "86.dex/party.provider-0001", "--at", "2025-01-01", "--json")).WithExitCode(0).Json(), "DX.LINK"));
        var text = (await DxAsync("resolve", "hdl:86.DEX%2Fdeal.C000001")).WithExitCode(0).Output;
        Assert.StartsWith("86.dex/deal.C000001\n", text, StringComparison.Ordinal);
        Assert.Contains("状态 state", text, StringComparison.Ordinal);
        Assert.Contains("yuan", text, StringComparison.Ordinal);
        Assert.Contains("resolved in", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10.1000/182", "the prefix '10.1000' is not this market's, which is 86.dex")]
    [InlineData("86.dex/certificate.P000001.1", "'certificate' is no kind: allowed are product, version, cert, deal, invoice, party")]
    [InlineData("86.dex/cert.P000001", "it ends in a number from 1, such as 86.dex/cert.P000042.1")]
    [InlineData("86.dex/product.P1", "there is no product/P1; nearest are 86.dex/product.P000001, ")]
    [InlineData("86.dex/invoice.C999999", "there is no deal/C999999; nearest are 86.dex/invoice.C")]
    [InlineData("86.dex/version.P000001.99", "product P000001 has versions 1 to ")]
    [InlineData("86.dex/party.venue-zjbdec", "did not exist at 2001-01-01T23:59:59+08:00", "--at", "2001-01-01")]
    public async Task What_names_nothing_is_an_error_that_says_what_is_there(string handle, string message, params string[] more)
    {
        var failed = (await DxAsync(["resolve", handle, "--json", .. more])).WithExitCode(2);
        Assert.Contains(message, failed.Errors, StringComparison.Ordinal);
        Assert.Equal("", failed.Output);
    }

    private async Task<JsonElement> ResolveAsync(string handle, params string[] more) => (await DxAsync(["resolve", handle, "--json", .. more])).WithExitCode(0).Json();

    private static IEnumerable<JsonElement> Data(JsonElement record, string type) =>
        record.GetProperty("values").EnumerateArray().Where(value => Text(value, "type") == type).Select(value => value.GetProperty("data").GetProperty("value"));

    private static IEnumerable<JsonElement> Links(JsonElement record, string relation) => Data(record, "DX.LINK").Where(link => Text(link, "relation") == relation);

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();

    private Task<DxResult> DxAsync(params string[] arguments) => DxProgram.RunAsync([.. arguments, "--data", market.Data]);
}
