using DataExchange.Catalogue;
using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Reports.Words;
using DataExchange.Scenarios.Population;

namespace DataExchange.Cli.Running;

/// <summary>The words for concepts in exported catalogues, and the categories and sub-tracks that imported products may have.</summary>
internal sealed class CatalogueWords
{
    private CatalogueWords(Dictionary<string, Label> words, IReadOnlyList<string> categories, IReadOnlyList<string> subTracks) =>
        (All, Categories, SubTracks) = (words, categories, subTracks);

    /// <summary>Words by scheme, slash, id.</summary>
    public IReadOnlyDictionary<string, Label> All { get; }

    /// <summary>Ids of the categories.</summary>
    public IReadOnlyList<string> Categories { get; }

    /// <summary>Ids of the sub-tracks.</summary>
    public IReadOnlyList<string> SubTracks { get; }

    /// <summary>Reads them from the vocabulary and the industry chain graph.</summary>
    public static CatalogueWords Load()
    {
        var population = PopulationData.Load();
        var words = new Dictionary<string, Label>(StringComparer.Ordinal);
        foreach (var category in population.Vocabulary.Categories)
        {
            words.Add("category/" + category.Id, new(category.Name.Zh, category.Name.En));
        }

        foreach (var subTrack in population.Graph.SubTracks)
        {
            words.Add("subTrack/" + subTrack.Id, new(subTrack.Name.Zh, subTrack.Name.En));
        }

        Add("form", Enum.GetValues<ProductForm>(), Terms.Of);
        Add("licence", Enum.GetValues<LicenceKind>(), Terms.Of);
        Add("status", [ShelfStatus.Listed, ShelfStatus.Suspended, ShelfStatus.Delisted], Terms.Of);
        return new(words, [.. population.Vocabulary.Categories.Select(category => category.Id)], [.. population.Graph.SubTracks.Select(track => track.Id)]);

        void Add<T>(string scheme, T[] values, Func<T, Text> wordsOf)
            where T : struct, Enum
        {
            foreach (var value in values)
            {
                words.Add($"{scheme}/{value}", new(wordsOf(value).Zh, wordsOf(value).En));
            }
        }
    }
}
