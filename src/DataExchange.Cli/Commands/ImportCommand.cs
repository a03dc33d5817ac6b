using System.CommandLine;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using DataExchange.Catalogue.Importing;
using DataExchange.Catalogue.Reading;
using DataExchange.Cli.Running;
using DataExchange.Domain;
using DataExchange.Exchange;
using Command = System.CommandLine.Command;

namespace DataExchange.Cli.Commands;

/// <summary><c>dx import</c>: registers what others describe.</summary>
internal static partial class ImportCommand
{
    /// <summary>What is asked for.</summary>
    internal sealed record ImportRequest(
        string File, string? Venue, SimulatedTime? At, bool IsTrial, bool Json, string Data, string? Postgres, string? Keys, int CommitSize = StoreSink.CommitSize);

    public static Command Create() => new("import", "Register in a store what others describe") { Catalog() };

    private static Command Catalog()
    {
        var file = new Argument<string>("FILE") { Description = "The catalogue, e.g. data.json or shelf.jsonld; - for standard input" };
        var venue = new Option<string?>("--venue") { Description = "The venue that takes the applications, e.g. --venue zjbdec [default: the one that keeps the common register]", HelpName = "V" };
        var at = CommonOptions.At("Simulated time of the applications, not before the store's last event, e.g. --at 2025-06-03T09:00 [default: a second after it]");
        var trial = new Option<bool>("--dry-run") { Description = "Only say what would become of each record; nothing is stored" };
        var keys = CommonOptions.Keys("Sign the venues' logs with the keys of this folder, which the store was made with");
        var (data, postgres, json) = (CommonOptions.Data(), CommonOptions.Postgres(), CommonOptions.Json());
        var command = new Command(
            "catalog",
            "Register the products that a catalogue describes: DCAT in JSON-LD, a data.json (DCAT-US) or what CKAN answers. Each record is registered, refused or skipped, "
            + "and told. The events are added to the store; without a store one is begun (--at is needed then)\n\n"
            + "  ./dx import catalog data.json --dry-run\n  ./dx import catalog shelf.jsonld --data /tmp/market --json")
        {
            file, venue, at, trial, keys, data, postgres, json,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            new ImportRequest(
                parsed.GetValue(file)!, parsed.GetValue(venue), parsed.GetValue(at), parsed.GetValue(trial), parsed.GetValue(json), parsed.GetValue(data)!,
                parsed.GetValue(postgres), parsed.GetValue(keys)),
            cancellation));
        return command;
    }

    /// <summary>Imports a catalogue.</summary>
    internal static async Task<int> RunAsync(ImportRequest request, CancellationToken cancellation)
    {
        if (request.Venue is { } venue && !VenueName().IsMatch(venue))
        {
            throw new WrongInputException($"--venue '{venue}' is not allowed: small letters, digits and hyphens, at most 32, the first a letter");
        }

        var bytes = await ReadAsync(request.File, cancellation).ConfigureAwait(false);
        ReadCatalogue catalogue;
        try
        {
            catalogue = CatalogueReader.Read(bytes);
        }
        catch (CatalogueFormatException wrong)
        {
            throw new WrongInputException($"FILE '{request.File}': {wrong.Message}");
        }

        var digest = Convert.ToHexStringLower(SHA256.HashData(bytes));
        var terminal = new Terminal(request.Json);
        await using var opened = await OpenedStore.OpenOrCreateAsync(
            request.Data, request.Postgres, request.At is not null, request.IsTrial, cancellation).ConfigureAwait(false);
        if (opened is null)
        {
            var trial = new InProcessExchange(new NoSink());
            return await ImportAsync(request, catalogue, digest, trial, new ImportStore(), request.At!.Value, () => (0, 0), cancellation).ConfigureAwait(false);
        }

        var store = new ImportStore();
        await using var exchange = await terminal.StepAsync("Read the store", _ =>
            StoredExchange.OpenAsync(opened, request.Keys, request.IsTrial, store.Observe, request.CommitSize, cancellation)).ConfigureAwait(false);
        var at = request.At ?? exchange.LastAt?.AddSeconds(1)
            ?? throw new WrongInputException("--at is needed: the store has no event that the applications could follow, e.g. --at 2025-06-03T09:00");
        if (at < exchange.LastAt)
        {
            throw new WrongInputException($"--at '{at}' is not allowed: the store's last event is at {exchange.LastAt}, and time does not run backwards");
        }

        return await ImportAsync(request, catalogue, digest, exchange, store, at, () => (exchange.EventsBefore, exchange.EventsAdded), cancellation).ConfigureAwait(false);
    }

    private static async Task<int> ImportAsync(
        ImportRequest request, ReadCatalogue catalogue, string digest, IExchange exchange, ImportStore store, SimulatedTime at, Func<(long Before, long Added)> events,
        CancellationToken cancellation)
    {
        var venue = store.VenueOf(request.Venue);
        if (catalogue.Records.Any(record => record.Unusable is null))
        {
            await store.OpenVenueAsync(exchange, venue, at, cancellation).ConfigureAwait(false);
        }

        var words = CatalogueWords.Load();
        var planner = new ImportPlanner(
            digest, catalogue.Format, venue, at, new SubjectCategories(words.Categories), words.SubTracks, store.Products.Contains);
        var report = await CatalogueImport.RunAsync(catalogue, digest, planner, exchange, store.Parties, store.Products, cancellation).ConfigureAwait(false);
        if (exchange is StoredExchange stored)
        {
            await stored.CompleteAsync(cancellation).ConfigureAwait(false);
        }

        ImportOutput.Print(report, request, venue, at, events());
        return 0;
    }

    private static async Task<byte[]> ReadAsync(string path, CancellationToken cancellation)
    {
        try
        {
            await using var file = path == "-" ? Console.OpenStandardInput() : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, useAsync: true);
            using var kept = new MemoryStream();
            var buffer = new byte[1 << 16];
            for (int read; (read = await file.ReadAsync(buffer, cancellation).ConfigureAwait(false)) > 0;)
            {
                if (kept.Length + read > CatalogueReader.MostBytes)
                {
                    throw new WrongInputException($"FILE '{path}' has more than {CatalogueReader.MostBytes} bytes, which is not allowed");
                }

                kept.Write(buffer, 0, read);
            }

            return kept.ToArray();
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new WrongInputException($"FILE '{path}' cannot be read: {wrong.Message}");
        }
    }

    [GeneratedRegex("^[a-z][a-z0-9-]{0,31}$", RegexOptions.CultureInvariant)]
    private static partial Regex VenueName();

    private sealed class NoSink : IEventSink
    {
        public ValueTask AppendAsync(IReadOnlyList<RecordedEvent> events, CancellationToken cancellation) => ValueTask.CompletedTask;
    }
}
