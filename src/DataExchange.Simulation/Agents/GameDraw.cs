using System.Numerics;
using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Simulation.Randomness;
using DataExchange.Simulation.Scenarios;

namespace DataExchange.Simulation.Agents;

/// <summary>Draws what a composite product would be worth without some of those who made it. Nothing of it is published; all of it is assumed.</summary>
internal static class GameDraw
{
    private const long MostFen = 1_000_000_000_000;

    /// <summary>Whether holder and contributors have their shares computed, and from what.</summary>
    /// <param name="random">A stream for this alone, so that it shifts no other draw.</param>
    /// <param name="supply">How often.</param>
    /// <param name="plan">The product, with the shares that would be agreed.</param>
    /// <returns>Null without contributors, and where shares are agreed.</returns>
    public static ContributionGame? Of(RandomStream random, SupplySettings supply, ProductPlan plan)
    {
        if (plan.Contributors.Count == 0 || !random.NextBoolean(supply.SharesComputed.Value))
        {
            return null;
        }

        // What a hundred sales bring: how large it is matters to nobody, as the shares are of it all.
        var whole = (long)Int128.Clamp((Int128)plan.Terms.MostUnitPriceFen * plan.Terms.UnitsPerPack * 100, Money.BasisPoints, MostFen);
        var players = plan.Contributors.Count + 1;
        var values = new long[1 << players];
        for (var coalition = 1; coalition < values.Length; coalition++)
        {
            values[coalition] = (long)((Int128)whole * Weight(plan.Contributors, coalition) * Together(coalition, players) / (Money.BasisPoints * Money.BasisPoints));
            // Nobody estimates to the fen what part of a product would be worth (A17).
            values[coalition] = coalition == values.Length - 1 ? whole : values[coalition] * (90 + random.NextInt32(21)) / 100;
        }

        return new([.. plan.Contributors.Select(share => share.Party)], values);
    }

    // What the coalition's members bring, 1/10,000: contributors what they would have agreed on, the holder the rest.
    private static long Weight(IReadOnlyList<ContributorShare> shares, int coalition)
    {
        var (holder, members) = (Money.BasisPoints, 0L);
        for (var i = 0; i < shares.Count; i++)
        {
            holder -= shares[i].ShareBasisPoints;
            members += (coalition >> (i + 1) & 1) * shares[i].ShareBasisPoints;
        }

        return members + ((coalition & 1) * holder);
    }

    // Parts of a whole are worth less by themselves: 7,000 of 10,000 alone, all of it together.
    private static long Together(int coalition, int players) => 7_000 + (3_000 * (BitOperations.PopCount((uint)coalition) - 1) / (players - 1));
}
