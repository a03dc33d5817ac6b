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
        var backup = new Option<string?>("--backup")
        {
            Description = "Verify this backup instead of a store, without a database: its files, every event, the logs' signed heads (docs/backup.md), e.g. --backup /backups/monday",
            HelpName = "FOLDER",
        };
        var (data, postgres, json) = (CommonOptions.Data(), CommonOptions.Postgres(), CommonOptions.Json());
        var command = new Command(
            "verify",
            "Re-read every event, rebuild all state from nothing, check every invariant and read model; exit code 1 when anything is off\n\n"
            + "  ./dx verify\n  ./dx verify --data /tmp/small --json\n  ./dx verify --backup /backups/monday\n  ./dx verify certificate.json --key zjbdec.pem")
        {
            file, key, at, checkpoint, backup, data, postgres, json,
        };
        command.SetAction((parsed, cancellation) =>
        {
            if (parsed.GetValue(backup) is { } folder)
            {
                return parsed.GetValue(file) is { } document ? throw new WrongInputException($"--backup '{folder}' is not allowed with FILE '{document}': one of them is verified at a time")
                    : parsed.GetValue(postgres) is { } server ? throw new WrongInputException($"--postgres '{server}' is not allowed with --backup, which needs no server")
                    : parsed.GetValue(key) is { } given ? throw new WrongInputException($"--key '{given}' is not allowed with --backup: the events hold the logs' keys")
                    : parsed.GetValue(at) is { } time ? throw new WrongInputException($"--at '{EventFields.Show(time)}' is not allowed with --backup: a backup is verified as a whole")
                    : BackupAsync(folder, parsed.GetValue(checkpoint), parsed.GetValue(json), cancellation);
            }

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

    private static async Task<int> BackupAsync(string folder, string? checkpoint, bool json, CancellationToken cancellation)
    {
        if (!Directory.Exists(folder))
        {
            throw new WrongInputException($"--backup '{folder}' is not there");
        }

        var kept = await KeptAsync(checkpoint, cancellation).ConfigureAwait(false);
        var found = await BackupVerification.RunAsync(folder, kept, new Terminal(json), cancellation).ConfigureAwait(false);
        var isVerified = found.Problems.Count == 0;
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(
                new VerifyOutput(isVerified, found.Events.Events, found.Events.Digest, [.. found.Problems], found.Backup.RunEvents, found.Events.RunDigest),
                CommandJson.Default.VerifyOutput));
            return isVerified ? 0 : 1;
        }

        foreach (var problem in found.Problems)
        {
            Console.WriteLine(problem);
        }

        Console.WriteLine(isVerified
            ? $"Verified: {found.Events.Events:N0} events in {found.Backup.Files.Count} file(s), no problem. Digest {found.Events.Digest}"
            : $"NOT verified: {found.Problems.Count:N0} problem(s) shown in {found.Events.Events:N0} events, first: {found.Problems[0]}");
        if (!found.Backup.IsCompleted)
        {
            Console.WriteLine("The run that made this store was interrupted: it holds a part of the history.");
        }

        return isVerified ? 0 : 1;
    }

    private static async Task<string?> KeptAsync(string? checkpoint, CancellationToken cancellation) =>
        checkpoint is null ? null : Encoding.UTF8.GetString(await InputFile.ReadAsync(checkpoint, "--checkpoint", cancellation).ConfigureAwait(false));

    private static async Task<int> RunAsync(string data, string? postgres, bool json, string? checkpoint, CancellationToken cancellation)
    {
        var kept = await KeptAsync(checkpoint, cancellation).ConfigureAwait(false);
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
}
