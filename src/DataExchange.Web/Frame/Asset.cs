using System.Security.Cryptography;

namespace DataExchange.Web.Frame;

/// <summary>A file that pages load, out of this assembly, with a name that changes with its content so that browsers may keep it for ever.</summary>
public sealed class Asset
{
    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
    };

    private static readonly Dictionary<string, Asset> All = Load();

    private Asset(string name, byte[] content)
    {
        (Name, Content) = (name, content);
        Type = Types[Path.GetExtension(name)];
        Digest = Convert.ToHexStringLower(SHA256.HashData(content))[..16];
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its bytes.</summary>
    public ReadOnlyMemory<byte> Content { get; }

    /// <summary>Media type.</summary>
    public string Type { get; }

    /// <summary>The beginning of the SHA-256 of its content, hexadecimal.</summary>
    public string Digest { get; }

    /// <summary>Where pages find a file.</summary>
    /// <param name="name">Its name.</param>
    public static string Of(string name) => $"/web/{name}?v={All[name].Digest}";

    /// <summary>A file; null for none.</summary>
    /// <param name="name">Its name.</param>
    public static Asset? Find(string name) => All.GetValueOrDefault(name);

    private static Dictionary<string, Asset> Load()
    {
        const string Prefix = "assets/";
        var assembly = typeof(Asset).Assembly;
        return assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Select(name =>
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            return new Asset(name[Prefix.Length..], content);
        }).ToDictionary(asset => asset.Name, StringComparer.Ordinal);
    }
}
