namespace DataExchange.Reports;

/// <summary>A file of a report cannot be written: a full disk, no right to write, a folder that is a file.</summary>
/// <param name="path">The file.</param>
/// <param name="cause">What the operating system said.</param>
public sealed class ReportWriteException(string path, Exception cause)
    : IOException($"{path} cannot be written: {cause?.Message}", cause)
{
    /// <summary>The file.</summary>
    public string Path { get; } = path;
}

/// <summary>
/// A file that appears under its name only when it is whole: it is written under a temporary name in the same folder and renamed by
/// <see cref="Keep"/>; disposing of it before that removes it.
/// </summary>
internal sealed class WholeFile : Stream
{
    private readonly string _path;
    private readonly string _temporary;
    private readonly FileStream _file;
    private bool _isDone;

    internal WholeFile(string path)
    {
        _path = path;
        _temporary = path + ".part";
        _file = Guard(path, () => new FileStream(_temporary, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16));
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            _file.Write(buffer);
        }
        catch (Exception cause) when (IsOfTheDisk(cause))
        {
            throw new ReportWriteException(_path, cause);
        }
    }

    public override void Flush()
    {
        // What writes on this stream flushes often; the disk is asked once, by Keep.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Gives the whole file its name.</summary>
    internal void Keep()
    {
        try
        {
            _file.Flush(flushToDisk: true);
            _file.Dispose();
            File.Move(_temporary, _path, overwrite: true);
            _isDone = true;
        }
        catch (Exception cause) when (IsOfTheDisk(cause))
        {
            throw new ReportWriteException(_path, cause);
        }
    }

    internal static T Guard<T>(string path, Func<T> write)
    {
        try
        {
            return write();
        }
        catch (Exception cause) when (IsOfTheDisk(cause))
        {
            throw new ReportWriteException(path, cause);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isDone)
        {
            _isDone = true;
            try
            {
                _file.Dispose();
            }
            catch (IOException)
            {
                // The disk refused what was still buffered; the file is removed anyhow, and the refusal was reported or is not of interest.
            }

            File.Delete(_temporary);
        }

        base.Dispose(disposing);
    }

    private static bool IsOfTheDisk(Exception cause) => cause is IOException or UnauthorizedAccessException or NotSupportedException;
}
