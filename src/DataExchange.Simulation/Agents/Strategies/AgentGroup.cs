using DataExchange.Domain;
using DataExchange.Domain.Trading;
using DataExchange.Simulation.Agents.Books;
using DataExchange.Simulation.Scenarios;
using DataExchange.Simulation.Truth;

namespace DataExchange.Simulation.Agents.Strategies;

/// <summary>The members of one group: it wakes them when they want, and tells them what happens in the books.</summary>
internal sealed class AgentGroup
{
    private readonly Market _market;
    private readonly AgentSettings _settings;
    private readonly List<(IAgent Agent, AgentMarket View)> _members = [];
    private readonly Dictionary<PartyId, AgentMarket> _views = [];
    private readonly SimulatedTime _until;
    private readonly HashSet<PartyId> _manipulators = [];

    public AgentGroup(Market market, AgentSettings settings, IReadOnlyList<BuyerAgent> firms, IReadOnlyList<VenueAgent> venues, DealCourse course)
    {
        (_market, _settings) = (market, settings);
        var strategy = market.Source.Strategies.Find(settings.Strategy)
            ?? throw new ArgumentException(market.Source.Strategies.Problems(market.Scenario, withOwn: true)[0], nameof(settings));
        _until = settings.Until is { } last && last < market.Scenario.Until ? SimulatedTime.On(last.AddDays(1)) : market.Kernel.End;
        var group = new GroupKnowledge(settings, strategy, [.. firms.Select(firm => firm.Party)], venues, course, _until);
        if (strategy.IsManipulation)
        {
            _manipulators.UnionWith(group.Members);
        }

        for (var i = 0; i < firms.Count; i++)
        {
            var view = new AgentMarket(market, firms[i], i + 1, group);
            _members.Add((strategy.Make(), view));
            _views.Add(firms[i].Party, view);
        }
    }

    /// <summary>Sets all members going.</summary>
    public void Start()
    {
        foreach (var (agent, view) in _members)
        {
            _market.Kernel.Start(SimulatedTime.On(_settings.From, 9 * 3_600), () => LiveAsync(agent, view));
        }

        _market.Books.Noted += Tell;
    }

    private async ValueTask LiveAsync(IAgent agent, AgentMarket view)
    {
        await view.JoinAsync().ConfigureAwait(true);
        while (await agent.ActAsync(view).ConfigureAwait(true) is { } wanted)
        {
            var next = wanted > _market.Kernel.Now ? wanted : _market.Kernel.Now.AddSeconds(1);
            if (next >= _until)
            {
                return;
            }

            await _market.Kernel.Until(next);
        }
    }

    private void Tell(BookDesk desk, IReadOnlyList<Event> events)
    {
        if (_market.Kernel.Now >= _until || (_settings.Venue is { } only && desk.Series.Venue.Value != only))
        {
            return;
        }

        foreach (var @event in events)
        {
            if (@event is PacksTraded trade)
            {
                if (_manipulators.Contains(trade.Buyer) && _manipulators.Contains(trade.Seller))
                {
                    _market.Truth.Note(new ManipulationTruth(_settings.Strategy, _settings.Id, trade.Deal, [trade.Buyer, trade.Seller]));
                }

                Note(trade.Buyer, trade);
                if (trade.Seller != trade.Buyer)
                {
                    Note(trade.Seller, trade);
                }
            }

            if (NewsOf(@event, events) is { } news)
            {
                foreach (var (agent, view) in _members)
                {
                    agent.Observe(view, news);
                }
            }
        }
    }

    private void Note(PartyId party, PacksTraded trade)
    {
        if (_views.TryGetValue(party, out var view))
        {
            view.Note(trade);
        }
    }

    private static BookNews? NewsOf(Event @event, IReadOnlyList<Event> all) => @event switch
    {
        PacksTraded e => new(e.Product, true, e.Taker, e.PriceFen, e.Quantity, e.At),
        BookOrderEntered { Terms.Kind: BookOrderKind.Limit or BookOrderKind.Posted } e when !all.Any(other => IsAbout(e, other)) =>
            new(e.Product, false, e.Terms.Side, e.Terms.PriceFen, e.Terms.Quantity, e.At),
        _ => null,
    };

    // An order that traded at once, or was refused, was never there for others to see.
    private static bool IsAbout(BookOrderEntered order, Event other) => other switch
    {
        PacksTraded e => (e.Buyer == order.Party && e.BuyNumber == order.Number) || (e.Seller == order.Party && e.SellNumber == order.Number),
        BookOrderRefused e => e.Party == order.Party && e.Number == order.Number,
        _ => false,
    };
}
