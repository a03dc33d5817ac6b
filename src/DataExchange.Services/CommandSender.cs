using System.Collections.Concurrent;
using System.Threading.Channels;
using DataExchange.Domain;
using DataExchange.EventStore.Serialization;
using DataExchange.Services.Messages;
using MassTransit;

namespace DataExchange.Services;

/// <summary>
/// Sends commands over the bus. What is waiting for a partition goes in one message; what is not answered in time is sent again with the same id,
/// until the caller gives up.
/// </summary>
public sealed class CommandSender : ICommandSender, IAsyncDisposable
{
    private const int MostPerMessage = 500;
    private const int MessagesUnderWay = 8;
    private readonly ServiceBus _bus;
    private readonly PartitionMap _map;
    private readonly TimeSpan _patience;
    private readonly ConcurrentDictionary<string, Lane> _lanes = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Makes a sender.</summary>
    /// <param name="bus">The bus.</param>
    /// <param name="map">Which partition owns what.</param>
    /// <param name="patience">How long an answer may take before the command is sent again.</param>
    public CommandSender(ServiceBus bus, PartitionMap map, TimeSpan patience) => (_bus, _map, _patience) = (bus, map, patience);

    /// <inheritdoc />
    public Task<CommandAnswer> SendAsync(Guid id, Command command, int? expected, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        var waiting = new Waiting(new CommandEnvelope(id, CommandCodec.NameOf(command), new RawJson(CommandCodec.WriteUtf8(command)), expected));
        var lane = _lanes.GetOrAdd(_map.OwnerOf(command.Stream), partition => new Lane(this, partition));
        lane.Put(waiting);
        return waiting.Answered.Task.WaitAsync(cancellation);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        foreach (var lane in _lanes.Values)
        {
            await lane.StopAsync().ConfigureAwait(false);
        }

        _stop.Dispose();
    }

    private sealed class Waiting(CommandEnvelope command)
    {
        public CommandEnvelope Command => command;

        public TaskCompletionSource<CommandAnswer> Answered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Lane
    {
        private readonly Channel<Waiting> _queue = Channel.CreateUnbounded<Waiting>();
        private readonly CommandSender _sender;
        private readonly IRequestClient<SubmitCommands> _client;
        private readonly Task[] _sending;

        public Lane(CommandSender sender, string partition)
        {
            _sender = sender;
            _client = sender._bus.Bus.CreateRequestClient<SubmitCommands>(sender._bus.AddressOf(partition), sender._patience);
            _sending = [.. Enumerable.Range(0, MessagesUnderWay).Select(_ => Task.Run(SendAsync))];
        }

        public void Put(Waiting waiting)
        {
            if (!_queue.Writer.TryWrite(waiting))
            {
                waiting.Answered.TrySetException(new ObjectDisposedException(nameof(CommandSender)));
            }
        }

        public async Task StopAsync()
        {
            _queue.Writer.TryComplete();
            await Task.WhenAll(_sending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            while (_queue.Reader.TryRead(out var left))
            {
                left.Answered.TrySetException(new ObjectDisposedException(nameof(CommandSender)));
            }
        }

        private async Task SendAsync()
        {
            var taken = new List<Waiting>();
            while (await _queue.Reader.WaitToReadAsync(_sender._stop.Token).ConfigureAwait(false))
            {
                taken.Clear();
                while (taken.Count < MostPerMessage && _queue.Reader.TryRead(out var waiting))
                {
                    taken.Add(waiting);
                }

                if (taken.Count > 0)
                {
                    await SendUntilAnsweredAsync(taken).ConfigureAwait(false);
                }
            }
        }

        private async Task SendUntilAnsweredAsync(List<Waiting> taken)
        {
            var message = new SubmitCommands([.. taken.Select(waiting => waiting.Command)]);
            while (true)
            {
                try
                {
                    var response = await _client.GetResponse<CommandAnswers>(message, _sender._stop.Token).ConfigureAwait(false);
                    for (var i = 0; i < taken.Count; i++)
                    {
                        Answer(taken[i], response.Message.Answers[i]);
                    }

                    return;
                }
                catch (OperationCanceledException) when (_sender._stop.IsCancellationRequested)
                {
                    foreach (var waiting in taken)
                    {
                        waiting.Answered.TrySetCanceled();
                    }

                    return;
                }
                catch (Exception failure) when (failure is RequestException or MassTransitException or OperationCanceledException)
                {
                    // No answer in time, or the partition changes hands: the same ids again.
                    await Task.Delay(TimeSpan.FromMilliseconds(100), _sender._stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
            }
        }

        private static void Answer(Waiting waiting, AnswerEnvelope answer)
        {
            if (answer.Fault is { } fault)
            {
                waiting.Answered.TrySetException(new CommandPutAsideException(answer.Id, fault));
            }
            else
            {
                waiting.Answered.TrySetResult(CommandAnswer.Of(answer));
            }
        }
    }
}
