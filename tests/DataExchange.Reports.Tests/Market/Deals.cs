using DataExchange.Domain;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;

namespace DataExchange.Reports.Tests.Market;

internal sealed partial class SmallMarket
{
    // One number for all, as venues have it.
    private const int ClaimDays = 20;

    private static readonly FeeSchedule Tiers = new([new(50_000, 50)], 200, 1_000_000);

    private static readonly UsagePolicy Policy = new("internal-analysis", "risk control", "CN", 365, false);

    private IEnumerable<Command?> ShelfOrder(int buyers)
    {
        for (var patience = 100; _shelf.Count == 0 && patience > 0; patience--)
        {
            yield return null;
        }

        if (_shelf.Count == 0)
        {
            yield break;
        }

        var (product, venue, provider) = _shelf[_random.Next(_shelf.Count)];
        var deal = NextDeal();
        var buyer = new PartyId($"B{_random.Next(buyers):000}");
        var quantity = Chance(80) ? 1 : _random.Next(1, 4);
        yield return new PlaceOrder(product, deal, venue, buyer, null, TradeChannel.Shelf, quantity, null) { At = _now, By = buyer };
        if (!_last.Accepted)
        {
            yield break;
        }

        var granted = (LicenceGranted)_last.Events[0];
        yield return new AgreeContract(deal, granted.Licence, granted.Quantity, Policy, _now.AddSeconds(30_000), granted.Contributors)
        {
            At = _now,
            By = buyer,
        };
        foreach (var step in RegisterAndDeliver(deal, provider, buyer, granted.Units, granted.AmountFen))
        {
            yield return step;
        }
    }

    private IEnumerable<Command?> Contract(int buyers)
    {
        for (var patience = 100; _shelf.Count == 0 && patience > 0; patience--)
        {
            yield return null;
        }

        if (_shelf.Count == 0)
        {
            yield break;
        }

        var (product, venue, provider) = _shelf[_random.Next(_shelf.Count)];
        var channel = Chance(50) ? TradeChannel.FiledContract : TradeChannel.RegisteredContract;
        var deal = NextDeal();
        var buyer = new PartyId($"B{_random.Next(buyers):000}");
        var amount = Amount(60_000_000);
        yield return new RequestContract(deal, product, venue, buyer, provider, channel, amount) { At = _now, By = buyer };
        for (var rounds = _random.Next(0, 2); rounds > 0; rounds--)
        {
            yield return new OfferContract(deal, amount + 1_000) { At = _now, By = provider };
            yield return new RequestContract(deal, product, venue, buyer, provider, channel, amount + 500) { At = _now, By = buyer };
        }

        amount += 700;
        yield return new OfferContract(deal, amount) { At = _now, By = provider };
        if (Chance(10))
        {
            yield return new TerminateNegotiation(deal, null) { At = _now, By = buyer };
            yield break;
        }

        yield return new AcceptContract(deal) { At = _now, By = buyer };
        yield return new PlaceOrder(product, deal, venue, buyer, null, channel, 1, amount) { At = _now, By = buyer };
        if (!_last.Accepted)
        {
            var reason = _last.Rejection;
            yield return new TerminateNegotiation(deal, reason) { At = _now, By = Venue.By };
            yield break;
        }

        var granted = (LicenceGranted)_last.Events[0];
        yield return new AgreeContract(deal, granted.Licence, 1, Policy, _now.AddSeconds(30_000), granted.Contributors) { At = _now, By = provider };
        yield return new VerifyContract(deal) { At = _now, By = buyer };
        yield return new FinalizeContract(deal) { At = _now, By = provider };
        foreach (var step in RegisterAndDeliver(deal, provider, buyer, granted.Units, amount))
        {
            yield return step;
        }
    }

    private IEnumerable<Command?> RegisterAndDeliver(DealId deal, PartyId provider, PartyId buyer, int units, long amountFen)
    {
        yield return new RegisterTransaction(
            deal, Pick(0, 100, 250), 600, Later(null, FeeSchedule.Flat, Tiers), Later(true, true, false) ? ClaimDays : null) { At = _now, By = Venue.By };
        if (Chance(10))
        {
            // Left lying, so that its delivery falls due.
            for (var i = 0; i < 12; i++)
            {
                yield return null;
            }

            yield return new ReportLateDelivery(deal) { At = _now, By = Venue.By };
            if (Chance(60))
            {
                yield return new CancelDeal(deal) { At = _now, By = buyer };
                if (_last.Accepted)
                {
                    yield break;
                }
            }
        }

        if (Chance(4))
        {
            // Never delivered: alive when the market ends.
            yield break;
        }

        yield return new CompleteTransfer(deal, _now.AddSeconds(100)) { At = _now, By = provider };
        if (Chance(12))
        {
            yield return new RaiseDispute(deal, "not as described") { At = _now, By = buyer };
            yield return new DecideDispute(deal, Pick(0, amountFen, amountFen / 3)) { At = _now, By = Venue.By };
        }

        yield return Chance(50)
            ? new TimeOutAcceptance(deal) { At = _now, By = Venue.By }
            : new AcceptDelivery(deal) { At = _now, By = buyer };
        for (var left = units; left > 0 && !Chance(10);)
        {
            var calls = Math.Min(left, _random.Next(1, 80));
            yield return new ReportUsage(deal, calls, Chance(92) ? "risk control" : "resale") { At = _now, By = provider };
            left -= _last.Accepted ? calls : 0;
        }

        _afterwards.Add(new(Afterwards(deal, provider, buyer, amountFen).GetEnumerator()));
    }

    // Payouts and late claims, in any order; those that come to nothing are refused.
    private IEnumerable<Command?> Afterwards(DealId deal, PartyId provider, PartyId buyer, long amountFen)
    {
        if (Later(true, true, false, false, false))
        {
            yield return new PayOutProceeds(provider, Later(0, 100_000)) { At = _now, By = Venue.By };
        }

        if (Later(true, false, false, false))
        {
            yield return new RaiseClaim(deal, "hidden defect") { At = _now, By = buyer };
            if (_last.Accepted && Later(true, true, true, true, false))
            {
                yield return new DecideClaim(deal, Later(0, amountFen, amountFen / 3)) { At = _now, By = Venue.By };
            }
        }

        if (Later(true, true, false, false, false))
        {
            yield return new PayOutProceeds(provider, 0) { At = _now, By = Venue.By };
        }
    }

    private DealId NextDeal() => new($"D{_deals++:0000000}");
}
