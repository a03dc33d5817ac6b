namespace DataExchange.Mutants.Nothing;

/// <summary>Stryker needs a test to begin with; this one lets every mutant live, so that it is soon done and its list and assembly are left.</summary>
public sealed class NothingTests
{
    [Fact]
    public void Nothing_is_tested() => Assert.Equal(0, DataExchange.Matching.Command.AdvanceTime(0).Time);
}
