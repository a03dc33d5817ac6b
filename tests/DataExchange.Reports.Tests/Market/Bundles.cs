using DataExchange.Domain;
using DataExchange.Domain.Trading;

namespace DataExchange.Reports.Tests.Market;

internal sealed partial class SmallMarket
{
    // When all else is over, and without a draw: the first two products of a provider that can be sold together are, once, and the bundle is taken back.
    private void Bundle()
    {
        foreach (var group in _shelf.GroupBy(one => (one.Venue, one.Provider), one => one.Product).Where(group => group.Count() > 1))
        {
            foreach (var pair in group.SelectMany((one, i) => group.Skip(i + 1).Select(other => (ProductId[])[one, other])))
            {
                var (id, provider) = (new BundleId("B000001"), group.Key.Provider);
                if (Give(new OfferBundle(id, group.Key.Venue, provider, pair, 1_000) { At = Later(), By = provider }).Accepted)
                {
                    Give(new OrderBundle(id, new("B000001-01"), Rich) { At = Later(), By = Rich });
                    Give(new WithdrawBundle(id, provider) { At = Later(), By = provider });
                    return;
                }
            }
        }
    }
}
