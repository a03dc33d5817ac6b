using DataExchange.Exchange;
using DataExchange.Reports.ReadModels;

namespace DataExchange.Reports.Tests.ReadModels;

/// <summary>What the bulk fold makes of a market.</summary>
internal sealed class BulkFold
{
    internal BulkFold(IEnumerable<RecordedEvent> events)
    {
        var deals = new List<DealEntry>();
        var fold = new ReadModelFold(deals.Add);
        foreach (var (stream, version, data) in events)
        {
            fold.Apply(stream, version, data);
            MostLiveDeals = Math.Max(MostLiveDeals, fold.LiveDeals);
        }

        LiveDealsAtTheEnd = fold.LiveDeals;
        Models = fold.Complete();
        Deals = deals;
    }

    internal ReadModelSet Models { get; }

    internal IReadOnlyList<DealEntry> Deals { get; }

    internal int MostLiveDeals { get; }

    internal int LiveDealsAtTheEnd { get; }
}
