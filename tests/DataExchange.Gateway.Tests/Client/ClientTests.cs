using System.Text.Json;
using System.Text.Json.Nodes;
using DataExchange.Client;
using DataExchange.Gateway.Access;
using DataExchange.Gateway.Commands;
using DataExchange.Gateway.Description;
using Role = DataExchange.Gateway.Access.Role;

namespace DataExchange.Gateway.Tests.Client;

public sealed class ClientTests(RunningGateway gateway)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_example_of_the_description_says_the_same_when_the_clients_types_have_taken_it()
    {
        foreach (var name in CommandBodies.Types.Where(one => CommandAccess.Of(one.Value).Count > 0).Select(one => one.Key))
        {
            var type = typeof(ICommand).Assembly.GetType($"DataExchange.Client.{name}", throwOnError: true)!;
            var request = Examples.RequestOf(name)!;
            var command = (ICommand)request.Deserialize(type, ClientJson.Options)!;

            Assert.Equal(name, command.Name);
            Assert.True(JsonNode.DeepEquals(request, JsonSerializer.SerializeToNode(command, type, ClientJson.Options)), name);
            Assert.NotNull(Examples.AnswerOf(name)?.Deserialize<CommandAnswer>(ClientJson.Options) ?? (object)name);
        }
    }

    [Fact]
    public async Task A_command_whose_answer_is_lost_is_executed_once()
    {
        var party = gateway.Name("buyer");
        var key = await new ApiKeys(gateway.Database).IssueAsync(new(party), Role.Buyer, Cancellation);
        using var losing = new Losing();
        using var http = new HttpClient(losing) { BaseAddress = gateway.Address };
        var client = new GatewayClient(http, Credential.OfKey(key.Text));

        var answer = await client.GiveAsync(new DepositFunds { Party = party, AmountFen = 5 }, cancellation: Cancellation);

        Assert.Equal((2, true, 1, "\"1\""), (losing.Sent, answer.Value.WasRepeated, answer.Value.Version, answer.ETag));
        Assert.Equal(5, answer.Value.Events.Single().Data.GetProperty("amountFen").GetInt64());
    }

    [Fact]
    public async Task A_problem_has_the_type_of_what_can_be_done_about_it()
    {
        var party = gateway.Name("buyer");
        var client = await gateway.ClientAsync(party, Role.Buyer);
        var deposit = new DepositFunds { Party = party, AmountFen = 5 };

        var refused = await Assert.ThrowsAsync<CommandRefusedException>(() => client.GiveAsync(deposit with { AmountFen = -5 }, cancellation: Cancellation));
        var moved = await Assert.ThrowsAsync<VersionMovedException>(() => client.GiveAsync(deposit, ifMatch: "\"3\"", cancellation: Cancellation));
        var wrong = await Assert.ThrowsAsync<WrongInputException>(() => client.GiveAsync(deposit, idempotencyKey: "a b", cancellation: Cancellation));
        await Assert.ThrowsAsync<NotPermittedException>(() => client.GiveAsync(deposit with { Party = "other" }, cancellation: Cancellation));
        await Assert.ThrowsAsync<NotFoundException>(() => client.ReadDealAsync("D-none", cancellation: Cancellation));
        await Assert.ThrowsAsync<NotAuthenticatedException>(() => client.As(Credential.OfKey("dxk_nobody")).ReadDealAsync("D-none", cancellation: Cancellation));

        Assert.Equal(("AmountInvalid", "amount-invalid", 422), (refused.Rejection, refused.Name, (int)refused.Status));
        Assert.Equal((3, 0), (moved.Expected, moved.Version));
        Assert.Equal("Idempotency-Key", wrong.Field);
    }

    [Fact]
    public async Task A_token_serves_in_place_of_its_key()
    {
        var party = gateway.Name("buyer");
        var client = await gateway.ClientAsync(party, Role.Buyer);
        var token = await client.MakeTokenAsync(Cancellation);

        var answer = await client.As(Credential.OfToken(token.Token)).GiveAsync(new DepositFunds { Party = party, AmountFen = 5 }, cancellation: Cancellation);

        Assert.Equal($"account/{party}", answer.Value.Stream);
    }

    [Fact]
    public async Task What_has_not_changed_is_what_was_read_before_and_pages_follow_each_other()
    {
        var (owner, product) = (gateway.Name("provider"), gateway.Name("P"));
        var client = await gateway.ClientAsync(owner, Role.Provider);
        await client.GiveAsync(Registration(product, owner, "anywhere"), cancellation: Cancellation);
        for (var fen = 1; fen <= 5; fen++)
        {
            await client.GiveAsync(new DepositFunds { Party = owner, AmountFen = fen }, cancellation: Cancellation);
        }

        var first = await client.ReadProductAsync(product, cancellation: Cancellation);
        var second = await client.ReadProductAsync(product, first, Cancellation);
        await client.GiveAsync(new SubmitEvidence { Product = product, Evidence = [EvidenceKinds.LawfulSource] }, ifMatch: first.ETag, cancellation: Cancellation);
        var third = await client.ReadProductAsync(product, first, Cancellation);
        var events = client.ReadStreamAsync("account", owner, limit: 2, cancellation: Cancellation);

        Assert.Same(first, second);
        Assert.Equal((1, 2), (first.Value.Version, third.Value.Version));
        for (var times = 0; times < 2; times++)
        {
            var amounts = await events.Select(one => one.Data.GetProperty("amountFen").GetInt32()).ToArrayAsync(Cancellation);
            Assert.Equal([1, 2, 3, 4, 5], amounts);
        }
    }

    [Fact]
    public async Task A_stream_that_breaks_goes_on_behind_the_last_event()
    {
        var party = gateway.Name("buyer");
        var key = await new ApiKeys(gateway.Database).IssueAsync(new(party), Role.Buyer, Cancellation);
        using var breaking = new Breaking();
        using var http = new HttpClient(breaking) { BaseAddress = gateway.Address };
        var client = new GatewayClient(http, Credential.OfKey(key.Text));
        await client.GiveAsync(new DepositFunds { Party = party, AmountFen = 1 }, cancellation: Cancellation);
        var seen = new List<(string Id, long Fen)>();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(60));

        await foreach (var one in client.FollowEventsAsync(cancellation: limit.Token))
        {
            if (one.Type != "funds_deposited.v1")
            {
                continue;
            }

            seen.Add((one.Id, one.Value.Data.GetProperty("amountFen").GetInt64()));
            if (seen.Count == 5)
            {
                break;
            }

            await client.GiveAsync(new DepositFunds { Party = party, AmountFen = seen.Count + 1 }, cancellation: Cancellation);
        }

        Assert.Equal([1, 2, 3, 4, 5], seen.Select(one => one.Fen));
        Assert.True(breaking.Opened > 1);
    }

    internal static RegisterProduct Registration(string product, string provider, string venue) => new()
    {
        Product = product,
        Provider = provider,
        Venue = venue,
        Title = "气象数据",
        TitleEn = "Weather",
        Form = ProductForm.Api,
        Category = "weather",
        SubTrack = "weather",
        SecurityClass = SecurityClass.General,
        ContainsPersonalInformation = false,
        IsPublicData = false,
        UseScenario = "农业保险",
        Fingerprint = $"sha256-{product}",
    };

    /// <summary>Loses the first answer.</summary>
    private sealed class Losing() : DelegatingHandler(new SocketsHttpHandler())
    {
        internal int Sent { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (++Sent > 1)
            {
                return response;
            }

            response.Dispose();
            throw new HttpRequestException("lost on the way");
        }
    }

    /// <summary>Breaks each event stream off after some bytes, within an event or between two.</summary>
    private sealed class Breaking() : DelegatingHandler(new SocketsHttpHandler())
    {
        internal int Opened { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (request.RequestUri!.AbsolutePath == "/v1/events")
            {
                var type = response.Content.Headers.ContentType;
                response.Content = new StreamContent(new Broken(await response.Content.ReadAsStreamAsync(cancellationToken), 900 + (150 * Opened++)));
                response.Content.Headers.ContentType = type;
            }

            return response;
        }
    }

    private sealed class Broken(Stream inner, int bytes) : Stream
    {
        private int _left = bytes;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = _left <= 0 ? throw new IOException("cut") : await inner.ReadAsync(buffer[..Math.Min(buffer.Length, _left)], cancellationToken);
            _left -= read;
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
