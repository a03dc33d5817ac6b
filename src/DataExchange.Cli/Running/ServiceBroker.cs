using DataExchange.Cli.Commands;
using DataExchange.RabbitMq;

namespace DataExchange.Cli.Running;

/// <summary>How services are to be reached, as a command line says it.</summary>
/// <param name="Transport">How messages travel.</param>
/// <param name="Named">Nodes of RabbitMQ that were named; none for a private one.</param>
internal sealed record ServicesRequest(ServiceTransport Transport, IReadOnlyList<Uri> Named)
{
    /// <summary>Reads it.</summary>
    /// <exception cref="WrongInputException">Nodes are needless, or no addresses.</exception>
    public static ServicesRequest Of(ServiceTransport transport, string[] named) => transport == ServiceTransport.Memory && named.Length > 0
        ? throw new WrongInputException("--broker is not allowed with --transport memory: messages stay in this process; use --transport rabbitmq")
        : new(transport, [.. named.Select(text => Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "amqp" or "amqps" or "rabbitmq"
            ? address
            : throw new WrongInputException($"--broker '{text}' is not allowed: an address such as amqp://guest:guest@127.0.0.1:5672"))]);
}

/// <summary>The broker between services: none within one process, one that is there, or a private one of the data folder.</summary>
internal sealed class ServiceBroker : IAsyncDisposable
{
    private readonly PrivateBroker? _own;

    private ServiceBroker(IReadOnlyList<Uri> nodes, PrivateBroker? own) => (Nodes, _own) = (nodes, own);

    /// <summary>Its nodes; none where messages stay in this process.</summary>
    public IReadOnlyList<Uri> Nodes { get; }

    /// <summary>The private broker; null where there is none.</summary>
    public PrivateBroker? Private => _own;

    /// <summary>Starts or names it.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="data">The data folder.</param>
    /// <param name="note">Told what takes time.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <param name="nodes">Nodes of a private broker, 1 or 3.</param>
    /// <exception cref="BrokerUnavailableException">It cannot be started; the message says what to install.</exception>
    public static async Task<ServiceBroker> ResolveAsync(
        ServicesRequest request, string data, Action<string> note, CancellationToken cancellation, int nodes = 1)
    {
        if (request.Transport == ServiceTransport.Memory || request.Named.Count > 0)
        {
            return new ServiceBroker(request.Named, null);
        }

        var own = await PrivateBroker.StartAsync(
            new PrivateBrokerOptions { Folder = data, Nodes = nodes, Progress = new Progress<string>(note) }, cancellation).ConfigureAwait(false);
        return new ServiceBroker(own.Uris, own);
    }

    /// <summary>Stops a private one.</summary>
    public ValueTask DisposeAsync() => _own?.DisposeAsync() ?? ValueTask.CompletedTask;
}
