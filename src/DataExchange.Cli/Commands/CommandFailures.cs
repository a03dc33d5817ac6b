using System.CommandLine;
using System.CommandLine.Parsing;
using DataExchange.Cli.Running;
using DataExchange.EventStore;
using DataExchange.Matching.Flow;
using DataExchange.Postgres;
using DataExchange.RabbitMq;
using DataExchange.Scenarios;
using DataExchange.Simulation.Calibration;
using Npgsql;

namespace DataExchange.Cli.Commands;

/// <summary>Turns failures into a sentence and an exit code: 2 for wrong input, 1 for what went wrong, 130 for Ctrl-C.</summary>
internal static class CommandFailures
{
    private const int Failed = 1;
    private const int WrongInput = 2;
    internal const int Interrupted = 130;
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan UsualRest = TimeSpan.FromSeconds(30);

    public static async Task<int> RunAsync(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        if (parsed.Errors.Count > 0 && parsed.Action is not CommandHelp)
        {
            if (command is RootCommand && parsed.UnmatchedTokens.Count == 0 && parsed.Tokens.Count == 0)
            {
                CommandHelp.WriteTo(Console.Error);
                return WrongInput;
            }

            foreach (var message in ParseMessages.Of(parsed))
            {
                await Console.Error.WriteLineAsync("dx: " + message).ConfigureAwait(false);
            }

            await Console.Error.WriteLineAsync("See ./dx --help.").ConfigureAwait(false);
            return WrongInput;
        }

        var code = await InvokeAsync(parsed).ConfigureAwait(false);
        try
        {
            await Console.Out.FlushAsync().ConfigureAwait(false);
        }
        catch (OutputClosedException)
        {
            // Its reader has seen enough; the command did its work.
        }
        catch (IOException failure)
        {
            if (code == 0)
            {
                code = await FailAsync($"standard output cannot be written: {failure.Message}").ConfigureAwait(false);
            }
        }

        return code;
    }

    private static async Task<int> InvokeAsync(ParseResult parsed)
    {
        // A program that has the terminal decides itself what Ctrl-C means.
        var handsOver = parsed.CommandResult.Command.Name == DbCommand.Psql;
        var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false };
        if (handsOver)
        {
            configuration.ProcessTerminationTimeout = null;
        }
        else if (parsed.CommandResult.Command.Name is ServeCommand.Name or ChaosCommand.Name || parsed.CommandResult.Parent is CommandResult { Command.Name: LoadTestCommand.Name })
        {
            // Services come to rest, and servers that were started for them are stopped: two seconds, the default, are too short for that.
            configuration.ProcessTerminationTimeout = LongestRest;
        }
        else
        {
            // What was begun is removed and the private PostgreSQL is stopped: on a busy machine more than the two seconds that are the default.
            configuration.ProcessTerminationTimeout = UsualRest;
        }

        try
        {
            return await parsed.InvokeAsync(configuration).ConfigureAwait(false);
        }
        catch (OperationCanceledException stopped)
        {
            var left = stopped is CommandStoppedException { Message: var told } ? told : "what was committed stays valid, the same command goes on from there.";
            await Console.Error.WriteLineAsync($"dx: stopped; {left}").ConfigureAwait(false);
            return Interrupted;
        }
        catch (OutputClosedException)
        {
            return 0;
        }
        catch (Exception wrong) when (wrong is ScenarioException or WrongInputException or LoadTests.Exchange.LoadInputException or FlowException or Trust.VenueKeyException)
        {
            await Console.Error.WriteLineAsync("dx: " + wrong.Message).ConfigureAwait(false);
            return WrongInput;
        }
        catch (Exception failure) when (failure is CommandFailedException or PostgresUnavailableException or BrokerUnavailableException or EventStoreException
            or CalibrationException or Reports.ReadModels.ReadModelException or Reports.ReportWriteException)
        {
            return await FailAsync(failure.Message).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is NpgsqlException or { InnerException: NpgsqlException })
        {
            return await FailAsync($"the database failed: {(failure as NpgsqlException ?? failure.InnerException!).Message}").ConfigureAwait(false);
        }
        catch (IOException failure)
        {
            return await FailAsync($"a file or the output cannot be read or written: {failure.Message}").ConfigureAwait(false);
        }
    }

    private static async Task<int> FailAsync(string message)
    {
        await Console.Error.WriteLineAsync("dx: " + message).ConfigureAwait(false);
        return Failed;
    }
}
