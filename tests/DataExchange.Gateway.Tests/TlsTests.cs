using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DataExchange.Client;
using DataExchange.Gateway.Access;
using PartyId = DataExchange.Domain.PartyId;
using Role = DataExchange.Gateway.Access.Role;

namespace DataExchange.Gateway.Tests;

/// <summary>TLS with an authority that is made here and that nobody trusts but who is told to.</summary>
public sealed class TlsTests(RunningGateway gateway) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dx-tls-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Who_trusts_the_authority_is_served_over_TLS_and_nobody_else_connects()
    {
        using var authority = Authority("Ours");
        using var another = Authority("Another");
        Write(authority, "server", "localhost", IPAddress.Loopback);
        using var certificate = GatewayCertificate.Read(In("server.pem"), In("server.key"));
        await using var server = await GatewayServer.StartAsync(
            gateway.Database, gateway.Sender, gateway.Options(6000) with { Urls = "https://127.0.0.1:0", Certificate = certificate }, Cancellation);
        var party = gateway.Name("buyer");
        var key = await new ApiKeys(gateway.Database).IssueAsync(new PartyId(party), Role.Buyer, Cancellation);

        using var trusting = Trusting(authority);
        using var mistaken = Trusting(another);
        using var usual = new SocketsHttpHandler();
        var answer = await Client(trusting).GiveAsync(new DepositFunds { Party = party, AmountFen = 5 }, cancellation: Cancellation);

        Assert.Equal($"account/{party}", answer.Value.Stream);
        foreach (var handler in (SocketsHttpHandler[])[mistaken, usual])
        {
            var refused = await Assert.ThrowsAsync<HttpRequestException>(() => Client(handler).ReadDealAsync("D", cancellation: Cancellation));
            Assert.IsType<AuthenticationException>(refused.InnerException);
        }

        using var plain = new HttpClient { BaseAddress = new Uri(server.Urls[0].Replace("https", "http", StringComparison.Ordinal)) };
        await Assert.ThrowsAsync<HttpRequestException>(() => plain.GetAsync(new Uri("/health/live", UriKind.Relative), Cancellation));

        GatewayClient Client(SocketsHttpHandler handler) =>
            new(new HttpClient(handler, disposeHandler: false) { BaseAddress = new Uri(server.Urls[0]) }, Credential.OfKey(key.Text)) { Retries = 0 };
    }

    [Fact]
    public void A_certificate_that_cannot_be_used_says_which_file_and_why()
    {
        using var authority = Authority("Ours");
        Write(authority, "one", "localhost", IPAddress.Loopback);
        Write(authority, "two", "localhost", IPAddress.Loopback);
        File.WriteAllText(In("empty.pem"), "nothing\n");

        Assert.Contains("missing.pem", Assert.Throws<ArgumentException>(() => GatewayCertificate.Read(In("missing.pem"), In("one.key"))).Message);
        Assert.Contains("empty.pem' holds no certificate", Assert.Throws<ArgumentException>(() => GatewayCertificate.Read(In("empty.pem"), In("one.key"))).Message);
        Assert.Contains("two.key' holds no private key of", Assert.Throws<ArgumentException>(() => GatewayCertificate.Read(In("one.pem"), In("two.key"))).Message);
        Assert.Contains("empty.pem' holds no private key of", Assert.Throws<ArgumentException>(() => GatewayCertificate.Read(In("one.pem"), In("empty.pem"))).Message);
    }

    private static SocketsHttpHandler Trusting(X509Certificate2 authority)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(authority);
        return new SocketsHttpHandler { SslOptions = new() { CertificateChainPolicy = policy } };
    }

    private static X509Certificate2 Authority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddDays(1));
    }

    private void Write(X509Certificate2 authority, string name, string host, IPAddress address)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        names.AddIpAddress(address);
        request.CertificateExtensions.Add(names.Build());
        using var made = request.Create(authority, DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddHours(1), RandomNumberGenerator.GetBytes(8));
        File.WriteAllText(In(name + ".pem"), made.ExportCertificatePem() + "\n");
        File.WriteAllText(In(name + ".key"), key.ExportPkcs8PrivateKeyPem() + "\n");
    }

    private string In(string name) => Path.Combine(_folder, name);
}
