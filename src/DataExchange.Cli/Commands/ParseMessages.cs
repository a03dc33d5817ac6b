using System.CommandLine;
using DataExchange.Cli.Running;

namespace DataExchange.Cli.Commands;

/// <summary>Says what is wrong with a command line: what was typed, what is allowed, what may have been meant.</summary>
internal static class ParseMessages
{
    /// <summary>The problems, one sentence each.</summary>
    public static IReadOnlyList<string> Of(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var path = PathOf(parsed);
        if (parsed.UnmatchedTokens.Count > 0 && command.TreatUnmatchedTokensAsErrors)
        {
            // After an unknown option its value is unmatched too: only the option is worth a word.
            string[] options = [.. parsed.UnmatchedTokens.Where(token => token.StartsWith('-'))];
            return [.. (options.Length > 0 ? options : parsed.UnmatchedTokens).Select(token => Unknown(token, command, path))];
        }

        // A command that does something itself can be used without another.
        if (command.Subcommands.Count > 0 && command.Action is null)
        {
            return [$"{path}: a command must follow: {Names(command.Subcommands.Select(sub => sub.Name))}"];
        }

        return [.. parsed.Errors.Select(error => error.Message).Distinct()];
    }

    private static string Unknown(string token, Command command, string path)
    {
        if (token.StartsWith('-'))
        {
            string[] options = [.. command.Options.Select(option => option.Name), .. command.Options.Any(option => option.Name == "--help") ? [] : new[] { "--help" }];
            return $"'{token}' is no option of {path}{Meant(token, options)} options are {Names(options)}";
        }

        if (command.Subcommands.Count > 0 && command.Arguments.Count == 0)
        {
            string[] commands = [.. command.Subcommands.Select(sub => sub.Name)];
            return $"'{token}' is no command of {path}{Meant(token, commands)} commands are {Names(commands)}";
        }

        return $"'{token}' is one word too many for {path}";
    }

    private static string Meant(string token, string[] known)
    {
        var nearest = NearestIds.Of(token, known, 1)[0];
        var distance = NearestIds.EditDistance(token, nearest);
        return distance < token.Length && distance <= Math.Max(2, token.Length / 3) ? $"; did you mean '{nearest}'? Its" : "; its";
    }

    private static string PathOf(ParseResult parsed)
    {
        var names = new List<string>();
        for (var result = parsed.CommandResult; result is not null; result = result.Parent as System.CommandLine.Parsing.CommandResult)
        {
            names.Insert(0, result.Command is RootCommand ? "dx" : result.Command.Name);
        }

        return string.Join(' ', names);
    }

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.Order(StringComparer.Ordinal));
}
