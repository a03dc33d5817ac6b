using System.Text.Json.Nodes;
using DataExchange.Domain;
using DataExchange.Domain.Trading;
using DataExchange.Vouchers.Facts;

namespace DataExchange.Vouchers.Documents;

/// <summary>The compliance circulation certificate (数据合规流通数字证书) of a deal, nicknamed data invoice (数据发票). It is no tax invoice.</summary>
public static class DataInvoice
{
    private static readonly (BilingualName Name, BilingualName Description) Words = (
        new("数据合规流通数字证书（数据发票）", "Compliance circulation certificate (data invoice)"),
        new(
            "本证书证明所列数据交易已合规登记、交付并结算。本证书不是税务发票，不得用于抵扣或报销。",
            "It evidences that the data deal named here was registered, delivered and settled in compliance. It is not a tax invoice."));

    /// <summary>Issues it.</summary>
    /// <param name="deal">The deal.</param>
    /// <param name="product">The product as it was when the deal was registered.</param>
    /// <param name="chain">The invoice's place in the chain of invoices; null while it is not anchored there.</param>
    /// <param name="evidence">The facts in the log: the invoice, the registration, the contract.</param>
    /// <param name="issuance">Who issues it.</param>
    /// <returns>The file.</returns>
    public static byte[] Issue(InvoicedDeal deal, CertifiedProduct product, ChainPlace? chain, VoucherEvidence evidence, Issuance issuance)
    {
        ArgumentNullException.ThrowIfNull(deal);
        ArgumentNullException.ThrowIfNull(product);
        ArgumentNullException.ThrowIfNull(evidence);
        ArgumentNullException.ThrowIfNull(issuance);
        return Voucher.Issue(
            Voucher.InvoiceType, deal.Invoice.Invoice, Words, (deal.Invoice.At, null), Subject(deal, product, chain, issuance), evidence, issuance);
    }

    private static JsonObject Subject(InvoicedDeal deal, CertifiedProduct product, ChainPlace? chain, Issuance issuance)
    {
        var registered = deal.Registered;
        var bought = RightsCertificate.Product(product, deal.ProductVersion);
        if (product.Certificate is { } certificate)
        {
            bought["certificate"] = certificate.Value;
            bought["rights"] = Voucher.Names(product.Rights);
        }

        bought["securityClass"] = product.Registered.SecurityClass.ToString();
        var subject = new JsonObject
        {
            ["id"] = Voucher.HandleScheme + Handle.OfDeal(registered.Deal).Value,
            ["type"] = "DataDeal",
            ["deal"] = registered.Deal.Value,
            ["invoice"] = deal.Invoice.Invoice.Value,
            ["venue"] = registered.Venue.Value,
            ["channel"] = registered.Channel.ToString(),
            ["seller"] = Voucher.Party(registered.Provider, issuance),
            ["buyer"] = Voucher.Party(registered.Buyer, issuance),
            ["product"] = bought,
            ["licence"] = registered.Licence.ToString(),
            ["quantity"] = deal.Quantity,
            ["units"] = deal.Units,
            ["price"] = Amount(registered.AmountFen),
            ["registeredAt"] = registered.At.ToString(),
            ["settlement"] = Settlement(deal, issuance),
            ["compliance"] = Compliance(product, deal),
        };
        if (deal.Policy is { } policy)
        {
            subject["policy"] = Policy(policy);
        }

        if (deal.DeliveryDue is { } due)
        {
            subject["deliveryDue"] = due.ToString();
        }

        if (deal.DeliveredAt is { } delivered)
        {
            subject["deliveredAt"] = delivered.ToString();
        }

        if (deal.AcceptedAt is { } accepted)
        {
            subject["acceptedAt"] = accepted.ToString();
            subject["acceptance"] = deal.Acceptance.ToString();
        }

        if (deal.ChargedBack is { } back)
        {
            subject["chargedBack"] = Amount(back.AmountFen);
            subject["chargedBack"]!["at"] = back.At.ToString();
        }

        if (chain is not null)
        {
            subject["chain"] = new JsonObject { ["chain"] = chain.Chain, ["link"] = chain.Link, ["before"] = chain.Before, ["head"] = chain.Head };
        }

        return subject;
    }

    // As the event has it, so that the two can be compared.
    private static JsonObject Policy(UsagePolicy policy) => new()
    {
        ["use"] = policy.Use,
        ["purpose"] = policy.Purpose,
        ["region"] = policy.Region,
        ["termDays"] = policy.TermDays,
        ["resaleAllowed"] = policy.ResaleAllowed,
    };

    private static JsonObject Settlement(InvoicedDeal deal, Issuance issuance)
    {
        var settlement = Split(deal, issuance);
        if (deal.Registered.Fee is { } schedule)
        {
            // As the event has it.
            settlement["feeSchedule"] = new JsonObject
            {
                ["above"] = new JsonArray([.. schedule.Above.Select(tier => new JsonObject { ["aboveFen"] = tier.AboveFen, ["basisPoints"] = tier.BasisPoints })]),
                ["leastFen"] = schedule.LeastFen,
            };
            if (schedule.MostFen is { } most)
            {
                settlement["feeSchedule"]!["mostFen"] = most;
            }
        }

        return settlement;
    }

    private static JsonObject Split(InvoicedDeal deal, Issuance issuance) => new()
    {
        ["throughVenue"] = deal.Registered.Channel != TradeChannel.FiledContract,
        ["settledAt"] = deal.SettledAt.ToString(),
        ["vatBasisPoints"] = deal.Registered.VatBasisPoints,
        ["vat"] = Amount(deal.VatFen),
        ["feeBasisPoints"] = deal.Registered.FeeBasisPoints,
        ["fee"] = Amount(deal.FeeFen),
        ["refund"] = Amount(deal.RefundFen),
        ["shares"] = new JsonArray([.. deal.Shares.Select(share =>
        {
            var received = Amount(share.AmountFen);
            received["receiver"] = Voucher.Party(share.Party, issuance);
            return received;
        })]),
    };

    private static JsonObject Compliance(CertifiedProduct product, InvoicedDeal deal)
    {
        var compliance = new JsonObject { ["digest"] = deal.Invoice.Digest, ["provenance"] = Voucher.Names(product.Evidence) };
        if (product.Compliance is { } passed)
        {
            compliance["passedAt"] = passed.At.ToString();
            compliance["assessor"] = passed.By.Value;
        }

        return compliance;
    }

    private static JsonObject Amount(long fen) => new() { ["amountFen"] = fen, ["amountYuan"] = new Money(fen).ToString(), ["currency"] = "CNY" };
}
