using DataExchange.Domain.Listing;
using DataExchange.Domain.Pricing;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;

namespace DataExchange.Domain.Tests.Exchange;

/// <summary>
/// The market as a clerk would keep it in a notebook: plain mutable books, no events, no deciders. It says of each command whether the
/// exchange should accept it. This half keeps products and money.
/// </summary>
internal sealed partial class NaiveMarket
{
    internal sealed class ProductPage
    {
        internal int Step;
        internal SimulatedTime ObjectionsUntil, ValidUntil;
        internal bool Gone;
        internal PartyId Holder;
        internal SecurityClass SecurityClass;
        internal bool Valued;
        internal LicenceTerms? Terms;
        internal Dictionary<VenueId, bool> ForSale = [];
        internal DealId? ExclusiveDeal;
        internal int Copies;
        internal HashSet<DealId> Licences = [];
    }

    internal const int Certified = 7;

    internal readonly Dictionary<ProductId, ProductPage> Products = [];
    internal readonly Dictionary<PartyId, SecurityClass> Admitted = [];
    internal readonly Dictionary<PartyId, long> Free = [];

    internal ProductPage Page(ProductId product)
    {
        if (!Products.TryGetValue(product, out var page))
        {
            Products.Add(product, page = new());
        }

        return page;
    }

    /// <summary>Writes a command into the books; false where it should be refused.</summary>
    internal bool Accepts(Command command) => command switch
    {
        RightsCommand c => AcceptsRights(c, Page(c.Product)),
        PricingCommand c => AcceptsPricing(c, Page(c.Product)),
        ListingCommand c => AcceptsListing(c, Page(c.Product)),
        AdmitBuyer c => Admit(c),
        DepositFunds c => Deposit(c),
        PayOutProceeds c => PayOut(c),
        PlaceOrder c => AcceptsOrder(c, Page(c.Product)),
        DealCommand c => AcceptsDeal(c),
        _ => throw new NotSupportedException(command.GetType().Name),
    };

    private static bool AcceptsRights(RightsCommand command, ProductPage page)
    {
        switch (command)
        {
            case RegisterProduct c when page.Step == 0:
                (page.Holder, page.SecurityClass) = (c.Provider, c.SecurityClass);
                return Next(page);
            case SubmitEvidence when page.Step == 1:
            case AcceptApplication when page.Step == 2:
            case AssessCompliance when page.Step == 3:
            case EvaluateQuality when page.Step == 4:
                return Next(page);
            case PublishRights c when page.Step == 5 && c.ObjectionsUntil > c.At:
                page.ObjectionsUntil = c.ObjectionsUntil;
                return Next(page);
            case CertifyRights c when page.Step == 6 && c.At > page.ObjectionsUntil && c.ValidUntil > c.At:
                page.ValidUntil = c.ValidUntil;
                return Next(page);
            case RenewCertificate c when IsCertified(page) && c.At < page.ValidUntil && c.ValidUntil > page.ValidUntil:
                page.ValidUntil = c.ValidUntil;
                return true;
            case TransferRights c when IsCertified(page) && c.At < page.ValidUntil && c.NewHolder != page.Holder:
                page.Holder = c.NewHolder;
                page.ForSale.Clear();
                return true;
            case ExpireCertificate c when IsCertified(page) && c.At >= page.ValidUntil:
            case RevokeCertificate when IsCertified(page):
                page.Gone = true;
                page.ForSale.Clear();
                return true;
            default:
                return false;
        }
    }

    private static bool AcceptsPricing(PricingCommand command, ProductPage page)
    {
        switch (command)
        {
            case ValueProduct when IsCertified(page):
                return page.Valued = true;
            case SetPrice c when IsCertified(page) && page.Valued:
                // The walks value every product at 100 fen to 100,000 fen and give a reason whenever they price.
                page.Terms = c.Terms;
                return true;
            default:
                return false;
        }
    }

    private static bool AcceptsListing(ListingCommand command, ProductPage page)
    {
        switch (command)
        {
            case ListProduct c when IsCertified(page) && c.At < page.ValidUntil && page.Terms is not null && !page.ForSale.ContainsKey(c.Venue):
                return page.ForSale[c.Venue] = true;
            case SuspendListing c when page.ForSale.TryGetValue(c.Venue, out var open) && open:
                page.ForSale[c.Venue] = false;
                return true;
            case ResumeListing c when page.ForSale.TryGetValue(c.Venue, out var open) && !open:
                return page.ForSale[c.Venue] = true;
            case DelistProduct c:
                return page.ForSale.Remove(c.Venue);
            default:
                return false;
        }
    }

    private bool Admit(AdmitBuyer command)
    {
        if (Admitted.TryGetValue(command.Buyer, out var before) && before >= command.AdmittedFor)
        {
            return false;
        }

        Admitted[command.Buyer] = command.AdmittedFor;
        return true;
    }

    private bool Deposit(DepositFunds command)
    {
        if (command.AmountFen <= 0)
        {
            return false;
        }

        Free[command.Party] = Free.GetValueOrDefault(command.Party) + command.AmountFen;
        return true;
    }

    private static bool IsCertified(ProductPage page) => page is { Step: Certified, Gone: false };

    private static bool Next(ProductPage page)
    {
        page.Step++;
        return true;
    }
}
