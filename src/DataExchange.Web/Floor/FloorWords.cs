using DataExchange.Domain;
using DataExchange.Domain.Trading;

namespace DataExchange.Web.Floor;

/// <summary>Which words stand for what a frame says. Pages have all of them, for the script to choose from.</summary>
internal static class FloorWords
{
    /// <summary>Phases.</summary>
    internal static readonly IReadOnlyDictionary<string, string> Phases = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Closed"] = "floor.phase.closed",
        ["PreOpen"] = "floor.phase.preOpen",
        ["Auction"] = "floor.phase.auction",
        ["Continuous"] = "floor.phase.continuous",
        ["Halted"] = "floor.phase.halted",
        ["Suspended"] = "floor.phase.suspended",
        ["Ended"] = "floor.phase.ended",
    };

    /// <summary>What happened.</summary>
    internal static readonly IReadOnlyDictionary<string, string> Whats = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [""] = "floor.what.nothing",
        ["halted"] = "floor.what.halted",
        ["halt"] = "floor.what.halt",
        ["uncrossed"] = "floor.what.uncrossed",
        ["traded"] = "floor.what.traded",
        ["refused"] = "floor.what.refused",
        ["entered"] = "floor.what.entered",
        ["cancelled"] = "floor.what.cancelled",
        ["expired"] = "floor.what.expired",
        ["reduced"] = "floor.what.reduced",
        ["triggered"] = "floor.what.triggered",
        ["phase"] = "floor.what.phase",
        ["redeemed"] = "floor.what.redeemed",
        ["suspended"] = "floor.what.suspended",
        ["resumed"] = "floor.what.resumed",
        ["opened"] = "floor.what.opened",
        ["extended"] = "floor.what.extended",
        ["closed"] = "floor.what.closed",
    };

    private static readonly string[] MostTelling = ["halted", "uncrossed", "traded", "refused"];

    /// <summary>What facts that came together come to.</summary>
    /// <param name="facts">The facts, in order.</param>
    internal static string Of(IReadOnlyList<Event> facts)
    {
        var all = facts.Select(Of).ToList();
        return MostTelling.FirstOrDefault(all.Contains) ?? all[0];
    }

    private static string Of(Event fact) => fact switch
    {
        BookHalted => "halted",
        BookUncrossed => "uncrossed",
        PacksTraded => "traded",
        BookOrderRefused => "refused",
        BookOrderEntered => "entered",
        BookOrderCancelled => "cancelled",
        BookOrderExpired => "expired",
        BookOrderReduced => "reduced",
        BookOrderTriggered => "triggered",
        BookPhaseChanged => "phase",
        PacksRedeemed => "redeemed",
        BookSuspended => "suspended",
        BookResumed => "resumed",
        BookOpened => "opened",
        BookExtended => "extended",
        BookClosed => "closed",
        _ => "",
    };
}
