using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using DataExchange.Catalogue;
using DataExchange.Catalogue.Shelf;
using DataExchange.Catalogue.Writing;
using DataExchange.Cli.Running;
using DataExchange.Domain;
using DataExchange.EventStore.Reading;
using DataExchange.EventStore.Schema;
using DataExchange.EventStore.Serialization;
using Npgsql;
using Command = System.CommandLine.Command;

namespace DataExchange.Cli.Commands;

/// <summary>The form of an exported catalogue.</summary>
internal enum CatalogueFormat
{
    /// <summary>DCAT 3 in JSON-LD.</summary>
    Dcat,

    /// <summary>DCAT-US 1.1.</summary>
    DataJson,
}

/// <summary><c>dx export catalog</c>: the shelves as a catalogue that others read.</summary>
internal static class ExportCatalogueCommand
{
    private static readonly HashSet<string> Types =
        [.. EventRegistry.All.Where(type => CatalogueFold.Types.Contains(type.Type)).SelectMany(EventRegistry.NamesOf)];

    public static Command Create()
    {
        var format = new Option<CatalogueFormat>("--format")
        {
            Description = "dcat (DCAT 3, JSON-LD) or data.json (DCAT-US 1.1)",
            HelpName = "FORMAT",
            DefaultValueFactory = _ => CatalogueFormat.Dcat,
            CustomParser = result =>
            {
                var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
                switch (text.ToLowerInvariant())
                {
                    case "dcat":
                        return CatalogueFormat.Dcat;
                    case "data.json":
                        return CatalogueFormat.DataJson;
                    default:
                        result.AddError($"--format '{text}' is not allowed: one of dcat, data.json");
                        return default;
                }
            },
        };
        var venue = new Option<string?>("--venue") { Description = "Only this venue, e.g. --venue hzdex [default: all]", HelpName = "V" };
        var all = new Option<bool>("--all") { Description = "Also products that are registered and stand on no shelf" };
        var output = new Option<string?>("--out") { Description = "The file, e.g. --out /tmp/shelf.jsonld [default: standard output]", HelpName = "FILE" };
        var json = new Option<bool>("--json") { Description = "Print one JSON object for machines about what was written; needs --out" };
        var (data, postgres) = (CommonOptions.Data(), CommonOptions.Postgres());
        var command = new Command(
            "catalog",
            "Write what stands on the shelves as a DCAT catalogue in JSON-LD, or as a data.json\n\n"
            + "  ./dx export catalog --format dcat --out shelf.jsonld\n"
            + "  ./dx export catalog --format data.json --venue hzdex | head")
        {
            format, venue, all, output, data, postgres, json,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetValue(format), parsed.GetValue(venue), parsed.GetValue(all), parsed.GetValue(output), parsed.GetValue(data)!,
            parsed.GetValue(postgres), parsed.GetValue(json), cancellation));
        return command;
    }

    /// <summary>Folds the products of a store.</summary>
    internal static async Task<CatalogueFold> FoldAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        var fold = new CatalogueFold();
        await foreach (var raw in new RawEventReader(database).ReadTypesAsync(Types, cancellation).ConfigureAwait(false))
        {
            try
            {
                fold.Apply(EventJson.Read(raw.TypeName, raw.Json.Span));
            }
            catch (JsonException failure)
            {
                throw new CommandFailedException($"event {raw.Version} of {raw.StreamId} cannot be read; './dx verify' names everything that is off.", failure);
            }
        }

        return fold;
    }

    private static async Task<int> RunAsync(
        CatalogueFormat format, string? venue, bool all, string? path, string data, string? postgres, bool json, CancellationToken cancellation)
    {
        if (json && path is null)
        {
            throw new WrongInputException("--json needs --out: the catalogue itself goes to standard output");
        }

        await using var opened = await OpenedStore.OpenAsync(data, postgres, false, cancellation).ConfigureAwait(false);
        var fold = await FoldAsync(opened.Database, cancellation).ConfigureAwait(false);
        string[] known = [.. (await new StoredEvents(opened.Database).StreamsAsync("log", cancellation).ConfigureAwait(false)).Select(id => id["log/".Length..])];
        if (venue is not null && !known.Contains(venue))
        {
            throw new WrongInputException($"--venue '{venue}' is not allowed: {(known.Length == 0 ? "the store has no venues" : "one of " + string.Join(", ", known))}");
        }

        VenueId[] venues = [.. known.Where(id => venue is null || id == venue).Select(id => new VenueId(id))];
        var header = HeaderOf(opened.Identity, fold, venues);
        if (path is null)
        {
            await using var pipe = new BufferedStream(Console.OpenStandardOutput(), 1 << 16);
            Write(pipe);
            return 0;
        }

        await using var file = OutputFile.Create(path);
        var written = Write(file.Writer.BaseStream);
        await file.CompleteAsync(cancellation).ConfigureAwait(false);
        await Console.Error.WriteLineAsync($"{written.Products:N0} products, {written.Places:N0} places on shelves: {Path.GetFullPath(path)}").ConfigureAwait(false);
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(
                new ExportCatalogueOutput(format == CatalogueFormat.Dcat ? "dcat" : "data.json", written.Products, written.Places, [.. venues.Select(one => one.Value)], Path.GetFullPath(path)),
                CommandJson.Readable.ExportCatalogueOutput));
        }

        return 0;

        WrittenCatalogue Write(Stream output) => format == CatalogueFormat.Dcat
            ? DcatWriter.Write(fold, header, all, output, cancellation)
            : DataJsonWriter.Write(fold, header, all, output, cancellation);
    }

    private static CatalogueHeader HeaderOf(StoreIdentity run, CatalogueFold fold, IReadOnlyList<VenueId> venues)
    {
        var iri = string.Create(CultureInfo.InvariantCulture, $"https://dataexchange.invalid/catalogue/{Uri.EscapeDataString(run.ScenarioName)}/{run.Seed}/{run.Scale:R}");
        var title = new Label($"数据产品目录：{run.ScenarioName}", $"Catalogue of data products: {run.ScenarioName}");
        return new CatalogueHeader(iri, title, fold.At, venues, CatalogueWords.Load().All);
    }
}
