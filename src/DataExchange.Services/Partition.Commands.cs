using System.Diagnostics;
using DataExchange.Domain;
using DataExchange.Domain.Trading;
using DataExchange.Domain.Trust;
using DataExchange.EventStore.Services;
using DataExchange.Exchange;
using DataExchange.Exchange.Logs;
using DataExchange.Services.Telemetry;

namespace DataExchange.Services;

/// <content>Commands: new or known, decided, answered.</content>
internal sealed partial class Partition
{
    // A refused order may still have money held for it, by this owner or one before: it is freed before the order is answered.
    private void Answer(CommandWork work, CommandAnswer answer)
    {
        if (answer.IsAccepted || answer.MovedOn || !(work.Held is { Outcome.Accepted: true } || work.IsRedelivered)
            || _table is not { } table || Release.Of(work.Command, table) is not { } release)
        {
            work.Complete(answer);
            return;
        }

        _ = ReleaseAsync();

        async Task ReleaseAsync()
        {
            try
            {
                await _sender.SendAsync(DerivedId.Of(work.Id, "release"), release, _stop.Token).ConfigureAwait(false);
                work.Complete(answer);
            }
            catch (Exception failure)
            {
                work.Fail(failure);
            }
        }
    }

    // Commands that were answered before are answered again; one that comes while it is under way waits for the same answer.
    private async Task<List<CommandWork>> NewCommandsAsync(List<CommandWork> commands, CancellationToken cancellation)
    {
        commands.RemoveAll(command => command.IsAnswered || command.Ended.IsCompleted);
        if (commands.Count == 0)
        {
            return commands;
        }

        var fresh = new List<CommandWork>(commands.Count);
        // What comes back with its money held is under way here since its first coming.
        var unknown = commands.Where(command => command.Held is null).Select(command => command.Id).ToArray();
        var handled = unknown.Length == 0 ? [] : await _reader.HandledAsync(unknown, cancellation).ConfigureAwait(false);
        foreach (var command in commands)
        {
            if (handled.TryGetValue(command.Id, out var before))
            {
                _underWay.Remove(command.Id);
                if (before.IsAccepted || !command.IsRedelivered)
                {
                    command.Complete(before);
                }
                else
                {
                    await LoadAsync(_table!, [.. Needs(command.Command)], cancellation).ConfigureAwait(false);
                    Answer(command, before);
                }
            }
            else if (_underWay.TryGetValue(command.Id, out var first) && !ReferenceEquals(first, command) && !first.Ended.IsFaulted)
            {
                _ = JoinAsync(first, command);
            }
            else
            {
                _underWay[command.Id] = command;
                fresh.Add(command);
            }
        }

        return fresh;
    }

    private static async Task JoinAsync(CommandWork first, CommandWork second)
    {
        await first.Ended.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (first.Answer is { } answer)
        {
            second.Complete(answer with { WasRepeated = true });
        }
        else
        {
            second.Fail(first.Ended.Exception!.InnerException!);
        }
    }

    // A deal comes into being by a message that follows its licence: until then only a claim keeps another offer from using its name. In lockstep nothing
    // happens in between.
    private async ValueTask<Dictionary<string, string>> ClaimAsync(List<CommandWork> commands, CancellationToken cancellation)
    {
        var orders = commands.Where(work => work.Held is null).Select(work => work.Command).OfType<PlaceOrder>().Select(order => (order.Deal.Value, order.Stream)).ToArray();
        return _isLockstep || orders.Length == 0 ? [] : await _reader.ClaimAsync(orders, cancellation).ConfigureAwait(false);
    }

    // Whether an order waits for its money; it comes back when that is answered.
    private bool Ask(StreamTable table, CommandWork work)
    {
        if (work.IsAsked && work.Held is null)
        {
            return true;
        }

        // Its time is set right when it is decided: without the turn nobody knows what time it is for the others.
        if (work.Held is not null || work.Command is not PlaceOrder || table.FirstOf(work.Command) is not { } first)
        {
            return false;
        }

        _ = HoldAsync(work, first);
        return true;
    }

    private async ValueTask<CommandAnswer?> DecideAsync(StreamTable table, CommandWork work, CancellationToken cancellation)
    {
        work.Command = InTime(work.Command);
        if (work.Expected is { } expected && table.VersionOf(work.Command.Stream) is var present && present != expected)
        {
            return CommandAnswer.Moved(work.Id, work.Command.Stream, present);
        }

        var command = work.Command is LogCommand log && _logs is not null
            ? await log.AnsweredAsync(table, _logs, cancellation).ConfigureAwait(false)
            : work.Command;
        if (command is BookCommand ofBook && table.DueBefore(ofBook) is { } due && Recorded(table, due) > 0)
        {
            return new CommandAnswer(work.Id, command.Stream, 1, 0, new Outcome([], null), 0, MovedOn: true);
        }

        if (work.Held is { Outcome.Accepted: false } refused)
        {
            return refused with { Id = work.Id };
        }

        var (version, before) = (table.VersionOf(command.Stream), table.Recorded.Count);
        var prepared = table.Prepare(command);
        if (prepared.Ended is null && prepared.First is { } first && work.Held is null)
        {
            if (!work.IsAsked)
            {
                _ = HoldAsync(work, first);
            }

            return null;
        }

        var outcome = prepared.Ended ?? table.Handle(prepared);
        Take(table);
        return new CommandAnswer(work.Id, command.Stream, version + 1, version + outcome.Events.Count, outcome, 0) { Written = WrittenOf(table, outcome, before) };
    }

    // They were written for the store a moment ago. What belongs to the command in other streams is recorded behind them.
    private Messages.FactEnvelope[] WrittenOf(StreamTable table, Outcome outcome, int before)
    {
        var written = new Messages.FactEnvelope[outcome.Events.Count];
        for (var i = 0; i < written.Length; i++)
        {
            var fact = table.Recorded[before + i];
            var stored = _batch[before + i];
            written[i] = ReferenceEquals(fact.Data, outcome.Events[i])
                ? new Messages.FactEnvelope(0, fact.Stream, fact.Version, stored.Type.Name, new RawJson(stored.Json.ToArray()))
                : throw new InvalidOperationException($"Fact {fact.Version} of {fact.Stream} is not what was answered.");
        }

        return written;
    }

    // The message stays unacknowledged meanwhile: an owner that dies here leaves it to the next one, which asks with the same id and gets the same answer.
    private async Task HoldAsync(CommandWork work, Command first)
    {
        work.IsAsked = true;
        using var span = Traces.Begin("ask", ActivityKind.Producer, first, work.Trace);
        try
        {
            work.Held = await _sender.SendAsync(DerivedId.Of(work.Id, "hold"), first, _stop.Token).ConfigureAwait(false);
            _crash?.Reach(CrashPoint.Held);
            if (!_work.Writer.TryWrite(work))
            {
                work.Fail(new OwnershipException($"Partition {_name} is being given up here; another process will take it."));
            }
        }
        catch (Exception failure)
        {
            work.Fail(failure);
        }
    }
}
