using DataExchange.Domain;

namespace DataExchange.Exchange.Verification;

/// <summary>Compares each deal's licence and registration with hold, escrow, refund and data invoice.</summary>
internal sealed class MoneyComparison(MarketFacts facts, ProblemList problems)
{
    internal void Run()
    {
        for (var number = 1; number <= facts.Deals.Count; number++)
        {
            ref readonly var deal = ref facts.Deals.At(number);
            var name = new DealId(facts.Deals.NameOf(number));
            CompareHold(name, in deal);
            CompareEscrow(name, in deal);
            CompareRefund(name, in deal);
            CompareChargeback(name, in deal);
            CompareEvidence(name, in deal);
        }

        foreach (var (stream, detail) in facts.OrderHolds.Differences())
        {
            problems.Add(stream, null, AuditRule.OrderHoldDiffers, detail);
        }

        foreach (var (stream, version, detail) in facts.Payables.Differences())
        {
            problems.Add(stream, version, AuditRule.ProceedsDiffer, detail);
        }
    }

    private static long ThroughVenue(Side side) => side.Exists && side.Channel != TradeChannel.FiledContract ? side.AmountFen : 0;

    private void CompareHold(DealId name, ref readonly DealFacts deal)
    {
        // A hold without a licence is let go again; a licence without a hold is a filed contract's.
        var expected = ThroughVenue(deal.Licence);
        var isReleased = deal.HeldFen == deal.HoldReleasedFen;
        if (deal.HeldFen != expected && !(expected == 0 && isReleased))
        {
            problems.Add(AccountOr(deal.HoldParty, deal.Licence.Buyer, name), null, AuditRule.HoldDiffers,
                $"{deal.HeldFen} fen are held for {name}; its licence costs {expected} fen through the venue");
        }
        else if (deal.HeldFen != 0 && deal.Licence.Exists && deal.HoldParty != deal.Licence.Buyer)
        {
            problems.Add(AccountOr(deal.HoldParty, deal.Licence.Buyer, name), null, AuditRule.HoldDiffers,
                $"funds are held for {name}, whose buyer is {facts.Parties[deal.Licence.Buyer]}");
        }
    }

    private void CompareEscrow(DealId name, ref readonly DealFacts deal)
    {
        var stream = StreamId.Settlement(name);
        var registered = ThroughVenue(deal.Registration);
        var filed = deal.Registration.Exists ? deal.Registration.AmountFen - registered : 0;
        if (deal.FiledFen != filed)
        {
            problems.Add(stream, null, AuditRule.FiledContractDiffers, $"recorded are {deal.FiledFen} fen; filed are {filed} fen");
        }

        if (deal.Escrow.AmountFen != registered || deal.CapturedFen != registered)
        {
            problems.Add(stream, null, AuditRule.EscrowDiffers,
                $"the escrow was funded with {deal.Escrow.AmountFen} fen, {deal.CapturedFen} fen came from the buyer; "
                + $"registered are {registered} fen");
        }
        else if (deal.Escrow.Exists && (deal.Escrow.Buyer != deal.Registration.Buyer || deal.Escrow.Provider != deal.Registration.Provider
            || deal.Escrow.Venue != deal.Registration.Venue || deal.Escrow.Terms != deal.Registration.Terms))
        {
            problems.Add(stream, deal.Escrow.Version, AuditRule.EscrowDiffers,
                "buyer, provider, venue, fee, tax or contributors are not those of the registration");
        }

        var left = deal.CapturedFen + deal.ChargedBack.TaxAndFeeFen + deal.Recovered.SharesFen - deal.PaidOutFen - deal.CreditedFen;
        if (left < 0)
        {
            problems.Add(stream, null, AuditRule.EscrowOverdrawn,
                $"{deal.CapturedFen} fen came in, {deal.PaidOutFen} fen were shared out and {deal.CreditedFen} fen refunded");
        }

        if (deal.PeriodsFen != deal.UsageFen)
        {
            problems.Add(stream, null, AuditRule.UsageDiffers,
                $"{deal.PeriodsFen} fen are settled by period; calls reported, the fixed part and shares of revenue come to {deal.UsageFen} fen");
        }
    }

    private void CompareRefund(DealId name, ref readonly DealFacts deal)
    {
        var back = deal.RefundedFen + deal.ChargedBack.AmountFen;
        if (back != deal.CreditedFen || deal.RefundedFen != deal.DecidedRefundFen)
        {
            problems.Add(StreamId.Settlement(name), null, AuditRule.RefundDiffers,
                $"{deal.DecidedRefundFen + deal.ChargedBack.AmountFen} fen were to go back, {back} fen left escrow, {deal.CreditedFen} fen were credited");
        }
        else if (deal.CreditedFen != 0 && deal.CreditParty != deal.Registration.Buyer)
        {
            problems.Add(AccountOr(deal.CreditParty, deal.Registration.Buyer, name), null, AuditRule.RefundDiffers,
                $"the refund of {name} is credited here; its buyer is {facts.Parties[deal.Registration.Buyer]}");
        }
    }

    private void CompareChargeback(DealId name, ref readonly DealFacts deal)
    {
        var back = deal.ChargedBack;
        if (back.AmountFen != deal.DecidedChargebackFen || back.AmountFen != back.TaxAndFeeFen + back.SharesFen
            || back.SharesFen != deal.Recovered.SharesFen || back.Key != deal.Recovered.Key)
        {
            problems.Add(StreamId.Settlement(name), null, AuditRule.ChargebackDiffers,
                $"{deal.DecidedChargebackFen} fen were decided, {back.AmountFen} fen taken back: {back.TaxAndFeeFen} fen of tax and fee, {back.SharesFen} fen of shares; "
                + $"the parties gave {deal.Recovered.SharesFen} fen, each its own share");
        }
    }

    private void CompareEvidence(DealId name, ref readonly DealFacts deal)
    {
        if (deal.AnchorVersion != 0 && (deal.InvoiceVersion == 0 || deal.Anchored != deal.Invoice))
        {
            problems.Add(StreamId.Chain(facts.Chains[deal.Chain]), deal.AnchorVersion, AuditRule.AnchoredWithoutInvoice,
                deal.InvoiceVersion == 0 ? $"{name} has no data invoice" : $"the digest is not that of the data invoice of {name}");
        }
        else if (deal.InvoiceVersion != 0 && deal.AnchorVersion == 0)
        {
            problems.Add(StreamId.Settlement(name), deal.InvoiceVersion, AuditRule.InvoiceNotAnchored, "no chain has the data invoice");
        }

        if (deal.CompletedVersion != 0 && deal.AnchorVersion == 0)
        {
            problems.Add(StreamId.Deal(name), deal.CompletedVersion, AuditRule.CompletedWithoutAnchor,
                "completed; its data invoice is not anchored");
        }
    }

    private string AccountOr(int party, int other, DealId deal) =>
        party != 0 ? StreamId.Account(new(facts.Parties[party]))
        : other != 0 ? StreamId.Account(new(facts.Parties[other]))
        : StreamId.Deal(deal);
}
