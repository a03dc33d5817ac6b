using System.CommandLine;
using System.Text;
using System.Text.Json;
using DataExchange.Cli.Running;
using DataExchange.Domain;
using Command = System.CommandLine.Command;

namespace DataExchange.Cli.Commands;

/// <summary><c>dx verify</c>: re-reads everything and checks it; with a file, checks that without any store.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var file = new Argument<string?>("FILE")
        {
            Description = "A document of './dx certificate' or './dx invoice', a proof of './dx log prove', or the text of a page's QR code: checked without any store [default: none, the store is verified]",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var key = new Option<string?>("--key")
        {
            Description = "With FILE: the venue's public key as a PEM file; without it the file's own key is taken, which shows that the file is whole, not whose it is",
            HelpName = "PEM",
        };
        var at = CommonOptions.At("With FILE: the moment for which validity is checked, e.g. --at 2025-03-31 [default: the date of the signature]");
        var checkpoint = new Option<string?>("--checkpoint")
        {
            Description = "A signed head of a log that you kept, as './dx log head' prints it: the store must still contain what it covers",
            HelpName = "FILE",
        };
        var (data, postgres, json) = (CommonOptions.Data(), CommonOptions.Postgres(), CommonOptions.Json());
        var command = new Command(
            "verify",
            "Re-read every event, rebuild all state from nothing, check every invariant and read model; exit code 1 when anything is off\n\n"
            + "  ./dx verify\n  ./dx verify --data /tmp/small --json\n  ./dx verify certificate.json --key zjbdec.pem")
        {
            file, key, at, checkpoint, data, postgres, json,
        };
        command.SetAction((parsed, cancellation) =>
        {
            if (parsed.GetValue(file) is { } path)
            {
                return parsed.GetValue(checkpoint) is { } kept
                    ? throw new WrongInputException($"--checkpoint '{kept}' is not allowed with FILE: it is about a store")
                    : RunAsync(path, parsed.GetValue(key), parsed.GetValue(at), parsed.GetValue(json), cancellation);
            }

            return parsed.GetValue(key) is { } pem ? throw new WrongInputException($"--key '{pem}' is not allowed without FILE: a store holds its logs' keys")
                : parsed.GetValue(at) is { } moment ? throw new WrongInputException($"--at '{EventFields.Show(moment)}' is not allowed without FILE: a store is verified as a whole")
                : RunAsync(parsed.GetValue(data)!, parsed.GetValue(postgres), parsed.GetValue(json), parsed.GetValue(checkpoint), cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(string path, string? pem, SimulatedTime? at, bool json, CancellationToken cancellation)
    {
        var found = await FileVerification.RunAsync(path, pem, at, cancellation).ConfigureAwait(false);
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(found, CommandJson.Readable.VerifyFileOutput));
            return found.Verified ? 0 : 1;
        }

        Console.WriteLine($"{found.Type} {found.Handle}");
        Line("出具 issuer", found.Venue is null ? found.Issuer : $"{found.Venue} {found.Issuer}");
        Line("密钥 key", found.KeyId + (found.IsThrowAwayKey == true ? "  一次性密钥，无证明力 throw-away: anyone can compute it, it proves nothing about who signed" : ""));
        Line("签名 signed", found.SignedAt);
        Line("有效 valid", found.ValidFrom is null ? null : $"{found.ValidFrom} – {found.ValidUntil ?? "…"}" + (found.At is null ? "" : $"; checked for {found.At}"));
        Line("金额 price", found.AmountFen is { } fen ? $"{new Money(fen)} yuan" : null);
        Line("文件 document", found.DocumentDigest is null ? null : $"SHA-256 {found.DocumentDigest}");
        foreach (var fact in found.Facts)
        {
            Line("日志 in the log", fact);
        }

        Line("摘要 SHA-256", found.Digest);
        Console.WriteLine(found.Problem is { } problem ? $"不成立 NOT verified: {problem}"
            : found.IsKeyTrusted ? "成立 verified: signed by the key that was given, and unchanged"
            : "成立 verified: whole and unchanged, by the key in the file itself; that does not show whose it is: compare it with the venue's (--key)");
        return found.Verified ? 0 : 1;

        static void Line(string label, string? text)
        {
            if (!string.IsNullOrEmpty(text))
            {
                Console.WriteLine($"  {label}{new string(' ', Math.Max(1, 18 - TextTable.CellsOf(label)))}{text}");
            }
        }
    }

    private static async Task<int> RunAsync(string data, string? postgres, bool json, string? checkpoint, CancellationToken cancellation)
    {
        var kept = checkpoint is null ? null : Encoding.UTF8.GetString(await InputFile.ReadAsync(checkpoint, "--checkpoint", cancellation).ConfigureAwait(false));
        var terminal = new Terminal(json);
        await using var opened = await OpenedStore.OpenAsync(data, postgres, false, cancellation).ConfigureAwait(false);
        var events = await terminal.StepAsync("Events, states and money", _ =>
            StoreVerification.EventsAsync(opened.Database, null, cancellation)).ConfigureAwait(false);
        var store = await terminal.StepAsync("Stream heads and read models", _ =>
            StoreVerification.StoreAsync(opened.Store, opened.Database, cancellation)).ConfigureAwait(false);
        var logs = await terminal.StepAsync("Ledger and venues' logs", _ =>
            CommitOrderVerification.RunAsync(opened.Database, kept, opened.Identity.IsCompleted, cancellation)).ConfigureAwait(false);
        string[] problems = [.. events.Problems, .. store, .. logs];
        var isVerified = events.IsVerified && store.Count == 0 && logs.Count == 0;
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
            : $"NOT verified: {events.ProblemCount + store.Count + logs.Count:N0} problem(s) in {events.Events:N0} events, first: {problems[0]}");
        if (!opened.Identity.IsCompleted)
        {
            Console.WriteLine("The run that made this store was interrupted: it holds a part of the history.");
        }

        return isVerified ? 0 : 1;
    }
}
