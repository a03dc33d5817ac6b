using System.CommandLine;
using System.Text.Json;
using DataExchange.Cli.Running;

namespace DataExchange.Cli.Commands;

/// <summary><c>dx verify</c>: re-reads everything and checks it.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var (data, postgres, json) = (CommonOptions.Data(), CommonOptions.Postgres(), CommonOptions.Json());
        var command = new Command(
            "verify",
            "Re-read every event, rebuild all state from nothing, check every invariant and read model; exit code 1 when anything is off\n\n"
            + "  ./dx verify\n  ./dx verify --data /tmp/small --json")
        {
            data, postgres, json,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetValue(data)!, parsed.GetValue(postgres), parsed.GetValue(json), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string data, string? postgres, bool json, CancellationToken cancellation)
    {
        var terminal = new Terminal(json);
        await using var opened = await OpenedStore.OpenAsync(data, postgres, false, cancellation).ConfigureAwait(false);
        var events = await terminal.StepAsync("Events, states and money", _ =>
            StoreVerification.EventsAsync(opened.Database, null, cancellation)).ConfigureAwait(false);
        var store = await terminal.StepAsync("Stream heads and read models", _ =>
            StoreVerification.StoreAsync(opened.Store, opened.Database, cancellation)).ConfigureAwait(false);
        string[] problems = [.. events.Problems, .. store];
        var isVerified = events.IsVerified && store.Count == 0;
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(
                new VerifyOutput(isVerified, events.Events, events.Digest, problems), CommandJson.Default.VerifyOutput));
            return isVerified ? 0 : 1;
        }

        foreach (var problem in problems)
        {
            Console.WriteLine(problem);
        }

        Console.WriteLine(isVerified
            ? $"Verified: {events.Events:N0} events, no problem. Digest {events.Digest}"
            : $"NOT verified: {events.ProblemCount + store.Count:N0} problem(s) in {events.Events:N0} events, first: {problems[0]}");
        if (!opened.Identity.IsCompleted)
        {
            Console.WriteLine("The run that made this store was interrupted: it holds a part of the history.");
        }

        return isVerified ? 0 : 1;
    }
}
