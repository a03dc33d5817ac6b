using System.Buffers;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using DataExchange.Cli.Running;
using DataExchange.EventStore;
using DataExchange.EventStore.Reading;
using DataExchange.EventStore.Serialization;
using DataExchange.Files;
using DataExchange.Files.Tables;

namespace DataExchange.Cli.Commands;

/// <summary>Exports a store as tables.</summary>
internal static class ExportTables
{
    /// <summary>Does it.</summary>
    public static async Task<int> RunAsync(TableFormat format, string path, string data, string? postgres, bool json, CancellationToken cancellation)
    {
        await using var opened = await OpenedStore.OpenAsync(data, postgres, false, cancellation).ConfigureAwait(false);
        using var folder = FolderAt(path);
        var terminal = new Terminal(json);
        var (files, digest) = await WriteAsync(opened, format, folder, terminal, cancellation).ConfigureAwait(false);
        Print(format.ToString().ToLowerInvariant(), files, digest, files.Sum(file => file.Bytes), path, terminal, json);
        return 0;
    }

    /// <summary>Writes the tables of a store, and gives its digest.</summary>
    public static async Task<(IReadOnlyList<WrittenFile> Files, string Digest)> WriteAsync(
        OpenedStore opened, TableFormat format, TableFolder folder, Terminal terminal, CancellationToken cancellation)
    {
        var last = await ExportFilesCommand.LastAsync(opened.Database, cancellation).ConfigureAwait(false);
        var reader = new RawEventReader(opened.Database);
        try
        {
            var digest = await terminal.StepAsync("Digest computed", progress => DigestAsync(reader, last, progress, cancellation)).ConfigureAwait(false);
            var about = new DataSet(RunSource.Of(opened.Identity), digest, DateOnly.FromDateTime(DateTime.UtcNow), Version);
            var files = await terminal.StepAsync("Tables written", progress => TableExport.WriteAsync(
                reader.ReadBySequenceAsync(1, last, cancellation), format, folder, about, sequence => ExportFilesCommand.Report(progress, sequence, last), cancellation)).ConfigureAwait(false);
            return (files, digest);
        }
        catch (UnreadableEventException failure)
        {
            throw Unreadable(failure.Stream, failure.Version, failure);
        }
    }

    /// <summary>Says what was written.</summary>
    public static void Print(string format, IReadOnlyList<WrittenFile> files, string digest, long bytes, string path, Terminal terminal, bool json)
    {
        var tables = files.Where(file => Path.GetExtension(file.Name) is ".parquet" or ".csv").ToDictionary(file => Path.GetFileNameWithoutExtension(file.Name), file => file.Rows);
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(
                new ExportTablesOutput(format, digest, tables, bytes, Path.GetFullPath(path)),
                CommandJson.Readable.ExportTablesOutput));
        }
        else
        {
            foreach (var (table, rows) in tables)
            {
                terminal.Note(string.Create(CultureInfo.InvariantCulture, $"{table,-12} {rows,14:N0} rows"));
            }

            terminal.Note(string.Create(CultureInfo.InvariantCulture, $"{bytes:N0} bytes: {Path.GetFullPath(path)}"));
        }
    }

    /// <summary>An event that is not of its type, named.</summary>
    public static CommandFailedException Unreadable(string stream, long version, Exception failure) =>
        new($"event {version} of {stream} cannot be read; './dx verify' names everything that is off.", failure);

    private static string Version => typeof(ExportTables).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private static TableFolder FolderAt(string path)
    {
        try
        {
            return TableFolder.Create(path);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new WrongInputException($"--out '{path}' cannot be used: {wrong.Message}");
        }
    }

    // Of the very events that are exported: those up to the last one there was at the beginning.
    private static async Task<string> DigestAsync(RawEventReader reader, long last, Action<double, string> progress, CancellationToken cancellation)
    {
        using var digest = new StoreDigest();
        var buffer = new ArrayBufferWriter<byte>(1_024);
        string? stream = null;
        var count = 0L;
        await foreach (var raw in reader.ReadByStreamAsync(last, cancellation).ConfigureAwait(false))
        {
            if (raw.StreamId != stream)
            {
                stream = raw.StreamId;
                digest.BeginStream(stream);
            }

            try
            {
                buffer.ResetWrittenCount();
                EventJson.Write(buffer, EventJson.Read(raw.TypeName, raw.Json.Span));
            }
            catch (JsonException failure)
            {
                throw Unreadable(raw.StreamId, raw.Version, failure);
            }

            digest.Append(raw.TypeName, buffer.WrittenSpan);
            ExportFilesCommand.Report(progress, ++count, last);
        }

        return digest.Finish();
    }
}
