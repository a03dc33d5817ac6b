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
        internal SimulatedTime? OfferUntil;
        internal LicenceKind Licence;
        internal int Quantity, CallsLeft;
        internal IReadOnlyList<ContributorShare> Contributors = [];
        internal SimulatedTime Due, AcceptBy, ClaimBy;
        internal int FeeBasisPoints, VatBasisPoints;
        internal FeeSchedule? Fee;
        internal int? ClaimDays;
        internal long RefundedFen, UnitPriceFen;

        /// <summary>Tax, fee, provider.</summary>
        internal decimal[] Shared = [0, 0, 0];
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
        deal.UnitPriceFen = terms.UnitPriceFen;
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
                (deal.AmountFen, deal.OfferUntil) = (c.AmountFen, null);
                return To("requested");
            case (OfferContract c, "requested" or "offered") when c.AmountFen > 0 && (deal.Step == "requested" || (deal.OfferUntil is { } over && c.At >= over))
                && (c.ValidUntil is null || c.ValidUntil > c.At):
                (deal.AmountFen, deal.OfferUntil) = (c.AmountFen, c.ValidUntil);
                return To("offered");
            case (AcceptContract c, "offered") when deal.OfferUntil is null || c.At < deal.OfferUntil:
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
                (deal.FeeBasisPoints, deal.VatBasisPoints, deal.Fee, deal.ClaimDays) = (c.FeeBasisPoints, c.VatBasisPoints, c.Fee, c.ClaimDays);
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
                return Take();
            case (TimeOutAcceptance c, "delivered") when c.At >= deal.AcceptBy:
                return Take();
            case (RaiseDispute, "delivered") when deal.Channel != TradeChannel.FiledContract:
                return To("disputed");
            case (DecideDispute { RefundFen: 0 }, "disputed"):
                return Take();
            case (DecideDispute c, "disputed") when c.RefundFen == deal.AmountFen:
                GiveBack(command.Deal, deal);
                return To("over");
            case (DecideDispute c, "disputed") when c.RefundFen > 0 && c.RefundFen < deal.AmountFen && deal.CallsLeft == 0:
                Free[deal.Buyer] += c.RefundFen;
                deal.RefundedFen = c.RefundFen;
                return Take();
            case (ReportUsage c, "in use") when c.Calls > 0 && c.Calls <= deal.CallsLeft && c.Purpose == MarketWalk.Policy.Purpose:
                deal.CallsLeft -= c.Calls;
                Settle(deal, deal.UnitPriceFen * c.Calls);
                return deal.CallsLeft > 0 || Complete();
            case (RaiseClaim c, "completed") when c.At <= deal.ClaimBy:
                return To("claimed");
            case (DecideClaim { AmountFen: 0 }, "claimed"):
                return To("over");
            case (DecideClaim c, "claimed") when c.AmountFen > 0 && c.AmountFen <= deal.AmountFen - deal.RefundedFen:
                ChargeBack(deal, c.AmountFen);
                if (c.AmountFen == deal.AmountFen - deal.RefundedFen)
                {
                    EndLicence(command.Deal, deal);
                }

                return To("over");
            default:
                return false;
        }

        bool Take()
        {
            if (deal.CallsLeft > 0)
            {
                return To("in use");
            }

            SettleRest(deal);
            return Complete();
        }

        bool Complete()
        {
            deal.ClaimBy = command.At.AddDays(deal.ClaimDays ?? 0);
            return To(deal.ClaimDays is null || deal.Channel == TradeChannel.FiledContract ? "over" : "completed");
        }

        bool To(string step)
        {
            deal.Step = step;
            return true;
        }
    }

    private void GiveBack(DealId id, DealPage deal)
    {
        Free[deal.Buyer] += deal.AmountFen;
        EndLicence(id, deal);
    }

    private void EndLicence(DealId id, DealPage deal)
    {
        var product = Page(deal.Product);
        product.Licences.Remove(id);
        product.Copies -= deal.Licence == LicenceKind.Capped ? deal.Quantity : 0;
        product.ExclusiveDeal = product.ExclusiveDeal == id ? null : product.ExclusiveDeal;
    }
}
