using System.CommandLine;
using System.Text.Json;
using DataExchange.Cli.Running;

namespace DataExchange.Cli.Commands;

/// <summary><c>dx verify</c>: re-reads everything and checks it.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var checkpoint = new Option<string?>("--checkpoint")
        {
            Description = "A signed head of a log that you kept, as './dx log head' prints it: the store must still contain what it covers",
            HelpName = "FILE",
        };
        var (data, postgres, json) = (CommonOptions.Data(), CommonOptions.Postgres(), CommonOptions.Json());
        var command = new Command(
            "verify",
            "Re-read every event, rebuild all state from nothing, check every invariant and read model; exit code 1 when anything is off\n\n"
            + "  ./dx verify\n  ./dx verify --data /tmp/small --json")
        {
            checkpoint, data, postgres, json,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetValue(data)!, parsed.GetValue(postgres), parsed.GetValue(json), parsed.GetValue(checkpoint), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string data, string? postgres, bool json, string? checkpoint, CancellationToken cancellation)
    {
        var kept = checkpoint is null ? null : await ReadAsync(checkpoint, cancellation).ConfigureAwait(false);
        var terminal = new Terminal(json);
        await using var opened = await OpenedStore.OpenAsync(data, postgres, false, cancellation).ConfigureAwait(false);
        var events = await terminal.StepAsync("Events, states and money", _ =>
            StoreVerification.EventsAsync(opened.Database, opened.Identity.RunEvents, null, cancellation)).ConfigureAwait(false);
        var store = await terminal.StepAsync("Stream heads and read models", _ =>
            StoreVerification.StoreAsync(opened.Store, opened.Database, cancellation)).ConfigureAwait(false);
        var logs = await terminal.StepAsync("Ledger and venues' logs", _ =>
            CommitOrderVerification.RunAsync(opened.Database, kept, opened.Identity is { IsCompleted: true, IsExtending: false }, cancellation)).ConfigureAwait(false);
        string[] problems = [.. events.Problems, .. store, .. logs];
        var isVerified = events.IsVerified && store.Count == 0 && logs.Count == 0;
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(
                new VerifyOutput(isVerified, events.Events, events.Digest, problems, opened.Identity.RunEvents, events.RunDigest), CommandJson.Default.VerifyOutput));
            return isVerified ? 0 : 1;
        }

        foreach (var problem in problems)
        {
            Console.WriteLine(problem);
        }

        Console.WriteLine(isVerified
            ? $"Verified: {events.Events:N0} events, no problem. Digest {events.Digest}"
            : $"NOT verified: {events.ProblemCount + store.Count + logs.Count:N0} problem(s) in {events.Events:N0} events, first: {problems[0]}");
        if (!opened.Identity.IsCompleted)
        {
            Console.WriteLine("The run that made this store was interrupted: it holds a part of the history.");
        }

        if (opened.Identity.RunEvents is { } run)
        {
            Console.WriteLine($"Extended: {events.Events - run:N0} events were added to the run's {run:N0}.{(events.RunDigest is { } digest ? $" Digest of the run's {digest}" : "")}");
        }

        if (opened.Identity.IsExtending)
        {
            Console.WriteLine("An import was cut off: what is stored is whole; the same import again goes on from there.");
        }

        return isVerified ? 0 : 1;
    }

    private static async Task<string> ReadAsync(string path, CancellationToken cancellation)
    {
        try
        {
            return await File.ReadAllTextAsync(path, cancellation).ConfigureAwait(false);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new WrongInputException($"--checkpoint '{path}' cannot be read: {wrong.Message}");
        }
    }
}
