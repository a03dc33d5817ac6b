using DataExchange.Domain;
using DataExchange.Testing;
using static DataExchange.Policies.Tests.Given;

namespace DataExchange.Policies.Tests;

/// <summary>What a public JSON-LD processor, which knows nothing of us, makes of our policies.</summary>
public sealed class JsonLdTests
{
    private const string Odrl = "http://www.w3.org/ns/odrl/2/";
    private const string Type = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>";
    private static readonly ProductId Product = new("P000001");
    private static readonly string Policy = Iri(Uid);
    private static readonly string Offer = Iri(Asset) + "#offer.3";

    [Fact]
    public async Task An_agreement_is_these_triples()
    {
        var triples = await JsonLdProcessor.ToNQuadsAsync(PolicyWriter.Write(Agreement), TestContext.Current.CancellationToken);

        foreach (var expected in (string[])
        [
            $"<{Policy}> {Type} <{Odrl}Agreement> .",
            $"<{Policy}> <{Odrl}conflict> <{Odrl}prohibit> .",
            $"<{Policy}> <{Odrl}profile> <{Vocabulary.Profile}> .",
            $"<{Policy}> <{Odrl}permission> <{Policy}-use> .",
            $"<{Policy}> <{Odrl}prohibition> <{Policy}-no-distribute> .",
            $"<{Policy}-use> <{Odrl}action> <{Odrl}use> .",
            $"<{Policy}-use> <{Odrl}target> <{Iri(Asset)}> .",
            $"<{Policy}-use> <{Odrl}assigner> <{Iri(Seller)}> .",
            $"<{Policy}-use> <{Odrl}assignee> <{Iri(Buyer)}> .",
            $"<{Policy}-use> <{Odrl}duty> <{Policy}-pay> .",
            $"<{Policy}-no-distribute> <{Odrl}action> <{Odrl}distribute> .",
        ])
        {
            Assert.Contains(expected, triples);
        }

        // Constraints and refinements are nodes without a name: each is these three triples about one subject.
        AssertNode(triples, ["leftOperand> <" + Odrl + "purpose>", "operator> <" + Odrl + "eq>", "rightOperand> \"授信审批\""]);
        AssertNode(triples, ["leftOperand> <" + Odrl + "spatial>", "operator> <" + Odrl + "isPartOf>", "rightOperand> \"CN\""]);
        AssertNode(triples, ["leftOperand> <" + Odrl + "dateTime>", "operator> <" + Odrl + "lt>", "\"2024-03-31T12:00:00+08:00\"^^<http://www.w3.org/2001/XMLSchema#dateTime>"]);
        AssertNode(triples, ["leftOperand> <" + Odrl + "count>", "operator> <" + Odrl + "lteq>", "\"10\"^^<http://www.w3.org/2001/XMLSchema#integer>"]);
        AssertNode(triples, ["leftOperand> <" + Odrl + "payAmount>", "\"1000.00\"^^<http://www.w3.org/2001/XMLSchema#decimal>", "unit> <http://dbpedia.org/resource/Renminbi>"]);
        AssertNode(triples, ["22-rdf-syntax-ns#value> <" + Odrl + "compensate>", "refinement> _:"]);
    }

    [Fact]
    public async Task Every_offer_of_the_market_says_in_its_triples_what_its_terms_say()
    {
        LicenceTerms[] terms =
        [
            new(LicenceKind.OpenEnded, PriceUnit.PerLicence, 100_000, null, 1, false),
            new(LicenceKind.OpenEnded, PriceUnit.Negotiated, 100_000, null, 1, false),
            new(LicenceKind.Capped, PriceUnit.PerLicence, 200_000, 5, 1, false),
            new(LicenceKind.Exclusive, PriceUnit.PerLicence, 2_000_000, null, 1, false),
            new(LicenceKind.Subscription, PriceUnit.PerMonth, 30_000, null, 1, false),
            new(LicenceKind.CallPack, PriceUnit.PerCall, 50, null, 1_000, true),
        ];
        var documents = terms.Select(term => PolicyWriter.Write(MarketPolicies.OfferOf(Product, new PartyId("provider-0001"), 3, term, SecurityClass.Important))).ToArray();

        var triples = await JsonLdProcessor.ToNQuadsAsync(documents, TestContext.Current.CancellationToken);

        Assert.All(triples, of =>
        {
            Assert.Contains($"<{Offer}> {Type} <{Odrl}Offer> .", of);
            Assert.DoesNotContain(of, line => line.Contains("assignee", StringComparison.Ordinal));
            AssertNode(of, ["leftOperand> <" + Vocabulary.Profile + "admittedFor>", "rightOperand> \"Important\""]);
            OnlyTermsOfOdrlAndTheProfile(of);
        });
        AssertNode(triples[0], ["payAmount>", "\"1000.00\""]);
        Assert.DoesNotContain(triples[1], line => line.Contains("payAmount", StringComparison.Ordinal));
        AssertNode(triples[2], ["leftOperand> <" + Vocabulary.Profile + "licencesIssued>", "rightOperand> \"5\"^^"]);
        AssertNode(triples[3], ["leftOperand> <" + Vocabulary.Profile + "licencesIssued>", "rightOperand> \"1\"^^"]);
        AssertNode(triples[4], ["elapsedTime>", "\"P30D\"^^<http://www.w3.org/2001/XMLSchema#duration>"]);
        AssertNode(triples[5], ["count>", "rightOperand> \"1000\"^^"]);
        AssertNode(triples[5], ["payAmount>", "\"500.00\""]);
        Assert.Contains($"<{Offer}-use> <{Odrl}action> <{Vocabulary.Profile}call> .", triples[5]);
        Assert.Contains($"<{Offer}-resale> <{Odrl}action> <{Odrl}sell> .", triples[5]);
        Assert.Contains($"<{Offer}-no-transfer> <{Odrl}action> <{Odrl}transfer> .", triples[0]);
    }

    [Fact]
    public async Task A_property_that_means_nothing_is_refused_and_nothing_is_fetched()
    {
        var meaningless = await Assert.ThrowsAsync<JsonLdException>(() => JsonLdProcessor.ToNQuadsAsync("""{"@id": "urn:x", "colour": "red"}""", TestContext.Current.CancellationToken));
        Assert.Contains("colour", meaningless.Message, StringComparison.Ordinal);
        var remote = await Assert.ThrowsAsync<JsonLdException>(() => JsonLdProcessor.ToNQuadsAsync("""{"@context": "http://www.w3.org/ns/odrl.jsonld", "uid": "urn:x"}""", TestContext.Current.CancellationToken));
        Assert.Contains("http://www.w3.org/ns/odrl.jsonld", remote.Message, StringComparison.Ordinal);
    }

    // Handles are IRIs by RFC 4452 once the context has expanded them.
    private static string Iri(string compact) => compact.Replace("hdl:", "info:hdl/", StringComparison.Ordinal);

    private static void AssertNode(IReadOnlyList<string> triples, string[] parts) => Assert.True(
        triples.GroupBy(line => line[..line.IndexOf(' ', StringComparison.Ordinal)])
            .Any(node => parts.All(part => node.Any(line => line.Contains(part, StringComparison.Ordinal)))),
        $"No node says {string.Join(", ", parts)}:\n{string.Join('\n', triples)}");

    // Our context gives every name to ODRL: a wrong one would pass the processor.
    private static void OnlyTermsOfOdrlAndTheProfile(IReadOnlyList<string> triples)
    {
        string[] known =
        [
            .. PolicyAction.OfOdrl, .. Vocabulary.OperandNames, .. Vocabulary.OperatorNames, "Set", "Offer", "Agreement", "perm", "prohibit", "invalid", "conflict",
            "profile", "permission", "prohibition", "obligation", "duty", "action", "target", "assigner", "assignee", "constraint", "refinement", "leftOperand",
            "operator", "rightOperand", "unit",
        ];
        var used = triples.SelectMany(line => line.Split(' ')).Where(term => term.StartsWith("<" + Odrl, StringComparison.Ordinal)).Select(term => term[(Odrl.Length + 1)..^1]);
        Assert.Empty(used.Distinct().Except(known));
    }
}
