namespace DataExchange.Gateway.Tests;

/// <summary>Where the sources are, for files that the tests make or compare.</summary>
internal static class Repository
{
    internal static string Root { get; } = Find();

    /// <summary>Whether generated files are to be made anew.</summary>
    internal static bool IsRenewing => Environment.GetEnvironmentVariable("DX_UPDATE") == "1";

    internal static Task<string> ReadAsync(string path) => File.ReadAllTextAsync(Path.Combine(Root, path), TestContext.Current.CancellationToken);

    internal static Task RenewAsync(string path, string text) => File.WriteAllTextAsync(Path.Combine(Root, path), text, TestContext.Current.CancellationToken);

    private static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "DataExchange.sln")))
        {
            folder = Path.GetDirectoryName(folder.TrimEnd('/'))!;
        }

        return folder;
    }
}
