using DataExchange.Domain;
using DataExchange.Domain.Pricing;
using DataExchange.Domain.Trading;

namespace DataExchange.Reports.Tests.Market;

internal sealed partial class SmallMarket
{
    // After all else, and without a draw: the first product that takes it shares what its buyer earns in three months, of which one is reported, one is not, and one brings nothing.
    private void ShareRevenue()
    {
        var terms = new LicenceTerms(LicenceKind.OpenEnded, PriceUnit.PerLicence, 600, null, 1, false, Revenue: new(500, 3, 400, 15));
        var deal = new DealId("R000001");
        foreach (var (product, venue, provider) in _shelf)
        {
            if (!Give(new SetPrice(product, terms, "shared") { At = Later(), By = provider }).Accepted)
            {
                continue;
            }

            var outcome = Give(new PlaceOrder(product, deal, venue, Rich, null, TradeChannel.Shelf, 1, null) { At = Later(), By = Rich });
            if (!outcome.Accepted)
            {
                continue;
            }

            var granted = (LicenceGranted)outcome.Events[0];
            Give(new AgreeContract(deal, granted.Licence, 1, Policy, _now.AddSeconds(30_000), granted.Contributors) { At = Later(), By = Rich });
            Give(new RegisterTransaction(deal, 250, 600) { At = Later(), By = Venue.By });
            Give(new CompleteTransfer(deal, _now.AddSeconds(30_000)) { At = Later(), By = provider });
            Give(new AcceptDelivery(deal) { At = Later(), By = Rich });
            var accepted = _now;
            Give(new ReportRevenue(deal, 1, 2_001) { At = _now = accepted.AddDays(31), By = Rich });
            Give(new ChargeOverdueRevenue(deal) { At = _now = accepted.AddDays(76), By = Venue.By });
            Give(new ReportRevenue(deal, 3, 0) { At = _now = accepted.AddDays(91), By = Rich });
            return;
        }
    }
}
