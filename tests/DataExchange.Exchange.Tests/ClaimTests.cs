using DataExchange.Domain;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;
using DataExchange.Exchange.Accounts;
using DataExchange.Exchange.Verification;

namespace DataExchange.Exchange.Tests;

/// <summary>Fees in tiers, payouts, late claims and chargebacks, through the whole exchange, its audit and its books.</summary>
public sealed class ClaimTests : IAsyncLifetime
{
    private SmallMarket _market = null!;

    public async ValueTask InitializeAsync() => _market = await SmallMarket.WithClaimsAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public void Nothing_is_wrong_with_it_at_the_end_of_any_command_in_any_order_of_streams()
    {
        foreach (var end in _market.CommandEnds)
        {
            var store = new Tampering(_market.Events.Take(end));
            Assert.Empty(store.Audit().Problems);
            Assert.Empty(store.Audit(backwards: true).Problems);
        }
    }

    [Fact]
    public async Task Once_nobody_can_claim_any_more_a_deal_answers_to_everything_as_one_that_is_kept_whole()
    {
        var kept = new StreamTable();
        foreach (var fact in _market.Events)
        {
            kept.Restore(fact);
        }

        kept.CompleteRestore();
        var (inTime, late) = _market.WithinAndBeyondClaims();
        // C5 and C6 are completed and nobody has claimed; what happens to others in their last minute changes nothing.
        Assert.Equal(DealStage.Completed, ((DealState)kept.StateOf("deal/C5")).Stage);
        Assert.Null(await _market.AnswerAsync(new RaiseClaim(new("C6"), "隐性缺陷") { At = inTime, By = new("B1") }));
        var answers = new List<Rejection?>();
        foreach (var command in EverythingTo("C5", late))
        {
            var answer = await _market.AnswerAsync(command);
            Assert.NotNull(answer);
            Assert.Equal(kept.Handle(command).Rejection, answer);
            answers.Add(answer);
        }

        Assert.Contains(Rejection.ClaimPeriodOver, answers);
        // The claim that was raised in time is decided, whenever.
        Assert.Null(await _market.AnswerAsync(new DecideClaim(new("C6"), 0) { At = late.AddDays(1), By = new("venue-zjbdec") }));
    }

    private static IEnumerable<Command> EverythingTo(string deal, SimulatedTime at)
    {
        var (id, by) = (new DealId(deal), new PartyId("B2"));
        return
        [
            new RaiseClaim(id, "隐性缺陷") { At = at, By = by }, new DecideClaim(id, 1) { At = at, By = by }, new AcceptDelivery(id) { At = at, By = by }, new TimeOutAcceptance(id) { At = at, By = by },
            new RaiseDispute(id, "缺少字段") { At = at, By = by }, new CancelDeal(id) { At = at, By = by }, new CompleteDeal(id) { At = at, By = by }, new ReportUsage(id, 1, "风控") { At = at, By = by },
            new CompleteTransfer(id, at.AddDays(5)) { At = at, By = by }, new RegisterTransaction(id, 250, 600, SmallMarket.Tiers, 90) { At = at, By = by },
            new SettleDeal(id) { At = at, By = by }, new SettlePeriod(id, 1, true) { At = at, By = by }, new RefundDeal(id, new("B2"), 1) { At = at, By = by }, new IssueDataInvoice(id) { At = at, By = by },
        ];
    }

    [Fact]
    public void The_books_take_every_event_and_balance_at_each()
    {
        var audit = new LedgerAudit();
        for (var i = 0; i < _market.Events.Count; i++)
        {
            audit.Take(i + 1, _market.Events[i].Stream, _market.Events[i].Version, _market.Events[i].Data);
            Assert.All(audit.Ledger.Book.TrialBalances(), sum => Assert.True(sum.IsBalanced, $"after event {i + 1}: {sum}"));
            Assert.Equal(NetOf(LedgerAccount.Receivable(SmallMarket.Seller)) + NetOf(LedgerAccount.Receivable(SmallMarket.Upstream)), -NetOf(LedgerAccount.Advances));
        }

        Assert.Empty(audit.Complete());
        Assert.Empty(new[] { LedgerCode.Payout, LedgerCode.Chargeback, LedgerCode.Offset, LedgerCode.Advance }
            .Except(new Journal(audit.Ledger).Entries().Select(entry => entry.Code)
                .Concat(Enumerable.Range(0, audit.Ledger.Book.TransferCount).Select(i => (LedgerCode)audit.Ledger.Book.TransferAt(i).Content.Code))));

        long NetOf(string account) => audit.Ledger.Chart.TryFind(account, out var number) ? audit.Ledger.Book.Balance(number).NetDebit : 0;
    }

    [Fact]
    public void A_claim_upheld_in_full_gives_back_all_that_was_shared_out_and_ends_the_licence()
    {
        var settled = _market.Of<DealSettled>().Single(e => e.Deal.Value == "C1");
        var back = _market.Of<DealChargedBack>().Single(e => e.Deal.Value == "C1");
        Assert.Equal(settled.Postings.Take(2).Select(posting => (posting.Credit, posting.AmountFen)), back.Postings.Select(posting => (posting.Debit, posting.AmountFen)));
        Assert.Equal(
            settled.Postings.Skip(2).Select(posting => (posting.Credit, posting.AmountFen)),
            back.Shares.Select(share => (LedgerAccount.Payable(share.Party), share.AmountFen)));
        Assert.Equal(["C1"], _market.Of<LicenceRevoked>().Select(e => e.Deal.Value));
    }

    [Fact]
    public void What_was_paid_out_is_owed_and_kept_back_from_what_comes_later()
    {
        var charged = _market.Of<ProceedsChargedBack>().Where(e => e.Party == SmallMarket.Seller).ToArray();
        Assert.Equal([true, false, false], charged.Select(e => e.TakenFen > 0));
        Assert.Equal([true, true, true], charged.Select(e => e.OwedFen > 0));
        var owed = charged.Take(2).Sum(e => e.OwedFen);
        Assert.Equal(owed, _market.Of<ProceedsOffset>().Single().AmountFen);
        Assert.All(_market.Of<ProceedsChargedBack>().Where(e => e.Party == SmallMarket.Upstream), e => Assert.Equal(0, e.OwedFen));
    }

    [Fact]
    public void A_fee_of_other_tiers_than_registered() => Contains(
        Store().Change<EscrowFunded>(e => e.Deal.Value == "C1", e => e with { Terms = e.Terms with { Fee = SmallMarket.Tiers with { LeastFen = 101 } } }),
        "settlement/C1", 1, AuditRule.EscrowDiffers);

    [Fact]
    public void A_fee_of_a_period_that_forgets_the_periods_before_it() => Contains(
        Store().Change<PeriodSettled>(e => e.IsLast, e => e with
        {
            Postings = [.. e.Postings.Select(posting => LedgerAccount.IsFees(posting.Credit) ? posting with { AmountFen = posting.AmountFen + 1 }
                : posting.Credit == LedgerAccount.Payable(SmallMarket.Seller) ? posting with { AmountFen = posting.AmountFen - 1 } : posting)],
        }),
        "settlement/C4", 4, AuditRule.DistributionDiffers);

    [Fact]
    public void Another_amount_charged_back_than_decided() => Contains(
        Store().Change<ClaimUpheld>(e => e.Deal.Value == "C2", e => e with { AmountFen = 33_332 }), "settlement/C2", null, AuditRule.ChargebackDiffers);

    [Fact]
    public void A_share_taken_back_from_another_party() => Contains(
        Store().Change<DealChargedBack>(e => e.Deal.Value == "C2", e => e with { Shares = [e.Shares[0] with { Party = SmallMarket.Seller }, e.Shares[1]] }),
        "settlement/C2", 4, AuditRule.ChargebackDiffers);

    [Fact]
    public void A_share_that_no_party_gave_back() => Contains(
        Store().Remove<ProceedsChargedBack>(e => e.Deal.Value == "C2" && e.Party == SmallMarket.Upstream), "settlement/C2", null, AuditRule.ChargebackDiffers);

    [Fact]
    public void A_chargeback_that_the_buyer_never_got() => Contains(
        Store().Remove<RefundCredited>(e => e.Deal.Value == "C2"), "settlement/C2", null, AuditRule.RefundDiffers);

    [Fact]
    public void A_payout_of_more_than_is_payable()
    {
        var first = Store().Change<ProceedsPaidOut>(IsFirst, e => e with { AmountFen = e.AmountFen + 1 });
        Contains(first, "payable/S1", 1, AuditRule.PayableOverdrawn);
    }

    [Theory]
    [InlineData(1), InlineData(-1)]
    public void Proceeds_that_no_settlement_credited(int fen) => Contains(
        Store().Change<ProceedsPaidOut>(IsFirst, e => e with { ProceedsFen = e.ProceedsFen + fen, AmountFen = e.AmountFen + fen }), "payable/S1", 1, AuditRule.ProceedsDiffer);

    /// <summary>Then the party owes what it could have given back.</summary>
    [Fact]
    public void A_payout_removed() => Contains(
        Store().Remove<ProceedsPaidOut>(IsFirst), "payable/S1", 1, AuditRule.ImpossibleHistory);

    private bool IsFirst(ProceedsPaidOut e) => e.Party == SmallMarket.Seller && e.At == _market.Of<ProceedsPaidOut>().First().At;

    private Tampering Store() => new(_market.Events);

    private static void Contains(Tampering store, string stream, int? version, AuditRule rule)
    {
        var problems = store.Audit().Problems;
        Assert.True(
            problems.Any(problem => problem.Stream == stream && (version is null || problem.Version == version) && problem.Rule == rule),
            $"expected {rule} in {stream} at {version}; found:\n{string.Join('\n', problems)}");
    }
}
