using DataExchange.Domain;
using DataExchange.Domain.Listing;

namespace DataExchange.Reports.ReadModels;

/// <summary>A buyer's requirement: what was looked for, the venue's last answer, how it ended.</summary>
public sealed record RequirementView : IReadModel
{
    /// <summary>The requirement.</summary>
    public required string Id { get; init; }

    /// <summary>The venue that is to answer.</summary>
    public string Venue { get; init; } = "";

    /// <summary>Who looks for it.</summary>
    public string Buyer { get; init; } = "";

    /// <summary>The buyer's words.</summary>
    public string Text { get; init; } = "";

    /// <summary>Id of the sub-track whose data are wanted.</summary>
    public string SubTrack { get; init; } = "";

    /// <summary>The category named.</summary>
    public string Category { get; init; } = "";

    /// <summary>Form of delivery; null for any.</summary>
    public ProductForm? Form { get; init; }

    /// <summary>Kind of licence; null for any.</summary>
    public LicenceKind? Licence { get; init; }

    /// <summary>Least score of the quality evaluation.</summary>
    public int LeastQuality { get; init; }

    /// <summary>Most that the buyer would pay, fen.</summary>
    public long BudgetFen { get; init; }

    /// <summary>When it was posted.</summary>
    public DateTimeOffset PostedAt { get; init; }

    /// <summary>First moment at which it is of no use any more.</summary>
    public DateTimeOffset NeededUntil { get; init; }

    /// <summary>How far it has come.</summary>
    public RequirementStage Stage { get; init; }

    /// <summary>When the venue answered last; null when it did not.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>Name and version of the ranking.</summary>
    public string Algorithm { get; init; } = "";

    /// <summary>Products on the shelf that were looked at.</summary>
    public int Searched { get; init; }

    /// <summary>Of these: in subject, form and licence what was asked for.</summary>
    public int Fitting { get; init; }

    /// <summary>Of the fitting ones: within the budget.</summary>
    public int Affordable { get; init; }

    /// <summary>Of the affordable ones: of the quality asked for.</summary>
    public int GoodEnough { get; init; }

    /// <summary>The venue's last answer, the best product first.</summary>
    public IReadOnlyList<ProposedProduct> Ranking { get; init; } = [];

    /// <summary>What met it; null when nothing did.</summary>
    public string? Product { get; init; }

    /// <summary>That product's place in the answer, from 1; null when nothing met it.</summary>
    public int? Rank { get; init; }

    /// <summary>The deal that met it; null when none did.</summary>
    public string? Deal { get; init; }

    /// <summary>Why it lapsed; null when it did not.</summary>
    public LapseReason? LapseReason { get; init; }

    /// <summary>When it was met, lapsed or was taken back; null while it is open.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}

/// <summary>A product of an answer, with its score and the parts of it, each in 1/10,000.</summary>
/// <param name="Product">The product.</param>
/// <param name="Score">The parts, weighted.</param>
/// <param name="Text">How much of the requirement's words its title has.</param>
/// <param name="Chain">How near its sub-track is on the industry chain graph.</param>
/// <param name="Category">Whether it is of the category asked for.</param>
/// <param name="Quality">How good it was evaluated to be.</param>
/// <param name="Price">How much of the budget it leaves.</param>
public sealed record ProposedProduct(string Product, int Score, int Text, int Chain, int Category, int Quality, int Price);
