using DataExchange.Domain;
using DataExchange.Domain.Trading;
using DataExchange.Simulation.Kernel;

namespace DataExchange.Simulation.Agents.Auctions;

/// <summary>One auction from its first bid to its close.</summary>
/// <param name="market">The surroundings.</param>
/// <param name="venue">The venue.</param>
/// <param name="announced">The auction.</param>
/// <param name="bids">Who bids.</param>
internal sealed class AuctionHall(Market market, VenueAgent venue, AuctionAnnounced announced, IReadOnlyList<AuctionBid> bids)
{
    private const int HourSeconds = 3_600;

    private AuctionId Id => announced.Auction;

    private AuctionRules Rules => announced.Rules;

    private EventKernel Kernel => market.Kernel;

    /// <summary>Runs it.</summary>
    /// <param name="coin">The coin of a random sampling.</param>
    /// <param name="closeSeconds">How long after the end the venue closes it.</param>
    /// <returns>The awards: who, which deal, for how much.</returns>
    internal async ValueTask<IReadOnlyList<(AuctionBid Bid, DealId Deal, long Fen)>> RunAsync(string? coin, int closeSeconds)
    {
        foreach (var bid in bids)
        {
            await bid.Bidder.Firm.JoinAsync().ConfigureAwait(true);
        }

        if (Rules.Format == AuctionFormat.Dutch)
        {
            return await FallAsync(closeSeconds).ConfigureAwait(true);
        }

        if (Rules.IsSealed)
        {
            await SealAsync().ConfigureAwait(true);
        }
        else
        {
            await RaiseAsync().ConfigureAwait(true);
        }

        await Kernel.Until((Rules.RevealUntil ?? Rules.BidUntil).AddSeconds(1 + closeSeconds));
        return await CloseAsync(coin).ConfigureAwait(true);
    }

    private async ValueTask<IReadOnlyList<(AuctionBid Bid, DealId Deal, long Fen)>> CloseAsync(string? coin)
    {
        var outcome = await Kernel.SubmitAsync(new CloseAuction(Id, coin) { At = Kernel.Now, By = venue.Party }).ConfigureAwait(true);
        var closed = outcome.Events.OfType<AuctionClosed>().FirstOrDefault();
        foreach (var bid in bids)
        {
            var price = closed?.Awards.FirstOrDefault(award => award.Bidder == bid.Bidder.Party)?.PriceFen ?? 0;
            var forfeited = closed?.Unrevealed.FirstOrDefault(unrevealed => unrevealed.Bidder == bid.Bidder.Party)?.DepositFen ?? 0;
            bid.Bidder.End(Id, price + forfeited);
        }

        return closed is null ? [] : [.. closed.Awards.Select(award => (bids.First(bid => bid.Bidder.Party == award.Bidder), award.Deal, award.PriceFen))];
    }

    // All commit in the order of their moments, then all open in the order of theirs.
    private async ValueTask SealAsync()
    {
        var committed = new List<(AuctionBid Bid, long Fen)>();
        var seconds = (int)(Rules.BidUntil.UnixSeconds - Kernel.Now.UnixSeconds);
        foreach (var (bid, at) in InTime(bid => bid.IsLate ? Rules.BidUntil.AddSeconds(60 + bid.Random.NextInt32(HourSeconds)) : Kernel.Now.AddSeconds(bid.Random.NextInt32(seconds))))
        {
            var fen = Rules.Format == AuctionFormat.FirstPrice && bid.ValueFen >= Rules.ReserveFen ? bid.ShadedFen(Rules.ReserveFen, bids.Count) : bid.ValueFen;
            if (!AuctionRules.IsBid(fen))
            {
                continue;
            }

            await Kernel.Until(at);
            await bid.Bidder.TopUpAsync(Rules.DepositFen).ConfigureAwait(true);
            var outcome = await Kernel.SubmitAsync(new CommitBid(Id, bid.Bidder.Party, null, bid.CommitmentTo(Id, fen), Rules.DepositFen) { At = Kernel.Now, By = bid.Bidder.Party })
                .ConfigureAwait(true);
            if (outcome.Accepted)
            {
                bid.Bidder.Hold(Id, Rules.DepositFen);
                committed.Add((bid, fen));
            }
        }

        var begin = Kernel.Now > Rules.BidUntil ? Kernel.Now : Rules.BidUntil;
        var left = (int)(Rules.RevealUntil!.Value.UnixSeconds - begin.UnixSeconds) - 1;
        foreach (var (bid, at) in InTime(bid => begin.AddSeconds(1 + bid.Random.NextInt32(left))))
        {
            if (committed.Find(one => one.Bid == bid) is { Bid: not null, Fen: var fen } && !bid.StaysSealed)
            {
                await Kernel.Until(at);
                await OpenAsync(bid, fen).ConfigureAwait(true);
            }
        }
    }

    private async ValueTask OpenAsync(AuctionBid bid, long fen)
    {
        var rest = Math.Max(0, fen - Rules.DepositFen);
        if (!bid.IsInsolvent)
        {
            await bid.Bidder.TopUpAsync(rest).ConfigureAwait(true);
        }

        if (bid.IsMistaken)
        {
            await Kernel.SubmitAsync(new RevealBid(Id, bid.Bidder.Party, fen + 100, bid.Nonce) { At = Kernel.Now, By = bid.Bidder.Party }).ConfigureAwait(true);
        }

        var outcome = await Kernel.SubmitAsync(new RevealBid(Id, bid.Bidder.Party, fen, bid.Nonce) { At = Kernel.Now, By = bid.Bidder.Party }).ConfigureAwait(true);
        if (outcome.Accepted)
        {
            bid.Bidder.Hold(Id, rest);
        }
    }

    // Everybody raises by the least while it is worth it, in turn.
    private async ValueTask RaiseAsync()
    {
        var (leader, standing, number) = ((AuctionBid?)null, 0L, 0);
        var refused = new HashSet<AuctionBid>();
        for (var raised = true; raised;)
        {
            raised = false;
            foreach (var bid in bids)
            {
                var next = leader is null ? Rules.ReserveFen : standing + Rules.StepFen!.Value;
                if (bid == leader || bid.ValueFen < next || bid.IsLate || refused.Contains(bid))
                {
                    continue;
                }

                var at = Kernel.Now.AddSeconds(60 + bid.Random.NextInt32(HourSeconds));
                if (at > Rules.BidUntil)
                {
                    return;
                }

                await Kernel.Until(at);
                if (!bid.IsInsolvent)
                {
                    await bid.Bidder.TopUpAsync(next).ConfigureAwait(true);
                }

                if (await PlaceAsync(bid, ++number, next).ConfigureAwait(true) is not null)
                {
                    leader?.Bidder.Hold(Id, -standing);
                    bid.Bidder.Hold(Id, next);
                    (leader, standing, raised) = (bid, next, true);
                }
                else
                {
                    refused.Add(bid);
                }
            }
        }

        foreach (var bid in bids.Where(bid => bid.IsLate && bid.ValueFen > standing))
        {
            await Kernel.Until(Rules.BidUntil.AddSeconds(1 + bid.Random.NextInt32(300)));
            await PlaceAsync(bid, ++number, Math.Max(Rules.ReserveFen, bid.ValueFen)).ConfigureAwait(true);
        }
    }

    // Each waits for its price; the first to call takes it, and the next comes too late.
    private async ValueTask<IReadOnlyList<(AuctionBid Bid, DealId Deal, long Fen)>> FallAsync(int closeSeconds)
    {
        var opened = Kernel.Now;
        foreach (var (bid, at) in InTime(bid => MomentOf(bid, opened)))
        {
            if (bid.ValueFen < Rules.ReserveFen || at > Rules.BidUntil)
            {
                continue;
            }

            await Kernel.Until(at);
            var price = Rules.ClockFen(announced.At, Kernel.Now);
            if (!bid.IsInsolvent)
            {
                await bid.Bidder.TopUpAsync(price).ConfigureAwait(true);
            }

            if (await PlaceAsync(bid, 1, price).ConfigureAwait(true) is { } placed)
            {
                bid.Bidder.Hold(Id, price);
                bid.Bidder.End(Id, placed.AmountFen);
                return [(bid, Id.DealOf(1), placed.AmountFen)];
            }
        }

        await Kernel.Until(Rules.BidUntil.AddSeconds(1 + closeSeconds));
        return await CloseAsync(null).ConfigureAwait(true);
    }

    private SimulatedTime MomentOf(AuctionBid bid, SimulatedTime opened)
    {
        var delay = bid.Random.NextInt32(Rules.StepSeconds!.Value / 2);
        var wanted = bid.ValueFen < Rules.ReserveFen ? 0 : bid.ShadedFen(Rules.ReserveFen, bids.Count);
        var steps = Math.Max(0, (Rules.StartFen!.Value - wanted + Rules.StepFen!.Value - 1) / Rules.StepFen.Value);
        return opened.AddSeconds((steps * Rules.StepSeconds.Value) + delay + 1);
    }

    private async ValueTask<BidPlaced?> PlaceAsync(AuctionBid bid, int number, long fen)
    {
        var outcome = await Kernel.SubmitAsync(new PlaceBid(Id, bid.Bidder.Party, number, null, fen) { At = Kernel.Now, By = bid.Bidder.Party }).ConfigureAwait(true);
        return outcome.Events.OfType<BidPlaced>().FirstOrDefault();
    }

    private (AuctionBid Bid, SimulatedTime At)[] InTime(Func<AuctionBid, SimulatedTime> moment) =>
        [.. bids.Select(bid => (Bid: bid, At: moment(bid))).OrderBy(one => one.At)];
}
