using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;
using YamlDotNet.Serialization;

namespace DataExchange.Deploy.Tests;

/// <summary>The files of <c>deploy/</c>, and YAML as JSON: every scalar is a text, merge keys are carried out.</summary>
internal static class DeployFiles
{
    public static string Root { get; } = FindRoot();

    public static string Deploy { get; } = Path.Combine(Root, "deploy");

    public static string In(string path) => Path.Combine(Deploy, path);

    public static string Text(string path) => File.ReadAllText(In(path));

    public static JsonObject Yaml(string path) => Assert.Single(Documents(In(path)));

    /// <summary>The documents of a file; a key that comes twice is an error.</summary>
    public static IReadOnlyList<JsonObject> Documents(string path)
    {
        var text = File.ReadAllText(path);
        new YamlStream().Load(new StringReader(text));
        var parser = new MergingParser(new Parser(new StringReader(text)));
        var documents = new List<JsonObject>();
        parser.Consume<YamlDotNet.Core.Events.StreamStart>();
        var deserializer = new Deserializer();
        while (parser.Accept<YamlDotNet.Core.Events.DocumentStart>(out _))
        {
            if (Json(deserializer.Deserialize(parser)) is JsonObject document)
            {
                documents.Add(document);
            }
        }

        return documents;
    }

    /// <summary>Every file of a kind.</summary>
    public static IEnumerable<string> All(params string[] extensions) => Directory.EnumerateFiles(Deploy, "*", SearchOption.AllDirectories)
        .Where(file => extensions.Contains(Path.GetExtension(file))).Order(StringComparer.Ordinal);

    public static string Name(string path) => Path.GetRelativePath(Deploy, path);

    private static JsonNode? Json(object? value) => value switch
    {
        null => null,
        IDictionary<object, object> map => new JsonObject(map.Select(entry => KeyValuePair.Create((string)entry.Key, Json(entry.Value)))),
        IEnumerable<object> list => new JsonArray([.. list.Select(Json)]),
        _ => JsonValue.Create(value.ToString()),
    };

    private static string FindRoot()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "DataExchange.sln")))
            {
                return folder;
            }
        }

        throw new InvalidOperationException("The tests of deploy/ run in the repository.");
    }
}

/// <summary>Short ways through JSON.</summary>
internal static class Nodes
{
    public static string? Text(this JsonNode? node) => (string?)node;

    public static IEnumerable<JsonNode> Items(this JsonNode? node) => node is JsonArray items ? items.Select(item => item!) : [];

    public static IEnumerable<KeyValuePair<string, JsonNode?>> Fields(this JsonNode? node) => node is JsonObject map ? map : [];

    /// <summary>The node at a path of names; null where there is none.</summary>
    public static JsonNode? At(this JsonNode? node, params string[] path) => path.Aggregate(node, (at, name) => (at as JsonObject)?[name]);

    public static string[] Texts(this JsonNode? node) => [.. node.Items().Select(item => (string)item!)];
}
