using System.Net;
using System.Net.Sockets;
using DataExchange.Client;

namespace DataExchange.EndToEnd.Tests;

/// <summary>The exchange as services: processes of their own over a real RabbitMQ, driven and stopped.</summary>
public sealed class ServicesTests
{
    [Fact]
    public async Task A_market_driven_through_services_over_RabbitMQ_has_the_digest_of_the_direct_engine()
    {
        await using var folder = new TemporaryFolder();
        var scenario = await TinyScenario.WriteAsync(folder);
        string[] run = ["simulate", scenario, "--scale", "0.004", "--json"];
        var direct = (await DxProgram.RunAsync([.. run, "--data", Path.Combine(folder.Path, "direct")])).WithExitCode(0).Json();

        var services = (await DxProgram.RunAloneAsync(
            [.. run, "--data", folder.Data, "--engine", "services", "--transport", "rabbitmq"])).WithExitCode(0).Json();

        foreach (var figure in (string[])["digest", "events", "logRoot", "logSize", "registeredAmountFen", "ledgerTransfers", "verified"])
        {
            Assert.Equal(direct.GetProperty(figure).ToString(), services.GetProperty(figure).ToString());
        }

        Assert.True(direct.GetProperty("events").GetInt64() > 300);
        Assert.Equal(0, (await DxProgram.RunAsync("verify", "--data", folder.Data)).ExitCode);
    }

    [Fact]
    public async Task Services_that_come_to_a_simulated_store_and_go_leave_it_verified()
    {
        await using var folder = new TemporaryFolder();
        var market = await SmallMarket.CopyAsync(folder.Data);

        using (var serving = RunningDx.Start("serve", "--data", folder.Data))
        {
            await serving.SaysAsync("ready");
            serving.Signal(RunningDx.Interrupt);
            (await serving.EndAsync()).WithExitCode(0);
        }

        var verified = (await DxProgram.RunAsync("verify", "--json", "--data", folder.Data)).WithExitCode(0).Json();
        Assert.Equal(market.Digest, verified.GetProperty("digest").GetString());
    }

    [Fact]
    public async Task What_is_given_over_HTTP_to_a_new_store_is_in_its_read_models_when_it_was_stopped()
    {
        await using var folder = new TemporaryFolder();
        var cancellation = TestContext.Current.CancellationToken;
        var address = $"http://127.0.0.1:{FreePort()}";
        using (var serving = RunningDx.Start("serve", "--data", folder.Data, "--urls", address))
        {
            await serving.SaysAsync("ready");
            using var http = new HttpClient { BaseAddress = new Uri(address) };
            var (provider, venue) = (await ClientAsync("demo-provider"), await ClientAsync("venue-demo"));
            await provider.GiveAsync(
                new RegisterProduct
                {
                    Product = "P1", Provider = "demo-provider", Venue = "demo", Title = "气象数据", TitleEn = "Weather", Form = ProductForm.Api, Category = "weather", SubTrack = "weather",
                    SecurityClass = SecurityClass.General, ContainsPersonalInformation = false, IsPublicData = false, UseScenario = "农业保险", Fingerprint = "F1",
                }, cancellation: cancellation);
            await provider.GiveAsync(new SubmitEvidence { Product = "P1", Evidence = [EvidenceKinds.LawfulSource] }, cancellation: cancellation);
            await venue.GiveAsync(new AcceptApplication { Product = "P1" }, cancellation: cancellation);
            serving.Signal(RunningDx.Interrupt);
            (await serving.EndAsync()).WithExitCode(0);

            async Task<GatewayClient> ClientAsync(string party) =>
                new(http, Credential.OfKey((await File.ReadAllTextAsync(Path.Combine(folder.Data, "gateway", $"{party}.key"), cancellation)).Trim()));
        }

        (await DxProgram.RunAsync("verify", "--data", folder.Data)).WithExitCode(0);
    }

    [Theory]
    [InlineData("--services 'post' is not allowed: some of rights, pricing, listing, trading, settlement, trust, feed", "--services", "post")]
    [InlineData("--partitions '3-1/4' is not allowed", "--partitions", "3-1/4")]
    [InlineData("--partitions '0-4/4' is not allowed", "--partitions", "0-4/4")]
    [InlineData("--lease '0.1' is not allowed: 0.5 to 600 seconds", "--lease", "0.1")]
    [InlineData("--broker 'nowhere' is not allowed: an address such as", "--transport", "rabbitmq", "--broker", "nowhere")]
    [InlineData("--broker is not allowed with --transport memory", "--broker", "amqp://127.0.0.1")]
    [InlineData("--urls 'https://127.0.0.1:1' needs --certificate FILE", "--urls", "https://127.0.0.1:1")]
    [InlineData("'nowhere.pem' is not a certificate that can be read", "--urls", "https://127.0.0.1:1", "--certificate", "nowhere.pem", "--certificate-key", "nowhere.key")]
    [InlineData("are for addresses that begin with https", "--urls", "http://127.0.0.1:1", "--certificate", "nowhere.pem")]
    [InlineData("--transport 'pigeon' is not allowed: one of memory, rabbitmq", "--transport", "pigeon")]
    public async Task Wrong_input_to_serve_is_named(string message, params string[] arguments)
    {
        await using var folder = new TemporaryFolder();

        var refused = (await DxProgram.RunAsync(["serve", "--data", folder.Data, .. arguments])).WithExitCode(2);

        Assert.Contains(message, refused.Errors);
        Assert.False(Directory.Exists(folder.Data));
    }

    [Fact]
    public async Task The_direct_engine_knows_no_transport()
    {
        await using var folder = new TemporaryFolder();

        var refused = (await DxProgram.RunAsync("simulate", "--data", folder.Data, "--transport", "rabbitmq")).WithExitCode(2);

        Assert.Contains("--engine services", refused.Errors);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
