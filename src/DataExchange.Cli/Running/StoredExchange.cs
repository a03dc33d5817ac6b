using System.Text.Json;
using DataExchange.Cli.Commands;
using DataExchange.Domain;
using DataExchange.EventStore.Appending;
using DataExchange.EventStore.Reading;
using DataExchange.EventStore.Schema;
using DataExchange.EventStore.Serialization;
using DataExchange.Exchange;
using DataExchange.Exchange.Accounts;
using DataExchange.Trust;
using DataExchange.Trust.Logs;

namespace DataExchange.Cli.Running;

/// <summary>
/// The exchange that a store holds, made again in memory from its events, so that it can take more commands. New facts go the one path that a run's facts go:
/// they are posted, logged and folded as they are stored. The store is not touched before the first new fact.
/// </summary>
internal sealed class StoredExchange : IExchange, IEventSink, IAsyncDisposable
{
    private readonly OpenedStore _opened;
    private readonly BulkEventWriter? _writer;
    private readonly ReadModelStore? _models;
    private readonly VenueKeys _keys;
    private readonly StoreSink? _sink;
    private readonly InProcessExchange _exchange;
    private bool _hasBegun;

    private StoredExchange(OpenedStore opened, VenueKeys keys, BulkEventWriter? writer, int commitSize)
    {
        (_opened, _keys, _writer) = (opened, keys, writer);
        var logs = new LogKeeper(_keys);
        if (writer is not null)
        {
            _models = new ReadModelStore(opened.Store, opened.Database, startsNow: false);
            _sink = new StoreSink(writer, _models.Fold, writer.CommittedSequence, 2, commitSize, logs, new MarketLedger());
        }

        _exchange = new InProcessExchange(this, _sink is null ? null : new RunLogs(logs, _sink));
    }

    /// <summary>Time of the last fact; null in an empty store.</summary>
    public SimulatedTime? LastAt { get; private set; }

    /// <summary>Events that were there before.</summary>
    public long EventsBefore { get; private set; }

    /// <summary>Events that were added; in a trial those that would be.</summary>
    public long EventsAdded { get; private set; }

    /// <summary>Makes it again. The store is taken against other writers first, so that it is the same when it is written to.</summary>
    /// <param name="opened">The store, of a run that came to its end.</param>
    /// <param name="keysFolder">The folder of the keys that its logs are kept with; null for throw-away ones.</param>
    /// <param name="isTrial">Whether nothing is to be stored: commands are decided, and forgotten at the end.</param>
    /// <param name="observe">Sees every stored fact in order; null for nobody.</param>
    /// <param name="commitSize">Events committed together at least.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="EventStore.EventStoreException">The logs are kept with other keys, or another command is writing to the store.</exception>
    /// <exception cref="CommandFailedException">The run was interrupted, or the stored events do not fit together.</exception>
    public static async Task<StoredExchange> OpenAsync(
        OpenedStore opened, string? keysFolder, bool isTrial, Action<RecordedEvent>? observe, int commitSize, CancellationToken cancellation)
    {
        if (!opened.Identity.IsCompleted)
        {
            throw new CommandFailedException("The run that made this store was interrupted: it would not go on behind what is added. Run the same './dx simulate' to its end first.");
        }

        var run = opened.Identity;
        var keys = keysFolder is null ? VenueKeys.Derive(run.ScenarioName, run.Seed, run.Scale) : VenueKeys.Load(keysFolder);
        BulkEventWriter? writer;
        try
        {
            await RunKeys.EnsureServesAsync(opened.Database, keys, keysFolder, cancellation).ConfigureAwait(false);
            writer = isTrial
                ? null
                : await BulkEventWriter.StartAsync(opened.Database, new BulkEventWriterOptions { RunKey = run.Seed }, cancellation).ConfigureAwait(false);
        }
        catch
        {
            keys.Dispose();
            throw;
        }

        var exchange = new StoredExchange(opened, keys, writer, commitSize);
        try
        {
            await Task.Run(() => exchange.RestoreAsync(observe, cancellation), cancellation).ConfigureAwait(false);
            return exchange;
        }
        catch (Exception failure)
        {
            await exchange.DisposeAsync().ConfigureAwait(false);
            if (failure is ImpossibleHistoryException or InvalidOperationException or JsonException)
            {
                throw new CommandFailedException($"The stored events do not fit together: {failure.Message} './dx verify' names everything that is off.", failure);
            }

            throw;
        }
    }

    /// <inheritdoc />
    /// <exception cref="WrongInputException">The command's time is before the last fact.</exception>
    public async ValueTask<Outcome> SubmitAsync(Command command, CancellationToken cancellation)
    {
        if (command.At < LastAt)
        {
            throw new WrongInputException($"{command.GetType().Name} at {command.At} is before the last event of the store, at {LastAt}: time does not run backwards");
        }

        return await _exchange.SubmitAsync(command, cancellation).ConfigureAwait(false);
    }

    /// <summary>Takes the facts of one command.</summary>
    public async ValueTask AppendAsync(IReadOnlyList<RecordedEvent> events, CancellationToken cancellation)
    {
        EventsAdded += events.Count;
        LastAt = events[^1].Data.At;
        if (_sink is null)
        {
            return;
        }

        if (!_hasBegun)
        {
            _hasBegun = true;
            await new StoreIdentityTable(_opened.Database).BeginExtensionAsync(EventsBefore, cancellation).ConfigureAwait(false);
            _models!.Start();
        }

        await _sink.AppendAsync(events, cancellation).ConfigureAwait(false);
    }

    /// <summary>Has everything stored: events, signed heads of the logs, read models. Without a new fact nothing is done, unless an earlier adding was cut off.</summary>
    public async Task CompleteAsync(CancellationToken cancellation)
    {
        if (_sink is null || (!_hasBegun && !_opened.Identity.IsExtending))
        {
            return;
        }

        await _sink.CompleteAsync(cancellation).ConfigureAwait(false);
        await _models!.CompleteAsync(cancellation).ConfigureAwait(false);
        await new StoreIdentityTable(_opened.Database).EndExtensionAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Ends it; without <see cref="CompleteAsync"/> before, what was not committed yet is dropped.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_sink is not null)
        {
            await _sink.DisposeAsync().ConfigureAwait(false);
        }

        if (_models is not null)
        {
            await _models.DisposeAsync().ConfigureAwait(false);
        }

        if (_writer is not null)
        {
            await _writer.DisposeAsync().ConfigureAwait(false);
        }

        _keys.Dispose();
    }

    private async Task RestoreAsync(Action<RecordedEvent>? observe, CancellationToken cancellation)
    {
        RecordedEvent[] one = new RecordedEvent[1];
        await foreach (var raw in new RawEventReader(_opened.Database).ReadBySequenceAsync(cancellation: cancellation).ConfigureAwait(false))
        {
            var fact = new RecordedEvent(raw.StreamId, (int)raw.Version, EventJson.Read(raw.TypeName, raw.Json.Span));
            _exchange.Restore(fact);
            observe?.Invoke(fact);
            LastAt = fact.Data.At;
            EventsBefore++;
            if (_sink is not null)
            {
                one[0] = fact;
                await _sink.AppendAsync(one, cancellation).ConfigureAwait(false);
            }
        }

        _exchange.CompleteRestore();
        if (_sink is not null)
        {
            await _sink.ForgetStoredAsync(cancellation).ConfigureAwait(false);
        }
    }
}
