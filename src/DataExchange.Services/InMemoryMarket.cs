using DataExchange.Domain;
using DataExchange.Domain.Trust;
using DataExchange.EventStore.Serialization;
using DataExchange.Exchange;
using DataExchange.Exchange.Logs;
using DataExchange.Trust;
using DataExchange.Trust.Logs;

namespace DataExchange.Services;

/// <summary>
/// The whole exchange in this process and in memory, with the venues' logs: what services record of the same commands, in lockstep, must be the same
/// facts in the same order.
/// </summary>
public sealed class InMemoryMarket : IExchange, IEventSink, IVenueLogs
{
    private readonly LogKeeper _keeper;
    private readonly InProcessExchange _exchange;
    private readonly List<RecordedEvent> _facts = [];
    private readonly List<long> _eventful = [];
    private readonly List<int> _factsBefore = [];

    /// <summary>An empty one.</summary>
    /// <param name="keys">The venues' keys; they must outlive it.</param>
    public InMemoryMarket(VenueKeys keys) => (_keeper, _exchange) = (new LogKeeper(keys), new InProcessExchange(this, this));

    /// <summary>The facts, in the order in which they were recorded.</summary>
    public IReadOnlyList<RecordedEvent> Facts => _facts;

    /// <summary>Commands that were given.</summary>
    public long Commands { get; private set; }

    /// <summary>Numbers of the commands, from 1, of which something came, but for those to logs.</summary>
    public IReadOnlyList<long> Eventful => _eventful;

    /// <summary>How many facts there were before each of <see cref="Eventful"/>.</summary>
    public IReadOnlyList<int> FactsBefore => _factsBefore;

    /// <inheritdoc />
    public async ValueTask<Outcome> SubmitAsync(Command command, CancellationToken cancellation)
    {
        Commands++;
        var before = _facts.Count;
        var outcome = await _exchange.SubmitAsync(command, cancellation).ConfigureAwait(false);
        if (_facts.Count > before && command is not LogCommand)
        {
            _eventful.Add(Commands);
            _factsBefore.Add(before);
        }

        return outcome;
    }

    /// <inheritdoc />
    public ValueTask AppendAsync(IReadOnlyList<RecordedEvent> events, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(events);
        foreach (var fact in events)
        {
            _facts.Add(fact);
            _keeper.Append(fact.Stream, fact.Version, EventRegistry.NameOf(fact.Data), EventJson.Write(fact.Data), fact.Data);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc />
    public string OriginOf(VenueId venue) => _keeper.Keys.Origin(venue.Value);

    /// <inheritdoc />
    public LogKey? KeyOf(VenueId venue, int generation)
    {
        if (!_keeper.Keys.Has(venue.Value, generation))
        {
            return null;
        }

        var key = _keeper.Keys.Of(venue.Value, generation);
        return new LogKey(generation, key.KeyId, key.PublicKey);
    }

    /// <inheritdoc />
    public ValueTask<TreeHead> HeadOfAsync(VenueId venue, CancellationToken cancellation) => new(_keeper.HeadOf(venue.Value));
}
