using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using DataExchange.Cli.Running;
using DataExchange.Services;
using Command = System.CommandLine.Command;

namespace DataExchange.Cli.Commands;

/// <summary><c>dx quarantine</c>: messages that services could not handle and put aside.</summary>
internal static class QuarantineCommand
{
    public static Command Create() => new("quarantine", "Messages that services could not handle and put aside: look at them, or have one tried again\n\n  ./dx quarantine list\n  ./dx quarantine replay 0190a6c2-…")
    {
        List(), Replay(),
    };

    private static Command List()
    {
        var (data, postgres, json) = (CommonOptions.Data(), CommonOptions.Postgres(), CommonOptions.JsonLines());
        var command = new Command("list", "List them, the oldest first\n\n  ./dx quarantine list\n  ./dx quarantine list --json | jq .reason") { data, postgres, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var opened = await OpenedStore.OpenAsync(parsed.GetValue(data)!, parsed.GetValue(postgres), false, cancellation).ConfigureAwait(false);
            foreach (var message in await new QuarantineShelf(opened.Database).ListAsync(cancellation).ConfigureAwait(false))
            {
                Console.WriteLine(parsed.GetValue(json) ? JsonSerializer.Serialize(message, CommandJson.Readable.PutAsideMessage) : Line(message));
            }
        });
        return command;
    }

    private static Command Replay()
    {
        var id = new Argument<string>("ID") { Description = "Its id, from dx quarantine list" };
        var (data, postgres) = (CommonOptions.Data(), CommonOptions.Postgres());
        var (transport, broker) = (ServeCommand.Transport(), ServeCommand.Broker());
        var command = new Command("replay", "Have one tried again: by services that run (--transport rabbitmq --broker URL), or by services that this command runs for it\n\n  ./dx quarantine replay 0190a6c2-5b7e-7c3a-9d10-0242ac120002")
        {
            id, data, postgres, transport, broker,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var request = ServicesRequest.Of(parsed.GetValue(transport), parsed.GetValue(broker)!);
            await using var opened = await OpenedStore.OpenAsync(parsed.GetValue(data)!, parsed.GetValue(postgres), false, cancellation).ConfigureAwait(false);
            var shelf = new QuarantineShelf(opened.Database);
            var all = await shelf.ListAsync(cancellation).ConfigureAwait(false);
            var text = parsed.GetValue(id)!;
            var message = (Guid.TryParse(text, out var wanted) ? all.FirstOrDefault(one => one.Id == wanted) : null)
                ?? throw new WrongInputException($"'{text}' is not allowed: the id of one of the {all.Count} messages that ./dx quarantine list shows");
            await ReplayAsync(opened, shelf, message, request, parsed.GetValue(data)!, cancellation).ConfigureAwait(false);
        });
        return command;
    }

    private static async Task ReplayAsync(
        OpenedStore opened, QuarantineShelf shelf, PutAsideMessage message, ServicesRequest request, string data, CancellationToken cancellation)
    {
        using var keys = ServingStore.Keys(opened.Identity, null, data, line => Console.Error.WriteLine(line));
        using var metrics = new ServiceMetrics();
        await using var bus = await ServicesEngine.ConnectAsync(request.Named, opened.Database, cancellation).ConfigureAwait(false);
        // Where services run elsewhere, none run here: the sender alone.
        var options = new ServiceOptions
        {
            Services = request.Named.Count > 0 ? [] : [.. PartitionMap.Services, ServiceOptions.Feed],
            TradingPartitions = await ExchangeServices.PartitionsAsync(opened.Database, cancellation).ConfigureAwait(false),
            RunKey = opened.Identity.Seed,
        };
        await using var services = await ExchangeServices.StartAsync(opened.Database, bus, keys, metrics, options, cancellation).ConfigureAwait(false);
        await services.WaitUntilOwnerAsync(cancellation).ConfigureAwait(false);
        try
        {
            var answer = await shelf.ReplayAsync(message, services.Sender, cancellation).ConfigureAwait(false);
            await services.DrainAsync(cancellation).ConfigureAwait(false);
            Console.WriteLine(answer.HasMoved ? $"Handled: refused, {answer.Stream} is at version {answer.LastVersion} and was to have another"
                : answer.Outcome.Rejection is { } rejection
                ? $"Handled: refused, {rejection}"
                : $"Handled: {answer.Outcome.Events.Count} facts in {answer.Stream}");
        }
        catch (Exception still) when (still is CommandPutAsideException or JsonException)
        {
            throw new CommandFailedException($"It cannot be handled still: {still.Message}", still);
        }
    }

    private static string Line(PutAsideMessage message) => string.Create(CultureInfo.InvariantCulture,
        $"{message.Id}  {message.PutAsideAt:yyyy-MM-dd HH:mm:ss}Z  {message.Partition}  {message.Kind}  {(message.ReplayedAt is null ? "" : "handled since  ")}{message.Reason}");
}
