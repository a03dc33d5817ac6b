using System.Net;
using DataExchange.Client;
using DataExchange.LoadTests.Exchange;
using DataExchange.Testing;

namespace DataExchange.LoadTests.Tests;

/// <summary>Past capacity: what is refused for it, what is not, and whether a target comes back.</summary>
[Collection("an exchange at a time")]
public sealed class BurstTests(PostgresFixture postgres)
{
    private static readonly LoadProfile Profile = LoadProfile.Burst(100, 1_000, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(5));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void A_target_that_is_as_quick_again_has_come_back_when_it_was()
    {
        // 5 s of warm-up, 10 before, 10 in the burst, and after it 2 s in which the queue is worked off.
        var verdict = BurstVerdict.Of(Profile, Seconds(second => second is >= 15 and < 27 ? 900 : 20, second => second is >= 15 and < 25 ? 600 : 0))!;

        Assert.Equal((6_000, 7_000, 2), (verdict.Shed, verdict.Ended, verdict.BackAfter));
        Assert.Equal((20_000_000, 900_000_000, 20_000_000), (verdict.Before, verdict.During, verdict.After));
        Assert.Null(verdict.Problem);
        Assert.Equal("6,000 of 7,000 (85.7 %)", verdict.Notes()["burst, shed"]);
    }

    [Fact]
    public void A_target_that_stays_slow_or_goes_on_refusing_has_not_come_back()
    {
        Assert.Contains("did not come back", BurstVerdict.Of(Profile, Seconds(second => second >= 15 ? 900 : 20, _ => 0))!.Problem, StringComparison.Ordinal);
        Assert.Contains("did not come back", BurstVerdict.Of(Profile, Seconds(_ => 20, second => second >= 15 ? 1 : 0))!.Problem, StringComparison.Ordinal);
        Assert.Contains("not past capacity", BurstVerdict.Of(Profile, Seconds(_ => 20, _ => 0))!.Notes()["burst, shed"], StringComparison.Ordinal);
        Assert.Null(BurstVerdict.Of(Profile, Seconds(_ => 20, _ => 0)[..26]));
        Assert.Throws<ArgumentException>(() => BurstVerdict.Of(LoadProfile.Steady(1, TimeSpan.FromSeconds(30)), []));
        Assert.Throws<ArgumentException>(() => LoadProfile.Burst(10, 10, TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task A_gateway_with_too_much_to_do_refuses_clearly_and_loses_nothing_that_it_took()
    {
        var folder = Directory.CreateTempSubdirectory("dx-load-").FullName;
        try
        {
            await using var scenario = new HttpOrdersScenario(
                new ExchangeLoadOptions { Database = await postgres.CreateDatabaseAsync(Cancellation), Connections = 32, CommandsInFlight = 8, Folder = folder });
            var result = await new OpenLoopRunner().RunAsync(scenario, LoadProfile.Steady(1_000, TimeSpan.FromSeconds(0.2)), new RunnerOptions(), null, Cancellation);

            Assert.Equal((200, 0), (result.Ok + result.Shed, result.Failed));
            Assert.NotEqual(0, result.Ok);
            Assert.Equal("503 overloaded", Assert.Single(result.Kinds).Key);
            Assert.Empty(result.Problems);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData(503, "overloaded", 1, StepStatus.Shed, "503 overloaded")]
    [InlineData(429, "too-many-requests", 1, StepStatus.Shed, "429 too-many-requests")]
    [InlineData(503, "store-unavailable", null, StepStatus.Failed, "503 store-unavailable")]
    [InlineData(504, "answer-outstanding", null, StepStatus.Failed, "504 answer-outstanding")]
    public async Task Refused_for_load_is_what_says_so_and_no_other_trouble(int status, string name, int? retryAfter, StepStatus expected, string kind)
    {
        using var http = new HttpClient(new Answering(status, name, retryAfter)) { BaseAddress = new Uri("http://127.0.0.1:1") };
        var client = new GatewayClient(http, Credential.OfKey("dxk_1")) { Retries = 0 };

        Assert.Equal(new StepResult(expected, kind), await HttpSteps.OfAsync(() => client.GiveAsync(new DepositFunds { Party = "b", AmountFen = 1 }, cancellation: Cancellation)));
    }

    private static LoadSecond[] Seconds(Func<int, long> p99Milliseconds, Func<int, long> shed) => [.. Enumerable.Range(0, 35).Select(second =>
        new LoadSecond(second, 100, shed(second), 0, 1_000_000, p99Milliseconds(second) * 1_000_000, 1_000_000_000, 1, 50, 1, 1))];

    private sealed class Answering(int status, string name, int? retryAfter) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = new HttpResponseMessage((HttpStatusCode)status)
            {
                Content = new StringContent(
                    $$$"""{"type":"/problems/{{{name}}}","title":"t","status":{{{status}}},"detail":"d","titles":{"zh":"t","en":"t"}}""", System.Text.Encoding.UTF8, "application/problem+json"),
            };
            if (retryAfter is { } seconds)
            {
                response.Headers.RetryAfter = new(TimeSpan.FromSeconds(seconds));
            }

            return Task.FromResult(response);
        }
    }
}
