using System.Globalization;
using System.Net;
using System.Text;
using DataExchange.Web.Floor.Live;
using DataExchange.Web.Floor.Sandbox;
using DataExchange.Web.Serving;
using Microsoft.AspNetCore.Http;

namespace DataExchange.Web.Tests.Floor;

/// <summary>What moves is told to all who follow: to 500 at once, to none at the cost of others.</summary>
[Collection("sandbox")]
public sealed class LiveTests(OpenedMarket market)
{
    private const int Hall = 500;

    [Fact]
    public async Task Five_hundred_follow_and_each_hears_what_happens_next()
    {
        using var http = new HttpClient();
        using var all = new Followers();
        await all.JoinAsync(http, market.Url + "/web/floor/try/stream", Hall);
        var heard = await Task.WhenAll(all.Streams.Select(stream => NextIdAsync(stream, -1)));
        var (threads, memory) = market.Burden();

        using var buyer = await SandboxVisitor.AsAsync(market.Url, SandboxRole.Buyer);
        (await buyer.PostAsync("do/take", ("pieces", "1"))).Dispose();
        var next = await Task.WhenAll(all.Streams.Select(stream => NextIdAsync(stream, heard.Max())));

        Assert.Equal(Hall, next.Length);
        Assert.All(next, id => Assert.True(id > heard.Max()));
        // A thread or a megabyte for each would be beyond this.
        Assert.InRange(threads, 1, 150);
        Assert.InRange(memory, 1, 2_000);
    }

    [Fact]
    public async Task Beyond_the_bound_it_is_said_that_no_more_can_follow_and_a_place_that_is_given_back_is_taken_again()
    {
        await using var server = await WebServer.StartAsync(new WebPages(new NoMarket(), new Studio.SlowEngine()), 0, _ => { }, TestContext.Current.CancellationToken);
        using var http = new HttpClient();
        using (var all = new Followers())
        {
            await all.JoinAsync(http, server.Url + "/web/floor/try/stream", SubscriberPlaces.Usual);
            using var refused = await http.GetAsync(server.Url + "/web/floor/news", TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.NotNull(refused.Headers.RetryAfter);
            Assert.Equal("1000 listen already, and no more can; try again later.\n", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }

        using var again = new Followers();
        for (var tries = 0; ; tries++)
        {
            using var asked = new HttpRequestMessage(HttpMethod.Get, server.Url + "/web/floor/try/stream");
            using var answer = await http.SendAsync(asked, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                return;
            }

            Assert.True(tries < 100, "No place becomes free.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task Streams_end_with_their_server()
    {
        var server = await WebServer.StartAsync(new WebPages(new NoMarket(), new Studio.SlowEngine()), 0, _ => { }, TestContext.Current.CancellationToken);
        using var http = new HttpClient();
        using var all = new Followers();
        await all.JoinAsync(http, server.Url + "/web/floor/try/stream", 20);
        await all.JoinAsync(http, server.Url + "/web/floor/news", 20);
        await server.DisposeAsync();
        foreach (var stream in all.Streams)
        {
            // To the end, without an error: it was ended and not cut off.
            while (await stream.ReadLineAsync(TestContext.Current.CancellationToken) is not null)
            {
            }
        }
    }

    [Fact]
    public async Task Where_to_go_on_must_be_an_id()
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(market.Url + "/web/floor/news?after=-1", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("after: '-1' is not allowed; allowed: the id of an event, a whole number from 0.\n", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Who_does_not_keep_up_is_dropped_and_nobody_else()
    {
        using var broadcaster = new Broadcaster(new SubscriberPlaces(2), isState: false);
        using var slow = broadcaster.Subscribe(null)!;
        using var quick = broadcaster.Subscribe(null)!;
        for (var i = 1; i <= Broadcaster.Buffer + 1; i++)
        {
            broadcaster.Publish(i, "fact", "{}");
            Assert.Equal($"id: {i}\nevent: fact\ndata: {{}}\n\n", Text(quick));
        }

        Assert.True(slow.IsDropped);
        Assert.False(quick.IsDropped);
        Assert.Equal(Broadcaster.Buffer, All(slow).Count);
        Assert.True(slow.Messages.Completion.IsCompleted);
    }

    [Fact]
    public async Task Who_is_dropped_hears_so_at_the_end()
    {
        using var broadcaster = new Broadcaster(new SubscriberPlaces(1), isState: false);
        using var body = new SlowBody();
        var context = new DefaultHttpContext { Response = { Body = body } };
        var sending = EventStream.SendAsync(context, broadcaster, TestContext.Current.CancellationToken);
        for (var i = 1; i <= (2 * Broadcaster.Buffer) + 2; i++)
        {
            broadcaster.Publish(i, "fact", "{}");
        }

        body.GoOn.SetResult();
        await sending;
        Assert.EndsWith("event: dropped\ndata: {}\n\n", body.Written, StringComparison.Ordinal);
        Assert.Equal(0, broadcaster.Count);
        Assert.Equal(0, broadcaster.Places.Taken);
    }

    [Theory]
    [InlineData(null, false, 0)]
    [InlineData(97L, false, 3)]
    [InlineData(100L, false, 0)]
    [InlineData(10L, true, 16)]
    [InlineData(60L, true, 16)]
    public void Who_comes_back_hears_what_it_missed_or_that_it_missed_more(long? last, bool missed, int messages)
    {
        using var broadcaster = new Broadcaster(new SubscriberPlaces(1), isState: false);
        for (var i = 1; i <= 100; i++)
        {
            broadcaster.Publish(i, "fact", "{}");
        }

        using var back = broadcaster.Subscribe(last)!;
        var heard = All(back);
        Assert.Equal(missed, heard.FirstOrDefault()?.StartsWith("event: missed", StringComparison.Ordinal) == true);
        Assert.Equal(messages, heard.Count - (missed ? 1 : 0));
        Assert.True(heard.Count == 0 || heard[^1].StartsWith("id: 100\n", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_a_state_the_last_one_is_heard_at_once()
    {
        using var broadcaster = new Broadcaster(new SubscriberPlaces(2), isState: true);
        broadcaster.Publish(1, "floor", "1");
        broadcaster.Publish(2, "floor", "2");
        using var fresh = broadcaster.Subscribe(null)!;
        using var knowing = broadcaster.Subscribe(2)!;
        Assert.Equal(["id: 2\nevent: floor\ndata: 2\n\n"], All(fresh));
        Assert.Empty(All(knowing));
        broadcaster.Beat();
        Assert.Equal([": still here\n\n"], All(knowing));
    }

    private static string? Text(Subscription from) => from.Messages.TryRead(out var message) ? Encoding.UTF8.GetString(message) : null;

    private static List<string> All(Subscription from)
    {
        var all = new List<string>();
        while (Text(from) is { } text)
        {
            all.Add(text);
        }

        return all;
    }

    private static async Task<long> NextIdAsync(StreamReader stream, long above)
    {
        while (await stream.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal) && long.Parse(line.AsSpan(4), CultureInfo.InvariantCulture) is var id && id > above)
            {
                return id;
            }
        }

        throw new InvalidOperationException("The stream has ended.");
    }

    private sealed class Followers : IDisposable
    {
        private readonly List<HttpResponseMessage> _answers = [];

        internal List<StreamReader> Streams { get; } = [];

        internal async Task JoinAsync(HttpClient http, string url, int count)
        {
            var joined = await Task.WhenAll(Enumerable.Range(0, count).Select(async _ =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, url);
                var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
                return (answer, new StreamReader(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken)));
            }));
            foreach (var (answer, stream) in joined)
            {
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
                _answers.Add(answer);
                Streams.Add(stream);
            }
        }

        public void Dispose()
        {
            foreach (var stream in Streams)
            {
                stream.Dispose();
            }

            foreach (var answer in _answers)
            {
                answer.Dispose();
            }
        }
    }

    /// <summary>Takes the second thing that is written only when it is told to go on.</summary>
    private sealed class SlowBody : MemoryStream
    {
        private int _writes;

        internal TaskCompletionSource GoOn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal string Written => Encoding.UTF8.GetString(ToArray());

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (++_writes == 2)
            {
                await GoOn.Task.WaitAsync(cancellationToken);
            }

            await base.WriteAsync(buffer, cancellationToken);
        }
    }
}
