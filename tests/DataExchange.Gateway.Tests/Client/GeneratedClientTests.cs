using DataExchange.Gateway.Description;

namespace DataExchange.Gateway.Tests.Client;

public sealed class GeneratedClientTests
{
    private const string Folder = "src/DataExchange.Client/Generated";

    /// <summary>DX_UPDATE=1 makes it anew.</summary>
    [Fact]
    public async Task The_client_is_what_the_description_makes_it()
    {
        var made = ClientGenerator.Write(OpenApiDocument.Make());
        var folder = Path.Combine(Repository.Root, Folder);
        if (Repository.IsRenewing)
        {
            foreach (var old in Directory.EnumerateFiles(folder))
            {
                File.Delete(old);
            }

            foreach (var (name, text) in made)
            {
                await Repository.RenewAsync($"{Folder}/{name}", text);
            }

            return;
        }

        Assert.Equal(made.Keys, Directory.EnumerateFiles(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        foreach (var (name, text) in made)
        {
            Assert.Equal(text, await Repository.ReadAsync($"{Folder}/{name}"));
        }
    }
}
