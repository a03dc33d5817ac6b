namespace DataExchange.EventStore.Tests;

/// <summary>Files of the repository that tests compare with, or renew when <c>DX_UPDATE=1</c>.</summary>
internal static class RepositoryFiles
{
    internal const string UpdateCommand = "DX_UPDATE=1 dotnet test --project tests/DataExchange.EventStore.Tests -c Release";

    internal static bool Update => Environment.GetEnvironmentVariable("DX_UPDATE") == "1";

    internal static string Root { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "DataExchange.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No DataExchange.sln above {AppContext.BaseDirectory}.");
    }
}
