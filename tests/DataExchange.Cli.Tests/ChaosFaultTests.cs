using DataExchange.Cli.Commands;
using DataExchange.Cli.Running.Chaos;

namespace DataExchange.Cli.Tests;

/// <summary>Which faults <c>dx chaos</c> makes.</summary>
public sealed class ChaosFaultTests
{
    [Fact]
    public void The_same_seed_makes_the_same_faults_and_two_hundred_seeds_make_all_kinds()
    {
        var schedules = Enumerable.Range(1, 200).Select(ChaosFault.Schedule).ToArray();

        Assert.Equal(schedules.Select(Text), Enumerable.Range(1, 200).Select(ChaosFault.Schedule).Select(Text));
        // A consumer is slow only where there is more than one command at a time.
        Assert.Equal(Enum.GetValues<FaultKind>().Except([FaultKind.SlowConsumer]), schedules.SelectMany(faults => faults).Select(fault => fault.Kind).Distinct().Order());
        Assert.Equal(
            ChaosStage.Plan.Take(ChaosStage.InLockstep).Select(process => process.Name).Order(StringComparer.Ordinal),
            schedules.SelectMany(faults => faults).Where(fault => fault.Kind == FaultKind.KillServices).Select(fault => ChaosStage.NameOf(fault.Target)).Distinct().Order(StringComparer.Ordinal));

        static string Text(IReadOnlyList<ChaosFault> faults) => string.Join("; ", faults);
    }

    [Fact]
    public void Each_kind_is_among_those_that_are_made_without_a_seed_and_each_service_is_killed_by_name()
    {
        ChaosFault[] all = [.. ChaosFault.Catalogue(), .. ChaosFault.Live()];

        Assert.Equal(Enum.GetValues<FaultKind>(), all.Select(fault => fault.Kind).Distinct().Order());
        Assert.Equal(Enum.GetValues<FaultKind>(), ChaosFault.Representatives().Concat(ChaosFault.LiveRepresentatives()).Select(fault => fault.Kind).Distinct().Order());
        Assert.Equal(
            ["feed", "gateway", "listing", "pricing", "rights", "settlement", "trading a", "trading b", "trust"],
            all.Where(fault => fault.Kind == FaultKind.KillServices).Select(fault => ChaosStage.NameOf(fault.Target)).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("FillDsk")]
    [InlineData("11")]
    [InlineData("FillDisk,")]
    public void A_kind_of_fault_that_is_none_is_refused_with_those_that_are(string only)
    {
        var refused = Assert.Throws<WrongInputException>(() => new ChaosRequest(null, 1, false, only, 3, null, false));

        Assert.Contains($"--only '{only.Split(',')[^1]}'", refused.Message);
        Assert.Contains("FillDisk, SkewClock", refused.Message);
    }
}
