using DataExchange.Domain;
using DataExchange.Domain.Trading;

namespace DataExchange.Handles;

/// <summary>Resolves handles from the facts of the few streams that tell of a thing. Pure: whoever has the facts gets the same record.</summary>
public static class HandleResolver
{
    /// <summary>The stream without which there is no such thing, first, and those that tell more of it.</summary>
    /// <param name="name">The handle.</param>
    public static IReadOnlyList<string> StreamsOf(HandleName name) => name.Kind switch
    {
        HandleKind.Product => [StreamId.Product(new(name.Id)), StreamId.Listing(new(name.Id)), StreamId.Offer(new(name.Id)), StreamId.Book(new(name.Id))],
        HandleKind.Version or HandleKind.Certificate => [StreamId.Product(new(name.Id))],
        HandleKind.Deal or HandleKind.Invoice => [StreamId.Deal(new(name.Id)), StreamId.Settlement(new(name.Id))],
        _ => [StreamId.Party(new(name.Id)), StreamId.Buyer(new(name.Id))],
    };

    /// <summary>Streams of what a thing is linked to, known once its own are read.</summary>
    /// <param name="name">The handle.</param>
    /// <param name="facts">The facts of its own streams.</param>
    public static IReadOnlyList<string> StreamsBehind(HandleName name, IEnumerable<HandleFact> facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return name.Kind is HandleKind.Deal or HandleKind.Invoice && facts.Select(fact => ProductOf(fact.Data)).FirstOrDefault(product => product is not null) is { } product
            ? [StreamId.Product(product)]
            : [];
    }

    /// <summary>Resolves a handle.</summary>
    /// <param name="name">The handle.</param>
    /// <param name="facts">The facts of <see cref="StreamsOf"/> and <see cref="StreamsBehind"/>.</param>
    /// <param name="context">What else is known.</param>
    /// <exception cref="HandleNotFoundException">There is no such thing, or not at that time.</exception>
    /// <exception cref="ImpossibleHistoryException">The facts cannot have happened in this order.</exception>
    public static HandleRecord Resolve(HandleName name, IEnumerable<HandleFact> facts, HandleContext context)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(context);
        var own = StreamsOf(name)[0];
        HandleFact[] all = [.. facts.OrderBy(fact => fact.Sequence)];
        HandleFact[] known = [.. all.Where(fact => fact.Data.At <= context.Now)];
        if (!known.Any(fact => fact.Stream == own))
        {
            throw all.FirstOrDefault(fact => fact.Stream == own) is { } later
                ? new HandleNotFoundException($"{name} did not exist at {context.Now}: the first that is known of {own} is of {later.Data.At}", isKnown: true)
                : new HandleNotFoundException($"{name} names nothing: there is no {own}", isKnown: false);
        }

        return name.Kind switch
        {
            HandleKind.Product => ProductHandle.Resolve(name, known, context),
            HandleKind.Version => VersionHandle.Resolve(name, known, context),
            HandleKind.Certificate => CertificateHandle.Resolve(name, known, context),
            HandleKind.Deal => DealHandle.Resolve(name, known, context),
            HandleKind.Invoice => InvoiceHandle.Resolve(name, known, context),
            _ => PartyHandle.Resolve(name, known, context),
        };
    }

    private static ProductId? ProductOf(Event fact) => fact switch
    {
        ContractRequested e => e.Product,
        OrderMatched e => e.Product,
        TradeConfirmed e => e.Product,
        _ => null,
    };
}
