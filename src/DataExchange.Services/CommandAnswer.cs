using System.Collections;
using System.Security.Cryptography;
using System.Text;
using DataExchange.Domain;
using DataExchange.EventStore.Serialization;
using DataExchange.Exchange;
using DataExchange.Services.Messages;

namespace DataExchange.Services;

/// <summary>What the services answer to a command.</summary>
/// <param name="Id">Id of the command.</param>
/// <param name="Stream">The stream of the facts.</param>
/// <param name="FirstVersion">Version of the first fact.</param>
/// <param name="LastVersion">Version of the last fact; one less than the first where there is none.</param>
/// <param name="Outcome">The facts and the rejection.</param>
/// <param name="Sequence">Place in the global order that everything recorded for it is not behind.</param>
/// <param name="WasRepeated">Whether the command had been executed before.</param>
/// <param name="MovedOn">Whether something else was due first and was done: the command is to be sent again.</param>
/// <param name="HasMoved">Whether it was not executed because its stream had another version, <paramref name="LastVersion"/>, than was expected.</param>
public sealed record CommandAnswer(
    Guid Id, string Stream, int FirstVersion, int LastVersion, Outcome Outcome, long Sequence, bool WasRepeated = false, bool MovedOn = false, bool HasMoved = false)
{
    // The facts as they were stored, where whoever decided has them; else they are written again.
    internal FactEnvelope[]? Written { get; init; }

    // In place of a rejection, where those are kept and sent by name: no decider gives it.
    private const string MovedName = "VersionMoved";

    /// <summary>Whether it was executed.</summary>
    public bool IsAccepted => !HasMoved && Outcome.Accepted;

    /// <summary>Why it was not, by name; null where it was.</summary>
    internal string? Refusal => HasMoved ? MovedName : Outcome.Rejection?.ToString();

    internal static CommandAnswer Moved(Guid id, string stream, int version) => new(id, stream, version + 1, version, new Outcome([], null), 0, HasMoved: true);

    internal static bool IsMoved(string? refusal) => refusal == MovedName;

    internal static Rejection? RejectionOf(string? refusal) => refusal is null or MovedName ? null : Enum.Parse<Rejection>(refusal);

    internal static CommandAnswer Of(AnswerEnvelope envelope) => new(
        envelope.Id, envelope.Stream, envelope.FirstVersion, envelope.LastVersion,
        new Outcome(envelope.Facts.Length == 0 ? [] : new SentFacts(envelope.Facts), RejectionOf(envelope.Rejection)),
        envelope.Sequence, envelope.WasRepeated, envelope.MovedOn, IsMoved(envelope.Rejection));

    internal AnswerEnvelope ToEnvelope() => new(
        Id, Stream, FirstVersion, LastVersion,
        Written ?? [.. Outcome.Events.Select((fact, index) => Facts.Envelope(new RecordedEvent(Stream, FirstVersion + index, fact), 0))],
        Refusal, Sequence, WasRepeated, MovedOn, null);
}

/// <summary>A command could not be handled; it was put aside and is in the quarantine.</summary>
/// <param name="id">Id of the command.</param>
/// <param name="reason">Why.</param>
public sealed class CommandPutAsideException(Guid id, string reason) : Exception($"Command {id} could not be handled and was put aside: {reason}")
{
    /// <summary>Id of the command, and of its row in the quarantine.</summary>
    public Guid Id => id;
}

/// <summary>The facts of an answer, read when somebody looks at them: most ask only whether there was a refusal.</summary>
/// <param name="envelopes">As they came.</param>
internal sealed class SentFacts(FactEnvelope[] envelopes) : IReadOnlyList<Event>
{
    private readonly Event?[] _read = new Event?[envelopes.Length];

    /// <inheritdoc />
    public int Count => envelopes.Length;

    /// <inheritdoc />
    public Event this[int index] => _read[index] ??= EventJson.Read(envelopes[index].Type, envelopes[index].Json.Utf8);

    /// <inheritdoc />
    public IEnumerator<Event> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>Facts to and from messages.</summary>
internal static class Facts
{
    internal static FactEnvelope Envelope(RecordedEvent fact, long sequence) => new(
        sequence, fact.Stream, fact.Version, EventRegistry.NameOf(fact.Data), new RawJson(EventJson.Write(fact.Data)));

    internal static RecordedEvent Read(FactEnvelope envelope) =>
        new(envelope.Stream, envelope.Version, EventJson.Read(envelope.Type, envelope.Json.Utf8));
}

/// <summary>Ids that follow from other ids, so that what is sent again after a failure has the id that it had.</summary>
internal static class DerivedId
{
    internal static Guid Of(Guid cause, string purpose) => Of(cause, Encoding.ASCII.GetBytes(purpose));

    internal static Guid Of(Guid cause, ReadOnlySpan<byte> purpose)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData([.. cause.ToByteArray(bigEndian: true), .. purpose], hash);
        // A UUID of version 8, RFC 9562: the rest is ours.
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
