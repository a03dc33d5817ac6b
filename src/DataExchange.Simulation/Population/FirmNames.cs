using System.Collections.Frozen;
using DataExchange.Simulation.Randomness;

namespace DataExchange.Simulation.Population;

/// <summary>Name of a firm.</summary>
/// <param name="Zh">Full Chinese name, e.g. 杭州澜衍微电子有限公司.</param>
/// <param name="Brand">The two characters by which it is known, e.g. 澜衍.</param>
/// <param name="En">English name, e.g. Hangzhou Lanyan Microelectronics Co., Ltd.</param>
public readonly record struct FirmName(string Zh, string Brand, string En);

/// <summary>The tables from which firms' names are put together.</summary>
internal sealed class FirmNames
{
    private const int MostAttempts = 1000;

    private readonly Label[] _brands;
    private readonly Label[] _places;
    private readonly double[] _placeWeights;
    private readonly Label[] _suffixes;
    private readonly double[] _suffixWeights;
    private readonly Label[][] _words; // By sub-track.
    private readonly FrozenDictionary<string, Label[]> _professionWords;

    public FirmNames(FirmPartsData data, IndustryChainGraph graph)
    {
        var avoided = data.AvoidedBrands.ToHashSet(StringComparer.Ordinal);
        _brands = [.. data.BrandFirst
            .SelectMany(first => data.BrandSecond, (first, second) => new Label(
                first.Zh + second.Zh, char.ToUpperInvariant(first.Pinyin[0]) + first.Pinyin[1..] + second.Pinyin))
            .Where(brand => !avoided.Contains(brand.Zh))];
        (_places, _placeWeights) = Split(data.Places);
        (_suffixes, _suffixWeights) = Split(data.Suffixes);
        _words = [.. Enumerable.Range(0, graph.SubTracks.Count).Select(subTrack => WordsOf(data, graph, subTrack)!.ToArray())];
        _professionWords = data.WordsByProfession.ToFrozenDictionary(pair => pair.Key, pair => pair.Value.ToArray());
    }

    public static IReadOnlyList<Label>? WordsOf(FirmPartsData data, IndustryChainGraph graph, int subTrack) =>
        graph.Ancestry(subTrack).Select(node => data.WordsByNode.GetValueOrDefault(node.Id)).FirstOrDefault(words => words is not null);

    public FirmName OfSubTrack(RandomStream random, int subTrack, ISet<string>? taken) => Make(random, _words[subTrack], taken);

    public FirmName OfProfession(RandomStream random, string profession, ISet<string>? taken) =>
        _professionWords.TryGetValue(profession, out var words)
            ? Make(random, words, taken)
            : throw new ArgumentException(
                $"'{profession}' is not a profession; known are {string.Join(", ", _professionWords.Keys.Order(StringComparer.Ordinal))}.",
                nameof(profession));

    private FirmName Make(RandomStream random, Label[] words, ISet<string>? taken)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var place = _places[random.PickWeighted(_placeWeights)];
            var brand = _brands[random.NextInt32(_brands.Length)];
            var word = words[random.NextInt32(words.Length)];
            var suffix = _suffixes[random.PickWeighted(_suffixWeights)];
            var zh = string.Concat(place.Zh, brand.Zh, word.Zh, suffix.Zh);
            if (taken is null || taken.Add(zh))
            {
                return new FirmName(zh, brand.Zh, $"{place.En} {brand.En} {word.En} {suffix.En}");
            }
        }

        throw new InvalidOperationException(
            $"No free firm name was found in {MostAttempts} draws: {taken!.Count} are taken. The vocabulary needs more brands.");
    }

    private static (Label[] Labels, double[] Weights) Split(IReadOnlyList<WeightedLabel> items) =>
        ([.. items.Select(item => new Label(item.Zh, item.En))], [.. items.Select(item => item.Weight)]);
}
