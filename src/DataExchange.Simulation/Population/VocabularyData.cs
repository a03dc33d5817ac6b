using DataExchange.Domain;

namespace DataExchange.Simulation.Population;

/// <summary>What the data of a subject are like; it decides which titles make sense.</summary>
public enum SubjectType
{
    /// <summary>Measured continuously.</summary>
    Live,

    /// <summary>A statistic by period.</summary>
    Series,

    /// <summary>Profiles of firms, people or things.</summary>
    Entity,

    /// <summary>Single entries that can be checked.</summary>
    Record,

    /// <summary>Texts that can be searched.</summary>
    Document,

    /// <summary>Pictures and maps.</summary>
    Image,

    /// <summary>An index, uploaded in batches, one product for each period and region.</summary>
    Index,
}

/// <summary>The period that a title names.</summary>
public enum TitlePeriod
{
    /// <summary>One month.</summary>
    Month,

    /// <summary>One quarter.</summary>
    Quarter,

    /// <summary>One year.</summary>
    Year,
}

/// <summary>The words as their file has them.</summary>
/// <param name="Title">What the file is.</param>
/// <param name="Provenance">Which parts are published and which assumed.</param>
/// <param name="Regions">Regions by group.</param>
/// <param name="Grains">Resolutions by type of subject; an empty one leaves the word out.</param>
/// <param name="Forms">How titles end, by form.</param>
/// <param name="Brokers">Nodes of the industry chain graph whose firms sell data of every category.</param>
/// <param name="SubTrackFacets">What can be told of every sub-track.</param>
/// <param name="Categories">Categories with their subjects.</param>
/// <param name="Firms">Parts of firms' names.</param>
/// <param name="Assessors">Compliance assessors.</param>
/// <param name="EvidenceKinds">Kinds of evidence for rights.</param>
public sealed record VocabularyData(
    string Title,
    IReadOnlyDictionary<string, string> Provenance,
    IReadOnlyDictionary<string, IReadOnlyList<Label>> Regions,
    IReadOnlyDictionary<SubjectType, IReadOnlyList<Label>> Grains,
    IReadOnlyList<FormData> Forms,
    IReadOnlyList<string> Brokers,
    SubTrackFacetsData SubTrackFacets,
    IReadOnlyList<CategoryData> Categories,
    FirmPartsData Firms,
    IReadOnlyList<Label> Assessors,
    IReadOnlyList<CodedLabel> EvidenceKinds);

/// <summary>How titles of one form end.</summary>
/// <param name="Form">The form.</param>
/// <param name="Zh">Its name in Chinese.</param>
/// <param name="En">Its name in English.</param>
/// <param name="Suffixes">Endings by type of subject: at least one for each type.</param>
public sealed record FormData(ProductForm Form, string Zh, string En, IReadOnlyDictionary<SubjectType, IReadOnlyList<SuffixData>> Suffixes);

/// <summary>An ending of titles.</summary>
/// <param name="Zh">Chinese text.</param>
/// <param name="En">English text.</param>
/// <param name="Period">The period named after it, when it is about one.</param>
public sealed record SuffixData(string Zh, string En, TitlePeriod? Period = null);

/// <summary>What can be told of every sub-track; the subject of a title is then the sub-track with a facet.</summary>
/// <param name="Category">Id of the category they belong to.</param>
/// <param name="Regions">Groups of regions.</param>
/// <param name="Facets">The facets.</param>
public sealed record SubTrackFacetsData(string Category, IReadOnlyList<string> Regions, IReadOnlyList<FacetData> Facets);

/// <summary>Something that can be told of sub-tracks.</summary>
/// <param name="Type">What its data are like.</param>
/// <param name="Output"><c>goods</c>, <c>services</c> or <c>any</c>: of which tracks it can be told.</param>
/// <param name="Zh">Chinese text, put behind the sub-track's name.</param>
/// <param name="En">English text.</param>
public sealed record FacetData(SubjectType Type, string Output, string Zh, string En);

/// <summary>A category of products.</summary>
/// <param name="Id">Readable id, e.g. <c>city-governance</c>.</param>
/// <param name="Zh">Chinese name.</param>
/// <param name="En">English name.</param>
/// <param name="UsePurposes">What buyers use its products for.</param>
/// <param name="ContractPurposes">Projects for which registered contracts are made.</param>
/// <param name="Subjects">What its products are about; none when they are about sub-tracks.</param>
public sealed record CategoryData(
    string Id,
    string Zh,
    string En,
    IReadOnlyList<Label> UsePurposes,
    IReadOnlyList<Label> ContractPurposes,
    IReadOnlyList<SubjectData> Subjects);

/// <summary>What products can be about.</summary>
/// <param name="Type">What its data are like.</param>
/// <param name="Zh">Chinese text.</param>
/// <param name="En">English text.</param>
/// <param name="Regions">Groups of regions for which such data exist.</param>
/// <param name="Near">Nodes of the industry chain graph whose firms have such data; absent when any firm may.</param>
public sealed record SubjectData(SubjectType Type, string Zh, string En, IReadOnlyList<string> Regions, IReadOnlyList<string>? Near = null);

/// <summary>Parts of firms' names: place + brand (two characters) + word of the trade + suffix.</summary>
/// <param name="Places">Places.</param>
/// <param name="BrandFirst">First characters of brands.</param>
/// <param name="BrandSecond">Second characters of brands.</param>
/// <param name="AvoidedBrands">Brands of existing companies, never made.</param>
/// <param name="Suffixes">Legal forms.</param>
/// <param name="WordsByNode">Words of the trade by node of the industry chain graph: each sub-track has some at its track or above.</param>
/// <param name="WordsByProfession">Words of the trade of firms of the data market itself.</param>
public sealed record FirmPartsData(
    IReadOnlyList<WeightedLabel> Places,
    IReadOnlyList<BrandCharacter> BrandFirst,
    IReadOnlyList<BrandCharacter> BrandSecond,
    IReadOnlyList<string> AvoidedBrands,
    IReadOnlyList<WeightedLabel> Suffixes,
    IReadOnlyDictionary<string, IReadOnlyList<Label>> WordsByNode,
    IReadOnlyDictionary<string, IReadOnlyList<Label>> WordsByProfession);

/// <summary>A character of a brand.</summary>
/// <param name="Zh">The character.</param>
/// <param name="Pinyin">Its reading, without tone.</param>
public sealed record BrandCharacter(string Zh, string Pinyin);
