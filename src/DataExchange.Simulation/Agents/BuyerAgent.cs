using DataExchange.Domain;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;
using DataExchange.Simulation.Agents.Books;
using DataExchange.Simulation.Agents.Shocks;
using DataExchange.Simulation.Kernel;
using DataExchange.Simulation.Randomness;
using DataExchange.Simulation.Truth;

namespace DataExchange.Simulation.Agents;

/// <summary>A firm of the industry chain graph that buys from the shelf: along its chain, or what is popular.</summary>
public sealed class BuyerAgent : Agent
{
    private readonly ActivityCurve _activity;
    private readonly double _orders;
    private readonly DealCourse _course;
    private long _orderNumber;
    private long _fundsFen;
    private bool _isAdmitted;
    private bool _hasBought;

    /// <summary>Makes a buyer.</summary>
    /// <param name="market">The surroundings.</param>
    /// <param name="party">Who it is.</param>
    /// <param name="subTrack">Number of its sub-track.</param>
    /// <param name="admittedFor">Class of data it will be admitted for.</param>
    /// <param name="activity">How shelf orders spread over the history.</param>
    /// <param name="orders">How many times it would look for something to order over the whole history, on average.</param>
    /// <param name="course">Leads its deals.</param>
    public BuyerAgent(
        Market market, PartyId party, int subTrack, SecurityClass admittedFor, ActivityCurve activity, double orders, DealCourse course)
        : base(market, party)
    {
        (SubTrack, AdmittedFor, _activity, _orders, _course) = (subTrack, admittedFor, activity, orders, course);
        BookFunds = new BookFunds(market, party);
    }

    /// <summary>Number of its sub-track.</summary>
    public int SubTrack { get; }

    /// <summary>Class of data it will be admitted for.</summary>
    public SecurityClass AdmittedFor { get; }

    /// <summary>How fast its visits follow each other, where that changes; null where it is the same all the time.</summary>
    public VisitPace? Pace { get; set; }

    /// <summary>The money that it set aside for order books.</summary>
    public BookFunds BookFunds { get; }

    /// <summary>Whether what it buys elsewhere is paid from the money for order books too: it has only that.</summary>
    public bool HasOneAccount { get; init; }

    /// <summary>Visits the shelf over the whole history.</summary>
    public async ValueTask ShopAsync()
    {
        // Times of visits are a Poisson process on the scale of the activity curve (A57).
        for (var share = Next(0); _activity.DayAt(share) is { } day; share = Next(share))
        {
            await Kernel.Until(SimulatedTime.On(day, (7 * 3_600) + Random.NextInt32(16 * 3_600)));
            await OrderAsync().ConfigureAwait(true);
        }
    }

    private double Next(double share)
    {
        var draw = Random.NextExponential();
        return Pace?.Next(share, draw, _orders) ?? share + (draw / _orders);
    }

    /// <summary>Is paid a part of what it buys, or support of another kind, by the authority.</summary>
    /// <param name="amountFen">Above 0.</param>
    public async ValueTask ReceiveAidAsync(long amountFen)
    {
        await Kernel.SubmitAsync(new DepositFunds(Party, amountFen) { At = Now, By = Parties.Authority }).ConfigureAwait(true);
        _fundsFen += amountFen;
    }

    /// <summary>Joins the market: is admitted to it once.</summary>
    public async ValueTask JoinAsync()
    {
        if (!_isAdmitted)
        {
            _isAdmitted = true;
            await Kernel.SubmitAsync(new AdmitBuyer(Party, AdmittedFor) { At = Now, By = Parties.Authority }).ConfigureAwait(true);
        }
    }

    /// <summary>Pays in so that an amount can be held, unless this buyer is short of money this time.</summary>
    public async ValueTask TopUpAsync(long amountFen, double shortOfMoney, RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(random);
        if (_fundsFen < amountFen && !random.NextBoolean(shortOfMoney))
        {
            // Whole thousands of yuan, for this order and some to come.
            var deposit = ((amountFen - _fundsFen) / 100_000 * (100_000 + (50_000L * random.NextInt32(4)))) + 200_000;
            await Kernel.SubmitAsync(new DepositFunds(Party, deposit) { At = Now, By = Party }).ConfigureAwait(true);
            _fundsFen += deposit;
        }
    }

    /// <summary>Notes what an order took from its funds, or a refund brought back.</summary>
    public async ValueTask SpendAsync(long amountFen)
    {
        if (HasOneAccount)
        {
            BookFunds.Hold(amountFen);
            return;
        }

        if (amountFen > _fundsFen && BookFunds.IsUsed)
        {
            // It was short of money, and yet the account covered it: with what is set aside for order books. That is made good at once.
            await BookFunds.CoverAsync(amountFen).ConfigureAwait(true);
            return;
        }

        _fundsFen -= amountFen;
    }

    private async ValueTask OrderAsync()
    {
        var isStale = Random.NextBoolean(Market.Scenario.Demand.Shelf.StaleOrders.Value);
        if ((isStale ? Market.Shelf.Stale(Random) : Choose()) is not { } product)
        {
            return;
        }

        if (!isStale && Market.Shocks.IsShunned(product, Now.Date, Party))
        {
            return;
        }

        var quantity = QuantityOf(product.Terms);
        var (seen, version) = Best(product, quantity, LookAt(product, quantity));
        // Nothing is paid towards what is no longer for sale or not for this firm: the order will be refused.
        var aid = _hasBought || isStale || seen.Refusal is not null ? 0 : Market.Shocks.SubsidyFor(Party, seen.PriceFen, Now.Date);
        // Who has an old view of the shelf decided before.
        if (!isStale && seen.ValueFen + aid < seen.PriceFen)
        {
            Market.Truth.Note(seen);
            return;
        }

        var venue = product.Venues.Count > 0 ? product.Venues[Random.NextInt32(product.Venues.Count)] : product.Plan.Venues[0].Venue;
        if (Market.Shocks.IsOut(venue, Now.Date))
        {
            // Where it stands at another venue too, that one is gone to; else he leaves.
            var others = product.Venues.Where(other => !Market.Shocks.IsOut(other, Now.Date)).ToArray();
            if (others.Length == 0)
            {
                return;
            }

            venue = others[0];
        }

        await JoinAsync().ConfigureAwait(true);
        if (aid > 0)
        {
            Market.Shocks.Pay(Party, aid, Now.Date);
            await ReceiveAidAsync(aid).ConfigureAwait(true);
        }

        await TopUpAsync(seen.PriceFen, Market.Scenario.Demand.Shelf.Underfunded.Value, Random).ConfigureAwait(true);
        var deal = new DealId($"{Party.Value}-{++_orderNumber:0000}");
        var outcome = await Kernel.SubmitAsync(new PlaceOrder(
            product.Plan.Product, deal, venue, Party, null, TradeChannel.Shelf, quantity, null, version) { At = Now, By = Party }).ConfigureAwait(true);
        if (!isStale)
        {
            Market.Truth.Note(seen with { Deal = deal, Refusal = outcome.Rejection });
        }

        NoteLimits(product, outcome);
        if (outcome.Accepted)
        {
            _hasBought = true;
            var granted = (LicenceGranted)outcome.Events[0];
            await SpendAsync(granted.AmountFen).ConfigureAwait(true);
            var fate = Random.Derive(deal.Value);
            Kernel.Start(Now, () => _course.LeadShelfDealAsync(this, product.Plan, granted, fate));
        }
    }

    // What he would buy is worth something else to everybody: what the provider took it for, give or take.
    private Opportunity LookAt(ShelfProduct product, int quantity)
    {
        var value = PrivateValue.Of(product.Plan.WorthFen(quantity), Market.Scenario.Demand.Shelf.ValueSigma.Value, Random.NextDouble());
        return new(
            TradeChannel.Shelf, product.Plan.Product, product.Plan.Category, product.Terms.Licence, product.Copies, null, value, product.Terms.AmountFor(quantity, Now).Fen,
            product.Plan.SecurityClass > AdmittedFor ? Rejection.BuyerNotAdmitted : null);
    }

    // Who has more left of a version of lower quality takes that.
    private (Opportunity Seen, Degradation? Version) Best(ShelfProduct product, int quantity, Opportunity full)
    {
        var best = (Seen: full, Version: (Degradation?)null);
        foreach (var version in product.Terms.Degraded ?? [])
        {
            var seen = full with { ValueFen = PriceMenu.WorthOf(version, full.ValueFen), PriceFen = product.Terms.AmountFor(quantity, Now, version).Fen };
            best = seen.ValueFen - seen.PriceFen > best.Seen.ValueFen - best.Seen.PriceFen ? (seen, version.Degradation) : best;
        }

        return best;
    }

    private ShelfProduct? Choose()
    {
        var along = Random.NextBoolean(Market.Scenario.Demand.Shelf.AlongTheChain.Value);
        return (along ? Market.Shelf.Along(Market.Source.Graph.SuppliersOf(SubTrack), Random) : null) ?? Market.Shelf.Popular(Random);
    }

    // A56.
    private int QuantityOf(LicenceTerms terms) => terms.Licence switch
    {
        LicenceKind.CallPack => 1 + Math.Min(9, (int)(Random.NextExponential() * 0.8)),
        LicenceKind.Subscription => Random.PickWeighted([3, 0, 3, 0, 0, 2]) is var pick && pick == 5 ? 12 : pick + 1,
        _ => 1,
    };

    private void NoteLimits(ShelfProduct product, Outcome outcome)
    {
        if (outcome.Rejection is Rejection.CapReached or Rejection.ExclusiveLicenceSold
            || (outcome.Accepted && product.Terms.Licence == LicenceKind.Exclusive))
        {
            Market.Shelf.SoldOut(product.Plan.Product);
        }
    }
}
