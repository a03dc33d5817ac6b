// A process of its own that owns a private server, so that the tests can kill it: prints the server's process id and waits.
using DataExchange.Postgres;

await using var server = await EmbeddedPostgres.StartAsync(args[0]);
Console.WriteLine(server.ProcessId);
await Task.Delay(Timeout.Infinite);
