using System.Buffers;
using System.Text.Json;
using DataExchange.Cli.Commands;
using DataExchange.Domain;
using DataExchange.EventStore;
using DataExchange.EventStore.Reading;
using DataExchange.EventStore.Serialization;
using Npgsql;

namespace DataExchange.Cli.Running.Replay;

/// <summary>What is replayed, and how.</summary>
/// <param name="From">Where it begins to be told: earlier events are taken in silence. Null for the first event.</param>
/// <param name="To">The last moment; null for the last event.</param>
/// <param name="Speed">Simulated seconds a second, from <paramref name="From"/> on; null for as fast as possible.</param>
internal sealed record ReplayRange(SimulatedTime? From, SimulatedTime? To, double? Speed);

/// <summary>A replay at its end.</summary>
/// <param name="Events">Events up to then: the state is that after the event of this place in the order of commits.</param>
/// <param name="FirstAt">Time of the store's first event; null in an empty store.</param>
/// <param name="At">Time of the last event counted; null when there is none.</param>
/// <param name="IsEnd">Whether the store has no later event.</param>
/// <param name="Picture">The state then.</param>
/// <param name="Since">What came about since the beginning of the range.</param>
/// <param name="Digest">The digest of the events up to then.</param>
internal sealed record ReplayedMarket(
    long Events, SimulatedTime? FirstAt, SimulatedTime? At, bool IsEnd, MarketPicture Picture, ReplayTally Since, string Digest);

/// <summary>
/// Replays a store: folds its events in the order of commits up to the first that is later than a moment. Where times run back within that
/// order, as of commands that several services took, this is what was committed by then.
/// </summary>
/// <param name="database">The store's database.</param>
internal sealed class StoreReplay(NpgsqlDataSource database)
{
    private readonly RawEventReader _reader = new(database);

    /// <summary>Hears of each event from the beginning of the range on; null when nobody listens.</summary>
    public Action<StoredEvent>? OnEvent { get; init; }

    /// <summary>Hears of each day on which something happened, when it is over; null when nobody listens.</summary>
    public Action<DateOnly, ReplayTally>? OnDay { get; init; }

    /// <summary>Hears now and then how many events were taken.</summary>
    public Action<long>? OnProgress { get; init; }

    /// <summary>Events taken so far.</summary>
    public long Events { get; private set; }

    /// <summary>Time of the last of them.</summary>
    public SimulatedTime? At { get; private set; }

    /// <summary>Replays a range.</summary>
    /// <param name="range">The range.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="CommandFailedException">The events do not fit together.</exception>
    public async Task<ReplayedMarket> RunAsync(ReplayRange range, CancellationToken cancellation)
    {
        var (market, since, day, pace) = (new MarketAsOf(), new ReplayTally(), new ReplayTally(), new ReplayPace(range.Speed));
        SimulatedTime? first = null;
        var isEnd = true;
        await foreach (var raw in _reader.ReadBySequenceAsync(cancellation: cancellation).ConfigureAwait(false))
        {
            var data = Read(raw);
            first ??= data.At;
            if (data.At > range.To)
            {
                isEnd = false;
                break;
            }

            var isTold = range.From is null || data.At >= range.From;
            if (isTold)
            {
                if (day.Events > 0 && At!.Value.Date != data.At.Date)
                {
                    OnDay?.Invoke(At.Value.Date, day);
                    day = new ReplayTally();
                }

                await pace.UntilAsync(data.At, cancellation).ConfigureAwait(false);
            }

            var isFirstListing = market.Take(new StoredPlace(raw.Sequence, raw.StreamId, raw.Version), data);
            (Events, At) = (raw.Sequence, data.At);
            if (isTold)
            {
                day.Take(data, isFirstListing);
                since.Take(data, isFirstListing);
                OnEvent?.Invoke(StoredEvents.Read(raw));
            }

            if ((Events & 0xFFFF) == 0)
            {
                OnProgress?.Invoke(Events);
            }
        }

        if (day.Events > 0)
        {
            OnDay?.Invoke(At!.Value.Date, day);
        }

        return new ReplayedMarket(Events, first, At, isEnd, market.Complete(), since, await DigestAsync(Events, cancellation).ConfigureAwait(false));
    }

    private static Event Read(in RawEvent raw)
    {
        try
        {
            return EventJson.Read(raw.TypeName, raw.Json.Span);
        }
        catch (JsonException unreadable)
        {
            throw new CommandFailedException($"event {raw.Version} of {raw.StreamId} cannot be read: {unreadable.Message} See ./dx verify.", unreadable);
        }
    }

    // As docs/digest.md has it: by stream, so the events are read once more in that order.
    private async Task<string> DigestAsync(long upTo, CancellationToken cancellation)
    {
        using var digest = new StoreDigest();
        var buffer = new ArrayBufferWriter<byte>(1_024);
        string? stream = null;
        await foreach (var raw in _reader.ReadByStreamAsync(upTo, cancellation).ConfigureAwait(false))
        {
            if (raw.StreamId != stream)
            {
                digest.BeginStream(stream = raw.StreamId);
            }

            buffer.ResetWrittenCount();
            EventJson.Write(buffer, Read(raw));
            digest.Append(raw.TypeName, buffer.WrittenSpan);
        }

        return digest.Finish();
    }
}
