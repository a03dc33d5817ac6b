using System.Text.Json.Nodes;
using DataExchange.Domain;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Trading;

namespace DataExchange.Handles;

/// <summary>Resolves a party. Its products and deals are counted, by a read model: their streams are not its own.</summary>
internal static class PartyHandle
{
    internal static HandleRecord Resolve(HandleName name, IReadOnlyList<HandleFact> facts, HandleContext context)
    {
        var first = facts.First(fact => fact.Stream == StreamId.Party(new(name.Id)));
        var registered = (PartyRegistered)first.Data;
        var admitted = facts.LastOrDefault(fact => fact.Data is BuyerAdmitted);
        var record = new RecordBuilder(name, facts, context)
            .Describe(registered.At, new JsonObject
            {
                ["party"] = name.Id,
                ["name"] = registered.Name,
                ["nameEn"] = registered.NameEn,
                ["role"] = registered.Role.ToString(),
                ["subTrack"] = registered.SubTrack,
                ["registeredAt"] = registered.At.ToString(),
            })
            .RestsOn("record", first);
        if (admitted is { Data: BuyerAdmitted admission })
        {
            record.In("Admitted", admission.At, false, new JsonObject { ["admittedFor"] = admission.AdmittedFor.ToString() }).RestsOn("state", admitted);
        }
        else
        {
            record.In("Registered", registered.At, false);
        }

        if (context.Parties is { } counts)
        {
            record.Count("products", context.Now, counts.Products).Count("dealsAsBuyer", context.Now, counts.Bought).Count("dealsAsSeller", context.Now, counts.Sold);
        }

        return record.Build();
    }
}
