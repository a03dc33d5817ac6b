using DataExchange.Domain;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;

namespace DataExchange.Handles;

/// <summary>What the streams of a deal, its settlement and its product tell.</summary>
internal sealed class DealFacts
{
    private DealFacts(HandleFact first) => (First, StateFact, Record) = (first, first, first);

    /// <summary>How it began.</summary>
    internal HandleFact First { get; }

    /// <summary>The registration of the transaction; before it, how the deal began.</summary>
    internal HandleFact Record { get; private set; }

    /// <summary>The fact since which it is in its stage.</summary>
    internal HandleFact StateFact { get; private set; }

    internal DealState State { get; private set; } = DealDecider.Initial;

    internal ProductFacts? Product { get; private init; }

    /// <summary>The invoice; null before it is issued.</summary>
    internal HandleFact? Invoice { get; private set; }

    /// <summary>What went back to the buyer, fen.</summary>
    internal long RefundedFen { get; private set; }

    /// <summary>What a late claim gave back, fen.</summary>
    internal long ChargedBackFen { get; private set; }

    /// <summary>Its completion: the invoice is anchored. Null before.</summary>
    internal HandleFact? Completed { get; private set; }

    /// <summary>The reason for which it ended; null when it has none.</summary>
    internal Rejection? Reason { get; private set; }

    internal SimulatedTime? AgreedAt { get; private set; }

    internal static DealFacts Of(HandleName name, IReadOnlyList<HandleFact> facts)
    {
        var (deal, settlement) = (StreamId.Deal(new(name.Id)), StreamId.Settlement(new(name.Id)));
        var product = facts.Where(fact => fact.Stream != deal && fact.Stream != settlement).ToArray();
        DealFacts? told = null;
        foreach (var fact in facts.Where(fact => fact.Stream == deal))
        {
            told ??= new DealFacts(fact) { Product = product.Length == 0 ? null : ProductFacts.Of(product) };
            told.Add(fact);
        }

        foreach (var fact in facts.Where(fact => fact.Stream == settlement))
        {
            told!.Invoice = fact.Data is DataInvoiceIssued ? fact : told.Invoice;
            told.ChargedBackFen += fact.Data is DealChargedBack charged ? charged.AmountFen : 0;
            told.RefundedFen += fact.Data is DealRefunded refunded ? refunded.AmountFen : 0;
        }

        return told!;
    }

    /// <summary>The version of the product that was sold.</summary>
    internal HandleName Version => new(HandleKind.Version, State.Product.Value, State.ProductVersion);

    /// <summary>The certificate under which it was sold: in force when the deal was agreed, or began; null when there is none.</summary>
    internal CertificateFact? Certificate => Product?.Certificates.LastOrDefault(one => one.Fact.Data.At <= (AgreedAt ?? First.Data.At));

    /// <summary>Whether nothing more can follow: also of a completed deal whose time for late claims is over.</summary>
    internal bool IsEnded(SimulatedTime now) => DealDecider.IsTerminal(State) || (State.Stage == DealStage.Completed && now > State.ClaimBy);

    private void Add(HandleFact fact)
    {
        var before = State.Stage;
        State = DealDecider.Evolve(State, fact.Data);
        StateFact = State.Stage == before ? StateFact : fact;
        Completed = fact.Data is DealCompleted ? fact : Completed;
        Record = fact.Data is TransactionRegistered ? fact : Record;
        AgreedAt = fact.Data is ContractAgreed or TradeConfirmed ? fact.Data.At : AgreedAt;
        Reason = fact.Data switch
        {
            NegotiationTerminated e => e.Reason,
            DealCancelled e => e.Reason,
            _ => Reason,
        };
    }
}
