using System.CommandLine;
using DataExchange.EventStore;
using DataExchange.Postgres;
using DataExchange.Scenarios;
using DataExchange.Simulation.Calibration;

namespace DataExchange.Cli.Commands;

/// <summary>Turns failures into a sentence and an exit code: 2 for wrong input, 1 for what went wrong, 130 for Ctrl-C.</summary>
internal static class CommandFailures
{
    public static async Task<int> RunAsync(ParseResult parsed)
    {
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await Console.Error.WriteLineAsync($"dx: {error.Message}").ConfigureAwait(false);
            }

            await Console.Error.WriteLineAsync("See ./dx --help.").ConfigureAwait(false);
            return 2;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("dx: stopped; what was committed stays valid, the same command goes on from there.").ConfigureAwait(false);
            return 130;
        }
        catch (ScenarioException wrong)
        {
            await Console.Error.WriteLineAsync("dx: " + wrong.Message).ConfigureAwait(false);
            return 2;
        }
        catch (Exception failure) when (failure is CommandFailedException or PostgresUnavailableException or EventStoreException
            or CalibrationException or Reports.ReadModels.ReadModelException or Reports.ReportWriteException)
        {
            await Console.Error.WriteLineAsync("dx: " + failure.Message).ConfigureAwait(false);
            return 1;
        }
    }
}
