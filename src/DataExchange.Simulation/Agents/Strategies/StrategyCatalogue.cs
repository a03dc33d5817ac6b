using System.Globalization;
using System.Reflection;
using DataExchange.Simulation.Agents.Strategies.BuiltIn;
using DataExchange.Simulation.Scenarios;

namespace DataExchange.Simulation.Agents.Strategies;

/// <summary>A strategy that agents may follow.</summary>
public sealed class AgentStrategy
{
    private readonly Func<IAgent> _make;

    private AgentStrategy(string name, AgentStrategyAttribute? named, IReadOnlyList<AgentParameterAttribute> parameters, Func<IAgent> make)
    {
        (Name, Parameters, _make) = (name, parameters, make);
        Text = new(named?.Zh ?? "", named?.En ?? "");
        FewestMembers = Math.Max(1, named?.FewestMembers ?? 1);
        (IsManipulation, NeedsVenue) = (named?.IsManipulation == true, named?.NeedsVenue == true);
    }

    /// <summary>Its name in scenarios.</summary>
    public string Name { get; }

    /// <summary>What it does.</summary>
    public Bilingual Text { get; }

    /// <summary>Fewest members of a group.</summary>
    public int FewestMembers { get; }

    /// <summary>Whether trades among the members of a group are no business.</summary>
    public bool IsManipulation { get; }

    /// <summary>Whether a group must name its venue.</summary>
    public bool NeedsVenue { get; }

    /// <summary>Its parameters.</summary>
    public IReadOnlyList<AgentParameterAttribute> Parameters { get; }

    /// <summary>That of a class.</summary>
    /// <param name="type">A public class that implements <see cref="IAgent"/> and has a public constructor without parameters.</param>
    /// <exception cref="ArgumentException">It is no such class, or says something about itself that cannot be.</exception>
    public static AgentStrategy Of(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (!typeof(IAgent).IsAssignableFrom(type) || type.IsAbstract || type.ContainsGenericParameters || type.GetConstructor(Type.EmptyTypes) is not { } make)
        {
            throw new ArgumentException($"class '{type.FullName}' is no strategy: it must implement {nameof(IAgent)}, be neither abstract nor generic, and have a public constructor without parameters");
        }

        var named = type.GetCustomAttribute<AgentStrategyAttribute>();
        var name = named?.Name ?? type.Name;
        var isBuiltIn = type.Assembly == typeof(AgentStrategy).Assembly;
        if (!isBuiltIn && (name.Length == 0 || !char.IsAsciiLetterUpper(name[0]) || !name.All(letter => char.IsAsciiLetterOrDigit(letter))))
        {
            throw new ArgumentException($"class '{type.FullName}': strategy name '{name}' is not allowed: a capital letter, then letters and digits");
        }

        AgentParameterAttribute[] parameters = [.. type.GetCustomAttributes<AgentParameterAttribute>(true).OrderBy(one => one.Name, StringComparer.Ordinal)];
        foreach (var parameter in parameters)
        {
            if (!(parameter.Least <= parameter.Value && parameter.Value <= parameter.Most) || !double.IsFinite(parameter.Least) || !double.IsFinite(parameter.Most)
                || parameters.Count(one => one.Name == parameter.Name) > 1)
            {
                throw new ArgumentException(Say(
                    $"class '{type.FullName}': parameter '{parameter.Name}' from {parameter.Least} to {parameter.Most} with {parameter.Value} is not allowed: once each, finite, and the value in the range"));
            }
        }

        return new(name, named, parameters, () => (IAgent)make.Invoke(null));
    }

    /// <summary>Makes one agent.</summary>
    public IAgent Make() => _make();

    /// <summary>What a group says that its strategy does not allow, one line each.</summary>
    /// <param name="group">The group.</param>
    public IEnumerable<string> Problems(AgentSettings group)
    {
        ArgumentNullException.ThrowIfNull(group);
        var place = $"agents[{group.Id}]";
        if (group.Count.Value < FewestMembers)
        {
            yield return Say($"{place}.count = {group.Count.Value}: strategy {Name} needs at least {FewestMembers}");
        }

        if (NeedsVenue && group.Venue is null)
        {
            yield return $"{place}.venue: is required with strategy {Name}";
        }

        foreach (var (name, figure) in group.Parameters ?? new Dictionary<string, Figure>())
        {
            if (Parameters.FirstOrDefault(one => one.Name == name) is not { } known)
            {
                var all = Parameters.Count == 0 ? "it has none" : "it has " + string.Join(", ", Parameters.Select(one => one.Name));
                yield return $"{place}.parameters.{name}: strategy {Name} has no such parameter; {all}";
            }
            else if (!(figure.Value >= known.Least && figure.Value <= known.Most))
            {
                yield return Say($"{place}.parameters.{name} = {figure.Value}: is out of range, allowed from {known.Least} to {known.Most}");
            }
        }
    }

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The strategies that scenarios may name.</summary>
public sealed class StrategyCatalogue
{
    private readonly Dictionary<string, AgentStrategy> _byName;

    private StrategyCatalogue(IEnumerable<AgentStrategy> all) => _byName = all.ToDictionary(one => one.Name, StringComparer.Ordinal);

    /// <summary>What is built in; all of it but the manipulating venue is written over <see cref="IAgent"/>.</summary>
    public static StrategyCatalogue BuiltIn { get; } = new(new[]
    {
        typeof(ZeroIntelligence), typeof(ZeroIntelligencePlus), typeof(AdaptiveMarketMaker), typeof(BudgetedBuyer), typeof(QualitySensitiveBuyer),
        typeof(ColludingRing), typeof(WashTrader), typeof(PaddingVenue),
    }.Select(AgentStrategy.Of));

    /// <summary>All, by name.</summary>
    public IReadOnlyList<AgentStrategy> All => [.. _byName.Values.OrderBy(one => one.Name, StringComparer.Ordinal)];

    /// <summary>These and others.</summary>
    /// <param name="others">Strategies of one's own.</param>
    /// <exception cref="ArgumentException">A name is used twice.</exception>
    public StrategyCatalogue With(IEnumerable<AgentStrategy> others)
    {
        ArgumentNullException.ThrowIfNull(others);
        var all = _byName.Values.Concat(others).ToArray();
        var twice = all.GroupBy(one => one.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        return twice is null ? new(all) : throw new ArgumentException($"two strategies are named '{twice.Key}'; name one of them otherwise with [AgentStrategy(\"…\")]");
    }

    /// <summary>A strategy; null where there is none of that name.</summary>
    /// <param name="name">Its name.</param>
    public AgentStrategy? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Whether a name is that of a strategy of one's own, which is in no scenario file: it begins with a capital letter.</summary>
    /// <param name="name">The name.</param>
    public static bool IsOwn(string name) => name is { Length: > 0 } && char.IsAsciiLetterUpper(name[0]);

    /// <summary>What a scenario's groups say that cannot be, one line each.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="withOwn">Whether strategies of one's own must be here too; otherwise they are passed over.</param>
    public IReadOnlyList<string> Problems(Scenario scenario, bool withOwn)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        var problems = new List<string>();
        foreach (var group in scenario.Agents ?? [])
        {
            if (Find(group.Strategy) is { } strategy)
            {
                problems.AddRange(strategy.Problems(group));
            }
            else if (withOwn || !IsOwn(group.Strategy))
            {
                var own = IsOwn(group.Strategy) ? "; a strategy of one's own needs --agents FILE.dll" : "";
                problems.Add($"agents[{group.Id}].strategy = \"{group.Strategy}\": is unknown; there are {string.Join(", ", All.Select(one => one.Name))}{own}");
            }
        }

        return problems;
    }
}
