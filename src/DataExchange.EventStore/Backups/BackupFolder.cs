using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace DataExchange.EventStore.Backups;

/// <summary>
/// The files of a backup: <c>manifest.json</c>, events as PostgreSQL's COPY text in gzip, and <c>SHA256SUMS</c> over all of them, which
/// <c>sha256sum -c</c> checks without this program.
/// </summary>
/// <param name="path">The folder.</param>
public sealed class BackupFolder(string path)
{
    /// <summary>What the backup says of itself.</summary>
    public const string Manifest = "manifest.json";

    /// <summary>SHA-256 of every other file.</summary>
    public const string Sums = "SHA256SUMS";

    /// <summary>The folder.</summary>
    public string Path => path;

    /// <summary>The name of the file of events that begins with a sequence.</summary>
    public static string NameOf(long first) => string.Create(CultureInfo.InvariantCulture, $"events-{first:000000000000}.copy.gz");

    /// <summary>The name of the file of a table.</summary>
    public static string NameOf(string table) => $"{table}.copy.gz";

    /// <summary>Writes what ends a backup: before it there is none, whatever lies in the folder.</summary>
    /// <param name="manifest">What it says.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task CompleteAsync(BackupManifest manifest, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        var json = manifest.ToJson();
        var sums = new StringBuilder();
        foreach (var (name, sum) in manifest.Files.Select(file => (file.Name, file.Sha256)).Concat(manifest.Notes.Select(notes => (notes.Name, notes.Sha256))).Append((Manifest, Convert.ToHexStringLower(SHA256.HashData(json)))))
        {
            sums.Append(sum).Append("  ").Append(name).Append('\n');
        }

        await File.WriteAllTextAsync(In(Sums), sums.ToString(), new UTF8Encoding(false), cancellation).ConfigureAwait(false);
        await File.WriteAllBytesAsync(In(Manifest + ".partial"), json, cancellation).ConfigureAwait(false);
        File.Move(In(Manifest + ".partial"), In(Manifest), overwrite: false);
    }

    /// <summary>Reads the manifest and checks every file from the disk: its sum, and that it holds the events that it says.</summary>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>What the backup says of itself.</returns>
    /// <exception cref="BackupException">A file is missing or damaged, or the folder holds no backup.</exception>
    public async Task<BackupManifest> VerifyAsync(CancellationToken cancellation = default)
    {
        var manifest = await ReadManifestAsync(cancellation).ConfigureAwait(false);
        var sequence = 0L;
        foreach (var file in manifest.Files)
        {
            await VerifyAsync(file, cancellation).ConfigureAwait(false);
            if (file.First <= sequence || file.Last < file.First)
            {
                throw Damaged(Manifest, $"{file.Name} is not in the order of events");
            }

            sequence = file.Last;
        }

        foreach (var notes in manifest.Notes)
        {
            await VerifyAsync(notes, cancellation).ConfigureAwait(false);
        }

        return manifest.Files.Sum(file => file.Rows) == manifest.Events && sequence == manifest.LastSequence
            ? manifest
            : throw Damaged(Manifest, "its files do not hold the events that it says");
    }

    /// <summary>Reads every file of events back from the disk and compares its sum with the manifest's, without looking into it: for whoever has just written it.</summary>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>What the backup says of itself.</returns>
    /// <exception cref="BackupException">A file is missing or damaged, or the folder holds no backup.</exception>
    public async Task<BackupManifest> VerifySumsAsync(CancellationToken cancellation = default)
    {
        var manifest = await ReadManifestAsync(cancellation).ConfigureAwait(false);
        foreach (var file in manifest.Files)
        {
            await VerifyAsync(file.Name, file.Sha256, null, cancellation).ConfigureAwait(false);
        }

        return manifest;
    }

    /// <summary>The lines of a file of events or notes.</summary>
    /// <param name="name">The file.</param>
    public StreamReader OpenEvents(string name) =>
        new(new GZipStream(new FileStream(In(name), FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16), CompressionMode.Decompress), new UTF8Encoding(false, true), false, 1 << 16);

    internal string In(string name) => System.IO.Path.Combine(path, name);

    /// <summary>The sequence that a line of a file of events begins with.</summary>
    /// <exception cref="FormatException">It begins with none.</exception>
    internal static long SequenceOf(ReadOnlySpan<char> line)
    {
        var tab = line.IndexOf('\t');
        return tab > 0 ? long.Parse(line[..tab], NumberStyles.None, CultureInfo.InvariantCulture) : throw new FormatException("a line has no sequence");
    }

    private async Task<BackupManifest> ReadManifestAsync(CancellationToken cancellation)
    {
        if (!File.Exists(In(Manifest)))
        {
            throw new BackupException($"'{path}' holds no backup: there is no {Manifest} in it");
        }

        var json = await ReadAsync(Manifest, cancellation).ConfigureAwait(false);
        var sum = Encoding.UTF8.GetString(await ReadAsync(Sums, cancellation).ConfigureAwait(false)).Split('\n')
            .Select(line => line.Split("  ")).FirstOrDefault(line => line.Length == 2 && line[1] == Manifest)?[0];
        if (sum != Convert.ToHexStringLower(SHA256.HashData(json)))
        {
            throw Damaged(Manifest, $"its SHA-256 is not the one in {Sums}");
        }

        try
        {
            var manifest = BackupManifest.Parse(json);
            return manifest.Format == BackupManifest.CurrentFormat
                ? manifest
                : throw new BackupException($"The backup '{path}' has format {manifest.Format}, made by version {manifest.Program}; this program reads format {BackupManifest.CurrentFormat}");
        }
        catch (JsonException unreadable)
        {
            throw Damaged(Manifest, unreadable.Message, unreadable);
        }
    }

    private async Task<byte[]> ReadAsync(string name, CancellationToken cancellation)
    {
        try
        {
            return await File.ReadAllBytesAsync(In(name), cancellation).ConfigureAwait(false);
        }
        catch (FileNotFoundException missing)
        {
            throw Damaged(name, "it is missing", missing);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw Damaged(name, unreadable.Message, unreadable);
        }
    }

    private Task VerifyAsync(BackupFile file, CancellationToken cancellation) => VerifyAsync(file.Name, file.Sha256, async lines =>
    {
        var (rows, first, last) = (0L, 0L, 0L);
        while (await lines.ReadLineAsync(cancellation).ConfigureAwait(false) is { } line)
        {
            var sequence = SequenceOf(line);
            first = rows++ == 0 ? sequence : first;
            last = sequence > last ? sequence : throw new FormatException("its events are not in order");
        }

        if ((rows, first, last) != (file.Rows, file.First, file.Last))
        {
            throw Damaged(file.Name, string.Create(CultureInfo.InvariantCulture, $"it holds {rows} events from {first} to {last}, not {file.Rows} from {file.First} to {file.Last}"));
        }
    }, cancellation);

    private Task VerifyAsync(BackupNotes notes, CancellationToken cancellation) => VerifyAsync(notes.Name, notes.Sha256, async lines =>
    {
        var rows = 0L;
        while (await lines.ReadLineAsync(cancellation).ConfigureAwait(false) is not null)
        {
            rows++;
        }

        if (rows != notes.Rows)
        {
            throw Damaged(notes.Name, string.Create(CultureInfo.InvariantCulture, $"it holds {rows} rows, not {notes.Rows}"));
        }
    }, cancellation);

    private async Task VerifyAsync(string name, string sha256, Func<StreamReader, Task>? check, CancellationToken cancellation)
    {
        if (name != System.IO.Path.GetFileName(name))
        {
            throw Damaged(Manifest, $"'{name}' is no name of a file in it");
        }

        try
        {
            var bytes = new FileStream(In(name), FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, useAsync: true);
            await using (bytes.ConfigureAwait(false))
            {
                if (Convert.ToHexStringLower(await SHA256.HashDataAsync(bytes, cancellation).ConfigureAwait(false)) != sha256)
                {
                    throw Damaged(name, "its SHA-256 is not the one in the manifest");
                }
            }

            if (check is not null)
            {
                using var lines = OpenEvents(name);
                await check(lines).ConfigureAwait(false);
            }
        }
        catch (FileNotFoundException missing)
        {
            throw Damaged(name, "it is missing", missing);
        }
        catch (Exception unreadable) when (unreadable is IOException or InvalidDataException or FormatException or UnauthorizedAccessException or DecoderFallbackException)
        {
            throw Damaged(name, unreadable.Message, unreadable);
        }
    }

    private BackupException Damaged(string name, string why, Exception? inner = null) => new($"The backup is damaged: {In(name)}: {why}", inner);
}
