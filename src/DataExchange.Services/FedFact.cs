using DataExchange.Exchange;
using DataExchange.Services.Messages;
using DataExchange.Services.Telemetry;

namespace DataExchange.Services;

/// <summary>A fact on its way through the feed. Most concern nobody else: it is written for a message when it is to go into one.</summary>
internal sealed class FedFact(long sequence, RecordedEvent fact, FactEnvelope? stored)
{
    private FactEnvelope? _envelope;

    public long Sequence => sequence;

    public string Stream => fact.Stream;

    public int Version => fact.Version;

    public Domain.Event Data => fact.Data;

    public FactEnvelope Envelope => _envelope ??= (stored ?? Facts.Envelope(fact, sequence)) with { Trace = Traces.Feed(fact.Data) };

    /// <summary>One that was committed here.</summary>
    public static FedFact Of(RecordedEvent fact, long sequence) => new(sequence, fact, null);

    /// <summary>One that was read from the store.</summary>
    public static FedFact Of(FactEnvelope stored) => new(stored.Sequence, Facts.Read(stored), stored);
}
