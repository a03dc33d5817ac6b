namespace DataExchange.Web.Lessons;

/// <summary>An input of a sandbox that is not allowed.</summary>
/// <param name="name">Which.</param>
/// <param name="value">What it was.</param>
/// <param name="allowed">What is allowed.</param>
internal sealed class WrongInputException(string name, string value, string allowed) : Exception($"{name}: “{value}” is not allowed; allowed: {allowed}")
{
    /// <summary>Which input.</summary>
    internal string Field => name;

    /// <summary>What it was; of a long one the beginning.</summary>
    internal string Value => value.Length <= MostShown ? value : value[..MostShown] + "…";

    /// <summary>What is allowed.</summary>
    internal string Allowed => allowed;

    private const int MostShown = 80;
}
