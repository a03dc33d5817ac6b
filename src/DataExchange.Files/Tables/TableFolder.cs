using System.Security.Cryptography;

namespace DataExchange.Files.Tables;

/// <summary>A file of an export.</summary>
/// <param name="Name">Its name in the folder.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">SHA-256 of it, 64 small hexadecimal digits.</param>
/// <param name="Rows">Rows of the table; 0 for what is none.</param>
public sealed record WrittenFile(string Name, long Bytes, string Sha256, long Rows);

/// <summary>
/// A folder in which files appear together: until they are kept each is called <c>….partial</c>. Disposing of it before that removes them, and the
/// folder when it was made for them.
/// </summary>
public sealed class TableFolder : IDisposable
{
    private const string Suffix = ".partial";
    private readonly string _path;
    private readonly bool _isNew;
    private readonly List<string> _names = [];
    private bool _isKept;

    private TableFolder(string path, bool isNew) => (_path, _isNew) = (path, isNew);

    /// <summary>Makes or takes a folder.</summary>
    /// <param name="path">Where; nothing may be there, or a folder with nothing in it but what an export that was killed left.</param>
    /// <exception cref="IOException">It is a file, has something in it, or cannot be made; the message says which.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static TableFolder Create(string path)
    {
        if (File.Exists(path))
        {
            throw new IOException("it is a file; a folder is needed");
        }

        var isNew = !Directory.Exists(path);
        Directory.CreateDirectory(path);
        var there = Directory.EnumerateFileSystemEntries(path).Where(entry => !entry.EndsWith(Suffix, StringComparison.Ordinal)).Order(StringComparer.Ordinal).FirstOrDefault();
        return there is null
            ? new TableFolder(path, isNew)
            : throw new IOException($"it is not empty ({Path.GetFileName(there)} is there); a new or an empty folder is needed");
    }

    /// <summary>Begins a file.</summary>
    internal FileStream Begin(string name)
    {
        var file = new FileStream(PartialOf(name), FileMode.Create, FileAccess.ReadWrite, FileShare.Read, 1 << 16);
        _names.Add(name);
        return file;
    }

    /// <summary>What a file that was ended is.</summary>
    internal async Task<WrittenFile> DescribeAsync(string name, long rows, CancellationToken cancellation)
    {
        var file = File.OpenRead(PartialOf(name));
        await using var closed = file.ConfigureAwait(false);
        return new WrittenFile(name, file.Length, Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellation).ConfigureAwait(false)), rows);
    }

    /// <summary>Gives all files their names.</summary>
    internal void Keep()
    {
        foreach (var name in _names)
        {
            File.Move(PartialOf(name), Path.Combine(_path, name), overwrite: true);
        }

        _isKept = true;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (_isKept || !Directory.Exists(_path))
        {
            return;
        }

        foreach (var name in _names)
        {
            File.Delete(PartialOf(name));
        }

        if (_isNew && !Directory.EnumerateFileSystemEntries(_path).Any())
        {
            Directory.Delete(_path);
        }
    }

    private string PartialOf(string name) => Path.Combine(_path, name + Suffix);
}
