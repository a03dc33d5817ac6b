using System.Text.Json.Nodes;
using DataExchange.Domain.Trading;

namespace DataExchange.Handles;

/// <summary>Resolves a deal.</summary>
internal static class DealHandle
{
    internal static HandleRecord Resolve(HandleName name, IReadOnlyList<HandleFact> facts, HandleContext context)
    {
        var told = DealFacts.Of(name, facts);
        var (deal, at) = (told.State, told.First.Data.At);
        var fields = new JsonObject
        {
            ["deal"] = name.Id,
            ["product"] = deal.Product.Value,
            ["channel"] = deal.Channel.ToString(),
            ["venue"] = deal.Venue.Value,
            ["buyer"] = deal.Buyer.Value,
            ["seller"] = deal.Provider.Value,
            ["amountFen"] = deal.AmountFen,
            ["openedAt"] = at.ToString(),
        };
        if (deal.Quantity > 0)
        {
            fields["licence"] = deal.Licence.ToString();
            fields["quantity"] = deal.Quantity;
            fields["units"] = deal.Units;
        }

        if (deal.Purpose.Length > 0)
        {
            fields["purpose"] = deal.Purpose;
        }

        var details = new JsonObject();
        if (told.RefundedFen > 0)
        {
            details["refundedFen"] = told.RefundedFen;
        }

        if (told.ChargedBackFen > 0)
        {
            details["chargedBackFen"] = told.ChargedBackFen;
        }

        if (deal.Stage == DealStage.Completed && deal.ClaimBy is { } until && !told.IsEnded(context.Now))
        {
            details["claimBy"] = until.ToString();
        }

        if (told.Reason is { } reason)
        {
            details["reason"] = reason.ToString();
        }

        if (deal.Units > 0 && deal.IsMetered)
        {
            details["unitsUsed"] = deal.UnitsUsed;
        }

        var record = new RecordBuilder(name, facts, context).Describe(at, fields)
            .In(deal.Stage.ToString(), told.StateFact.Data.At, told.IsEnded(context.Now), details.Count == 0 ? null : details)
            .RestsOn("record", told.Record);
        if (!ReferenceEquals(told.StateFact, told.Record))
        {
            record.RestsOn("state", told.StateFact);
        }

        record.Link("of", at, new HandleName(HandleKind.Product, deal.Product.Value, 0));
        // What a negotiation will be about is not settled before there is a licence.
        if (deal.Quantity > 0)
        {
            record.Link("version", at, told.Version);
            if (told.Certificate is { } certificate)
            {
                record.Link("under", at, new HandleName(HandleKind.Certificate, deal.Product.Value, certificate.Number));
            }
        }

        record.Party("buyer", at, deal.Buyer).Party("seller", at, deal.Provider).Venue("venue", at, deal.Venue);
        foreach (var share in deal.Contributors)
        {
            record.Party("contributor", at, share.Party, new JsonObject { ["shareBasisPoints"] = share.ShareBasisPoints });
        }

        if (told.Invoice is { } invoice)
        {
            record.Link("invoice", invoice.Data.At, name with { Kind = HandleKind.Invoice });
        }

        return record.Build();
    }
}
