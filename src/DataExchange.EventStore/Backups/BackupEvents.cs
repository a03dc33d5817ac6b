using System.Buffers.Text;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using DataExchange.EventStore.Reading;

namespace DataExchange.EventStore.Backups;

/// <summary>Reads the events of a backup from its files, a line at a time, so that memory does not grow with their number.</summary>
/// <param name="folder">The folder.</param>
/// <param name="manifest">What the backup says of itself.</param>
public sealed class BackupEvents(BackupFolder folder, BackupManifest manifest)
{
    private const int BufferBytes = 1 << 18;

    // Places of the columns in a line, see EventRow.Columns.
    private const int Sequence = 0;
    private const int Stream = 2;
    private const int Version = 3;
    private const int Data = 4;
    private const int Type = 6;
    private const int StoredAt = 7;
    private const int Columns = 11;

    private readonly Range[] _fields = new Range[Columns + 1];
    private readonly KnownNames _names = new();

    /// <summary>The events in the global order. What is handed out is valid until the next event.</summary>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="BackupException">A file cannot be read, or holds a line that is no event.</exception>
    public async IAsyncEnumerable<RawEvent> ReadAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        foreach (var file in manifest.Files)
        {
            using var lines = new Lines(folder.In(file.Name));
            while (true)
            {
                RawEvent read;
                try
                {
                    if (!lines.TryRead(out var line))
                    {
                        break;
                    }

                    read = Parse(line);
                }
                catch (Exception unreadable) when (unreadable is IOException or InvalidDataException or FormatException)
                {
                    throw new BackupException($"The backup is damaged: {folder.In(file.Name)}: line {lines.Number}: {unreadable.Message}", unreadable);
                }

                yield return read;
            }

            cancellation.ThrowIfCancellationRequested();
            // Files are read without waiting for anything; whoever shares the thread gets it now and then.
            await Task.Yield();
        }
    }

    private RawEvent Parse(Memory<byte> line)
    {
        var fields = ((ReadOnlySpan<byte>)line.Span).Split((byte)'\t');
        var count = 0;
        foreach (var field in fields)
        {
            if (count == Columns)
            {
                throw new FormatException($"it has more than {Columns} fields");
            }

            _fields[count++] = field;
        }

        if (count != Columns)
        {
            throw new FormatException($"it has {count} fields, not {Columns}");
        }

        // Both names before the data: unescaping works in place.
        var data = line[_fields[Data]];
        return new RawEvent(
            _names.StreamId(CopyText.Unescape(line.Span[_fields[Stream]])),
            Number(line.Span[_fields[Version]]),
            _names.TypeName(CopyText.Unescape(line.Span[_fields[Type]])),
            data[..CopyText.Unescape(data.Span).Length],
            Number(line.Span[_fields[Sequence]]),
            CopyText.TimeOf(line.Span[_fields[StoredAt]]));
    }

    private static long Number(ReadOnlySpan<byte> field) =>
        Utf8Parser.TryParse(field, out long number, out var used) && used == field.Length && number > 0
            ? number
            : throw new FormatException($"'{System.Text.Encoding.UTF8.GetString(field)}' is no number of an event");

    private sealed class Lines(string path) : IDisposable
    {
        private readonly GZipStream _text = new(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16), CompressionMode.Decompress);
        private byte[] _buffer = new byte[BufferBytes];
        private int _from;
        private int _to;

        internal long Number { get; private set; }

        internal bool TryRead(out Memory<byte> line)
        {
            Number++;
            var searched = 0;
            while (true)
            {
                var end = _buffer.AsSpan(_from + searched, _to - _from - searched).IndexOf((byte)'\n');
                if (end >= 0)
                {
                    line = _buffer.AsMemory(_from, searched + end);
                    _from += searched + end + 1;
                    return true;
                }

                searched = _to - _from;
                if (!Fill())
                {
                    line = default;
                    return searched == 0 ? false : throw new FormatException("the file ends inside a line");
                }
            }
        }

        public void Dispose() => _text.Dispose();

        private bool Fill()
        {
            if (_from > 0)
            {
                _buffer.AsSpan(_from, _to - _from).CopyTo(_buffer);
                (_from, _to) = (0, _to - _from);
            }

            if (_to == _buffer.Length)
            {
                Array.Resize(ref _buffer, 2 * _buffer.Length);
            }

            var read = _text.Read(_buffer, _to, _buffer.Length - _to);
            _to += read;
            return read > 0;
        }
    }
}
