using System.Text.Json.Nodes;
using DataExchange.Domain;
using DataExchange.Exchange.Logs;

namespace DataExchange.Handles;

/// <summary>Puts a record together: which index and how long to keep what.</summary>
internal sealed class RecordBuilder(HandleName name, IReadOnlyList<HandleFact> facts, HandleContext context)
{
    // 1 is left for the URL of a service; the Handle System keeps 100 and 300 for administrators' values by custom.
    private const int MetadataIndex = 10;
    private const int StateIndex = 20;
    private const int ProofIndex = 30;
    private const int FirstLink = 1_000;

    // RFC 3651 proposes a day where nothing is said. What may still change is kept for a minute.
    private const int Day = 86_400;
    private const int Minute = 60;

    private readonly List<HandleLink> _links = [];
    private readonly List<HandleProof> _proofs = [];
    private SimulatedTime _linksChanged;
    private HandleMetadata? _metadata;
    private HandleState? _state;
    private SimulatedTime _described;

    /// <summary>What the thing is.</summary>
    internal RecordBuilder Describe(SimulatedTime at, JsonObject fields)
    {
        (_metadata, _described) = (new HandleMetadata(fields), at);
        return this;
    }

    /// <summary>What has become of it.</summary>
    internal RecordBuilder In(string state, SimulatedTime since, bool isEnded, JsonObject? details = null)
    {
        var (zh, en) = StateWords.Of(name.Kind, state);
        _state = new HandleState(state, zh, en, since, isEnded, details);
        return this;
    }

    /// <summary>A link.</summary>
    internal RecordBuilder Link(string relation, SimulatedTime at, HandleName target, JsonObject? details = null)
    {
        _links.Add(new HandleLink(relation, target, null, details));
        _linksChanged = at > _linksChanged ? at : _linksChanged;
        return this;
    }

    /// <summary>How many links there are of a relation.</summary>
    internal RecordBuilder Count(string relation, SimulatedTime at, int count)
    {
        _links.Add(new HandleLink(relation, null, count));
        _linksChanged = at > _linksChanged ? at : _linksChanged;
        return this;
    }

    /// <summary>Links to a party.</summary>
    internal RecordBuilder Party(string relation, SimulatedTime at, PartyId party, JsonObject? details = null) =>
        Link(relation, at, new HandleName(HandleKind.Party, party.Value, 0), details);

    /// <summary>Links to the party that a venue is.</summary>
    internal RecordBuilder Venue(string relation, SimulatedTime at, VenueId venue) => Party(relation, at, new PartyId("venue-" + venue.Value));

    /// <summary>The fact that it rests on.</summary>
    internal RecordBuilder RestsOn(string what, HandleFact fact)
    {
        _proofs.Add(new HandleProof(what, fact.Stream, fact.Version, EventNameAttribute.Of(fact.Data), LogOf(fact)));
        return this;
    }

    internal HandleRecord Build()
    {
        var ttl = _state!.IsEnded ? Day : Minute;
        List<HandleValue> values =
        [
            new(MetadataIndex, _metadata!, Day, _described),
            new(StateIndex, _state, ttl, _state.Since),
        ];
        values.AddRange(_proofs.Select((proof, place) => new HandleValue(ProofIndex + place, proof, ttl, TimeOf(proof))));
        values.AddRange(_links.Select((link, place) => new HandleValue(FirstLink + place, link, ttl, _linksChanged)));
        return new HandleRecord(name, values);
    }

    private SimulatedTime TimeOf(HandleProof proof) => facts.First(fact => fact.Stream == proof.Stream && fact.Version == proof.Version).Data.At;

    // The rules are the logs' own; they follow from the facts of the thing alone.
    private string? LogOf(HandleFact wanted)
    {
        var routing = new LogRouting();
        foreach (var venue in context.Logs)
        {
            routing.Open(venue);
        }

        foreach (var fact in facts)
        {
            var log = routing.LogOf(fact.Stream, fact.Data);
            if (ReferenceEquals(fact, wanted))
            {
                return log is { } place ? routing.Venues[place] : null;
            }
        }

        return null;
    }
}
