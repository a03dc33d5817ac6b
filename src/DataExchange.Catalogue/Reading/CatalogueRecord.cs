namespace DataExchange.Catalogue.Reading;

/// <summary>A text with its language.</summary>
/// <param name="Language">The language tag in lower case; empty when none is given.</param>
/// <param name="Value">The text.</param>
public readonly record struct TaggedText(string Language, string Value);

/// <summary>A way to the data.</summary>
/// <param name="Title">Its title; empty without one.</param>
/// <param name="Formats">Formats and media types as named, in lower case.</param>
/// <param name="Addresses">Addresses as named, valid ones.</param>
/// <param name="IsService">Whether it leads to a service that answers calls.</param>
public sealed record RecordDistribution(string Title, IReadOnlyList<string> Formats, IReadOnlyList<string> Addresses, bool IsService);

/// <summary>What our own exports add: enough to make the same product again. A member is null where the record does not have it.</summary>
public sealed record OwnFields(
    string? Form, string? Category, string? SubTrack, string? SecurityClass, bool? IsPublicData, bool? ContainsPersonalInformation, string? UseScenario,
    string? Fingerprint);

/// <summary>One record of a catalogue, read; either <see cref="Unusable"/> is set or it has a title.</summary>
public sealed record CatalogueRecord
{
    /// <summary>Its number in the file, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>Why it cannot be used; null when it can.</summary>
    public Unusable? Unusable { get; init; }

    /// <summary>Its own identifier; empty when it has none.</summary>
    public string Identifier { get; init; } = "";

    /// <summary>Title in Chinese.</summary>
    public string Title { get; init; } = "";

    /// <summary>Title in English.</summary>
    public string TitleEn { get; init; } = "";

    /// <summary>Description without markup; empty when there is none.</summary>
    public string Description { get; init; } = "";

    /// <summary>Name of the publisher in Chinese; empty when none is named anywhere.</summary>
    public string Publisher { get; init; } = "";

    /// <summary>Name of the publisher in English; empty when none is named anywhere.</summary>
    public string PublisherEn { get; init; } = "";

    /// <summary>The publisher as the record itself names it; empty when it names none.</summary>
    public string PublisherAsNamed { get; init; } = "";

    /// <summary>What it is for, where the record says so in words of its own; empty otherwise.</summary>
    public string Purpose { get; init; } = "";

    /// <summary>Keywords, themes and groups, in lower case.</summary>
    public IReadOnlyList<string> Subjects { get; init; } = [];

    /// <summary>Kinds that it says it is, such as <c>dataset</c> and <c>dataservice</c>.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>How open it is: true for public, false for anything less, null when it is not said.</summary>
    public bool? IsPublic { get; init; }

    /// <summary>The ways to the data.</summary>
    public IReadOnlyList<RecordDistribution> Distributions { get; init; } = [];

    /// <summary>Everything else that tells records apart: licence, dates, place, time covered; as named.</summary>
    public IReadOnlyList<string> Others { get; init; } = [];

    /// <summary>What our own exports add.</summary>
    public OwnFields Own { get; init; } = new(null, null, null, null, null, null, null, null);

    /// <summary>What was odd.</summary>
    public IReadOnlyList<Note> Notes { get; init; } = [];
}
