using DataExchange.Domain;

namespace DataExchange.Simulation.Population;

/// <summary>What is wrong with the words of a vocabulary, if anything.</summary>
internal static class VocabularyCheck
{
    public static List<string> ProblemsOf(VocabularyData data, IndustryChainGraph graph)
    {
        var problems = new List<string>();
        CheckRegions(data, problems);
        CheckForms(data, problems);
        CheckCategories(data, graph, problems);
        CheckFirms(data.Firms, graph, problems);
        CheckLabels("assessors", data.Assessors, problems);
        CheckLabels("evidenceKinds", data.EvidenceKinds.Select(kind => new Label(kind.Zh, kind.En)), problems);
        return problems;
    }

    private static void CheckRegions(VocabularyData data, List<string> problems)
    {
        foreach (var (group, regions) in data.Regions)
        {
            CheckLabels($"regions.{group}", regions, problems);
        }

        var named = data.SubTrackFacets.Regions
            .Concat(data.Categories.SelectMany(category => category.Subjects).SelectMany(subject => subject.Regions));
        foreach (var group in named.Distinct().Where(group => !data.Regions.ContainsKey(group)))
        {
            problems.Add($"Region group '{group}' is not in regions ({string.Join(", ", data.Regions.Keys)}).");
        }
    }

    private static void CheckForms(VocabularyData data, List<string> problems)
    {
        foreach (var form in Enum.GetValues<ProductForm>())
        {
            var found = data.Forms.FirstOrDefault(item => item.Form == form);
            foreach (var type in Enum.GetValues<SubjectType>())
            {
                if (found is null || !found.Suffixes.TryGetValue(type, out var suffixes) || suffixes.Count == 0)
                {
                    problems.Add($"Form '{form}' has no suffix for subjects of type '{type}'.");
                }
                else if (suffixes.Any(suffix => (suffix.Zh.Length == 0) != (suffix.En.Length == 0)))
                {
                    problems.Add($"Form '{form}', type '{type}': a suffix is empty in one language only.");
                }
            }
        }
    }

    private static void CheckCategories(VocabularyData data, IndustryChainGraph graph, List<string> problems)
    {
        var nodes = graph.Nodes.Select(node => node.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var repeated in data.Categories.GroupBy(category => category.Id).Where(group => group.Count() > 1))
        {
            problems.Add($"Category '{repeated.Key}' appears twice.");
        }

        if (data.Categories.All(category => category.Id != data.SubTrackFacets.Category))
        {
            problems.Add($"subTrackFacets.category '{data.SubTrackFacets.Category}' is not a category.");
        }

        foreach (var broker in data.Brokers.Where(broker => !nodes.Contains(broker)))
        {
            problems.Add($"brokers names '{broker}', which is no node of the industry chain graph.");
        }

        CheckLabels("subTrackFacets", data.SubTrackFacets.Facets.Select(facet => new Label(facet.Zh, facet.En)), problems);
        foreach (var facet in data.SubTrackFacets.Facets.Where(facet => facet.Output is not ("any" or "goods" or "services")))
        {
            problems.Add($"Facet '{facet.Zh}' has output '{facet.Output}'; allowed are any, goods, services.");
        }

        foreach (var category in data.Categories)
        {
            CheckLabels($"category '{category.Id}'", [new Label(category.Zh, category.En)], problems);
            CheckLabels($"category '{category.Id}', usePurposes", category.UsePurposes, problems);
            CheckLabels($"category '{category.Id}', contractPurposes", category.ContractPurposes, problems);
            if (category.Id == data.SubTrackFacets.Category)
            {
                continue;
            }

            CheckLabels($"category '{category.Id}', subjects", category.Subjects.Select(item => new Label(item.Zh, item.En)), problems);
            if (category.Subjects.All(subject => subject.Near is not null))
            {
                problems.Add($"Category '{category.Id}' needs a subject without 'near', for firms that are near none.");
            }

            foreach (var near in category.Subjects.SelectMany(subject => subject.Near ?? []).Where(near => !nodes.Contains(near)))
            {
                problems.Add($"Category '{category.Id}': 'near' names '{near}', which is no node of the industry chain graph.");
            }
        }
    }

    private static void CheckFirms(FirmPartsData firms, IndustryChainGraph graph, List<string> problems)
    {
        foreach (var (list, name) in new[] { (firms.Places, "places"), (firms.Suffixes, "suffixes") })
        {
            CheckLabels($"firms.{name}", list.Select(item => new Label(item.Zh, item.En)), problems);
            problems.AddRange(list.Where(item => !(item.Weight > 0))
                .Select(item => $"firms.{name}: the weight of '{item.Zh}' must be above 0."));
        }

        CheckLabels("firms.brandFirst", firms.BrandFirst.Select(item => new Label(item.Zh, item.Pinyin)), problems);
        CheckLabels("firms.brandSecond", firms.BrandSecond.Select(item => new Label(item.Zh, item.Pinyin)), problems);
        foreach (var (node, words) in firms.WordsByNode.Concat(firms.WordsByProfession))
        {
            CheckLabels($"firms, words of '{node}'", words, problems);
        }

        for (var subTrack = 0; subTrack < graph.SubTracks.Count; subTrack++)
        {
            if (FirmNames.WordsOf(firms, graph, subTrack) is null)
            {
                problems.Add($"firms.wordsByNode has no words for '{graph.SubTracks[subTrack].Id}' or a node above it.");
            }
        }
    }

    private static void CheckLabels(string where, IEnumerable<Label> labels, List<string> problems)
    {
        var list = labels.ToList();
        problems.AddRange(list.Where(item => item.Zh.Length == 0 || item.En.Length == 0)
            .Select(item => $"{where}: '{item.Zh}{item.En}' lacks its Chinese or its English text."));
        problems.AddRange(list.GroupBy(item => item.Zh).Where(group => group.Count() > 1)
            .Select(group => $"{where}: '{group.Key}' appears twice."));
        if (list.Count == 0)
        {
            problems.Add($"{where} is empty.");
        }
    }
}
