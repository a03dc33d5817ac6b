using System.Text.Json.Nodes;

namespace DataExchange.Deploy.Tests;

/// <summary>
/// As much of kustomize as these files use: resources of folders and files, strategic patches by kind and name, namespace, images, generated secrets. What it
/// cannot do is an error, so that nothing in the files passes unseen.
/// </summary>
internal sealed class Kustomization
{
    private static readonly string[] Fields = ["apiVersion", "kind", "namespace", "resources", "images", "secretGenerator", "patches"];

    private Kustomization(IReadOnlyList<JsonObject> resources, IReadOnlyList<string> secrets) => (Resources, Secrets) = (resources, secrets);

    /// <summary>What would be applied.</summary>
    public IReadOnlyList<JsonObject> Resources { get; }

    /// <summary>Secrets that are generated from files beside it.</summary>
    public IReadOnlyList<string> Secrets { get; }

    public static Kustomization Build(string folder)
    {
        var file = Path.Combine(DeployFiles.In(folder), "kustomization.yaml");
        var kustomization = Assert.Single(DeployFiles.Documents(file));
        Assert.Equal("Kustomization", kustomization["kind"].Text());
        Assert.Empty(kustomization.Select(field => field.Key).Except(Fields));
        var resources = new List<JsonObject>();
        foreach (var resource in kustomization["resources"].Texts())
        {
            var path = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, resource));
            Assert.True(Path.Exists(path), $"{folder}: there is no {resource}");
            resources.AddRange(Directory.Exists(path) ? Build(path).Resources : DeployFiles.Documents(path));
        }

        var names = resources.Select(NameOf).ToArray();
        Assert.True(names.Length == names.Distinct().Count(), $"{folder}: twice: {string.Join(", ", names.GroupBy(name => name).Where(group => group.Count() > 1).Select(group => group.Key))}");
        foreach (var patch in kustomization["patches"].Items())
        {
            var change = Assert.Single(DeployFiles.Documents(Path.Combine(Path.GetDirectoryName(file)!, patch["path"].Text()!)));
            var target = resources.Find(resource => NameOf(resource) == NameOf(change));
            Assert.True(target is not null, $"{folder}: {patch["path"].Text()} changes {NameOf(change)}, which is not there");
            Merge(target, change);
        }

        foreach (var image in kustomization["images"].Items())
        {
            var used = resources.SelectMany(Containers).Where(container => container["image"].Text() == image["name"].Text()).ToArray();
            Assert.True(used.Length > 0, $"{folder}: no container has image {image["name"].Text()}");
            Array.ForEach(used, container => container["image"] = $"{image["name"].Text()}:{image["newTag"].Text()}");
        }

        if (kustomization["namespace"].Text() is { } space)
        {
            Assert.Contains(resources, resource => resource["kind"].Text() == "Namespace" && resource.At("metadata", "name").Text() == space);
        }

        return new Kustomization(resources, [.. kustomization["secretGenerator"].Items().Select(secret => secret["name"].Text()!)]);
    }

    public IEnumerable<JsonObject> Of(string kind) => Resources.Where(resource => resource["kind"].Text() == kind);

    /// <summary>What makes pods.</summary>
    public IEnumerable<JsonObject> Workloads => Resources.Where(resource => resource["kind"].Text() is "Deployment" or "StatefulSet");

    public static string NameOf(JsonObject resource) => $"{resource["kind"].Text()}/{resource.At("metadata", "name").Text()}";

    public static IEnumerable<JsonNode> Containers(JsonObject workload) => workload.At("spec", "template", "spec", "containers").Items();

    public static JsonObject LabelsOf(JsonObject workload) => workload.At("spec", "template", "metadata", "labels")!.AsObject();

    /// <summary>Whether a selector of labels takes a pod.</summary>
    public static bool Selects(JsonNode? selector, JsonObject labels) =>
        (selector.At("matchLabels") ?? new JsonObject()).Fields().All(field => labels[field.Key].Text() == field.Value.Text())
        && selector.At("matchExpressions").Items().All(expression =>
        {
            Assert.Equal("In", expression["operator"].Text());
            return expression["values"].Texts().Contains(labels[expression["key"].Text()!].Text());
        });

    // Lists of things with names are merged by name, other lists replaced: how Kubernetes does it for containers and variables.
    private static void Merge(JsonObject target, JsonObject change)
    {
        foreach (var (name, value) in change)
        {
            if (value is JsonObject inner && target[name] is JsonObject there)
            {
                Merge(there, inner);
            }
            else if (value is JsonArray items && target[name] is JsonArray list && items.All(item => item is JsonObject named && named.ContainsKey("name")))
            {
                foreach (var item in items)
                {
                    var same = list.OfType<JsonObject>().FirstOrDefault(one => one["name"].Text() == item!["name"].Text());
                    Assert.True(same is not null, $"a patch names {item!["name"].Text()}, which is not there");
                    Merge(same, item!.AsObject());
                }
            }
            else
            {
                target[name] = value?.DeepClone();
            }
        }
    }
}
