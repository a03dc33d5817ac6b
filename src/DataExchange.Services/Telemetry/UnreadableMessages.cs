using MassTransit;

namespace DataExchange.Services.Telemetry;

/// <summary>Hears of messages that the bus itself cannot read: it moves them to a queue of their own, which nobody would look into.</summary>
/// <param name="queue">The queue.</param>
/// <param name="hear">Told of each such message in it.</param>
internal sealed class UnreadableMessages(string queue, Action hear) : IReceiveObserver
{
    public Task ReceiveFault(ReceiveContext context, Exception exception)
    {
        if (context.InputAddress.AbsolutePath.Split('/')[^1] == queue)
        {
            hear();
        }

        return Task.CompletedTask;
    }

    public Task PreReceive(ReceiveContext context) => Task.CompletedTask;

    public Task PostReceive(ReceiveContext context) => Task.CompletedTask;

    public Task PostConsume<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType)
        where T : class => Task.CompletedTask;

    public Task ConsumeFault<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception)
        where T : class => Task.CompletedTask;
}
