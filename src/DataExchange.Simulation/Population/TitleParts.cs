using System.Collections.Frozen;
using DataExchange.Domain;
using DataExchange.Simulation.Randomness;

namespace DataExchange.Simulation.Population;

/// <summary>The tables from which titles are put together.</summary>
internal sealed class TitleParts
{
    private readonly FrozenDictionary<string, int> _categoryNumbers;
    private readonly Label[] _subTracks;
    private readonly Subject[][][] _products; // [category][subTrack]: what a product of its own may be about.
    private readonly Subject[][][] _batches; // [category][subTrack]: what a batch may be about.
    private readonly string[][] _categoriesNear;
    private readonly int[][] _subTracksNear; // [category]
    private readonly SuffixData[][][] _suffixes; // [form][type]
    private readonly Label[][] _grains; // [type]

    public TitleParts(VocabularyData data, IndustryChainGraph graph)
    {
        _categoryNumbers = data.Categories.Select((category, number) => KeyValuePair.Create(category.Id, number)).ToFrozenDictionary();
        _subTracks = [.. graph.SubTracks.Select(node => node.Name with { En = AsInMidSentence(node.Name.En) })];
        var types = Enum.GetValues<SubjectType>();
        _suffixes = new SuffixData[Enum.GetValues<ProductForm>().Length][][];
        foreach (var form in data.Forms)
        {
            _suffixes[(int)form.Form] = [.. types.Select(type => form.Suffixes[type].ToArray())];
        }

        _grains = [.. types.Select(type => data.Grains.TryGetValue(type, out var grains) ? grains.ToArray() : [new Label("", "")])];

        var near = new List<string>[graph.SubTracks.Count];
        _products = new Subject[data.Categories.Count][][];
        _batches = new Subject[data.Categories.Count][][];
        var facets = Facets(data);
        for (var category = 0; category < data.Categories.Count; category++)
        {
            var id = data.Categories[category].Id;
            var subjects = id == data.SubTrackFacets.Category ? facets : Subjects(data, data.Categories[category]);
            _products[category] = new Subject[graph.SubTracks.Count][];
            _batches[category] = new Subject[graph.SubTracks.Count][];
            foreach (var (node, subTrack) in graph.SubTracks.Select((node, number) => (node, number)))
            {
                // Firms have the data of their trade and what anyone may have; brokers have all.
                var broker = IsAtOrBelow(node, data.Brokers);
                var own = subjects.Where(subject => subject.IsFacet ? subject.Suits(node.Output)
                    : broker || subject.Near.Count == 0 || IsAtOrBelow(node, subject.Near)).ToArray();
                var isNear = own.Any(subject => subject.IsFacet || broker || subject.Near.Count > 0);
                (near[subTrack] ??= []).AddRange(isNear ? [id] : []);
                var indices = own.Where(subject => subject.Type == SubjectType.Index).ToArray();
                _products[category][subTrack] = [.. own.Except(indices)];
                _batches[category][subTrack] = indices.Length > 0 ? indices : own;
            }
        }

        _categoriesNear = [.. near.Select(ids => ids.ToArray())];
        _subTracksNear = [.. data.Categories.Select(category => Enumerable.Range(0, near.Length)
            .Where(subTrack => near[subTrack].Contains(category.Id)).ToArray())];
    }

    public int CategoryNumber(string id) =>
        _categoryNumbers.TryGetValue(id, out var number)
            ? number
            : throw new ArgumentException(
                $"'{id}' is not a category of products; known are {string.Join(", ", _categoryNumbers.Keys.Order(StringComparer.Ordinal))}.",
                nameof(id));

    public IReadOnlyList<string> CategoriesNear(int subTrack) => _categoriesNear[subTrack];

    public IReadOnlyList<int> SubTracksNear(int category) => _subTracksNear[category];

    public TitleSeries Draw(RandomStream random, int subTrack, int category, ProductForm form, bool batch)
    {
        var subjects = (batch ? _batches : _products)[category][subTrack];
        var subject = subjects[random.NextInt32(subjects.Length)];
        var suffixes = _suffixes[(int)form][(int)subject.Type];
        var suffix = suffixes[random.NextInt32(suffixes.Length)];
        var grains = form is ProductForm.Api or ProductForm.Dataset ? _grains[(int)subject.Type] : NoGrain;
        var grain = random.NextInt32(grains.Length);
        var region = random.NextInt32(subject.Regions.Length);

        // A report of its own is about one of the last few periods; a batch begins with the last one.
        var age = random.NextInt32(3);
        var about = subject.IsFacet
            ? new Label(_subTracks[subTrack].Zh + subject.Text.Zh, $"{_subTracks[subTrack].En} {subject.Text.En}")
            : subject.Text;
        return new TitleSeries(about, subject.Regions, region, grains, grain, suffix, batch ? 0 : age);
    }

    private static readonly Label[] NoGrain = [new Label("", "")];

    private static List<Subject> Facets(VocabularyData data)
    {
        var regions = RegionsOf(data, data.SubTrackFacets.Regions);
        return [.. data.SubTrackFacets.Facets.Select(facet => new Subject(
            facet.Type, new Label(facet.Zh, facet.En), regions, [], IsFacet: true,
            facet.Output == "any" ? null : Enum.Parse<TrackOutput>(facet.Output, ignoreCase: true)))];
    }

    private static List<Subject> Subjects(VocabularyData data, CategoryData category) =>
        [.. category.Subjects.Select(subject => new Subject(
            subject.Type, new Label(subject.Zh, subject.En), RegionsOf(data, subject.Regions), subject.Near ?? [], IsFacet: false, null))];

    private static Label[] RegionsOf(VocabularyData data, IReadOnlyList<string> groups) =>
        [.. groups.SelectMany(group => data.Regions[group]).Distinct()];

    private static bool IsAtOrBelow(ChainNode node, IReadOnlyList<string> ids) =>
        ids.Any(id => node.Id == id || node.Id.StartsWith(id + '.', StringComparison.Ordinal));

    // "Smart cameras" follows a place name as "smart cameras", while "AI chips", "IoT modules" and "X-ray" keep their capitals.
    private static string AsInMidSentence(string name)
    {
        var word = name.AsSpan(0, name.AsSpan().IndexOfAny(' ', '-') is var end and > 0 ? end : name.Length);
        var ordinary = word.Length > 1 && word[1..].IndexOfAnyInRange('A', 'Z') < 0 && word is not "Zhejiang";
        return ordinary ? char.ToLowerInvariant(name[0]) + name[1..] : name;
    }

    private sealed record Subject(
        SubjectType Type, Label Text, Label[] Regions, IReadOnlyList<string> Near, bool IsFacet, TrackOutput? Output)
    {
        public bool Suits(TrackOutput output) => Output is null || Output == output;
    }
}
