using System.Text.RegularExpressions;

namespace DataExchange.Architecture.Tests;

/// <summary>Documents point at what is there.</summary>
public sealed partial class DocumentTests
{
    public static TheoryData<string> Documents =>
    [
        .. Directory.EnumerateFiles(Sources.Root, "*.md", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.Hidden })
            .Select(path => Path.GetRelativePath(Sources.Root, path))
            .Where(path => !path.Split(Path.DirectorySeparatorChar).Any(folder => folder is "bin" or "obj" or "node_modules"))
            .Order(StringComparer.Ordinal),
    ];

    [Fact]
    public void There_are_documents_to_check() => Assert.Contains("README.md", Documents.Select(row => row.Data));

    [Theory, MemberData(nameof(Documents))]
    public void Relative_links_lead_to_files_and_headings_that_exist(string document)
    {
        var broken = Links(Read(document)).Where(link => !Exists(document, link)).ToArray();
        Assert.True(broken.Length == 0, $"{document}: {string.Join(", ", broken)}");
    }

    [Theory, MemberData(nameof(Documents))]
    public void Paths_of_sources_that_documents_name_exist(string document)
    {
        var named = SourcePath().Matches(Text(document)).Select(match => match.Groups[1].Value.TrimEnd('/')).Distinct();
        var missing = named.Where(path => !path.Contains('*') && !IsThere(Path.Combine(Sources.Root, path)));
        Assert.True(!missing.Any(), $"{document}: {string.Join(", ", missing)}");
    }

    [Fact]
    public void The_README_is_short() => Assert.InRange(Text("README.md").Split('\n').Length, 50, 200);

    private static bool Exists(string document, string link)
    {
        var (path, anchor) = link.Split('#', 2) is [var before, var after] ? (before, after) : (link, null);
        var target = path.Length == 0
            ? document
            : Path.GetRelativePath(Sources.Root, Path.Combine(Sources.Root, Path.GetDirectoryName(document)!, Uri.UnescapeDataString(path)));
        return IsThere(Path.Combine(Sources.Root, target))
            && (anchor is null || !target.EndsWith(".md", StringComparison.Ordinal) || Anchors(Read(target)).Contains(anchor));
    }

    private static bool IsThere(string path) => File.Exists(path) || Directory.Exists(path);

    private static IEnumerable<string> Links(string text) => Link().Matches(text)
        .Select(match => match.Groups[1].Value)
        .Where(link => !link.Contains("://", StringComparison.Ordinal) && !link.StartsWith("mailto:", StringComparison.Ordinal));

    // A heading's anchor: small letters, spaces become hyphens, other punctuation goes.
    private static HashSet<string> Anchors(string text) =>
    [
        .. Heading().Matches(text)
            .Select(match => NoAnchorSign().Replace(match.Groups[1].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-')),
    ];

    private static string Text(string document) => File.ReadAllText(Path.Combine(Sources.Root, document));

    private static string Read(string document) => Fence().Replace(Text(document), "");

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#{1,6}\s+(.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\p{L}\p{N} _-]")]
    private static partial Regex NoAnchorSign();

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"`((?:src|tests|load-tests|deploy|docs|\.ci)/[A-Za-z0-9_./*-]+)`")]
    private static partial Regex SourcePath();
}
