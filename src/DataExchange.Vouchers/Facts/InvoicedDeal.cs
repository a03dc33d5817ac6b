using DataExchange.Domain;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;

namespace DataExchange.Vouchers.Facts;

/// <summary>Place of a data invoice in the chain of invoices.</summary>
/// <param name="Chain">The chain.</param>
/// <param name="Link">Number of the link, from 1.</param>
/// <param name="Before">Head before it, SHA-256, hexadecimal.</param>
/// <param name="Head">Head with it.</param>
public sealed record ChainPlace(string Chain, long Link, string Before, string Head);

/// <summary>What a party received of a deal's price.</summary>
/// <param name="Party">The provider or an upstream contributor.</param>
/// <param name="AmountFen">Fen.</param>
public sealed record DealShare(PartyId Party, long AmountFen);

/// <summary>How a delivery came to be accepted.</summary>
public enum AcceptanceKind
{
    /// <summary>The buyer accepted it.</summary>
    Accepted,
    /// <summary>The buyer did not answer in time.</summary>
    TimedOut,
    /// <summary>The buyer disputed it, and the dispute was dismissed.</summary>
    DisputeDismissed,
    /// <summary>The buyer disputed it, and got money back.</summary>
    DisputeUpheld,
}

/// <summary>A deal that a data invoice was issued for, as its streams tell it.</summary>
public sealed record InvoicedDeal
{
    private const string Payable = "liabilities:payable:";
    private const string Filed = "memorandum:filed-proceeds:";
    private const string Fees = "income:fees:";

    /// <summary>What the venue registered.</summary>
    public required TransactionRegistered Registered { get; init; }

    /// <summary>The invoice.</summary>
    public required DataInvoiceIssued Invoice { get; init; }

    /// <summary>Packs, months or copies.</summary>
    public required int Quantity { get; init; }

    /// <summary>Calls bought; 0 for what is not metered.</summary>
    public required int Units { get; init; }

    /// <summary>What the buyer may do; null for a trade of an order book, which is on the book's standard contract.</summary>
    public UsagePolicy? Policy { get; init; }

    /// <summary>When delivery was due; null for a trade of an order book.</summary>
    public SimulatedTime? DeliveryDue { get; init; }

    /// <summary>When it was delivered.</summary>
    public SimulatedTime? DeliveredAt { get; init; }

    /// <summary>When it was accepted, or counted as accepted.</summary>
    public SimulatedTime? AcceptedAt { get; init; }

    /// <summary>How.</summary>
    public AcceptanceKind? Acceptance { get; init; }

    /// <summary>When the last of the price was shared out; of a filed contract, when it was recorded.</summary>
    public SimulatedTime SettledAt { get; init; }

    /// <summary>Value-added tax in the price, fen.</summary>
    public long VatFen { get; init; }

    /// <summary>The venue's fee, fen.</summary>
    public long FeeFen { get; init; }

    /// <summary>What went back to the buyer, fen.</summary>
    public long RefundFen { get; init; }

    /// <summary>What provider and contributors received, in the order of their ids.</summary>
    public required IReadOnlyList<DealShare> Shares { get; init; }

    /// <summary>Place of the contract in the deal's stream, from 1; 0 for a trade of an order book.</summary>
    public long ContractVersion { get; init; }

    /// <summary>Place of the registration in the deal's stream, from 1.</summary>
    public required long RegisteredVersion { get; init; }

    /// <summary>Place of the invoice in the settlement's stream, from 1.</summary>
    public required long InvoiceVersion { get; init; }

    /// <summary>Which version of the product was sold: 1 as first registered.</summary>
    public int ProductVersion { get; init; } = ProductVersions.First;

    /// <summary>What was taken back for the buyer after a late claim; null for nothing.</summary>
    public DealChargedBack? ChargedBack { get; init; }

    /// <summary>Place of that in the settlement's stream, from 1; 0 for nothing.</summary>
    public long ChargedBackVersion { get; init; }

    /// <summary>Folds a deal's two streams.</summary>
    /// <param name="deal">Events of the deal, in order.</param>
    /// <param name="settlement">Events of its settlement, in order.</param>
    /// <returns>The deal; null when no data invoice was issued for it.</returns>
    public static InvoicedDeal? Of(IReadOnlyList<Event> deal, IReadOnlyList<Event> settlement)
    {
        ArgumentNullException.ThrowIfNull(deal);
        ArgumentNullException.ThrowIfNull(settlement);
        if (settlement.OfType<DataInvoiceIssued>().SingleOrDefault() is not { } invoice || deal.OfType<TransactionRegistered>().SingleOrDefault() is not { } registered)
        {
            return null;
        }

        var contract = deal.OfType<ContractAgreed>().LastOrDefault();
        var chargedBack = settlement.OfType<DealChargedBack>().LastOrDefault();
        var (quantity, units, version) = deal.LastOrDefault(fact => fact is OrderMatched or TradeConfirmed) switch
        {
            OrderMatched e => (e.Quantity, e.Units, e.ProductVersion),
            TradeConfirmed e => (e.Quantity, e.Units, e.ProductVersion),
            _ => (contract?.Quantity ?? 1, 0, contract?.ProductVersion),
        };
        var folded = new InvoicedDeal
        {
            Registered = registered,
            Invoice = invoice,
            Quantity = quantity,
            Units = units,
            ProductVersion = ProductVersions.Of(version),
            ChargedBack = chargedBack,
            ChargedBackVersion = chargedBack is null ? 0 : PlaceOf(settlement, chargedBack),
            Policy = contract?.Policy,
            DeliveryDue = contract?.DeliveryDue,
            DeliveredAt = deal.OfType<TransferCompleted>().LastOrDefault()?.At,
            Shares = [],
            ContractVersion = contract is null ? 0 : PlaceOf(deal, contract),
            RegisteredVersion = PlaceOf(deal, registered),
            InvoiceVersion = PlaceOf(settlement, invoice),
        };
        return settlement.Aggregate(deal.Aggregate(folded, Accept), Settle);
    }

    /// <summary>The facts that an invoice is shown with; the first is that of the invoice.</summary>
    public IReadOnlyList<(string Stream, long Version)> Proving
    {
        get
        {
            var (deal, settlement) = (StreamId.Deal(Registered.Deal), StreamId.Settlement(Registered.Deal));
            return [.. new[] { (settlement, InvoiceVersion), (deal, RegisteredVersion), (deal, ContractVersion), (settlement, ChargedBackVersion) }.Where(place => place.Item2 > 0)];
        }
    }

    private static long PlaceOf(IReadOnlyList<Event> stream, Event fact) => stream.Index().First(one => ReferenceEquals(one.Item, fact)).Index + 1;

    private static InvoicedDeal Accept(InvoicedDeal deal, Event fact) => fact switch
    {
        DeliveryAccepted => deal with { AcceptedAt = fact.At, Acceptance = AcceptanceKind.Accepted },
        AcceptanceTimedOut => deal with { AcceptedAt = fact.At, Acceptance = AcceptanceKind.TimedOut },
        DisputeDismissed => deal with { AcceptedAt = fact.At, Acceptance = AcceptanceKind.DisputeDismissed },
        DisputeUpheld => deal with { AcceptedAt = fact.At, Acceptance = AcceptanceKind.DisputeUpheld },
        _ => deal,
    };

    private static InvoicedDeal Settle(InvoicedDeal deal, Event fact) => fact switch
    {
        DealSettled e => deal.With(e.Postings, e.At),
        PeriodSettled e => deal.With(e.Postings, e.At),
        FiledContractRecorded e => deal.With(e.Postings, e.At),
        DealRefunded e => deal with { RefundFen = deal.RefundFen + e.AmountFen },
        _ => deal,
    };

    private InvoicedDeal With(IReadOnlyList<Posting> postings, SimulatedTime at)
    {
        var (vat, fee) = (VatFen, FeeFen);
        var shares = new SortedDictionary<string, long>(Shares.ToDictionary(share => share.Party.Value, share => share.AmountFen), StringComparer.Ordinal);
        foreach (var posting in postings)
        {
            if (posting.Credit == LedgerAccount.Vat)
            {
                vat += posting.AmountFen;
            }
            else if (posting.Credit.StartsWith(Fees, StringComparison.Ordinal))
            {
                fee += posting.AmountFen;
            }
            else if (PartyOf(posting.Credit) is { } party)
            {
                shares[party] = shares.GetValueOrDefault(party) + posting.AmountFen;
            }
        }

        return this with { VatFen = vat, FeeFen = fee, SettledAt = at, Shares = [.. shares.Select(share => new DealShare(new(share.Key), share.Value))] };
    }

    private static string? PartyOf(string account) =>
        account.StartsWith(Payable, StringComparison.Ordinal) ? account[Payable.Length..]
        : account.StartsWith(Filed, StringComparison.Ordinal) ? account[Filed.Length..]
        : null;
}
