using DataExchange.Domain;

namespace DataExchange.Simulation.Truth;

/// <summary>The need behind a requirement that was answered, and which products would have served it.</summary>
/// <param name="Requirement">The requirement.</param>
/// <param name="SubTrack">Id of the sub-track whose data are truly needed.</param>
/// <param name="Category">The category.</param>
/// <param name="Relevant">Products on the venue's shelf, when it answered, that serve the need: by what they are, not by any ranking.</param>
public sealed record RequirementTruth(RequirementId Requirement, string SubTrack, string Category, IReadOnlyList<ProductId> Relevant);

/// <summary>A provider heard of a requirement that lapsed, and brings a product for it.</summary>
/// <param name="Requirement">The requirement.</param>
/// <param name="Product">The product, whether or not it ever reaches a shelf.</param>
public sealed record SignalTruth(RequirementId Requirement, ProductId Product);
