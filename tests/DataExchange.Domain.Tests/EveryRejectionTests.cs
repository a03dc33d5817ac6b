using System.Reflection;

namespace DataExchange.Domain.Tests;

public sealed class EveryRejectionTests
{
    [Fact]
    public void Every_rejection_is_given_by_some_decider_in_some_table_or_case()
    {
        var given = DeciderSpecification.All.SelectMany(specification => specification.Answers()).Select(answer => answer.Rejection);
        Assert.Empty(Enum.GetValues<Rejection>().Except(given.OfType<Rejection>()));
    }

    [Fact]
    public void Every_event_is_recorded_by_exactly_one_decider_in_some_table_or_case()
    {
        var recorded = DeciderSpecification.All.SelectMany(specification => specification.Events().Keys).ToArray();
        var all = typeof(Event).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Event)) && !type.IsAbstract).Select(type => type.Name);
        Assert.Equal(all.Order(StringComparer.Ordinal), recorded.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_decider_has_a_specification()
    {
        var deciders = typeof(Event).Assembly.GetTypes()
            .Where(type => type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IDecider<,>)))
            .Select(type => (string)type.GetProperty("StreamKind", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!);
        Assert.Equal(deciders.Order(StringComparer.Ordinal), DeciderSpecification.All.Select(s => s.Kind).Order(StringComparer.Ordinal));
    }
}
