using System.Security.Cryptography;
using DataExchange.Client;

namespace DataExchange.LoadTests.Exchange;

/// <summary>A venue of the run's own with a provider, an assessor and buyers, made over HTTP like everything that they do: a running exchange is loaded beside its own market.</summary>
internal sealed class HttpMarket : IDisposable
{
    private const int Tries = 200;
    private const int AtATime = 8;
    private const string NoKey = "LogKeyMissing";
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(50);
    private readonly HttpClient _http;
    private readonly GatewayClient _patient;
    private readonly string _run;

    // What is measured is sent once: a client that tries again would hide what the gateway refused.
    private (GatewayClient Client, string Name)[] _hasty = [];
    private Credential? _auditor;

    private HttpMarket(HttpTarget target, int connections)
    {
        _http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = connections, PooledConnectionLifetime = Timeout.InfiniteTimeSpan }) { BaseAddress = target.Address, Timeout = TimeSpan.FromMinutes(1) };
        _patient = new GatewayClient(_http, Credential.OfKey(target.AdministratorKey)) { Retries = 20 };
        _run = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));
    }

    /// <summary>The venue.</summary>
    public string VenueName => $"load-{_run}";

    /// <summary>As the venue.</summary>
    public GatewayClient Venue { get; private set; } = null!;

    /// <summary>The buyers.</summary>
    public IReadOnlyList<(GatewayClient Client, string Name)> Buyers { get; private set; } = [];

    /// <summary>The products on the shelf.</summary>
    public IReadOnlyList<string> Products { get; private set; } = [];

    /// <summary>What the ids of deals begin with.</summary>
    public string Series => $"L{_run}-";

    private GatewayClient Provider { get; set; } = null!;

    private GatewayClient Assessor { get; set; } = null!;

    private string ProviderName => $"load-provider-{_run}";

    /// <summary>Makes it: products go all the way to the shelf, buyers have money.</summary>
    public static async Task<HttpMarket> OpenAsync(HttpTarget target, int connections, int buyers, int products, CancellationToken cancellation)
    {
        var market = new HttpMarket(target, connections);
        market.Venue = await market.EnterAsync($"venue-{market.VenueName}", Role.Venue, PartyRole.Venue, cancellation).ConfigureAwait(false);
        market.Provider = await market.EnterAsync(market.ProviderName, Role.Provider, PartyRole.Provider, cancellation).ConfigureAwait(false);
        market.Assessor = await market.EnterAsync($"load-assessor-{market._run}", Role.Assessor, PartyRole.Assessor, cancellation).ConfigureAwait(false);
        market._auditor = await market.KeyOfAsync($"load-auditor-{market._run}", Role.Auditor, cancellation).ConfigureAwait(false);
        await market.OpenLogAsync(cancellation).ConfigureAwait(false);
        var entered = await SomeAtATimeAsync(Enumerable.Range(0, buyers), number => market.BuyerAsync($"load-buyer-{market._run}-{number}", cancellation)).ConfigureAwait(false);
        (market.Buyers, market._hasty) = ([.. entered.Select(buyer => (buyer.Patient, buyer.Name))], [.. entered.Select(buyer => (buyer.Hasty, buyer.Name))]);
        market.Products = [.. Enumerable.Range(0, products).Select(number => $"L{market._run}-P{number}")];
        await SomeAtATimeAsync(Enumerable.Range(0, products), async number =>
        {
            await market.ShelveAsync(market.Products[number], cancellation).ConfigureAwait(false);
            await OnceReadyAsync(market.Buyers[0].Client, market.Order(market.Products[number], $"S{market._run}-{number}", market.Buyers[0].Name), cancellation).ConfigureAwait(false);
            return number;
        }).ConfigureAwait(false);
        return market;
    }

    /// <summary>An order for a licence.</summary>
    public PlaceOrder Order(string product, string deal, string buyer) => new() { Product = product, Deal = deal, Venue = VenueName, Buyer = buyer, Channel = TradeChannel.Shelf, Quantity = 1 };

    /// <summary>Places one of numbered orders; product and buyer follow from its number.</summary>
    public async Task PlaceAsync(long number, string deal, CancellationToken cancellation)
    {
        var (client, name) = _hasty[(int)(number % Buyers.Count)];
        await client.GiveAsync(Order(Products[(int)(number % Products.Count)], deal, name), cancellation: cancellation).ConfigureAwait(false);
    }

    /// <summary>A product's way from its registration to the shelf.</summary>
    public async Task ShelveAsync(string product, CancellationToken cancellation)
    {
        await Provider.GiveAsync(
            new RegisterProduct
            {
                Product = product, Provider = ProviderName, Venue = VenueName, Title = "气象数据", TitleEn = "Weather", Form = ProductForm.Api, Category = "weather", SubTrack = "weather",
                SecurityClass = SecurityClass.General, ContainsPersonalInformation = false, IsPublicData = false, UseScenario = "农业保险", Fingerprint = $"sha256-{product}",
            }, cancellation: cancellation).ConfigureAwait(false);
        await Provider.GiveAsync(new SubmitEvidence { Product = product, Evidence = [EvidenceKinds.LawfulSource] }, cancellation: cancellation).ConfigureAwait(false);
        await Venue.GiveAsync(new AcceptApplication { Product = product }, cancellation: cancellation).ConfigureAwait(false);
        await Assessor.GiveAsync(
            new AssessCompliance { Product = product, SourceIsUnlawful = false, OwnershipIsDisputed = false, HarmsPublicInterest = false }, cancellation: cancellation).ConfigureAwait(false);
        await Assessor.GiveAsync(new EvaluateQuality { Product = product, Completeness = 96, Accuracy = 90, Timeliness = 90, Consistency = 90 }, cancellation: cancellation).ConfigureAwait(false);
        await Venue.GiveAsync(new PublishRights { Product = product, ObjectionsUntil = DateTimeOffset.UtcNow.AddSeconds(2) }, cancellation: cancellation).ConfigureAwait(false);
        await OnceReadyAsync(
            Venue,
            new CertifyRights
            {
                Product = product, Rights = [DataRights.ResourceHolding, DataRights.ProcessingAndUse, DataRights.ProductOperation], ValidUntil = DateTimeOffset.UtcNow.AddYears(2), IsPublicData = false,
            }, cancellation).ConfigureAwait(false);
        var terms = new LicenceTerms { Licence = LicenceKind.OpenEnded, Unit = PriceUnit.PerLicence, UnitPriceFen = 5_000, UnitsPerPack = 1, ResaleAllowed = false };
        await OnceReadyAsync(
            Assessor,
            new ValueProduct
            {
                Product = product, Unit = terms.Unit, ToleranceBasisPoints = 3_000,
                Estimates =
                [
                    new() { Approach = ValuationApproach.Cost, UnitValueFen = terms.UnitPriceFen, WeightBasisPoints = 5_000 },
                    new() { Approach = ValuationApproach.Market, UnitValueFen = terms.UnitPriceFen, WeightBasisPoints = 5_000 },
                ],
            }, cancellation).ConfigureAwait(false);
        await Provider.GiveAsync(new SetPrice { Product = product, Terms = terms }, cancellation: cancellation).ConfigureAwait(false);
        await OnceReadyAsync(Provider, new ListProduct { Product = product, Venue = VenueName, Contributors = [] }, cancellation).ConfigureAwait(false);
    }

    /// <summary>A deal's way from the order to its settlement.</summary>
    public async Task DealAsync(string product, string deal, int buyer, CancellationToken cancellation)
    {
        var (client, name) = Buyers[buyer % Buyers.Count];
        await OnceReadyAsync(client, Order(product, deal, name), cancellation).ConfigureAwait(false);
        await UntilAsync(client, deal, _ => true, cancellation).ConfigureAwait(false);
        await OnceReadyAsync(
            client,
            new AgreeContract
            {
                Deal = deal, Licence = LicenceKind.OpenEnded, Quantity = 1, Contributors = [], DeliveryDue = DateTimeOffset.UtcNow.AddDays(10),
                Policy = new() { Use = "use", Purpose = "research", Region = "CN", TermDays = 0, ResaleAllowed = false },
            }, cancellation).ConfigureAwait(false);
        await OnceReadyAsync(Venue, new RegisterTransaction { Deal = deal, FeeBasisPoints = 250, VatBasisPoints = 600, ClaimDays = 90 }, cancellation).ConfigureAwait(false);
        await OnceReadyAsync(Provider, new CompleteTransfer { Deal = deal, AcceptBy = DateTimeOffset.UtcNow.AddDays(10) }, cancellation).ConfigureAwait(false);
        await OnceReadyAsync(client, new AcceptDelivery { Deal = deal }, cancellation).ConfigureAwait(false);
        await UntilAsync(client, deal, read => read.Stage == "Completed", cancellation).ConfigureAwait(false);
    }

    /// <summary>Products that came to the shelf later.</summary>
    public void Add(IEnumerable<string> products) => Products = [.. Products, .. products];

    /// <summary>The auditor over connections of its own.</summary>
    public GatewayClient AuditorOver(HttpClient http) => new(http, _auditor);

    /// <summary>Counts the licences that the exchange shows for the products.</summary>
    public async Task CountAsync(AcknowledgedOrders orders, CancellationToken cancellation)
    {
        orders.BeginCount();
        foreach (var product in Products)
        {
            await foreach (var one in _patient.As(_auditor!).ReadStreamAsync("offer", product, limit: 200, cancellation: cancellation).ConfigureAwait(false))
            {
                if (DealOf(one) is { } deal)
                {
                    orders.TakeLicence(deal);
                }
            }
        }
    }

    /// <summary>The place of the market's last fact so far, among all of the exchange.</summary>
    public async Task<long> PlaceAsync(CancellationToken cancellation)
    {
        var last = 0L;
        await foreach (var one in _patient.As(_auditor!).ReadStreamAsync("offer", Products[0], limit: 200, cancellation: cancellation).ConfigureAwait(false))
        {
            last = one.Sequence;
        }

        return last;
    }

    /// <summary>The deal of a licence that was granted; null for any other event.</summary>
    public static string? DealOf(StoredEvent one) => one.Type == "licence_granted.v1" ? one.Data.GetProperty("deal").GetString() : null;

    /// <summary>Has the venue sign and publish its log's head.</summary>
    public Task PublishAsync(CancellationToken cancellation) => Venue.GiveAsync(new PublishTreeHead { Venue = VenueName }, cancellation: cancellation);

    /// <summary>A key for a party, as it is sent.</summary>
    public async Task<string> KeyTextOfAsync(string party, Role role, CancellationToken cancellation) =>
        (await _patient.IssueKeyAsync(new KeyRequest { Party = party, Role = role }, cancellation).ConfigureAwait(false)).Key;

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    // What is made before the run is not what is to be a burst.
    private static async Task<T[]> SomeAtATimeAsync<T>(IEnumerable<int> numbers, Func<int, Task<T>> make)
    {
        using var places = new SemaphoreSlim(AtATime);
        return await Task.WhenAll(numbers.Select(async number =>
        {
            await places.WaitAsync().ConfigureAwait(false);
            try
            {
                return await make(number).ConfigureAwait(false);
            }
            finally
            {
                places.Release();
            }
        })).ConfigureAwait(false);
    }

    // A deal is there when its order has been heard of, and until then it is nobody's.
    private static async Task UntilAsync(GatewayClient client, string deal, Func<Deal, bool> isSo, CancellationToken cancellation)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                if (isSo((await client.ReadDealAsync(deal, cancellation: cancellation).ConfigureAwait(false)).Value))
                {
                    return;
                }
            }
            catch (NotFoundException) when (tries < Tries)
            {
                // Not yet.
            }

            await Task.Delay(tries < Tries ? Between : throw new TimeoutException($"{deal} does not go on"), cancellation).ConfigureAwait(false);
        }
    }

    // What a command needs of other services has to get to where it is decided.
    private static async Task OnceReadyAsync(GatewayClient client, ICommand command, CancellationToken cancellation)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                await client.GiveAsync(command, cancellation: cancellation).ConfigureAwait(false);
                return;
            }
            catch (CommandRefusedException) when (tries < Tries)
            {
                await Task.Delay(Between, cancellation).ConfigureAwait(false);
            }
        }
    }

    // A running exchange has keys for its own venues' logs and none for one that a load test makes up: its market goes without.
    private async Task OpenLogAsync(CancellationToken cancellation)
    {
        try
        {
            await Venue.GiveAsync(new OpenLog { Venue = VenueName }, cancellation: cancellation).ConfigureAwait(false);
        }
        catch (CommandRefusedException refused) when (refused.Rejection == NoKey)
        {
            // Its log is not verified either: that is done where the exchange was made for the run.
        }
    }

    private async Task<(GatewayClient Patient, GatewayClient Hasty, string Name)> BuyerAsync(string name, CancellationToken cancellation)
    {
        var key = await KeyOfAsync(name, Role.Buyer, cancellation).ConfigureAwait(false);
        var client = _patient.As(key);
        await RegisterAsync(client, name, PartyRole.Buyer, cancellation).ConfigureAwait(false);
        await Venue.GiveAsync(new AdmitBuyer { Buyer = name, AdmittedFor = SecurityClass.General }, cancellation: cancellation).ConfigureAwait(false);
        await client.GiveAsync(new DepositFunds { Party = name, AmountFen = 100_000_000_000 }, cancellation: cancellation).ConfigureAwait(false);
        return (client, new GatewayClient(_http, key) { Retries = 0 }, name);
    }

    private async Task<GatewayClient> EnterAsync(string party, Role role, PartyRole kind, CancellationToken cancellation)
    {
        var client = await KeyAsync(party, role, cancellation).ConfigureAwait(false);
        await RegisterAsync(client, party, kind, cancellation).ConfigureAwait(false);
        return client;
    }

    private static async Task RegisterAsync(GatewayClient client, string party, PartyRole kind, CancellationToken cancellation) =>
        await client.GiveAsync(new RegisterParty { Party = party, Name = $"甲 {party}", NameEn = party, Role = kind }, cancellation: cancellation).ConfigureAwait(false);

    private async Task<GatewayClient> KeyAsync(string party, Role role, CancellationToken cancellation) =>
        _patient.As(await KeyOfAsync(party, role, cancellation).ConfigureAwait(false));

    private async Task<Credential> KeyOfAsync(string party, Role role, CancellationToken cancellation) =>
        Credential.OfKey(await KeyTextOfAsync(party, role, cancellation).ConfigureAwait(false));
}
