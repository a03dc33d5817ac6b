using DataExchange.Domain;

namespace DataExchange.Exchange;

/// <summary>A fact with its place: the stream, and the position in it.</summary>
/// <param name="Stream">Id of the stream.</param>
/// <param name="Version">1 for the first event of the stream, one more for each later one.</param>
/// <param name="Data">The fact.</param>
public readonly record struct RecordedEvent(string Stream, int Version, Event Data);

/// <summary>Where an exchange's facts go. The events of one command come together and are kept together.</summary>
public interface IEventSink
{
    /// <summary>Takes facts in the order in which they happened.</summary>
    ValueTask AppendAsync(IReadOnlyList<RecordedEvent> events, CancellationToken cancellation);
}
