using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Domain.Pricing;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;
using DataExchange.Exchange.Verification;

namespace DataExchange.Exchange.Tests;

/// <summary>For each rule somebody alters the facts, and the audit names that rule, in that stream, at that event.</summary>
public sealed class MarketAuditTamperingTests : IAsyncLifetime
{
    private SmallMarket _market = null!;

    public async ValueTask InitializeAsync() => _market = await SmallMarket.RunAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public void A_version_left_out() => Only(
        Store().Remove<ViewsRecorded>(_ => true, leavesGap: true), "listing/P1", 8, AuditRule.VersionGap);

    [Fact]
    public void Time_that_goes_back() => Only(
        Store().Change<ViewsRecorded>(_ => true, e => e with { At = e.At.AddDays(-40) }), "listing/P1", 7, AuditRule.TimeGoesBack);

    [Fact]
    public void A_stream_of_no_kind() => Only(
        Store().Insert("gift/G1", new FundsDeposited(new("B1"), 1) { At = default, By = new("B1") }), "gift/G1", null, AuditRule.UnknownStreamKind);

    [Fact]
    public void An_event_in_another_partys_stream() => Only(
        Store().Change<FundsDeposited>(e => e.Party.Value == "B4", e => e with { Party = new("B5") }), "account/B4", 1, AuditRule.ForeignEvent);

    [Fact]
    public void An_event_in_a_stream_of_another_kind() => Only(
        Store().Insert("buyer/B4", new FundsDeposited(new("B4"), 1) { At = Late, By = new("B4") }), "buyer/B4", 2, AuditRule.ForeignEvent);

    [Fact]
    public void Two_events_swapped() => Contains(
        Store().SwapWithNext<ApplicationAccepted>(e => e.Product.Value == "P6"), "product/P6", 3, AuditRule.ImpossibleHistory);

    [Fact]
    public void An_event_doubled() => Only(
        Store().Insert("buyer/B4", new BuyerAdmitted(new("B4"), SecurityClass.General) { At = Late, By = new("hzdex") }),
        "buyer/B4", 2, AuditRule.ImpossibleHistory);

    [Fact]
    public void Figures_that_no_decider_writes() => Contains(
        Store().Change<EscrowFunded>(Of("D1"), e => e with { Terms = e.Terms with { Contributors = [new(SmallMarket.Upstream, 20_000)] } }),
        "settlement/D1", 2, AuditRule.ImpossibleHistory);

    [Fact]
    public void A_sale_before_certification()
    {
        var store = Store();
        store.Change<RightsCertified>(e => e.Product.Value == "P4", e => e with { At = Late, ValidUntil = Late.AddDays(9) })
            .Remove<CertificateExpired>(_ => true);
        Contains(store, "offer/P4", 2, AuditRule.SoldWithoutCertificate);
        Contains(store, "deal/D10", 3, AuditRule.SoldWithoutCertificate);
        Contains(store, "listing/P4", 3, AuditRule.ListedWithoutCertificate);
        Assert.Equal(3, store.Audit().ProblemCount);
    }

    [Fact]
    public void A_sale_before_pricing()
    {
        var store = Store().Remove<PriceSet>(e => e.Product.Value == "P4");
        Contains(store, "offer/P4", 2, AuditRule.SoldWithoutPrice);
        Contains(store, "deal/D10", 3, AuditRule.SoldWithoutPrice);
        Contains(store, "listing/P4", 3, AuditRule.ListedWithoutPrice);
        Assert.Equal(3, store.Audit().ProblemCount);
    }

    [Fact]
    public void A_sale_before_listing()
    {
        var store = Store().Change<ProductListed>(e => e.Product.Value == "P4", e => e with { At = e.At.AddDays(250) });
        Contains(store, "offer/P4", 2, AuditRule.SoldWithoutListing);
        Contains(store, "deal/D10", 3, AuditRule.SoldWithoutListing);
        Assert.Equal(2, store.Audit().ProblemCount);
    }

    [Fact]
    public void A_sale_at_a_venue_where_it_is_not_offered() => Contains(
        Store().Change<LicenceGranted>(Of("D10"), e => e with { Venue = SmallMarket.Zjbdec }), "offer/P4", 2, AuditRule.SoldWithoutListing);

    [Fact]
    public void A_version_sold_that_was_not_in_force() => Contains(
        Store().Change<LicenceGranted>(Of("D15"), e => e with { ProductVersion = null }), "offer/P1", GrantOf("D15"), AuditRule.SoldOffTerms);

    [Fact]
    public void A_change_of_content_moved_behind_a_sale()
    {
        var store = Store().Change<ProductRevised>(_ => true, e => e with { At = Late });
        Contains(store, "offer/P1", GrantOf("D15"), AuditRule.SoldVersionDiffers);
    }

    [Fact]
    public void A_contract_about_another_version() => Only(
        Store().Change<ContractAgreed>(Of("D15"), e => e with { ProductVersion = 7 }), "deal/D15", 2, AuditRule.SoldVersionDiffers);

    [Fact]
    public void A_sale_while_suspended_on_the_shelf() => Only(
        Store().Remove<ListingResumed>(_ => true).Remove<ViewsRecorded>(_ => true)
            .Change<LicenceGranted>(Of("D14"), e => e with { Venue = SmallMarket.Zjbdec })
            .Change<OrderMatched>(Of("D14"), e => e with { Venue = SmallMarket.Zjbdec }),
        "offer/P1", 9, AuditRule.SoldWhileSuspended);

    [Fact]
    public void A_sale_while_the_offer_is_suspended() => Contains(
        Store().Insert("offer/P4", new OfferSuspended(new("P4"), SmallMarket.Hzdex) { At = new(Get<OfferOpened>(e => e.Product.Value == "P4").At.UnixSeconds), By = Reactions.Exchange }, at: 1),
        "offer/P4", 3, AuditRule.SoldWhileSuspended);

    [Fact]
    public void A_sale_after_the_certificate_ended() => Only(
        Store().Remove<CertificateRenewed>(_ => true), "offer/P1", 11, AuditRule.SoldAfterCertificateEnd);

    [Fact]
    public void A_sale_after_the_offers_own_knowledge_of_the_end() => Only(
        Store().Remove<OfferExtended>(_ => true), "offer/P1", 10, AuditRule.SoldAfterCertificateEnd);

    [Fact]
    public void A_sale_after_the_certificate_was_revoked() => Contains(
        Store().Change<CertificateRevoked>(_ => true, e => e with { At = Get<RightsCertified>(c => c.Product.Value == "P5").At }),
        "offer/P5", 2, AuditRule.SoldAfterCertificateEnd);

    [Fact]
    public void An_exclusive_licence_sold_twice()
    {
        var first = Get<LicenceGranted>(Of("D8"));
        Contains(Store().Insert("offer/P3", first with { Deal = new("D99"), At = Late }), "offer/P3", null, AuditRule.ExclusiveSoldTwice);
    }

    [Fact]
    public void A_cap_exceeded() => Contains(
        Store().Change<LicenceGranted>(Of("D7"), e => e with { Quantity = 2 }), "offer/P2", null, AuditRule.CapExceeded);

    [Fact]
    public void A_licence_off_the_posted_price() => Contains(
        Store().Change<LicenceGranted>(Of("D10"), e => e with { AmountFen = e.AmountFen - 1 }), "offer/P4", 2, AuditRule.SoldOffTerms);

    [Fact]
    public void One_deal_with_licences_of_two_products() => Contains(
        Store().Change<LicenceGranted>(Of("D10"), e => e with { Deal = new("D1") }), "offer/P4", 2, AuditRule.GrantedTwice);

    [Fact]
    public void A_registration_without_a_licence() => Contains(
        Store().Remove<LicenceGranted>(Of("D10")), "deal/D10", 3, AuditRule.RegisteredWithoutLicence);

    [Fact]
    public void A_registration_of_another_amount_than_the_deals() => Contains(
        Store().Change<TransactionRegistered>(Of("D1"), e => e with { AmountFen = e.AmountFen + 1 }), "deal/D1", 3, AuditRule.RegistrationDiffers);

    [Fact]
    public void A_whole_deal_of_another_amount_than_its_licence() => Contains(
        Store().Change<OrderMatched>(Of("D1"), e => e with { AmountFen = 1 }).Change<TransactionRegistered>(Of("D1"), e => e with { AmountFen = 1 }),
        "deal/D1", 3, AuditRule.RegistrationDiffers);

    [Fact]
    public void An_amount_of_nothing() => Contains(
        Store().Change<FundsDeposited>(e => e.Party.Value == "B4", e => e with { AmountFen = 0 }), "account/B4", 1, AuditRule.AmountNotPositive);

    [Fact]
    public void An_account_overdrawn()
    {
        var store = Store().Remove<FundsDeposited>(e => e.Party.Value == "B3");
        Contains(store, "account/B3", 1, AuditRule.AccountOverdrawn);
        Contains(store, "liabilities:available:B3", null, AuditRule.AccountOverdrawn);
    }

    [Fact]
    public void A_hold_of_another_amount() => Contains(
        Store().Change<FundsHeld>(Of("D14"), e => e with { AmountFen = 5 }), "account/B2", null, AuditRule.HoldDiffers);

    [Fact]
    public void A_capture_of_another_amount_than_held() => Contains(
        Store().Change<HoldCaptured>(Of("D1"), e => e with { AmountFen = 5 }), "account/B1", 3, AuditRule.HoldDiffers);

    [Fact]
    public void A_registration_without_escrow() => Contains(
        Store().RemoveStream("settlement/D15"), "settlement/D15", null, AuditRule.EscrowDiffers);

    [Fact]
    public void An_escrow_without_a_registration() => Only(
        Store().Insert("settlement/D77", Get<EscrowFunded>(Of("D1")) with { Deal = new("D77") }), "settlement/D77", null, AuditRule.EscrowDiffers);

    [Fact]
    public void An_escrow_on_other_terms_than_registered() => Only(
        Store().Change<EscrowFunded>(Of("D15"), e => e with { Terms = e.Terms with { FeeBasisPoints = 1 } }), "settlement/D15", 1, AuditRule.EscrowDiffers);

    [Fact]
    public void A_filed_contract_not_recorded() => Only(
        Store().Change<FiledContractRecorded>(Of("D12"), e => e with { AmountFen = 279_999 }), "settlement/D12", null, AuditRule.FiledContractDiffers,
        besides: AuditRule.InvoiceDiffers);

    [Fact]
    public void A_settlement_to_another_party() => Only(
        Store().Change<DealSettled>(Of("D1"), e => e with
        {
            Postings = [.. e.Postings.Select(p => p with { Credit = p.Credit.Replace("payable:S1", "payable:X9", StringComparison.Ordinal) })],
        }),
        "settlement/D1", 2, AuditRule.DistributionDiffers);

    [Fact]
    public void A_settlement_of_more_than_is_in_escrow() => Contains(
        Store().Change<DealSettled>(Of("D1"), e => e with { Postings = [.. e.Postings, e.Postings[0]] }), "settlement/D1", 2, AuditRule.EscrowOverdrawn);

    [Fact]
    public void A_settlement_of_less_than_is_in_escrow() => Only(
        Store().Change<DealSettled>(Of("D1"), e => e with { Postings = [.. e.Postings.Skip(1)] }), "settlement/D1", 2, AuditRule.DistributionDiffers);

    [Fact]
    public void Usage_at_another_price() => Contains(
        Store().Change<UsageReported>(e => e.Calls == 400, e => e with { AmountFen = 1 }), "deal/D10", 7, AuditRule.UsageDiffers);

    [Fact]
    public void A_period_that_nobody_used() => Only(
        Store().Remove<UsageReported>(e => e.Calls == 600), "settlement/D10", null, AuditRule.UsageDiffers);

    [Fact]
    public void A_refund_not_credited() => Contains(
        Store().Remove<RefundCredited>(Of("D4")), "settlement/D4", null, AuditRule.RefundDiffers);

    [Fact]
    public void A_refund_credited_to_another_party() => Only(
        Store().Remove<RefundCredited>(Of("D4")).Insert("account/B3", Get<RefundCredited>(Of("D4")) with { Party = new("B3"), At = Late }),
        "account/B3", null, AuditRule.RefundDiffers);

    [Fact]
    public void A_data_invoice_whose_digest_does_not_recompute() => Contains(
        Store().Change<DataInvoiceIssued>(Of("D1"), e => e with { Digest = EvidenceDigest.Genesis }), "settlement/D1", 3, AuditRule.InvoiceDiffers);

    [Fact]
    public void A_data_invoice_moved_in_time() => Contains(
        Store().Change<DataInvoiceIssued>(Of("D1"), e => e with { At = e.At.AddSeconds(1) }), "settlement/D1", 3, AuditRule.InvoiceDiffers);

    [Fact]
    public void A_data_invoice_anchored_twice()
    {
        var head = Get<InvoiceAnchored>(Of("D12")).Head;
        var again = Get<InvoiceAnchored>(Of("D1"));
        Only(
            Store().Insert("chain/invoices", again with { At = Late, Head = EvidenceDigest.Link(head, again.Digest) }),
            "chain/invoices", 7, AuditRule.AnchoredTwice);
    }

    [Fact]
    public void An_anchor_without_a_data_invoice()
    {
        var head = Get<InvoiceAnchored>(Of("D12")).Head;
        var digest = EvidenceDigest.Genesis;
        Only(
            Store().Insert("chain/invoices", new InvoiceAnchored("invoices", new("D99"), Handle.OfInvoice(new("D99")), digest, EvidenceDigest.Link(head, digest))
            {
                At = Late,
                By = Reactions.Exchange,
            }),
            "chain/invoices", 7, AuditRule.AnchoredWithoutInvoice);
    }

    [Fact]
    public void A_data_invoice_not_anchored()
    {
        var store = Store().Remove<InvoiceAnchored>(Of("D12"));
        Contains(store, "settlement/D12", 2, AuditRule.InvoiceNotAnchored);
        Contains(store, "deal/D12", null, AuditRule.CompletedWithoutAnchor);
        Assert.Equal(2, store.Audit().ProblemCount);
    }

    [Fact]
    public void A_head_of_the_chain_altered()
    {
        var problems = Store().Change<InvoiceAnchored>(Of("D8"), e => e with { Head = EvidenceDigest.Genesis }).Audit().Problems;
        Assert.Equal([("chain/invoices", 3, AuditRule.ChainBroken), ("chain/invoices", 4, AuditRule.ChainBroken)],
            problems.Select(problem => (problem.Stream, problem.Version!.Value, problem.Rule)));
    }

    [Fact]
    public void A_link_of_the_chain_removed() => Contains(
        Store().Remove<InvoiceAnchored>(Of("D8")), "chain/invoices", 3, AuditRule.ChainBroken);

    [Fact]
    public void The_first_offending_stream_comes_first()
    {
        var problems = Store()
            .Change<InvoiceAnchored>(Of("D8"), e => e with { Head = EvidenceDigest.Genesis })
            .Change<FundsDeposited>(e => e.Party.Value == "B4", e => e with { AmountFen = 0 })
            .Audit().Problems;
        Assert.Equal("account/B4", problems[0].Stream);
        Assert.StartsWith("account/B4 version 1: AmountNotPositive: 0 fen from assets:bank", problems[0].ToString(), StringComparison.Ordinal);
    }

    private int GrantOf(string deal) => _market.Events.Single(recorded => recorded.Data is LicenceGranted e && e.Deal.Value == deal).Version;

    private SimulatedTime Late => _market.Events[^1].Data.At;

    private static Func<Event, bool> Of(string deal) => e => (string?)e.GetType().GetProperty("Deal")?.GetValue(e)?.ToString() == deal;

    private Tampering Store() => new(_market.Events);

    private T Get<T>(Func<T, bool> which)
        where T : Event => Store().Get(which);

    private static void Contains(Tampering store, string stream, int? version, AuditRule rule)
    {
        var problems = store.Audit().Problems;
        Assert.True(
            problems.Any(problem => problem.Stream == stream && (version is null || problem.Version == version) && problem.Rule == rule),
            $"expected {rule} in {stream} at {version}; found:\n{string.Join('\n', problems)}");
    }

    private static void Only(Tampering store, string stream, int? version, AuditRule rule, AuditRule? besides = null)
    {
        var problems = store.Audit().Problems.Where(problem => problem.Rule != besides).ToArray();
        Assert.True(
            problems.Length == 1 && problems[0].Stream == stream && problems[0].Version == version && problems[0].Rule == rule,
            $"expected only {rule} in {stream} at {version}; found:\n{string.Join('\n', (object[])problems)}");
    }
}
