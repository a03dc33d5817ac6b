using DataExchange.Domain.Trust;
using DataExchange.EventStore.Serialization;
using DataExchange.Exchange;
using DataExchange.Reports.Words;

namespace DataExchange.Cli.Running.Replay.Deals;

/// <summary>Asks an exchange for what a plan says.</summary>
internal static class DealListReplay
{
    /// <summary>Tries the deals in memory, so that nothing is written of a list that the exchange refuses.</summary>
    /// <param name="rows">The deals.</param>
    /// <param name="digest">SHA-256 of the file, hexadecimal.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>What the exchange refuses, by row.</returns>
    public static async Task<IReadOnlyList<RowProblem>> TryAsync(IReadOnlyList<DealRow> rows, string digest, CancellationToken cancellation)
    {
        var exchange = new InProcessExchange(new NoSink());
        var refused = new SortedDictionary<int, RowProblem>();
        foreach (var planned in new DealListPlan(rows, digest).Commands())
        {
            // Without keys no log is opened; and what follows from a refusal is refused too: the first reason is told.
            if (planned.Command is not OpenLog && (await exchange.SubmitAsync(planned.Command, cancellation).ConfigureAwait(false)).Rejection is { } reason)
            {
                refused.TryAdd(planned.Row, new RowProblem(planned.Row, "", $"the exchange refuses {planned.Command.GetType().Name}: {RejectionWords.Of(reason).En} ({reason})"));
            }
        }

        return [.. refused.Values];
    }

    /// <summary>Finds where a plan was cut off: whole commands were stored, in its order.</summary>
    /// <param name="commands">The plan.</param>
    /// <param name="events">How many events are stored.</param>
    /// <param name="last">The last of them.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The first command that is not stored; null when the events are not those of this plan.</returns>
    public static async Task<int?> CutAsync(IReadOnlyList<PlannedCommand> commands, long events, RecordedEvent last, CancellationToken cancellation)
    {
        var sink = new LastSink();
        var exchange = new InProcessExchange(sink);
        for (var i = 0; i < commands.Count && sink.Events < events; i++)
        {
            await exchange.SubmitAsync(commands[i].Command, cancellation).ConfigureAwait(false);
            // Here no log is opened, in the store it is one fact.
            sink.Events += commands[i].Command is OpenLog ? 1 : 0;
            if (sink.Events == events)
            {
                return sink.Last is { } made && (made.Stream, made.Version) == (last.Stream, last.Version) && EventJson.Write(made.Data).AsSpan().SequenceEqual(EventJson.Write(last.Data))
                    ? i + 1
                    : null;
            }
        }

        return null;
    }

    /// <summary>Writes the deals through a store's exchange.</summary>
    /// <param name="commands">The plan, of deals that the exchange takes.</param>
    /// <param name="from">The first command that is not stored yet.</param>
    /// <param name="exchange">The exchange.</param>
    /// <param name="onCommands">Hears now and then what share is done.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="InvalidOperationException">A command is refused that was not when it was tried: a defect.</exception>
    public static async Task WriteAsync(IReadOnlyList<PlannedCommand> commands, int from, StoredExchange exchange, Action<double> onCommands, CancellationToken cancellation)
    {
        for (var i = from; i < commands.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            if ((await exchange.SubmitAsync(commands[i].Command, cancellation).ConfigureAwait(false)).Rejection is { } reason)
            {
                throw new InvalidOperationException($"{commands[i].Command} of row {commands[i].Row} was refused: {reason}");
            }

            if ((i & 0xFFF) == 0)
            {
                onCommands((double)i / commands.Count);
            }
        }

        await exchange.CompleteAsync(cancellation).ConfigureAwait(false);
    }

    private sealed class LastSink : IEventSink
    {
        public long Events { get; set; }

        public RecordedEvent? Last { get; private set; }

        public ValueTask AppendAsync(IReadOnlyList<RecordedEvent> events, CancellationToken cancellation)
        {
            (Events, Last) = (Events + events.Count, events[^1]);
            return ValueTask.CompletedTask;
        }
    }

    private sealed class NoSink : IEventSink
    {
        public ValueTask AppendAsync(IReadOnlyList<RecordedEvent> events, CancellationToken cancellation) => ValueTask.CompletedTask;
    }
}
