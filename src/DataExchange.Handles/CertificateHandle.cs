using System.Text.Json.Nodes;
using DataExchange.Domain;
using DataExchange.Domain.Rights;

namespace DataExchange.Handles;

/// <summary>Resolves a certificate of a product's rights.</summary>
internal static class CertificateHandle
{
    internal static HandleRecord Resolve(HandleName name, IReadOnlyList<HandleFact> facts, HandleContext context)
    {
        var rights = ProductFacts.Of(facts);
        var certificate = rights.Certificates.Find(one => one.Number == name.Number) ?? throw new HandleNotFoundException(
            rights.Certificates.Count == 0
                ? $"{name} names nothing: product {name.Id} has no certificate, its registration is {rights.State.Stage}"
                : $"{name} names nothing: product {name.Id} has certificates 1 to {rights.Certificates.Count}",
            isKnown: true);
        var fields = new JsonObject
        {
            ["product"] = name.Id,
            ["number"] = name.Number,
            ["title"] = rights.Title,
            ["titleEn"] = rights.TitleEn,
            ["holder"] = certificate.Holder.Value,
            ["rights"] = new JsonArray([.. Enum.GetValues<DataRightsName>().Where(right => ((int)certificate.Rights & (int)right) != 0).Select(right => (JsonNode?)right.ToString())]),
            ["certifiedAt"] = certificate.Fact.Data.At.ToString(),
            ["validUntil"] = certificate.ValidUntil.ToString(),
        };
        var record = new RecordBuilder(name, facts, context).Describe(certificate.Fact.Data.At, fields).RestsOn("record", certificate.Fact);
        if (certificate.Ended is { } ended)
        {
            record.In(certificate.EndedAs!, ended.Data.At, true, ended.Data is CertificateRevoked revoked ? new JsonObject { ["ground"] = revoked.Ground } : null)
                .RestsOn("state", ended);
        }
        else if (context.Now >= certificate.ValidUntil)
        {
            // Its term says so, whether or not somebody has recorded it yet.
            record.In("Expired", certificate.ValidUntil, true);
        }
        else
        {
            record.In("Valid", certificate.Fact.Data.At, false);
        }

        record.Link("certifies", certificate.Fact.Data.At, new HandleName(HandleKind.Product, name.Id, 0))
            .Party("holder", certificate.Fact.Data.At, certificate.TransferredTo ?? certificate.Holder);
        if (certificate.TransferredTo is not null)
        {
            record.Party("formerHolder", certificate.Fact.Data.At, certificate.Holder);
        }

        if (name.Number > 1)
        {
            record.Link("replaces", certificate.Fact.Data.At, name with { Number = name.Number - 1 });
        }

        if (rights.Certificates.Find(one => one.Number == name.Number + 1) is { } next)
        {
            record.Link("replacedBy", next.Fact.Data.At, name with { Number = next.Number });
        }

        return record.Build();
    }

    // The flags that are one right each.
    private enum DataRightsName
    {
        ResourceHolding = DataRights.ResourceHolding,
        ProcessingAndUse = DataRights.ProcessingAndUse,
        ProductOperation = DataRights.ProductOperation,
    }
}
