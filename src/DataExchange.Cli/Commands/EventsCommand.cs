using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using DataExchange.Cli.Running;

namespace DataExchange.Cli.Commands;

/// <summary><c>dx events</c>: events as they are stored.</summary>
internal static class EventsCommand
{
    private const long LastOfStore = 20;

    public static Command Create()
    {
        var stream = new Option<string?>("--stream")
        {
            Description = "The stream to print, e.g. --stream product/P000042 [default: the last events of the whole store]",
            HelpName = "ID",
        };
        var limit = CommonOptions.Limit(
            "At most so many events, the last ones; 0 for all. E.g. --limit 100 [default: 20 of the store, all of a stream]", null);
        var (data, postgres, json) = (CommonOptions.Data(), CommonOptions.Postgres(), CommonOptions.JsonLines());
        var command = new Command(
            "events",
            "Print stored events: version, type, simulated time, the store's own time (UTC), canonical JSON (amounts in fen, 1/100 yuan)\n\n"
            + "  ./dx events --limit 100\n  ./dx events --stream deal/C000001\n  ./dx events --stream product/P000042 --json | jq .data")
        {
            stream, limit, data, postgres, json,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetValue(stream), parsed.GetValue(limit), parsed.GetValue(data)!, parsed.GetValue(postgres), parsed.GetValue(json), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        string? stream, long? limit, string data, string? postgres, bool json, CancellationToken cancellation)
    {
        if (stream is not null)
        {
            StreamLookup.KindOf(stream);
        }

        await using var opened = await OpenedStore.OpenAsync(data, postgres, false, cancellation).ConfigureAwait(false);
        var events = new StoredEvents(opened.Database);
        if (stream is null)
        {
            var most = (limit ?? LastOfStore) is > 0 and var wanted ? wanted : long.MaxValue;
            await foreach (var stored in events.LastAsync(most, cancellation).ConfigureAwait(false))
            {
                Print(stored, json, withStream: true);
            }

            return 0;
        }

        var last = new Queue<StoredEvent>();
        var found = false;
        await foreach (var stored in events.OfStreamAsync(stream, cancellation: cancellation).ConfigureAwait(false))
        {
            found = true;
            last.Enqueue(stored);
            if (limit is null or 0 || last.Count > limit)
            {
                // With no limit each is printed as it comes; with one, what is too early is dropped.
                var earliest = last.Dequeue();
                if (limit is null or 0)
                {
                    Print(earliest, json, withStream: false);
                }
            }
        }

        if (!found)
        {
            throw await StreamLookup.UnknownAsync(stream, events, cancellation).ConfigureAwait(false);
        }

        foreach (var stored in last)
        {
            Print(stored, json, withStream: false);
        }

        return 0;
    }

    /// <summary>Prints an event.</summary>
    internal static void Print(StoredEvent stored, bool json, bool withStream)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(
                new EventOutput(
                    stored.Stream, stored.Version, stored.Type, stored.Data?.At.ToString(), stored.Sequence, stored.StoredAt,
                    JsonElement.Parse(stored.Json)),
                CommandJson.Readable.EventOutput));
            return;
        }

        var at = stored.Data?.At.ToString() ?? "unreadable";
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{(withStream ? $"{stored.Sequence}  {stored.Stream}  " : "")}{stored.Version}  {stored.Type}  {at}  {stored.StoredAt.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}  {stored.Json}"));
    }
}
