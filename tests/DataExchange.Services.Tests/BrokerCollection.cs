using DataExchange.Testing;

namespace DataExchange.Services.Tests;

/// <summary>Tests over a real RabbitMQ share one node, which starts when the first of them does.</summary>
[CollectionDefinition(Name)]
public sealed class BrokerCollection : ICollectionFixture<RabbitMqFixture>
{
    internal const string Name = "over RabbitMQ";
}
