using DataExchange.Exchange;
using DataExchange.Simulation.Calibration;

namespace DataExchange.Cli.Running;

/// <summary>Takes a trial run's events, measures what calibration needs, and keeps nothing.</summary>
internal sealed class MeasuringSink(Measurement measurement) : IEventSink
{
    public long Events { get; private set; }

    public ValueTask AppendAsync(IReadOnlyList<RecordedEvent> events, CancellationToken cancellation)
    {
        for (var i = 0; i < events.Count; i++)
        {
            measurement.Count(events[i].Data);
        }

        Events += events.Count;
        return ValueTask.CompletedTask;
    }
}
