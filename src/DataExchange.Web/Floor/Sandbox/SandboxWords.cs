using DataExchange.Matching;
using DataExchange.Web.Frame;

namespace DataExchange.Web.Floor.Sandbox;

/// <summary>A sentence in any language: a key of words, and its values, of which those that are keys themselves are translated too.</summary>
/// <param name="Key">The key.</param>
/// <param name="Values">What stands for {0}, {1} and so on.</param>
public sealed record SandboxSaid(string Key, params object[] Values)
{
    /// <summary>The sentence.</summary>
    /// <param name="locale">The language.</param>
    public string In(Locale locale)
    {
        ArgumentNullException.ThrowIfNull(locale);
        return locale.With(Key, [.. Values.Select(value => value is string key && locale.Words.TryGetValue(key, out var words) ? words : value)]);
    }
}

/// <summary>Which words stand for roles, places and reasons.</summary>
internal static class SandboxWords
{
    internal static string Of(SandboxRole role) => role switch
    {
        SandboxRole.Buyer => "floor.role.buyer",
        SandboxRole.Provider => "floor.role.provider",
        SandboxRole.Venue => "floor.role.venue",
        SandboxRole.Regulator => "floor.role.regulator",
        _ => "floor.role.auditor",
    };

    internal static string Of(SandboxPlace place) => place switch
    {
        SandboxPlace.Book => "floor.place.book",
        SandboxPlace.Offer => "floor.place.offer",
        _ => "floor.place.auction",
    };

    internal static string MayOf(SandboxRole role) => role switch
    {
        SandboxRole.Buyer => "floor.may.buyer",
        SandboxRole.Provider => "floor.may.provider",
        SandboxRole.Venue => "floor.may.venue",
        SandboxRole.Regulator => "floor.may.regulator",
        _ => "floor.may.auditor",
    };

    internal static string Of(Reason reason) => reason switch
    {
        Reason.InsufficientFunds => "floor.reason.funds",
        Reason.InsufficientUnits => "floor.reason.units",
        Reason.PhaseForbids => "floor.reason.phase",
        Reason.UnknownOrder => "floor.reason.order",
        Reason.NothingLeftToTake => "floor.reason.nothing",
        Reason.SelfTrade => "floor.reason.self",
        Reason.TradingHalted => "floor.reason.halted",
        Reason.CapacityReached => "floor.reason.full",
        _ => "floor.reason.rules",
    };
}
