using System.Collections.Immutable;

namespace DataExchange.Domain.Trading;

/// <summary>How far a bundle has come.</summary>
public enum BundleStage
{
    /// <summary>No such bundle.</summary>
    None,
    /// <summary>For sale.</summary>
    Open,
    /// <summary>No longer for sale. Terminal.</summary>
    Ended,
}

/// <summary>Why a bundle ended.</summary>
public enum BundleEnd
{
    /// <summary>The provider took it back.</summary>
    Withdrawn,
    /// <summary>A part is no longer for sale at the venue.</summary>
    PartClosed,
    /// <summary>A part is suspended at the venue.</summary>
    PartSuspended,
    /// <summary>A part has another price or other terms.</summary>
    PartRepriced,
}

/// <summary>A product in a bundle.</summary>
/// <param name="Product">The product.</param>
/// <param name="AloneFen">The least that one licence or month of it costs alone, now or on a promotion to come, fen.</param>
/// <param name="ShareFen">Its part of the bundle's price, fen: in proportion to what it costs alone, by largest remainder.</param>
public readonly record struct BundlePart(ProductId Product, long AloneFen, long ShareFen);

/// <summary>Products of one provider that are sold together for less than one by one (组合包), as their stream tells it.</summary>
public sealed record Bundle
{
    /// <summary>The most products in a bundle.</summary>
    public const int MostParts = 8;

    /// <summary>How far it has come.</summary>
    public BundleStage Stage { get; init; }

    /// <summary>Where it is for sale.</summary>
    public VenueId Venue { get; init; }

    /// <summary>Who sells.</summary>
    public PartyId Provider { get; init; }

    /// <summary>The highest class of its products.</summary>
    public SecurityClass SecurityClass { get; init; }

    /// <summary>First moment at which a certificate of one of its products is no longer valid.</summary>
    public SimulatedTime ValidUntil { get; init; }

    /// <summary>The price, fen.</summary>
    public long PriceFen { get; init; }

    /// <summary>What is in it.</summary>
    public IReadOnlyList<BundlePart> Parts { get; init; } = [];

    /// <summary>Orders so far.</summary>
    public ImmutableHashSet<DealId> Orders { get; init; } = [];

    /// <summary>Why nothing is sold; null when it is for sale.</summary>
    internal Rejection? Unavailable => Stage switch
    {
        BundleStage.None => Rejection.BundleNotFound,
        BundleStage.Ended => Rejection.BundleOver,
        _ => null,
    };
}

/// <summary>A command to Trading about one bundle.</summary>
/// <param name="Bundle">The bundle.</param>
public abstract record BundleCommand(BundleId Bundle) : Command
{
    /// <inheritdoc />
    public sealed override string Stream => StreamId.Bundle(Bundle);
}

/// <summary>Sells bundles as long as each of their parts is sold as it was when they were offered.</summary>
public sealed class BundleDecider : IDecider<BundleCommand, Bundle>
{
    private static readonly Bundle Ended = new() { Stage = BundleStage.Ended };

    private BundleDecider()
    {
    }

    /// <inheritdoc />
    public static string StreamKind => "bundle";

    /// <inheritdoc />
    public static string Capability => "Trading";

    /// <inheritdoc />
    public static Bundle Initial { get; } = new();

    /// <inheritdoc />
    public static Decision Decide(BundleCommand command, Bundle state) => command switch
    {
        OfferBundle c => c.Decide(state),
        OrderBundle c => c.Decide(state),
        WithdrawBundle c => c.Decide(state),
        EndBundle c => c.Decide(state),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "no rule for this command"),
    };

    /// <inheritdoc />
    public static Bundle Evolve(Bundle state, Event @event) => (state.Stage, @event) switch
    {
        (BundleStage.None, BundleOffered e) when e.IsSound => new()
        {
            Stage = BundleStage.Open,
            Venue = e.Venue,
            Provider = e.Provider,
            SecurityClass = e.SecurityClass,
            ValidUntil = e.ValidUntil,
            PriceFen = e.PriceFen,
            Parts = e.Parts,
        },
        (BundleStage.Open, BundleOrdered e) when e.IsOf(state) => state with { Orders = state.Orders.Add(e.Order) },
        (BundleStage.Open, BundleEnded) => state with { Stage = BundleStage.Ended },
        _ => throw new ImpossibleHistoryException(@event, state.Stage),
    };

    /// <inheritdoc />
    public static bool IsTerminal(Bundle state) => state.Stage == BundleStage.Ended;

    /// <inheritdoc />
    public static Bundle Condense(Bundle state) => IsTerminal(state) ? Ended : state;
}
