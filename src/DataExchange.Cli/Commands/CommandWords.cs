using System.CommandLine;

namespace DataExchange.Cli.Commands;

/// <summary>What was typed, to be kept beside results.</summary>
internal static class CommandWords
{
    // Their values may hold a password.
    private static readonly string[] Secret = ["--postgres", "--broker"];

    /// <summary>The words after <c>dx</c>; of a connection only that there was one.</summary>
    /// <param name="parsed">The command line.</param>
    public static IReadOnlyList<string> Of(ParseResult parsed)
    {
        string[] words = [.. parsed.Tokens.Select(token => token.Value)];
        return [.. words.Select((word, place) => place > 0 && Secret.Contains(words[place - 1]) ? "…" : word)];
    }
}
