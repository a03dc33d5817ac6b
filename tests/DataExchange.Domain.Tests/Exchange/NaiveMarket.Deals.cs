using DataExchange.Domain.Trading;

namespace DataExchange.Domain.Tests.Exchange;

/// <summary>The half of the notebook that keeps orders and deals.</summary>
internal sealed partial class NaiveMarket
{
    internal sealed class DealPage
    {
        internal string Step = "none";
        internal ProductId Product;
        internal VenueId Venue;
        internal PartyId Buyer, Provider;
        internal TradeChannel Channel;
        internal long AmountFen;
        internal LicenceKind Licence;
        internal int Quantity, CallsLeft;
        internal IReadOnlyList<ContributorShare> Contributors = [];
        internal SimulatedTime Due, AcceptBy;
    }

    internal readonly Dictionary<DealId, DealPage> Deals = [];

    internal DealPage Page(DealId deal)
    {
        if (!Deals.TryGetValue(deal, out var page))
        {
            Deals.Add(deal, page = new());
        }

        return page;
    }

    private bool AcceptsOrder(PlaceOrder order, ProductPage product)
    {
        var deal = Page(order.Deal);
        var isShelf = order.Channel == TradeChannel.Shelf;
        if (product.Terms is not { } terms || product.Licences.Contains(order.Deal) || product.ExclusiveDeal is not null
            || !product.ForSale.TryGetValue(order.Venue, out var open) || !open || order.At >= product.ValidUntil
            || !Admitted.TryGetValue(order.Buyer, out var admitted) || admitted < product.SecurityClass
            || order.Quantity < 1 || (terms.Licence == LicenceKind.Exclusive && order.Quantity > 1)
            || (isShelf ? order.ContractAmountFen is not null || terms.Unit == PriceUnit.Negotiated : order.ContractAmountFen is null or <= 0 || order.Quantity > 1)
            || (terms.Licence == LicenceKind.Capped && product.Copies + order.Quantity > terms.Copies))
        {
            return false;
        }

        var amount = order.ContractAmountFen ?? terms.UnitPriceFen * terms.UnitsPerPack * order.Quantity;
        if (isShelf
            ? deal.Step != "none"
            : deal.Step != "accepted" || (deal.Product, deal.Venue, deal.Buyer, deal.Provider, deal.Channel, deal.AmountFen)
                != (order.Product, order.Venue, order.Buyer, product.Holder, order.Channel, amount))
        {
            return false;
        }

        if (order.Channel != TradeChannel.FiledContract)
        {
            if (Free.GetValueOrDefault(order.Buyer) < amount)
            {
                return false;
            }

            Free[order.Buyer] -= amount;
        }

        var licence = isShelf || terms.Licence is LicenceKind.Capped or LicenceKind.Exclusive ? terms.Licence : LicenceKind.OpenEnded;
        (deal.Step, deal.Product, deal.Venue, deal.Buyer, deal.Provider) = ("matched", order.Product, order.Venue, order.Buyer, product.Holder);
        (deal.Channel, deal.AmountFen, deal.Licence, deal.Quantity) = (order.Channel, amount, licence, order.Quantity);
        deal.CallsLeft = licence == LicenceKind.CallPack ? terms.UnitsPerPack * order.Quantity : 0;
        product.Licences.Add(order.Deal);
        product.Copies += licence == LicenceKind.Capped ? order.Quantity : 0;
        if (licence == LicenceKind.Exclusive)
        {
            product.ExclusiveDeal = order.Deal;
            product.ForSale.Clear();
        }

        return true;
    }

    private bool AcceptsDeal(DealCommand command)
    {
        var deal = Page(command.Deal);
        switch (command, deal.Step)
        {
            case (RequestContract c, "none") when c.AmountFen > 0 && c.Channel != TradeChannel.Shelf:
                (deal.Product, deal.Venue, deal.Buyer, deal.Provider, deal.Channel) = (c.Product, c.Venue, c.Buyer, c.Provider, c.Channel);
                deal.AmountFen = c.AmountFen;
                return To("requested");
            case (RequestContract c, "offered") when c.AmountFen > 0
                && (deal.Product, deal.Venue, deal.Buyer, deal.Provider, deal.Channel) == (c.Product, c.Venue, c.Buyer, c.Provider, c.Channel):
                deal.AmountFen = c.AmountFen;
                return To("requested");
            case (OfferContract c, "requested") when c.AmountFen > 0:
                deal.AmountFen = c.AmountFen;
                return To("offered");
            case (AcceptContract, "offered"):
                return To("accepted");
            case (TerminateNegotiation, "requested" or "offered" or "accepted"):
                return To("over");
            case (AgreeContract c, "matched") when c.DeliveryDue > c.At && (c.Licence, c.Quantity) == (deal.Licence, deal.Quantity)
                && c.Contributors.SequenceEqual(deal.Contributors):
                deal.Due = c.DeliveryDue;
                return To("agreed");
            case (VerifyContract, "agreed"):
                return To("verified");
            case (FinalizeContract, "verified"):
                return To("final");
            case (RegisterTransaction c, "agreed" or "final") when deal.Step == (deal.Channel == TradeChannel.Shelf ? "agreed" : "final")
                && c.FeeBasisPoints is >= 0 and <= 10_000 && c.VatBasisPoints is >= 0 and <= 10_000:
                return To("registered");
            case (ReportLateDelivery c, "registered") when c.At > deal.Due:
                deal.Step = "overdue";
                return false;
            case (CompleteTransfer c, "registered" or "overdue") when c.AcceptBy > c.At:
                deal.AcceptBy = c.AcceptBy;
                return To("delivered");
            case (CancelDeal, "overdue") when deal.Channel != TradeChannel.FiledContract:
                GiveBack(command.Deal, deal);
                return To("over");
            case (AcceptDelivery, "delivered"):
                return To(deal.CallsLeft > 0 ? "in use" : "over");
            case (TimeOutAcceptance c, "delivered") when c.At >= deal.AcceptBy:
                return To(deal.CallsLeft > 0 ? "in use" : "over");
            case (RaiseDispute, "delivered") when deal.Channel != TradeChannel.FiledContract:
                return To("disputed");
            case (DecideDispute { RefundFen: 0 }, "disputed"):
                return To(deal.CallsLeft > 0 ? "in use" : "over");
            case (DecideDispute c, "disputed") when c.RefundFen == deal.AmountFen:
                GiveBack(command.Deal, deal);
                return To("over");
            case (DecideDispute c, "disputed") when c.RefundFen > 0 && c.RefundFen < deal.AmountFen && deal.CallsLeft == 0:
                Free[deal.Buyer] += c.RefundFen;
                return To("over");
            case (ReportUsage c, "in use") when c.Calls > 0 && c.Calls <= deal.CallsLeft && c.Purpose == MarketWalk.Policy.Purpose:
                deal.CallsLeft -= c.Calls;
                return To(deal.CallsLeft > 0 ? "in use" : "over");
            default:
                return false;
        }

        bool To(string step)
        {
            deal.Step = step;
            return true;
        }
    }

    private void GiveBack(DealId id, DealPage deal)
    {
        var product = Page(deal.Product);
        Free[deal.Buyer] += deal.AmountFen;
        product.Licences.Remove(id);
        product.Copies -= deal.Licence == LicenceKind.Capped ? deal.Quantity : 0;
        product.ExclusiveDeal = product.ExclusiveDeal == id ? null : product.ExclusiveDeal;
    }
}
