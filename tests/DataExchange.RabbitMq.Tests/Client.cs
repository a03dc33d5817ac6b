using System.Globalization;
using System.Text;
using RabbitMQ.Client;

namespace DataExchange.RabbitMq.Tests;

/// <summary>A plain client of a broker with one channel on which every message is confirmed.</summary>
internal sealed class Client : IAsyncDisposable
{
    private readonly IConnection _connection;

    private Client(IConnection connection, IChannel channel) => (_connection, Channel) = (connection, channel);

    public IChannel Channel { get; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<Client> ConnectAsync(params IEnumerable<Uri> uris)
    {
        var places = uris.ToArray();
        var factory = new ConnectionFactory
        {
            Uri = places[0],
            AutomaticRecoveryEnabled = false,
            RequestedConnectionTimeout = TimeSpan.FromSeconds(10),
        };
        var connection = await factory.CreateConnectionAsync(places.Select(place => new AmqpTcpEndpoint(place)), Ct);
        var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true), Ct);
        return new Client(connection, channel);
    }

    public Task DeclareAsync(string queue, string type) => Channel.QueueDeclareAsync(
        queue, durable: true, exclusive: false, autoDelete: false,
        new Dictionary<string, object?> { ["x-queue-type"] = type }, cancellationToken: Ct);

    /// <summary>Publishes a number and waits until the broker has confirmed it; throws when it does not.</summary>
    public async Task PublishAsync(string queue, int number) => await Channel.BasicPublishAsync(
        "", queue, mandatory: true, new BasicProperties { Persistent = true }, Encoding.UTF8.GetBytes(Text(number)), Ct);

    /// <summary>Takes every number that is in the queue.</summary>
    public async Task<List<int>> TakeAllAsync(string queue)
    {
        var taken = new List<int>();
        while (await Channel.BasicGetAsync(queue, autoAck: true, Ct) is { } message)
        {
            taken.Add(int.Parse(Encoding.UTF8.GetString(message.Body.Span), CultureInfo.InvariantCulture));
        }

        return taken;
    }

    public async ValueTask DisposeAsync()
    {
        await Channel.DisposeAsync();
        await _connection.DisposeAsync();
    }

    /// <summary>Lets go of a connection that is gone already, without saying goodbye to the other end.</summary>
    public async Task AbandonAsync()
    {
        await _connection.AbortAsync(TimeSpan.FromSeconds(1));
        _connection.Dispose();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
