using DataExchange.Domain;

namespace DataExchange.Simulation.Agents.Strategies;

/// <summary>
/// A strategy of one's own, or one that is built in: one object for each member of a group of agents. It sees the market and acts on it through
/// <see cref="IAgentMarket"/> alone, and has no clock, no random source and no I/O but what that gives: so a run depends on its scenario and seed only.
/// See docs/agents.md.
/// </summary>
public interface IAgent
{
    /// <summary>Acts at the present moment. Called first on the group's first day at 9:00, when the agent is enrolled and admitted to all classes of data but core ones.</summary>
    /// <param name="market">What it sees and may do.</param>
    /// <returns>When to be woken next, at least a second from now (earlier means that); null for never again.</returns>
    ValueTask<SimulatedTime?> ActAsync(IAgentMarket market);

    /// <summary>Hears of what everybody can see in an order book: called at once, for every order and trade. It may note, and must not act.</summary>
    /// <param name="market">What it sees.</param>
    /// <param name="news">What happened.</param>
    void Observe(IAgentMarket market, BookNews news)
    {
    }
}

/// <summary>Gives a strategy another name in scenarios than that of its class. Names in small letters are kept for what is built in.</summary>
/// <param name="name">The name.</param>
/// <param name="zh">What it does, in Chinese.</param>
/// <param name="en">What it does, in English.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class AgentStrategyAttribute(string name, string zh = "", string en = "") : Attribute
{
    /// <summary>The name.</summary>
    public string Name { get; } = name;

    /// <summary>What it does, in Chinese.</summary>
    public string Zh { get; } = zh;

    /// <summary>What it does, in English.</summary>
    public string En { get; } = en;

    /// <summary>Fewest members of a group, which scaling keeps; 1 or more.</summary>
    public int FewestMembers { get; set; } = 1;

    /// <summary>Whether trades among the members of a group are no business: they are noted beside the store, for whoever looks for them.</summary>
    public bool IsManipulation { get; set; }

    /// <summary>Whether a group must name its venue.</summary>
    public bool NeedsVenue { get; set; }
}

/// <summary>Declares a parameter of a strategy: a scenario may give it, within its range.</summary>
/// <param name="name">Its name.</param>
/// <param name="least">Smallest value.</param>
/// <param name="most">Largest value.</param>
/// <param name="value">The value where the scenario gives none.</param>
/// <param name="en">What it is, and its unit, in English.</param>
/// <param name="zh">What it is, in Chinese.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class AgentParameterAttribute(string name, double least, double most, double value, string en = "", string zh = "") : Attribute
{
    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>Smallest value.</summary>
    public double Least { get; } = least;

    /// <summary>Largest value.</summary>
    public double Most { get; } = most;

    /// <summary>The value where the scenario gives none.</summary>
    public double Value { get; } = value;

    /// <summary>What it is, and its unit, in English.</summary>
    public string En { get; } = en;

    /// <summary>What it is, in Chinese.</summary>
    public string Zh { get; } = zh;
}
