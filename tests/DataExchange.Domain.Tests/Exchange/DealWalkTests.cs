using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;
using static DataExchange.Domain.Tests.Exchange.MarketWalk;
using static DataExchange.Domain.Tests.Sample;

namespace DataExchange.Domain.Tests.Exchange;

public sealed class DealWalkTests
{
    private readonly RecordedMarket _market = new();

    [Fact]
    public void A_purchase_from_the_shelf_is_paid_delivered_settled_invoiced_and_anchored()
    {
        _market.OpenMarket(OpenEnded);
        _market.Buy(LicenceKind.OpenEnded);
        Assert.Equal(100_000, _market.Balance(LedgerAccount.Escrow));
        _market.Deliver();
        _market.Do(new AcceptDelivery(Deal) { At = Day(36), By = Buyer });

        Assert.Equal(
            ["OrderMatched", "ContractAgreed", "TransactionRegistered", "TransferCompleted", "DeliveryAccepted", "DealCompleted"],
            _market.Happened("deal/D0000001"));
        Assert.Equal(["EscrowFunded", "DealSettled", "DataInvoiceIssued"], _market.Happened("settlement/D0000001"));
        Assert.Equal(["InvoiceAnchored"], _market.Happened("chain/invoices"));
        Assert.Equal(9_900_000, _market.Available(Buyer));
        // 100,000: tax 5,660, fee 2,500, then a tenth of 91,840 to the contributor
        Assert.Equal((5_660L, 2_500L, 9_184L, 82_656L, 0L), (
            _market.Balance(LedgerAccount.Vat), _market.Balance(LedgerAccount.Fees(Venue)), _market.Balance(LedgerAccount.Payable(Contributor)),
            _market.Balance(LedgerAccount.Payable(Provider)), _market.Balance(LedgerAccount.Escrow)));
    }

    [Fact]
    public void A_delivery_that_nobody_answers_is_accepted_in_time()
    {
        _market.OpenMarket(OpenEnded);
        _market.Buy(LicenceKind.OpenEnded);
        _market.Deliver();
        Assert.Equal(Rejection.AcceptancePeriodRunning, _market.Submit(new TimeOutAcceptance(Deal) { At = Day(44), By = Operator }).Rejection);
        _market.Do(new TimeOutAcceptance(Deal) { At = Day(45), By = Operator });
        Assert.Equal("DealCompleted", _market.Happened("deal/D0000001").Last());
    }

    [Fact]
    public void A_call_pack_is_settled_over_three_periods_and_then_invoiced()
    {
        _market.OpenMarket(CallPack);
        _market.Buy(LicenceKind.CallPack, 2);
        _market.Deliver();
        _market.Do(new AcceptDelivery(Deal) { At = Day(36), By = Buyer });
        Assert.Equal(60_000, _market.Balance(LedgerAccount.Escrow));

        _market.Do(Use(700, 60));
        Assert.Equal(60_000 - 21_000, _market.Balance(LedgerAccount.Escrow));
        _market.Do(Use(300, 90));
        Assert.Equal(Rejection.UsageOutsideLicence, _market.Submit(Use(1_001, 119)).Rejection);
        Assert.Equal(Rejection.UsageOutsideLicence, _market.Submit(Use(1, 119) with { Purpose = "resale" }).Rejection);
        Assert.DoesNotContain("DealCompleted", _market.Happened("deal/D0000001"));
        _market.Do(Use(1_000, 120));

        Assert.Equal(0, _market.Balance(LedgerAccount.Escrow));
        Assert.Equal(["EscrowFunded", "PeriodSettled", "PeriodSettled", "PeriodSettled", "DataInvoiceIssued"],
            _market.Happened("settlement/D0000001"));
        Assert.Equal("DealCompleted", _market.Happened("deal/D0000001").Last());
        Assert.Equal(Rejection.DealCompleted, _market.Submit(Use(1, 121)).Rejection);

        static ReportUsage Use(int calls, int day) => new(Deal, calls, "credit scoring") { At = Day(day), By = Provider };
    }

    [Fact]
    public void A_contract_is_negotiated_with_a_counter_offer_and_registered_at_the_amount_agreed()
    {
        _market.OpenMarket(ByContract);
        _market.Negotiate(TradeChannel.RegisteredContract);
        _market.Deliver();
        _market.Do(new AcceptDelivery(Deal) { At = Day(36), By = Buyer });
        Assert.Equal(
            [
                "ContractRequested", "ContractOffered", "ContractRequested", "ContractOffered", "ContractAccepted", "OrderMatched",
                "ContractAgreed", "ContractVerified", "ContractFinalized", "TransactionRegistered", "TransferCompleted",
                "DeliveryAccepted", "DealCompleted",
            ], _market.Happened("deal/D0000001"));
        Assert.Equal(2_000_000, Assert.Single(_market.Facts.OfType<TransactionRegistered>()).AmountFen);
        Assert.Equal(8_000_000, _market.Available(Buyer));
    }

    [Fact]
    public void A_filed_contract_moves_no_funds_and_is_still_invoiced_and_anchored()
    {
        _market.OpenMarket(ByContract);
        _market.Negotiate(TradeChannel.FiledContract);
        _market.Deliver();
        Assert.Equal(Rejection.FiledOffVenue, _market.Submit(new RaiseDispute(Deal, "late") { At = Day(36), By = Buyer }).Rejection);
        _market.Do(new AcceptDelivery(Deal) { At = Day(36), By = Buyer });
        Assert.Equal(["FiledContractRecorded", "DataInvoiceIssued"], _market.Happened("settlement/D0000001"));
        Assert.Equal((10_000_000L, 0L, 2_000_000L), (_market.Available(Buyer), _market.Balance(LedgerAccount.Escrow),
            _market.Balance(LedgerAccount.FiledProceeds(Provider))));
        Assert.Equal("DealCompleted", _market.Happened("deal/D0000001").Last());
    }

    [Fact]
    public void A_dispute_upheld_in_full_gives_the_price_and_the_copy_back()
    {
        _market.OpenMarket(TwoCopies);
        _market.Buy(LicenceKind.Capped, 2);
        _market.Deliver();
        Assert.Equal(Rejection.CapReached, _market.Submit(Order(1, 36) with { Deal = OtherDeal }).Rejection);
        _market.Do(new RaiseDispute(Deal, "incomplete") { At = Day(37), By = Buyer });
        _market.Do(new DecideDispute(Deal, 200_000) { At = Day(38), By = Operator });
        Assert.Equal((10_000_000L, 0L), (_market.Available(Buyer), _market.Balance(LedgerAccount.Escrow)));
        Assert.Equal(["EscrowFunded", "DealRefunded"], _market.Happened("settlement/D0000001"));
        Assert.Equal(Rejection.DisputeWasUpheld, _market.Submit(new AcceptDelivery(Deal) { At = Day(39), By = Buyer }).Rejection);
        _market.Do(Order(2, 40) with { Deal = OtherDeal });
    }

    [Fact]
    public void A_dispute_upheld_in_part_refunds_that_part_and_settles_the_rest()
    {
        _market.OpenMarket(OpenEnded);
        _market.Buy(LicenceKind.OpenEnded);
        _market.Deliver();
        _market.Do(new RaiseDispute(Deal, "incomplete") { At = Day(37), By = Buyer });
        _market.Do(new DecideDispute(Deal, 30_000) { At = Day(38), By = Operator });
        Assert.Equal((9_930_000L, 0L), (_market.Available(Buyer), _market.Balance(LedgerAccount.Escrow)));
        Assert.Equal(70_000, Assert.Single(_market.Facts.OfType<DealSettled>()).Postings.Sum(posting => posting.AmountFen));
        Assert.Equal("DealCompleted", _market.Happened("deal/D0000001").Last());
    }

    [Fact]
    public void A_dispute_dismissed_settles_all()
    {
        _market.OpenMarket(OpenEnded);
        _market.Buy(LicenceKind.OpenEnded);
        _market.Deliver();
        _market.Do(new RaiseDispute(Deal, "incomplete") { At = Day(37), By = Buyer });
        _market.Do(new DecideDispute(Deal, 0) { At = Day(38), By = Operator });
        Assert.Equal(9_900_000, _market.Available(Buyer));
        Assert.Equal("DealCompleted", _market.Happened("deal/D0000001").Last());
    }

    [Fact]
    public void A_late_delivery_is_recorded_and_cancelled_and_the_money_goes_back()
    {
        _market.OpenMarket(OpenEnded);
        _market.Buy(LicenceKind.OpenEnded);
        Assert.Equal(Rejection.DeliveryNotLate, _market.Submit(new CancelDeal(Deal) { At = Day(39), By = Buyer }).Rejection);
        Assert.Equal(Rejection.DeliveryLate, _market.Submit(new ReportLateDelivery(Deal) { At = Day(41), By = Buyer }).Rejection);
        _market.Do(new CancelDeal(Deal) { At = Day(42), By = Buyer });
        Assert.Equal((10_000_000L, 0L), (_market.Available(Buyer), _market.Balance(LedgerAccount.Escrow)));
        Assert.Equal(["LicenceGranted", "LicenceRevoked"], _market.Happened("offer/P000001").Skip(1));
        Assert.Equal(Rejection.DealTerminated, _market.Submit(new CompleteTransfer(Deal, Day(60)) { At = Day(43), By = Provider }).Rejection);
    }

    [Fact]
    public void A_late_claim_takes_shares_back_from_all_and_what_was_paid_out_is_owed_and_kept_back_later()
    {
        _market.OpenMarket(OpenEnded);
        _market.Do(Order());
        _market.Do(Agreement(LicenceKind.OpenEnded));
        _market.Do(new RegisterTransaction(Deal, 250, 600, FeeSchedule.Flat, 90) { At = Day(32), By = Operator });
        _market.Deliver();
        _market.Do(new AcceptDelivery(Deal) { At = Day(36), By = Buyer });
        // Tax 5,660, fee 2,500, contributor 9,184, provider 82,656.
        _market.Do(new PayOutProceeds(Provider, 0) { At = Day(50), By = Operator });
        Assert.Equal((0L, 9_917_344L), (_market.Balance(LedgerAccount.Payable(Provider)), -_market.Balance(LedgerAccount.Bank)));
        Assert.Equal(Rejection.NothingPayable, _market.Submit(new PayOutProceeds(Provider, 0) { At = Day(51), By = Operator }).Rejection);

        _market.Do(new RaiseClaim(Deal, "hidden defect") { At = Day(60), By = Buyer });
        Assert.Equal(Rejection.ClaimPending, _market.Submit(new RaiseClaim(Deal, "again") { At = Day(61), By = Buyer }).Rejection);
        _market.Do(new DecideClaim(Deal, 50_000) { At = Day(70), By = Operator });
        Assert.Equal((9_950_000L, 0L), (_market.Available(Buyer), _market.Balance(LedgerAccount.Escrow)));
        Assert.Equal((2_830L, 1_250L, 4_592L, 0L, -41_328L), (
            _market.Balance(LedgerAccount.Vat), _market.Balance(LedgerAccount.Fees(Venue)), _market.Balance(LedgerAccount.Payable(Contributor)),
            _market.Balance(LedgerAccount.Payable(Provider)), _market.Balance(LedgerAccount.Receivable(Provider))));
        Assert.Equal(["ProceedsPaidOut", "ProceedsChargedBack"], _market.Happened("payable/provider"));
        Assert.Equal(Rejection.NoLateClaim, _market.Submit(new RaiseClaim(Deal, "again") { At = Day(71), By = Buyer }).Rejection);
        Assert.DoesNotContain("LicenceRevoked", _market.Happened("offer/P000001"));

        _market.Do(Order(1, 80) with { Deal = OtherDeal });
        _market.Do(Agreement(LicenceKind.OpenEnded) with { Deal = OtherDeal, At = Day(81), DeliveryDue = Day(90) });
        _market.Do(new RegisterTransaction(OtherDeal, 250, 600, FeeSchedule.Flat, 90) { At = Day(82), By = Operator });
        _market.Do(new CompleteTransfer(OtherDeal, Day(95)) { At = Day(85), By = Provider });
        _market.Do(new AcceptDelivery(OtherDeal) { At = Day(86), By = Buyer });
        _market.Do(new PayOutProceeds(Provider, 0) { At = Day(100), By = Operator });
        Assert.Equal(["ProceedsPaidOut", "ProceedsChargedBack", "ProceedsOffset", "ProceedsPaidOut"], _market.Happened("payable/provider"));
        Assert.Equal((0L, 0L), (_market.Balance(LedgerAccount.Receivable(Provider)), _market.Balance(LedgerAccount.Advances)));
        Assert.Equal(82_656 - 41_328, _market.Facts.OfType<ProceedsPaidOut>().Last().AmountFen);

        _market.Do(new RaiseClaim(OtherDeal, "hidden defect") { At = Day(101), By = Buyer });
        _market.Do(new DecideClaim(OtherDeal, 100_000) { At = Day(110), By = Operator });
        Assert.Equal("LicenceRevoked", _market.Happened("offer/P000001").Last());
        Assert.Equal((2_830L, 1_250L, 4_592L), (
            _market.Balance(LedgerAccount.Vat), _market.Balance(LedgerAccount.Fees(Venue)), _market.Balance(LedgerAccount.Payable(Contributor))));
    }

    [Fact]
    public void A_call_pack_settled_in_periods_pays_the_fee_of_the_whole_in_tiers()
    {
        _market.OpenMarket(CallPack);
        _market.Do(Order(2));
        _market.Do(Agreement(LicenceKind.CallPack, 2));
        // 2.5 % of the first 10,000 fen, 1 % of the next 30,000, nothing above, and at least 100 fen.
        _market.Do(new RegisterTransaction(Deal, 250, 600, new([new(10_000, 100), new(40_000, 0)], 100, null), null) { At = Day(32), By = Operator });
        _market.Deliver();
        _market.Do(new AcceptDelivery(Deal) { At = Day(36), By = Buyer });
        var taken = new List<long>();
        foreach (var (calls, day) in new[] { (100, 60), (700, 90), (1, 120), (599, 150), (600, 180) })
        {
            _market.Do(new ReportUsage(Deal, calls, "credit scoring") { At = Day(day), By = Provider });
            taken.Add(_market.Balance(LedgerAccount.Fees(Venue)));
        }

        // 3,000 fen: at least 100. 24,000: 250 + 140. 24,030: 390 (390.3). 42,000: 250 + 300. 60,000: the same.
        Assert.Equal([100, 390, 390, 550, 550], taken);
        Assert.Equal("DealCompleted", _market.Happened("deal/D0000001").Last());
    }

    [Fact]
    public void An_order_that_the_buyer_cannot_pay_takes_no_licence()
    {
        _market.OpenMarket(TwoCopies with { UnitPriceFen = 6_000_000 });
        Assert.Equal(Rejection.InsufficientFunds, _market.Submit(Order(2)).Rejection);
        _market.Do(Order(1, 31) with { Deal = OtherDeal });
        Assert.Single(_market.Facts.OfType<LicenceGranted>());
        Assert.Single(_market.Facts.OfType<HoldRefused>());
    }

    [Fact]
    public void An_order_under_the_name_of_another_deal_changes_nothing()
    {
        _market.OpenMarket(OpenEnded);
        _market.Buy(LicenceKind.OpenEnded);
        var before = _market.Recorded.Count;
        var other = Order(1, 33) with { Buyer = Contributor };
        _market.Do(new AdmitBuyer(Contributor, SecurityClass.General) { At = Day(33), By = Operator });
        _market.Do(new DepositFunds(Contributor, 1_000_000) { At = Day(33), By = Contributor });
        Assert.Equal(Rejection.LicenceAlreadyGranted, _market.Submit(other).Rejection);
        var second = new ProductId("P000002");
        Assert.Equal(Rejection.NotOffered, _market.Submit(other with { Product = second }).Rejection);
        Assert.Equal(before + 3, _market.Recorded.Count);
    }

    [Fact]
    public void A_contract_cannot_be_registered_at_another_amount_than_was_held_nor_without_a_licence()
    {
        _market.OpenMarket(ByContract);
        _market.Do(new RequestContract(Deal, Product, Venue, Buyer, Provider, TradeChannel.RegisteredContract, 2_000_000) { At = Day(26), By = Buyer });
        _market.Do(new OfferContract(Deal, 2_000_000) { At = Day(27), By = Provider });
        var contract = Order() with { Channel = TradeChannel.RegisteredContract, ContractAmountFen = 2_000_000 };
        Assert.Equal(Rejection.ContractNotAgreed, _market.Submit(contract with { At = Day(28) }).Rejection);
        _market.Do(new AcceptContract(Deal) { At = Day(29), By = Buyer });
        Assert.Equal(Rejection.NoLicenceGranted, _market.Submit(Agreement(LicenceKind.OpenEnded) with { At = Day(29) }).Rejection);
        Assert.Equal(Rejection.OrderInvalid, _market.Submit(contract with { ContractAmountFen = 1 }).Rejection);
        Assert.Equal(Rejection.OrderInvalid, _market.Submit(contract with { Channel = TradeChannel.FiledContract }).Rejection);
        Assert.Equal(Rejection.DealNotFound, _market.Submit(contract with { Deal = OtherDeal }).Rejection);
        Assert.Empty(_market.Facts.OfType<FundsHeld>());
        _market.Do(contract);
        Assert.Equal(Rejection.ContractAlreadyAgreed, _market.Submit(new TerminateNegotiation(Deal, null) { At = Day(30), By = Buyer }).Rejection);
    }

    [Fact]
    public void A_fee_of_everything_is_settled_too()
    {
        _market.OpenMarket(OpenEnded);
        _market.Do(Order());
        _market.Do(Agreement(LicenceKind.OpenEnded));
        _market.Do(new RegisterTransaction(Deal, 10_000, 600) { At = Day(32), By = Operator });
        _market.Deliver();
        _market.Do(new AcceptDelivery(Deal) { At = Day(36), By = Buyer });
        Assert.Equal((94_340L, 0L), (_market.Balance(LedgerAccount.Fees(Venue)), _market.Balance(LedgerAccount.Payable(Provider))));
    }
}
