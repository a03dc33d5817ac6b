using System.Collections.Immutable;

namespace DataExchange.Domain.Trading;

/// <summary>What may be sold of a product on trial, and what was.</summary>
public sealed record TrialOffer
{
    /// <summary>The venue that admitted the product.</summary>
    public required VenueId Venue { get; init; }

    /// <summary>Who sells.</summary>
    public required PartyId Provider { get; init; }

    /// <summary>How sensitive the data are.</summary>
    public required SecurityClass SecurityClass { get; init; }

    /// <summary>What is offered at what trial price.</summary>
    public required LicenceTerms Terms { get; init; }

    /// <summary>Upstream contributors.</summary>
    public required IReadOnlyList<ContributorShare> Contributors { get; init; }

    /// <summary>The conditions in force.</summary>
    public required SandboxConditions Conditions { get; init; }

    /// <summary>Firms that bought.</summary>
    public ImmutableHashSet<PartyId> Buyers { get; init; } = [];

    /// <summary>What was granted, fen. A licence that was taken back still counts: it was tried.</summary>
    public Money Granted { get; init; }

    /// <summary>Whether nothing more is sold on trial.</summary>
    public bool IsClosed { get; init; }

    /// <summary>Why the conditions forbid a sale; null when they do not.</summary>
    /// <param name="at">When.</param>
    /// <param name="buyer">To whom.</param>
    /// <param name="amount">For how much.</param>
    internal Rejection? Forbids(SimulatedTime at, PartyId buyer, Money amount) =>
        IsClosed || at >= Conditions.Until ? Rejection.SandboxOver
        : !Conditions.Admit(buyer) ? Rejection.BuyerNotInSandbox
        : Buyers.Count >= Conditions.MostBuyers && !Buyers.Contains(buyer) ? Rejection.SandboxBuyersReached
        : amount.Fen > Conditions.MostAmountFen - Granted.Fen ? Rejection.SandboxAmountReached
        : null;
}

/// <summary>A product may be sold on trial.</summary>
/// <param name="Product">The product.</param>
/// <param name="Venue">The venue.</param>
/// <param name="Provider">Who sells.</param>
/// <param name="SecurityClass">How sensitive the data are.</param>
/// <param name="Terms">What is offered at what trial price.</param>
/// <param name="Contributors">Upstream contributors and their shares.</param>
/// <param name="Conditions">To whom, until when, and how much of it may be sold.</param>
[EventName("trial_opened")]
public sealed record TrialOpened(
    ProductId Product,
    VenueId Venue,
    PartyId Provider,
    SecurityClass SecurityClass,
    LicenceTerms Terms,
    IReadOnlyList<ContributorShare> Contributors,
    SandboxConditions Conditions) : Event;

/// <summary>Tells Trading that a product was admitted to the sandbox.</summary>
/// <param name="Product">The product, never offered before.</param>
/// <param name="Venue">The venue.</param>
/// <param name="Provider">Who sells.</param>
/// <param name="SecurityClass">How sensitive the data are.</param>
/// <param name="Terms">What is offered at what trial price.</param>
/// <param name="Contributors">Upstream contributors and their shares.</param>
/// <param name="Conditions">To whom, until when, and how much of it may be sold.</param>
public sealed record OpenTrial(
    ProductId Product,
    VenueId Venue,
    PartyId Provider,
    SecurityClass SecurityClass,
    LicenceTerms Terms,
    IReadOnlyList<ContributorShare> Contributors,
    SandboxConditions Conditions) : OfferCommand(Product)
{
    internal Decision Decide(IssuanceRight state) =>
        state.Terms is not null || state.Trial is not null ? Decision.Reject(Rejection.AlreadyOffered)
        : !SandboxConditions.Allow(Terms) || !Conditions.CanBegin(At) ? Decision.Reject(Rejection.SandboxConditionsInvalid)
        : Decision.Accept(new TrialOpened(Product, Venue, Provider, SecurityClass, Terms, Contributors, Conditions) { At = At, By = By });
}

/// <summary>More may be sold on trial.</summary>
/// <param name="Product">The product.</param>
/// <param name="Conditions">The conditions in force from now on.</param>
[EventName("trial_extended")]
public sealed record TrialExtended(ProductId Product, SandboxConditions Conditions) : Event;

/// <summary>Tells Trading that the conditions of a trial were loosened.</summary>
/// <param name="Product">The product.</param>
/// <param name="Conditions">The new conditions: they allow all that the present ones allow.</param>
public sealed record ExtendTrial(ProductId Product, SandboxConditions Conditions) : OfferCommand(Product)
{
    internal Decision Decide(IssuanceRight state) =>
        state.Trial is not { IsClosed: false } trial ? Decision.Reject(Rejection.NotInSandbox)
        : !Conditions.CanBegin(At) || !Conditions.Cover(trial.Conditions) ? Decision.Reject(Rejection.SandboxConditionsInvalid)
        : Decision.Accept(new TrialExtended(Product, Conditions) { At = At, By = By });
}

/// <summary>Nothing more is sold on trial. Deals under way are not touched.</summary>
/// <param name="Product">The product.</param>
/// <param name="Venue">The venue.</param>
[EventName("trial_closed")]
public sealed record TrialClosed(ProductId Product, VenueId Venue) : Event;

/// <summary>Tells Trading that a trial ended.</summary>
/// <param name="Product">The product.</param>
public sealed record CloseTrial(ProductId Product) : OfferCommand(Product)
{
    internal Decision Decide(IssuanceRight state) =>
        state.Trial is { IsClosed: false } trial
            ? Decision.Accept(new TrialClosed(Product, trial.Venue) { At = At, By = By })
            : Decision.Reject(Rejection.NotInSandbox);
}
