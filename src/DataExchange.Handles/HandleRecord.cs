using System.Text.Json.Nodes;
using DataExchange.Domain;

namespace DataExchange.Handles;

/// <summary>What a handle resolves to: a set of typed values, after RFC 3651, section 3.1. Index numbers are unique in it.</summary>
/// <param name="Name">The handle.</param>
/// <param name="Values">The values in the order of their index.</param>
public sealed record HandleRecord(HandleName Name, IReadOnlyList<HandleValue> Values)
{
    /// <summary>The one value that says what state the thing is in.</summary>
    public HandleState State => Values.Select(value => value.Data).OfType<HandleState>().Single();

    /// <summary>Where it leads.</summary>
    public IEnumerable<HandleLink> Links => Values.Select(value => value.Data).OfType<HandleLink>();

    /// <summary>The facts it rests on.</summary>
    public IEnumerable<HandleProof> Proofs => Values.Select(value => value.Data).OfType<HandleProof>();

    /// <summary>The one value that describes the thing.</summary>
    public HandleMetadata Metadata => Values.Select(value => value.Data).OfType<HandleMetadata>().Single();
}

/// <summary>One value.</summary>
/// <param name="Index">Its number in the set.</param>
/// <param name="Data">What it says; its type follows.</param>
/// <param name="TtlSeconds">For how long who has read it may keep it.</param>
/// <param name="Timestamp">Simulated time of the fact that last changed it.</param>
public sealed record HandleValue(int Index, HandleData Data, int TtlSeconds, SimulatedTime Timestamp);

/// <summary>What a value says.</summary>
public abstract record HandleData
{
    /// <summary>Name of the type, as it stands in a record.</summary>
    public abstract string Type { get; }
}

/// <summary>What the thing is.</summary>
/// <param name="Fields">Names and values; amounts in fen.</param>
public sealed record HandleMetadata(JsonObject Fields) : HandleData
{
    /// <inheritdoc />
    public override string Type => "DX.METADATA";
}

/// <summary>What has become of it.</summary>
/// <param name="State">The state's name.</param>
/// <param name="Zh">The same in Chinese.</param>
/// <param name="En">The same in English.</param>
/// <param name="Since">Since when.</param>
/// <param name="IsEnded">Whether it is over: a tombstone, which resolves for ever.</param>
/// <param name="Details">What else belongs to the state; null for nothing.</param>
public sealed record HandleState(string State, string Zh, string En, SimulatedTime Since, bool IsEnded, JsonObject? Details = null) : HandleData
{
    /// <inheritdoc />
    public override string Type => "DX.STATE";
}

/// <summary>A link to another thing.</summary>
/// <param name="Relation">How it is related, such as <c>certifiedBy</c>.</param>
/// <param name="Target">The other thing; null when only their number is told.</param>
/// <param name="Count">How many there are of this relation, those that are not listed included; null for the one that is named.</param>
/// <param name="Details">What else belongs to the link, such as a share; null for nothing.</param>
public sealed record HandleLink(string Relation, HandleName? Target, int? Count = null, JsonObject? Details = null) : HandleData
{
    /// <inheritdoc />
    public override string Type => "DX.LINK";
}

/// <summary>The fact that something rests on: a leaf of its venue's log.</summary>
/// <param name="Of">What rests on it: <c>record</c> that the thing exists, <c>state</c> that it is in its state.</param>
/// <param name="Stream">The fact's stream.</param>
/// <param name="Version">Its place there.</param>
/// <param name="Event">The name it is stored under.</param>
/// <param name="Log">The venue whose log it is a leaf of; null when no logs are kept.</param>
/// <param name="Leaf">The whole proof, when it was asked for: leaf, path and signed head.</param>
public sealed record HandleProof(string Of, string Stream, long Version, string Event, string? Log, JsonObject? Leaf = null) : HandleData
{
    /// <inheritdoc />
    public override string Type => "DX.PROOF";

    /// <summary>The fact, as <c>dx log prove</c> takes it: <c>product/P000042@3</c>.</summary>
    public string Fact => $"{Stream}@{Version}";
}

/// <summary>A stored fact.</summary>
/// <param name="Stream">Its stream.</param>
/// <param name="Version">Its place there, from 1.</param>
/// <param name="Sequence">Its place among all facts, rising.</param>
/// <param name="Data">What it says.</param>
public sealed record HandleFact(string Stream, long Version, long Sequence, Event Data);

/// <summary>What a resolution knows besides facts of the thing's own streams.</summary>
/// <param name="Now">The time it is resolved at. Later facts are left out.</param>
/// <param name="Logs">Venues whose logs are open, in the order of opening; none when no logs are kept.</param>
/// <param name="Parties">Counts of a party's products and deals, from a read model; null when not known.</param>
public sealed record HandleContext(SimulatedTime Now, IReadOnlyList<VenueId> Logs, PartyCounts? Parties = null);

/// <summary>How much a party did.</summary>
/// <param name="Products">Products it registered.</param>
/// <param name="Bought">Transactions registered as buyer.</param>
/// <param name="Sold">Transactions registered as seller.</param>
public sealed record PartyCounts(int Products, int Bought, int Sold);

/// <summary>There is no such thing, or not at that time; the message says what there is.</summary>
/// <param name="message">What is missing.</param>
/// <param name="isKnown">Whether the product, deal or party exists, and only what the handle names of it does not.</param>
public sealed class HandleNotFoundException(string message, bool isKnown) : Exception(message)
{
    /// <summary>Whether the product, deal or party exists, and only what the handle names of it does not.</summary>
    public bool IsKnown { get; } = isKnown;
}
