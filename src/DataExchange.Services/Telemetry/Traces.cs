using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using DataExchange.Domain;

namespace DataExchange.Services.Telemetry;

/// <summary>
/// Spans of what the exchange does (decision 0024). Everything that is about one deal is in one trace, whose id is made of the deal's, so that whoever
/// meets the deal again, after a message, a crash or a month, finds its trace without having kept anything. What led there from outside, a request or a
/// message, is linked. What is about no deal stays in the trace that it came with. While nobody listens nothing is made and nothing is sent along.
/// Spans say what was done to which deal, by no name of a party and with no content.
/// </summary>
public static class Traces
{
    /// <summary>Name of the source of the spans.</summary>
    public const string SourceName = "DataExchange";

    private const string DealTag = "dx.deal";
    private static readonly ActivitySource Source = new(SourceName);
    private static readonly ConcurrentDictionary<Type, Func<object, DealId>?> Deals = new();

    /// <summary>Whether anybody listens.</summary>
    public static bool AreWanted => Source.HasListeners();

    /// <summary>The trace of a deal: the first 16 bytes of the SHA-256 of <c>deal/</c> and its id.</summary>
    /// <param name="deal">The deal.</param>
    public static ActivityTraceId Of(DealId deal) =>
        ActivityTraceId.CreateFromBytes(SHA256.HashData(Encoding.UTF8.GetBytes("deal/" + deal.Value)).AsSpan(0, 16));

    /// <summary>Begins a span about a command; it is to be disposed of at the end.</summary>
    /// <param name="doing">What is done with the command, a verb.</param>
    /// <param name="kind">Which side of a message it is on.</param>
    /// <param name="command">The command.</param>
    /// <param name="cause">The span that it follows from; that of the caller, when not given.</param>
    /// <returns>Null when nobody listens. When it ends, the caller's span need not be the current one again: begin it in an async method of its own.</returns>
    public static Activity? Begin(string doing, ActivityKind kind, Command command, ActivityContext cause = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        return AreWanted ? Start($"{doing} {command.GetType().Name}", kind, DealOf(command), cause) : null;
    }

    /// <summary>Says how a command was answered.</summary>
    /// <param name="span">The span about it; null when nobody listens.</param>
    /// <param name="answer">The answer.</param>
    public static void Answered(this Activity? span, CommandAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        if (span is not null)
        {
            span.SetTag("dx.facts", answer.Outcome.Events.Count);
            span.SetTag("dx.sequence", answer.Sequence);
            span.SetTag("dx.repeated", answer.WasRepeated ? true : null);
            // A refusal is an answer, not a failure.
            span.SetTag("dx.rejection", answer.Outcome.Rejection?.ToString());
        }
    }

    // What is sent along with a message, so that who takes it goes on from here; null when there is nothing.
    internal static string? Sent => AreWanted ? Activity.Current?.Id : null;

    internal static ActivityContext Taken(string? sent) => sent is not null && ActivityContext.TryParse(sent, null, isRemote: true, out var context) ? context : default;

    // A fact of a deal leaves the store: who reacts to it goes on from there.
    internal static string? Feed(Event fact)
    {
        if (!AreWanted || DealOf(fact) is not { } deal)
        {
            return null;
        }

        var around = Activity.Current;
        var span = Start($"feed {fact.GetType().Name}", ActivityKind.Producer, deal, default);
        span?.Dispose();
        Activity.Current = around;
        return span?.Id;
    }

    // The part of a command that its partition's group commit took.
    internal static void Committed(Activity? span, CommitTime commit)
    {
        if (span is not null && commit.Sequence > 0)
        {
            using var part = Source.StartActivity("commit", ActivityKind.Internal, span.Context, startTime: commit.Began);
            part?.SetTag("dx.events", commit.Events);
            part?.SetEndTime(commit.Ended.UtcDateTime);
        }
    }

    // Reactions are decided and committed together: each has the time of all.
    internal static void Reacted(string partition, IReadOnlyList<Reaction> reactions, CommitTime commit)
    {
        if (!AreWanted)
        {
            return;
        }

        var around = Activity.Current;
        foreach (var reaction in reactions)
        {
            if (DealOf(reaction.Command) is { } deal)
            {
                using var span = Start($"react {reaction.Command.GetType().Name}", ActivityKind.Consumer, deal, Taken(reaction.Fact.Trace));
                span?.SetStartTime(commit.Began.UtcDateTime).SetEndTime(commit.Ended.UtcDateTime);
                span?.SetTag("dx.partition", partition);
                span?.SetTag("dx.fact", reaction.At.Sequence);
            }
        }

        Activity.Current = around;
    }

    private static Activity? Start(string name, ActivityKind kind, DealId? deal, ActivityContext cause)
    {
        var ambient = Activity.Current?.Context ?? default;
        cause = cause == default ? ambient : cause;
        var parent = deal is not { } about ? cause
            : cause.TraceId == Of(about) ? cause
            : new ActivityContext(Of(about), default, ActivityTraceFlags.Recorded);
        ActivityLink[] links = [.. new[] { cause, ambient }.Where(one => one != default && one.SpanId != parent.SpanId).Distinct().Select(one => new ActivityLink(one))];
        if (parent.SpanId == default && parent != default)
        {
            // The first in its trace here: it would take the span around it for its parent, which is one of another trace.
            Activity.Current = null;
        }

        var span = Source.StartActivity(name, kind, parent, links: links);
        span?.SetTag(DealTag, deal?.Value);
        return span;
    }

    // By the stream, or by the one property that says it.
    private static DealId? DealOf(object said)
    {
        var read = Deals.GetOrAdd(said.GetType(), type =>
            type.GetProperty("Deal", BindingFlags.Public | BindingFlags.Instance) is { } property && property.PropertyType == typeof(DealId)
                ? instance => (DealId)property.GetValue(instance)!
                : null);
        return read?.Invoke(said) is { Value: not null } deal ? deal : null;
    }
}

/// <summary>When a group commit was made and what of.</summary>
/// <param name="Began">When its work was taken, or its writing began.</param>
/// <param name="Ended">When it was on the server's disk.</param>
/// <param name="Events">Events in it.</param>
/// <param name="Sequence">Place of the last of them; 0 where there was nothing to commit.</param>
internal readonly record struct CommitTime(DateTimeOffset Began, DateTimeOffset Ended, int Events, long Sequence);
