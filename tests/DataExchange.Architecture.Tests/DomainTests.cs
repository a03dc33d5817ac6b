using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using DataExchange.Domain;
using NetArchTest.Rules;

namespace DataExchange.Architecture.Tests;

public sealed partial class DomainTests
{
    private static readonly string[] Capabilities = ["Rights", "Pricing", "Listing", "Trading", "Settlement", "Trust"];

    // Whole numbers that are no amounts of money.
    private static readonly string[] Counts = ["ViewsRecorded.Views", "TreeHead.Size"];

    public static TheoryData<string> AllCapabilities => [.. Capabilities];

    [Theory, MemberData(nameof(AllCapabilities))]
    public void A_capability_uses_no_type_of_another(string capability)
    {
        var types = Types.InAssembly(DomainShapes.Domain).That().ResideInNamespace("DataExchange.Domain." + capability);
        Assert.NotEmpty(types.GetTypes());
        var result = types.ShouldNot()
            .HaveDependencyOnAny([.. Capabilities.Where(other => other != capability).Select(other => "DataExchange.Domain." + other)])
            .GetResult();
        Assert.True(result.IsSuccessful, string.Join(", ", result.FailingTypeNames ?? []));
    }

    [Fact]
    public void Every_decider_lies_in_the_folder_of_the_capability_it_names()
    {
        Assert.NotEmpty(DomainShapes.Deciders);
        Assert.All(DomainShapes.Deciders, decider => Assert.Equal(
            "DataExchange.Domain." + decider.GetProperty("Capability")!.GetValue(null), decider.Namespace));
        Assert.Equal(Capabilities.Order(), DomainShapes.Deciders.Select(decider => decider.Namespace!.Split('.').Last()).Distinct().Order());
    }

    [Fact]
    public void Shared_primitives_use_no_capability()
    {
        var types = Types.InAssembly(DomainShapes.Domain).That().ResideInNamespaceMatching(@"^DataExchange\.Domain$");
        Assert.NotEmpty(types.GetTypes());
        var result = types.ShouldNot()
            .HaveDependencyOnAny([.. Capabilities.Select(capability => "DataExchange.Domain." + capability)]).GetResult();
        Assert.True(result.IsSuccessful, string.Join(", ", result.FailingTypeNames ?? []));
    }

    [Fact]
    public void Events_commands_and_states_cannot_be_changed()
    {
        var types = DomainShapes.WithWhatTheyCarry([.. DomainShapes.Events, .. DomainShapes.Commands, .. DomainShapes.States]);
        Assert.All(types, type =>
        {
            Assert.True(type.IsSealed || type.IsAbstract, $"{type.Name} is neither sealed nor abstract");
            Assert.Empty(type.IsEnum ? [] : type.GetFields(BindingFlags.Public | BindingFlags.Instance));
            Assert.Empty(DomainShapes.Properties(type).Where(property => !IsFixed(property)).Select(property => $"{type.Name}.{property.Name}"));
        });
    }

    [Fact]
    public void Every_event_has_a_name_of_its_own_in_lower_case_with_a_version()
    {
        var names = DomainShapes.Events.Where(type => !type.IsAbstract)
            .Select(type => type.GetCustomAttribute<EventNameAttribute>()?.FullName ?? $"({type.Name} has none)").ToArray();
        Assert.All(names, name => Assert.Matches(EventName(), name));
        Assert.Equal(names.Length, names.Distinct().Count());
    }

    [Fact]
    public void Whole_numbers_of_64_bits_in_events_are_amounts_and_end_in_Fen()
    {
        var carried = DomainShapes.WithWhatTheyCarry(DomainShapes.Events).Where(type => type != typeof(SimulatedTime));
        Assert.Empty(carried.SelectMany(type => DomainShapes.Properties(type)
            .Where(property => DomainShapes.Parts(property.PropertyType).Any(part => part == typeof(long) || part == typeof(Money)))
            .Where(property => !property.Name.EndsWith("Fen", StringComparison.Ordinal) || property.PropertyType == typeof(Money))
            .Select(property => $"{type.Name}.{property.Name}")).Except(Counts));
    }

    [Fact]
    public void No_event_or_command_carries_a_floating_point_number()
    {
        Type[] floating = [typeof(float), typeof(double), typeof(decimal), typeof(Half)];
        var carried = DomainShapes.WithWhatTheyCarry([.. DomainShapes.Events, .. DomainShapes.Commands, .. DomainShapes.States]);
        Assert.Empty(carried.SelectMany(DomainShapes.Properties)
            .Where(property => DomainShapes.Parts(property.PropertyType).Any(floating.Contains))
            .Select(property => $"{property.DeclaringType!.Name}.{property.Name}"));
    }

    [Fact]
    public void The_simulation_knows_commands_and_facts_but_no_decider_and_no_state()
    {
        var hidden = DomainShapes.Deciders.Concat(DomainShapes.States).Append(typeof(IDecider<,>))
            .Concat(DomainShapes.Domain.GetTypes().Where(type => type.IsEnum && (type.Name.EndsWith("Stage", StringComparison.Ordinal)
                || type.Name.EndsWith("Status", StringComparison.Ordinal))))
            .Select(type => type.FullName!);
        Assert.Empty(Sources.UsedTypes("DataExchange.Simulation").Intersect(hidden));
    }

    [Fact]
    public void The_simulation_reaches_the_exchange_through_its_port() =>
        Assert.Contains(typeof(IExchange).FullName, Sources.UsedTypes("DataExchange.Simulation"));

    // Init-only or get-only, and not a collection that its holder could change.
    private static bool IsFixed(PropertyInfo property) =>
        (property.SetMethod is not { IsPublic: true } setter
            || setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)))
        && !property.PropertyType.IsArray
        && property.PropertyType.Namespace != "System.Collections.Generic" | property.PropertyType.Name.StartsWith("IReadOnly", StringComparison.Ordinal);

    [GeneratedRegex(@"^[a-z]+(_[a-z]+)*\.v[1-9][0-9]*$")]
    private static partial Regex EventName();
}
