using System.Globalization;
using DataExchange.Domain;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;

namespace DataExchange.Files.Tables;

/// <summary>
/// Makes orders of events, in the order in which they end. It remembers the orders that stand in books and nothing else. Bids of auctions are no orders here: what
/// they are awarded is. Not for several threads at once.
/// </summary>
/// <param name="ended">Takes each order once.</param>
internal sealed class OrderFold(Action<OrderRow> ended)
{
    private readonly Dictionary<(string Product, string Party, int Number), Standing> _books = [];
    private readonly Dictionary<string, string> _venues = [];

    public void Apply(Event fact)
    {
        switch (fact)
        {
            case LicenceGranted e:
                ended(new OrderRow(e.Deal.Value, PlaceOf(e.Auction, e.Bundle), e.Buyer.Value, OrderOutcome.Granted, e.At)
                {
                    Product = e.Product.Value, Venue = e.Venue.Value, Channel = e.Channel, Quantity = e.Quantity, Filled = e.Quantity, AmountFen = e.AmountFen,
                    Deal = e.Deal.Value, EndedAt = e.At,
                });
                break;
            case OrderRejected e:
                ended(new OrderRow(e.Deal.Value, PlaceOf(e.Auction, e.Bundle), e.Buyer.Value, OrderOutcome.Rejected, e.At)
                {
                    Product = e.Product.Value, Venue = e.Venue.Value, Reason = e.Reason.ToString(), EndedAt = e.At,
                });
                break;
            case HoldRefused e:
                ended(new OrderRow(e.Deal.Value, OrderPlace.Account, e.Party.Value, OrderOutcome.NoFunds, e.At)
                {
                    NeededFen = e.AmountFen, Reason = e.Reason.ToString(), EndedAt = e.At,
                });
                break;
            case OrderFundsRefused e:
                ended(new OrderRow(IdOf(e.Product, e.Party, e.Number), OrderPlace.OrderBook, e.Party.Value, OrderOutcome.NoFunds, e.At)
                {
                    Product = e.Product.Value, Venue = _venues.GetValueOrDefault(e.Product.Value), NeededFen = e.AmountFen, Reason = e.Reason.ToString(), EndedAt = e.At,
                });
                break;
            case BookOpened e:
                _venues[e.Product.Value] = e.Venue.Value;
                break;
            case BookOrderEntered e:
                _books[(e.Product.Value, e.Party.Value, e.Number)] = new Standing(e, _venues.GetValueOrDefault(e.Product.Value));
                break;
            case PacksTraded e:
                Fill((e.Product.Value, e.Buyer.Value, e.BuyNumber), e);
                Fill((e.Product.Value, e.Seller.Value, e.SellNumber), e);
                break;
            case BookOrderReduced e:
                if (_books.TryGetValue((e.Product.Value, e.Party.Value, e.Number), out var smaller))
                {
                    smaller.Left -= e.Quantity;
                    EndWhenDone((e.Product.Value, e.Party.Value, e.Number), smaller, e.At, e.Cause.ToString());
                }

                break;
            case BookOrderRefused e:
                End((e.Product.Value, e.Party.Value, e.Number), OrderOutcome.Refused, e.Reason.ToString(), e.At);
                break;
            case BookOrderCancelled e:
                End((e.Product.Value, e.Party.Value, e.Number), OrderOutcome.Cancelled, e.Cause.ToString(), e.At);
                break;
            case BookOrderExpired e:
                End((e.Product.Value, e.Party.Value, e.Number), OrderOutcome.Expired, null, e.At);
                break;
            default:
                break;
        }
    }

    /// <summary>Hands out the orders that still stand, by product, party and number.</summary>
    public void Complete()
    {
        foreach (var (_, standing) in _books.OrderBy(pair => pair.Key.Product, StringComparer.Ordinal).ThenBy(pair => pair.Key.Party, StringComparer.Ordinal).ThenBy(pair => pair.Key.Number))
        {
            ended(standing.Row(OrderOutcome.Open, null, null));
        }

        _books.Clear();
    }

    private static OrderPlace PlaceOf(AuctionId? auction, BundleId? bundle) =>
        auction is not null ? OrderPlace.Auction : bundle is not null ? OrderPlace.Bundle : OrderPlace.Offer;

    private static string IdOf(ProductId product, PartyId party, int number) => string.Create(CultureInfo.InvariantCulture, $"{product.Value}/{party.Value}/{number}");

    private void Fill((string Product, string Party, int Number) order, PacksTraded trade)
    {
        if (_books.TryGetValue(order, out var standing))
        {
            standing.Filled += trade.Quantity;
            standing.Left -= trade.Quantity;
            standing.AmountFen += trade.AmountFen;
            EndWhenDone(order, standing, trade.At, null);
        }
    }

    // A budget order has no quantity of its own: it ends when it is cancelled, as nothing is left to take.
    private void EndWhenDone((string Product, string Party, int Number) order, Standing standing, SimulatedTime at, string? reason)
    {
        if (standing is { Left: <= 0, Terms.Quantity: > 0 })
        {
            End(order, standing.Filled > 0 ? OrderOutcome.Filled : OrderOutcome.Cancelled, reason, at);
        }
    }

    private void End((string Product, string Party, int Number) order, OrderOutcome outcome, string? reason, SimulatedTime at)
    {
        if (_books.Remove(order, out var standing))
        {
            ended(standing.Row(outcome, reason, at));
        }
    }

    private sealed class Standing(BookOrderEntered entered, string? venue)
    {
        internal BookOrderTerms Terms => entered.Terms;

        internal long Left { get; set; } = entered.Terms.Quantity;

        internal long Filled { get; set; }

        internal long AmountFen { get; set; }

        internal OrderRow Row(OrderOutcome outcome, string? reason, SimulatedTime? endedAt) =>
            new(IdOf(entered.Product, entered.Party, entered.Number), OrderPlace.OrderBook, entered.Party.Value, outcome, entered.At)
            {
                Product = entered.Product.Value,
                Venue = venue,
                Channel = TradeChannel.OrderBook,
                Terms = entered.Terms,
                Quantity = entered.Terms.Quantity == 0 ? null : entered.Terms.Quantity,
                Filled = Filled,
                AmountFen = AmountFen,
                Reason = reason,
                EndedAt = endedAt,
            };
    }
}
