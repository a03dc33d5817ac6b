using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using DataExchange.Cli.Running;
using DataExchange.EventStore;
using DataExchange.EventStore.Reading;
using DataExchange.Files;
using DataExchange.Files.CloudEvents;
using DataExchange.Files.Tables;
using Npgsql;

namespace DataExchange.Cli.Commands;

/// <summary>The form in which a whole store is exported.</summary>
internal enum FilesFormat
{
    /// <summary>CloudEvents 1.0, one JSON object a line.</summary>
    CloudEvents,

    /// <summary>A Parquet file for each table.</summary>
    Parquet,

    /// <summary>The same tables as CSV.</summary>
    Csv,

    /// <summary>The same tables in one DuckDB file.</summary>
    DuckDb,
}

/// <summary><c>dx export --format F</c>: all that a store holds, as files that the tools of others read (docs/files.md).</summary>
internal static class ExportFilesCommand
{
    /// <summary>Makes the command itself do it; the commands under it stay.</summary>
    public static Command Within(Command export)
    {
        var format = new Option<FilesFormat?>("--format")
        {
            Description = "cloudevents (all events, CloudEvents 1.0 as NDJSON), parquet or csv (tables, their dictionary and Croissant metadata), duckdb (the same tables in one file; needs DuckDB's library, DX_DUCKDB)",
            HelpName = "FORMAT",
            CustomParser = result => CommonOptions.ParseWord<FilesFormat>(result, "--format"),
        };
        var output = new Option<string?>("--out") { Description = "The file of cloudevents [default: standard output]; the folder of parquet and csv, new or empty; the file of duckdb", HelpName = "PATH" };
        var json = new Option<bool>("--json") { Description = "Print one JSON object for machines about what was written; needs --out" };
        var (data, postgres) = (CommonOptions.Data(), CommonOptions.Postgres());
        foreach (var option in new Option[] { format, output, json, data, postgres })
        {
            export.Add(option);
        }

        export.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetValue(format), parsed.GetValue(output), parsed.GetValue(data)!, parsed.GetValue(postgres), parsed.GetValue(json), cancellation));
        return export;
    }

    private static async Task<int> RunAsync(FilesFormat? format, string? path, string data, string? postgres, bool json, CancellationToken cancellation)
    {
        if (format is null)
        {
            throw new WrongInputException(
                $"--format is needed: one of {string.Join(", ", Enum.GetNames<FilesFormat>()).ToLowerInvariant()}; or a command must follow: catalog, ledger");
        }

        if (json && path is null)
        {
            throw new WrongInputException("--json needs --out: the events themselves go to standard output");
        }

        if (format is FilesFormat.Parquet or FilesFormat.Csv)
        {
            return await ExportTables.RunAsync(
                format == FilesFormat.Csv ? TableFormat.Csv : TableFormat.Parquet,
                path ?? throw new WrongInputException("--out is needed: the folder that the tables go to, e.g. --out tables"),
                data, postgres, json, cancellation).ConfigureAwait(false);
        }

        if (format == FilesFormat.DuckDb)
        {
            return await ExportDuckDb.RunAsync(
                path ?? throw new WrongInputException("--out is needed: the file that DuckDB makes, e.g. --out market.duckdb"), data, postgres, json, cancellation).ConfigureAwait(false);
        }

        await using var opened = await OpenedStore.OpenAsync(data, postgres, false, cancellation).ConfigureAwait(false);
        var terminal = new Terminal(json || path is null);
        if (path is null)
        {
            await using var pipe = StandardOutput.Stream();
            await WriteEventsAsync(opened, pipe, terminal, cancellation).ConfigureAwait(false);
            return 0;
        }

        await using var file = OutputFile.Create(path);
        var written = await WriteEventsAsync(opened, file.Writer.BaseStream, terminal, cancellation).ConfigureAwait(false);
        await file.CompleteAsync(cancellation).ConfigureAwait(false);
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(
                new ExportEventsOutput("cloudevents", written, RunSource.Of(opened.Identity).Uri, Path.GetFullPath(path)), CommandJson.Readable.ExportEventsOutput));
        }
        else
        {
            terminal.Note(string.Create(CultureInfo.InvariantCulture, $"{written:N0} events: {Path.GetFullPath(path)}"));
        }

        return 0;
    }

    private static async Task<long> WriteEventsAsync(OpenedStore opened, Stream output, Terminal terminal, CancellationToken cancellation)
    {
        var last = await LastAsync(opened.Database, cancellation).ConfigureAwait(false);
        return await terminal.StepAsync("Events written", async progress =>
        {
            using var writer = new CloudEventWriter(RunSource.Of(opened.Identity), output);
            await foreach (var raw in new RawEventReader(opened.Database).ReadBySequenceAsync(1, last, cancellation).ConfigureAwait(false))
            {
                try
                {
                    writer.Write(raw);
                }
                catch (JsonException failure)
                {
                    throw ExportTables.Unreadable(raw.StreamId, raw.Version, failure);
                }

                Report(progress, raw.Sequence, last);
            }

            writer.Flush();
            return writer.Count;
        }).ConfigureAwait(false);
    }

    // Often enough to look at, seldom enough to cost nothing.
    internal static void Report(Action<double, string> progress, long sequence, long last)
    {
        if (sequence % 10_000 == 0)
        {
            progress((double)sequence / last, "");
        }
    }

    internal static async Task<long> LastAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"SELECT coalesce(max(seq_id), 0) FROM {Schemas.Default}.mt_events");
        return (long)(await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false))!;
    }
}
