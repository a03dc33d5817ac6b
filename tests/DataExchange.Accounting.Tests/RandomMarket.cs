using DataExchange.Domain;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;

namespace DataExchange.Accounting.Tests;

/// <summary>
/// Events of a market that never was, drawn from a seed, but each possible after those before it: money comes in, is held for deals and orders, released, captured, shared out,
/// refunded, paid out, charged back; contracts are filed; licences and packs are issued, sold on, used up and taken back; over several years.
/// </summary>
internal sealed partial class RandomMarket
{
    private static readonly VenueId[] Venues = [new("zjbdec"), new("hzdex")];
    private readonly Random _random;
    private readonly PartyId[] _parties;
    private readonly ProductId[] _products;
    private readonly Dictionary<PartyId, long> _free = [];
    private readonly Dictionary<DealId, (PartyId Buyer, long Amount)> _held = [];
    private readonly Dictionary<DealId, (PartyId Buyer, long Amount, DistributionTerms Terms)> _escrow = [];
    private readonly Dictionary<(PartyId Party, ProductId Product, int Number), long> _orders = [];
    private readonly Dictionary<DealId, ProductId> _licences = [];
    private readonly Dictionary<(ProductId Product, PartyId Party), int> _packs = [];
    private readonly Dictionary<string, int> _versions = [];
    private readonly List<(string Stream, int Version, Event Data)> _events = [];
    private SimulatedTime _at = SimulatedTime.On(new DateOnly(2022, 11, 1));
    private int _deals;
    private int _numbers;

    private RandomMarket(int seed)
    {
        _random = new Random(seed);
        _parties = [.. Enumerable.Range(1, _random.Next(2, 7)).Select(number => new PartyId($"F{number:00000}"))];
        _products = [.. Enumerable.Range(1, _random.Next(1, 4)).Select(number => new ProductId($"P{number:000000}"))];
    }

    internal static IReadOnlyList<(string Stream, int Version, Event Data)> Draw(int seed, int steps)
    {
        var market = new RandomMarket(seed);
        for (var step = 0; step < steps; step++)
        {
            market.Step();
        }

        return market._events;
    }

    private void Step()
    {
        // Mostly minutes, now and then months: years end.
        _at = _at.AddSeconds(_random.Next(20) == 0 ? _random.Next(90 * 86_400) : _random.Next(3_600));
        switch (_random.Next(13))
        {
            case 0 or 1: Deposit(); break;
            case 2: HoldForDeal(); break;
            case 3: EndHold(); break;
            case 4 or 5: ShareOut(); break;
            case 6: Order(); break;
            case 7: EndOrder(); break;
            case 8: File(); break;
            case 9: Licence(); break;
            case 10: PayOut(); break;
            case 11: ChargeBack(); break;
            default: Pack(); break;
        }
    }

    private void Deposit()
    {
        var (party, amount) = (One(_parties), 1 + _random.NextInt64(10_000_000_00));
        _free[party] = _free.GetValueOrDefault(party) + amount;
        Say($"account/{party.Value}", new FundsDeposited(party, amount) { At = _at, By = party });
    }

    private void HoldForDeal()
    {
        if (Payer() is not { } party)
        {
            return;
        }

        var (deal, amount) = (NextDeal(), Part(_free[party]));
        _free[party] -= amount;
        _held[deal] = (party, amount);
        Say($"account/{party.Value}", new FundsHeld(party, deal, amount) { At = _at, By = party });
    }

    private void EndHold()
    {
        if (_held.Count == 0)
        {
            return;
        }

        var (deal, (buyer, amount)) = One([.. _held]);
        _held.Remove(deal);
        if (_random.Next(3) == 0)
        {
            _free[buyer] += amount;
            Say($"account/{buyer.Value}", new HoldReleased(buyer, deal, amount) { At = _at, By = buyer });
            return;
        }

        Say($"account/{buyer.Value}", new HoldCaptured(buyer, deal, amount) { At = _at, By = buyer });
        var shares = Enumerable.Range(0, _random.Next(3)).Select(_ => new ContributorShare(One(_parties), _random.Next(1, 3_000))).ToArray();
        var terms = new DistributionTerms(One(Venues), One(_parties), _random.Next(0, 501), _random.Next(0, 1_301), shares);
        _escrow[deal] = (buyer, amount, terms);
        Say($"settlement/{deal.Value}", new EscrowFunded(deal, buyer, amount, terms) { At = _at, By = buyer });
    }

    private void ShareOut()
    {
        if (_escrow.Count == 0)
        {
            return;
        }

        var (deal, (buyer, amount, terms)) = One([.. _escrow]);
        var part = _random.Next(2) == 0 ? amount : Part(amount);
        _escrow[deal] = (buyer, amount - part, terms);
        if (part == amount)
        {
            _escrow.Remove(deal);
        }

        switch (_random.Next(3))
        {
            case 0:
                _free[buyer] += part;
                Say($"account/{buyer.Value}", new RefundCredited(buyer, deal, part) { At = _at, By = buyer });
                break;
            case 1 when part == amount:
                Say($"settlement/{deal.Value}", new DealSettled(deal, Credit(deal, buyer, part, terms)) { At = _at, By = buyer });
                break;
            default:
                Say($"settlement/{deal.Value}", new PeriodSettled(deal, Credit(deal, buyer, part, terms), part == amount) { At = _at, By = buyer });
                break;
        }
    }

    private void Order()
    {
        if (Payer() is not { } party)
        {
            return;
        }

        var (order, amount) = ((party, One(_products), ++_numbers), Part(_free[party]));
        _free[party] -= amount;
        _orders[order] = amount;
        Say($"account/{party.Value}", new OrderFundsHeld(party, order.Item2, order.Item3, amount) { At = _at, By = party });
    }

    private void EndOrder()
    {
        if (_orders.Count == 0)
        {
            return;
        }

        var (order, amount) = One([.. _orders]);
        var part = _random.Next(2) == 0 ? amount : Part(amount);
        _orders[order] = amount - part;
        if (part == amount)
        {
            _orders.Remove(order);
        }

        if (_random.Next(2) == 0)
        {
            _free[order.Party] += part;
            Say($"account/{order.Party.Value}", new OrderFundsReleased(order.Party, order.Product, order.Number, part) { At = _at, By = order.Party });
            return;
        }

        var deal = NextDeal();
        _held[deal] = (order.Party, part);
        Say($"account/{order.Party.Value}", new OrderFundsAllotted(order.Party, order.Product, order.Number, deal, part) { At = _at, By = order.Party });
    }

    private void File()
    {
        var (deal, party, amount) = (NextDeal(), One(_parties), 1 + _random.NextInt64(1_000_000_000_00));
        Say($"settlement/{deal.Value}", new FiledContractRecorded(
            deal, amount, [new Posting(LedgerAccount.FiledContracts, LedgerAccount.FiledProceeds(party), amount)]) { At = _at, By = party });
    }

    private void Licence()
    {
        if (_licences.Count > 0 && _random.Next(3) == 0)
        {
            var (revoked, of) = One([.. _licences]);
            _licences.Remove(revoked);
            Say($"offer/{of.Value}", new LicenceRevoked(of, revoked, 1) { At = _at, By = One(_parties) });
            return;
        }

        var (deal, product, buyer) = (NextDeal(), One(_products), One(_parties));
        _licences[deal] = product;
        Say($"offer/{product.Value}", new LicenceGranted(
            product, deal, One(Venues), buyer, One(_parties), default, default, _random.Next(1, 50), 0, 1, 1, 1, false, []) { At = _at, By = buyer });
    }

    private void Pack()
    {
        var owners = _packs.Where(packs => packs.Value > 0).ToArray();
        if (owners.Length == 0 || _random.Next(3) == 0)
        {
            var product = One(_products);
            Trade(product, One(_parties), One(_parties), _random.Next(1, 100), isIssue: true);
            return;
        }

        var ((of, owner), left) = One(owners);
        var quantity = _random.Next(1, left + 1);
        if (_random.Next(2) == 0)
        {
            _packs[(of, owner)] -= quantity;
            Say($"book/{of.Value}", new PacksRedeemed(of, owner, quantity) { At = _at, By = owner });
        }
        else
        {
            Trade(of, One(_parties), owner, quantity, isIssue: false);
        }
    }

    private void Trade(ProductId product, PartyId buyer, PartyId seller, int quantity, bool isIssue)
    {
        _packs[(product, seller)] = _packs.GetValueOrDefault((product, seller)) - (isIssue ? 0 : quantity);
        _packs[(product, buyer)] = _packs.GetValueOrDefault((product, buyer)) + quantity;
        Say($"book/{product.Value}", new PacksTraded(
            product, NextDeal(), One(Venues), buyer, 1, seller, 1, null, isIssue, quantity, quantity, 1, quantity, 0, 0, 0, []) { At = _at, By = buyer });
    }

    private PartyId? Payer() => _free.Where(party => party.Value > 0).Select(party => (PartyId?)party.Key).ToArray() is { Length: > 0 } payers ? One(payers) : null;

    private long Part(long amount) => 1 + _random.NextInt64(amount);

    private T One<T>(T[] all) => all[_random.Next(all.Length)];

    private DealId NextDeal() => new($"C{++_deals:000000}");

    private void Say(string stream, Event fact)
    {
        var version = _versions[stream] = _versions.GetValueOrDefault(stream) + 1;
        _events.Add((stream, version, fact));
    }
}
