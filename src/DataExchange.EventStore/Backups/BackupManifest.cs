using System.Text.Json;
using System.Text.Json.Serialization;

namespace DataExchange.EventStore.Backups;

/// <summary>A file of a backup.</summary>
/// <param name="Name">Its name in the backup's folder.</param>
/// <param name="Sha256">SHA-256 of its bytes, hexadecimal.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Rows">Events in it, 0 or more.</param>
/// <param name="First">Sequence of its first event.</param>
/// <param name="Last">Sequence of its last event.</param>
public sealed record BackupFile(string Name, string Sha256, long Bytes, long Rows, long First, long Last);

/// <summary>A signed head of a venue's log. It cannot be made again from the events: only the venue has the key.</summary>
/// <param name="Venue">The venue's id.</param>
/// <param name="Size">Leaves that it covers.</param>
/// <param name="Note">The signed note.</param>
public sealed record BackupHead(string Venue, long Size, string Note);

/// <summary>A table of the services' notes: which messages were handled, how far facts were followed, what was put aside.</summary>
/// <param name="Name">The file's name in the backup's folder.</param>
/// <param name="Sha256">SHA-256 of its bytes, hexadecimal.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Rows">Rows in it, 0 or more.</param>
/// <param name="Table">The table.</param>
/// <param name="Columns">The columns, in the order of the file.</param>
public sealed record BackupNotes(string Name, string Sha256, long Bytes, long Rows, string Table, string Columns);

/// <summary>What a backup says of itself; docs/backup.md has the format.</summary>
public sealed record BackupManifest
{
    /// <summary>The only format that there is.</summary>
    public const int CurrentFormat = 1;

    /// <summary>Format of the backup.</summary>
    public required int Format { get; init; }

    /// <summary>When it was taken, UTC.</summary>
    public required DateTimeOffset TakenAt { get; init; }

    /// <summary>Version of the program that took it.</summary>
    public required string Program { get; init; }

    /// <summary>Version of the PostgreSQL server that it was taken from.</summary>
    public required string Postgres { get; init; }

    /// <summary>Layout of the store, see <see cref="Schema.StoreIdentity.CurrentFormat"/>.</summary>
    public required int StoreFormat { get; init; }

    /// <summary>Name of the scenario.</summary>
    public required string Scenario { get; init; }

    /// <summary>SHA-256 of the scenario.</summary>
    public required string ScenarioHash { get; init; }

    /// <summary>Seed of the run.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Scale of the run.</summary>
    public required double Scale { get; init; }

    /// <summary>Version of the program that made the store.</summary>
    public required string CreatedWith { get; init; }

    /// <summary>Whether the run came to its end.</summary>
    public required bool IsCompleted { get; init; }

    /// <summary>Events of the run alone, where others were added; else null.</summary>
    public required long? RunEvents { get; init; }

    /// <summary>Whether an import was cut off.</summary>
    public required bool IsExtending { get; init; }

    /// <summary>Events.</summary>
    public required long Events { get; init; }

    /// <summary>Sequence of the last event; 0 without events.</summary>
    public required long LastSequence { get; init; }

    /// <summary>Digest of all events, see docs/digest.md.</summary>
    public required string Digest { get; init; }

    /// <summary>The events, in their order.</summary>
    public required IReadOnlyList<BackupFile> Files { get; init; }

    /// <summary>The signed heads.</summary>
    public required IReadOnlyList<BackupHead> Heads { get; init; }

    /// <summary>The services' notes, of the same moment as the events; empty of a store that no services ran on.</summary>
    public IReadOnlyList<BackupNotes> Notes
    {
        get;
        // A backup of an earlier version does not say.
        init => field = value ?? [];
    } = [];

    /// <summary>As JSON for people.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, BackupJson.Default.BackupManifest);

    /// <summary>Reads one.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static BackupManifest Parse(ReadOnlySpan<byte> utf8) =>
        JsonSerializer.Deserialize(utf8, BackupJson.Default.BackupManifest) ?? throw new JsonException("it is null");
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(BackupManifest))]
internal sealed partial class BackupJson : JsonSerializerContext;
