namespace DataExchange.Catalogue.Reading;

/// <summary>What was odd about a catalogue or one of its records, and what was taken in its place.</summary>
public enum NoteCode
{
    /// <summary>The file begins with a byte-order mark, which JSON does not have.</summary>
    ByteOrderMark,
    /// <summary>The file is UTF-16; it was read as that.</summary>
    NotUtf8,
    /// <summary>Bytes that are no UTF-8 were replaced.</summary>
    InvalidBytes,
    /// <summary>The JSON is not strict: trailing commas, comments, or raw control characters in texts.</summary>
    NotStrictJson,
    /// <summary>No title: the identifier stands for it.</summary>
    TitleAssumed,
    /// <summary>The title was too long and was cut.</summary>
    TitleCut,
    /// <summary>A title in one language only: the other is the same text.</summary>
    TitleNotTranslated,
    /// <summary>No description.</summary>
    DescriptionMissing,
    /// <summary>Markup was taken out.</summary>
    MarkupRemoved,
    /// <summary>Control characters were taken out.</summary>
    ControlCharactersRemoved,
    /// <summary>No identifier: the content stands for it.</summary>
    IdentifierMissing,
    /// <summary>An earlier record has the identifier.</summary>
    IdentifierRepeated,
    /// <summary>No publisher: another party named by the record or the catalogue was taken, or one that says so.</summary>
    PublisherAssumed,
    /// <summary>No use scenario named: the description was taken for it.</summary>
    UseScenarioAssumed,
    /// <summary>No access level: taken as public.</summary>
    AccessLevelAssumed,
    /// <summary>The access level is none that is known: taken as restricted.</summary>
    AccessLevelUnknown,
    /// <summary>No category that the exchange has: filed under another.</summary>
    CategoryAssumed,
    /// <summary>Keywords as one text instead of a list.</summary>
    KeywordsSplit,
    /// <summary>No way to the data.</summary>
    DistributionMissing,
    /// <summary>A distribution that is no object, or says nothing.</summary>
    DistributionUnusable,
    /// <summary>An address that is none.</summary>
    AddressInvalid,
    /// <summary>A place that is null, empty or in no known form.</summary>
    SpatialUnusable,
    /// <summary>A date that says how often, not when.</summary>
    DateIsInterval,
    /// <summary>A date that cannot be read.</summary>
    DateUnreadable,
    /// <summary>A text that cannot be read was passed over.</summary>
    TextUnreadable,
    /// <summary>The content fingerprint is the one that the catalogue names.</summary>
    FingerprintTaken,
}

/// <summary>An oddity of a catalogue or a record.</summary>
/// <param name="Code">What it is.</param>
/// <param name="Field">Where; empty for the whole.</param>
/// <param name="Value">What stands there, shortened; empty when nothing does.</param>
public sealed record Note(NoteCode Code, string Field, string Value);

/// <summary>Why a record cannot be used at all.</summary>
public enum Unusable
{
    /// <summary>It is no object.</summary>
    NotAnObject,
    /// <summary>It refers to something that is not in the file.</summary>
    ReferenceUnresolved,
    /// <summary>It has neither a title nor an identifier.</summary>
    NothingToNameItBy,
}

/// <summary>A file is no catalogue that can be read; the message says why and what is allowed.</summary>
public sealed class CatalogueFormatException(string message) : Exception(message);
