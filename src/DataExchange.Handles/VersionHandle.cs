using System.Text.Json.Nodes;

namespace DataExchange.Handles;

/// <summary>Resolves a version of a product's content.</summary>
internal static class VersionHandle
{
    internal static HandleRecord Resolve(HandleName name, IReadOnlyList<HandleFact> facts, HandleContext context)
    {
        var rights = ProductFacts.Of(facts);
        var version = rights.Versions.Find(one => one.Number == name.Number) ?? throw new HandleNotFoundException(
            rights.Versions.Count == 0
                ? $"{name} names nothing: the registration of product {name.Id} was refused, so that it has no version"
                : $"{name} names nothing: product {name.Id} has versions 1 to {rights.Versions.Count}",
            isKnown: true);
        var fields = new JsonObject
        {
            ["product"] = name.Id,
            ["number"] = name.Number,
            ["title"] = rights.Title,
            ["titleEn"] = rights.TitleEn,
            ["fingerprint"] = version.Fingerprint,
            ["registeredAt"] = version.Fact.Data.At.ToString(),
        };
        if (version.Note is { } note)
        {
            fields["note"] = note;
        }

        var next = rights.Versions.Find(one => one.Number == name.Number + 1);
        var record = new RecordBuilder(name, facts, context).Describe(version.Fact.Data.At, fields).RestsOn("record", version.Fact);
        if (next is null)
        {
            record.In("Current", version.Fact.Data.At, false);
        }
        else
        {
            record.In("Superseded", next.Fact.Data.At, true).RestsOn("state", next.Fact);
        }

        record.Link("versionOf", version.Fact.Data.At, new HandleName(HandleKind.Product, name.Id, 0)).Party("provider", version.Fact.Data.At, rights.Provider);
        if (name.Number > 1)
        {
            record.Link("revises", version.Fact.Data.At, name with { Number = name.Number - 1 });
        }

        if (next is not null)
        {
            record.Link("revisedBy", next.Fact.Data.At, name with { Number = next.Number });
        }

        // A certificate stands for the versions that were current while it was in force.
        foreach (var certificate in rights.Certificates)
        {
            var ended = certificate.Ended?.Data.At ?? certificate.ValidUntil;
            if (version.Fact.Data.At < ended && (next is null || certificate.Fact.Data.At < next.Fact.Data.At))
            {
                record.Link("certifiedBy", certificate.Fact.Data.At, new HandleName(HandleKind.Certificate, name.Id, certificate.Number));
            }
        }

        return record.Build();
    }
}
