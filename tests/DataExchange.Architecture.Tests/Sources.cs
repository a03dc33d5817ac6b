using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace DataExchange.Architecture.Tests;

/// <summary>The tree of sources and what was compiled from it.</summary>
internal static class Sources
{
    internal static readonly string Root = FindRoot();

    /// <summary>Names of the projects under src.</summary>
    internal static IEnumerable<string> Projects => Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories)
        .Select(path => Path.GetFileNameWithoutExtension(path));

    /// <summary>Paths of all C# files under src, from the root.</summary>
    internal static IEnumerable<string> Files => Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.cs", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Root, path))
        .Where(path => !path.Split(Path.DirectorySeparatorChar).Any(folder => folder is "obj" or "bin"));

    /// <summary>The items of one kind in a project file.</summary>
    internal static string[] Items(string project, string kind) =>
    [
        .. XDocument.Load(Path.Combine(Root, "src", project, project + ".csproj")).Descendants(kind)
            .Select(item => (string)item.Attribute("Include")!),
    ];

    /// <summary>The names of the assemblies that a compiled project really uses.</summary>
    internal static string[] UsedAssemblies(string project) => Read(project, reader => reader.AssemblyReferences
        .Select(handle => reader.GetString(reader.GetAssemblyReference(handle).Name)).ToArray());

    /// <summary>The full names of the types of others that a compiled project really uses.</summary>
    internal static string[] UsedTypes(string project) => Read(project, reader => reader.TypeReferences
        .Select(handle => NameOf(reader, handle)).ToArray());

    /// <summary>The methods of others that a compiled project really uses, as type, dot, method.</summary>
    internal static string[] UsedMembers(string project) => Read(project, reader => reader.MemberReferences
        .Select(reader.GetMemberReference)
        .Where(member => member.Parent.Kind == HandleKind.TypeReference)
        .Select(member => $"{NameOf(reader, (TypeReferenceHandle)member.Parent)}.{reader.GetString(member.Name)}").ToArray());

    private static string NameOf(MetadataReader reader, TypeReferenceHandle handle)
    {
        var type = reader.GetTypeReference(handle);
        return $"{reader.GetString(type.Namespace)}.{reader.GetString(type.Name)}";
    }

    private static T Read<T>(string project, Func<MetadataReader, T> read)
    {
        var assembly = project == "DataExchange.Cli" ? "dx" : project;
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, assembly + ".dll"));
        using var image = new PEReader(file);
        return read(image.GetMetadataReader());
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "DataExchange.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No DataExchange.sln in or above {AppContext.BaseDirectory}.");
    }
}
