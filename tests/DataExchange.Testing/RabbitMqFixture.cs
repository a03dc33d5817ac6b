using DataExchange.RabbitMq;
using Xunit;

namespace DataExchange.Testing;

/// <summary>One private RabbitMQ node for all tests of an assembly; it ends with the run, also when the run is killed.</summary>
/// <remarks>
/// In a test project: <c>[assembly: AssemblyFixture(typeof(RabbitMqFixture))]</c> and
/// <c>&lt;NeedsDebian&gt;rabbitmq-server:/usr/lib/rabbitmq&lt;/NeedsDebian&gt;</c>; then take it in a test class's constructor. Tests give their
/// queues and exchanges names of their own, so that they do not see each other's.
/// </remarks>
public sealed class RabbitMqFixture : IAsyncLifetime
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"dx-tests-{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..8]}");
    private PrivateBroker? _broker;

    /// <summary>The broker, once the run has begun.</summary>
    public PrivateBroker Broker => _broker ?? throw new InvalidOperationException("The fixture is not started: declare it as an assembly fixture.");

    /// <summary>Starts the node.</summary>
    public async ValueTask InitializeAsync() => _broker = await PrivateBroker.StartAsync(new PrivateBrokerOptions { Folder = _folder });

    /// <summary>Ends the node and deletes its files.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_broker is not null)
        {
            await _broker.DiscardAsync();
            Directory.Delete(_folder, recursive: true);
        }
    }
}
