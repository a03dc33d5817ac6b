using System.Globalization;
using DataExchange.EventStore.Schema;

namespace DataExchange.Files;

/// <summary>What files say of where they come from: the run that made the store.</summary>
/// <param name="Scenario">The scenario's name.</param>
/// <param name="ScenarioHash">SHA-256 of the scenario, 64 small hexadecimal digits: two scenarios of one name differ here.</param>
/// <param name="Seed">The seed of the run.</param>
/// <param name="Scale">The factor on products, firms and volume, above 0.</param>
/// <param name="CreatedWith">The version of the program that made the store.</param>
/// <param name="IsWhole">Whether the store holds the whole run and nothing else: it came to its end and nothing was added.</param>
public sealed record RunSource(string Scenario, string ScenarioHash, ulong Seed, double Scale, string CreatedWith, bool IsWhole)
{
    private const int HashDigits = 12;

    /// <summary>The run that a store says it is.</summary>
    /// <param name="identity">What the store says.</param>
    public static RunSource Of(StoreIdentity identity)
    {
        ArgumentNullException.ThrowIfNull(identity);
        return new RunSource(
            identity.ScenarioName, identity.ScenarioHash, identity.Seed, identity.Scale, identity.CreatedWith, identity is { IsCompleted: true, RunEvents: null });
    }

    /// <summary>
    /// The run as a URI. The name never resolves (RFC 2606): it only has to differ where runs differ. That is why it has the beginning of the scenario's hash.
    /// </summary>
    public string Uri => string.Create(
        CultureInfo.InvariantCulture,
        $"https://dataexchange.invalid/run/{System.Uri.EscapeDataString(Scenario)}-{ScenarioHash[..Math.Min(HashDigits, ScenarioHash.Length)]}/{Seed}/{Scale:R}");
}
