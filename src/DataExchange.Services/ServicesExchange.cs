using DataExchange.Domain;
using DataExchange.Services.Messages;
using MassTransit;

namespace DataExchange.Services;

/// <summary>
/// The running services as a market for a simulation: a command is sent, and when it and all that followed from it is done, its outcome is returned.
/// The services must run in lockstep.
/// </summary>
public sealed class ServicesExchange : IExchange, IAsyncDisposable
{
    private readonly ICommandSender _sender;
    private readonly ServiceBus _bus;
    private readonly Guid _run;
    private readonly Lock _gate = new();
    private HostReceiveEndpointHandle? _listening;
    private TaskCompletionSource _moved = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _settled;
    private long _number;

    private ServicesExchange(ICommandSender sender, ServiceBus bus, Guid run) => (_sender, _bus, _run) = (sender, bus, run);

    /// <summary>Commands sent so far.</summary>
    public long Commands => _number;

    /// <summary>Begins to drive the services.</summary>
    /// <param name="sender">Sends the commands.</param>
    /// <param name="bus">The bus.</param>
    /// <param name="run">What the ids of this run's commands are made of: the same run sends the same ids, so that it can be sent again.</param>
    public static async Task<ServicesExchange> OpenAsync(ICommandSender sender, ServiceBus bus, Guid run)
    {
        ArgumentNullException.ThrowIfNull(bus);
        var exchange = new ServicesExchange(sender, bus, run);
        exchange._listening = await bus.ListenAsync<FeedProgress>(exchange.Hear).ConfigureAwait(false);
        return exchange;
    }

    /// <inheritdoc />
    public async ValueTask<Outcome> SubmitAsync(Command command, CancellationToken cancellation)
    {
        var id = DerivedId.Of(_run, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"command {++_number}"));
        while (true)
        {
            var answer = await _sender.SendAsync(id, command, cancellation).ConfigureAwait(false);
            await SettleAsync(answer.Sequence, cancellation).ConfigureAwait(false);
            if (!answer.MovedOn)
            {
                return answer.Outcome;
            }
        }
    }

    /// <summary>Has Trust sign the heads of all logs as they are.</summary>
    /// <param name="cancellation">Stops the waiting.</param>
    public async Task SealAsync(CancellationToken cancellation)
    {
        var client = _bus.Bus.CreateRequestClient<SealLogs>(_bus.AddressOf("trust"), TimeSpan.FromMinutes(5));
        await client.GetResponse<LogsSealed>(new SealLogs(), cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_listening is not null)
        {
            await _listening.StopAsync().ConfigureAwait(false);
        }
    }

    private void Hear(FeedProgress progress)
    {
        if (!progress.IsSettled)
        {
            return;
        }

        TaskCompletionSource moved;
        lock (_gate)
        {
            if (progress.Sequence <= _settled)
            {
                return;
            }

            _settled = progress.Sequence;
            moved = _moved;
            _moved = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        moved.TrySetResult();
    }

    // Until the feed has followed everything up to here, and knows of nothing that came of it.
    private async Task SettleAsync(long sequence, CancellationToken cancellation)
    {
        while (true)
        {
            Task moved;
            lock (_gate)
            {
                if (_settled >= sequence)
                {
                    return;
                }

                moved = _moved.Task;
            }

            await moved.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }
}
