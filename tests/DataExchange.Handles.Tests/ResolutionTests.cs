using System.Text.Json.Nodes;
using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;

namespace DataExchange.Handles.Tests;

/// <summary>Every handle of a whole simulated market, resolved from the streams that the resolver names and no others.</summary>
public sealed class ResolutionTests
{
    [Fact]
    public async Task Every_handle_of_a_market_resolves_and_so_does_every_link_of_it()
    {
        var market = await StoredMarket.GetAsync();
        var all = market.Names().ToHashSet();
        Assert.Equal(Enum.GetValues<HandleKind>(), all.Select(name => name.Kind).Distinct().Order());
        foreach (var name in all)
        {
            var record = market.Resolve(name);
            Assert.Equal(name, HandleName.Parse(record.Name.Handle.Value));
            Assert.Equal(record.Values.Count, record.Values.Select(value => value.Index).Distinct().Count());
            Assert.NotEmpty(record.Proofs);
            Assert.All(record.Proofs, proof => Assert.Contains(market.Facts(proof.Stream), fact => fact.Version == proof.Version));
            foreach (var link in record.Links.Where(link => link.Target is not null))
            {
                Assert.True(all.Contains(link.Target!.Value), $"{name} → {link.Relation} {link.Target}");
            }
        }
    }

    [Fact]
    public async Task Links_lead_back()
    {
        var market = await StoredMarket.GetAsync();
        (string There, string Back)[] pairs =
        [
            ("certifiedBy", "certifies"), ("version", "versionOf"), ("soldAs", "of"), ("invoice", "certifies"), ("replaces", "replacedBy"), ("revises", "revisedBy"),
        ];
        foreach (var record in market.Names().Where(name => name.Kind is HandleKind.Product or HandleKind.Deal or HandleKind.Certificate or HandleKind.Version).Select(market.Resolve))
        {
            foreach (var link in record.Links.Where(link => link.Target is not null))
            {
                // Of a version, certificates are those of its time; of a deal, the version is the one that was sold.
                if (pairs.FirstOrDefault(pair => pair.There == link.Relation) is { Back: { } back } && (record.Name.Kind, link.Relation) is not (HandleKind.Version, "certifiedBy") and not (HandleKind.Deal, "version"))
                {
                    Assert.Contains(market.Resolve(link.Target!.Value).Links, one => one.Relation == back && one.Target == record.Name);
                }
            }
        }
    }

    [Fact]
    public async Task Deals_of_a_product_are_counted_and_the_latest_are_named()
    {
        var market = await StoredMarket.GetAsync();
        var sold = market.All<LicenceGranted>().Select(e => (e.Product, e.Deal)).Concat(market.All<PacksTraded>().Select(e => (e.Product, e.Deal)))
            .GroupBy(row => row.Product).MaxBy(group => group.Count())!;
        var links = market.Resolve(new(HandleKind.Product, sold.Key.Value, 0)).Links.Where(link => link.Relation == "soldAs").ToArray();
        Assert.Equal(sold.Count(), links[0].Count);
        Assert.Equal(10, links.Count(link => link.Target is not null));
        Assert.Equal(new HandleName(HandleKind.Deal, market.All<LicenceGranted>().Last(e => e.Product == sold.Key).Deal.Value, 0), links[1].Target);
    }

    [Fact]
    public async Task What_has_ended_still_resolves_and_says_how_it_ended()
    {
        var market = await StoredMarket.GetAsync();
        AssertEnded(market.All<CertificateExpired>().Select(e => new HandleName(HandleKind.Product, e.Product.Value, 0)), "Expired");
        AssertEnded(market.All<RegistrationRefused>().Select(e => new HandleName(HandleKind.Product, e.Product.Value, 0)), "Refused");
        AssertEnded(market.All<ApplicationWithdrawn>().Select(e => new HandleName(HandleKind.Product, e.Product.Value, 0)), "Withdrawn");
        AssertEnded(market.All<CertificateRenewed>().Select(e => new HandleName(HandleKind.Certificate, e.Product.Value, 1)), "Replaced");
        AssertEnded(market.All<DealCancelled>().Select(e => new HandleName(HandleKind.Deal, e.Deal.Value, 0)), "Terminated");
        AssertEnded(market.All<DisputeUpheld>().Where(e => e.IsFull).Select(e => new HandleName(HandleKind.Deal, e.Deal.Value, 0)), "Refunded");
        AssertEnded(market.All<ClaimUpheld>().Where(e => e.IsFull).Select(e => new HandleName(HandleKind.Deal, e.Deal.Value, 0)), "ChargedBack");
        var claimed = market.All<ClaimRaised>().Select(e => e.Deal).ToHashSet();
        AssertEnded(market.All<DealCompleted>().Where(e => !claimed.Contains(e.Deal)).Select(e => new HandleName(HandleKind.Deal, e.Deal.Value, 0)), "Completed");

        void AssertEnded(IEnumerable<HandleName> names, string state)
        {
            var some = names.Take(50).ToArray();
            Assert.NotEmpty(some);
            Assert.All(some, name => Assert.Equal((state, true), (market.Resolve(name).State.State, market.Resolve(name).State.IsEnded)));
        }
    }

    [Fact]
    public async Task The_state_is_that_of_the_time_asked_for()
    {
        var market = await StoredMarket.GetAsync();
        var completed = market.All<DealCompleted>().First();
        var deal = new HandleName(HandleKind.Deal, completed.Deal.Value, 0);
        var registered = market.All<TransactionRegistered>().First(e => e.Deal == completed.Deal);
        Assert.Equal("Registered", market.Resolve(deal, registered.At).State.State);
        Assert.DoesNotContain(market.Resolve(deal, registered.At).Links, link => link.Relation == "invoice");
        var early = Assert.Throws<HandleNotFoundException>(() => market.Resolve(deal with { Kind = HandleKind.Invoice }, registered.At));
        Assert.Contains("has no data invoice, it is Registered", early.Message, StringComparison.Ordinal);
        var before = Assert.Throws<HandleNotFoundException>(() => market.Resolve(deal, SimulatedTime.Parse("2001-01-01T00:00:00+08:00")));
        Assert.Contains("did not exist at 2001-01-01", before.Message, StringComparison.Ordinal);
        Assert.True(before.IsKnown);
    }

    [Fact]
    public async Task What_is_not_there_is_an_error_that_says_what_is()
    {
        var market = await StoredMarket.GetAsync();
        var certified = market.All<RightsCertified>().First().Product.Value;
        var refused = market.All<RegistrationRefused>().First().Product.Value;
        AssertMissing(new(HandleKind.Product, "P999999", 0), "there is no product/P999999", isKnown: false);
        AssertMissing(new(HandleKind.Invoice, "C999999", 0), "there is no deal/C999999", isKnown: false);
        AssertMissing(new(HandleKind.Certificate, certified, 99), $"product {certified} has certificates 1 to ", isKnown: true);
        AssertMissing(new(HandleKind.Version, certified, 99), $"product {certified} has versions 1 to ", isKnown: true);
        AssertMissing(new(HandleKind.Certificate, refused, 1), "has no certificate, its registration is Refused", isKnown: true);
        AssertMissing(new(HandleKind.Version, refused, 1), "was refused, so that it has no version", isKnown: true);

        void AssertMissing(HandleName name, string message, bool isKnown)
        {
            var missing = Assert.Throws<HandleNotFoundException>(() => market.Resolve(name));
            Assert.Contains(message, missing.Message, StringComparison.Ordinal);
            Assert.Equal(isKnown, missing.IsKnown);
        }
    }

    [Fact]
    public async Task A_listed_product_says_where_and_a_delisted_one_is_a_tombstone()
    {
        var market = await StoredMarket.GetAsync();
        var listed = market.All<ProductListed>().First();
        var record = market.Resolve(new(HandleKind.Product, listed.Product.Value, 0), listed.At);
        Assert.Equal("Listed", record.State.State);
        Assert.Equal("Listed", record.State.Details![listed.Venue.Value]!.GetValue<string>());
        Assert.Equal(listed.At, record.State.Since);
        Assert.Equal("在架", record.State.Zh);

        // A delisting for another reason than the certificate: on a market of its own.
        var name = new HandleName(HandleKind.Product, listed.Product.Value, 0);
        var facts = market.FactsOf(name).Where(fact => fact.Data.At <= listed.At).ToList();
        foreach (var venue in record.State.Details!.Select(place => place.Key).ToArray())
        {
            facts.Add(new HandleFact(
                StreamId.Listing(listed.Product), facts.Count(fact => fact.Stream == StreamId.Listing(listed.Product)) + 1, facts[^1].Sequence + 1_000_000,
                new ProductDelisted(listed.Product, new VenueId(venue), DelistingReason.ProviderRequest) { At = listed.At.AddSeconds(5), By = listed.By }));
        }

        var delisted = HandleResolver.Resolve(name, facts, new HandleContext(listed.At.AddDays(1), []));
        Assert.Equal(("Delisted", true), (delisted.State.State, delisted.State.IsEnded));
        Assert.Equal($"{StreamId.Listing(listed.Product)}@{facts[^1].Version}", delisted.Proofs.Last().Fact);
    }

    [Fact]
    public async Task A_record_is_written_as_the_Handle_Systems_proxies_do()
    {
        var market = await StoredMarket.GetAsync();
        var invoice = market.All<DataInvoiceIssued>().First();
        var json = JsonNode.Parse(HandleWriter.Write(market.Resolve(HandleName.Parse(invoice.Invoice.Value))))!;
        Assert.Equal(1, json["responseCode"]!.GetValue<int>());
        Assert.Equal(invoice.Invoice.Value, json["handle"]!.GetValue<string>());
        var values = json["values"]!.AsArray();
        Assert.All(values, value => Assert.Equal(["index", "type", "data", "ttl", "timestamp"], value!.AsObject().Select(field => field.Key)));
        Assert.Equal(["DX.METADATA", "DX.STATE", "DX.PROOF", "DX.LINK"], values.Select(value => value!["type"]!.GetValue<string>()).Distinct());
        Assert.Equal(invoice.Digest, values[0]!["data"]!["value"]!["digest"]!.GetValue<string>());
        Assert.Contains(values, value => value!["data"]!["value"]!["fact"]?.GetValue<string>() == $"settlement/{invoice.Deal}@{market.Facts($"settlement/{invoice.Deal}").First(fact => fact.Data is DataInvoiceIssued).Version}");
    }

    [Fact]
    public async Task The_log_of_a_fact_is_the_one_that_the_routing_of_all_facts_says()
    {
        var market = await StoredMarket.GetAsync();
        var logs = new VenueId[] { new("zjbdec"), new("hzdex") };
        var routing = new DataExchange.Exchange.Logs.LogRouting();
        foreach (var venue in logs)
        {
            routing.Open(venue);
        }

        var expected = market.Market.Events.ToDictionary(recorded => $"{recorded.Stream}@{recorded.Version}", recorded => routing.Venues[routing.LogOf(recorded.Stream, recorded.Data)!.Value]);
        foreach (var name in market.Names())
        {
            var record = HandleResolver.Resolve(name, market.FactsOf(name), new HandleContext(market.Market.End, logs));
            Assert.All(record.Proofs, proof => Assert.Equal(expected[proof.Fact], proof.Log));
        }
    }

    [Fact]
    public async Task A_party_is_counted_by_whoever_knows_the_counts()
    {
        var market = await StoredMarket.GetAsync();
        var name = market.Names().First(name => name.Kind == HandleKind.Party);
        Assert.Empty(market.Resolve(name).Links);
        var counted = HandleResolver.Resolve(name, market.FactsOf(name), new HandleContext(market.Market.End, [], new PartyCounts(3, 2, 1)));
        Assert.Equal([("products", 3), ("dealsAsBuyer", 2), ("dealsAsSeller", 1)], counted.Links.Select(link => (link.Relation, link.Count!.Value)));
    }
}
