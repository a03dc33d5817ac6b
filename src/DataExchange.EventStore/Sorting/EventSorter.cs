using System.Runtime.CompilerServices;
using DataExchange.EventStore.Reading;

namespace DataExchange.EventStore.Sorting;

/// <summary>How <see cref="EventSorter"/> works; the result does not depend on it.</summary>
/// <param name="ChunkEvents">Events that are sorted in memory at a time, 1 or more.</param>
/// <param name="ChunkBytes">Bytes of JSON after which a chunk is sorted before it has so many events, 1 or more.</param>
/// <param name="MostOpen">Runs that are open at a time, 2 or more: more than these are merged in levels.</param>
public sealed record EventSorterOptions(int ChunkEvents = 250_000, int ChunkBytes = 128 << 20, int MostOpen = 512);

/// <summary>
/// Puts events that come in the market's order into the order of streams, in memory that does not grow with their number: chunks are sorted
/// and written into temporary files beside the caller's work, and these runs are merged at the end. One thread at a time uses it.
/// </summary>
public sealed class EventSorter : IAsyncDisposable
{
    private readonly string _folder;
    private readonly EventSorterOptions _options;
    private readonly List<string> _runs = [];
    private readonly Dictionary<string, int> _typeNumbers = new(StringComparer.Ordinal);
    private readonly List<string> _types = [];
    private SortChunk _filling = new();
    private SortChunk _spare = new();
    private Task _sorting = Task.CompletedTask;
    private int _files;
    private bool _isCollected;

    /// <summary>Starts, and makes the folder.</summary>
    /// <param name="folder">Folder for the runs, which is not there yet; it is deleted at the end.</param>
    /// <param name="options">How to work; null for the usual.</param>
    /// <exception cref="IOException">The folder is there already or cannot be made.</exception>
    public EventSorter(string folder, EventSorterOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        _options = options ?? new();
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.ChunkEvents, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.ChunkBytes, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.MostOpen, 2, nameof(options));
        if (Path.Exists(folder))
        {
            throw new IOException($"'{folder}' is there already");
        }

        Directory.CreateDirectory(folder);
        _folder = folder;
    }

    /// <summary>Events taken.</summary>
    public long Events { get; private set; }

    /// <summary>Bytes of temporary files written for chunks, without those of further levels.</summary>
    public long RunBytes { get; private set; }

    /// <summary>Takes an event; its JSON is copied.</summary>
    /// <param name="streamId">The stream it belongs to.</param>
    /// <param name="version">Its place in the stream, 0 or more.</param>
    /// <param name="typeName">The name it is stored under.</param>
    /// <param name="json">Its data.</param>
    /// <param name="sequence">Its place in the global order, 0 or more.</param>
    /// <exception cref="InvalidOperationException">The sorted events have been asked for already.</exception>
    /// <exception cref="IOException">A temporary file cannot be written.</exception>
    public ValueTask AddAsync(string streamId, long version, string typeName, ReadOnlySpan<byte> json, long sequence)
    {
        ArgumentException.ThrowIfNullOrEmpty(streamId);
        ArgumentNullException.ThrowIfNull(typeName);
        ArgumentOutOfRangeException.ThrowIfNegative(version);
        ArgumentOutOfRangeException.ThrowIfNegative(sequence);
        if (_isCollected)
        {
            throw new InvalidOperationException("The sorted events have been asked for: none can be added.");
        }

        if (!_typeNumbers.TryGetValue(typeName, out var type))
        {
            _typeNumbers.Add(typeName, type = _types.Count);
            _types.Add(typeName);
        }

        Events++;
        _filling.Add(streamId, version, type, sequence, json);
        return _filling.Count < _options.ChunkEvents && _filling.JsonBytes < _options.ChunkBytes ? ValueTask.CompletedTask : SortFillingAsync();
    }

    /// <summary>
    /// All events taken, in the order of stream ids (by UTF-8 bytes), then of version, then of sequence. What is handed out is valid until the next
    /// event; <see cref="RawEvent.StoredAt"/> is not kept. May be asked for once.
    /// </summary>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="IOException">A temporary file cannot be written or read.</exception>
    public async IAsyncEnumerable<RawEvent> SortedAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        _isCollected = true;
        if (_filling.Count > 0)
        {
            await SortFillingAsync().ConfigureAwait(false);
        }

        await _sorting.ConfigureAwait(false);
        // The chunks' buffers are not needed while the runs' are.
        (_filling, _spare) = (new(), new());
        while (_runs.Count > _options.MostOpen)
        {
            MergeSome(cancellation);
        }

        using var merge = new RunMerge(_runs);
        var (streamUtf8, stream) = (Array.Empty<byte>(), "");
        while (merge.Next() is { } next)
        {
            if ((next.Sequence & 0xFFFF) == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            if (!next.Stream.SequenceEqual(streamUtf8))
            {
                (streamUtf8, stream) = (next.Stream.ToArray(), next.StreamText());
            }

            yield return new RawEvent(stream, next.Version, _types[next.Type], next.Json, next.Sequence, default);
        }
    }

    /// <summary>Ends it and deletes the temporary files.</summary>
    public async ValueTask DisposeAsync()
    {
        await _sorting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    // One chunk is sorted while the next one fills: no more than two are ever in memory.
    private async ValueTask SortFillingAsync()
    {
        await _sorting.ConfigureAwait(false);
        var chunk = _filling;
        (_filling, _spare) = (_spare, chunk);
        var path = NextFile();
        _sorting = Task.Run(() =>
        {
            var bytes = chunk.WriteRun(path);
            _runs.Add(path);
            RunBytes += bytes;
        });
    }

    // Only so many that the rest can be open at a time: what is merged here is written and read once more.
    private void MergeSome(CancellationToken cancellation)
    {
        var some = _runs.GetRange(0, Math.Min(_options.MostOpen, _runs.Count - _options.MostOpen + 1));
        var path = NextFile();
        using (var merge = new RunMerge(some))
        using (var run = new SortRunWriter(path))
        {
            for (var count = 1L; merge.Next() is { } next; count++)
            {
                if ((count & 0xFFFF) == 0)
                {
                    cancellation.ThrowIfCancellationRequested();
                }

                run.Write(next.Stream, next.Version, next.Type, next.Sequence, next.Json.Span);
            }

            run.Complete();
        }

        foreach (var merged in some)
        {
            File.Delete(merged);
        }

        _runs.RemoveRange(0, some.Count);
        _runs.Add(path);
    }

    private string NextFile() => Path.Combine(_folder, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"run-{_files++:00000}"));
}
