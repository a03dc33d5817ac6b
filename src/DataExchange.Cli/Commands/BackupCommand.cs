using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using DataExchange.Cli.Running;
using DataExchange.EventStore;
using DataExchange.EventStore.Backups;
using DataExchange.EventStore.Schema;
using DataExchange.Postgres;
using Npgsql;
using Command = System.CommandLine.Command;

namespace DataExchange.Cli.Commands;

/// <summary><c>dx backup</c> and <c>dx restore</c>: a store as files, and a store from them, to a point (docs/backup.md).</summary>
internal static class BackupCommand
{
    /// <summary><c>dx backup</c>.</summary>
    public static Command Backup()
    {
        var to = new Option<string?>("--to") { Description = "Folder for the backup, which is made, or empty, e.g. --to /backups/2026-11-26", HelpName = "FOLDER" };
        var fileEvents = new Option<int>("--file-events")
        {
            Description = "Events in a file, 1000 to 10000000, e.g. --file-events 50000",
            HelpName = "N",
            DefaultValueFactory = _ => StoreBackup.FileRows,
            CustomParser = result => CommonOptions.Parse<int>(result, "--file-events", "a whole number from 1000 to 10000000", text =>
                int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var rows) && rows is >= 1_000 and <= 10_000_000 ? rows : null),
        };
        var (data, postgres, json) = (CommonOptions.Data(), CommonOptions.Postgres(), CommonOptions.Json());
        var command = new Command(
            "backup",
            "Copy a store into files: every event, the logs' signed heads, a manifest with their sums; verified after it was written. Others may go on writing meanwhile\n\n"
            + "  ./dx backup --to /backups/monday\n  ./dx backup --data /tmp/market --to /backups/monday --json")
        {
            to, fileEvents, data, postgres, json,
        };
        command.SetAction((parsed, cancellation) => BackupAsync(
            Required(parsed.GetValue(to), "--to", "/backups/monday"), parsed.GetValue(fileEvents), parsed.GetValue(data)!, parsed.GetValue(postgres), parsed.GetValue(json), cancellation));
        return command;
    }

    /// <summary><c>dx restore</c>.</summary>
    public static Command Restore()
    {
        var from = new Option<string?>("--from") { Description = "Folder of the backup, e.g. --from /backups/2026-11-26", HelpName = "FOLDER" };
        var at = new Option<string?>("--at")
        {
            Description = "Restore only up to here: the number of an event, or a simulated date or time; inside a command it is moved back to where that begins, "
                + "e.g. --at 30000 or --at 2025-03-31T09:30 [default: everything]",
            HelpName = "EVENT-OR-TIME",
        };
        var (data, postgres, json) = (CommonOptions.Data(), CommonOptions.Postgres(), CommonOptions.Json());
        var command = new Command(
            "restore",
            "Make a store from a backup, in a data folder or database that holds none. The backup is verified before, the store after: streams, logs and read models are made "
            + "from the events anew. A run that is cut goes on with the same './dx simulate'\n\n"
            + "  ./dx restore --from /backups/monday --data /tmp/again\n  ./dx restore --from /backups/monday --data /tmp/then --at 2025-03-31")
        {
            from, at, data, postgres, json,
        };
        command.SetAction((parsed, cancellation) => RestoreAsync(
            Required(parsed.GetValue(from), "--from", "/backups/monday"), parsed.GetValue(at), parsed.GetValue(data)!, parsed.GetValue(postgres), parsed.GetValue(json), cancellation));
        return command;
    }

    private static string Required(string? value, string name, string example) =>
        string.IsNullOrWhiteSpace(value) ? throw new WrongInputException($"{name} is needed, e.g. {name} {example}") : value;

    private static async Task<int> BackupAsync(string to, int fileEvents, string data, string? postgres, bool json, CancellationToken cancellation)
    {
        var terminal = new Terminal(json);
        BackupTarget.EnsureEmpty(to, "--to");
        await using var opened = await OpenedStore.OpenAsync(data, postgres, false, cancellation).ConfigureAwait(false);
        var folder = new BackupFolder(to);
        var (manifest, events) = await BackupTarget.WriteAsync(to, "--to", async () =>
        {
            var written = await terminal.StepAsync("Written", _ =>
                new StoreBackup(opened.Database).WriteAsync(folder, opened.Identity, SimulationSession.ProgramVersion, fileEvents, cancellation)).ConfigureAwait(false);
            var found = await terminal.StepAsync("Events, states and money", _ =>
                StoreVerification.EventsAsync(opened.Database, null, written.LastSequence, null, cancellation)).ConfigureAwait(false);
            written = written with { Digest = found.Digest };
            await folder.CompleteAsync(written, cancellation).ConfigureAwait(false);
            await terminal.StepAsync("Read back and compared", _ => folder.VerifyAsync(cancellation)).ConfigureAwait(false);
            return (written, found);
        }).ConfigureAwait(false);

        var output = new BackupOutput(
            Path.GetFullPath(to), manifest.Events, manifest.LastSequence, manifest.Digest, manifest.Files.Count, manifest.Files.Sum(file => file.Bytes), manifest.IsCompleted,
            events.IsVerified, events.Problems);
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(output, CommandJson.Default.BackupOutput));
            return output.Verified ? 0 : 1;
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"Backed up: {output.Events:N0} events in {output.Files} file(s), {output.Bytes / 1e6:N1} MB in {to}. Digest {output.Digest}"));
        if (!output.Verified)
        {
            Console.WriteLine($"The backup is whole, but what the store holds is NOT verified, first: {output.Problems[0]}");
        }

        return output.Verified ? 0 : 1;
    }

    private static async Task<int> RestoreAsync(string from, string? at, string data, string? postgres, bool json, CancellationToken cancellation)
    {
        var terminal = new Terminal(json);
        if (!Directory.Exists(from))
        {
            throw new WrongInputException($"--from '{from}' is not there");
        }

        var isPrivate = string.IsNullOrWhiteSpace(postgres) && string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(PostgresServer.Variable));
        if (isPrivate && DatabaseCommands.Status(data).ClusterFolder is not null)
        {
            throw new WrongInputException($"--data '{data}' holds a database already; a backup is restored into a folder without one ('./dx db reset --data {data}' deletes it)");
        }

        var folder = new BackupFolder(from);
        var backup = await terminal.StepAsync("Backup read and compared", _ => folder.VerifyAsync(cancellation)).ConfigureAwait(false);
        var identity = new StoreIdentity(backup.StoreFormat, backup.Scenario, backup.ScenarioHash, backup.Seed, backup.Scale, backup.CreatedWith, backup.IsCompleted);
        identity.EnsureReadable();
        var point = PointOf(at, backup);
        RestoredStore restored;
        var server = await PostgresServer.ResolveAsync(postgres, data, null, cancellation).ConfigureAwait(false);
        try
        {
            restored = await RestoreAsync(server, folder, backup, point, terminal, cancellation).ConfigureAwait(false);
        }
        catch when (isPrivate)
        {
            // Half a store would be in the way of the next attempt.
            await server.DisposeAsync().ConfigureAwait(false);
            await DatabaseCommands.ResetAsync(data, null, CancellationToken.None).ConfigureAwait(false);
            throw;
        }
        finally
        {
            await server.DisposeAsync().ConfigureAwait(false);
        }

        var isVerified = restored.Problems.Count == 0;
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(
                new RestoreOutput(restored.Events, backup.Events, restored.Digest, restored.IsCompleted, isVerified, restored.Problems), CommandJson.Default.RestoreOutput));
            return isVerified ? 0 : 1;
        }

        foreach (var problem in restored.Problems)
        {
            Console.WriteLine(problem);
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Restored{(isVerified ? " and verified" : ", but NOT verified")}: {restored.Events:N0} of the backup's {backup.Events:N0} events. Digest {restored.Digest}"));
        return isVerified ? 0 : 1;
    }

    private static async Task<RestoredStore> RestoreAsync(
        PostgresServer server, BackupFolder folder, BackupManifest backup, RestorePoint point, Terminal terminal, CancellationToken cancellation)
    {
        await using var database = NpgsqlDataSource.Create(server.ConnectionString);
        if (await StoreSchema.ExistsAsync(database, cancellation: cancellation).ConfigureAwait(false)
            || await new StoreIdentityTable(database).ReadAsync(cancellation).ConfigureAwait(false) is not null)
        {
            throw new WrongInputException($"{server.Description} holds a store already; a backup is restored into a database without schema {Schemas.Default}");
        }

        try
        {
            return await StoreRestoration.RunAsync(folder, backup, point, database, terminal, cancellation).ConfigureAwait(false);
        }
        catch when (server.Embedded is null)
        {
            await StoreSchema.DropAsync(database, cancellation: CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    private static RestorePoint PointOf(string? at, BackupManifest backup)
    {
        if (at is null)
        {
            return RestorePoint.End;
        }

        if (at.Length > 0 && at.All(char.IsAsciiDigit))
        {
            return long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) && sequence >= 1 && sequence <= backup.LastSequence
                ? new RestorePoint(Sequence: sequence)
                : throw new WrongInputException($"--at '{at}' is not allowed: an event from 1 to {backup.LastSequence}, or a simulated date or time");
        }

        return CommonOptions.TryMoment(at, out var moment)
            ? new RestorePoint(Time: moment.ToString())
            : throw new WrongInputException(
                $"--at '{at}' is not allowed: an event from 1 to {backup.LastSequence}, or a date or a date and time in China, such as 2025-03-31 or 2025-03-31T09:30");
    }
}
