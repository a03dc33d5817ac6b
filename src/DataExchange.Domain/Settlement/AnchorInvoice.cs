namespace DataExchange.Domain.Settlement;

/// <summary>A data invoice was anchored in the chain: each link's head covers all links before it.</summary>
/// <param name="Chain">The chain.</param>
/// <param name="Deal">The deal.</param>
/// <param name="Invoice">Handle of the invoice.</param>
/// <param name="Digest">Digest of the invoice, SHA-256, hexadecimal.</param>
/// <param name="Head">SHA-256 over the head before it and the digest, hexadecimal.</param>
[EventName("invoice_anchored")]
public sealed record InvoiceAnchored(string Chain, DealId Deal, Handle Invoice, string Digest, string Head) : Event;

/// <summary>Anchors a data invoice.</summary>
/// <param name="Chain">The chain.</param>
/// <param name="Deal">The deal.</param>
/// <param name="Invoice">Handle of the invoice.</param>
/// <param name="Digest">Digest of the invoice, SHA-256, hexadecimal.</param>
public sealed record AnchorInvoice(string Chain, DealId Deal, Handle Invoice, string Digest) : Command
{
    /// <inheritdoc />
    public override string Stream => StreamId.Chain(Chain);
}

/// <summary>The chain so far.</summary>
/// <param name="Length">Links.</param>
/// <param name="Head">SHA-256 over all links, hexadecimal.</param>
public sealed record EvidenceChain(long Length, string Head);

/// <summary>Appends links to a chain.</summary>
public sealed class ChainDecider : IDecider<AnchorInvoice, EvidenceChain>
{
    private ChainDecider()
    {
    }

    /// <inheritdoc />
    public static string StreamKind => "chain";

    /// <inheritdoc />
    public static string Capability => "Settlement";

    /// <inheritdoc />
    public static EvidenceChain Initial { get; } = new(0, EvidenceDigest.Genesis);

    /// <inheritdoc />
    public static Decision Decide(AnchorInvoice command, EvidenceChain state) => Decision.Accept(new InvoiceAnchored(
        command.Chain, command.Deal, command.Invoice, command.Digest, EvidenceDigest.Link(state.Head, command.Digest))
    { At = command.At, By = command.By });

    /// <inheritdoc />
    public static EvidenceChain Evolve(EvidenceChain state, Event @event) => @event switch
    {
        InvoiceAnchored e when e.Head == EvidenceDigest.Link(state.Head, e.Digest) => new(state.Length + 1, e.Head),
        _ => throw new ImpossibleHistoryException(@event, state.Head),
    };

    /// <inheritdoc />
    public static bool IsTerminal(EvidenceChain state) => false;
}
