using DataExchange.Reports.ReadModels;

namespace DataExchange.Reports.Projections;

/// <summary>The parties' accounts, kept by the event store's daemon.</summary>
internal sealed class PartyAccountProjection : ReadModelProjection<PartyAccountFold>
{
    private protected override PartyAccountFold Create() => new();
}
