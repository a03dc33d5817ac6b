using DataExchange.Domain;
using DataExchange.Simulation.Randomness;

namespace DataExchange.Simulation.Population;

/// <summary>A category of products, with the words that go with it.</summary>
/// <param name="Id">Readable id, e.g. <c>city-governance</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="UsePurposes">What buyers use its products for.</param>
/// <param name="ContractPurposes">Projects for which registered contracts are made.</param>
public sealed record ProductCategory(string Id, Label Name, IReadOnlyList<Label> UsePurposes, IReadOnlyList<Label> ContractPurposes);

/// <summary>
/// Makes titles and names that read like real ones: everything is put together from tables built once, so that a title or a name costs
/// about a microsecond. Immutable; the draws come from the caller's stream.
/// </summary>
public sealed class Vocabulary
{
    private readonly TitleParts _titles;
    private readonly FirmNames _firms;

    /// <summary>Builds the tables and checks the words against the graph.</summary>
    /// <param name="data">The words as their file has them.</param>
    /// <param name="graph">The graph whose sub-tracks firms and titles belong to.</param>
    /// <exception cref="PopulationDataException">Something is wrong; every problem is named.</exception>
    public Vocabulary(VocabularyData data, IndustryChainGraph graph)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(graph);
        PopulationDataException.ThrowIfAny("vocabulary", VocabularyCheck.ProblemsOf(data, graph));
        _titles = new TitleParts(data, graph);
        _firms = new FirmNames(data.Firms, graph);
        Categories = [.. data.Categories.Select(category => new ProductCategory(
            category.Id, new Label(category.Zh, category.En), category.UsePurposes, category.ContractPurposes))];
        Assessors = data.Assessors;
        EvidenceKinds = data.EvidenceKinds;
        Professions = [.. data.Firms.WordsByProfession.Keys];
    }

    /// <summary>The categories of products.</summary>
    public IReadOnlyList<ProductCategory> Categories { get; }

    /// <summary>Names of compliance assessors.</summary>
    public IReadOnlyList<Label> Assessors { get; }

    /// <summary>Kinds of evidence for rights.</summary>
    public IReadOnlyList<CodedLabel> EvidenceKinds { get; }

    /// <summary>Professions of the data market itself, for <see cref="MakeProfessional"/>.</summary>
    public IReadOnlyList<string> Professions { get; }

    /// <summary>The category with an id.</summary>
    /// <param name="id">E.g. <c>industry</c>.</param>
    /// <exception cref="ArgumentException">There is no such category.</exception>
    public ProductCategory Category(string id) => Categories[_titles.CategoryNumber(id)];

    /// <summary>Ids of the categories in which firms of a sub-track typically have data; never empty.</summary>
    /// <param name="subTrack">Number of the sub-track.</param>
    public IReadOnlyList<string> CategoriesNear(int subTrack) => _titles.CategoriesNear(subTrack);

    /// <summary>Numbers of the sub-tracks whose firms typically have data of a category; never empty.</summary>
    /// <param name="category">Id of the category.</param>
    /// <exception cref="ArgumentException">There is no such category.</exception>
    public IReadOnlyList<int> SubTracksNear(string category) => _titles.SubTracksNear(_titles.CategoryNumber(category));

    /// <summary>Makes the name of a firm placed in a sub-track.</summary>
    /// <param name="random">The stream to draw from.</param>
    /// <param name="subTrack">Number of the sub-track.</param>
    /// <param name="taken">Chinese names already given, redrawn until a free one comes; the new one is added. Null allows repeats.</param>
    /// <exception cref="InvalidOperationException">A thousand draws gave taken names only.</exception>
    public FirmName MakeFirm(RandomStream random, int subTrack, ISet<string>? taken = null) => _firms.OfSubTrack(random, subTrack, taken);

    /// <summary>Makes the name of a firm of the data market itself.</summary>
    /// <param name="random">The stream to draw from.</param>
    /// <param name="profession">One of <see cref="Professions"/>, e.g. <c>public-data-operator</c>.</param>
    /// <param name="taken">As for <see cref="MakeFirm"/>.</param>
    /// <exception cref="ArgumentException">There is no such profession.</exception>
    public FirmName MakeProfessional(RandomStream random, string profession, ISet<string>? taken = null) =>
        _firms.OfProfession(random, profession, taken);

    /// <summary>Draws what a batch of products is about; its titles then differ by region and period.</summary>
    /// <param name="random">The stream to draw from.</param>
    /// <param name="subTrack">Number of the provider's sub-track.</param>
    /// <param name="category">Id of the category.</param>
    /// <param name="form">Form of the products.</param>
    /// <exception cref="ArgumentException">There is no such category.</exception>
    public TitleSeries StartSeries(RandomStream random, int subTrack, string category, ProductForm form) =>
        _titles.Draw(random, subTrack, _titles.CategoryNumber(category), form, batch: true);

    /// <summary>Makes the title of one product.</summary>
    /// <param name="random">
    /// The stream to draw from. The products of one batch are titled with streams in the same state (derive them by the same name) and
    /// a growing <paramref name="seriesIndex"/>; <see cref="StartSeries"/> is the same with the draws done once.
    /// </param>
    /// <param name="subTrack">Number of the provider's sub-track.</param>
    /// <param name="category">Id of the category.</param>
    /// <param name="form">Form of the product.</param>
    /// <param name="seriesIndex">Number of the product in its batch, from 0; −1 for a product of its own.</param>
    /// <param name="asOf">Day of the registration: periods named in titles are over by then.</param>
    /// <exception cref="ArgumentException">There is no such category.</exception>
    public ProductTitle MakeTitle(
        RandomStream random, int subTrack, string category, ProductForm form, int seriesIndex, DateOnly asOf)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(seriesIndex, -1);
        var series = _titles.Draw(random, subTrack, _titles.CategoryNumber(category), form, batch: seriesIndex >= 0);
        return series.TitleAt(Math.Max(seriesIndex, 0), asOf);
    }
}
