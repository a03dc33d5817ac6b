using DataExchange.Matching.Tests.Naive;

namespace DataExchange.Matching.Tests;

/// <summary>The engines that every rule is tried on.</summary>
public static class Engines
{
    public static TheoryData<string> All => ["naive", "fast"];

    public static IEngine New(string name, EngineLimits? limits = null) => name switch
    {
        "naive" => new NaiveEngine(limits ?? new()),
        "fast" => new FastEngine(limits),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "naive and fast are known"),
    };
}
