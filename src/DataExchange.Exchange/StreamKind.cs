using System.Collections.Frozen;
using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Domain.Pricing;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;
using DataExchange.Domain.Trust;

namespace DataExchange.Exchange;

/// <summary>A kind of stream with its decider, whatever the types of its commands and state.</summary>
public abstract class StreamKind
{
    /// <summary>Every kind of stream there is.</summary>
    public static readonly IReadOnlyList<StreamKind> All =
    [
        StreamKind<PartyDecider, RegisterParty, PartyRegistration>.Instance,
        StreamKind<FingerprintDecider, ClaimFingerprint, FingerprintClaim>.Instance,
        StreamKind<RightsDecider, RightsCommand, ProductRights>.Instance,
        StreamKind<PricingDecider, PricingCommand, ProductPricing>.Instance,
        StreamKind<ListingDecider, ListingCommand, ProductListing>.Instance,
        StreamKind<RequirementDecider, RequirementCommand, BuyerRequirement>.Instance,
        StreamKind<BuyerDecider, AdmitBuyer, BuyerAdmission>.Instance,
        StreamKind<OfferDecider, OfferCommand, IssuanceRight>.Instance,
        StreamKind<BookDecider, BookCommand, OrderBook>.Instance,
        StreamKind<AuctionDecider, AuctionCommand, Auction>.Instance,
        StreamKind<BundleDecider, BundleCommand, Bundle>.Instance,
        StreamKind<DealDecider, DealCommand, DealState>.Instance,
        StreamKind<AccountDecider, AccountCommand, PartyAccount>.Instance,
        StreamKind<SettlementDecider, SettlementCommand, DealSettlement>.Instance,
        StreamKind<PayableDecider, PayableCommand, PartyPayable>.Instance,
        StreamKind<ChainDecider, AnchorInvoice, EvidenceChain>.Instance,
        StreamKind<LogDecider, LogCommand, VenueLog>.Instance,
    ];

    private static readonly FrozenDictionary<string, StreamKind> ByName = All.ToFrozenDictionary(kind => kind.Name);
    private static readonly FrozenDictionary<Type, StreamKind> ByCommand =
        typeof(Command).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Command)) && !type.IsAbstract)
            .ToFrozenDictionary(type => type, type => All.Single(kind => kind.Takes(type)));

    /// <summary>What stands before the slash of a stream's id.</summary>
    public abstract string Name { get; }

    /// <summary>The capability that owns it.</summary>
    public abstract string Capability { get; }

    /// <summary>The class that decides it.</summary>
    public abstract Type Decider { get; }

    /// <summary>State of a stream without events.</summary>
    public abstract object Initial { get; }

    /// <summary>Type of its states.</summary>
    public abstract Type State { get; }

    /// <summary>Has a command decided.</summary>
    public abstract Decision Decide(Command command, object state);

    /// <summary>What an event makes of the state.</summary>
    /// <exception cref="ImpossibleHistoryException">The event cannot follow this state.</exception>
    public abstract object Evolve(object state, Event @event);

    /// <summary>Whether nothing can happen to the stream any more.</summary>
    public abstract bool IsTerminal(object state);

    /// <summary>What of a state must be kept in memory to answer every command alike.</summary>
    public abstract object Condense(object state);

    /// <summary>The kind that a stream is of.</summary>
    /// <exception cref="KeyNotFoundException">No kind has that name.</exception>
    public static StreamKind Of(string streamId) => Find(streamId)
        ?? throw new KeyNotFoundException($"Stream '{streamId}' is of no known kind; known are {string.Join(", ", ByName.Keys.Order(StringComparer.Ordinal))}.");

    /// <summary>The kind that a stream is of; null when no kind has that name.</summary>
    public static StreamKind? Find(string streamId) =>
        ByName.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(StreamId.KindOf(streamId), out var kind) ? kind : null;

    /// <summary>The kind that decides a command.</summary>
    public static StreamKind Deciding(Command command)
    {
        ArgumentNullException.ThrowIfNull(command);
        return ByCommand[command.GetType()];
    }

    private protected abstract bool Takes(Type command);
}

internal sealed class StreamKind<TDecider, TCommand, TState> : StreamKind
    where TDecider : IDecider<TCommand, TState>
    where TCommand : Command
    where TState : class
{
    internal static readonly StreamKind<TDecider, TCommand, TState> Instance = new();

    public override string Name => TDecider.StreamKind;

    public override string Capability => TDecider.Capability;

    public override Type Decider => typeof(TDecider);

    public override object Initial => TDecider.Initial;

    public override Type State => typeof(TState);

    public override Decision Decide(Command command, object state) => TDecider.Decide((TCommand)command, (TState)state);

    public override object Evolve(object state, Event @event) => TDecider.Evolve((TState)state, @event);

    public override bool IsTerminal(object state) => TDecider.IsTerminal((TState)state);

    public override object Condense(object state) => TDecider.Condense((TState)state);

    private protected override bool Takes(Type command) => typeof(TCommand).IsAssignableFrom(command);
}
