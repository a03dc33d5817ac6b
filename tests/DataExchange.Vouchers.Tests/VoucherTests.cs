using System.Text;
using System.Text.Json.Nodes;
using DataExchange.Domain;
using DataExchange.Vouchers.Checking;
using DataExchange.Vouchers.Facts;
using DataExchange.Vouchers.Signing;

namespace DataExchange.Vouchers.Tests;

/// <summary>The documents of simulated markets hold, and nothing else does.</summary>
public sealed class VoucherTests(SharedMarket shared) : IClassFixture<SharedMarket>
{
    private readonly LoggedMarket _market = shared.Market;

    [Theory]
    [InlineData(11, 1, false)]
    [InlineData(13, 3, true)]
    public async Task Every_certificate_and_every_invoice_of_a_market_holds(ulong seed, int each, bool hasOrderBook)
    {
        using var market = await LoggedMarket.SimulateAsync(seed, 0.01);
        var (products, deals) = (market.Certified.Distinct().ToArray(), market.Invoiced.Where((_, i) => i % each == 0).ToArray());
        Assert.True(products.Length > 20 && deals.Length > 100, $"{products.Length} products, {deals.Length} deals");
        foreach (var product in products)
        {
            var file = market.Certificate(product);
            Assert.Equal(file, market.Certificate(product));
            var found = VoucherCheck.Check(file, null);
            Assert.Equal(market.ProductOf(product).Status == CertificateStatus.InForce ? null : found.Problem ?? "a problem", found.Problem);
            Assert.Equal($"info:hdl/{market.ProductOf(product).Certificate}", found.Handle);
            Assert.True(found.Facts.Count >= 4, string.Join(", ", found.Facts));
        }

        foreach (var id in deals)
        {
            var deal = market.DealOf(id);
            Assert.Equal(deal.Registered.AmountFen, deal.VatFen + deal.FeeFen + deal.RefundFen + deal.Shares.Sum(share => share.AmountFen));
            Assert.Equal(deal.Registered.Channel == TradeChannel.OrderBook, deal.Policy is null);
            var found = VoucherCheck.Check(market.Invoice(id), null);
            Assert.True(found.Problem is null, $"{id}: {found.Problem}");
            Assert.Equal(2 + (deal.ContractVersion > 0 ? 1 : 0) + (deal.ChargedBack is null ? 0 : 1), found.Facts.Count);
        }

        // All ways of trading, and keys that were changed. A market as small as these has a book only by chance.
        var channels = deals.Select(id => market.DealOf(id).Registered.Channel).ToHashSet();
        Assert.Equal(Enum.GetValues<TradeChannel>().Where(channel => hasOrderBook || channel != TradeChannel.OrderBook), channels.Order());
        Assert.Contains(deals, id => Json(market.Invoice(id))["issuer"]!["keyGeneration"]!.GetValue<int>() > 0);
    }

    [Fact]
    public void Every_single_byte_that_is_changed_left_out_or_added_is_refused()
    {
        foreach (var file in new[] { _market.Certificate(_market.Certified.First()), _market.Invoice(_market.Invoiced.First()) })
        {
            Assert.True(Holds(file));
            for (var i = 0; i < file.Length; i++)
            {
                // Every bit in its turn, and white space, which JSON would allow.
                foreach (var value in new[] { (byte)(file[i] ^ (1 << (i % 8))), i % 9 == 0 ? (byte)' ' : file[i] })
                {
                    if (value != file[i])
                    {
                        byte[] changed = [.. file];
                        changed[i] = value;
                        Assert.False(Holds(changed), $"byte {i} from {file[i]} to {value}");
                    }
                }

                if (i % 29 == 0 || i > file.Length - 10)
                {
                    Assert.False(Holds([.. file[..i], .. file[(i + 1)..]]), $"byte {i} left out");
                    Assert.False(Holds([.. file[..i], (byte)' ', .. file[i..]]), $"a space before byte {i}");
                }
            }

            Assert.False(Holds([.. file, (byte)'\n']));
            Assert.False(Holds([]));
        }
    }

    [Fact]
    public void The_key_that_is_trusted_must_be_the_one_that_signed()
    {
        var file = _market.Certificate(_market.Certified.First());
        var venue = VoucherCheck.Check(file, null).Venue;
        var generation = Json(file)["issuer"]!["keyGeneration"]!.GetValue<int>();
        Assert.Null(VoucherCheck.Check(file, KeyOf(venue, generation)).Problem);
        Assert.True(VoucherCheck.Check(file, KeyOf(venue, generation)).IsKeyTrusted);
        Assert.StartsWith("issuer.id: it is signed by did:key:", VoucherCheck.Check(file, KeyOf(venue, generation + 1)).Problem, StringComparison.Ordinal);
        Assert.StartsWith("issuer.id: it is signed by did:key:", VoucherCheck.Check(file, KeyOf(venue == "hzdex" ? "zjbdec" : "hzdex", 0)).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_holds_within_its_term_and_while_it_is_in_force()
    {
        var product = _market.ProductOf(_market.Certified.First(id => _market.ProductOf(id).Status == CertificateStatus.InForce));
        var file = _market.Certificate(product.Registered.Product);
        Assert.Null(Problem(file, product.ValidFrom));
        Assert.StartsWith("validFrom:", Problem(file, product.ValidFrom.AddSeconds(-1)), StringComparison.Ordinal);
        Assert.Null(Problem(file, product.ValidUntil.AddSeconds(-1)));
        Assert.StartsWith("validUntil: it expired at", Problem(file, product.ValidUntil), StringComparison.Ordinal);

        var id = new ProductId("P1");
        using var market = Made.Product(id, "题", "Title", revoked: true);
        var revoked = market.Certificate(id);
        Assert.StartsWith("credentialSubject.status: the certificate is no longer in force: Revoked since 2024-05-01", Problem(revoked, null), StringComparison.Ordinal);
        Assert.Null(Problem(revoked, SimulatedTime.On(new(2024, 4, 30))));
    }

    /// <summary>Somebody who has the venue's key still cannot make a document say other than the log.</summary>
    [Theory]
    [InlineData("credentialSubject.price.amountFen", "7", "credentialSubject.price.amountFen:")]
    [InlineData("credentialSubject.price.amountYuan", "\"7.00\"", "credentialSubject.price.amountYuan:")]
    [InlineData("credentialSubject.buyer.party", "\"firm-9999\"", "credentialSubject.buyer.party:")]
    [InlineData("credentialSubject.seller.party", "\"firm-9999\"", "credentialSubject.seller.party:")]
    [InlineData("credentialSubject.channel", "\"Bazaar\"", "credentialSubject.channel:")]
    [InlineData("credentialSubject.policy.resaleAllowed", "null", "credentialSubject.policy:")]
    [InlineData("credentialSubject.policy", "{}", "credentialSubject.policy:")]
    [InlineData("credentialSubject.deal", "\"C9\"", "evidence: the fact")]
    [InlineData("credentialSubject.settlement.fee.amountFen", "0", "credentialSubject.settlement:")]
    [InlineData("credentialSubject.compliance.digest", "\"00\"", "credentialSubject.compliance.digest:")]
    [InlineData("credentialSubject.chain.before", "\"00\"", "credentialSubject.chain.head:")]
    [InlineData("validFrom", "\"2020-01-01T00:00:00+08:00\"", "validFrom:")]
    [InlineData("id", "\"info:hdl/86.dex/invoice.C9\"", "id:")]
    [InlineData("issuer.keyId", "\"00000000\"", "issuer.keyId:")]
    [InlineData("evidence", "[]", "evidence: it has 0 items")]
    [InlineData("credentialSubject.product", "[]", "credentialSubject.product.product:")]
    [InlineData("credentialSubject.settlement.shares", "{}", "credentialSubject.settlement.shares: it is a Object, not a Array")]
    public void Even_signed_anew_a_document_must_say_what_the_log_says(string path, string value, string told)
    {
        var id = _market.Invoiced.First(deal => _market.DealOf(deal).Registered.Channel == TradeChannel.RegisteredContract);
        var document = Json(_market.Invoice(id));
        var names = path.Split('.');
        names[..^1].Aggregate((JsonNode)document, (node, name) => node[name]!)[names[^1]] = JsonNode.Parse(value);
        Assert.StartsWith(told, Problem(SignedAnew(document)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_proof_of_another_deal_does_not_serve()
    {
        var deals = _market.Invoiced.Take(60).ToArray();
        var document = Json(_market.Invoice(deals[0]));
        var other = deals.Skip(1).Select(id => Json(_market.Invoice(id))).First(one => one["issuer"]!["venue"]!.GetValue<string>() == document["issuer"]!["venue"]!.GetValue<string>());
        document["evidence"] = other["evidence"]!.DeepClone();
        Assert.StartsWith("evidence: the fact settlement/", Problem(SignedAnew(document)), StringComparison.Ordinal);
        document["evidence"]![0]!["facts"] = new JsonArray();
        Assert.StartsWith("evidence: none of data_invoice_issued.v1", Problem(SignedAnew(document)), StringComparison.Ordinal);

        var mine = Json(_market.Invoice(deals[0]));
        mine["evidence"]![0]!["facts"]![0]!["leaf"] = 5;
        Assert.Contains("its path does not lead from leaf 5", Problem(SignedAnew(mine)), StringComparison.Ordinal);
        mine["evidence"]![0]!["checkpoint"] = "nothing";
        Assert.StartsWith("evidence.checkpoint: it is no signed head", Problem(SignedAnew(mine)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "its type says neither")]
    [InlineData("{\"type\":[\"VerifiableCredential\",\"AlumniCredential\"]}", "its type says neither")]
    [InlineData("{\"type\":[\"VerifiableCredential\",\"DataRightsCertificate\"]}", "format: it is missing")]
    [InlineData("{\"format\":\"dataexchange-voucher/9\",\"type\":[\"VerifiableCredential\",\"DataRightsCertificate\"]}", "format 'dataexchange-voucher/9' is not known")]
    public void Another_kind_of_file_is_named(string json, string told) =>
        Assert.Contains(told, Assert.Throws<VoucherException>(() => VoucherCheck.Check(Encoding.UTF8.GetBytes(json), null)).Message, StringComparison.Ordinal);

    [Fact]
    public void Filed_contracts_say_that_no_funds_passed_through_the_venue()
    {
        var filed = _market.Invoiced.First(id => _market.DealOf(id).Registered.Channel == TradeChannel.FiledContract);
        var settlement = Json(_market.Invoice(filed))["credentialSubject"]!["settlement"]!;
        Assert.False(settlement["throughVenue"]!.GetValue<bool>());
        Assert.Equal(0, settlement["fee"]!["amountFen"]!.GetValue<long>());
    }

    internal static JsonObject Json(byte[] file) => JsonNode.Parse(file)!.AsObject();

    private static bool Holds(byte[] file)
    {
        try
        {
            return VoucherCheck.Check(file, null).Problem is null;
        }
        catch (VoucherException)
        {
            return false;
        }
    }

    private static string? Problem(byte[] file, SimulatedTime? at = null) => VoucherCheck.Check(file, null, at).Problem;

    private VoucherKey KeyOf(string venue, int generation) => VoucherKey.Of(_market.Keys.Of(venue, generation).Public.SubjectPublicKeyInfo);

    private byte[] SignedAnew(JsonObject document)
    {
        var issuer = document["issuer"]!;
        document.Remove("proof");
        var key = _market.Keys.Of(issuer["venue"]!.GetValue<string>(), issuer["keyGeneration"]!.GetValue<int>());
        DataIntegrity.Sign(document, new VoucherSigner(key.Key), "2025-05-31T23:59:59+08:00");
        return [.. CanonicalText.Of(document), (byte)'\n'];
    }
}
