using System.Text.Json;
using DataExchange.Catalogue.Importing;
using DataExchange.Catalogue.Reading;
using DataExchange.Domain;
using DataExchange.Reports.Words;

namespace DataExchange.Cli.Commands;

/// <summary>What <c>dx import catalog --json</c> prints. The four outcomes add up to the number of records.</summary>
internal sealed record ImportCatalogueOutput(
    string Catalogue,
    string Format,
    string Venue,
    string At,
    bool IsDryRun,
    int Records,
    int Registered,
    int AlreadyRegistered,
    int Refused,
    int Skipped,
    int PartiesRegistered,
    long EventsBefore,
    long EventsAdded,
    IReadOnlyList<ImportNoteOutput> Notes,
    IReadOnlyList<ImportRecordOutput> Items);

/// <summary>A record in the output; the reason is a rejection of the exchange, or why the record cannot be used.</summary>
internal sealed record ImportRecordOutput(
    int Record, string Identifier, string Title, string Outcome, string? Product, string? Reason, string? ReasonZh, string? ReasonEn, IReadOnlyList<ImportNoteOutput> Notes);

/// <summary>An oddity in the output.</summary>
internal sealed record ImportNoteOutput(string Code, string Field, string Value);

/// <summary>Says what an import came to.</summary>
internal static class ImportOutput
{
    private const int ShortTitle = 60;

    public static void Print(ImportReport report, ImportCommand.ImportRequest request, VenueId venue, SimulatedTime at, (long Before, long Added) events)
    {
        if (request.Json)
        {
            Console.WriteLine(JsonSerializer.Serialize(
                new ImportCatalogueOutput(
                    report.Catalogue, report.Format, venue.Value, at.ToString(), request.IsTrial, report.Records.Count, report.Count(ImportOutcome.Registered),
                    report.Count(ImportOutcome.AlreadyRegistered), report.Count(ImportOutcome.Refused), report.Count(ImportOutcome.Skipped), report.PartiesRegistered,
                    events.Before, events.Added, [.. report.Notes.Select(Of)], [.. report.Records.Select(Of)]),
                CommandJson.Readable.ImportCatalogueOutput));
            return;
        }

        PrintRecords(report);
        foreach (var note in report.Notes)
        {
            Console.WriteLine($"文件 file: {NoteWords.Of(note.Code)}{(note.Value.Length > 0 ? $" ({note.Value})" : "")}");
        }

        foreach (var group in report.Records.SelectMany(record => record.Notes).GroupBy(note => note.Code).OrderByDescending(group => group.Count()).ThenBy(group => group.Key))
        {
            Console.WriteLine($"{group.Count(),9:N0} × {NoteWords.Of(group.Key)}");
        }

        Console.WriteLine(
            $"{report.Format}, {report.Records.Count:N0} 条 records: 登记 registered {report.Count(ImportOutcome.Registered):N0}, 已有 already there {report.Count(ImportOutcome.AlreadyRegistered):N0}, "
            + $"拒绝 refused {report.Count(ImportOutcome.Refused):N0}, 略过 skipped {report.Count(ImportOutcome.Skipped):N0}; 新主体 new parties {report.PartiesRegistered:N0}");
        Console.WriteLine(request.IsTrial
            ? "试运行，未写入 dry run: nothing was stored"
            : $"{events.Added:N0} events added to {events.Before:N0}, at {at}, venue {venue}. SHA-256 {report.Catalogue}");
    }

    // Whatever was not registered is told one by one; what was, is in the store.
    private static void PrintRecords(ImportReport report)
    {
        foreach (var record in report.Records.Where(record => record.Outcome is ImportOutcome.Refused or ImportOutcome.Skipped))
        {
            var (zh, en) = ReasonOf(record);
            var title = record.Title.Length > ShortTitle ? record.Title[..ShortTitle] + "…" : record.Title;
            Console.WriteLine(
                $"{record.Number,6} {(record.Outcome == ImportOutcome.Refused ? "拒绝 refused" : "略过 skipped")}: {zh} {en} · {(record.Identifier.Length > 0 ? record.Identifier : "—")} · {title}");
        }
    }

    private static ImportRecordOutput Of(ImportedRecord record)
    {
        var (zh, en) = ReasonOf(record);
        return new ImportRecordOutput(
            record.Number, record.Identifier, record.Title, record.Outcome.ToString(), record.Product?.Value, record.Rejection?.ToString() ?? record.Unusable?.ToString(),
            zh, en, [.. record.Notes.Select(Of)]);
    }

    private static ImportNoteOutput Of(Note note) => new(note.Code.ToString(), note.Field, note.Value);

    private static (string? Zh, string? En) ReasonOf(ImportedRecord record) =>
        record.Rejection is { } rejection ? (RejectionWords.Of(rejection).Zh, RejectionWords.Of(rejection).En)
        : record.Unusable is { } unusable ? (NoteWords.Of(unusable).Zh, NoteWords.Of(unusable).En)
        : (null, null);
}
