using System.Buffers;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Threading.Channels;
using DataExchange.EventStore.Appending;
using DataExchange.EventStore.Schema;
using DataExchange.EventStore.Sorting;

namespace DataExchange.EventStore.Backups;

/// <summary>
/// Writes a run into the files of a backup without any store: events come in global order from one producer, as they go to a
/// <see cref="BulkEventWriter"/>, and are packed on a thread of their own. Each event is also handed to a sorter, for what needs them by stream.
/// </summary>
public sealed class BackupWriter : IEventBatchWriter, IAsyncDisposable
{
    /// <summary>What the manifest says instead of a version of PostgreSQL when no server was there.</summary>
    public const string NoServer = "none";

    private const int QueuedBatches = 2;
    private const int FlushAt = 1 << 16;

    private readonly BackupFolder _folder;
    private readonly EventSorter _sorter;
    private readonly ulong _runKey;
    private readonly int _fileRows;
    private readonly Channel<EventBatch> _full = Channel.CreateBounded<EventBatch>(new BoundedChannelOptions(QueuedBatches) { SingleReader = true, SingleWriter = true });
    private readonly Channel<EventBatch> _empty = Channel.CreateUnbounded<EventBatch>();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<BackupFile> _files = [];
    private readonly List<BackupHead> _heads = [];
    private readonly ArrayBufferWriter<byte> _lines = new(FlushAt * 2);
    private readonly Task _running;
    private OpenFile? _file;
    private long _assigned;

    /// <summary>Starts.</summary>
    /// <param name="folder">The folder, which is there and empty.</param>
    /// <param name="sorter">Takes every event besides.</param>
    /// <param name="runKey">What the events' ids are made from, see <see cref="EventIds"/>.</param>
    /// <param name="fileRows">Events in a file, 1 or more.</param>
    public BackupWriter(BackupFolder folder, EventSorter sorter, ulong runKey, int fileRows = StoreBackup.FileRows)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(sorter);
        ArgumentOutOfRangeException.ThrowIfLessThan(fileRows, 1);
        (_folder, _sorter, _runKey, _fileRows) = (folder, sorter, runKey, fileRows);
        _running = Task.Run(WriteBatchesAsync);
    }

    /// <inheritdoc/>
    public EventBatch RentBatch() => _empty.Reader.TryRead(out var batch) ? batch : new EventBatch();

    /// <inheritdoc/>
    public async ValueTask<long> WriteAsync(EventBatch batch, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var first = _assigned + 1;
        batch.FirstSequence = first;
        _assigned += batch.Count;
        try
        {
            await _full.Writer.WriteAsync(batch, cancellation).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            // The channel is closed by the first failure; say that one.
            await _running.ConfigureAwait(false);
            throw;
        }

        return first;
    }

    /// <inheritdoc/>
    public async Task CompleteAsync(CancellationToken cancellation = default)
    {
        _full.Writer.TryComplete();
        await _running.WaitAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>What the backup says of itself, when everything has been written.</summary>
    /// <param name="identity">What a store of the run would be; that it came to its end is taken from here.</param>
    /// <param name="program">Version of this program.</param>
    /// <param name="takenAt">When it was made.</param>
    /// <param name="digest">The digest of all events.</param>
    public BackupManifest ManifestOf(StoreIdentity identity, string program, DateTimeOffset takenAt, string digest)
    {
        ArgumentNullException.ThrowIfNull(identity);
        return new BackupManifest
        {
            Format = BackupManifest.CurrentFormat,
            TakenAt = takenAt,
            Program = program,
            Postgres = NoServer,
            StoreFormat = identity.FormatVersion,
            Scenario = identity.ScenarioName,
            ScenarioHash = identity.ScenarioHash,
            Seed = identity.Seed,
            Scale = identity.Scale,
            CreatedWith = identity.CreatedWith,
            IsCompleted = identity.IsCompleted,
            RunEvents = identity.RunEvents,
            IsExtending = identity.IsExtending,
            Events = _assigned,
            LastSequence = _assigned,
            Digest = digest,
            Files = [.. _files],
            Heads = [.. _heads.OrderBy(head => head.Venue, StringComparer.Ordinal).ThenBy(head => head.Size)],
        };
    }

    /// <summary>The signed heads that came with the events, in the order of signing.</summary>
    public IReadOnlyList<BackupHead> Heads => _heads;

    /// <summary>Ends it; without <see cref="CompleteAsync"/> before, events on the way are dropped, and what is written is for the caller to delete.</summary>
    public async ValueTask DisposeAsync()
    {
        _full.Writer.TryComplete();
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _file?.Dispose();
        _stop.Dispose();
    }

    private async Task WriteBatchesAsync()
    {
        try
        {
            await foreach (var batch in _full.Reader.ReadAllAsync(_stop.Token).ConfigureAwait(false))
            {
                await WriteAsync(batch).ConfigureAwait(false);
                batch.Clear();
                _empty.Writer.TryWrite(batch);
            }

            CloseFile();
        }
        catch (Exception failure)
        {
            _full.Writer.TryComplete(failure);
            throw;
        }
    }

    private async Task WriteAsync(EventBatch batch)
    {
        // As if a store had committed the batch: one moment for all of it, and a command is never in two batches.
        var time = CopyText.Time(TimeProvider.System.GetUtcNow());
        for (var index = 0; index < batch.Count; index++)
        {
            var written = batch[index];
            _file ??= new OpenFile(_folder.In(BackupFolder.NameOf(written.Sequence)), written.Sequence);
            CopyText.WriteEvent(_lines, written, _runKey, time);
            await _sorter.AddAsync(written.StreamId, written.Version, written.Type.Name, written.Json.Span, written.Sequence).ConfigureAwait(false);
            if (_lines.WrittenCount >= FlushAt)
            {
                FlushLines();
            }

            if (written.Sequence - _file.First + 1 == _fileRows)
            {
                CloseFile(written.Sequence);
            }
        }

        _heads.AddRange(batch.Checkpoints.Select(head => new BackupHead(head.Venue, head.Size, head.Note)));
    }

    private void FlushLines()
    {
        _file!.Write(_lines.WrittenSpan);
        _lines.ResetWrittenCount();
    }

    private void CloseFile(long? last = null)
    {
        if (_file is null)
        {
            return;
        }

        FlushLines();
        _files.Add(_file.Complete(last ?? _assigned));
        _file = null;
    }

    private sealed class OpenFile : IDisposable
    {
        private readonly string _path;
        private readonly FileStream _bytes;
        private readonly SHA256 _hash = SHA256.Create();
        private readonly CryptoStream _hashed;
        private readonly GZipStream _packed;

        internal OpenFile(string path, long first)
        {
            (_path, First) = (path, first);
            _bytes = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
            _hashed = new CryptoStream(_bytes, _hash, CryptoStreamMode.Write, leaveOpen: true);
            _packed = new GZipStream(_hashed, CompressionLevel.Fastest);
        }

        internal long First { get; }

        internal void Write(ReadOnlySpan<byte> lines) => _packed.Write(lines);

        internal BackupFile Complete(long last)
        {
            _packed.Dispose();
            _hashed.Dispose();
            _bytes.Flush(flushToDisk: true);
            var file = new BackupFile(Path.GetFileName(_path), Convert.ToHexStringLower(_hash.Hash!), _bytes.Length, last - First + 1, First, last);
            Dispose();
            return file;
        }

        public void Dispose()
        {
            _bytes.Dispose();
            _hash.Dispose();
        }
    }
}
