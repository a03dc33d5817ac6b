using System.Text.RegularExpressions;

namespace DataExchange.Deploy.Tests;

/// <summary>All files of <c>deploy/</c>: that they can be read, and that the image is made of what there is.</summary>
public sealed partial class FilesTests
{
    private static readonly string[] Lines = [.. DeployFiles.Text("Dockerfile").Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#')];

    public static TheoryData<string> YamlFiles => [.. DeployFiles.All(".yaml", ".yml").Select(DeployFiles.Name)];

    [Theory, MemberData(nameof(YamlFiles))]
    public void Yaml_can_be_read_and_says_no_key_twice(string file)
    {
        Assert.NotEmpty(DeployFiles.Documents(DeployFiles.In(file)));
        Assert.DoesNotContain('\t', DeployFiles.Text(file));
    }

    [Fact]
    public void The_image_ends_in_one_without_a_shell_and_not_as_root()
    {
        var stages = Lines.Where(line => line.StartsWith("FROM ", StringComparison.Ordinal)).ToArray();
        Assert.Equal(2, stages.Length);
        Assert.Matches(@"-chiseled(-extra)? AS final$", stages[^1]);
        Assert.All(stages, stage => Assert.Matches(@":10\.0-", stage));
        var last = Lines.SkipWhile(line => line != stages[^1]).ToArray();
        Assert.DoesNotContain(last, line => line.StartsWith("RUN ", StringComparison.Ordinal));
        var user = Assert.Single(last, line => line.StartsWith("USER ", StringComparison.Ordinal));
        Assert.Matches("^USER [1-9][0-9]*:[1-9][0-9]*$", user);
        Assert.Contains("ENTRYPOINT [\"dotnet\", \"/app/dx.dll\"]", last);
        Assert.Equal(user["USER ".Length..], DeployFiles.Yaml("compose.yaml").At("services", "gateway", "user").Text());
        Assert.StartsWith(user["USER ".Length..].Split(':')[0], Kustomization.Build("kubernetes/base").Of("Deployment").First().At("spec", "template", "spec", "securityContext", "runAsUser").Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_copied_into_the_builder_is_there_and_is_not_ignored_and_is_all_that_the_program_is_made_of()
    {
        string[] copied = [.. Lines.Where(line => line.StartsWith("COPY ", StringComparison.Ordinal) && !line.Contains("--from", StringComparison.Ordinal)).SelectMany(line => line.Split(' ')[1..^1]).Select(path => path.TrimEnd('/'))];
        string[] allowed = [.. DeployFiles.Text("Dockerfile.dockerignore").Split('\n').Where(line => line.StartsWith('!')).Select(line => "^" + Regex.Escape(line[1..]).Replace(@"\*", ".*", StringComparison.Ordinal) + "$")];
        Assert.All(copied, path => Assert.True(Path.Exists(Path.Combine(DeployFiles.Root, path)), $"{path} is not there"));
        Assert.All(copied, path => Assert.True(allowed.Any(pattern => Regex.IsMatch(path, pattern)), $"{path} is kept from the builder"));

        // Projects and files that the program's projects name lie below what is copied.
        var projects = Directory.EnumerateFiles(Path.Combine(DeployFiles.Root, "src"), "*.csproj", SearchOption.AllDirectories);
        foreach (var (project, path) in projects.SelectMany(project => Included().Matches(File.ReadAllText(project)).Select(match => (project, match.Groups[1].Value))))
        {
            var target = Path.GetRelativePath(DeployFiles.Root, Path.GetFullPath(Path.Combine(Path.GetDirectoryName(project)!, path)));
            Assert.True(copied.Any(root => target == root || target.StartsWith(root + "/", StringComparison.Ordinal)), $"{Path.GetFileName(project)} needs {target}, which is not copied");
        }
    }

    [GeneratedRegex("Include=\"(\\.\\./[^\"*]+)\"")]
    private static partial Regex Included();
}
