using System.Net;
using System.Text;
using DataExchange.Domain;
using DataExchange.Gateway.Access;
using DataExchange.Services;

namespace DataExchange.Gateway.Tests;

/// <summary>A gateway that may have two commands under way, before services that answer when they are told to.</summary>
public sealed class CommandsInFlightTests(RunningGateway gateway)
{
    private static readonly Uri Metrics = new("/metrics", UriKind.Relative);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_command_too_many_is_refused_at_once_and_done_when_it_comes_again_with_its_key()
    {
        var party = gateway.Name("buyer");
        using var opened = new SemaphoreSlim(0);
        var held = new HeldSender(gateway.Sender, opened);
        await using var server = await GatewayServer.StartAsync(gateway.Database, held, gateway.Options(6_000) with { CommandsInFlight = 2 }, Cancellation);
        using var buyer = await AsAsync(server, party);
        var taken = Enumerable.Range(0, 2).Select(number => buyer.GiveAsync("DepositFunds", Deposit(party, 1), $"{party}-{number}")).ToArray();
        await UntilAsync(() => held.Waiting == 2);

        using var refused = await buyer.GiveAsync("DepositFunds", Deposit(party, 10), $"{party}-late");
        var problem = await refused.AsProblemAsync(503, "overloaded");
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter?.Delta);
        Assert.Contains("2 commands are under way", (string?)problem["detail"], StringComparison.Ordinal);
        using var read = await buyer.GetAsync(new Uri("/v1/products", UriKind.Relative), Cancellation);
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        // Another one in this process, which has nothing to do, is not meant.
        await using var other = await GatewayServer.StartAsync(gateway.Database, gateway.Sender, gateway.Options(6_000), Cancellation);
        var metrics = await buyer.GetStringAsync(Metrics, Cancellation);
        Assert.Contains("dx_gateway_commands 2\n", metrics, StringComparison.Ordinal);
        Assert.Contains("dx_gateway_shed_total 1\n", metrics, StringComparison.Ordinal);

        opened.Release(3);
        foreach (var answer in await Task.WhenAll(taken))
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            answer.Dispose();
        }

        using var again = await buyer.GiveAsync("DepositFunds", Deposit(party, 10), $"{party}-late");
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        var done = await again.JsonAsync();
        Assert.Equal((3, false), ((int?)done["version"], (bool?)done["wasRepeated"]));
        Assert.Contains("dx_gateway_commands 0\n", await buyer.GetStringAsync(Metrics, Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_sends_a_body_slowly_takes_nobodys_place()
    {
        var party = gateway.Name("buyer");
        await using var server = await GatewayServer.StartAsync(gateway.Database, gateway.Sender, gateway.Options(6_000) with { CommandsInFlight = 1 }, Cancellation);
        using var buyer = await AsAsync(server, party);
        using var content = new SlowContent(Deposit(party, 1));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/commands/DepositFunds") { Content = content };
        request.Headers.Add("Idempotency-Key", $"{party}-slow");
        var slow = buyer.SendAsync(request, Cancellation);
        await content.Begun.WaitAsync(Cancellation);

        using var quick = await buyer.GiveAsync("DepositFunds", Deposit(party, 2));
        Assert.Equal(HttpStatusCode.OK, quick.StatusCode);
        content.End();
        using var answer = await slow;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static string Deposit(string party, int fen) => $$"""{"party":"{{party}}","amountFen":{{fen}}}""";

    private async Task<HttpClient> AsAsync(GatewayServer server, string party)
    {
        using var owner = await gateway.AsAsync(party, Role.Buyer);
        var client = new HttpClient { BaseAddress = new Uri(server.Urls[0]), Timeout = TimeSpan.FromSeconds(20) };
        client.DefaultRequestHeaders.Add("X-Api-Key", owner.DefaultRequestHeaders.GetValues("X-Api-Key"));
        return client;
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        while (!isSo())
        {
            await Task.Delay(10, Cancellation);
        }
    }

    // The real services, a little later.
    private sealed class HeldSender(ICommandSender services, SemaphoreSlim opened) : ICommandSender
    {
        private int _waiting;

        public int Waiting => Volatile.Read(ref _waiting);

        public async Task<CommandAnswer> SendAsync(Guid id, Command command, int? expected, CancellationToken cancellation)
        {
            Interlocked.Increment(ref _waiting);
            await opened.WaitAsync(cancellation);
            return await services.SendAsync(id, command, expected, cancellation);
        }
    }

    private sealed class SlowContent(string text) : HttpContent
    {
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly byte[] _bytes = Encoding.UTF8.GetBytes(text);

        public Task Begun => _begun.Task;

        public void End() => _end.TrySetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(_bytes.AsMemory(0, 5));
            await stream.FlushAsync();
            _begun.TrySetResult();
            await _end.Task;
            await stream.WriteAsync(_bytes.AsMemory(5));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _bytes.Length;
            return true;
        }
    }
}
