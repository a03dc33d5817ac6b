using DataExchange.Catalogue.Reading;

namespace DataExchange.Catalogue.Importing;

/// <summary>Finds the exchange's category for what a catalogue says a record is about: by its id or name, by the EU's data themes, by common words.</summary>
/// <param name="categories">The exchange's categories with their names.</param>
public sealed class SubjectCategories(IReadOnlyDictionary<string, Label> categories)
{
    /// <summary>The category of what fits nowhere.</summary>
    public const string Other = "other";

    // EU Publications Office, authority table data-theme; and words that catalogues in English and Chinese use.
    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["agri"] = "agriculture",
        ["agriculture"] = "agriculture",
        ["food"] = "agriculture",
        ["econ"] = "fintech",
        ["finance"] = "fintech",
        ["banking"] = "fintech",
        ["educ"] = "culture-tourism",
        ["culture"] = "culture-tourism",
        ["tourism"] = "culture-tourism",
        ["ener"] = "energy",
        ["energy"] = "energy",
        ["envi"] = "public",
        ["gove"] = "public",
        ["just"] = "public",
        ["government"] = "public",
        ["heal"] = "health",
        ["health"] = "health",
        ["regi"] = "city-governance",
        ["cities"] = "city-governance",
        ["city"] = "city-governance",
        ["tran"] = "transport",
        ["transport"] = "transport",
        ["transportation"] = "transport",
        ["traffic"] = "transport",
        ["telecommunications"] = "telecom",
        ["manufacturing"] = "industry",
        ["industry"] = "industry",
        ["retail"] = "commerce",
        ["commerce"] = "commerce",
        ["business"] = "commerce",
        ["金融"] = "fintech",
        ["医疗"] = "health",
        ["健康"] = "health",
        ["交通"] = "transport",
        ["农业"] = "agriculture",
        ["能源"] = "energy",
        ["工业"] = "industry",
        ["文旅"] = "culture-tourism",
        ["通信"] = "telecom",
    };

    /// <summary>The category.</summary>
    /// <param name="record">The record.</param>
    /// <param name="isAssumed">Whether nothing fitted.</param>
    public string Of(CatalogueRecord record, out bool isAssumed)
    {
        ArgumentNullException.ThrowIfNull(record);
        isAssumed = false;
        if (record.Own.Category is { Length: > 0 } own && (categories.ContainsKey(own) || own == Other))
        {
            return own;
        }

        foreach (var subject in record.Subjects)
        {
            var last = subject.Split('/', '#')[^1].Trim();
            if (Named(last) is { } named)
            {
                return named;
            }
        }

        isAssumed = true;
        return Other;
    }

    private string? Named(string subject)
    {
        foreach (var (id, name) in categories)
        {
            if (subject == id || subject == name.Zh || subject.Equals(name.En, StringComparison.OrdinalIgnoreCase))
            {
                return id;
            }
        }

        return Words.TryGetValue(subject, out var category) && categories.ContainsKey(category) ? category : null;
    }
}
