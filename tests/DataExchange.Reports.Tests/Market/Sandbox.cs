using DataExchange.Domain;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Trading;

namespace DataExchange.Reports.Tests.Market;

internal sealed partial class SmallMarket
{
    // Some products are tried in the sandbox while they are reviewed; their trials go on beside what else befalls them,
    // with draws of their own.
    private IEnumerable<Command?> Try(ProductId product)
    {
        if (_traders.Count == 0 || _later.Next(100) >= 35)
        {
            yield break;
        }

        var venue = Later<VenueId>(Venues);
        var conditions = new SandboxConditions(
            _later.Next(1, 4), 150_000 + _later.Next(600_000), _now.AddDays(_later.Next(3, 60)), (_later.Next(100) < 40) ? [.. _traders.Take(3)] : []);
        var terms = new LicenceTerms((_later.Next(100) < 30) ? LicenceKind.Subscription : LicenceKind.OpenEnded, PriceUnit.PerLicence, 100_000, null, 1, false);
        yield return new AdmitToSandbox(product, venue, terms, [], conditions) { At = _now, By = Venue.By };
        if (!_last.Accepted)
        {
            yield break;
        }

        for (var i = _later.Next(2, 9); i > 0; i--)
        {
            yield return _later.Next(12) switch
            {
                0 => new EndSandbox(product, "doubts") { At = _now, By = Venue.By },
                1 or 2 => new ExtendSandbox(product, conditions = conditions with { MostBuyers = conditions.MostBuyers + 1, MostAmountFen = conditions.MostAmountFen + 50_000 })
                    { At = _now, By = Venue.By },
                _ => new PlaceOrder(
                    product, new($"{product}-S{i}"), (_later.Next(100) < 90) ? venue : Later<VenueId>(Venues), _traders[_later.Next(_traders.Count)], null, TradeChannel.Shelf, 1, null)
                    { At = _now, By = Venue.By },
            };
            if (_last.Events is [LicenceGranted granted, ..] && (_later.Next(100) < 70))
            {
                yield return new AgreeContract(granted.Deal, granted.Licence, granted.Quantity, new("use", "risk control", "CN", 0, false), _now.AddDays(9), [])
                    { At = _now, By = Venue.By };
                yield return new RegisterTransaction(granted.Deal, 250, 600) { At = _now, By = Venue.By };
            }
        }
    }
}
