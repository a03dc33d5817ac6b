using System.Security.Cryptography;
using System.Text;

namespace DataExchange.Domain.Settlement;

/// <summary>The compliance circulation certificate of a deal ("data invoice", 数据发票) was issued. It is not a tax invoice.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Invoice">Its handle.</param>
/// <param name="AmountFen">The price, fen.</param>
/// <param name="Digest">SHA-256 of what it certifies, hexadecimal.</param>
[EventName("data_invoice_issued")]
public sealed record DataInvoiceIssued(DealId Deal, Handle Invoice, long AmountFen, string Digest) : Event;

/// <summary>Issues the data invoice of a settled deal.</summary>
/// <param name="Deal">The deal.</param>
public sealed record IssueDataInvoice(DealId Deal) : SettlementCommand(Deal)
{
    internal Decision Decide(DealSettlement state)
    {
        if (state.Stage != SettlementStage.Settled)
        {
            return Decision.Reject(SettlementDecider.Forbidden(state.Stage));
        }

        var invoice = Handle.OfInvoice(Deal);
        return Decision.Accept(new DataInvoiceIssued(Deal, invoice, state.Amount.Fen, EvidenceDigest.OfInvoice(invoice, state.Amount, At))
        { At = At, By = By });
    }
}

/// <summary>Digests of what is anchored.</summary>
public static class EvidenceDigest
{
    /// <summary>Head of a chain without links: 64 zeros.</summary>
    public static readonly string Genesis = new('0', 64);

    /// <summary>SHA-256, hexadecimal, of handle, amount in fen and time, joined by line feeds.</summary>
    public static string OfInvoice(Handle invoice, Money amount, SimulatedTime at) => Sha256($"{invoice.Value}\n{amount.Fen}\n{at}");

    /// <summary>SHA-256, hexadecimal, of the head before and the digest anchored, joined by a line feed.</summary>
    public static string Link(string head, string digest) => Sha256($"{head}\n{digest}");

    private static string Sha256(string text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        Span<byte> bytes = most <= 1_024 ? stackalloc byte[1_024] : new byte[most];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..Encoding.UTF8.GetBytes(text, bytes)], hash);
        return Convert.ToHexStringLower(hash);
    }
}
