using System.Diagnostics;
using System.Text.Json;
using DataExchange.Domain;
using DataExchange.EventStore;
using DataExchange.EventStore.Serialization;
using DataExchange.EventStore.Services;
using DataExchange.Services.Messages;
using DataExchange.Services.Telemetry;
using DataExchange.Trust;
using MassTransit;
using Npgsql;

namespace DataExchange.Services;

/// <summary>What all parts of a process share.</summary>
/// <param name="Database">The database.</param>
/// <param name="Bus">The bus.</param>
/// <param name="Map">Which partition owns what.</param>
/// <param name="Sender">Sends commands.</param>
/// <param name="Keys">The venues' keys, for Trust.</param>
/// <param name="Metrics">What is counted.</param>
/// <param name="Options">How the process was started.</param>
internal sealed record ServiceContext(
    NpgsqlDataSource Database, ServiceBus Bus, PartitionMap Map, ICommandSender Sender, VenueKeys Keys, ServiceMetrics Metrics, ServiceOptions Options)
{
    /// <summary>What its partitions committed a moment ago, for the feed.</summary>
    public RecentFacts Recent { get; } = new();
}

/// <summary>
/// Takes a partition when nobody holds it, takes its messages as long as it holds it, and stands by otherwise. What it has taken and can no longer
/// handle goes back to the queue, for the owner after it.
/// </summary>
internal sealed class PartitionHost(ServiceContext context, string name)
{
    private Partition? _partition;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isLeaving;
    private bool _isReceiving;
    private readonly TaskCompletionSource _rest = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isStandingBy;

    /// <summary>Whether this process owns the partition now, and its messages reach it.</summary>
    public bool IsOwner => Volatile.Read(ref _isReceiving);

    /// <summary>Whether another process owns the partition, so that this one waits for its turn.</summary>
    public bool IsStandingBy => Volatile.Read(ref _isStandingBy);

    /// <summary>The partition's name.</summary>
    public string Name => name;

    /// <summary>Has the logs signed, if this process owns them.</summary>
    public async Task SealAsync(CancellationToken cancellation)
    {
        if (Volatile.Read(ref _partition) is { } partition)
        {
            await partition.DoAsync(new SealWork()).WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Says no more of what comes due by itself: what is given is brought to its end, and then nothing happens any more.</summary>
    public void Rest() => _rest.TrySetResult();

    public async Task RunAsync(CancellationToken cancellation)
    {
        var standBy = context.Options.LeaseTime / 5;
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                var lease = await PartitionLease.TryTakeAsync(context.Database, name, context.Options.Owner, context.Options.LeaseTime, cancellation: cancellation)
                    .ConfigureAwait(false);
                Volatile.Write(ref _isStandingBy, lease is null);
                if (lease is not null)
                {
                    await OwnAsync(lease, cancellation).ConfigureAwait(false);
                    continue;
                }
            }
            catch (OwnershipException lost)
            {
                Log(LogGrade.Warning, "partition_lost", lost.Message);
            }
            catch (EventStoreException failure) when (failure is EventStoreUnavailableException or EventConcurrencyException)
            {
                Volatile.Write(ref _isStandingBy, false);
                Log(LogGrade.Warning, "store_unavailable", failure.Message);
            }

            await Task.Delay(standBy, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task OwnAsync(PartitionLease lease, CancellationToken cancellation)
    {
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var appender = await OwnedAppender.OpenAsync(
            context.Database, lease, PartitionMap.StreamKindsOf(name), context.Options.RunKey, cancellation: cancellation).ConfigureAwait(false);
        var logs = name == "trust" ? new ServiceLogs(context.Database, context.Keys) : null;
        await using var partition = new Partition(
            lease, context.Map, context.Database, appender, context.Sender, logs, context.Metrics, context.Recent, context.Options);
        Offer(partition, isLeaving: false);
        context.Metrics.Own(name, true);
        Log(LogGrade.Info, "partition_taken", "is owned here now");
        var holding = HoldAsync(lease, lost);
        var working = partition.RunAsync(lost.Token);
        var watching = context.Options.IsLockstep || !context.Options.WithDeadlines || !DeadlineWatch.IsNeededFor(name) ? Task.CompletedTask : WatchAsync(lost.Token);
        using var unreadable = context.Bus.Bus.ConnectReceiveObserver(new UnreadableMessages(context.Bus.QueueOf(name), Unreadable));
        HostReceiveEndpointHandle? endpoint = null;
        try
        {
            endpoint = await context.Bus.ReceiveAsync(name, Configure).ConfigureAwait(false);
            // What was sent before to a queue that nobody had made yet is lost with the in-memory transport.
            Volatile.Write(ref _isReceiving, true);
            await Task.WhenAny(working, holding).ConfigureAwait(false);
        }
        finally
        {
            Volatile.Write(ref _isReceiving, false);
            await lost.CancelAsync().ConfigureAwait(false);
            Offer(null, isLeaving: true);
            context.Metrics.Own(name, false);
            Log(LogGrade.Info, "partition_left", "is owned here no longer");
            if (endpoint is not null)
            {
                await endpoint.StopAsync(CancellationToken.None).ConfigureAwait(false);
            }

            await ((Task)holding).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await working.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await GiveBackAsync(lease).ConfigureAwait(false);
        }

        await working.ConfigureAwait(false);
    }

    private async Task WatchAsync(CancellationToken cancellation)
    {
        using var watch = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var watching = new DeadlineWatch(context, name).RunAsync(watch.Token);
        await Task.WhenAny(watching, _rest.Task).ConfigureAwait(false);
        await watch.CancelAsync().ConfigureAwait(false);
        await watching.ConfigureAwait(false);
    }

    private async Task GiveBackAsync(PartitionLease lease)
    {
        try
        {
            await lease.ReleaseAsync(context.Database).ConfigureAwait(false);
        }
        catch (EventStoreException)
        {
            // It runs out by itself.
        }
    }

    private async Task HoldAsync(PartitionLease lease, CancellationTokenSource lost)
    {
        var held = TimeProvider.System.GetTimestamp();
        while (!lost.IsCancellationRequested)
        {
            await Task.Delay(context.Options.LeaseTime / 4, lost.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                if (!await lease.RenewAsync(context.Database, context.Options.LeaseTime, cancellation: lost.Token).ConfigureAwait(false))
                {
                    return;
                }

                held = TimeProvider.System.GetTimestamp();
            }
            catch (Exception failure) when (failure is EventStoreException or OperationCanceledException)
            {
                if (TimeProvider.System.GetElapsedTime(held) > context.Options.LeaseTime)
                {
                    return;
                }
            }
        }
    }

    private void Offer(Partition? partition, bool isLeaving)
    {
        Volatile.Write(ref _isLeaving, isLeaving);
        Volatile.Write(ref _partition, partition);
        Interlocked.Exchange(ref _changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }

    private void Configure(IReceiveEndpointConfigurator endpoint)
    {
        endpoint.Handler<SubmitCommands>(async message =>
        {
            if (await IsForeignAsync(message).ConfigureAwait(false) is { } reason)
            {
                // Whoever sent it waits for an answer, and would send it again and again.
                await message.RespondAsync(new CommandAnswers([.. message.Message.Commands.Select(command => AnswerEnvelope.Faulty(command.Id, reason))])).ConfigureAwait(false);
                return;
            }

            if (await DoAsync(message, partition => SubmitAsync(partition, message)).ConfigureAwait(false) is { } answers)
            {
                await message.RespondAsync(answers).ConfigureAwait(false);
            }
        });
        endpoint.Handler<ApplyFacts>(async message =>
        {
            if (await IsForeignAsync(message).ConfigureAwait(false) is not null)
            {
                return;
            }

            var applied = await DoAsync(message, partition => partition.DoAsync(new FactsWork(message.Message))).ConfigureAwait(false);
            if (applied is not null && message.RequestId is not null)
            {
                await message.RespondAsync(new FactsApplied(applied.Sequence)).ConfigureAwait(false);
            }
        });
        endpoint.Handler<SealLogs>(async message =>
        {
            if (await IsForeignAsync(message).ConfigureAwait(false) is null && await DoAsync(message, partition => partition.DoAsync(new SealWork())).ConfigureAwait(false) is { } sealing)
            {
                await message.RespondAsync(new LogsSealed(sealing.Sequence)).ConfigureAwait(false);
            }
        });
    }

    // Commands of another store would be decided on this one's states, and facts of another taken for this one's: neither is handled. What cannot be put
    // aside either, as the server is away, goes to the queue of what failed.
    private async Task<string?> IsForeignAsync<T>(ConsumeContext<T> message)
        where T : class
    {
        if (ForeignMessage.Of(message, context.Bus.Store) is not { } row)
        {
            return null;
        }

        await new QuarantineShelf(context.Database).PutAsideAsync(name, row, message.CancellationToken).ConfigureAwait(false);
        context.Metrics.PutAside(name);
        Log(LogGrade.Error, "message_foreign", $"{row.Reason}; it was put aside; 'dx quarantine' shows it");
        return row.Reason;
    }

    // While this process holds the partition, a failed owner is followed by another; when it does not, the message goes back for whoever does.
    private async Task<T?> DoAsync<TMessage, T>(ConsumeContext<TMessage> message, Func<Partition, Task<T>> work)
        where TMessage : class
        where T : class
    {
        while (true)
        {
            var changed = Volatile.Read(ref _changed).Task;
            if (Volatile.Read(ref _partition) is { } partition)
            {
                try
                {
                    return await work(partition).ConfigureAwait(false);
                }
                catch (Exception failure) when (failure is OwnershipException or OperationCanceledException)
                {
                    await Task.WhenAny(changed, Task.Delay(TimeSpan.FromSeconds(1))).ConfigureAwait(false);
                    continue;
                }
            }

            if (Volatile.Read(ref _isLeaving))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50)).ConfigureAwait(false);
                await message.Forward(context.Bus.AddressOf(name)).ConfigureAwait(false);
                return null;
            }

            await changed.ConfigureAwait(false);
        }
    }

    private async Task<CommandAnswers> SubmitAsync(Partition partition, ConsumeContext<SubmitCommands> message)
    {
        var isRedelivered = message.ReceiveContext.Redelivered || message.GetRetryAttempt() > 0;
        var commands = message.Message.Commands;
        var answers = new Task<AnswerEnvelope>[commands.Length];
        for (var i = 0; i < commands.Length; i++)
        {
            answers[i] = AnswerAsync(partition, commands[i], isRedelivered);
        }

        return new CommandAnswers(await Task.WhenAll(answers).ConfigureAwait(false));
    }

    private async Task<AnswerEnvelope> AnswerAsync(Partition partition, CommandEnvelope envelope, bool isRedelivered)
    {
        var taken = TimeProvider.System.GetTimestamp();
        Command command;
        try
        {
            command = CommandCodec.Read(envelope.Type, envelope.Json.Utf8);
        }
        catch (JsonException failure)
        {
            await partition.DoAsync(new PoisonWork(new QuarantineRow(envelope.Id, "command", JsonSerializer.Serialize(envelope), failure.Message))).ConfigureAwait(false);
            Log(LogGrade.Error, "message_put_aside", $"message {envelope.Id} is no command and was put aside; 'dx quarantine' shows it");
            return AnswerEnvelope.Faulty(envelope.Id, failure.Message);
        }

        using var span = Traces.Begin("decide", ActivityKind.Consumer, command, Traces.Taken(envelope.Trace));
        span?.SetTag("dx.partition", name);
        try
        {
            var work = await partition.DoAsync(new CommandWork(envelope.Id, command, envelope.Expected, isRedelivered)).ConfigureAwait(false);
            Traces.Committed(span, work.Commit);
            span.Answered(work.Answer!);
            context.Metrics.Answered(name, command, work.Answer!, TimeProvider.System.GetElapsedTime(taken));
            return work.Answer!.ToEnvelope();
        }
        catch (CommandPutAsideException failure)
        {
            context.Metrics.PutAside(name);
            Log(LogGrade.Error, "message_put_aside", $"command {envelope.Id} ({envelope.Type}) cannot be handled and was put aside; 'dx quarantine' shows it");
            span?.SetStatus(ActivityStatusCode.Error, "put aside");
            return AnswerEnvelope.Faulty(envelope.Id, failure.Message);
        }
    }

    private void Unreadable()
    {
        context.Metrics.PutAside(name);
        Log(LogGrade.Error, "message_unreadable", $"a message that the bus cannot read was moved to the queue {context.Bus.QueueOf(name)}_error");
    }

    private void Log(LogGrade grade, string what, string text) => context.Options.Log(new LogLine(grade, what, text, name));
}
