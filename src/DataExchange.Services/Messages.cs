using System.Text.Json.Serialization;

namespace DataExchange.Services.Messages;

/// <summary>Commands to one partition: as many as were waiting when it was sent, since a message costs more than a command.</summary>
/// <param name="Commands">The commands, in order.</param>
public sealed record SubmitCommands([property: JsonConverter(typeof(PackedCommands))] CommandEnvelope[] Commands);

/// <summary>A command on its way.</summary>
/// <param name="Id">Id of the command: the same id is executed once, and answered alike as often as it comes.</param>
/// <param name="Type">The command's name.</param>
/// <param name="Json">The command.</param>
/// <param name="Expected">The version that its stream must have when it is decided; null for any.</param>
/// <param name="Trace">The span that it was sent from, as a W3C <c>traceparent</c>; null while nobody traces.</param>
public sealed record CommandEnvelope(Guid Id, string Type, RawJson Json, int? Expected = null, string? Trace = null);

/// <summary>The answers to <see cref="SubmitCommands"/>, in its order.</summary>
/// <param name="Answers">The answers.</param>
public sealed record CommandAnswers([property: JsonConverter(typeof(PackedAnswers))] AnswerEnvelope[] Answers);

/// <summary>A command's answer on its way.</summary>
/// <param name="Id">Id of the command.</param>
/// <param name="Stream">The stream of the facts.</param>
/// <param name="FirstVersion">Version of the first fact.</param>
/// <param name="LastVersion">Version of the last fact; one less than the first where there is none.</param>
/// <param name="Facts">The facts.</param>
/// <param name="Rejection">Why it was refused; null when accepted.</param>
/// <param name="Sequence">Place in the global order that everything recorded for it is not behind.</param>
/// <param name="WasRepeated">Whether it had been executed before.</param>
/// <param name="MovedOn">Whether something else was due first and was done: the command is to be sent again, once that has had its consequences.</param>
/// <param name="Fault">Why it could not be handled and was put aside; null otherwise.</param>
public sealed record AnswerEnvelope(
    Guid Id, string Stream, int FirstVersion, int LastVersion, FactEnvelope[] Facts, string? Rejection, long Sequence, bool WasRepeated, bool MovedOn, string? Fault)
{
    internal static AnswerEnvelope Faulty(Guid id, string fault) => new(id, "", 1, 0, [], null, 0, false, false, fault);
}

/// <summary>A fact on its way.</summary>
/// <param name="Sequence">Its place in the global order; 0 in an answer.</param>
/// <param name="Stream">Its stream.</param>
/// <param name="Version">Its place in the stream.</param>
/// <param name="Type">The name it is stored under.</param>
/// <param name="Json">Its JSON.</param>
/// <param name="Trace">The span that it was sent from, as a W3C <c>traceparent</c>; null while nobody traces.</param>
public sealed record FactEnvelope(long Sequence, string Stream, int Version, string Type, RawJson Json, string? Trace = null);

/// <summary>Committed facts that a partition must react to: all of them behind one position of the feed up to another.</summary>
/// <param name="FromSequence">The position behind which it begins: sequence.</param>
/// <param name="FromIndex">The position behind which it begins: index of the reaction.</param>
/// <param name="ToSequence">The position that it reaches: sequence.</param>
/// <param name="ToIndex">The position that it reaches: index of the reaction.</param>
/// <param name="Facts">The facts, in order; those that concern other partitions alone are left out.</param>
public sealed record ApplyFacts(
    long FromSequence, int FromIndex, long ToSequence, int ToIndex, [property: JsonConverter(typeof(PackedFacts))] FactEnvelope[] Facts);

/// <summary>A partition has handled <see cref="ApplyFacts"/>.</summary>
/// <param name="Sequence">Place in the global order that everything recorded thereby is not behind.</param>
public sealed record FactsApplied(long Sequence);

/// <summary>How far the feed has got, told to everybody now and then.</summary>
/// <param name="Sequence">All facts up to here were sent, and in lockstep handled.</param>
/// <param name="IsSettled">Whether, in lockstep, nothing behind it is known: the market rests.</param>
public sealed record FeedProgress(long Sequence, bool IsSettled);

/// <summary>Streams of one slot that grew behind one place of the global order up to another: for auditors.</summary>
/// <param name="Slot">The slot, from 0: it is what the broker's exchange hashes.</param>
/// <param name="FromSequence">The place behind which it begins.</param>
/// <param name="ToSequence">The place that it reaches.</param>
/// <param name="Streams">All streams of the slot that grew in between.</param>
public sealed record StreamsGrew(int Slot, long FromSequence, long ToSequence, string[] Streams);

/// <summary>Asks Trust to sign the heads of all logs as they are.</summary>
public sealed record SealLogs;

/// <summary>The logs are signed and stored.</summary>
/// <param name="Sequence">The last fact that they cover.</param>
public sealed record LogsSealed(long Sequence);
