using System.Text.Json;
using DataExchange.Domain;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;
using DataExchange.EventStore.Serialization;
using DataExchange.EventStore.Services;
using DataExchange.Exchange;

namespace DataExchange.Services;

/// <summary>A command that follows from a fact.</summary>
/// <param name="At">Its place in the feed.</param>
/// <param name="Command">The command.</param>
/// <param name="Fact">The fact.</param>
internal sealed record Reaction(FeedPosition At, Command Command, Messages.FactEnvelope Fact);

/// <summary>What frees the money that was held for an order that was refused after all.</summary>
internal static class Release
{
    /// <summary>The command; null where nothing may be held, or what is held belongs to an order that stands.</summary>
    internal static Command? Of(Command refused, StreamTable table) => refused switch
    {
        PlaceOrder { Channel: not TradeChannel.FiledContract } order when table.StateOf(order.Stream) is IssuanceRight offer && !offer.Licences.Contains(order.Deal) =>
            new ReleaseHold(order.Buyer, order.Deal) { At = order.At, By = Reactions.Exchange },
        OrderBundle order when table.StateOf(order.Stream) is Bundle bundle && !bundle.Orders.Contains(order.Order) =>
            new ReleaseHold(order.Buyer, order.Order) { At = order.At, By = Reactions.Exchange },
        CommitBid { DepositFen: > 0 } bid when table.StateOf(bid.Stream) is Auction auction && !auction.Bids.ContainsKey(bid.Bidder.Value) =>
            new ReleaseBidFunds(bid.Bidder, bid.Auction, CommitBid.DepositNumber) { At = bid.At, By = Reactions.Exchange },
        RevealBid bid when table.StateOf(bid.Stream) is Auction auction && auction.Bids.TryGetValue(bid.Bidder.Value, out var sealedBid) && sealedBid.AmountFen is null && bid.RestOf(sealedBid) > 0 =>
            new ReleaseBidFunds(bid.Bidder, bid.Auction, RevealBid.RestNumber) { At = bid.At, By = Reactions.Exchange },
        PlaceBid bid when table.StateOf(bid.Stream) is Auction auction && auction.Numbers.GetValueOrDefault(bid.Bidder) < bid.Number =>
            new ReleaseBidFunds(bid.Bidder, bid.Auction, bid.Number) { At = bid.At, By = Reactions.Exchange },
        EnterBookOrder { Terms.NeedFen: > 0 } order when table.StateOf(order.Stream) is OrderBook book && book.Numbers.GetValueOrDefault(order.Party) < order.Number =>
            new ReleaseOrderFunds(order.Party, order.Product, order.Number, order.Terms.NeedFen) { At = order.At, By = Reactions.Exchange },
        _ => null,
    };
}

/// <summary>Rows of what was put aside.</summary>
internal static class Quarantine
{
    internal static QuarantineRow Of(CommandWork work, Exception failure) => new(
        work.Id, "command", JsonSerializer.Serialize(new Messages.CommandEnvelope(work.Id, CommandCodec.NameOf(work.Command), new RawJson(CommandCodec.WriteUtf8(work.Command)), work.Expected)), failure.Message);

    internal static QuarantineRow Of(Reaction reaction, Exception failure) => new(
        new Guid((int)(reaction.At.Sequence >> 32), (short)(reaction.At.Sequence >> 16), (short)reaction.At.Sequence, 0x80, 0, 0, 0, 0, 0, 0, (byte)reaction.At.Index),
        "reaction",
        JsonSerializer.Serialize(new { reaction.At.Sequence, reaction.At.Index, Command = CommandCodec.NameOf(reaction.Command), reaction.Command.Stream, reaction.Fact }),
        failure.Message);
}
