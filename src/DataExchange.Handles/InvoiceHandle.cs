using System.Text.Json.Nodes;
using DataExchange.Domain.Settlement;

namespace DataExchange.Handles;

/// <summary>Resolves a deal's data invoice.</summary>
internal static class InvoiceHandle
{
    internal static HandleRecord Resolve(HandleName name, IReadOnlyList<HandleFact> facts, HandleContext context)
    {
        var told = DealFacts.Of(name, facts);
        if (told.Invoice is not { Data: DataInvoiceIssued issued } fact)
        {
            throw new HandleNotFoundException($"{name} names nothing: deal {name.Id} has no data invoice, it is {told.State.Stage}", isKnown: true);
        }

        var deal = told.State;
        var record = new RecordBuilder(name, facts, context)
            .Describe(issued.At, new JsonObject
            {
                ["deal"] = name.Id,
                ["product"] = deal.Product.Value,
                ["buyer"] = deal.Buyer.Value,
                ["seller"] = deal.Provider.Value,
                ["venue"] = deal.Venue.Value,
                ["amountFen"] = issued.AmountFen,
                ["refundedFen"] = told.RefundedFen,
                ["chargedBackFen"] = told.ChargedBackFen,
                ["issuedAt"] = issued.At.ToString(),
                ["digest"] = issued.Digest,
            })
            .RestsOn("record", fact);

        // A deal is completed by the anchoring of its invoice, and by nothing else.
        if (told.Completed is { } completed)
        {
            record.In("Anchored", completed.Data.At, false).RestsOn("state", completed);
        }
        else
        {
            record.In("Issued", issued.At, false);
        }

        record.Link("certifies", issued.At, name with { Kind = HandleKind.Deal })
            .Link("of", issued.At, new HandleName(HandleKind.Product, deal.Product.Value, 0))
            .Link("version", issued.At, told.Version);
        if (told.Certificate is { } certificate)
        {
            record.Link("under", issued.At, new HandleName(HandleKind.Certificate, deal.Product.Value, certificate.Number));
        }

        return record.Party("buyer", issued.At, deal.Buyer).Party("seller", issued.At, deal.Provider).Venue("venue", issued.At, deal.Venue).Build();
    }
}
