// A process of its own that owns a private broker, so that the tests can kill it: prints the node's process id and waits.
using DataExchange.RabbitMq;

await using var broker = await PrivateBroker.StartAsync(new PrivateBrokerOptions { Folder = args[0] });
Console.WriteLine(broker.Nodes[0].ProcessId);
await Task.Delay(Timeout.Infinite);
