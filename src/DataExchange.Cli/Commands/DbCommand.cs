using System.CommandLine;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using DataExchange.EventStore;
using DataExchange.Postgres;

namespace DataExchange.Cli.Commands;

/// <summary><c>dx db</c>: the private PostgreSQL of a data folder.</summary>
internal static class DbCommand
{
    /// <summary>The name of the command that hands the terminal over to another program.</summary>
    public const string Psql = "psql";

    public static Command Create() =>
        new(
            "db",
            "Start, stop, look into or delete the private PostgreSQL of a data folder (never a server given with --postgres)\n\n"
            + "  ./dx db start                                  keep it running, so that commands start faster\n"
            + "  ./dx db psql -c 'SELECT count(*) FROM mt_events'\n  ./dx db stop")
        {
            Change("start", "Start the server and leave it running until 'dx db stop'", (data, stop) =>
                DatabaseCommands.StartStayingAsync(data, new EmbeddedPostgresOptions { Progress = new Progress<string>(Console.Error.WriteLine) }, stop)),
            Change("stop", "Stop the server, or one that an interrupted dx left behind", (data, stop) => DatabaseCommands.StopAsync(data, null, stop)),
            Status(),
            Interactive(),
            Change("reset", "Stop the server and delete the database with every event in it; other files of the data folder stay", (data, stop) =>
                DatabaseCommands.ResetAsync(data, null, stop)),
        };

    private static Command Change(string name, string description, Func<string, CancellationToken, Task<DatabaseChange>> change)
    {
        var (data, json) = (CommonOptions.Data(), CommonOptions.Json());
        var command = new Command(name, $"{description}\n\n  ./dx db {name}\n  ./dx db {name} --data /tmp/market") { data, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var done = await change(parsed.GetValue(data)!, cancellation).ConfigureAwait(false);
            Console.WriteLine(parsed.GetValue(json) ? JsonSerializer.Serialize(done, CommandJson.Readable.DatabaseChange) : done.Text);
            return 0;
        });
        return command;
    }

    private static Command Status()
    {
        var (data, json) = (CommonOptions.Data(), CommonOptions.Json());
        var command = new Command("status", "Tell whether there is a database and whether its server runs; changes nothing\n\n  ./dx db status") { data, json };
        command.SetAction(parsed =>
        {
            var status = DatabaseCommands.Status(parsed.GetValue(data)!);
            Console.WriteLine(parsed.GetValue(json) ? JsonSerializer.Serialize(status, CommandJson.Readable.DatabaseStatus) : status.Text);
            return 0;
        });
        return command;
    }

    private static Command Interactive()
    {
        var data = CommonOptions.Data();
        var command = new Command(
            Psql,
            "Open psql on the database; what follows is passed on to psql, whose exit code is returned. The tables are in the schema "
            + $"'{Schemas.Default}', which is on the search path\n\n"
            + "  ./dx db psql\n  ./dx db psql -c 'SELECT type, count(*) FROM mt_events GROUP BY 1 ORDER BY 2 DESC'\n  ./dx db psql -- --help")
        {
            data,
        };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((parsed, cancellation) => RunPsqlAsync(parsed.GetValue(data)!, parsed.UnmatchedTokens, cancellation));
        return command;
    }

    private static async Task<int> RunPsqlAsync(string data, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        var status = DatabaseCommands.Status(data);
        if (status.ClusterFolder is null)
        {
            throw new CommandFailedException($"{status.Text} './dx simulate --data {data}' makes one.");
        }

        // A server that stays is used; else one runs for as long as psql does.
        await using var server = await EmbeddedPostgres.StartAsync(data, null, cancellation).ConfigureAwait(false);
        var words = await DatabaseCommands.PsqlCommandAsync(data, arguments, cancellation).ConfigureAwait(false);
        var start = new ProcessStartInfo(words[0], words.Skip(1)) { UseShellExecute = false };
        start.Environment["PGOPTIONS"] = $"{Environment.GetEnvironmentVariable("PGOPTIONS")} -c search_path={Schemas.Default},public".Trim();

        // Ctrl-C is psql's: it cancels a query there, and must not end us and the server under it.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
        using var psql = Process.Start(start) ?? throw new CommandFailedException($"{words[0]} cannot be started.");
        await psql.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        return psql.ExitCode;
    }
}
