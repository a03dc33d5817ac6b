// A process of its own that owns a private broker, so that the tests can kill it: prints the node's process id and waits.
using DataExchange.RabbitMq;

// Not seven seconds for an orderly stop: the tests wait for the end, not for order.
var options = new PrivateBrokerOptions { Folder = args[0], StopTimeout = TimeSpan.FromSeconds(1) };
await using var broker = await PrivateBroker.StartAsync(options);
Console.WriteLine(broker.Nodes[0].ProcessId);
await Task.Delay(Timeout.Infinite);
